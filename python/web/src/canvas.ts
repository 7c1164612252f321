// The drawing on the page. Cytoscape pans, zooms, draws curves and finds what was clicked; the boxes themselves are
// HTML above it, so that texts are sharp, selectable by screen readers and never markup.
import cytoscape from "cytoscape";
import { changeSign, type Box, type Curve, type Drawing } from "./drawing";
import { h, icon, signs } from "./dom";
import type { Thing } from "./types";

export interface CanvasEvents {
  choose(thing: Thing | null, box: Box | null): void;
  open(thing: Thing): void;
  /// The next supply link of an enterprise, or the one before.
  links(enterprise: number, by: 1 | -1): void;
}

const ink = { documented: "#1f4e79", inferred: "#7c8a99", flow: "#b0122f", path: "#b0122f" };

/// Cytoscape states control points as shares along the straight line between the ends and distances from it.
function controls(curve: Curve): { weights: number[]; distances: number[] } {
  const dx = curve.end.x - curve.start.x;
  const dy = curve.end.y - curve.start.y;
  const length = Math.max(1, Math.hypot(dx, dy));
  const weights: number[] = [];
  const distances: number[] = [];
  for (const point of curve.over) {
    const px = point.x - curve.start.x;
    const py = point.y - curve.start.y;
    weights.push((px * dx + py * dy) / (length * length));
    distances.push((-px * dy + py * dx) / length);
  }
  return { weights, distances };
}

const manyCurves = 250;

const changeInk = { added: "#166b31", gone: "#b0122f", changed: "#a15c00" };

const colourOf = (curve: Curve): string =>
  curve.change !== "" && curve.change !== "same" ? changeInk[curve.change] : curve.mark === "flow" || curve.mark === "path" ? ink.flow : curve.documented ? ink.documented : ink.inferred;

const style = [
  { selector: "node", style: { shape: "rectangle", width: "data(w)", height: "data(h)", "background-opacity": 0, "border-width": 0, "overlay-opacity": 0, label: "" } },
  {
    selector: "edge",
    style: {
      "curve-style": "unbundled-bezier",
      "edge-distances": "endpoints",
      "control-point-weights": "data(weights)",
      "control-point-distances": "data(distances)",
      "source-endpoint": "data(source_end)",
      "target-endpoint": "data(target_end)",
      width: "data(weight)",
      "line-color": "data(colour)",
      "target-arrow-color": "data(colour)",
      "target-arrow-shape": "triangle",
      "arrow-scale": 0.8,
      "line-style": "solid",
      "overlay-opacity": 0,
      opacity: 0.85,
    },
  },
  {
    selector: "edge[sign]",
    style: {
      label: "data(sign)",
      color: "data(colour)",
      "font-size": 17,
      "font-weight": 700,
      "text-background-color": "#ffffff",
      "text-background-opacity": 1,
      "text-background-shape": "round-rectangle",
      "text-background-padding": "2px",
      "text-border-color": "data(colour)",
      "text-border-width": 1,
      "text-border-opacity": 1,
    },
  },
  { selector: "edge.inferred", style: { "line-style": "dashed", "line-dash-pattern": [6, 4] } },
  // What is gone is dotted: told from what was inferred without colour.
  { selector: "edge.gone", style: { "line-style": "dotted", width: 3 } },
  { selector: "edge.plain", style: { "target-arrow-shape": "none" } },
  { selector: "edge.dim", style: { opacity: 0.1 } },
  { selector: "edge.faded", style: { opacity: 0.12 } },
  { selector: "edge.flow, edge.path", style: { opacity: 1, "z-index": 9 } },
  { selector: "edge.chosen", style: { "line-color": "#0b3c5d", "target-arrow-color": "#0b3c5d", opacity: 1, "z-index": 10 } },
];

export class Canvas {
  private readonly cy: cytoscape.Core;
  private readonly overlay: HTMLElement;
  private drawing: Drawing = { boxes: [], curves: [], width: 0, height: 0, enterprises: [], notDrawn: 0, bundled: false };
  private elements = new Map<string, HTMLElement>();
  private focused = "";
  private below = 0;
  private along = false;
  private lastZoom = 0;
  private resting = 0;

