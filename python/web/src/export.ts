// What is shown, as an SVG picture and as a table.
import { changeSign, type Badge, type Box, type Curve, type Drawing, type Point, type Tile } from "./drawing";
import { s, signs } from "./dom";
import { badgeWidth, tileWidth, type } from "./fitting";
import { cut, family, widthOf, wrapped } from "./measure";
import { stageKeys, type Model } from "./model";
import type { State } from "./state";
import { say } from "./words";

const ink = {
  text: "#1f2a37",
  quiet: "#5b6675",
  hairline: "#d9dfe6",
  head: "#17405c",
  home: "#0f6f94",
  outside: "#a85a14",
  unknown: "#6b7683",
  stars: "#a8233c",
  green: "#3f7a5c",
  flow: "#b0122f",
  link: "#7c8a99",
};
const changed = { added: "#166b31", gone: "#b0122f", changed: "#a15c00" };
const tint = { home: "#eaf4f8", outside: "#fcf3e8", unknown: "#f3f5f7" };
const heat: Record<NonNullable<Box["tile"]>["tone"], readonly [string, string]> = {
  heat0: ["#f2f0f7", ink.text],
  heat1: ["#d4d3e8", ink.text],
  heat2: ["#a8a4cf", ink.text],
  heat3: ["#6a60a9", "#ffffff"],
  heat4: ["#54278f", "#ffffff"],
  stars: [ink.stars, "#ffffff"],
  tint: ["#fbecee", ink.stars],
  quiet: ["#f3f5f7", ink.quiet],
  added: ["#e2f3e7", "#166b31"],
  gone: ["#fde8ea", "#b0122f"],
  changed: ["#fdf0d9", "#a15c00"],
};
const round = (value: number): number => Math.round(value * 10) / 10;

function words(text: string, x: number, y: number, size: number, width: number, fill = ink.text, bold = false, anchor = "start"): SVGElement {
  return s("text", { x: round(x), y: round(y), "font-size": size, fill, "font-weight": bold ? 700 : 400, "text-anchor": anchor }, document.createTextNode(cut(text, width, size, bold)));
}

/// Up to `most` lines below each other, the last cut.
const lines = (text: string, x: number, y: number, size: number, width: number, step: number, most: number, fill = ink.text, bold = false): SVGElement[] =>
  wrapped(text, width, size, bold, most).map((line, k) => words(line, x, y + k * step, size, width + 1, fill, bold));

function rect(x: number, y: number, width: number, height: number, fill: string, stroke: string, radius: number, line = 1): SVGElement {
  return s("rect", { x: round(x), y: round(y), width: round(width), height: round(height), rx: radius, fill, stroke, "stroke-width": line });
}

function outline(box: Box, fill: string, stroke: string, line: number): SVGElement {
  if (box.place !== "outside") return rect(box.x, box.y, box.width, box.height, fill, stroke, box.place === "unknown" ? 0 : 8, line);
  const c = 9;
  const { x, y, width: w, height: t } = box;
  return s("path", { d: `M${x + c} ${y}H${x + w - c}L${x + w} ${y + c}V${y + t - c}L${x + w - c} ${y + t}H${x + c}L${x} ${y + t - c}V${y + c}Z`, fill, stroke, "stroke-width": line });
}

/// One of the page's signs of 16 px, its upper left corner at x, y.
function sign(path: string, x: number, y: number, colour: string, side = 16, open = false): SVGElement {
  const paint: Record<string, string | number> = open ? { fill: "none", stroke: colour, "stroke-width": 1.8, "stroke-linejoin": "round", "stroke-linecap": "round" } : { fill: colour, "fill-rule": "evenodd" };
  return s("path", { d: path, transform: `translate(${round(x)} ${round(y)}) scale(${round((side / 16) * 100) / 100})`, ...paint });
}

function tileAt(tile: Tile, right: number, middle: number, small = false): SVGElement[] {
  const width = tileWidth(tile, small);
  const size = small ? 11 : 13;
  const [fill, text] = heat[tile.tone];
  return [rect(right - width, middle - size, width, 2 * size, fill, "none", 5), words(tile.text, right - width / 2, middle + size * 0.37, size, width, text, true, "middle")];
}

