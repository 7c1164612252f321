// The interactive map of a shipped chain, used as a reader uses it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, close, downloaded, drawn, enter, ids, open, press, shipped, strays, texts } from "./page.mjs";

after(close);
const { path, doc } = drawn(shipped("advanced_computing"), "computing", "--lang", "zh");
const cards = doc.enterprises.length;
const name = (index) => doc.enterprises[index].name.zh;

test("opening asks nothing of the network and shows every enterprise, segment and stage", async () => {
  const page = await open(path);
  assert.equal(await page.locator(".cq-box.card").count(), cards);
  assert.equal(await page.locator(".cq-box.lane").count(), doc.segments.filter((s) => s.id !== null).length);
  assert.deepEqual(await texts(page, ".cq-box.head .cq-title"), ["上游", "中游", "下游"]);
  const notes = (await texts(page, ".cq-box.note")).join("\n");
  for (const e of doc.enterprises) if (e.also.length > 0) assert.ok(notes.includes(e.name.zh), `${e.id} also works elsewhere`);
  assert.equal(await page.title(), doc.chain.title.zh);
  assert.deepEqual(strays(page), []);
});

test("a click on any card, lane and stage shows what is known of it", async () => {
  const page = await open(path);
  for (const id of await ids(page, ".cq-box.card, .cq-box.head")) {
    const title = await page.locator(`[data-id="${id}"] .cq-title`).textContent();
    await press(page, id);
    assert.equal(await page.locator(".cq-panel h2").textContent(), title);
    assert.equal(await page.locator(`[data-id="${id}"]`).getAttribute("aria-pressed"), "true");
  }
  await press(page, "lane-segment-0");
  assert.equal(await page.locator(".cq-panel h2").textContent(), doc.segments[0].name.zh);
  assert.deepEqual(strays(page), []);
});

test("problems, projects and institutions lead to each other in the panel", async () => {
  const page = await open(path);
  const project = doc.projects.findIndex((p) => p.problems.length > 0);
  await page.locator(`[data-thing="project-${project}"]`).click();
  assert.equal(await page.locator(".cq-panel h2").textContent(), doc.projects[project].name.zh);
  const problem = doc.projects[project].problems[0];
  await page.locator(`.cq-panel [data-thing="problem-${problem}"]`).click();
  assert.equal(await page.locator(".cq-panel h2").textContent(), doc.problems[problem].name.zh);
  assert.match(await page.locator(".cq-facts").textContent(), new RegExp(doc.problems[problem].total.replace(".", "\\.")));
  await page.locator(`.cq-panel [data-thing="project-${project}"]`).click();
  await page.keyboard.press("Escape");
});

test("drilling down: stage, segment, enterprise with its problems and projects, and back up", async () => {
  const page = await open(path);
  const at = doc.segments.findIndex((s) => s.enterprises > 1);
  const stage = doc.segments[at].stage;
  await enter(page, `head-stage-${stage}`, ["上游", "中游", "下游"][stage]);
  assert.equal(await page.locator(".cq-box.lane").count(), doc.segments.filter((s) => s.stage === stage && s.id !== null).length);
  await enter(page, `lane-segment-${at}`, doc.segments[at].name.zh);
  const member = doc.enterprises.findIndex((e) => e.segment === at);
  await enter(page, `card-enterprise-${member}`, name(member));
  const partners = new Set(doc.links.filter(([a, b]) => a === member || b === member).flatMap(([a, b]) => [a, b]));
  assert.equal(await page.locator(".cq-box.card").count(), partners.size);
  assert.ok((await page.locator(".cq-box.problem").count()) > 0);
  const solved = new Set(doc.projects.flatMap((p) => p.problems));
  const listed = (await ids(page, ".cq-box.problem")).map((id) => Number(id.split("-").pop()));
  assert.equal((await page.locator(".cq-box.project").count()) > 0, listed.some((p) => solved.has(p)));
  await page.locator(".cq-up").click();
  await page.locator(".cq-crumbs li button").first().click();
  assert.equal(await page.locator(".cq-box.card").count(), cards);
  assert.deepEqual(strays(page), []);
});

