// A network too large to draw: what is drawn of it, what is told of the rest, and the way from the whole to one enterprise.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, close, curves, drawn, enter, open, program, scratch, strays, texts } from "./page.mjs";

after(close);
const network = join(scratch, "large.cqn");
program("generate", network, "--enterprises", "30000", "--segments", "15", "--seed", "3");
const { path, doc } = drawn(network, "large", "--lang", "zh");
const elements = async (page) => (await page.locator(".cq-box").count()) + (await curves(page)).length;
const first = (test) => doc.enterprises.findIndex(test);

test("the whole chain opens as segments with their counts, and says what is left out", async () => {
  assert.ok(statSync(path).size < 5_000_000);
  const page = await open(path);
  assert.equal(await page.locator(".cq-box.counts").count(), 15);
  assert.match((await texts(page, ".cq-box.counts .cq-detail"))[0], /家企业/);
  const told = await page.locator(".cq-left-out").textContent();
  for (const figure of ["30,000", "2,000", "28,000", "交易额"]) assert.ok(told.includes(figure), `${figure}: ${told}`);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(strays(page), []);
});

test("stage, segment and enterprise open one from another, never more than is looked at", async () => {
  const page = await open(path);
  await enter(page, "head-stage-1", "中游");
  assert.ok((await elements(page)) <= 2000);
  const at = doc.segments.findIndex((s) => s.stage === 1);
  await page.locator(`[data-id="counts-segment-${at}"]`).press("Enter");
  await page.locator(`[data-id="counts-segment-${at}"]`).press("Enter");
  await page.locator(".cq-crumbs [aria-current]", { hasText: doc.segments[at].name.zh }).waitFor();
  assert.ok((await elements(page)) <= 2000);
  const carried = doc.enterprises.filter((e) => e.segment === at).length;
  const left = (doc.segments[at].enterprises - carried).toLocaleString("en-US");
  assert.ok((await texts(page, ".cq-box.note")).join("\n").includes(`${left} 家只计数`));
  assert.ok((await page.locator(".cq-left-out").textContent()).includes(String(carried)));
  assert.deepEqual(strays(page), []);
});

test("round an enterprise stand its partners: those carried, the largest others by name, the rest by segment", async () => {
  const page = await open(path);
  const index = first((e) => e.ties.suppliers[1].length > 6 && e.ties.customers[1].length > 1);
  const [partners, , named] = doc.enterprises[index].ties.suppliers;
  await page.locator("#cq-search").fill(doc.enterprises[index].id);
  await page.locator("#cq-search").press("Enter");
  await page.locator(".cq-panel .cq-button.main").click();
  await page.locator(".cq-crumbs [aria-current]", { hasText: doc.enterprises[index].name.zh }).waitFor();
  const titles = await texts(page, ".cq-box.small .cq-title");
  for (const [name] of named) assert.ok(titles.includes(name), name);
  assert.ok((await page.locator(".cq-box.tie").count()) > 0);
  assert.ok((await page.locator(".cq-facts").textContent()).includes(String(partners)));
  const tie = page.locator(".cq-box.tie").first();
  const segment = await tie.locator(".cq-title").textContent();
  await tie.press("Enter");
  assert.equal(await page.locator(".cq-panel h2").textContent(), segment);
  assert.deepEqual(strays(page), []);
});

test("in English too", async () => {
  const page = await open(path);
  await page.locator("#cq-language").click();
  const told = await page.locator(".cq-left-out").textContent();
  for (const figure of ["30,000", "2,000", "28,000", "traded value"]) assert.ok(told.includes(figure), told);
});

test("enterprises chosen by systemic risk carry it", async () => {
  const small = join(scratch, "small.cqn");
  program("generate", small, "--enterprises", "3000", "--seed", "5");
  const { path, doc } = drawn(small, "risk", "--lang", "zh", "--by", "systemic-risk");
  assert.equal(doc.chain.chosen_by, "importance");
  const page = await open(path);
  assert.ok(await page.locator("#cq-layer-importance").isChecked());
  await enter(page, "counts-segment-0", doc.segments[0].name.zh);
  const shares = (await texts(page, ".cq-box.small .cq-tile")).map((text) => (text === "<1%" ? 0.5 : parseInt(text, 10)));
  assert.ok(shares.length > 0);
  assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
  assert.deepEqual(strays(page), []);
});
