// What is shown, as an SVG picture and as a table.
import type { Box, Curve, Drawing } from "./drawing";
import { s } from "./dom";
import { stageKeys, type Model } from "./model";
import type { State } from "./state";

const ink = {
  text: "#1f2a37",
  quiet: "#5b6675",
  hairline: "#d9dfe6",
  head: "#17405c",
  home: "#0f6f94",
  outside: "#b4641a",
  unknown: "#6b7683",
  stars: "#a8233c",
  green: "#3f7a5c",
  flow: "#b0122f",
};
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
const family = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','Segoe UI',Arial,sans-serif";

/// Han characters and their like are one em wide, others about 0.6: errs on the wide side.
export const widthOf = (text: string, size: number): number => {
  let ems = 0;
  for (const c of text) ems += c.codePointAt(0)! >= 0x2e80 ? 1 : /[MWmw@%★]/.test(c) ? 0.95 : 0.6;
  return ems * size;
};

function cut(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = "";
  for (const c of text) {
    if (widthOf(`${kept}${c}…`, size) > width) break;
    kept += c;
  }
  return `${kept.trimEnd()}…`;
}

/// One line, or two when one is not enough; broken at a blank where there is one.
function broken(text: string, width: number, size: number): string[] {
  if (widthOf(text, size) <= width) return [text];
  let kept = "";
  for (const c of text) {
    if (widthOf(kept + c, size) > width) break;
    kept += c;
  }
  const blank = kept.lastIndexOf(" ");
  if (blank > kept.length / 3) kept = kept.slice(0, blank);
  return [kept, text.slice(kept.length).trimStart()];
}

const round = (value: number): number => Math.round(value * 10) / 10;

function words(text: string, x: number, y: number, size: number, width: number, fill = ink.text, bold = false, anchor = "start"): SVGElement {
  return s("text", { x: round(x), y: round(y), "font-size": size, fill, "font-weight": bold ? 700 : 400, "text-anchor": anchor }, document.createTextNode(cut(text, width, size)));
}

function rect(x: number, y: number, width: number, height: number, fill: string, stroke: string, radius: number, line = 1): SVGElement {
  return s("rect", { x: round(x), y: round(y), width: round(width), height: round(height), rx: radius, fill, stroke, "stroke-width": line });
}

function outline(box: Box, fill: string, stroke: string, line: number): SVGElement {
  if (box.place !== "outside") return rect(box.x, box.y, box.width, box.height, fill, stroke, box.place === "unknown" ? 0 : 8, line);
  const c = 9;
  const { x, y, width: w, height: t } = box;
  return s("path", { d: `M${x + c} ${y}H${x + w - c}L${x + w} ${y + c}V${y + t - c}L${x + w - c} ${y + t}H${x + c}L${x} ${y + t - c}V${y + c}Z`, fill, stroke, "stroke-width": line });
}

/// Tiles and badges at a box's right; gives back how far the text may reach.
function atRight(parts: SVGElement[], box: Box, middle: number): number {
  let right = box.x + box.width - 10;
  if (box.tile) {
    const width = Math.max(38, widthOf(box.tile.text, 12) + 12);
    const [fill, text] = heat[box.tile.tone];
    parts.push(rect(right - width, middle - 12, width, 24, fill, "none", 4), words(box.tile.text, right - width / 2, middle + 4.5, 12, width, text, true, "middle"));
    right -= width + 8;
  }
  if (box.shape !== "problem") {
    for (const badge of [...box.badges].reverse()) {
      const width = widthOf(badge.text, 11) + 12;
      const filled = badge.tone === "stars3";
      parts.push(rect(right - width, middle - 9.5, width, 19, filled ? ink.stars : "#ffffff", ink.stars, 9.5), words(badge.text, right - width / 2, middle + 4, 11, width, filled ? "#ffffff" : ink.stars, true, "middle"));
      right -= width + 5;
    }
  }
  if (box.ladder === "leader" || box.ladder === "follower") {
    const d = box.ladder === "leader" ? "M0 0l5-5 5 5M0 5l5-5 5 5" : "M0 4 5-4 10 4Z";
    parts.push(s("path", { d, transform: `translate(${round(right - 12)} ${round(middle)})`, fill: "none", stroke: ink[box.place ?? "unknown"], "stroke-width": 1.8 }));
    right -= 20;
  }
  if (box.sole) {
    parts.push(s("path", { d: "M7 0 14 13H0Z", transform: `translate(${round(right - 15)} ${round(middle - 6.5)})`, fill: "#8a5a00" }));
    right -= 20;
  }
  return right - 4;
}

const changed = { added: "#166b31", gone: "#b0122f", changed: "#a15c00" };