test("search finds names of both languages, products and numbers, and goes there", async () => {
  const page = await open(path);
  const english = doc.enterprises.findIndex((e) => e.name.en.length > 4);
  for (const [query, title] of [
    [name(0).slice(0, 3), name(0)],
    [doc.enterprises[english].name.en.toLowerCase(), name(english)],
    [doc.problems[2].number, doc.problems[2].name.zh],
    [doc.projects[0].name.zh.slice(0, 6), doc.projects[0].name.zh],
    [doc.institutions[0].name.zh, doc.institutions[0].name.zh],
  ]) {
    await page.locator("#cq-search").fill(query);
    await page.locator("#cq-search").press("Enter");
    assert.equal(await page.locator(".cq-panel h2").textContent(), title);
  }
  await page.locator("#cq-search").fill("没有这样的企业");
  assert.deepEqual(await texts(page, "#cq-results li"), ["没有找到"]);
  await page.locator("#cq-search").fill("tech");
  await page.locator("#cq-search").press("ArrowDown");
  assert.equal(await page.locator("#cq-search").getAttribute("aria-activedescendant"), "cq-result-1");
  await page.locator("#cq-results li").first().click();
  assert.equal(await page.locator("#cq-results").isVisible(), false);
});

test("every filter leaves exactly the enterprises that pass it", async () => {
  const page = await open(path);
  const count = () => page.locator(".cq-box.card").count();
  const where = (check) => doc.enterprises.filter(check).length;
  const cases = [
    ["#cq-stage-0", (e) => doc.segments[e.segment].stage === 0],
    ["#cq-place-0", (e) => e.place === "home"],
    ["#cq-place-1", (e) => e.place === "outside"],
    ["label:has-text('领导者') input", (e) => e.ladder === "leader"],
  ];
  for (const [control, check] of cases) {
    await page.locator(`.cq-side ${control}`).check();
    assert.equal(await count(), where(check), control);
    await page.locator("#cq-clear").click();
    assert.equal(await count(), cards);
  }
  await page.locator("#cq-region").selectOption(doc.enterprises[0].region.zh);
  assert.equal(await count(), where((e) => e.region.zh === doc.enterprises[0].region.zh));
  await page.locator("#cq-clear").click();
  await page.locator("#cq-threshold").fill("25");
  await page.locator("#cq-threshold").dispatchEvent("change");
  assert.equal(await count(), where((e) => e.loss >= 0.25));
  await page.locator("#cq-clear").click();
  const stars = () => texts(page, ".cq-panel .cq-line .cq-stars");
  await page.locator("#cq-stars-1").check();
  assert.deepEqual(new Set(await stars()), new Set(["★★"]));
  await page.locator("#cq-clear").click();
  await page.locator("#cq-category-1").check();
  const category = Object.keys(doc.words.category).filter((key) => doc.problems.some((p) => p.category === key))[1];
  assert.equal((await stars()).length, doc.problems.filter((p) => p.category === category).length);
  await page.locator("#cq-status-0").check();
  await page.locator("#cq-clear").click();
  assert.ok(await page.locator("#cq-clear").isDisabled());
  assert.deepEqual(strays(page), []);
});

test("layers change what the cards show and which links are drawn", async () => {
  const page = await open(path);
  const tile = (index) => page.locator(`[data-id="card-enterprise-${index}"] .cq-tile`);
  const percent = (share) => (share <= 0 ? "0" : Math.round(share * 100) === 0 ? "<1%" : `${Math.round(share * 100)}%`);
  assert.equal(await tile(0).textContent(), percent(doc.enterprises[0].loss));
  await page.locator("#cq-layer-importance").check();
  assert.equal(await tile(0).textContent(), percent(doc.enterprises[0].importance));
  await page.locator("#cq-layer-problems").check();
  assert.match(await tile(0).textContent(), /^(★+|–) \d+$|^0$/);
  await page.locator("#cq-layer-plain").check();
  assert.equal(await tile(0).count(), 0);
  const sole = doc.enterprises.filter((e) => e.sole.length > 0).length;
  assert.equal(await page.locator(".cq-overlay .cq-sole").count(), sole);
  await page.locator("#cq-show-sole").uncheck();
  assert.equal(await page.locator(".cq-overlay .cq-sole").count(), 0);
  await page.locator("#cq-show-institutions").uncheck();
  assert.equal(await page.locator(".cq-overlay .cq-shield").count(), 0);
});

