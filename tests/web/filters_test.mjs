// Every filter, layer and switch of both shipped chains leaves exactly what it should: cards, problems and curves.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, curves, downloaded, drawn, folder, ids, open, press, shipped, strays, texts } from "./page.mjs";

after(close);

/// Problems that concern an enterprise, from the data alone: named there, or recorded for a segment of its own or for
/// its whole stage without naming anybody.
const concern = (doc, e) => (p) =>
  p.enterprises.includes(e) ||
  (p.enterprises.length === 0 &&
    (p.segments.length > 0 ? p.segments.some((s) => s === doc.enterprises[e].segment || doc.enterprises[e].also.includes(s)) : p.stage === doc.segments[doc.enterprises[e].segment].stage));

/// The filters of a chain: the control, which enterprises pass, which problems are listed.
function filters(doc) {
  const all = doc.enterprises.map((_, e) => e);
  const where = (check) => all.filter((e) => check(doc.enterprises[e]));
  const every = () => true;
  const found = [];
  const boxes = (name, values, check, problems = null) =>
    values.forEach((value, k) => {
      const passes = (p) => problems === null || problems(p, value);
      const cards = problems === null ? where((e) => check(e, value)) : all.filter((e) => doc.problems.some((p) => passes(p) && concern(doc, e)(p)));
      found.push({ name: `${name} ${value}`, control: `#cq-${name}-${k}`, cards, problems: problems === null ? every : passes });
    });
  boxes("stage", [0, 1, 2], (e, stage) => doc.segments[e.segment].stage === stage);
  boxes("place", ["home", "outside", "unknown"].filter((place) => doc.enterprises.some((e) => e.place === place)), (e, place) => e.place === place);
  boxes("ladder", Object.keys(doc.words.ladder).filter((key) => doc.enterprises.some((e) => e.ladder === key)), (e, ladder) => e.ladder === ladder);
  const weak = { cut: (e) => Boolean(e.cut), joint: (e) => e.joint === true, sole: (e) => e.sole.length > 0 };
  boxes("weak", Object.keys(weak).filter((how) => doc.enterprises.some(weak[how])), (e, how) => weak[how](e));
  boxes("stars", [3, 2, 1, 0], null, (p, stars) => p.stars === stars);
  boxes("category", Object.keys(doc.words.category).filter((key) => doc.problems.some((p) => p.category === key)), null, (p, key) => p.category === key);
  boxes("status", Object.keys(doc.words.status).filter((key) => doc.problems.some((p) => p.status === key)), null, (p, key) => p.status === key);
  return found;
}