const badgeInk: Record<Badge["tone"], readonly [string, string, string]> = {
  stars3: [ink.stars, ink.stars, "#ffffff"],
  stars2: ["#fbecee", ink.stars, ink.stars],
  stars1: ["#ffffff", ink.stars, ink.stars],
  stars0: ["#ffffff", "#8b96a3", ink.quiet],
  kinds: ["#eef1f4", "#eef1f4", ink.text],
  added: ["#e2f3e7", changed.added, changed.added],
  gone: ["#fde8ea", changed.gone, changed.gone],
  changed: ["#fdf0d9", changed.changed, changed.changed],
};

function badgeAt(badge: Badge, left: number, middle: number): SVGElement[] {
  const width = badgeWidth(badge);
  const [fill, stroke, text] = badgeInk[badge.tone];
  return [rect(left, middle - 9.5, width, 19, fill, stroke, 9.5), words(badge.text, left + width / 2, middle + 4, type.badge, width, text, badge.tone !== "kinds", "middle")];
}

/// A card: title over all the width but the tile's, below it the detail with signs at its right.
function cardParts(box: Box): SVGElement[] {
  const small = box.shape === "small";
  const { title, detail, line } = small ? type.small : type.card;
  const parts: SVGElement[] = [];
  const side = small ? 12 : 16;
  const pad = small ? 7 : 11;
  const lit = box.mark === "hit" || box.mark === "origin" || box.mark === "path";
  const place = box.place ?? "unknown";
  parts.push(outline(box, tint[place], lit ? ink.flow : ink[place], box.mark === "origin" ? 3 : lit ? 2 : box.owner ? 2.2 : 1));
  const tile = box.tile ? tileWidth(box.tile, small) : 0;
  const titleRoom = box.width - 2 * pad - (side + 4) * (box.owner ? 2 : 1) - (small || !box.tile ? 0 : tile + 8);
  const shown = wrapped(box.title, titleRoom, title, true, small ? (box.fit?.lines ?? 2) : 4);
  const details = small ? 1 : Math.max(1, box.fit?.detailLines ?? 1);
  let left = box.x + pad;
  const top = small ? box.y + 5 : box.y + (box.height - shown.length * line - (box.detail ? details : 0) * 17) / 2;
  const middle = small ? top + 8 : box.y + box.height / 2;
  parts.push(sign(signs[place], left, middle - side / 2, ink[place], side));
  left += side + 4;
  if (box.owner) {
    parts.push(sign(signs.owner, left, middle - side / 2, ink.stars, side));
    left += side + 4;
  }
  shown.forEach((text, k) => parts.push(words(text, left, top + line * 0.78 + k * line, title, titleRoom + 1, ink.text, true)));
  let right = box.x + box.width - pad;
  if (box.tile && !small) {
    parts.push(...tileAt(box.tile, right, box.y + box.height / 2));
    right -= tile + 8;
  }
  const foot = small ? box.y + box.height - 13 : top + shown.length * line + details * 8.5;
  if (box.tile && small) {
    parts.push(...tileAt(box.tile, right, foot, true));
    right -= tile + 4;
  }
  const mark = (path: string, colour: string, open = false): void => {
    parts.push(sign(path, right - 14, foot - 7, colour, 14, open));
    right -= 18;
  };
  if (box.ladder === "leader") mark(signs.leader, ink.head, true);
  if (box.ladder === "follower") mark(signs.follower, ink.head, true);
  if (box.sole) mark(signs.sole, ink.quiet, true);
  if (box.joint) mark(signs.joint, ink.text);
  if (box.cut) {
    const figure = String(box.cut.enterprises);
    const colour = box.cut.final ? ink.stars : ink.text;
    const wide = widthOf(figure, 12, true) + 3;
    parts.push(words(figure, right - wide + 1, foot + 4.5, 12, wide + 1, colour, true));
    right -= wide;
    mark(box.cut.final ? signs.finalCut : signs.cut, colour);
  }
  parts.push(...lines(box.detail, left, small ? foot + 4 : top + shown.length * line + 13, detail, right - left - 2, 17, details, ink.quiet));
  return parts;
}

