// Where everything stands in each view.
import { Boxes, size, type Detail } from "./boxes";
import type { Box, Drawing } from "./drawing";
import { headFit, laneFit, noteLines, recordFit } from "./fitting";
import type { Model } from "./model";
import { routed, underLinks } from "./routing";
import { anyFilter, enterprisePasses, problemPasses, type State } from "./state";
import type { Ties } from "./types";

/// Above so many enterprises cards are small; above so many, segments stand as counts until they are opened.
const smallAbove = 60;
const countsAbove = 420;
/// Above so many links of the whole chain they are drawn taken together by segments; as on the static map.
const mostSingle = 400;
/// A stage or segment of so few has its cards in one column, so that every link leaves its own card.
const mostInOneColumn = 12;
/// No view draws more cards than this.
const mostCards = 600;
/// Institutions named in one lane.
const mostInstitutions = 8;
/// Institutions of no segment, in their band.
const mostForAll = 24;
/// Segments as counts in one column of the whole chain, and beside a stage or segment.
const mostLanes = 60;
const mostBeside = 30;
/// Partners as cards below each other.
const mostStacked = 60;

class Arranger extends Boxes {
  private together = false; // links are taken together by segments

  draw(): Drawing {
    const { view } = this.state;
    if (view.level === "chain") this.chain();
    else if (view.level === "stage") this.stage(view.index);
    else if (view.level === "segment") this.segment(view.index);
    else this.enterprise(view.index);
    if (this.narrow) this.stackBands();
    const curves = routed(this.joins, this.boxes);
    let width = 0;
    let height = 0;
    for (const box of this.boxes) {
      width = Math.max(width, box.x + box.width);
      height = Math.max(height, box.y + box.height);
    }
    for (const { over } of curves) for (const { y } of over) height = Math.max(height, y + 8);
    return { boxes: this.boxes, curves, width, height, enterprises: [...this.cardOf.keys()], notDrawn: this.notDrawn, bundled: this.together };
  }

  /// One column below the other, gaps closed, so that a phone scrolls in one direction.
  private stackBands(): void {
    let top = 0;
    for (const band of this.bands) {
      if (!band || band.length === 0) continue;
      const left = Math.min(...band.map((box) => box.x));
      const first = Math.min(...band.map((box) => box.y));
      const order = [...band].sort((a, b) => a.y - b.y);
      let shift = top - first;
      let bottom = top;
      for (const box of order) {
        box.x -= left;
        if (box.y + shift > bottom + 16) shift = bottom + 16 - box.y;
        box.y += shift;
        bottom = Math.max(bottom, box.y + box.height);
      }
      top = bottom + 28;
    }
  }

  // Lanes

