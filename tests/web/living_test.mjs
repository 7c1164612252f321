// Two versions of a chain: the coloured map, the table, the next update; and the map as a notebook's widget.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, blank, close, downloaded, drawn, folder, open, press, program, root, scratch, strays, texts } from "./page.mjs";

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
  assert.equal(lines.length - 1, doc.difference.changes.length);
  assert.ok(lines.some((line) => line.startsWith("gone,enterprise,b,乙公司")));
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
      const height = el.firstElementChild.offsetHeight;
      end();
      return { clicked, set, height, left: el.querySelectorAll(".cq-box").length, heard: heard.length };
    },
    [code, JSON.stringify(doc)],
  );
  assert.match(seen.clicked[0], /"kind":"enterprise","key":"[abcd]"/);
  assert.ok(seen.clicked[1]);
  assert.equal(seen.clicked[2], 1);
  assert.deepEqual(seen.set, ["丙公司", "丙公司", 1]);
  assert.ok(seen.height >= 500);
  assert.deepEqual([seen.left, seen.heard], [0, 0]);
});