/// The ground of a heading of a column, a lane or a segment's counts.
const headingGround = (box: Box): SVGElement =>
  box.shape === "head" ? rect(box.x, box.y, box.width, box.height, ink.head, "none", 10) : rect(box.x, box.y, box.width, box.height, "#ffffff", box.mark === "hit" || box.mark === "origin" ? ink.flow : ink.hairline, 12);

/// What stands on it: its parts stand where its fit has them.
function headingParts(box: Box): SVGElement[] {
  const dark = box.shape === "head";
  const { title, line, detail } = dark ? type.head : type.lane;
  const parts: SVGElement[] = [];
  const at = box.fit?.placed;
  if (!at) return parts;
  if (box.final) parts.push(sign(signs.final, box.x + 12, box.y + at.title.y - 13, ink.head, 15));
  const tile = box.tile ? tileWidth(box.tile) + 8 : 0;
  parts.push(...lines(box.title, box.x + at.title.x, box.y + at.title.y, title, box.width - at.title.x - 12 - tile, line, box.fit!.lines, dark ? "#ffffff" : ink.text, true));
  if (box.tile) parts.push(...tileAt(box.tile, box.x + box.width - 14, box.y + 23));
  if (at.detail) parts.push(words(box.detail, box.x + at.detail.x, box.y + at.detail.y, detail, at.detail.room, dark ? "#d3e1ea" : ink.quiet));
  else if (box.shape === "counts") {
    const first = box.y + 9 + Math.max(box.fit!.lines * type.lane.line, box.tile ? 26 : 0) + 14;
    box.detail.split("\n").forEach((text, k) => parts.push(words(text, box.x + 15, first + k * 18, 12, box.width - 28, ink.quiet)));
  }
  box.badges.forEach((badge, k) => {
    const place = at.badges[k];
    if (place) parts.push(...badgeAt(badge, box.x + place.x, box.y + place.y));
  });
  return parts;
}

function noteParts(box: Box): SVGElement[] {
  if (box.shape === "institution") {
    const shown = wrapped(box.title, box.width - 28, 12, false, 2);
    const first = box.y + (box.height - shown.length * 17) / 2 + 12.5;
    return [sign(signs.shield, box.x + 4, box.y + box.height / 2 - 8, ink.green), ...shown.map((text, k) => words(text, box.x + 26, first + k * 17, 12, box.width - 27, "#2c5a43"))];
  }
  const caption = box.detail === "caption";
  return lines(box.title, box.x + 2, box.y + 15, caption ? 14 : 12, box.width - 4, 17, box.detail === "lines" ? 4 : 1, caption ? ink.text : ink.quiet, caption);
}

/// A problem, project, result, or partners that stand for a segment.
function recordParts(box: Box): SVGElement[] {
  const parts = [rect(box.x, box.y, box.width, box.height, "#ffffff", ink.hairline, 8)];
  let left = box.x + 14;
  if (box.shape === "problem") parts.push(rect(box.x, box.y, 4, box.height, ink.stars, "none", 2));
  if (box.shape === "project" || box.shape === "result") {
    parts.push(rect(box.x, box.y, 4, box.height, ink.green, "none", 2), sign(signs.project, left, box.y + box.height / 2 - 8, ink.green));
    left += 24;
  }
  if (box.shape === "problem" && box.badges[0]) {
    parts.push(words(box.badges[0].text, left, box.y + box.height / 2 + 4, 12, 48, ink.stars, true));
    left += 48;
  }
  let right = box.x + box.width - 12;
  if (box.tile) {
    parts.push(...tileAt(box.tile, right, box.y + box.height / 2));
    right -= tileWidth(box.tile) + 8;
  }
  const shown = wrapped(box.title, right - left, 13, true, box.shape === "tie" ? 1 : (box.fit?.lines ?? 2));
  const first = box.y + (box.height - shown.length * 17 - 17) / 2 + 13;
  shown.forEach((text, k) => parts.push(words(text, left, first + k * 17, 13, right - left + 1, ink.text, true)));
  parts.push(words(box.detail, left, first + shown.length * 17, 12, right - left, ink.quiet));
  return parts;
}

