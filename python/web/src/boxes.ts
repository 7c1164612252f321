// What stands in a view: cards, segments as counts and problems, what they say, and the links between them. Where they
// stand is the view's matter (arrange.ts).
import { toneOf, type Box, type Curve, type Join, type Shape, type Tile } from "./drawing";
import { cardFit, countsFit, recordFit, signRoom, smallFit, type Fit } from "./fitting";
import type { Model } from "./model";
import { enterprisePasses, problemPasses, type State } from "./state";
import type { Thing } from "./types";
import { say } from "./words";

/// No view draws more boxes and curves together.
const mostElements = 2000;

export const size = {
  card: { width: 272, height: 60 },
  small: { width: 160, height: 64 },
  counts: { width: 296 },
  problem: { width: 300, height: 60 },
  head: 50,
  gap: 8,
  lanePad: 12,
  laneGap: 16,
  gutter: 112,
};

export type Detail = "card" | "small" | "counts";

export abstract class Boxes {
  protected readonly boxes: Box[] = [];
  protected readonly joins: Join[] = [];
  protected readonly bundled = new Set<string>();
  protected readonly cardOf = new Map<number, Box>();
  protected readonly laneOf = new Map<number, Box>();
  protected readonly passing: number[][];
  protected cards = 0;
  protected notDrawn = 0;
  /// Boxes that stand in one column; on a narrow screen the columns stand below each other, in this order.
  protected readonly bands: Box[][] = [];
  protected band = 0;

  constructor(
    protected readonly model: Model,
    protected readonly state: State,
    protected readonly narrow: boolean,
  ) {
    this.passing = model.members.map((members) => members.filter((e) => enterprisePasses(model, state.filters, e)));
  }

  protected say(word: Parameters<typeof say>[0]): string {
    return say(word, this.model.language);
  }

  protected add(shape: Shape, thing: Thing | null, x: number, y: number, width: number, height: number, title: string, more: Partial<Box> = {}): Box {
    const box: Box = {
      id: thing ? `${shape}-${thing.kind}-${thing.index}` : `${shape}-${this.boxes.length}`,
      shape,
      thing,
      x,
      y,
      width,
      height,
      title,
      detail: "",
      label: title,
      spoken: "",
      place: null,
      owner: false,
      ladder: "",
      sole: false,
      cut: null,
      joint: false,
      final: false,
      fit: null,
      tile: null,
      badges: [],
      mark: "",
      change: thing ? this.change(thing) : "",
      ...more,
    };
    this.boxes.push(box);
    (this.bands[this.band] ??= []).push(box);
    return box;
  }

  /// On a map coloured by changes: what became of a thing.
  protected change(thing: Thing): Box["change"] {
    if (this.state.layer !== "changes" || this.state.follow || this.state.path) return "";
    return this.model.changed(thing) || (thing.kind === "stage" ? "" : "same");
  }

  protected changeTile(thing: Thing): Tile | null {
    const kind = this.change(thing);
    return kind === "" || kind === "same" ? null : { text: this.model.word("change", kind), tone: kind };
  }

  // Cards

  protected tile(index: number): Tile | null {
    const { model, state } = this;
    const enterprise = model.enterprise(index);
    if (state.follow) {
      const step = state.follow.steps.get(index);
      if (step === undefined || step > state.follow.step) return null;
      const loss = state.follow.losses.get(index) ?? 0;
      return { text: model.percent(loss), tone: toneOf(loss) };
    }
    switch (state.layer) {
      case "impact":
        return enterprise.loss === null ? null : { text: model.percent(enterprise.loss), tone: toneOf(enterprise.loss) };
      case "importance":
        return enterprise.importance === null ? null : { text: model.percent(enterprise.importance), tone: toneOf(enterprise.importance) };
      case "problems": {
        const problems = model.problemsFor(index).filter((p) => problemPasses(model, state.filters, p));
        if (problems.length === 0) return { text: "0", tone: "quiet" };
        const worst = model.problem(problems[0]!).stars;
        return { text: `${model.stars(worst)} ${problems.length}`, tone: worst === 3 ? "stars" : "tint" };
      }
      case "changes": {
        const impact = model.impactOf(index);
        const kind = model.changed({ kind: "enterprise", index });
        const [before, after] = impact ? [model.percent(impact.before), model.percent(impact.after)] : ["", ""];
        if (before !== after && kind !== "added" && kind !== "gone") return { text: `${before}→${after}`, tone: "changed" };
        return kind === "" ? null : { text: model.word("change", kind), tone: kind };
      }
      case "plain":
        return null;
    }
  }

  protected mark(index: number): Box["mark"] {
    const { follow, path } = this.state;
    if (path) return path.includes(index) ? "path" : "dim";
    if (!follow) return "";
    const step = follow.steps.get(index);
    if (step === undefined || step > follow.step) return "dim";
    return step === 0 ? "origin" : "hit";
  }

  protected card(index: number, x: number, y: number, detail: Detail, width = size[detail].width): Box {
    const told = this.told(index, detail, width);
    const box = this.add(detail === "small" ? "small" : "card", { kind: "enterprise", index }, x, y, width, told.fit.height, this.model.enterpriseName(index), told);
    this.cardOf.set(index, box);
    ++this.cards;
    return box;
  }

