// Supply links, institutions, projects and results: reached by click and by keyboard; the paths of a loss.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { clickable, close, curves, drawn, folder, ids, open, press, shipped, strays, texts } from "./page.mjs";

after(close);
const heading = (page) => page.locator(".cq-panel h2").textContent();
const percent = (share) => (share <= 0 ? "0" : Math.round(share * 100) === 0 ? "<1%" : `${Math.round(share * 100)}%`);

for (const chain of ["advanced_computing", "connected_vehicle"]) {
  const { path, doc } = drawn(shipped(chain), chain, "--lang", "zh");
  const name = (index) => doc.enterprises[index].name.zh;
  const title = (link) => `${name(doc.links[link][0])} → ${name(doc.links[link][1])}`;

  test(`${chain}: a click on a curve shows the link, its product, dependency and both ends`, async () => {
    const page = await open(path);
    let clicked = 0;
    for (const { id } of (await curves(page)).slice(0, 12)) {
      const at = await clickable(page, id);
      if (!at) continue;
      const link = Number(id.split("-")[1]);
      const [, , dependency, documented, product] = doc.links[link];
      await page.mouse.click(at.x, at.y);
      assert.equal(await heading(page), title(link));
      assert.equal(await page.locator(".cq-kind").textContent(), documented ? "有据的供货" : "推断的供货");
      const facts = (await texts(page, ".cq-facts dd")).join("\n");
      if (product) assert.ok(facts.includes(product), product);
      if (dependency !== null) assert.ok(facts.includes(percent(dependency)), facts);
      assert.deepEqual((await curves(page)).filter((c) => c.classes.includes("chosen")).map((c) => c.id), [id]);
      ++clicked;
    }
    assert.ok(clicked >= 6, `${clicked} curves could be clicked`);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: every link of an enterprise is reached from its panel, and from the map by key`, async () => {
    const page = await open(path);
    const own = (e) => doc.links.flatMap(([a, b], k) => (a === e || b === e ? [k] : []));
    const busiest = doc.enterprises.map((_, e) => e).sort((a, b) => own(b).length - own(a).length)[0];
    const partners = { in: doc.links.flatMap(([, b], k) => (b === busiest ? [k] : [])), out: doc.links.flatMap(([a], k) => (a === busiest ? [k] : [])) };
    for (const link of own(busiest)) {
      await page.locator(`[data-id="card-enterprise-${busiest}"]`).focus();
      await page.keyboard.press("Enter");
      if ((await page.locator(".cq-crumbs li").count()) > 1) await page.locator(".cq-crumbs button", { hasText: "全链" }).click();
      await page.locator(`[data-id="card-enterprise-${busiest}"]`).click({ force: true });
      await page.locator(`.cq-panel .cq-to-link[data-thing="link-${link}"]`).press("Enter");
      assert.equal(await heading(page), title(link));
      await page.locator(`.cq-panel [data-thing="enterprise-${doc.links[link][0]}"]`).first().press("Enter");
      assert.equal(await heading(page), name(doc.links[link][0]));
      await page.keyboard.press("Escape");
    }
    await page.locator(`[data-id="card-enterprise-${busiest}"]`).focus();
    const seen = [];
    for (let k = 0; k < own(busiest).length; ++k) {
      await page.keyboard.press("k");
      seen.push(await heading(page));
    }
    assert.deepEqual(seen, [...partners.in, ...partners.out].map(title));
    await page.keyboard.press("Shift+K");
    assert.equal(await heading(page), seen[seen.length - 2]);
    assert.deepEqual(strays(page), []);
  });

  test(`${chain}: a path of a loss stands out, over the enterprise's own links`, async () => {
    const page = await open(path);
    const whys = doc.why.filter((w) => w.paths.some((p) => p.enterprises.length > 1));
    for (const why of whys.slice(0, 3)) {
      const wanted = why.paths.find((p) => p.enterprises.length > 1).enterprises;
      await press(page, `card-enterprise-${why.enterprise}`);
      const own = doc.links.filter(([a, b]) => a === why.enterprise || b === why.enterprise).length;
      assert.equal((await curves(page)).filter((c) => c.classes.includes("chosen")).length, own);
      await page.locator(".cq-paths button").first().click();
      const between = (a, b) => wanted.some((e, k) => k + 1 < wanted.length && ((e === a && wanted[k + 1] === b) || (e === b && wanted[k + 1] === a)));
      for (const curve of await curves(page)) {
        const [a, b] = doc.links[Number(curve.id.split("-")[1])];
        const on = between(a, b);
        assert.deepEqual([curve.classes.includes("path"), curve.classes.includes("dim"), curve.classes.includes("chosen")], [on, !on, false], curve.id);
        assert.equal(curve.opacity >= 0.9, on, `${curve.id} is seen`);
        if (on) assert.equal(curve.colour, "rgb(176,18,47)");
      }
      await page.locator(".cq-crumbs .cq-button").click();
      assert.equal((await curves(page)).filter((c) => c.classes.includes("chosen")).length, own, "afterwards its links are marked again");
      await page.keyboard.press("Escape");
    }
    assert.deepEqual(strays(page), []);
  });
}

