// Links run where no text stands; institutions of the whole chain have a place of their own; the English page is English.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, test } from "node:test";
import { blank, close, curves, downloaded, drawn, folder, ids, open, press, program, scratch, shipped, strays, texts } from "./page.mjs";

after(close);

/// Texts of an exported picture that one of its links runs across.
async function crossed(svg) {
  const path = join(scratch, `${Math.random()}.svg`);
  writeFileSync(path, svg);
  const page = await blank();
  await page.goto(pathToFileURL(path).href);
  const found = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    const all = new Set();
    for (const link of document.querySelectorAll("path.documented, path.inferred")) {
      const to = link.getScreenCTM();
      const length = link.getTotalLength();
      for (let at = 0; at <= length; at += 3) {
        const point = link.getPointAtLength(at).matrixTransform(to);
        for (const { words, box } of boxes) {
          if (point.x > box.left && point.x < box.right && point.y > box.top + 2 && point.y < box.bottom - 2) all.add(words);
        }
      }
    }
    return { crossed: [...all], links: document.querySelectorAll("path.documented, path.inferred").length };
  });
  await page.close();
  return found;
}

for (const chain of ["advanced_computing", "connected_vehicle"]) {
  for (const language of ["zh", "en"]) {
    test(`${chain}, ${language}: no link of the exported picture runs across a text`, async () => {
      const { path, doc } = drawn(shipped(chain), `${chain}-${language}`, "--lang", language);
      const page = await open(path);
      const found = await crossed(await downloaded(page, "#cq-export-svg"));
      assert.equal(found.links, doc.links.length);
      assert.deepEqual(found.crossed, []);
      assert.deepEqual(strays(page), []);
    });
  }
}

for (const chain of ["advanced_computing", "connected_vehicle"]) {
  test(`${chain}: no link of a stage or segment runs across a text`, async () => {
    const { path, doc } = drawn(shipped(chain), `${chain}-opened`, "--lang", "en");
    const page = await open(path);
    const views = [...doc.segments.flatMap((s, k) => (s.enterprises > 0 ? [`lane-segment-${k}`] : [])), ...[0, 1, 2].map((k) => `head-stage-${k}`)];
    for (const id of views) {
      for (let k = 0; k < 2; ++k) await page.locator(`[data-id="${id}"]`).press("Enter");
      assert.deepEqual((await crossed(await downloaded(page, "#cq-export-svg"))).crossed, [], id);
      await page.locator(".cq-crumbs li button").first().click();
    }
    assert.deepEqual(strays(page), []);
  });
}

test("very many links are drawn taken together by segments, those of the chosen enterprise one by one", async () => {
  const path = join(scratch, "dense");
  program("generate", path, "--enterprises", "60", "--mean-degree", "9", "--seed", "7", "--quiet");
  const { path: map, doc } = drawn(path, "dense-map", "--lang", "en");
  assert.ok(doc.links.length > 400);
  const page = await open(map);
  const drawnLinks = async () => (await curves(page)).map((curve) => curve.id);
  assert.ok((await drawnLinks()).every((id) => id.startsWith("bundle")));
  assert.ok((await downloaded(page, "#cq-export-svg")).includes("Links taken together"));
  await press(page, "card-enterprise-0");
  const own = doc.links.flatMap(([a, b], k) => (a === 0 || b === 0 ? [`link-${k}`] : []));
  assert.deepEqual((await drawnLinks()).sort(), own.sort());
  // Nobody loses anything without problems: no figure says so, and the enterprises have English names.
  assert.equal(await page.locator("#cq-layer-impact").count(), 0);
  assert.equal(await page.locator("#cq-threshold").count(), 0);
  assert.deepEqual((await texts(page, ".cq-box .cq-title")).filter((text) => /\p{Script=Han}/u.test(text)), []);
  assert.deepEqual(strays(page), []);
});

test("links past several columns go through gaps, of 60 enterprises too", async () => {
  const path = join(scratch, "sixty");
  program("generate", path, "--enterprises", "60", "--mean-degree", "4", "--seed", "3", "--quiet");
  const page = await open(drawn(path, "sixty-map", "--lang", "zh").path);
  const found = await crossed(await downloaded(page, "#cq-export-svg"));
  assert.ok(found.links > 100, `${found.links} links`);
  assert.deepEqual(found.crossed, []);
});