  /// What a card says.
  protected told(index: number, detail: Detail, width: number): Partial<Box> & { fit: Fit } {
    const { model, state } = this;
    const enterprise = model.enterprise(index);
    const { ladder, place } = enterprise;
    const name = model.enterpriseName(index);
    const region = model.text(enterprise.region);
    const products = model.products(enterprise);
    const tile = this.tile(index);
    const owner = enterprise.role === "owner";
    const sole = state.show.sole && enterprise.sole.length > 0;
    const cut = state.show.weak ? (enterprise.cut ?? null) : null;
    const joint = state.show.weak && enterprise.joint === true;
    const ranked = ladder === "leader" || ladder === "follower";
    const roles = [owner ? this.say("owner") : "", ranked ? this.say(ladder) : ""];
    const weak = [cut ? `${this.say(cut.finals > 0 ? "finalCut" : "cut")} (${model.count(cut.enterprises)})` : "", joint ? this.say("joint") : "", sole ? this.say("soleMark") : ""];
    const shown = detail === "small" ? region : [region, products].filter(Boolean).join("  ");
    const signs = (cut ? 2 : 0) + [joint, sole, ranked].filter(Boolean).length;
    return {
      detail: shown,
      label: [name, region, products, ...roles, ...weak, tile ? tile.text : ""].filter(Boolean).join(", "),
      spoken: [...roles, place === "unknown" ? "" : this.say(place), ...weak].filter(Boolean).join(", "),
      place,
      owner,
      ladder,
      sole,
      cut: cut ? { enterprises: cut.enterprises, final: cut.finals > 0 } : null,
      joint,
      tile,
      fit: detail === "small" ? smallFit(name, owner ? 2 : 1, width, size.small.height) : cardFit(name, shown, owner ? 2 * signRoom : signRoom, signs, tile, width, size.card.height),
      mark: this.mark(index),
    };
  }

  // Lanes

  /// Problems by stars, and after them by category in one letter each.
  protected badges(problems: readonly number[], change: Box["change"] = ""): Box["badges"] {
    const { model, state } = this;
    const counts = [0, 0, 0, 0];
    const kinds = new Map<string, number>();
    for (const p of problems) {
      if (!problemPasses(model, state.filters, p)) continue;
      const { stars, category } = model.problem(p);
      counts[stars]!++;
      kinds.set(category, (kinds.get(category) ?? 0) + 1);
    }
    const all: Box["badges"] = [];
    if (change !== "" && change !== "same") all.push({ text: model.word("change", change), tone: change });
    for (const stars of [3, 2, 1, 0] as const) {
      if (counts[stars]! > 0) all.push({ text: `${model.stars(stars)} ${counts[stars]}`, tone: `stars${stars}` });
    }
    const letters = model.categories().flatMap((key) => (kinds.has(key) ? [`${model.letter(key)}${kinds.get(key)}`] : []));
    if (letters.length > 0) all.push({ text: letters.join(" "), tone: "kinds" });
    return all;
  }

  protected laneDetail(index: number): string {
    return this.model.industry(index);
  }

  /// A segment as one box with its counts; opened by a second click.
  protected counts(index: number, x: number, y: number, width = size.counts.width): Box {
    const box = this.add("counts", { kind: "segment", index }, x, y, width, 0, this.model.segmentName(index), this.countsOf(index, width));
    box.height = box.fit!.height;
    this.laneOf.set(index, box);
    return box;
  }

  protected countsOf(index: number, width: number): Partial<Box> & { fit: Fit } {
    const { model, state } = this;
    const segment = model.segment(index);
    const shown = this.passing[index]!.length;
    const total = segment.enterprises;
    const parts = [
      `${model.count(total)} ${this.say(total === 1 ? "enterpriseUnit" : "enterprisesUnit")}`,
      segment.home + segment.outside > 0 ? `${this.say("home")} ${model.count(segment.home)} · ${this.say("outside")} ${model.count(segment.outside)}` : "",
      [
        state.show.weak && segment.cut_points ? `${this.say("cut")} ${model.count(segment.cut_points)}` : "",
        state.show.weak && segment.joints ? `${this.say("joint")} ${model.count(segment.joints)}` : "",
        state.show.sole && segment.sole ? `${this.say("soleMark")} ${model.count(segment.sole)}` : "",
      ].filter(Boolean).join(" · "),
      model.carriedOf(index),
      shown !== model.members[index]!.length ? `${this.say("shown")} ${model.count(shown)}` : "",
    ].filter(Boolean);
    const loss = this.state.layer === "impact" && !this.state.follow ? segment.loss : null;
    let tile: Tile | null = loss === null ? null : { text: model.percent(loss), tone: toneOf(loss) };
    let mark: Box["mark"] = "";
    const { follow, path } = this.state;
    if (follow) {
      const hit = model.members[index]!.filter((e) => (follow.steps.get(e) ?? Infinity) <= follow.step);
      mark = hit.length === 0 ? "dim" : hit.some((e) => follow.steps.get(e) === 0) ? "origin" : "hit";
      if (hit.length > 0) tile = { text: `${hit.length}`, tone: "tint" };
    } else if (path) {
      mark = model.members[index]!.some((e) => path.includes(e)) ? "path" : "dim";
    }
    const badges = this.badges(model.problemsOf[index]!, this.change({ kind: "segment", index }));
    const { final } = segment;
    return {
      detail: parts.join("\n"),
      label: [model.segmentName(index), final ? this.say("finalBadge") : "", ...parts].filter(Boolean).join(", "),
      badges,
      tile,
      mark,
      final,
      fit: countsFit(model.segmentName(index), parts.length, badges, tile, final, width),
    };
  }