function halo(text: SVGElement): void {
  for (const [name, value] of [["stroke", "#ffffff"], ["stroke-width", "4"], ["stroke-linejoin", "round"], ["paint-order", "stroke"]] as const) text.setAttribute(name, value);
}

/// A lane's ground lies below the links, its texts above them.
const onLane = (box: Box): boolean => box.shape === "lane" || box.shape === "whole";

function drawn(box: Box): SVGElement {
  const parts =
    box.shape === "card" || box.shape === "small"
      ? cardParts(box)
      : onLane(box)
        ? headingParts(box)
        : box.shape === "head" || box.shape === "counts"
          ? [headingGround(box), ...headingParts(box)]
          : box.shape === "note" || box.shape === "institution"
            ? noteParts(box)
            : recordParts(box);
  if (box.change !== "" && box.change !== "same") parts.push(outline(box, "none", changed[box.change], 2.5));
  const group = s("g", { opacity: box.mark === "dim" ? 0.3 : box.change === "same" && box.shape !== "lane" ? 0.55 : 1 }, ...parts);
  const title = s("title", {});
  title.textContent = box.label;
  group.prepend(title);
  // A link that has no way round a text passes behind it.
  if (onLane(box) || box.shape === "note" || box.shape === "institution") {
    // Badges have a ground of their own.
    for (const part of parts) if (part.tagName === "text" && part.getAttribute("text-anchor") === "start") halo(part);
  }
  return group;
}

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export const pathOf = ({ start, over, end }: Curve): string => {
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
  return `M${at(start)}${over.map((point, k) => `Q${at(point)} ${at(k + 1 < over.length ? between(point, over[k + 1]!) : end)}`).join("")}`;
};

const dashes = { inferred: "6 4", gone: "0.5 6" };

function drawnCurve(c: Curve): SVGElement {
  const lit = c.mark === "flow" || c.mark === "path";
  const change = c.change !== "" && c.change !== "same" ? c.change : null;
  const colour = change ? changed[change] : lit ? ink.flow : c.documented ? "#1f4e79" : ink.link;
  const line = s("path", { d: pathOf(c), fill: "none", stroke: colour, "stroke-width": round(change === "gone" ? 3 : c.weight * (lit ? 1.4 : 1)), class: c.documented ? "documented" : "inferred" });
  if (change === "gone") {
    line.setAttribute("stroke-dasharray", dashes.gone);
    line.setAttribute("stroke-linecap", "round");
  } else if (!c.documented) line.setAttribute("stroke-dasharray", dashes.inferred);
  const to = c.end.x >= c.over[c.over.length - 1]!.x ? 1 : -1;
  const head = s("path", { d: `M${round(c.end.x)} ${round(c.end.y)}l${-8 * to}-4.2v8.4z`, fill: colour });
  const group = s("g", { opacity: c.mark === "dim" || c.change === "same" ? 0.1 : 0.9 }, line, head);
  if (change) {
    const { x, y } = between(c.over[c.over.length / 2 - 1]!, c.over[c.over.length / 2]!);
    group.append(rect(x - 9, y - 9, 18, 18, "#ffffff", colour, 5), words(changeSign[change], x, y + 6, 17, 20, colour, true, "middle"));
  }
  return group;
}