  /// A segment's frame with its enterprises in `columns` columns; gives back the y below it.
  private lane(index: number, x: number, y: number, width: number, columns: number, detail: Detail, most = Infinity): number {
    const { model } = this;
    const members = this.passing[index]!;
    const room = Math.max(0, Math.min(most, mostCards - this.cards));
    const drawn = members.slice(0, room);
    const each = (width - 2 * size.lanePad - (columns - 1) * size.gap) / columns;
    const rows = Math.ceil(drawn.length / columns);
    const left = members.length - drawn.length;
    // The carried enterprises may be fewer than those that the segment has.
    const counted = this.model.members[index]!.length === members.length ? model.segment(index).enterprises - members.length : 0;
    const { final } = model.segment(index);
    const detailText = this.laneDetail(index);
    const badges = this.badges(model.problemsOf[index]!, this.change({ kind: "segment", index }));
    const fit = laneFit(model.segmentName(index), detailText, badges, final, width);
    const inner = width - 2 * size.lanePad;
    const at = { x: x + size.lanePad, y: y + fit.height };
    const from = this.boxes.length;
    const tall = this.cardRows(drawn, at, columns, each, detail);
    // The lane itself lies under its cards.
    const cards = this.boxes.splice(from);
    const band = this.bands[this.band] ?? [];
    band.splice(band.length - cards.length);
    let height = fit.height + tall + (left > 0 ? 24 : 0) + (counted > 0 ? 24 : 0) + 4;
    const institutions = this.state.show.institutions ? model.institutionsOf[index]! : [];
    const bodies = institutions.slice(0, mostInstitutions).map((i) => {
      const name = model.text(model.doc.institutions[i]!.name);
      return { index: i, name, height: 8 + 17 * noteLines(name, inner - 28, 2) };
    });
    for (const body of bodies) height += body.height;
    const unnamed = institutions.length - bodies.length;
    if (bodies.length > 0) height += unnamed > 0 ? 28 : 6;
    const guests = model.list(model.guests[index]!.filter((e) => enterprisePasses(model, this.state.filters, e)).map((e) => model.enterpriseName(e)));
    const bare = rows === 0 && left + counted === 0 && guests === "";
    const guestText = `${this.say("alsoHere")}${guests}`;
    const guestHeight = 5 + 17 * noteLines(guestText, inner, 4);
    if (guests) height += guestHeight;
    if (bare) height += 26;
    const lane = this.add("lane", { kind: "segment", index }, x, y, width, height, model.segmentName(index), {
      detail: detailText,
      badges,
      final,
      fit,
      label: [`${this.say("segment")}: ${model.segmentName(index)}`, final ? this.say("finalBadge") : "", detailText, `${drawn.length} ${this.say("enterprisesUnit")}`].filter(Boolean).join(", "),
    });
    this.laneOf.set(index, lane);
    this.boxes.push(...cards);
    (this.bands[this.band] ??= []).push(...cards);
    let below = y + fit.height + tall;
    if (bare) {
      this.add("note", null, x + size.lanePad, below, width - 2 * size.lanePad, 20, this.say(model.segment(index).enterprises === 0 && model.guests[index]!.length === 0 ? "emptySegment" : "nothingLeft"));
      below += 26;
    }
    if (left > 0) {
      this.notDrawn += left;
      this.add("note", { kind: "segment", index }, x + size.lanePad, below, width - 2 * size.lanePad, 20, `${this.say("more")} ${model.count(left)} ${this.say("notDrawn")}`);
      below += 24;
    }
    if (counted > 0) {
      const lead = drawn.length > 0 ? `${this.say("more")} ` : "";
      this.add("note", null, x + size.lanePad, below, width - 2 * size.lanePad, 20, `${lead}${model.count(counted)} ${this.say("onlyCounted")}`);
      below += 24;
    }
    if (guests) {
      this.add("note", null, x + size.lanePad, below - 2, inner, guestHeight - 2, guestText, { detail: "lines" });
      below += guestHeight;
    }
    for (const body of bodies) {
      this.add("institution", { kind: "institution", index: body.index }, x + size.lanePad, below, inner, body.height - 2, body.name, {
        id: `institution-${body.index}-${index}`,
        label: `${this.say("institution")}: ${body.name}`,
        spoken: this.say("institution"),
      });
      below += body.height;
    }
    if (unnamed > 0) this.add("note", { kind: "segment", index }, x + size.lanePad, below, inner, 20, `${this.say("more")} ${model.count(unnamed)} ${this.say("institutionsMore")}`);
    return y + height;
  }

  // Views

  /// Segments of a stage that have somebody to show, or problems, or none to hide.
  private segmentsOf(stage: number): number[] {
    const all: number[] = [];
    this.model.doc.segments.forEach((segment, index) => {
      if (segment.stage !== stage) return;
      if (segment.id === null && segment.enterprises === 0) return;
      if (this.passing[index]!.length === 0 && this.model.members[index]!.length > 0) return;
      all.push(index);
    });
    return all;
  }

  private detail(count: number): Detail {
    if (this.narrow) return count > smallAbove ? "counts" : "card";
    return count > countsAbove ? "counts" : count > smallAbove ? "small" : "card";
  }