  /// Cards in rows as high as their highest; gives back the height of all.
  protected cardRows(enterprises: readonly number[], at: { x: number; y: number }, columns: number, width: number, detail: Detail): number {
    let y = at.y;
    for (let k = 0; k < enterprises.length; k += columns) {
      const row = enterprises.slice(k, k + columns).map((enterprise, column) => this.card(enterprise, at.x + column * (width + size.gap), y, detail, width));
      const height = Math.max(...row.map((box) => box.height));
      for (const box of row) box.height = height;
      y += height + size.gap;
    }
    return y - at.y;
  }

  protected problemBox(index: number, x: number, y: number, width: number): Box {
    const { model } = this;
    const problem = model.problem(index);
    const detail = `${problem.number}  ${model.word("category", problem.category)} · ${model.word("status", problem.status)}`;
    const tile = this.changeTile({ kind: "problem", index });
    const fit = recordFit(model.problemName(index), 48, tile, width, size.problem.height);
    return this.add("problem", { kind: "problem", index }, x, y, width, fit.height, model.problemName(index), {
      detail,
      fit,
      label: `${model.stars(problem.stars)} ${model.problemName(index)}, ${detail}`,
      badges: [{ text: model.stars(problem.stars), tone: `stars${problem.stars as 0 | 1 | 2 | 3}` }],
      tile,
      mark: this.state.follow && this.state.follow.problem !== index ? "dim" : "",
    });
  }

  // Curves

  protected shows(documented: boolean): boolean {
    return documented ? this.state.show.documented : this.state.show.inferred;
  }

  /// Whether a link is part of what is followed, or of the path shown.
  protected curveMark(from: number, to: number): Curve["mark"] {
    const { follow, path } = this.state;
    if (path) {
      const at = path.findIndex((e, k) => k + 1 < path.length && ((e === from && path[k + 1] === to) || (e === to && path[k + 1] === from)));
      return at >= 0 ? "path" : "dim";
    }
    if (!follow) return "";
    const a = follow.steps.get(from) ?? Infinity;
    const b = follow.steps.get(to) ?? Infinity;
    const measure = this.model.doc.chain.measure;
    const ahead = measure !== "upstream" && b === a + 1 && b <= follow.step;
    const back = measure !== "downstream" && a === b + 1 && a <= follow.step;
    return ahead || back ? "flow" : "dim";
  }

  protected full(): boolean {
    return this.joins.length >= mostElements - this.boxes.length;
  }

  protected links(only?: Set<number>, litOnly = false): void {
    this.model.doc.links.forEach(([from, to, dependency, documented], index) => {
      if (this.full() || from === to || !this.shows(documented === 1)) return;
      if (only && !only.has(from) && !only.has(to)) return;
      const a = this.cardOf.get(from);
      const b = this.cardOf.get(to);
      const mark = this.curveMark(from, to);
      if (!a || !b || (litOnly && mark === "dim")) return;
      const weight = 1.1 + 3.2 * Math.min(1, dependency ?? 0.1);
      this.joins.push({ id: `link-${index}`, thing: { kind: "link", index }, from: a, to: b, documented: documented === 1, weight, mark, change: this.change({ kind: "link", index }) });
    });
  }

  protected bundles(keep: (from: number, to: number) => boolean = () => true): void {
    const { follow, path } = this.state;
    // Where there are very many links, widths tell them apart by their share of the largest bundle.
    const largest = this.model.doc.bundles.reduce((most, [, , links]) => Math.max(most, links), 0);
    const width = (links: number): number => (largest > 512 ? 0.8 + 4.2 * Math.sqrt(links / largest) : 1 + Math.min(5, 0.55 * Math.log2(1 + links)));
    for (const [from, to, links, documented] of this.model.doc.bundles) {
      if (this.full() || !keep(from, to)) continue;
      if (!(documented > 0 && this.state.show.documented) && !(documented < links && this.state.show.inferred)) continue;
      const a = this.laneOf.get(from);
      const b = this.laneOf.get(to);
      if (!a || !b) continue;
      const lit = a.mark !== "dim" && b.mark !== "dim";
      const mark = follow ? (lit ? "flow" : "dim") : path ? "dim" : "";
      if (this.bundled.has(`${from}-${to}`)) continue;
      this.bundled.add(`${from}-${to}`);
      this.joins.push({ id: `bundle-${from}-${to}`, thing: null, from: a, to: b, documented: documented > 0, weight: width(links), mark });
    }
  }
}