  constructor(
    readonly root: HTMLElement,
    private readonly events: CanvasEvents,
  ) {
    const host = h("div", { class: "cq-host", "aria-hidden": "true" });
    this.overlay = h("div", { class: "cq-overlay" });
    root.append(host, this.overlay);
    this.cy = cytoscape({
      container: host,
      style: style as unknown as cytoscape.StylesheetJson,
      layout: { name: "preset" },
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
      pixelRatio: "auto",
    });
    this.cy.on("pan zoom", () => this.follow());
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) this.events.choose(null, null);
    });
    this.cy.on("tap", "node", (event) => this.pick(event.target.id() as string));
    this.cy.on("tap", "edge", (event) => {
      const curve = this.drawing.curves.find((c) => c.id === event.target.id());
      if (curve?.thing) this.events.choose(curve.thing, null);
    });
    this.cy.on("mouseover", "node", (event) => this.hover(event.target.id() as string, true));
    this.cy.on("mouseout", "node", (event) => this.hover(event.target.id() as string, false));
  }

  private box(id: string): Box | undefined {
    return this.drawing.boxes.find((box) => box.id === id);
  }

  private pick(id: string): void {
    const box = this.box(id);
    if (!box?.thing) return;
    this.focused = id;
    // The second click opens, however long after the first: as Enter does.
    if (this.elements.get(id)?.classList.contains("chosen")) this.events.open(box.thing);
    else this.events.choose(box.thing, box);
  }

  private hover(id: string, on: boolean): void {
    this.elements.get(id)?.classList.toggle("hover", on);
    this.root.style.cursor = on ? "pointer" : "";
    const shape = this.box(id)?.shape;
    if (shape !== "card" && shape !== "small" && shape !== "counts" && on) return;
    this.cy.batch(() => {
      this.cy.edges().removeClass("faded");
      if (!on) return;
      const own = this.cy.getElementById(id).connectedEdges();
      if (own.length > 0) this.cy.edges().not(own).addClass("faded");
    });
  }

  /// Puts another drawing in place; the view stays where it is unless `fit`. With `along` a path or an impact is
  /// shown: its links stand out, and those of the chosen enterprise do not.
  show(drawing: Drawing, selected: Thing | null, fit: boolean, below: number, label: string, along: boolean): void {
    this.drawing = drawing;
    this.along = along;
    this.elements = new Map();
    this.overlay.replaceChildren();
    this.overlay.setAttribute("role", "group");
    this.overlay.setAttribute("aria-label", label);
    for (const box of drawing.boxes) this.overlay.append(this.element(box));
    const nodes = drawing.boxes.map((box) => ({
      group: "nodes" as const,
      data: { id: box.id, w: box.width, h: box.height },
      position: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
      selectable: false,
      // A drag that begins on a box moves the map, as one on free ground does.
      pannable: true,
      classes: box.shape,
    }));
    const boxes = new Map(drawing.boxes.map((box) => [box.id, box]));
    const edges = drawing.curves.map((curve) => {
      const from = boxes.get(curve.from)!;
      const to = boxes.get(curve.to)!;
      const end = (box: Box, x: number, y: number): string => `${x - box.x - box.width / 2}px ${y - box.y - box.height / 2}px`;
      return {
        group: "edges" as const,
        data: {
          id: curve.id,
          source: curve.from,
          target: curve.to,
          ...controls(curve),
          source_end: end(from, curve.start.x, curve.start.y),
          target_end: end(to, curve.end.x, curve.end.y),
          weight: curve.weight * (curve.mark === "flow" || curve.mark === "path" ? 1.4 : 1),
          colour: colourOf(curve),
          ...(curve.change !== "" && curve.change !== "same" ? { sign: changeSign[curve.change] } : {}),
        },
        classes: [curve.documented ? "" : "inferred", curve.mark, curve.change === "same" ? "dim" : curve.change, curve.thing || curve.id.startsWith("bundle") ? "" : "plain"].join(" "),
      };
    });
    this.cy.batch(() => {
      this.cy.elements().remove();
      this.cy.add([...nodes, ...edges]);
    });
    // Where there are very many curves, a drag moves a picture of them; they are drawn anew when it ends.
    (this.cy as unknown as { renderer(): { textureOnViewport: boolean } }).renderer().textureOnViewport = drawing.curves.length > manyCurves;
    this.select(selected);
    if (fit) this.fit(below);
    this.follow();
  }

  select(selected: Thing | null): void {
    const same = (thing: Thing | null): boolean => thing !== null && selected !== null && thing.kind === selected.kind && thing.index === selected.index;
    let first = "";
    for (const box of this.drawing.boxes) {
      const on = same(box.thing) && box.shape !== "note";
      this.elements.get(box.id)?.classList.toggle("chosen", on);
      this.elements.get(box.id)?.setAttribute("aria-pressed", String(on));
      if (on && !first) first = box.id;
    }
    this.cy.edges().removeClass("chosen");
    const link = selected?.kind === "link" ? this.drawing.curves.find((curve) => same(curve.thing)) : undefined;
    if (link) {
      this.cy.getElementById(link.id).addClass("chosen");
      for (const end of [link.from, link.to]) this.reveal(end);
    }
    if (first) {
      if (selected?.kind === "enterprise" && !this.along) this.cy.getElementById(first).connectedEdges().addClass("chosen");
      this.focused = first;
      this.reveal(first);
    }
    this.tabStops();
  }

  /// Moves the view as little as needed to bring a box into it.
  private reveal(id: string): void {
    const box = this.box(id);
    if (!box) return;
    const zoom = this.cy.zoom();
    const pan = this.cy.pan();
    const at = { left: box.x * zoom + pan.x, top: box.y * zoom + pan.y };
    const width = this.cy.width();
    const height = this.cy.height();
    const over = (start: number, length: number, room: number): number =>
      length > room - 32 ? 0 : start < 16 ? 16 - start : start + length > room - 16 ? room - 16 - start - length : 0;
    const by = { x: over(at.left, box.width * zoom, width), y: over(at.top, box.height * zoom, height) };
    if (by.x !== 0 || by.y !== 0) this.cy.panBy(by);
  }

  /// Shows the whole drawing, or of a tall one its top; `below` px at the foot are covered by something else.
  fit(below = this.below): void {
    this.below = below;
    this.cy.resize();
    const width = this.cy.width();
    const height = this.cy.height() - below;
    if (width === 0 || height === 0 || this.drawing.width === 0) return;
    const margin = width < 500 ? 12 : 22;
    // Curves run at the right of the last column.
    const right = Math.max(this.drawing.width, ...this.drawing.curves.flatMap((curve) => curve.over.map((point) => point.x)));
    const across = (width - 2 * margin) / Math.max(this.drawing.width + 44, right + 6);
    const down = (height - 2 * margin - 44) / this.drawing.height;
    // Wide drawings fill the width and are scrolled; small ones are not blown up.
    const zoom = Math.min(1.15, Math.max(Math.min(across, down), Math.min(across, width < 800 ? 1 : 0.7)));
    const x = width < 800 ? margin : (width - right * zoom) / 2;
    const y = Math.max(margin + 40, (height - this.drawing.height * zoom) / 2);
    this.cy.viewport({ zoom, pan: { x: Math.max(x, margin), y } });
  }

  zoomBy(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  resized(): void {
    this.cy.resize();
    this.follow();
  }

  private follow(): void {
    const pan = this.cy.pan();
    const zoom = this.cy.zoom();
    // While only the place changes the boxes are kept as one picture; at rest they are drawn anew, sharp.
    if (zoom === this.lastZoom) {
      this.overlay.classList.add("moving");
      window.clearTimeout(this.resting);
      this.resting = window.setTimeout(() => this.overlay.classList.remove("moving"), 200);
    }
    this.lastZoom = zoom;
    this.overlay.style.transform = `translate(${pan.x}px, ${pan.y}px) scale(${zoom})`;
  }

  // Keyboard: one box at a time is in the order of tabs; arrows go to the nearest one that way.

  private reachable(): Box[] {
    return this.drawing.boxes.filter((box) => box.thing !== null && box.shape !== "note");
  }

  private tabStops(): void {
    const boxes = this.reachable();
    if (!boxes.some((box) => box.id === this.focused)) this.focused = boxes[0]?.id ?? "";
    for (const box of boxes) this.elements.get(box.id)!.tabIndex = box.id === this.focused ? 0 : -1;
  }

  focus(): void {
    this.elements.get(this.focused)?.focus({ preventScroll: true });
  }

  private step(dx: number, dy: number): void {
    const from = this.box(this.focused);
    if (!from) return;
    const middle = (box: Box): { x: number; y: number } => ({ x: box.x + Math.min(box.width, 260) / 2, y: box.y + Math.min(box.height, 58) / 2 });
    const here = middle(from);
    let best: Box | null = null;
    let least = Infinity;
    for (const box of this.reachable()) {
      if (box.id === from.id) continue;
      const there = middle(box);
      const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      if (along <= 4 || aside > along * 3 + 200) continue;
      const far = along + 2.2 * aside;
      if (far < least) {
        least = far;
        best = box;
      }
    }
    if (!best) return;
    this.focused = best.id;
    this.tabStops();
    this.reveal(best.id);
    this.focus();
  }

  private key(event: KeyboardEvent, box: Box): void {
    const moves: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      event.stopPropagation();
      this.step(...move);
    } else if ((event.key === "Enter" || event.key === " ") && box.thing) {
      event.preventDefault();
      if (this.elements.get(box.id)?.classList.contains("chosen")) this.events.open(box.thing);
      else this.events.choose(box.thing, box);
      this.focus();
    } else if ((event.key === "k" || event.key === "K") && box.thing?.kind === "enterprise") {
      event.preventDefault();
      this.events.links(box.thing.index, event.shiftKey ? -1 : 1);
    }
  }

  private element(box: Box): HTMLElement {
    const sign = (kind: string, path: string, open = false): HTMLElement => h("span", { class: `cq-${kind}` }, open ? icon(path, "none", "currentColor") : icon(path));
    const parts: Node[] = [];
    if (box.place) parts.push(sign(`place ${box.place}`, signs[box.place]));
    if (box.owner) parts.push(sign("owner", signs.owner));
    if (box.final) parts.push(sign("final", signs.final));
    if (box.shape === "institution") parts.push(sign("shield", signs.shield));
    if (box.shape === "project" || box.shape === "result") parts.push(sign("green", signs.project));
    const badges = box.badges.map((badge) => h("span", { class: `cq-badge ${badge.tone}` }, badge.text));
    if (box.shape === "problem") parts.push(...badges);
    const title = h("span", { class: "cq-title", dir: "auto" }, box.title);
    const detail = box.detail && box.shape !== "note" ? h("span", { class: "cq-detail", dir: "auto" }, box.detail) : null;
    const tile = box.tile ? h("span", { class: `cq-tile ${box.tile.tone}` }, box.tile.text) : null;
    if (box.fit) {
      title.style.setProperty("--lines", String(box.fit.lines));
      detail?.style.setProperty("--lines", String(box.fit.detailLines));
    }
    if (box.shape === "card" || box.shape === "small") {
      const marks: Node[] = [];
      if (box.cut) marks.push(h("span", { class: box.cut.final ? "cq-cut final" : "cq-cut" }, icon(box.cut.final ? signs.finalCut : signs.cut), String(box.cut.enterprises)));
      if (box.joint) marks.push(sign("joint", signs.joint));
      if (box.sole) marks.push(sign("sole", signs.sole, true));
      if (box.ladder === "leader") marks.push(sign("ladder", signs.leader, true));
      if (box.ladder === "follower") marks.push(sign("ladder", signs.follower, true));
      if (box.shape === "small" && tile) marks.push(tile);
      parts.push(h("span", { class: "cq-words" }, title, h("span", { class: "cq-foot" }, detail ?? h("span", { class: "cq-detail" }), ...marks)));
      if (box.shape === "card" && tile) parts.push(tile);
    } else if (box.shape === "lane" || box.shape === "head" || box.shape === "counts" || box.shape === "whole") {
      parts.push(title);
      if (tile && box.shape === "counts") parts.push(tile);
      if (detail) parts.push(detail);
      if (badges.length > 0) parts.push(h("span", { class: box.fit?.below ? "cq-badges below" : "cq-badges" }, ...badges));
    } else {
      parts.push(h("span", { class: "cq-words" }, title, detail));
      if (tile) parts.push(tile);
    }
    if (box.spoken) parts.push(h("span", { class: "cq-hidden" }, box.spoken));
    const reachable = box.thing !== null && box.shape !== "note";
    const classes = `cq-box ${box.shape} ${box.place ?? ""} ${box.mark} ${box.change} ${box.owner ? "owner" : ""} ${box.final ? "final" : ""} ${box.shape === "note" ? box.detail : ""}`;
    const at = `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
    const element = reachable
      ? h("button", { type: "button", class: classes, title: box.label, "aria-pressed": "false", "data-id": box.id }, ...parts)
      : h("div", { class: classes, title: box.label }, ...parts);
    element.style.cssText = at;
    if (reachable) {
      element.tabIndex = -1;
      element.addEventListener("keydown", (event) => this.key(event as KeyboardEvent, box));
      element.addEventListener("focus", () => {
        this.focused = box.id;
      });
      // Assistive technology clicks without a pointer.
      element.addEventListener("click", () => this.pick(box.id));
      this.elements.set(box.id, element);
    }
    return element;
  }
}
