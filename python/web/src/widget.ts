// The map in a notebook: what is chosen is held in common with Python, as {kind, key}.
import type { App } from "./app";
import { h } from "./dom";
import { linkKey, stageKeys } from "./model";
import type { Kind, MapDocument, Thing } from "./types";

/// What a notebook's front end gives a widget.
interface Shared {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, act: () => void): void;
  off(event: string, act: () => void): void;
}

interface Selected {
  kind: string;
  key: string;
}

type Show = (root: HTMLElement, doc: MapDocument, chosen: (thing: Thing | null) => void) => App;

const listed = (doc: MapDocument, kind: string): readonly string[] => {
  switch (kind) {
    case "enterprise":
      return doc.enterprises.map((each) => each.id);
    case "segment":
      return doc.segments.map((each) => each.id ?? "");
    case "stage":
      return stageKeys;
    case "problem":
      return doc.problems.map((each) => each.number);
    case "project":
      return doc.projects.map((each) => each.number);
    case "result":
      return doc.results.map((each) => each.number);
    case "institution":
      return doc.institutions.map((each) => each.name.zh || each.name.en);
    case "link":
      return doc.links.map((_, index) => linkKey(doc, index));
    default:
      return [];
  }
};

const named = (doc: MapDocument, thing: Thing | null): Selected | null => {
  const key = thing && listed(doc, thing.kind)[thing.index];
  return thing && key ? { kind: thing.kind, key } : null;
};

const found = (doc: MapDocument, selected: Selected | null): Thing | null => {
  const index = selected ? listed(doc, selected.kind).indexOf(selected.key) : -1;
  return selected && index >= 0 ? { kind: selected.kind as Kind, index } : null;
};

export const render =
  (show: Show) =>
  ({ model, el }: { model: Shared; el: HTMLElement }): (() => void) => {
    const root = h("div", { class: "cq-widget" });
    root.style.height = `${Number(model.get("height")) || 640}px`;
    el.append(root);
    let told = "";
    const doc = JSON.parse(String(model.get("document"))) as MapDocument;
    const app = show(root, doc, (thing) => {
      const selected = named(doc, thing);
      told = JSON.stringify(selected);
      if (told === JSON.stringify(model.get("selected"))) return;
      model.set("selected", selected);
      model.save_changes();
    });
    const follow = (): void => {
      const selected = model.get("selected") as Selected | null;
      // What the map itself has told comes back once.
      if (JSON.stringify(selected) === told) return;
      told = JSON.stringify(selected);
      app.select(found(doc, selected));
    };
    model.on("change:selected", follow);
    if (model.get("selected")) follow();
    return () => {
      model.off("change:selected", follow);
      app.end();
    };
  };