  /// Headings of columns of one width, all as high as the one that needs most; gives back that height.
  private heads(stages: readonly number[], width: number, at: (k: number) => number): number {
    const { model } = this;
    const made = stages.map((stage) => {
      const total = model.doc.segments.reduce((sum, segment) => sum + (segment.stage === stage ? segment.enterprises : 0), 0);
      const detail = `${model.count(total)} ${this.say(total === 1 ? "enterpriseUnit" : "enterprisesUnit")}`;
      const badges = this.badges(model.problemsOfStage[stage]!);
      return { stage, detail, badges, fit: headFit(model.stage(stage), detail, badges, width) };
    });
    const height = Math.max(...made.map((each) => each.fit.height));
    made.forEach(({ stage, detail, badges, fit }, k) => {
      this.band = k;
      this.add("head", { kind: "stage", index: stage }, at(k), 0, width, this.narrow ? fit.height : height, model.stage(stage), { detail, badges, fit, label: `${this.say("stage")}: ${model.stage(stage)}, ${detail}` });
    });
    return height;
  }

  private chain(): void {
    const chosen = this.state.filters.stages;
    const stages = [0, 1, 2].filter((stage) => chosen.size === 0 || chosen.has(stage));
    const total = this.model.doc.segments.reduce((sum, _, k) => sum + this.passing[k]!.length, 0);
    const aggregated = this.model.doc.chain.carried.enterprises < this.model.doc.chain.enterprises;
    const detail = aggregated ? "counts" : this.detail(total);
    const columns = detail === "small" ? 3 : 1;
    const width = detail === "counts" ? size.counts.width : columns * size[detail].width + (columns - 1) * size.gap + 2 * size.lanePad;
    const bottoms: number[] = [];
    const first = this.boxes.length;
    const laneSets: Box[][] = [];
    const top = this.heads(stages, width, (k) => k * (width + size.gutter));
    stages.forEach((stage, k) => {
      const x = k * (width + size.gutter);
      this.band = k;
      let y = top + size.laneGap;
      const from = this.boxes.length;
      const all = this.segmentsOf(stage);
      const drawn = detail === "counts" ? this.largest(all, mostLanes) : all;
      for (const segment of drawn) {
        if (detail === "counts") y += this.counts(segment, x, y).height + size.laneGap;
        else y = this.lane(segment, x, y, width, columns, detail) + size.laneGap;
      }
      y = this.moreSegments(all.length - drawn.length, x, y, width);
      if (this.boxes.length === from) this.add("note", null, x, y, width, 24, this.say(this.model.doc.chain.enterprises === 0 ? "empty" : anyFilter(this.state.filters) ? "nothingLeft" : "emptyStage"));
      laneSets.push(this.boxes.slice(from));
      bottoms.push(y);
    });
    if (this.boxes.length === first) return;
    // Shorter columns stand in the middle of the tallest.
    const tallest = Math.max(...bottoms);
    laneSets.forEach((boxes, k) => {
      const shift = (tallest - bottoms[k]!) / 2;
      for (const box of boxes) box.y += shift;
    });
    this.joinUp(detail);
    // On a narrow screen it stands below the one column.
    this.wholeChain(tallest - size.laneGap, this.narrow ? width : stages.length * width + (stages.length - 1) * size.gutter);
  }