function drawn(box: Box): SVGElement {
  const parts: SVGElement[] = [];
  const middle = box.y + (box.shape === "lane" ? 19 : box.shape === "counts" ? 26 : box.height / 2);
  let left = box.x + 12;
  if (box.shape === "card" || box.shape === "small") {
    const place = box.place ?? "unknown";
    const lit = box.mark === "hit" || box.mark === "origin" || box.mark === "path";
    parts.push(outline(box, tint[place], lit ? ink.flow : ink[place], box.mark === "origin" ? 3 : lit ? 2 : box.owner ? 2.2 : 1));
    const signs = { home: "M5 0a5 5 0 1 1 0 10a5 5 0 1 1 0-10z", outside: "M5-1 11 5 5 11-1 5z", unknown: "M0 0h10v10H0z" };
    parts.push(s("path", { d: signs[place], transform: `translate(${round(left)} ${round(middle - 5)})`, fill: ink[place] }));
    left += 19;
    if (box.owner) {
      parts.push(s("path", { d: "M0 0h1.6v14H0zM1.6 0 11 3.5 1.6 7z", transform: `translate(${round(left)} ${round(box.y + 9)})`, fill: ink.stars }));
    }
  } else if (box.shape === "head") {
    parts.push(rect(box.x, box.y, box.width, box.height, ink.head, "none", 4));
  } else if (box.shape !== "note") {
    parts.push(rect(box.x, box.y, box.width, box.height, "#ffffff", box.mark === "hit" || box.mark === "origin" ? ink.flow : ink.hairline, 8));
  }
  if (box.shape === "problem" && box.badges[0]) {
    parts.push(words(box.badges[0].text, left, box.y + 21, 12, 48, ink.stars, true));
    left += 48;
  }
  const right = atRight(parts, box, middle);
  const room = Math.max(0, right - left);
  if (box.shape === "head") {
    const shown = widthOf(cut(box.title, room, 19), 19) + 12;
    const beside = shown + widthOf(box.detail, 12) <= room;
    parts.push(words(box.title, left, box.y + (beside ? 32 : 25), 19, room, "#ffffff", true));
    parts.push(words(box.detail, beside ? left + shown : left, box.y + (beside ? 31 : 42), 12, beside ? room - shown : room, "#c4d5e1"));
  } else if (box.shape === "lane") {
    parts.push(words(box.title, left, box.y + 24, 14, room, ink.text, true));
    const shown = widthOf(cut(box.title, room, 14), 14) + 10;
    parts.push(words(box.detail, left + shown, box.y + 24, 11.5, room - shown, ink.quiet));
  } else if (box.shape === "note") {
    const caption = box.detail === "caption";
    parts.push(words(box.title, box.x + 2, box.y + 15, caption ? 14 : 11.5, box.width - 4, box.detail === "institution" ? ink.green : caption ? ink.text : ink.quiet, caption));
  } else if (box.shape === "counts") {
    parts.push(words(box.title, left, box.y + 31, 14, room, ink.text, true));
    box.detail.split("\n").forEach((line, k) => parts.push(words(line, left, box.y + 53 + k * 17, 12, box.width - 24, ink.quiet)));
  } else {
    const shift = box.owner ? 15 : 0;
    const size = box.shape === "small" ? 12 : 13.5;
    const lines = box.shape === "card" ? broken(box.title, room - shift, size) : [box.title];
    const first = lines.length > 1 ? box.y + 17 : box.y + (box.height < 54 ? 20 : 25);
    lines.forEach((line, k) => parts.push(words(line, left + shift, first + k * 17, size, room - shift, ink.text, true)));
    parts.push(words(box.detail, left, box.y + (box.height < 54 ? 38 : lines.length > 1 ? 52 : 44), 11.5, room, ink.quiet));
  }
  if (box.change !== "" && box.change !== "same") parts.push(outline(box, "none", changed[box.change], 2.5));
  const group = s("g", { opacity: box.mark === "dim" ? 0.3 : box.change === "same" && box.shape !== "lane" ? 0.55 : 1 }, ...parts);
  const title = s("title", {});
  title.textContent = box.label;
  group.prepend(title);
  return group;
}

export const pathOf = (c: Curve): string => {
  const x = round((c.first.x + c.second.x) / 2);
  const y = round((c.first.y + c.second.y) / 2);
  return `M${round(c.start.x)} ${round(c.start.y)}Q${round(c.first.x)} ${round(c.first.y)} ${x} ${y}Q${round(c.second.x)} ${round(c.second.y)} ${round(c.end.x)} ${round(c.end.y)}`;
};

function drawnCurve(c: Curve): SVGElement {
  const lit = c.mark === "flow" || c.mark === "path";
  const colour = c.change !== "" && c.change !== "same" ? changed[c.change] : lit ? ink.flow : c.documented ? "#1f4e79" : "#8593a3";
  const line = s("path", { d: pathOf(c), fill: "none", stroke: colour, "stroke-width": round(c.weight * (lit ? 1.4 : 1)) });
  if (!c.documented || c.change === "gone") line.setAttribute("stroke-dasharray", "6 4");
  const to = c.end.x >= c.second.x ? 1 : -1;
  const head = s("path", { d: `M${round(c.end.x)} ${round(c.end.y)}l${-8 * to}-4.2v8.4z`, fill: colour });
  return s("g", { opacity: c.mark === "dim" || c.change === "same" ? 0.1 : 0.9 }, line, head);
}

export function svgOf(drawing: Drawing, model: Model, caption: string): string {
  const margin = 36;
  const top = 84;
  const width = Math.max(drawing.width, 480) + 2 * margin;
  const height = drawing.height + top + margin;
  const root = s("svg", { xmlns: "http://www.w3.org/2000/svg", width: round(width), height: round(height), viewBox: `0 0 ${round(width)} ${round(height)}`, "font-family": family });
  const lanes = drawing.boxes.filter((box) => box.shape === "lane");
  const others = drawing.boxes.filter((box) => box.shape !== "lane");
  root.append(
    rect(0, 0, width, height, "#ffffff", "none", 0),
    words(model.text(model.doc.chain.title), margin, 40, 22, width - 2 * margin, ink.text, true),
    words(caption, margin, 62, 12.5, width - 2 * margin, ink.quiet),
    s("g", { transform: `translate(${margin} ${top})` }, ...lanes.map(drawn), ...drawing.curves.map(drawnCurve), ...others.map(drawn)),
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
  const head = ["id", "name", "name_en", "stage", "segment", "region", "place", "role", "ladder", "products", "sole_supplier_of", "mean_loss", "loss_all_problems", "importance", "problems"];
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
      e.products.join(";"),
      e.sole.join(";"),
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