/// Steps by an independent search: distance from the origin over links between enterprises that are hit.
function distances(problem) {
  const hit = new Set(problem.hit.map(([e]) => e));
  const far = new Map(problem.placed.map(([e]) => [e, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of doc.links) {
      if (!far.has(from) || !hit.has(to)) continue;
      const step = far.get(from) + 1;
      if (!far.has(to) || far.get(to) > step) {
        far.set(to, step);
        changed = true;
      }
    }
  }
  return far;
}

test("a problem's impact is followed step by step", async () => {
  const page = await open(path);
  const index = doc.problems.findIndex((p) => p.placed.length > 0 && p.hit.length > p.placed.length);
  const far = distances(doc.problems[index]);
  await page.locator(`[data-thing="problem-${index}"]`).click();
  await page.locator(".cq-actions .main").click();
  const last = Math.max(...far.values());
  for (let step = 0; step <= last; ++step) {
    const lit = (await ids(page, ".cq-box.card.hit, .cq-box.card.origin")).map((id) => Number(id.split("-").pop())).sort();
    assert.deepEqual(lit, [...far].filter(([, at]) => at <= step).map(([e]) => e).sort(), `step ${step}`);
    if (step < last) await page.locator('[data-act="next"]').click();
  }
  assert.ok(await page.locator('[data-act="next"]').isDisabled());
  await page.keyboard.press("[");
  assert.ok(await page.locator('[data-act="next"]').isEnabled());
  const [enterprise, loss] = doc.problems[index].hit[0];
  assert.equal(await page.locator(`[data-id="card-enterprise-${enterprise}"] .cq-tile`).textContent(), `${Math.round(loss * 100)}%`);
  await page.locator('[data-act="play"]').click();
  await page.locator('[data-act="stop"]').click();
  assert.equal(await page.locator(".cq-box.hit, .cq-box.origin, .cq-box.dim").count(), 0);
});

test("the paths of a loss are shown on the map", async () => {
  const page = await open(path);
  const why = doc.why.find((w) => w.paths.some((p) => p.enterprises.length > 1));
  const wanted = why.paths.find((p) => p.enterprises.length > 1);
  await press(page, `card-enterprise-${why.enterprise}`);
  assert.ok((await page.locator(".cq-panel").textContent()).includes(why.sentence.zh));
  await page.locator(".cq-paths button").first().click();
  assert.deepEqual(new Set(await ids(page, ".cq-box.card.path")), new Set(wanted.enterprises.map((e) => `card-enterprise-${e}`)));
  await page.locator(".cq-crumbs .cq-button").click();
  assert.equal(await page.locator(".cq-box.path").count(), 0);
});

test("what is shown is exported, as SVG and as CSV", async () => {
  const page = await open(path);
  await page.locator("#cq-place-1").check();
  const outside = doc.enterprises.filter((e) => e.place === "outside");
  const csv = await downloaded(page, "#cq-export-csv");
  assert.equal(csv.charCodeAt(0), 0xfeff);
  const rows = csv.slice(1).trimEnd().split("\r\n");
  assert.equal(rows.length, 1 + outside.length);
  for (const e of outside) assert.ok(rows.some((row) => row.startsWith(`${e.id},${e.name.zh},`)), e.id);
  const svg = await downloaded(page, "#cq-export-svg");
  const faults = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return parsed.querySelector("parsererror")?.textContent ?? "";
  }, svg);
  assert.equal(faults, "");
  for (const e of outside) assert.ok(svg.includes(`>${e.name.zh}, `), e.id);
  for (const word of [doc.chain.title.zh, doc.chain.date, `版本 ${doc.chain.version}`, doc.version.hash.slice(0, 8), doc.chain.sources[0].slice(0, 8), "独家供应", "推断的供货", "质量技术机构", "平均损失"]) {
    assert.ok(svg.includes(word), word);
  }
  assert.ok(svg.indexOf('class="legend"') > 0);
  assert.ok(!svg.includes(doc.enterprises.find((e) => e.place === "home").name.zh));
  assert.deepEqual(strays(page), []);
});

test("both languages: no Chinese is left in an English page but what the chain has in Chinese alone", async () => {
  const page = await open(path);
  await page.locator("#cq-language").click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.locator("h1").textContent(), doc.chain.title.en);
  const chinese = /[\u4e00-\u9fff]/;
  for (const selector of [".cq-side", ".cq-tabs", ".cq-box .cq-title", ".cq-panel h3", ".cq-zoom", ".cq-menu"]) {
    for (const text of await texts(page, selector)) assert.doesNotMatch(text, chinese, selector);
  }
  const labels = await page.locator("[aria-label], [placeholder]").evaluateAll((all) => all.filter((e) => !e.matches(".cq-box")).map((e) => `${e.getAttribute("aria-label") ?? ""}${e.getAttribute("placeholder") ?? ""}`));
  for (const label of labels) assert.doesNotMatch(label, chinese);
  await page.locator("#cq-language").click();
  assert.equal(await page.locator("h1").textContent(), doc.chain.title.zh);
});