  /// Institutions that name no segment: in a band of their own below the columns.
  private wholeChain(top: number, width: number): void {
    const { model } = this;
    const all = this.state.show.institutions ? model.institutionsOfAll : [];
    if (all.length === 0) return;
    this.band = 3;
    const columns = Math.max(1, Math.min(all.length, Math.floor(width / 300)));
    const each = (width - 2 * size.lanePad - (columns - 1) * size.gap) / columns;
    const fit = laneFit(this.say("servesAll"), "", [], false, width);
    const shown = all.slice(0, mostForAll);
    const names = shown.map((i) => model.text(model.doc.institutions[i]!.name));
    const rows = names.map((name) => 8 + 17 * noteLines(name, each - 28, 2));
    let height = fit.height;
    for (let k = 0; k < shown.length; k += columns) height += Math.max(...rows.slice(k, k + columns));
    const left = all.length - shown.length;
    const y = top + underLinks + 8;
    this.add("whole", null, 0, y, width, height + 6 + (left > 0 ? 22 : 0), this.say("servesAll"), { fit, id: "whole" });
    let at = y + fit.height;
    for (let k = 0; k < shown.length; k += columns) {
      const high = Math.max(...rows.slice(k, k + columns));
      shown.slice(k, k + columns).forEach((index, column) => {
        const name = names[k + column]!;
        this.add("institution", { kind: "institution", index }, size.lanePad + column * (each + size.gap), at, each, high - 2, name, {
          id: `whole-${index}`,
          label: `${this.say("institution")}: ${name}`,
          spoken: this.say("institution"),
        });
      });
      at += high;
    }
    if (left > 0) this.add("note", null, size.lanePad, at, width - 2 * size.lanePad, 20, `${this.say("more")} ${model.count(left)} ${this.say("institutionsMore")}`, { id: "whole-more" });
  }

  /// Of many segments those of most enterprises, in the chain's order.
  private largest(segments: readonly number[], most: number): number[] {
    if (segments.length <= most) return [...segments];
    const size = (k: number): number => this.model.segment(k).enterprises;
    return [...segments].sort((a, b) => size(b) - size(a) || a - b).slice(0, most).sort((a, b) => a - b);
  }

  private moreSegments(left: number, x: number, y: number, width: number): number {
    if (left <= 0) return y;
    this.add("note", null, x, y, width, 20, `${this.say("more")} ${this.model.count(left)} ${this.say("segmentsMore")}`);
    return y + 28;
  }

  /// Single links where they are few; of many, links taken together by segments, and those of the chosen one.
  private joinUp(detail: Detail): void {
    const { follow, path, selected } = this.state;
    if (detail === "card" && this.model.doc.links.length <= mostSingle) {
      this.links();
      return;
    }
    this.together = detail !== "counts";
    if (detail !== "counts" && (follow || path)) {
      this.links(undefined, true);
      return;
    }
    const ends = selected?.kind === "enterprise" ? [selected.index] : selected?.kind === "link" ? this.model.link(selected.index).slice(0, 2) as [number, number] : [];
    if (detail !== "counts" && ends.some((end) => this.cardOf.has(end))) this.links(new Set(ends));
    else this.bundles();
  }

  private stage(stage: number): void {
    const every = this.segmentsOf(stage);
    const segments = this.largest(every, 3 * mostLanes);
    const total = segments.reduce((sum, k) => sum + this.passing[k]!.length, 0);
    const detail = this.detail(total);
    const columns = this.narrow ? 1 : Math.min(detail !== "card" ? 3 : total <= mostInOneColumn ? 1 : 2, Math.max(1, segments.length));
    const inner = detail === "small" ? 2 : 1;
    const each = detail === "counts" ? size.counts.width : inner * size[detail].width + (inner - 1) * size.gap + 2 * size.lanePad;
    const { before, after } = this.neighboursOf(segments);
    const left = before.length > 0 ? size.counts.width + size.gutter : 0;
    const gap = 56;
    const width = columns * each + (columns - 1) * gap;
    const top = this.heads([stage], width, () => left);
    this.band = 0;
    const bottoms = new Array<number>(columns).fill(top + size.laneGap);
    for (const segment of segments) {
      const k = bottoms.indexOf(Math.min(...bottoms));
      const x = left + k * (each + gap);
      bottoms[k] =
        (detail === "counts" ? bottoms[k]! + this.counts(segment, x, bottoms[k]!).height : this.lane(segment, x, bottoms[k]!, each, inner, detail)) + size.laneGap;
    }
    bottoms[0] = this.moreSegments(every.length - segments.length, left, bottoms[0]!, each);
    const tallest = Math.max(...bottoms);
    this.band = 1;
    this.stackCounts(before, 0, tallest);
    this.band = 2;
    this.stackCounts(after, left + width + size.gutter, tallest);
    if (detail === "card") this.links();
    else if (detail === "small") this.joinUp(detail);
    this.bundles((from, to) => before.includes(from) || after.includes(to) || detail === "counts");
  }

