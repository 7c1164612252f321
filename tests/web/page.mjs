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

export async function open(path, { width = 1440, height = 900, ready = ".cq-box" } = {}) {
  await launched();
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, reducedMotion: "reduce" });
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

/// Presses on a box as a mouse does: at its place, on whatever lies there.
export async function press(page, id) {
  const box = await page.locator(`[data-id="${id}"]`).boundingBox();
  await page.mouse.click(box.x + Math.min(box.width / 2, 60), box.y + Math.min(box.height / 2, 16));
}

/// Opens a box as a mouse does: one click shows it, the next opens it.
export async function enter(page, id, title) {
  await press(page, id);
  await page.locator(`[data-id="${id}"][aria-pressed="true"]`).waitFor({ state: "attached" });
  await press(page, id);
  await page.locator(".cq-crumbs [aria-current]", { hasText: title }).waitFor();
}

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
