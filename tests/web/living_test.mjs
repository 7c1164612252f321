// Two versions of a chain: the coloured map, the table, the next update; and the map as a notebook's widget.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, blank, close, curves, downloaded, drawn, folder, open, press, program, root, scratch, strays, texts } from "./page.mjs";

after(close);

const info = (date) => ({ name: "测试链", name_en: "Test chain", home_region: "120000", date, review_cycle_months: 12 });
const segments = [["id", "name", "stage"], ["s1", "原料", "upstream"], ["s2", "整机", "downstream"]];
const head = ["id", "name", "stage", "segments", "region", "products"];
const row = (id, name, stage, segment, products) => [id, name, stage, segment, "120000", products];
const before = folder("before", info("2024-01-31"), {
  segments,
  enterprises: [head, row("a", "甲公司", "upstream", "s1", "铜"), row("b", "乙公司", "upstream", "s1", "铝"), row("c", "丙公司", "downstream", "s2", "车")],
  links: [["supplier", "customer", "product"], ["a", "c", "铜"], ["b", "c", "铝"]],
});
const now = folder("now", info("2025-01-31"), {
  segments,
  enterprises: [head, row("a", "甲公司", "upstream", "s1", "铜;锡"), row("c", "丙公司", "downstream", "s2", "车"), row("d", "丁公司", "upstream", "s1", "镍")],
  links: [["supplier", "customer", "product"], ["a", "c", "铜"], ["d", "c", "镍"]],
  events: [["number", "date", "dimension", "name", "trigger"], ["E1", "2025-03-01", "supply", "断供", "true"]],
});
const { path, doc } = drawn(now, "changes", "--lang", "zh", "--compare", before);
const card = (id) => `card-enterprise-${doc.enterprises.findIndex((e) => e.id === id)}`;