/// What signs, lines and colours mean, in as many rows as the width asks for.
function legend(model: Model, state: State, drawing: Drawing, width: number): { parts: SVGElement[]; height: number } {
  const entry = (made: (x: number, y: number) => SVGElement[], word: string): { made: (x: number, y: number) => SVGElement[]; word: string } => ({ made, word });
  const own = (path: string, colour: string, open = false) => (x: number, y: number): SVGElement[] => [sign(path, x, y, colour, 16, open)];
  const rule = (colour: string, dash: string, mark = "") => (x: number, y: number): SVGElement[] => {
    const line = s("path", { d: `M${round(x - 4)} ${round(y + 8)}h24`, stroke: colour, "stroke-width": 2.2, fill: "none" });
    if (dash) line.setAttribute("stroke-dasharray", dash);
    if (dash === dashes.gone) line.setAttribute("stroke-linecap", "round");
    return mark ? [line, rect(x + 1, y + 1, 14, 14, "#ffffff", colour, 4), words(mark, x + 8, y + 13, 14, 16, colour, true, "middle")] : [line];
  };
  const bars = (x: number, y: number): SVGElement[] => [1.2, 4].map((width, k) => s("path", { d: `M${round(x - 4)} ${round(y + 4 + 8 * k)}h24`, stroke: ink.link, "stroke-width": width, fill: "none" }));
  const language = model.language;
  const { boxes, curves } = drawing;
  const some = (check: (box: Box) => boolean): boolean => boxes.some(check);
  const plain = curves.filter((c) => c.change === "" || c.change === "same");
  const entries = [
    ...(["home", "outside", "unknown"] as const).flatMap((place) => (some((b) => b.place === place) ? [entry(own(signs[place], ink[place]), say(place, language))] : [])),
    some((b) => b.owner) ? entry(own(signs.owner, ink.stars), say("owner", language)) : null,
    some((b) => b.ladder === "leader") ? entry(own(signs.leader, ink.head, true), say("leader", language)) : null,
    some((b) => b.ladder === "follower") ? entry(own(signs.follower, ink.head, true), say("follower", language)) : null,
    some((b) => b.cut?.final === true) ? entry(own(signs.finalCut, ink.stars), say("finalCutLong", language)) : null,
    some((b) => b.cut?.final === false) ? entry(own(signs.cut, ink.text), say("cutLong", language)) : null,
    some((b) => b.joint) ? entry(own(signs.joint, ink.text), say("jointLong", language)) : null,
    some((b) => b.sole) ? entry(own(signs.sole, ink.quiet, true), say("soleMark", language)) : null,
    some((b) => b.final) ? entry(own(signs.final, ink.head), say("finalBadge", language)) : null,
    some((b) => b.shape === "institution") ? entry(own(signs.shield, ink.green), say("institutions", language)) : null,
    plain.some((c) => c.documented) ? entry(rule("#1f4e79", ""), say("documented", language)) : null,
    plain.some((c) => !c.documented) ? entry(rule(ink.link, dashes.inferred), say("inferred", language)) : null,
    curves.some((c) => c.id.startsWith("bundle")) ? entry(bars, say("taken", language)) : null,
    ...(["added", "changed", "gone"] as const).flatMap((kind) =>
      some((b) => b.change === kind) || curves.some((c) => c.change === kind) ? [entry(rule(changed[kind], kind === "gone" ? dashes.gone : "", changeSign[kind]), model.word("change", kind))] : [],
    ),
    ...(some((b) => b.badges.some((badge) => badge.tone === "kinds"))
      ? model.categories().map((key) => entry((x, y) => [words(model.letter(key), x + 8, y + 13, 13, 20, ink.text, true, "middle")], model.word("category", key)))
      : []),
    ...(some((b) => b.tile?.tone.startsWith("heat") === true)
      ? (["heat0", "heat1", "heat2", "heat3", "heat4"] as const).map((tone, k) => entry((x, y) => [rect(x - 2, y, 20, 16, heat[tone][0], ink.hairline, 3)], `${k === 0 ? `${say(state.layer === "importance" && !state.follow ? "importanceShort" : "meanLoss", language)} ` : ""}${["<5%", "5%", "15%", "25%", "≥40%"][k]}`))
      : []),
  ].filter((x): x is NonNullable<typeof x> => x !== null);
  const parts: SVGElement[] = [];
  let x = 4;
  let y = 0;
  for (const { made, word } of entries) {
    const wide = 26 + widthOf(word, 12) + 18;
    if (x > 4 && x + wide > width) {
      x = 4;
      y += 24;
    }
    parts.push(...made(x, y), words(word, x + 26, y + 12.5, 12, width, ink.text));
    x += wide;
  }
  return { parts, height: entries.length > 0 ? y + 24 : 0 };
}

