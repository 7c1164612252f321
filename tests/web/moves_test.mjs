// Moving about: drags, swipes, wheel, buttons and keys; what a drag must not do.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, drawn, ids, open, press, shipped, standing, strays, texts } from "./page.mjs";

after(close);
const { path, doc } = drawn(shipped("connected_vehicle"), "moves", "--lang", "zh");

/// A point of a box that no other box covers: lanes lie under their cards.
const within = async (page, id) => {
  const box = await page.locator(`[data-id="${id}"]`).boundingBox();
  return { x: box.x + 24, y: box.y + 12 };
};

async function drag(page, from, by) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let k = 1; k <= 8; ++k) await page.mouse.move(from.x + (by.x * k) / 8, from.y + (by.y * k) / 8);
  await page.mouse.up();
}

async function swipe(page, from, by) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await send("touchStart", [from]);
  for (let k = 1; k <= 10; ++k) await send("touchMove", [{ x: from.x + (by.x * k) / 10, y: from.y + (by.y * k) / 10 }]);
  await send("touchEnd", []);
}

const near = (a, b, message) => assert.ok(Math.abs(a - b) <= 14, `${message}: ${a} against ${b}`);

test("a drag moves the map wherever it begins: on a card, a lane, a column's head or free ground", async () => {
  const page = await open(path);
  const card = (await ids(page, ".cq-box.card"))[0];
  for (const [where, id] of [["card", card], ["lane", "lane-segment-0"], ["head", "head-stage-1"], ["free ground", null]]) {
    await page.locator('.cq-zoom [aria-label="适合窗口"]').click();
    const before = await standing(page);
    await drag(page, id ? await within(page, id) : { x: 300, y: 880 }, { x: 96, y: -64 });
    const now = await standing(page);
    near(now.x - before.x, 96, where);
    near(now.y - before.y, -64, where);
    assert.equal(now.zoom, before.zoom);
  }
  assert.equal(await page.locator(".cq-box.chosen").count(), 0, "a drag chooses nothing");
  assert.equal(await page.locator(".cq-crumbs li").count(), 1, "and opens nothing");
  await page.locator('.cq-zoom [aria-label="适合窗口"]').click();
  await press(page, card);
  assert.equal(await page.locator(".cq-box.chosen").count(), 1, "a click still chooses");
  await drag(page, await within(page, card), { x: 40, y: 40 });
  assert.equal(await page.locator(".cq-crumbs li").count(), 1, "a drag that begins on a chosen card does not open it");
  assert.deepEqual(strays(page), []);
});

test("a finger moves the map wherever it touches down", async () => {
  const page = await open(path, { width: 390, height: 844, touch: true });
  const card = (await ids(page, ".cq-box.card"))[0];
  for (const [where, id] of [["card", card], ["lane", "lane-segment-0"], ["head", "head-stage-0"]]) {
    const before = await standing(page);
    await swipe(page, await within(page, id), { x: 0, y: 100 });
    near((await standing(page)).y - before.y, 100, where);
    await swipe(page, await within(page, id), { x: 0, y: -100 });
    near((await standing(page)).y, before.y, where);
  }
  assert.equal(await page.locator(".cq-box.chosen").count(), 0);
  assert.equal(await page.locator(".cq-map").getAttribute("data-sheet"), "map");
  const { x, y } = await within(page, card);
  await page.touchscreen.tap(x, y);
  await page.locator(".cq-box.chosen").waitFor({ state: "attached" });
  assert.deepEqual(strays(page), []);
});

test("two fingers spread magnify", async () => {
  const page = await open(path, { width: 390, height: 844, touch: true });
  const before = await standing(page);
  const session = await page.context().newCDPSession(page);
  const send = (type, gap) => session.send("Input.dispatchTouchEvent", { type, touchPoints: gap ? [{ x: 180 - gap, y: 400, id: 0 }, { x: 180 + gap, y: 400, id: 1 }] : [] });
  await send("touchStart", 40);
  for (let gap = 44; gap <= 100; gap += 4) await send("touchMove", gap);
  await send("touchEnd", 0);
  assert.ok((await standing(page)).zoom > before.zoom * 1.5);
});

test("wheel, buttons and keys magnify about the middle and fit again", async () => {
  const page = await open(path);
  const start = await standing(page);
  const button = (name) => page.locator(`.cq-zoom [aria-label="${name}"]`);
  const zoom = async () => (await standing(page)).zoom / start.zoom;
  await button("放大").click();
  near(100 * (await zoom()), 125, "button in");
  await button("缩小").click();
  near(100 * (await zoom()), 100, "button out");
  await page.locator(".cq-box.head").first().focus();
  await page.keyboard.press("+");
  await page.keyboard.press("=");
  near(100 * (await zoom()), 156, "keys in");
  await page.keyboard.press("-");
  near(100 * (await zoom()), 125, "key out");
  await drag(page, { x: 300, y: 880 }, { x: 90, y: -50 });
  await page.keyboard.press("0");
  assert.deepEqual(await standing(page), start, "key fit");
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, -240);
  await page.waitForFunction((was) => new DOMMatrix(document.querySelector(".cq-overlay").style.transform).a > was, start.zoom);
  await button("适合窗口").click();
  assert.deepEqual(await standing(page), start, "button fit");
  assert.deepEqual(strays(page), []);
});

test("boxes stand exactly over the places where clicks find them, at any magnification", async () => {
  const page = await open(path);
  for (const key of ["+", "+", "-", "-", "-"]) {
    await page.locator(".cq-box.head").first().focus();
    await page.keyboard.press(key);
    const off = await page.evaluate(() => {
      const host = document.querySelector(".cq-host");
      const at = host.getBoundingClientRect();
      return Math.max(
        ...host._cyreg.cy.nodes().map((node) => {
          const box = [...document.querySelectorAll(".cq-box")].find((each) => each.dataset.id === node.id());
          if (!box) return 0;
          const seen = box.getBoundingClientRect();
          const middle = node.renderedPosition();
          return Math.max(Math.abs(at.x + middle.x - seen.x - seen.width / 2), Math.abs(at.y + middle.y - seen.y - seen.height / 2));
        }),
      );
    });
    assert.ok(off < 1, `${off} px off`);
  }
});

test("the skip link leads to the map, and the help lists every key", async () => {
  const page = await open(path);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "cq-skip");
  await page.keyboard.press("Enter");
  assert.match(await page.evaluate(() => document.activeElement.dataset.id ?? ""), /^(head|lane|card)-/);
  const help = page.locator(".cq-help");
  await help.locator("summary").click();
  const told = (await texts(page, ".cq-help p")).join("\n");
  for (const key of ["方向键", "回车", "Esc", "/", "+ − 0", "[ ]", "L", "K"]) assert.ok(told.includes(key), key);
  assert.ok(await help.locator(".cq-menu-list").isVisible());
  await help.locator("summary").click();
  assert.equal(await help.locator(".cq-menu-list").isVisible(), false);
  assert.equal(doc.language, "zh");
});