test("what came, went and changed is coloured, and listed with both values", async () => {
  const page = await open(path);
  for (const [id, kind] of [["a", "changed"], ["b", "gone"], ["d", "added"], ["c", "same"]]) {
    assert.ok((await page.locator(`[data-id="${card(id)}"]`).getAttribute("class")).split(" ").includes(kind), id);
  }
  const panel = await page.locator(".cq-panel").textContent();
  for (const word of ["甲公司", "乙公司", "丁公司", "2024-01-31", "2025-01-31", "新增", "消失"]) assert.ok(panel.includes(word), word);
  await press(page, card("a"));
  assert.match(await page.locator(".cq-panel").textContent(), /铜 → 铜;锡/);
  assert.deepEqual(await axe(page), []);
  assert.match(await downloaded(page, "#cq-export-svg"), /#166b31/);
  await page.locator("#cq-layer-plain").check();
  assert.equal(await page.locator(".cq-box.added, .cq-box.gone").count(), 0);
  assert.deepEqual(strays(page), []);
});

test("changes are told without colour: dotted and crossed out what is gone, a plus on what came, words on cards", async () => {
  const page = await open(path);
  const links = Object.fromEntries((await curves(page)).map((curve) => [curve.id, curve]));
  const find = (from, to) => links[`link-${doc.links.findIndex(([a, b]) => doc.enterprises[a].id === from && doc.enterprises[b].id === to)}`];
  const [added, gone, same] = [find("d", "c"), find("b", "c"), find("a", "c")];
  assert.deepEqual([added.sign, gone.sign, same.sign], ["+", "×", ""]);
  assert.equal(gone.line, "dotted");
  assert.notEqual(added.line, "dotted");
  assert.ok(same.opacity < 0.2);
  const word = (id) => page.locator(`[data-id="${card(id)}"] .cq-tile`).textContent();
  assert.deepEqual([await word("d"), await word("b"), await word("a")], ["新增", "消失", "变化"]);
  assert.equal(await page.locator(`[data-id="${card("b")}"] .cq-title`).evaluate((e) => getComputedStyle(e).textDecorationLine), "line-through");
  const legend = (await texts(page, ".cq-legend li")).join("\n");
  for (const entry of ["+新增", "×消失", "~变化"]) assert.ok(legend.includes(entry), entry);
  const picture = await downloaded(page, "#cq-export-svg");
  assert.match(picture, /stroke-dasharray="0.5 6"/);
  for (const sign of [">+<", ">×<"]) assert.ok(picture.includes(sign), sign);
  await page.locator("#cq-language").click();
  await press(page, card("a"));
  assert.match(await page.locator(".cq-panel").textContent(), /products.*铜 → 铜;锡/);
  assert.deepEqual(strays(page), []);
});

test("where both versions were assessed, cards tell the loss before and after, if it differs as shown", async () => {
  const impacts = [{ key: "a", before: 0.1, after: 0.204 }, { key: "b", before: 0.3, after: null }, { key: "c", before: 0.181, after: 0.184 }];
  const [head, data] = readFileSync(path, "utf8").split('id="chainqual-data">');
  const rest = data.slice(data.indexOf("</script>"));
  const assessed = join(scratch, "assessed.html");
  writeFileSync(assessed, `${head}id="chainqual-data">${JSON.stringify({ ...doc, difference: { ...doc.difference, impacts } })}${rest}`);
  const page = await open(assessed);
  const tile = (id) => page.locator(`[data-id="${card(id)}"] .cq-tile`);
  assert.deepEqual([await tile("a").textContent(), await tile("b").textContent(), await tile("c").count()], ["10%→20%", "消失", 0]);
  await press(page, card("c"));
  assert.match(await page.locator(".cq-panel").textContent(), /平均损失（两版）18% → 18%/);
  assert.deepEqual(strays(page), []);
});

test("the page says when the next map is due and why, and what happened in the nine dimensions", async () => {
  const page = await open(path);
  const panel = await page.locator(".cq-panel").textContent();
  for (const word of ["2025-03-01", "断供", doc.version.hash]) assert.ok(panel.includes(word), word);
  assert.equal(await page.locator(".cq-watched li").count(), 9);
  assert.match((await texts(page, ".cq-watched li")).join("\n"), /采购与供应1 \(1 项触发更新\)/);
});

test("the table holds the same changes", () => {
  const csv = join(scratch, "changes.csv");
  program("map", now, csv, "--quiet", "--compare", before);
  const lines = readFileSync(csv, "utf8").trim().split(/\r?\n/);
  const { changes, impacts } = doc.difference;
  assert.ok(impacts.length > 0);
  assert.equal(lines.length - 1, changes.length + impacts.length);
  assert.ok(lines.some((line) => line.startsWith("gone,enterprise,b,乙公司")));
  assert.ok(lines.some((line) => line.startsWith("impact,enterprise,b,乙公司,")));
  assert.ok(lines.some((line) => /^changed,enterprise,a,.*products,铜,铜;锡/.test(line)));
});

test("as a widget, what is chosen is held in common with its model", async () => {
  const page = await blank();
  const code = readFileSync(join(root, "python", "chainqual", "static", "quality_map.js"), "utf8");
  const seen = await page.evaluate(
    async ([code, document_]) => {
      const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      const held = { document: document_, height: 500, selected: null };
      const heard = [];
      const told = [];
      const model = {
        get: (name) => held[name],
        set: (name, value) => (held[name] = value),
        save_changes: () => told.push(held.selected),
        on: (_, act) => heard.push(act),
        off: (_, act) => heard.splice(heard.indexOf(act), 1),
      };
      const el = document.createElement("div");
      document.body.append(el);
      const end = module.default.render({ model, el });
      const chosen = () => el.querySelector(".cq-box.chosen .cq-title")?.textContent ?? null;
      el.querySelector(".cq-box.card").click();
      const clicked = [JSON.stringify(held.selected), chosen(), told.length];
      held.selected = { kind: "enterprise", key: "c" };
      for (const act of heard) act();
      const set = [chosen(), el.querySelector(".cq-panel h2").textContent, told.length];
      held.selected = { kind: "link", key: "a → c：铜" };
      for (const act of heard) act();
      const link = [el.querySelector(".cq-panel h2").textContent, told.length];
      [...el.querySelectorAll(".cq-box.card")].find((card) => card.textContent.includes("丙公司")).dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true }));
      const stepped = [held.selected?.kind, told.length];
      const height = el.firstElementChild.offsetHeight;
      end();
      return { clicked, set, link, stepped, height, left: el.querySelectorAll(".cq-box").length, heard: heard.length };
    },
    [code, JSON.stringify(doc)],
  );
  assert.match(seen.clicked[0], /"kind":"enterprise","key":"[abcd]"/);
  assert.ok(seen.clicked[1]);
  assert.equal(seen.clicked[2], 1);
  assert.deepEqual(seen.set, ["丙公司", "丙公司", 1]);
  assert.deepEqual(seen.link, ["甲公司 → 丙公司", 1]);
  assert.deepEqual(seen.stepped, ["link", 2]);
  assert.ok(seen.height >= 500);
  assert.deepEqual([seen.left, seen.heard], [0, 0]);
});
