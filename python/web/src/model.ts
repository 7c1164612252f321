// The document with the look-ups that views and panels need.
import type { Change, ChangeKind, Enterprise, Impact, Language, Link, MapDocument, Part, Problem, Segment, Text, Thing } from "./types";
import { say, type Word } from "./words";

export const stageKeys = ["upstream", "midstream", "downstream"] as const;

const categoryLetters: Record<string, Word> = {
  technology: "categoryTechnology",
  management: "categoryManagement",
  brand: "categoryBrand",
  infrastructure: "categoryInfrastructure",
};

export interface Neighbour {
  index: number;
  link: number;
}

export interface Match {
  thing: Thing;
  title: string;
  detail: string;
}

function grouped<T>(count: number, rows: readonly T[], at: (row: T, index: number) => readonly number[]): number[][] {
  const groups: number[][] = Array.from({ length: count }, () => []);
  rows.forEach((row, index) => {
    for (const place of at(row, index)) groups[place]?.push(index);
  });
  return groups;
}

/// A name that runs from right to left, or that turns the direction of what follows, in marks that keep it to itself.
export function isolated(name: string): string {
  if (!/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u202a-\u202e\u2066-\u2069]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(name)) return name;
  // An isolate's own marks in the name would end ours.
  return `\u2068${name.replace(/[\u2066-\u2069]/g, "")}\u2069`;
}

/// What a link is called in tables of changes, and in notebooks.
export function linkKey(doc: MapDocument, index: number): string {
  const [from, to, , , product] = doc.links[index]!;
  return `${doc.enterprises[from]!.id} → ${doc.enterprises[to]!.id}${product ? `：${product}` : ""}`;
}

export class Model {
  language: Language;
  readonly members: number[][]; // of each segment, in drawing order
  readonly guests: number[][]; // of each segment: enterprises at home elsewhere that work in it too
  readonly suppliers: Neighbour[][];
  readonly customers: Neighbour[][];
  readonly projectsOf: number[][]; // by problem
  readonly resultsOfProject: number[][];
  readonly resultsOfProblem: number[][];
  readonly institutionsOf: number[][]; // by segment
  readonly institutionsOfAll: number[]; // those that name no segment
  readonly problemsAt: number[][]; // by enterprise, named there
  readonly problemsOf: number[][]; // by segment, those of its whole stage left out
  readonly problemsOfStage: number[][];
  readonly hitBy: [number, number][][]; // by enterprise: problem and loss, largest first
  readonly whyOf = new Map<number, number>();
  private readonly productNames: Map<string, string>; // of links, in English
  private readonly changesOf = new Map<string, Change[]>(); // by part and key
  private readonly impacts = new Map<string, Impact>(); // by enterprise
  private readonly placeOf = new Map<string, number>(); // of things with changes: part and key to index

  constructor(readonly doc: MapDocument) {
    this.language = doc.language;
    const n = doc.enterprises.length;
    this.members = grouped(doc.segments.length, doc.enterprises, (e) => [e.segment]);
    this.guests = grouped(doc.segments.length, doc.enterprises, (e) => e.also);
    this.suppliers = Array.from({ length: n }, () => []);
    this.customers = Array.from({ length: n }, () => []);
    doc.links.forEach(([from, to], link) => {
      this.customers[from]!.push({ index: to, link });
      this.suppliers[to]!.push({ index: from, link });
    });
    this.projectsOf = grouped(doc.problems.length, doc.projects, (p) => p.problems);
    this.resultsOfProject = grouped(doc.projects.length, doc.results, (r) => (r.project === null ? [] : [r.project]));
    this.resultsOfProblem = grouped(doc.problems.length, doc.results, (r) => r.problems);
    this.institutionsOf = grouped(doc.segments.length, doc.institutions, (i) => i.segments);
    this.productNames = new Map(doc.products_en);
    this.institutionsOfAll = doc.institutions.flatMap((i, index) => (i.segments.length === 0 ? [index] : []));
    this.problemsAt = grouped(n, doc.problems, (p) => p.enterprises);
    this.problemsOf = grouped(doc.segments.length, doc.problems, (p) => p.segments);
    this.problemsOfStage = grouped(3, doc.problems, (p) => [p.stage]);
    this.hitBy = Array.from({ length: n }, () => []);
    doc.problems.forEach((problem, index) => {
      for (const [enterprise, loss] of problem.hit ?? []) this.hitBy[enterprise]!.push([index, loss]);
    });
    for (const each of this.hitBy) each.sort((a, b) => b[1] - a[1]);
    doc.why.forEach((why, index) => this.whyOf.set(why.enterprise, index));
    this.readDifference();
  }