/// Sources and note of the chain, each in as many lines as it needs.
function sourceLines(model: Model, width: number): string[] {
  const { chain } = model.doc;
  const sources = model.sources().length > 0 ? `${say("source", model.language)}${model.language === "zh" ? "：" : ": "}${model.sources().join(model.language === "zh" ? "；" : "; ")}` : "";
  return [sources, model.text(chain.note)].filter(Boolean).flatMap((text) => wrapped(text, width, 11.5, false, 6));
}

export function svgOf(drawing: Drawing, model: Model, state: State, caption: string): string {
  const margin = 36;
  // Curves bend out past the boxes.
  const reach = Math.max(drawing.width, ...drawing.curves.flatMap((c) => c.over.map((point) => point.x)));
  const width = Math.max(reach, 620) + 2 * margin;
  const inner = width - 2 * margin;
  const title = wrapped(model.text(model.doc.chain.title), inner, 22, true, 3);
  const under = wrapped(caption, inner, 12.5, false, 2);
  const top = 40 + title.length * 28 + under.length * 18;
  const signsOf = legend(model, state, drawing, inner);
  const sources = sourceLines(model, inner);
  const foot = top + drawing.height + 28;
  const height = foot + signsOf.height + sources.length * 17 + margin;
  const root = s("svg", { xmlns: "http://www.w3.org/2000/svg", width: round(width), height: round(height), viewBox: `0 0 ${round(width)} ${round(height)}`, "font-family": family });
  const grounds = drawing.boxes.filter(onLane).map((box) => s("g", { opacity: box.mark === "dim" ? 0.3 : 1 }, headingGround(box)));
  root.append(
    rect(0, 0, width, height, "#ffffff", "none", 0),
    ...title.map((line, k) => words(line, margin, 42 + k * 28, 22, inner + 1, ink.text, true)),
    ...under.map((line, k) => words(line, margin, 36 + title.length * 28 + k * 18, 12.5, inner + 1, ink.quiet)),
    s("g", { transform: `translate(${margin} ${round(top)})` }, ...grounds, ...drawing.curves.map(drawnCurve), ...drawing.boxes.map(drawn)),
    s("g", { transform: `translate(${margin} ${round(foot)})`, class: "legend" }, ...signsOf.parts),
    ...sources.map((line, k) => words(line, margin, foot + signsOf.height + 14 + k * 17, 11.5, inner + 1, ink.quiet)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/// A cell of a CSV file: quoted where needed, and kept from running as a formula in a spreadsheet.
const cell = (value: string | number | null): string => {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/// The enterprises drawn, with what the chart says of each; with a byte-order mark, so that spreadsheets read Chinese.
export function csvOf(drawing: Drawing, model: Model, state: State): string {
  const rows: (string | number | null)[][] = [];
  const head = ["id", "name", "name_en", "stage", "segment", "region", "place", "role", "ladder", "size", "products", "products_en", "sole_supplier_of", "cuts_off", "cuts_off_final_makers", "bottleneck", "mean_loss", "loss_all_problems", "importance", "problems"];
  if (state.follow) head.push("step", `loss_under_${model.problem(state.follow.problem).number}`);
  rows.push(head);
  for (const index of [...drawing.enterprises].sort((a, b) => a - b)) {
    const e = model.enterprise(index);
    const segment = model.segment(e.segment);
    const row = [
      e.id,
      e.name.zh,
      e.name.en,
      stageKeys[segment.stage] ?? "",
      segment.id,
      e.region.zh,
      e.place,
      e.role,
      e.ladder,
      e.size,
      e.products.join(";"),
      e.products_en.join(";"),
      e.sole.join(";"),
      e.cut?.enterprises ?? null,
      e.cut?.finals ?? null,
      e.joint === null || e.joint === undefined ? null : String(e.joint),
      e.loss,
      e.all,
      e.importance,
      model.problemsFor(index).map((p) => model.problem(p).number).join(";"),
    ];
    if (state.follow) row.push(state.follow.steps.get(index) ?? null, state.follow.losses.get(index) ?? null);
    rows.push(row);
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