for (const chain of ["advanced_computing", "connected_vehicle"]) {
  const { path, doc } = drawn(shipped(chain), `filters-${chain}`, "--lang", "zh");
  const cards = async (page) => (await ids(page, ".cq-box.card")).map((id) => Number(id.split("-").pop())).sort((a, b) => a - b);
  const listed = async (page) => (await page.locator('.cq-panel [data-thing^="problem-"]').evaluateAll((all) => all.map((each) => Number(each.dataset.thing.split("-")[1])))).sort((a, b) => a - b);
  const numbers = (check) => doc.problems.flatMap((p, k) => (check(p) ? [k] : []));
  const all = doc.enterprises.map((_, e) => e);

  test(`${chain}: each filter leaves exactly the cards and problems that pass it`, async () => {
    const page = await open(path);
    for (const filter of filters(doc)) {
      await page.locator(filter.control).check();
      assert.deepEqual(await cards(page), filter.cards, filter.name);
      assert.deepEqual(await listed(page), numbers(filter.problems), filter.name);
      assert.ok(await page.locator("#cq-clear").isEnabled());
      await page.locator(filter.control).uncheck();
      assert.deepEqual(await cards(page), all, `${filter.name} taken back`);
    }
    for (const zh of new Set(doc.enterprises.map((e) => e.region.zh).filter(Boolean))) {
      await page.locator("#cq-region").selectOption(zh);
      assert.deepEqual(await cards(page), all.filter((e) => doc.enterprises[e].region.zh === zh), zh);
    }
    await page.locator("#cq-clear").click();
    for (const whole of [10, 30]) {
      await page.locator("#cq-threshold").fill(String(whole));
      assert.deepEqual(await cards(page), all.filter((e) => doc.enterprises[e].loss >= whole / 100), `${whole} %`);
    }
    await page.locator("#cq-clear").click();
    assert.deepEqual(await cards(page), all);
    assert.ok(await page.locator("#cq-clear").isDisabled());
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: filters of different kinds narrow each other, of one kind widen`, async () => {
    const page = await open(path);
    await page.locator("#cq-stage-0").check();
    await page.locator("#cq-stage-1").check();
    const stage = (e) => doc.segments[doc.enterprises[e].segment].stage;
    assert.deepEqual(await cards(page), all.filter((e) => stage(e) < 2));
    await page.locator("#cq-stars-0").check();
    await page.locator("#cq-category-0").check();
    const category = Object.keys(doc.words.category).find((key) => doc.problems.some((p) => p.category === key));
    const hit = doc.problems.filter((p) => p.stars === 3 && p.category === category);
    assert.deepEqual(await cards(page), all.filter((e) => stage(e) < 2 && hit.some(concern(doc, e))));
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: documented links are solid, inferred ones dashed, and each kind can be hidden`, async () => {
    const page = await open(path);
    const links = (documented) => doc.links.flatMap(([a, b, , d], k) => (a !== b && d === documented ? [`link-${k}`] : [])).sort();
    const drawnIds = async (dashed) => (await curves(page)).filter((c) => c.dashed === dashed).map((c) => c.id).sort();
    assert.deepEqual(await drawnIds(false), links(1));
    assert.deepEqual(await drawnIds(true), links(0));
    const picture = await downloaded(page, "#cq-export-svg");
    const strokes = [...picture.matchAll(/<path [^>]*class="(documented|inferred)"[^>]*>/g)].map(([element, kind]) => [kind, element.includes("stroke-dasharray")]);
    assert.deepEqual(strokes.filter(([kind, dashed]) => dashed !== (kind === "inferred")), []);
    assert.deepEqual([strokes.filter(([kind]) => kind === "documented").length, strokes.filter(([kind]) => kind === "inferred").length], [links(1).length, links(0).length]);
    await page.locator("#cq-show-documented").uncheck();
    assert.deepEqual([await drawnIds(false), await drawnIds(true)], [[], links(0)]);
    await page.locator("#cq-show-inferred").uncheck();
    assert.deepEqual(await curves(page), []);
    await page.locator("#cq-show-documented").check();
    assert.deepEqual([await drawnIds(false), await drawnIds(true)], [links(1), []]);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: switches hide institutions and marks, and show them again`, async () => {
    const page = await open(path);
    const count = (selector) => page.locator(`.cq-overlay ${selector}`).count();
    const bodies =
      doc.segments.reduce((sum, _, s) => sum + Math.min(8, doc.institutions.filter((i) => i.segments.includes(s)).length), 0) +
      doc.institutions.filter((i) => i.segments.length === 0).length;
    const marks = { ".cq-sole": doc.enterprises.filter((e) => e.sole.length > 0).length, ".cq-cut": doc.enterprises.filter((e) => e.cut).length, ".cq-joint": doc.enterprises.filter((e) => e.joint).length };
    const seen = async () => [await count(".cq-box.institution"), await count(".cq-sole"), await count(".cq-cut"), await count(".cq-joint")];
    const whole = [bodies, marks[".cq-sole"], marks[".cq-cut"], marks[".cq-joint"]];
    assert.deepEqual(await seen(), whole);
    for (const [control, kept] of [["institutions", [0, 1, 1, 1]], ["sole", [1, 0, 1, 1]], ["weak", [1, 1, 0, 0]]]) {
      if ((await page.locator(`#cq-show-${control}`).count()) === 0) continue;
      await page.locator(`#cq-show-${control}`).uncheck();
      assert.deepEqual(await seen(), whole.map((n, k) => n * kept[k]), control);
      await page.locator(`#cq-show-${control}`).check();
    }
    assert.deepEqual(await seen(), whole);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: hovering over a card fades the links of others, and they come back`, async () => {
    const page = await open(path);
    const busiest = all.sort((a, b) => doc.links.filter(([x, y]) => x === b || y === b).length - doc.links.filter(([x, y]) => x === a || y === a).length)[0];
    await page.locator(`[data-id="card-enterprise-${busiest}"]`).hover({ force: true });
    await page.waitForFunction(() => document.querySelector(".cq-box.hover"));
    for (const curve of await curves(page)) {
      const [a, b] = doc.links[Number(curve.id.split("-")[1])];
      assert.equal(curve.classes.includes("faded"), a !== busiest && b !== busiest, curve.id);
    }
    await page.mouse.move(300, 880);
    assert.equal((await curves(page)).filter((c) => c.classes.includes("faded")).length, 0);
    all.sort((a, b) => a - b);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: a problem is followed, played, paused, stepped by keys and left with Escape`, async () => {
    const page = await open(path);
    const index = doc.problems.findIndex((p) => p.placed?.length > 0 && p.hit.length > p.placed.length);
    await page.locator(`.cq-panel [data-thing="problem-${index}"]`).click();
    await page.locator(".cq-actions .main").click();
    const where = () => page.locator(".cq-player-words span").textContent();
    const act = (name) => page.locator(`.cq-player [data-act="${name}"]`);
    const first = await where();
    await page.keyboard.press("]");
    assert.notEqual(await where(), first);
    await page.keyboard.press("[");
    assert.equal(await where(), first);
    await act("play").click();
    assert.equal(await act("play").getAttribute("aria-label"), "暂停");
    await act("play").click();
    const paused = await where();
    assert.equal(await act("play").getAttribute("aria-label"), "播放");
    await page.waitForTimeout(1300);
    assert.equal(await where(), paused, "what is paused stays where it is");
    for (const curve of await curves(page)) assert.equal(curve.classes.includes("chosen"), false);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".cq-player").isVisible(), false);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: Escape and Backspace lead back up, step by step`, async () => {
    const page = await open(path);
    const member = doc.enterprises[0];
    await page.locator(`[data-id="card-enterprise-0"]`).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    const trail = () => texts(page, ".cq-crumbs li");
    assert.deepEqual((await trail()).slice(2), [doc.segments[member.segment].name.zh, member.name.zh]);
    await page.keyboard.press("Escape");
    assert.equal((await trail()).length, 3);
    await page.keyboard.press("Backspace");
    assert.equal((await trail()).length, 2);
    await page.keyboard.press("Escape");
    assert.deepEqual(await trail(), ["全链"]);
    await page.locator(`[data-id="card-enterprise-0"]`).focus();
    await page.keyboard.press(" ");
    assert.equal(await page.locator(".cq-box.chosen").count(), 1);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".cq-box.chosen").count(), 0, "at the top Escape chooses none");
    assert.deepEqual(strays(page), []);
  });
}

test("the size of enterprises: on their panel, in the table, and to filter by", async () => {
  const chain = folder("sized", { name: "规模链" }, {
    enterprises: [["id", "name", "stage", "size"], ["a", "甲", "upstream", "large"], ["b", "乙", "upstream", "small"], ["c", "丙", "downstream", ""]],
  });
  const { path, doc } = drawn(chain, "sized", "--lang", "zh");
  const page = await open(path);
  const card = (id) => `card-enterprise-${doc.enterprises.findIndex((e) => e.id === id)}`;
  await press(page, card("a"));
  assert.match(await page.locator(".cq-panel .cq-facts").textContent(), /规模大型/);
  await press(page, card("c"));
  assert.doesNotMatch(await page.locator(".cq-panel .cq-facts").textContent(), /规模/);
  await page.keyboard.press("Escape");
  await page.locator(".cq-side label", { hasText: "小型" }).locator("input").check();
  assert.deepEqual(await ids(page, ".cq-box.card"), [card("b")]);
  const [head, row] = (await downloaded(page, "#cq-export-csv")).slice(1).split("\r\n").map((line) => line.split(","));
  assert.equal(row[head.indexOf("size")], "small");
  const { path: plain } = drawn(shipped("connected_vehicle"), "unsized", "--lang", "zh");
  assert.equal(await (await open(plain)).locator('[id^="cq-size-"]').count(), 0, "where no size is stated there is nothing to filter by");
  assert.deepEqual(strays(page), []);
});