test("project, result and institution are reached by click and by keyboard", async () => {
  const chain = folder(
    "registers",
    { name: "登记链", name_en: "Register chain", home_region: "120000" },
    {
      segments: [["id", "name", "stage"], ["s1", "原料", "upstream"], ["s2", "整机", "downstream"]],
      enterprises: [["id", "name", "stage", "segments", "region", "products"], ["a", "甲公司", "upstream", "s1", "120000", "铜"], ["b", "乙公司", "downstream", "s2", "120000", "车"]],
      links: [["supplier", "customer", "product"], ["a", "b", "铜"]],
      institutions: [["id", "name", "region", "kind", "segments"], ["i1", "计量院", "120000", "metrology", "s1;s2"], ["i2", "检测中心", "120000", "testing", "s1"]],
      problems: [["number", "name", "stage", "segments", "enterprises", "category", "declared"], ["P1", "铜材批次不稳", "upstream", "s1", "a", "technology", "★★★"]],
      projects: [["number", "name", "kind", "problems", "status"], ["J1", "铜材稳定攻关", "supply_chain", "P1", "accepted"]],
      results: [["number", "name", "kind", "project", "problems", "status"], ["R1", "铜材检测方法", "technical_standard", "J1", "P1", "shared"]],
    },
  );
  const { path, doc } = drawn(chain, "registers", "--lang", "zh");
  assert.equal(doc.results.length, 1);
  const page = await open(path);
  await page.locator('.cq-panel [data-thing="result-0"]').click();
  assert.equal(await heading(page), "铜材检测方法");
  await page.locator('.cq-panel [data-thing="project-0"]').press("Enter");
  assert.equal(await heading(page), "铜材稳定攻关");
  await page.locator('.cq-panel [data-thing="problem-0"]').press("Enter");
  assert.equal(await heading(page), "铜材批次不稳");
  await page.locator('.cq-panel [data-thing="result-0"]').press("Enter");
  assert.equal(await heading(page), "铜材检测方法");
  // In the enterprise's own view result and project are boxes of the map.
  await press(page, "card-enterprise-0");
  await page.locator(".cq-panel .cq-button.main").click();
  await press(page, "result-result-0");
  assert.equal(await heading(page), "铜材检测方法");
  await page.locator('[data-id="project-project-0"]').press("Enter");
  assert.equal(await heading(page), "铜材稳定攻关");
  await page.locator(".cq-crumbs li button").first().click();
  const bodies = await ids(page, ".cq-box.institution");
  assert.equal(bodies.length, 3, "each institution stands in every segment that it serves");
  await press(page, bodies[0]);
  assert.equal(await heading(page), await page.locator(`[data-id="${bodies[0]}"] .cq-title`).textContent());
  await page.locator(`[data-id="${bodies[1]}"]`).press("Enter");
  assert.equal(await heading(page), await page.locator(`[data-id="${bodies[1]}"] .cq-title`).textContent());
  await page.locator('.cq-panel [data-thing="segment-0"]').press("Enter");
  assert.equal(await heading(page), "原料");
  assert.deepEqual(strays(page), []);
});
