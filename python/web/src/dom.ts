// Elements from data. Whatever comes from the chain becomes a text node or an attribute, never markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

const svgSpace = "http://www.w3.org/2000/svg";

export function s(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(svgSpace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/// A drawn sign of 16 px, hidden from screen readers: its meaning stands beside it in words.
export function icon(path: string, fill = "currentColor", stroke = ""): SVGElement {
  const shape: Record<string, string | number> = { d: path, fill };
  if (stroke) {
    shape["stroke"] = stroke;
    shape["stroke-width"] = 1.8;
    shape["stroke-linejoin"] = "round";
    shape["stroke-linecap"] = "round";
  }
  return s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "icon" }, s("path", shape));
}

export const signs = {
  home: "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
  outside: "M8 1.5 14.5 8 8 14.5 1.5 8z",
  unknown: "M3 3h10v10H3z",
  owner: "M3 1h1.8v14H3zM4.8 1.6 14 5.2 4.8 8.8z",
  leader: "M3 8l5-5 5 5M3 13l5-5 5 5",
  follower: "M3 12.5 8 4l5 8.5z",
  cut: "M2 2.6h12L8 13.4z",
  finalCut: "M2.2 1.6h11.6L8 11.6zM2 13h12v2.2H2z",
  joint: "M2.6 2.4h10.8L2.6 13.6h10.8z",
  sole: "M2.4 3h11.2L8 13z",
  shield: "M8 1l6 2v4.6c0 3.6-2.4 6.1-6 7.4-3.6-1.3-6-3.8-6-7.4V3z",
  final: "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1zM8 2.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 1 0 8 2.8zM8 4.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 1 1 0-6.4z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  play: "M4 2.5 13 8l-9 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M5 3l5 5-5 5",
  previous: "M11 3 6 8l5 5",
  up: "M8 13V3M3.5 7.5 8 3l4.5 4.5",
  link: "M2 8h11M9.5 4.5 13 8l-3.5 3.5",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  project: "M8 1.5 14.5 8 8 14.5 1.5 8z",
} as const;