test("institutions that name no segment stand in a band of the whole chain, over nothing else", async () => {
  const { path, doc } = drawn(shipped("connected_vehicle"), "band", "--lang", "zh");
  const own = doc.institutions.flatMap((i, k) => (i.segments.length === 0 ? [`whole-${k}`] : []));
  assert.ok(own.length >= 3, "the chain has such institutions");
  for (const width of [1440, 390]) {
    const page = await open(path, { width });
    assert.deepEqual((await ids(page, ".cq-box.institution")).filter((id) => id.startsWith("whole-")), own);
    const overlaps = await page.evaluate(() => {
      const at = (element) => element.getBoundingClientRect();
      const whole = document.querySelector(".cq-box.whole");
      const inside = [...document.querySelectorAll('.cq-box[data-id^="whole-"]')];
      const others = [...document.querySelectorAll(".cq-box")].filter((box) => box !== whole && !inside.includes(box));
      const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
      const faults = others.filter((box) => meet(at(box), at(whole))).map((box) => box.textContent);
      inside.forEach((a, k) => inside.slice(k + 1).forEach((b) => meet(at(a), at(b)) && faults.push(a.textContent)));
      const frame = at(whole);
      for (const box of inside) {
        const { left, right, top, bottom } = at(box);
        if (left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom) faults.push(`outside: ${box.textContent}`);
      }
      return faults;
    });
    assert.deepEqual(overlaps, []);
    const wide = (selector) => page.locator(selector).evaluateAll((all) => Math.max(...all.map((e) => e.offsetLeft + e.offsetWidth)));
    assert.ok((await wide(".cq-box.whole")) <= (await wide(".cq-box.head")), `the band is as wide as the columns at ${width} px`);
    await page.close();
  }
  const page = await open(path, { height: 1400 });
  await press(page, own[0]);
  assert.equal(await page.locator(".cq-panel h2").textContent(), doc.institutions[Number(own[0].split("-")[1])].name.zh);
  await page.locator("#cq-show-institutions").uncheck();
  assert.equal(await page.locator(".cq-box.whole").count(), 0);
  assert.deepEqual(strays(page), []);
});

test("a page in English says products, industries and sources in English, and falls back where they are not given", async () => {
  for (const chain of ["advanced_computing", "connected_vehicle"]) {
    const { path, doc } = drawn(shipped(chain), `${chain}-words`, "--lang", "en");
    const page = await open(path);
    const han = /\p{Script=Han}/u;
    assert.deepEqual((await texts(page, ".cq-box .cq-title, .cq-box .cq-detail")).filter((text) => han.test(text)), []);
    assert.deepEqual((await texts(page, ".cq-panel .cq-quiet")).filter((text) => han.test(text)), []);
    for (const e of doc.enterprises.keys()) {
      await page.locator(`[data-id="card-enterprise-${e}"]`).press("Enter");
      assert.deepEqual((await texts(page, ".cq-panel dd, .cq-panel .cq-line")).filter((text) => han.test(text.replace(doc.enterprises[e].city, ""))), [], doc.enterprises[e].id);
      await page.keyboard.press("Escape");
    }
    const known = new Set([...doc.enterprises, ...doc.institutions].map((each) => each.name.zh));
    for (const [k, project] of doc.projects.entries()) {
      await page.locator(`.cq-panel [data-thing="project-${k}"]`).click();
      const facts = (await texts(page, ".cq-panel dd")).join("\n");
      for (const unit of [project.lead, ...project.participants].filter(Boolean)) assert.equal(facts.includes(unit), !known.has(unit), unit);
      await page.keyboard.press("Escape");
    }
    await page.close();
  }
  const { path } = drawn(
    folder("half", { name: "半", name_en: "Half", sources: ["原文"] }, {
      segments: [["id", "name", "name_en", "stage", "industry"], ["s1", "零件", "Parts", "upstream", "零部件"]],
      enterprises: [["id", "name", "name_en", "stage", "segments", "products", "products_en"], ["a", "甲", "A", "upstream", "s1", "螺钉", ""], ["b", "乙", "B", "downstream", "", "整车", "vehicles"]],
      links: [["supplier", "customer", "product", "product_en"], ["a", "b", "螺钉", "screws"]],
    }),
    "half",
    "--lang",
    "en",
  );
  const page = await open(path);
  const details = (await texts(page, ".cq-box.card .cq-detail")).join(" ");
  assert.ok(details.includes("螺钉") && details.includes("vehicles") && !details.includes("整车"), details);
  assert.ok((await page.locator(".cq-panel").textContent()).includes("原文"));
  await press(page, "card-enterprise-0");
  assert.ok((await page.locator(".cq-panel .cq-facts").first().textContent()).includes("screws"), "what it alone supplies");
});