  private readDifference(): void {
    const { doc } = this;
    if (doc.difference === null) return;
    for (const impact of doc.difference.impacts ?? []) this.impacts.set(impact.key, impact);
    for (const change of doc.difference.changes) {
      const at = `${change.part} ${change.key}`;
      const known = this.changesOf.get(at);
      if (known) known.push(change);
      else this.changesOf.set(at, [change]);
    }
    const place = (part: Part, key: string, index: number): void => {
      if (this.changesOf.has(`${part} ${key}`)) this.placeOf.set(`${part} ${key}`, index);
    };
    doc.segments.forEach((each, k) => each.id !== null && place("segment", each.id, k));
    doc.enterprises.forEach((each, k) => place("enterprise", each.id, k));
    doc.links.forEach((_, k) => place("link", linkKey(doc, k), k));
    doc.problems.forEach((each, k) => place("problem", each.number, k));
    doc.projects.forEach((each, k) => place("project", each.number, k));
    doc.results.forEach((each, k) => place("result", each.number, k));
  }


  /// What changed of a thing since the older version.
  changes(thing: Thing): readonly Change[] {
    if (this.doc.difference === null) return [];
    const { doc } = this;
    const keys: Partial<Record<Thing["kind"], () => string>> = {
      segment: () => doc.segments[thing.index]!.id ?? "",
      enterprise: () => this.enterprise(thing.index).id,
      link: () => linkKey(doc, thing.index),
      problem: () => this.problem(thing.index).number,
      project: () => doc.projects[thing.index]!.number,
      result: () => doc.results[thing.index]!.number,
    };
    return this.changesOf.get(`${thing.kind} ${keys[thing.kind]?.() ?? ""}`) ?? [];
  }
  changed(thing: Thing): ChangeKind | "" {
    return this.changes(thing)[0]?.kind ?? "";
  }
  /// What became of an enterprise's mean loss, where the map compares assessed versions.
  impactOf(index: number): Impact | undefined {
    return this.impacts.get(this.enterprise(index).id);
  }
  /// Where a changed thing is drawn or listed, if anywhere.
  thingOf(change: Change): Thing | null {
    const index = this.placeOf.get(`${change.part} ${change.key}`);
    return index === undefined ? null : { kind: change.part, index };
  }

