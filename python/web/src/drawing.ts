// What a view consists of: boxes and curves with places in px. The page and the exported SVG are both made from it.
import type { Fit } from "./fitting";
import type { ChangeKind, Place, Thing } from "./types";

/// What became of a link since the older version, told without colour.
export const changeSign: Record<ChangeKind, string> = { added: "+", gone: "×", changed: "~" };

export type Shape = "head" | "lane" | "card" | "small" | "counts" | "problem" | "project" | "result" | "tie" | "institution" | "note";
export type Mark = "" | "hit" | "origin" | "dim" | "path";

export interface Tile {
  text: string;
  tone: "heat0" | "heat1" | "heat2" | "heat3" | "heat4" | "stars" | "tint" | "quiet" | ChangeKind;
}

export interface Badge {
  text: string;
  tone: "stars3" | "stars2" | "stars1" | "stars0" | "kinds" | ChangeKind;
}

export interface Box {
  id: string;
  shape: Shape;
  thing: Thing | null;
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  detail: string;
  label: string; // all of it in one line
  spoken: string; // what signs say, for screen readers
  place: Place | null;
  owner: boolean;
  ladder: string;
  sole: boolean;
  cut: { enterprises: number; final: boolean } | null; // a single point of failure
  joint: boolean; // without it its part of the chain falls apart
  final: boolean; // a segment of final products
  fit: Fit | null; // how its texts are broken; null: one line each
  tile: Tile | null;
  badges: Badge[];
  mark: Mark;
  change: ChangeKind | "same" | ""; // "same": nothing of it changed, on a map coloured by changes
}

export interface Point {
  x: number;
  y: number;
}

/// Two quadratic curves: from → over `first` → the middle of the two → over `second` → to.
export interface Curve {
  id: string;
  thing: Thing | null;
  from: string;
  to: string;
  start: Point;
  first: Point;
  second: Point;
  end: Point;
  documented: boolean;
  weight: number;
  mark: "" | "dim" | "flow" | "path";
  change: Box["change"];
}

export interface Drawing {
  boxes: Box[];
  curves: Curve[];
  width: number;
  height: number;
  enterprises: number[]; // those drawn
  notDrawn: number;
  bundled: boolean; // links are taken together, so that those of a chosen enterprise are drawn when it is chosen
}

export const toneOf = (loss: number): Tile["tone"] =>
  loss >= 0.4 ? "heat4" : loss >= 0.25 ? "heat3" : loss >= 0.15 ? "heat2" : loss >= 0.05 ? "heat1" : "heat0";

export interface Join {
  id: string;
  thing: Thing | null;
  from: Box;
  to: Box;
  documented: boolean;
  weight: number;
  mark: Curve["mark"];
  change?: Box["change"];
}

const centre = (box: Box): number => box.y + box.height / 2;

/// Gives every join its ends: spread evenly along the sides of its boxes, in the order of the other ends' height.
export function routed(joins: readonly Join[]): Curve[] {
  interface End {
    join: number;
    box: Box;
    other: number;
    outgoing: boolean;
  }
  const rightOf = (a: Box, b: Box): boolean => b.x >= a.x + a.width;
  const leftOf = (a: Box, b: Box): boolean => b.x + b.width <= a.x;
  const sides = new Map<string, End[]>();
  const put = (key: string, end: End): void => {
    const side = sides.get(key);
    if (side) side.push(end);
    else sides.set(key, [end]);
  };
  joins.forEach((join, index) => {
    const { from, to } = join;
    const ahead = rightOf(from, to);
    const back = leftOf(from, to);
    put(`${from.id} ${back ? "l" : "r"}`, { join: index, box: from, other: centre(to), outgoing: true });
    put(`${to.id} ${ahead ? "l" : "r"}`, { join: index, box: to, other: centre(from), outgoing: false });
  });
  const starts: number[] = [];
  const ends: number[] = [];
  for (const side of sides.values()) {
    side.sort((a, b) => a.other - b.other || a.join - b.join);
    side.forEach((end, k) => {
      const margin = Math.min(8, end.box.height / 4);
      const y = end.box.y + margin + ((end.box.height - 2 * margin) * (k + 1)) / (side.length + 1);
      (end.outgoing ? starts : ends)[end.join] = y;
    });
  }
  return joins.map((join, index): Curve => {
    const { from, to } = join;
    const ahead = rightOf(from, to);
    const back = leftOf(from, to);
    const y1 = starts[index]!;
    const y2 = ends[index]!;
    const x1 = back ? from.x : from.x + from.width;
    const x2 = ahead ? to.x : to.x + to.width;
    const reach = ahead || back ? Math.max(24, Math.abs(x2 - x1) * 0.42) : Math.min(70, 22 + Math.abs(y2 - y1) * 0.12);
    const out = back ? -reach : reach;
    const into = ahead ? -reach : reach;
    return {
      id: join.id,
      thing: join.thing,
      from: from.id,
      to: to.id,
      start: { x: x1, y: y1 },
      first: { x: x1 + out, y: y1 },
      second: { x: x2 + into, y: y2 },
      end: { x: x2, y: y2 },
      documented: join.documented,
      weight: join.weight,
      mark: join.mark,
      change: join.change ?? "",
    };
  });
}
