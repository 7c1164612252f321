// The map in a running JupyterLab: what is clicked in it is read by the next cell, what a cell chooses is shown in it.
// Not among the automatic tests, as JupyterLab is not among what bootstrap.sh installs. By hand:
//
//   pip install jupyterlab anywidget chainqual      (or PYTHONPATH=build/dev/python)
//   JUPYTER=…/bin/jupyter node tests/web/jupyter.mjs [picture.png]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blank, close } from "./page.mjs";

const folder = mkdtempSync(join(tmpdir(), "chainqual-jupyter-"));
const sources = [
  "import chainqual as cq\ncq.set_language('zh')\nview = cq.quality_map(cq.datasets.advanced_computing()).widget(height=700)\nview",
  "view.selected",
  "view.select('stage', 'upstream')",
];
const cell = (source, k) => ({ cell_type: "code", execution_count: null, id: `c${k}`, metadata: {}, outputs: [], source });
writeFileSync(
  join(folder, "map.ipynb"),
  JSON.stringify({ cells: sources.map(cell), metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } }, nbformat: 4, nbformat_minor: 5 }),
);

const port = 18000 + (process.pid % 2000);
const server = spawn(
  process.env.JUPYTER ?? "jupyter",
  ["lab", "--no-browser", "--allow-root", `--port=${port}`, "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", `--ServerApp.root_dir=${folder}`],
  { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: folder } },
);
const ready = new Promise((resolve, reject) => {
  let told = "";
  server.stderr.on("data", (text) => {
    told += text;
    if (told.includes(`:${port}/lab`)) resolve();
  });
  server.on("exit", () => reject(new Error(told)));
});

try {
  await ready;
  const page = await blank();
  page.setDefaultTimeout(180_000);
  await page.setViewportSize({ width: 1500, height: 1100 });
  await page.goto(`http://127.0.0.1:${port}/lab/tree/map.ipynb`);
  const run = async (k) => {
    await page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(k).click();
    await page.keyboard.press("Shift+Enter");
  };
  const output = (k) => page.locator(".jp-Notebook .jp-CodeCell").nth(k).locator(".jp-OutputArea-output");
  await page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(2).waitFor();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
  await run(0);
  const card = page.locator(".cq-box.card").nth(1);
  await card.waitFor();
  const name = await card.locator(".cq-title").textContent();
  await card.scrollIntoViewIfNeeded();
  const at = await card.boundingBox();
  await page.mouse.click(at.x + 60, at.y + 16);
  await page.locator(".cq-panel h2", { hasText: name }).waitFor();
  if (process.argv[2]) await page.screenshot({ path: process.argv[2] });
  await run(1);
  await output(1).first().waitFor();
  const read = (await output(1).first().textContent()).trim();
  assert.match(read, /^\{'kind': 'enterprise', 'key': '[\w-]+'\}$/);
  await run(2);
  await page.locator(".cq-panel h2", { hasText: "上游" }).waitFor({ state: "attached" });
  console.log(`clicked ${name}; view.selected read by the next cell: ${read}; view.select("stage", "upstream") shown on the map`);
} finally {
  server.kill();
  await close();
}