  text(both: Text): string {
    const other = this.language === "zh" ? both.en : both.zh;
    return both[this.language] || other;
  }
  word(group: string, key: string): string {
    const names = this.doc.words[group]?.[key];
    return names ? this.text(names) : key;
  }
  percent(share: number | null): string {
    if (share === null) return "–";
    if (share <= 0) return "0";
    const whole = Math.round(share * 100);
    return whole === 0 ? "<1%" : `${whole}%`;
  }
  stars(count: number): string {
    return count === 0 ? "–" : "★".repeat(count);
  }
  categories(): string[] {
    return Object.keys(this.doc.words["category"] ?? {});
  }
  /// A category in one letter, where there is no room for its name.
  letter(category: string): string {
    return say(categoryLetters[category] ?? "categoryOther", this.language);
  }
  /// What a segment makes, where it says more than its name.
  industry(index: number): string {
    const { industry, industry_en } = this.segment(index);
    return this.language === "zh" ? industry || industry_en : industry_en;
  }
  /// Words of a list in the language shown, where the data have them.
  either(zh: readonly string[], en: readonly string[]): readonly string[] {
    const [first, second] = this.language === "zh" ? [zh, en] : [en, zh];
    return first.length > 0 ? first : second;
  }
  products(of: { products: string[]; products_en: string[] }): string {
    return this.list(this.either(of.products, of.products_en));
  }
  /// A product as links name it.
  product(name: string): string {
    return this.language === "zh" ? name : (this.productNames.get(name) ?? name);
  }
  /// A unit as registers name it, in the language shown where it is an enterprise or institution of the chain.
  unit(name: string): string {
    const known = [...this.doc.enterprises, ...this.doc.institutions].find((each) => each.name.zh === name || each.name.en === name);
    return known ? this.text(known.name) : name;
  }
  sources(): readonly string[] {
    return this.either(this.doc.chain.sources, this.doc.chain.sources_en);
  }
  stage(index: number): string {
    return this.word("stage", stageKeys[index] ?? "upstream").replace(/^./, (c) => c.toUpperCase());
  }
  list(parts: readonly string[]): string {
    return parts.filter(Boolean).map(isolated).join(this.language === "zh" ? "、" : ", ");
  }
  count(number: number): string {
    return number.toLocaleString("en-US");
  }

  /// What a page that carries part of its chain leaves out, in one sentence; empty where it carries all.
  leftOut(): string {
    const { chain } = this.doc;
    const left = chain.enterprises - chain.carried.enterprises;
    if (chain.chosen_by === null || left <= 0) return "";
    const by = this.word("chosen_by", chain.chosen_by);
    const covered = chain.covered === null || chain.chosen_by === "importance" ? "" : this.percent(chain.covered);
    if (this.language === "zh") {
      const share = covered ? `，合计占全链的 ${covered}` : "";
      return `全链 ${this.count(chain.enterprises)} 家企业，本页画出 ${this.count(chain.carried.enterprises)} 家：各环节按${by}排在最前的${share}。其余 ${this.count(left)} 家只计入数目，搜索不到；供货关系画出 ${this.count(chain.carried.links)} / ${this.count(chain.links)} 条。`;
    }
    const share = covered ? `, ${covered} of the chain's total` : "";
    return `Of ${this.count(chain.enterprises)} enterprises this page carries ${this.count(chain.carried.enterprises)}: those first by ${by} in each segment${share}. The other ${this.count(left)} are counted only and cannot be searched for; ${this.count(chain.carried.links)} of ${this.count(chain.links)} links are carried.`;
  }
  /// How much of a segment the page carries; empty where all.
  carriedOf(index: number): string {
    const segment = this.segment(index);
    const here = this.members[index]!.length;
    if (here >= segment.enterprises) return "";
    const share = segment.covered === null || this.doc.chain.chosen_by === "importance" ? "" : this.percent(segment.covered);
    return this.language === "zh"
      ? `本页画出 ${this.count(here)} 家${share ? `，占 ${share}` : ""}`
      : `${this.count(here)} on this page${share ? `, ${share} of it` : ""}`;
  }

  enterprise(index: number): Enterprise {
    return this.doc.enterprises[index]!;
  }
  segment(index: number): Segment {
    return this.doc.segments[index]!;
  }
  problem(index: number): Problem {
    return this.doc.problems[index]!;
  }
  link(index: number): Link {
    return this.doc.links[index]!;
  }
  enterpriseName(index: number): string {
    const enterprise = this.enterprise(index);
    return this.text(enterprise.name) || enterprise.id;
  }
  segmentName(index: number): string {
    const segment = this.segment(index);
    return this.text(segment.name) || segment.id || "";
  }
  problemName(index: number): string {
    const problem = this.problem(index);
    return this.text(problem.name) || this.text(problem.description) || problem.number;
  }
  name(thing: Thing): string {
    switch (thing.kind) {
      case "enterprise":
        return this.enterpriseName(thing.index);
      case "segment":
        return this.segmentName(thing.index);
      case "stage":
        return this.stage(thing.index);
      case "problem":
        return this.problemName(thing.index);
      case "project":
        return this.text(this.doc.projects[thing.index]!.name);
      case "result":
        return this.text(this.doc.results[thing.index]!.name);
      case "institution":
        return this.text(this.doc.institutions[thing.index]!.name);
      case "link": {
        const [from, to] = this.link(thing.index);
        return `${isolated(this.enterpriseName(from))} → ${isolated(this.enterpriseName(to))}`;
      }
    }
  }

