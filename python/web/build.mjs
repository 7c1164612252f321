// Bundles src/main.ts into ../chainqual/static: the script, its hash, and the licences of what is in it.
//
//   node build.mjs            writes the three files
//   node build.mjs --verify   fails where a committed file is not what would be written
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { notices } from "./notices.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "..", "chainqual", "static");

async function bundle() {
  const made = await build({
    absWorkingDir: here,
    entryPoints: ["src/main.ts"],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2021",
    charset: "utf8",
    minify: true,
    legalComments: "none",
    loader: { ".css": "text" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return Buffer.from(made.outputFiles[0].contents);
}

function licences() {
  const { version } = JSON.parse(readFileSync(join(here, "node_modules/cytoscape/package.json"), "utf8"));
  const text = readFileSync(join(here, "node_modules/cytoscape/LICENSE"), "utf8").trim();
  const whole = [{ name: `Cytoscape.js ${version}`, text }, ...notices];
  const rule = "\n\n----------------------------------------------------------------------\n\n";
  return `quality_map.js contains, beside chainqual's own code (Apache-2.0, see the project's LICENSE), Cytoscape.js and what that carries:\n\n${whole.map((part) => `${part.name}\n\n${part.text}`).join(rule)}\n`;
}

const script = await bundle();
const files = {
  "quality_map.js": script,
  "quality_map.sha256": Buffer.from(createHash("sha256").update(script).digest("base64") + "\n"),
  "LICENSES.txt": Buffer.from(licences()),
};

if (/<\/script|<!--/i.test(script.toString("utf8"))) throw new Error("the script would end its own element");

if (process.argv.includes("--verify")) {
  for (const [name, bytes] of Object.entries(files)) {
    if (!readFileSync(join(folder, name)).equals(bytes)) {
      console.error(`python/chainqual/static/${name} is not what python/web builds: run \`npm run build\` there.`);
      process.exitCode = 1;
    }
  }
  if (!process.exitCode) console.log(`python/chainqual/static is what python/web builds (${script.length} bytes).`);
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  console.log(`quality_map.js: ${script.length} bytes`);
}
