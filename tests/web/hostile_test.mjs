// Names that try to be more than names, and chains of any size.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, close, curves, downloaded, drawn, enter, folder, open, press, root, scratch, strays, texts } from "./page.mjs";

after(close);

const names = [
  "</script><script>document.title='taken'</script>",
  "<img src=x onerror=alert(1)>",
  "\"quoted\" & 'single' <b>bold</b>",
  "\u202Egnp.exe right to left شركة",
  "=HYPERLINK(\"http://example.com\",\"x\")",
  "长".repeat(200),
  "👩‍🔬🏭 emoji",
  "𠮷野家䶮𬭎",
];
const chain = folder(
  "hostile",
  { name: names[0], name_en: names[1], home_region: "120000", note: names[1] },
  {
    segments: [["id", "name", "name_en", "stage"], ["s1", names[2], names[1], "upstream"], ["s2", names[7], "", "downstream"]],
    enterprises: [
      ["id", "name", "stage", "segments", "products", "region"],
      ...names.map((name, k) => [`e${k}`, name, k % 2 ? "downstream" : "upstream", k % 2 ? "s2" : "s1", name, k % 3 ? "440000" : "120000"]),
    ],
    links: [["supplier", "customer", "product"], ["e0", "e1", names[0]], ["e2", "e3", names[1]]],
    problems: [
      ["number", "name", "description", "stage", "segments", "category", "declared"],
      ["P1", names[0], names[1], "upstream", "s1", "technology", "★★★"],
    ],
  },
);

test("hostile names are shown as text, everywhere", async () => {
  const { path, doc } = drawn(chain, "hostile", "--lang", "zh");
  const page = await open(path);
  assert.equal(await page.title(), `${names[0]}质量图谱`);
  assert.deepEqual((await texts(page, ".cq-box.card .cq-title")).sort(), doc.enterprises.map((e) => e.name.zh).sort());
  for (let k = 0; k < names.length; ++k) {
    await press(page, `card-enterprise-${k}`);
    assert.equal(await page.locator(".cq-panel h2").textContent(), doc.enterprises[k].name.zh);
  }
  await page.locator("#cq-search").fill("<img");
  await page.locator("#cq-search").press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#chainqual-map img, #chainqual-map b, #chainqual-map script").count(), 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(wide, 1440);
  const csv = await downloaded(page, "#cq-export-csv");
  assert.ok(csv.includes(`"'=HYPERLINK(""http`));
  const svg = await downloaded(page, "#cq-export-svg");
  assert.ok(!/<(script|img|b)\b/.test(svg));
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(strays(page), []);
});

test("a chain of 3000 enterprises opens as counts and is opened segment by segment", async () => {
  const program = process.env.CHAINQUAL_PROGRAM ?? join(root, "build", "dev", "src", "cli", "chainqual");
  const big = join(scratch, "big");
  execFileSync(program, ["generate", big, "--enterprises", "3000", "--mean-degree", "4", "--quiet"], { stdio: "ignore" });
  const { path, doc } = drawn(big, "big", "--lang", "en");
  const page = await open(path);
  const elements = async () => (await page.locator(".cq-box").count()) + (await curves(page)).length;
  assert.equal(await page.locator(".cq-box.counts").count(), doc.segments.filter((s) => s.enterprises > 0).length);
  assert.ok((await elements()) <= 2000);
  await enter(page, "counts-segment-0", doc.segments[0].name.en || doc.segments[0].name.zh);
  const shown = await page.locator(".cq-box.small").count();
  assert.ok(shown > 0 && shown <= 600);
  assert.ok((await elements()) <= 2000);
  const last = doc.enterprises.length - 1;
  await page.locator("#cq-search").fill(doc.enterprises[last].name.en || doc.enterprises[last].id);
  await page.locator("#cq-search").press("Enter");
  assert.equal(await page.locator(".cq-box.chosen").count() > 0, true);
  assert.deepEqual(strays(page), []);
});

test("a chain without enterprises says so", async () => {
  const empty = folder("empty", { name: "空链" }, { enterprises: [["id", "name", "stage"]] });
  const page = await open(drawn(empty, "empty", "--lang", "zh").path);
  assert.match((await texts(page, ".cq-box.note")).join(), /还没有企业/);
  assert.deepEqual(strays(page), []);
});

test("a stage without enterprises says so; that filters hide them is said only where they do", async () => {
  const page = await open(drawn(chain, "no-middle", "--lang", "zh").path);
  assert.deepEqual(await texts(page, ".cq-box.note"), ["本阶段还没有企业"]);
  await page.locator("#cq-place-0").check();
  assert.deepEqual(new Set(await texts(page, ".cq-box.note")), new Set(["没有符合筛选条件的企业"]));
});

test("data that cannot be read are answered with a sentence", async () => {
  const { path } = drawn(chain, "damaged");
  writeFileSync(path, readFileSync(path, "utf8").replace('"format":"chainqual-map"', '"format":"something"'));
  const page = await open(path, { ready: "[role=alert]" });
  assert.match((await texts(page, "[role=alert]")).join(), /请重新生成.*write the file anew/s);
});