  /// Problems that concern an enterprise: named there, or recorded for a segment of its own or for its whole stage
  /// without naming anybody.
  problemsFor(index: number): number[] {
    const enterprise = this.enterprise(index);
    const segments = [enterprise.segment, ...enterprise.also];
    const stage = this.segment(enterprise.segment).stage;
    const found = new Set(this.problemsAt[index]);
    for (const segment of segments) {
      for (const p of this.problemsOf[segment] ?? []) if (this.problem(p).enterprises.length === 0) found.add(p);
    }
    for (const p of this.problemsOfStage[stage] ?? []) {
      const problem = this.problem(p);
      if (problem.segments.length === 0 && problem.enterprises.length === 0) found.add(p);
    }
    return this.byGrade([...found]);
  }
  byGrade(problems: readonly number[]): number[] {
    return [...problems].sort((a, b) => this.problem(b).stars - this.problem(a).stars || this.rank(a) - this.rank(b) || a - b);
  }
  private rank(index: number): number {
    return this.problem(index).rank ?? 0;
  }

  search(query: string, most: number): Match[] {
    const wanted = query.trim().toLocaleLowerCase();
    if (!wanted) return [];
    const found: (Match & { score: number })[] = [];
    const look = (thing: Thing, names: readonly string[], more: readonly string[], detail: string, extra = 0): void => {
      let score = -1;
      for (const name of names) {
        const at = name.toLocaleLowerCase().indexOf(wanted);
        if (at >= 0) score = Math.max(score, at === 0 ? 3 : 2);
      }
      if (score < 0 && more.some((text) => text.toLocaleLowerCase().includes(wanted))) score = 1;
      if (score >= 0) found.push({ thing, title: this.name(thing), detail, score: score + extra });
    };
    const { doc } = this;
    doc.enterprises.forEach((e, index) =>
      look({ kind: "enterprise", index }, [e.name.zh, e.name.en, e.id], [...e.products, ...e.products_en], this.list([this.text(e.region), this.segmentName(e.segment)]), 0.5),
    );
    doc.segments.forEach((x, index) => {
      if (x.id !== null) look({ kind: "segment", index }, [x.name.zh, x.name.en, x.id], [x.industry, x.industry_en], say("segment", this.language), 0.4);
    });
    doc.problems.forEach((p, index) =>
      look({ kind: "problem", index }, [p.name.zh, p.name.en, p.number], [p.description.zh, p.description.en, ...p.products, ...p.products_en], `${this.stars(p.stars)} ${this.word("category", p.category)}`, 0.3),
    );
    doc.projects.forEach((p, index) =>
      look({ kind: "project", index }, [p.name.zh, p.name.en, p.number], [p.lead, ...p.participants, p.expected.zh, p.expected.en], say("projects", this.language), 0.2),
    );
    doc.results.forEach((r, index) => look({ kind: "result", index }, [r.name.zh, r.name.en, r.number], [r.summary], say("results", this.language), 0.1));
    doc.institutions.forEach((i, index) =>
      look({ kind: "institution", index }, [i.name.zh, i.name.en], [...i.products, ...i.products_en, ...i.parameters, ...i.methods], say("institutions", this.language)),
    );
    return found.sort((a, b) => b.score - a.score).slice(0, most);
  }
}