  /// Segments elsewhere that supply some of these, and that buy from them.
  private neighboursOf(segments: readonly number[]): { before: number[]; after: number[] } {
    const before = new Set<number>();
    const after = new Set<number>();
    for (const [from, to] of this.model.doc.bundles) {
      if (segments.includes(to) && !segments.includes(from)) before.add(from);
      if (segments.includes(from) && !segments.includes(to)) after.add(to);
    }
    // One that does both stands where the flow of the chain has it.
    for (const each of [...before]) {
      if (!after.has(each)) continue;
      (this.model.segment(each).stage > this.model.segment(segments[0]!).stage ? before : after).delete(each);
    }
    const order = (a: number, b: number): number => a - b;
    return { before: [...before].sort(order), after: [...after].sort(order) };
  }

  private stackCounts(every: readonly number[], x: number, tallest: number): void {
    const segments = this.largest(every, mostBeside);
    const height = segments.reduce((sum, segment) => sum + this.countsOf(segment, size.counts.width).fit.height + size.laneGap, -size.laneGap);
    let y = Math.max(size.head + size.laneGap, (tallest + size.head - height) / 2);
    for (const segment of segments) y += this.counts(segment, x, y).height + size.laneGap;
    this.moreSegments(every.length - segments.length, x, y, size.counts.width);
  }

  private segment(index: number): void {
    const count = this.passing[index]!.length;
    const detail: Detail = count > 24 && !this.narrow ? "small" : "card";
    const columns = this.narrow || count <= mostInOneColumn ? 1 : Math.min(Math.ceil(Math.sqrt(count / 3)), detail === "small" ? 5 : 3);
    const width = Math.max(columns * size[detail].width + (columns - 1) * size.gap + 2 * size.lanePad, 2 * size.lanePad + size.problem.width);
    const members = new Set(this.passing[index]);
    const partners = (of: (e: number) => { index: number }[]): number[] => {
      const found = new Set<number>();
      for (const member of members) for (const { index: other } of of(member)) if (!members.has(other) && enterprisePasses(this.model, this.state.filters, other)) found.add(other);
      return [...found].sort((a, b) => a - b);
    };
    const before = partners((e) => this.model.suppliers[e]!);
    const after = partners((e) => this.model.customers[e]!).filter((e) => !before.includes(e));
    const many = before.length > 24 || after.length > 24;
    const sides = this.neighboursOf([index]);
    const side = many ? size.counts.width : size.card.width;
    const left = (many ? sides.before.length : before.length) > 0 ? side + size.gutter : 0;
    const y = this.lane(index, left, size.head, width, columns, detail, 240);
    this.caption(left, width, this.say("segment"));
    const bottom = this.problemList(this.model.byGrade(this.model.problemsOf[index]!), left, y + 28, width);
    this.band = 1;
    if (left > 0) this.caption(0, side, this.say(many ? "supplierSegments" : "suppliers"));
    if (many) this.stackCounts(sides.before, 0, bottom);
    else this.stackCards(before, 0, y);
    this.band = 2;
    if (many) this.stackCounts(sides.after, left + width + size.gutter, bottom);
    else this.stackCards(after, left + width + size.gutter, y);
    if ((many ? sides.after : after).length > 0) this.caption(left + width + size.gutter, side, this.say(many ? "customerSegments" : "customers"));
    this.links();
    if (many) this.bundles((from, to) => to === index || from === index);
  }

  private caption(x: number, width: number, title: string): void {
    this.add("note", null, x, 8, width, 24, title, { detail: "caption" });
  }

