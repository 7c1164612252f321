// What a view consists of: boxes and curves with places in px. The page and the exported SVG are both made from it.
import type { Fit } from "./fitting";
import type { ChangeKind, Place, Thing } from "./types";

/// What became of a link since the older version, told without colour.
export const changeSign: Record<ChangeKind, string> = { added: "+", gone: "×", changed: "~" };

export type Shape = "head" | "lane" | "card" | "small" | "counts" | "problem" | "project" | "result" | "tie" | "institution" | "whole" | "note";
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

/// Quadratic curves one after the other: each is drawn towards one of the points `over` and ends in the middle before the
/// next, the last one at `end`.
export interface Curve {
  id: string;
  thing: Thing | null;
  from: string;
  to: string;
  start: Point;
  over: Point[];
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