test("the keyboard alone: search, move, open, go back, follow", async () => {
  const page = await open(path);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "cq-search");
  await page.keyboard.press("Escape");
  const focused = () => page.evaluate(() => document.activeElement.dataset.id ?? "");
  const start = await focused();
  assert.match(start, /^(head|lane|card)-/);
  const seen = new Set([start]);
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft"]) {
    await page.keyboard.press(key);
    seen.add(await focused());
  }
  assert.ok(seen.size >= 4, [...seen].join(" "));
  while (!(await focused()).startsWith("card")) await page.keyboard.press("ArrowDown");
  const card = await focused();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(`[data-id="${card}"]`).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".cq-crumbs li").count(), 4);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  assert.equal(await page.locator(".cq-crumbs li").count(), 1);
  for (const key of ["+", "-", "0"]) await page.keyboard.press(key);
  await page.keyboard.press("l");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.deepEqual(strays(page), []);
});

test("names of segments, stages, enterprises and institutions stand whole, and whatever is cut can be read by hovering", async () => {
  for (const chain of ["advanced_computing", "connected_vehicle"]) {
    for (const language of ["zh", "en"]) {
      for (const width of [1440, 390]) {
        const page = await open(drawn(shipped(chain), `whole-${chain}-${language}`, "--lang", language).path, { width });
        const cut = await page.locator(".cq-box .cq-title, .cq-box .cq-detail").evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2).map((e) => e.textContent));
        assert.deepEqual(cut, [], `${chain} ${language} ${width}`);
        const below = await page.locator(".cq-box.lane, .cq-box.head, .cq-box.card").evaluateAll((all) => all.filter((e) => [...e.querySelectorAll(".cq-title, .cq-detail, .cq-badges, .cq-foot")].some((part) => part.offsetTop + part.offsetHeight > e.clientHeight + 2)).map((e) => e.textContent));
        assert.deepEqual(below, [], "nothing leaves its box");
        assert.equal(await page.locator(".cq-box:not([title])").count(), 0);
        await page.context().close();
      }
    }
  }
});

test("a phone's width: nothing sticks out, one column, sheets come to the front", async () => {
  const page = await open(path, { width: 390, height: 844 });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await wide(), 390);
  const left = await page.locator(".cq-box.card").evaluateAll((all) => new Set(all.map((e) => e.style.left)).size);
  assert.equal(left, 1);
  await page.locator('[data-sheet="side"]').last().click();
  await page.locator("#cq-place-1").check();
  await page.locator('.cq-tabs [data-sheet="map"]').click();
  assert.equal(await page.locator(".cq-box.card").count(), doc.enterprises.filter((e) => e.place === "outside").length);
  const first = (await ids(page, ".cq-box.card"))[0];
  await press(page, first);
  assert.ok(await page.locator(".cq-panel h2").isVisible());
  assert.equal(await wide(), 390);
});

test("on a tablet, and in a narrow place of a wide window, the map has the whole width", async () => {
  const page = await open(path, { width: 900, height: 1100 });
  const room = () => page.locator(".cq-canvas").evaluate((e) => e.clientWidth);
  assert.equal(await room(), 900);
  assert.ok(await page.locator(".cq-tabs").isVisible());
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.waitForFunction(() => !document.querySelector(".cq-tabs").checkVisibility());
  await page.locator("#chainqual-map").evaluate((e) => (e.style.width = "700px"));
  await page.waitForFunction(() => document.querySelector(".cq-tabs").checkVisibility());
  assert.equal(await room(), 700);
  assert.equal(await page.locator(".cq-box.card").evaluateAll((all) => new Set(all.map((e) => e.style.left)).size), 1);
});

test("axe-core finds nothing amiss, in any view, language or width", async () => {
  const page = await open(path);
  assert.deepEqual(await axe(page), []);
  await page.locator("#cq-search").fill("存储");
  assert.deepEqual(await axe(page), []);
  await page.locator("#cq-search").press("Enter");
  await page.locator(".cq-actions .main").click();
  assert.deepEqual(await axe(page), []);
  await page.locator("#cq-language").click();
  await page.locator('.cq-panel [data-thing^="problem-"]').first().click();
  await page.locator(".cq-actions .main").click();
  await page.locator('[data-act="next"]').click();
  assert.deepEqual(await axe(page), []);
  const phone = await open(path, { width: 390, height: 844 });
  assert.deepEqual(await axe(phone), []);
  await phone.locator('[data-sheet="side"]').last().click();
  assert.deepEqual(await axe(phone), []);
});