  /// Cards below each other, in the middle between the head and `bottom`.
  private stackCards(enterprises: readonly number[], x: number, bottom: number): void {
    const drawn = enterprises.slice(0, mostStacked);
    const from = this.boxes.length;
    const tall = this.cardRows(drawn, { x, y: size.head }, 1, size.card.width, "card");
    const shift = Math.max(0, (bottom - size.head - tall) / 2);
    for (const box of this.boxes.slice(from)) box.y += shift;
    if (drawn.length < enterprises.length) {
      this.notDrawn += enterprises.length - drawn.length;
      this.add("note", null, x, size.head + shift + tall, size.card.width, 20, `${this.say("more")} ${this.model.count(enterprises.length - drawn.length)} ${this.say("notDrawn")}`);
    }
  }

  private problemList(problems: readonly number[], x: number, y: number, width: number): number {
    const shown = problems.filter((p) => problemPasses(this.model, this.state.filters, p)).slice(0, 40);
    if (shown.length === 0) return y;
    this.add("note", null, x, y, width, 24, this.say("problemsHere"), { detail: "caption" });
    let at = y + 30;
    const columns = width >= 2 * size.problem.width + size.gap ? 2 : 1;
    const each = (width - (columns - 1) * size.gap) / columns;
    for (let k = 0; k < shown.length; k += columns) {
      const row = shown.slice(k, k + columns).map((problem, column) => this.problemBox(problem, x + column * (each + size.gap), at, each));
      const height = Math.max(...row.map((box) => box.height));
      for (const box of row) box.height = height;
      at += height + size.gap;
    }
    return at;
  }

  private enterprise(index: number): void {
    const { model } = this;
    const before = [...new Set(model.suppliers[index]!.map((x) => x.index))].filter((e) => e !== index);
    const after = [...new Set(model.customers[index]!.map((x) => x.index))].filter((e) => e !== index && !before.includes(e));
    const ties = model.enterprise(index).ties;
    const beyond = { suppliers: this.beyondHeight(ties?.suppliers), customers: this.beyondHeight(ties?.customers) };
    const left = before.length === 0 && beyond.suppliers === 0 ? 0 : size.card.width + size.gutter;
    const middle = size.problem.width;
    const row = this.told(index, "card", middle).fit.height + size.gap;
    const most = 40;
    const stacked = (all: readonly number[]): number => all.slice(0, most).reduce((sum, e) => sum + this.told(e, "card", size.card.width).fit.height + size.gap, 0);
    const tall = { before: stacked(before), after: stacked(after) };
    const height = Math.max(row, tall.before + beyond.suppliers, tall.after + beyond.customers);
    const right = left + middle + size.gutter;
    this.band = 0;
    this.caption(left, middle, this.model.segmentName(model.enterprise(index).segment));
    const own = this.card(index, left, size.head + (height - row) / 2, "card", middle);
    this.band = 1;
    if (left > 0) this.caption(0, size.card.width, this.say("suppliers"));
    let top = size.head + Math.max(0, (height - tall.before - beyond.suppliers) / 2);
    this.stackCards(before.slice(0, most), 0, 2 * top + tall.before - size.head);
    if (ties) this.beyond(ties.suppliers, 0, top + tall.before, own, false);
    this.band = 2;
    if (after.length > 0 || beyond.customers > 0) this.caption(right, size.card.width, this.say("customers"));
    top = size.head + Math.max(0, (height - tall.after - beyond.customers) / 2);
    this.stackCards(after.slice(0, most), right, 2 * top + tall.after - size.head);
    if (ties) this.beyond(ties.customers, right, top + tall.after, own, true);
    this.notDrawn += Math.max(0, before.length - most) + Math.max(0, after.length - most);
    this.band = 0;
    const y = size.head + height + 36;
    const problems = model.problemsFor(index).filter((p) => problemPasses(model, this.state.filters, p)).slice(0, 30);
    this.problemList(problems, left, y, middle);
    this.band = 3;
    this.projectColumn(problems, left + middle + size.gutter, y);
    this.links(new Set([index]));
  }

