// Opens maps in Debian's Chromium, and keeps watch: whatever a page asks of the network or complains of is kept.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
const require = createRequire(join(root, "python", "web", "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const binary = process.env.CHAINQUAL_PROGRAM ?? join(root, "build", "dev", "src", "cli", "chainqual");
export const scratch = mkdtempSync(join(tmpdir(), "chainqual-web-"));

/// Runs the program.
export function program(...words) {
  execFileSync(binary, words, { stdio: ["ignore", "ignore", "inherit"] });
}

/// Draws a chain; gives back the page's path and its data as a plain JSON parser reads them.
export function drawn(chain, name, ...flags) {
  const path = join(scratch, `${name}.html`);
  program("map", chain, path, "--quiet", ...flags);
  const html = readFileSync(path, "utf8");
  const data = html.split('id="chainqual-data">')[1].split("</script>")[0];
  return { path, doc: JSON.parse(data) };
}

export const shipped = (name) => join(root, "python", "chainqual", "datasets", name);

/// Writes a chain folder from tables of rows and gives back its path.
export function folder(name, info, tables) {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "chain.json"), JSON.stringify(info));
  for (const [table, rows] of Object.entries(tables)) {
    const cell = (value) => `"${String(value).replaceAll('"', '""')}"`;
    writeFileSync(join(path, `${table}.csv`), rows.map((row) => row.map(cell).join(",")).join("\n") + "\n");
  }
  return path;
}

let browser;
async function launched() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  return browser;
}

/// A page with nothing in it.
export async function blank() {
  const page = await (await launched()).newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto("about:blank");
  return page;
}

export async function open(path, { width = 1440, height = 900, ready = ".cq-box", touch = false } = {}) {
  await launched();
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, reducedMotion: "reduce", hasTouch: touch, isMobile: touch });
  const page = await context.newPage();
  page.requests = [];
  page.complaints = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.setDefaultTimeout(120_000);
  page.address = pathToFileURL(path).href;
  await page.goto(page.address);
  await page.waitForSelector(ready);
  return page;
}

export async function close() {
  await browser?.close();
}

/// What the page asked for beside itself, and what it complained of.
export const strays = (page) => [
  ...page.requests.filter((url) => url !== page.address && !url.startsWith("data:") && !url.startsWith("blob:")),
  ...page.complaints,
];

/// Presses on a box as a mouse does: at its place, on whatever lies there. What is out of view is brought in first, by
/// the button that shows more.
export async function press(page, id) {
  const view = await page.locator(".cq-canvas").boundingBox();
  const at = (box) => ({ x: box.x + Math.min(box.width / 2, 60), y: box.y + Math.min(box.height / 2, 16) });
  let point = at(await page.locator(`[data-id="${id}"]`).boundingBox());
  for (let k = 0; k < 12 && (point.y > view.y + view.height - 8 || point.x > view.x + view.width - 60); ++k) {
    await page.locator(".cq-zoom button").nth(1).click();
    point = at(await page.locator(`[data-id="${id}"]`).boundingBox());
  }
  await page.mouse.click(point.x, point.y);
}

/// Opens a box as a mouse does: one click shows it, the next opens it.
export async function enter(page, id, title) {
  await press(page, id);
  await page.locator(`[data-id="${id}"][aria-pressed="true"]`).waitFor({ state: "attached" });
  await press(page, id);
  await page.locator(".cq-crumbs [aria-current]", { hasText: title }).waitFor();
}

/// Where the map stands: its shift in px and its magnification.
export const standing = (page) =>
  page.locator(".cq-overlay").evaluate((overlay) => {
    const { a: zoom, e: x, f: y } = new DOMMatrix(overlay.style.transform);
    return { x, y, zoom };
  });

/// The curves as they are drawn: their classes, and where the middle of each is on the screen.
export const curves = (page) =>
  page.evaluate(() => {
    const host = document.querySelector(".cq-host");
    const at = host.getBoundingClientRect();
    return host._cyreg.cy.edges().map((edge) => {
      const middle = edge.renderedMidpoint();
      const value = (name) => edge.style(name);
      return { id: edge.id(), classes: edge.classes(), x: at.x + middle.x, y: at.y + middle.y, dashed: value("line-style") !== "solid", line: value("line-style"), colour: value("line-color"), opacity: Number(value("opacity")), sign: value("label") };
    });
  });

/// A point of a curve where a click finds it: no box lies over it there and no other curve runs nearer.
export const clickable = (page, id) =>
  page.evaluate((id) => {
    const host = document.querySelector(".cq-host");
    const at = host.getBoundingClientRect();
    const cy = host._cyreg.cy;
    const edge = cy.getElementById(id);
    // From each control point to the middle before the next.
    const controls = edge.renderedControlPoints();
    const parts = [];
    let from = edge.renderedSourceEndpoint();
    controls.forEach((control, k) => {
      const next = controls[k + 1];
      const to = next ? { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 } : edge.renderedTargetEndpoint();
      parts.push([from, control, to]);
      from = to;
    });
    for (const [a, b, c] of parts) {
      for (let t = 0.04; t < 1; t += 0.04) {
        const on = (axis) => (1 - t) * (1 - t) * a[axis] + 2 * t * (1 - t) * b[axis] + t * t * c[axis];
        const point = { x: Math.round(at.x + on("x")), y: Math.round(at.y + on("y")) };
        if (point.x < at.left + 2 || point.x > at.right - 2 || point.y < at.top + 60 || point.y > at.bottom - 2) continue;
        const found = cy.renderer().findNearestElement(...cy.renderer().projectIntoViewport(point.x, point.y), true, false);
        if (found && found.id() === id && document.elementFromPoint(point.x, point.y)?.tagName === "CANVAS") return point;
      }
    }
    return null;
  }, id);

export const texts = (page, selector) => page.locator(selector).allTextContents();
export const ids = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((each) => each.dataset.id));

/// Accessibility faults that axe-core finds.
export async function axe(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  });
}

export async function downloaded(page, button) {
  await page.locator(".cq-menu summary").first().click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  const path = join(scratch, `${Math.random()}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return readFileSync(path, "utf8");
}
