// A page holds an element `chainqual-map` and the data in `chainqual-data`; other hosts call `show`.
import { App } from "./app";
import { h } from "./dom";
import css from "./style.css";
import type { MapDocument, Thing } from "./types";
import { render } from "./widget";
import { say } from "./words";

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/// Shows a document of `map_json` in `root`; `chosen` is told what the reader chooses.
export function show(root: HTMLElement, doc: MapDocument, chosen?: (thing: Thing | null) => void): App {
  const scope = root.getRootNode() as Document | ShadowRoot;
  if (!scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
  root.classList.add("cq-root");
  return new App(root, doc, chosen);
}

function start(): void {
  const root = document.getElementById("chainqual-map");
  const data = document.getElementById("chainqual-data");
  if (!root || !data) return;
  let doc: MapDocument | null = null;
  try {
    doc = JSON.parse(data.textContent ?? "") as MapDocument;
  } catch {
    doc = null;
  }
  if (doc === null || doc.format !== "chainqual-map" || doc.format_version !== 1) {
    root.append(h("p", { role: "alert" }, say("damaged", "zh")), h("p", { role: "alert", lang: "en" }, say("damaged", "en")));
    return;
  }
  document.documentElement.classList.add("cq-page");
  show(root, doc);
}

start();

// For notebooks (anywidget).
export default { render: render(show) };
