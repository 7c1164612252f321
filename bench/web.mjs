// How fast the interactive map is, in Debian's Chromium without a graphics card: first paint, frames under a drag that
// moves the map, and a network of a million enterprises. Prints figures with their conditions; on a busy machine they
// say little. From the repository's root, after building the program:
//
//   CHAINQUAL_PROGRAM=build/release/src/cli/chainqual node bench/web.mjs            views of at most 2,000 elements
//   CHAINQUAL_PROGRAM=build/release/src/cli/chainqual node bench/web.mjs 1000000    and a network of so many
//
// It fails where a promise is broken: 2 s to the first paint and 50 ms between frames (the median, and 95 of 100) with
// 2,000 elements; 3 s and 5 MB for the network.
import { statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { blank, close, drawn, folder, open, program, scratch, standing } from "../tests/web/page.mjs";

const enterprises = Number(process.argv[2] ?? 0);
const broken = [];
const promise = (what, figure, most, unit) => {
  const held = figure < most;
  console.log(`${held ? "  " : "! "}${what}: ${figure.toFixed(unit === "MB" ? 2 : 0)} ${unit} (promised: under ${most} ${unit})`);
  if (!held) broken.push(what);
};

/// ms from asking for the page to its first paint, its boxes, and the first frame after them.
async function opened(path) {
  const page = await open(path);
  const times = await page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const paint = performance.getEntriesByName("first-contentful-paint")[0];
            done({ paint: paint ? paint.startTime : NaN, ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd, frame: performance.now() });
          }),
        ),
      ),
  );
  return { page, times };
}

const elements = (page) => page.evaluate(() => ({ boxes: document.querySelectorAll(".cq-box").length, curves: document.querySelector(".cq-host")._cyreg.cy.edges().length }));

/// Gaps between frames while the map is dragged to and fro; fails if it did not move.
async function dragged(page, seconds = 4) {
  const canvas = await page.locator(".cq-canvas").boundingBox();
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
  const before = await standing(page);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x + 30, middle.y + 20);
  await page.evaluate(() => {
    const gaps = [];
    let last = performance.now();
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      window.frames_ = requestAnimationFrame(frame);
    };
    window.gaps_ = gaps;
    window.frames_ = requestAnimationFrame(frame);
  });
  const end = performance.now() + seconds * 1000;
  let moved = 0;
  for (let k = 0; performance.now() < end; ++k) {
    await page.mouse.move(middle.x + 160 * Math.sin(k / 8), middle.y + 110 * Math.sin(k / 5));
    if (k % 16 === 8) moved = Math.max(moved, Math.abs((await standing(page)).x - before.x));
  }
  const gaps = await page.evaluate(() => {
    cancelAnimationFrame(window.frames_);
    return window.gaps_.slice(2);
  });
  await page.mouse.up();
  if (moved < 40) throw new Error("the drag did not move the map");
  gaps.sort((a, b) => a - b);
  const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))];
  return { median: at(0.5), most95: at(0.95), worst: gaps[gaps.length - 1], frames: gaps.length };
}

async function measured(name, path, promised, on = async () => undefined) {
  const runs = [];
  let page;
  for (let k = 0; k < 3; ++k) {
    if (page) await page.context().close();
    const { page: one, times } = await opened(path);
    page = one;
    runs.push(times);
  }
  const middle = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[1];
  await on(page);
  const { boxes, curves } = await elements(page);
  const drag = await dragged(page);
  const size = statSync(path).size / 1e6;
  console.log(`${name}: ${size.toFixed(2)} MB; dragged with ${boxes} boxes and ${curves} curves, ${drag.frames} frames in 4 s`);
  promise("first contentful paint, median of 3", middle("paint"), promised.paint, "ms");
  promise("drawn and ready, median of 3", middle("frame"), promised.paint, "ms");
  promise("between frames under the drag, median", drag.median, 50, "ms");
  promise("between frames under the drag, 95 of 100", drag.most95, 50, "ms");
  console.log(`    worst frame: ${drag.worst.toFixed(0)} ms`);
  if (promised.size) promise("size of the page", size, promised.size, "MB");
  if (boxes + curves > 2000) broken.push(`${name}: ${boxes + curves} elements`);
  await page.context().close();
}

/// A segment of 240 small cards with more links than one view draws: opened, it draws 2,000 elements.
function dense() {
  const rows = [["id", "name", "stage", "segments", "region", "products"]];
  const links = [["supplier", "customer", "product"]];
  const cards = 240;
  for (let k = 0; k < cards; ++k) rows.push([`e${k}`, `第${k}精密制造有限公司`, "midstream", "s", "120000", `产品${k}`]);
  for (let k = 0; k < 2400; ++k) links.push([`e${(k * 7) % cards}`, `e${(k * 7 + 1 + (k % 97)) % cards}`, `料${k}`]);
  return folder("dense", { name: "稠密链", home_region: "120000" }, { segments: [["id", "name", "stage"], ["s", "精密制造", "midstream"]], enterprises: rows, links });
}

const asked = await blank();
console.log(`Chromium ${asked.context().browser().version()}, headless, no graphics card; ${cpus()[0].model}, ${cpus().length} cores; load ${loadavg()[0].toFixed(1)}; window 1440 × 900`);
try {
  const chain = dense();
  await measured("the most that one view draws", drawn(chain, "dense", "--lang", "zh").path, { paint: 2000 }, async (page) => {
    const lane = page.locator('[data-id="lane-segment-0"]');
    await lane.press("Enter");
    await lane.press("Enter");
    await page.locator(".cq-crumbs [aria-current]", { hasText: "精密制造" }).waitFor();
  });
  const many = join(scratch, "many");
  program("generate", many, "--enterprises", "400", "--mean-degree", "6", "--quiet");
  await measured("400 enterprises as cards", drawn(many, "many", "--lang", "zh").path, { paint: 2000 });
  if (enterprises > 0) {
    const network = join(scratch, "network.cqn");
    program("generate", network, "--enterprises", String(enterprises), "--seed", "3");
    await measured(`a network of ${enterprises.toLocaleString("en-US")} enterprises`, drawn(network, "network", "--lang", "zh").path, { paint: 3000, size: 5 });
  }
} finally {
  await close();
}
if (broken.length > 0) {
  console.error(`broken: ${broken.join("; ")}`);
  process.exitCode = 1;
}