  /// Room for partners that the page does not carry: the largest by name, the others by segment.
  private beyondHeight(ties: Ties | undefined): number {
    if (!ties) return 0;
    return ties[2].length * (size.small.height + size.gap) + this.beyondSegments(ties).length * (size.small.height + size.gap);
  }

  /// Segments of those partners, the named ones taken off: of many the largest.
  private beyondSegments([, elsewhere, named]: Ties): [number, number][] {
    const rest = elsewhere.map(([segment, count]): [number, number] => [segment, count - named.filter(([, at]) => at === segment).length]);
    return rest.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
  }

  private beyond(ties: Ties, x: number, y: number, own: Box, ahead: boolean): void {
    const { model } = this;
    const end = ahead ? "customer" : "supplier";
    const join = (box: Box, weight: number): void => {
      this.joins.push({ id: `tie-${box.id}`, thing: null, from: ahead ? own : box, to: ahead ? box : own, documented: false, weight, mark: "" });
    };
    let at = y;
    ties[2].forEach(([name, segment], k) => {
      join(this.add("small", null, x, at, size.card.width, size.small.height, name, { id: `${end}-${k}`, detail: model.segmentName(segment), label: `${name}, ${model.segmentName(segment)}`, place: "unknown" }), 1.1);
      at += size.small.height + size.gap;
    });
    for (const [segment, count] of this.beyondSegments(ties)) {
      const detail = `${this.say("more")} ${model.count(count)} ${this.say("elsewhere")}`;
      join(this.add("tie", { kind: "segment", index: segment }, x, at, size.card.width, size.small.height, model.segmentName(segment), { id: `${end}s-${segment}`, detail, label: `${model.segmentName(segment)}, ${detail}` }), 1 + Math.min(4, 0.55 * Math.log2(1 + count)));
      at += size.small.height + size.gap;
    }
  }

  /// Projects that solve these problems, and results that came of them, each joined to what it comes from.
  private projectColumn(problems: readonly number[], x: number, y: number): void {
    const { model } = this;
    const projects = [...new Set(problems.flatMap((p) => model.projectsOf[p]!))];
    const results = [...new Set([...projects.flatMap((p) => model.resultsOfProject[p]!), ...problems.flatMap((p) => model.resultsOfProblem[p]!)])];
    if (projects.length + results.length === 0) return;
    this.add("note", null, x, y, size.card.width, 24, this.say(projects.length > 0 ? "projects" : "results"), { detail: "caption" });
    let at = y + 30;
    const problemBoxes = new Map(this.boxes.filter((b) => b.shape === "problem").map((b) => [b.thing!.index, b]));
    const join = (from: Box | undefined, to: Box): void => {
      if (from) this.joins.push({ id: `j-${from.id}-${to.id}`, thing: null, from, to, documented: true, weight: 1.4, mark: "" });
    };
    const record = (kind: "project" | "result", index: number, title: string, detail: string): Box => {
      const tile = this.changeTile({ kind, index });
      const fit = recordFit(title, 24, tile, size.card.width, size.problem.height);
      const box = this.add(kind, { kind, index }, x, at, size.card.width, fit.height, title, { detail, tile, fit });
      at += fit.height + size.gap;
      return box;
    };
    const projectBoxes = new Map<number, Box>();
    for (const p of projects) {
      const project = model.doc.projects[p]!;
      const box = record("project", p, model.text(project.name), `${project.number}  ${model.word("project_status", project.status)}`);
      projectBoxes.set(p, box);
      for (const problem of project.problems) join(problemBoxes.get(problem), box);
    }
    for (const r of results) {
      const result = model.doc.results[r]!;
      const box = record("result", r, model.text(result.name), `${result.number}  ${model.word("result_kind", result.kind)}`);
      join(result.project === null ? problemBoxes.get(result.problems[0] ?? -1) : projectBoxes.get(result.project), box);
    }
  }
}

export const arrange = (model: Model, state: State, narrow: boolean): Drawing => new Arranger(model, state, narrow).draw();
