// What is known of the thing chosen, and of the whole chain when nothing is.
import { toneOf } from "./drawing";
import { h, icon, signs } from "./dom";
import type { Model } from "./model";
import { problemPasses, type State } from "./state";
import type { Thing, Ties } from "./types";
import { fieldName, resultState, say, type Word } from "./words";

export interface PanelEvents {
  go(thing: Thing): void;
  open(thing: Thing): void;
  follow(problem: number): void;
  path(enterprises: number[]): void;
}

type Row = readonly [Word, string | null | undefined];

export class Panel {
  constructor(
    private readonly root: HTMLElement,
    private readonly model: Model,
    private readonly events: PanelEvents,
  ) {}

  show(state: State): void {
    const { selected } = state;
    const body = h("div", { class: "cq-panel-body" });
    if (selected === null) this.overview(body, state);
    else {
      switch (selected.kind) {
        case "enterprise":
          this.enterprise(body, selected.index, state);
          break;
        case "segment":
          this.segment(body, selected.index, state);
          break;
        case "stage":
          this.stage(body, selected.index, state);
          break;
        case "problem":
          this.problem(body, selected.index);
          break;
        case "project":
          this.project(body, selected.index);
          break;
        case "result":
          this.result(body, selected.index);
          break;
        case "institution":
          this.institution(body, selected.index);
          break;
        case "link":
          this.link(body, selected.index);
          break;
      }
    }
    if (selected !== null) this.changes(body, selected);
    this.root.replaceChildren(body);
    this.root.scrollTop = 0;
  }

  private say(word: Word): string {
    return say(word, this.model.language);
  }

  private title(body: HTMLElement, kind: string, title: string, ...more: (Node | null)[]): void {
    body.append(h("p", { class: "cq-kind" }, kind), h("h2", { dir: "auto", tabindex: -1 }, title), ...more.filter((x): x is Node => x !== null));
  }

  private facts(body: HTMLElement, rows: readonly Row[]): void {
    const list = h("dl", { class: "cq-facts" });
    for (const [word, value] of rows) {
      if (!value) continue;
      list.append(h("dt", {}, this.say(word)), h("dd", { dir: "auto" }, value));
    }
    if (list.childElementCount > 0) body.append(list);
  }

  private section(body: HTMLElement, word: Word, count?: number): HTMLElement {
    const section = h("section", {}, h("h3", {}, this.say(word), count === undefined ? null : h("span", { class: "cq-count" }, ` ${this.model.count(count)}`)));
    body.append(section);
    return section;
  }

  /// A line that leads to a thing, with a figure at its right.
  private line(thing: Thing, figure: Node | null = null, lead: Node | null = null): HTMLElement {
    return h(
      "li",
      {},
      h("button", { type: "button", class: "cq-line", "data-thing": `${thing.kind}-${thing.index}`, onclick: () => this.events.go(thing) }, lead, h("span", { class: "cq-line-name", dir: "auto" }, this.model.name(thing)), figure),
    );
  }

  private things(body: HTMLElement, word: Word, things: readonly Thing[], figure: (thing: Thing) => Node | null = () => null, lead: (thing: Thing) => Node | null = () => null): void {
    if (things.length === 0) return;
    const most = 60;
    const section = this.section(body, word, things.length);
    const list = h("ul", { class: "cq-lines" });
    for (const thing of things.slice(0, most)) list.append(this.line(thing, figure(thing), lead(thing)));
    section.append(list);
    if (things.length > most) section.append(h("p", { class: "cq-quiet" }, `${this.say("more")} ${this.model.count(things.length - most)} ${this.say("moreUnit")}`));
  }

  private loss(share: number | null): HTMLElement {
    return h("span", { class: `cq-tile ${share === null ? "quiet" : toneOf(share)}` }, this.model.percent(share));
  }

  private stars(index: number): HTMLElement {
    const { stars } = this.model.problem(index);
    return h("span", { class: `cq-stars stars${stars}`, role: "img", "aria-label": stars === 0 ? this.say("ungraded") : `${stars} ★` }, this.model.stars(stars));
  }

  private problems(body: HTMLElement, word: Word, problems: readonly number[], state: State | null): void {
    const shown = state ? problems.filter((p) => problemPasses(this.model, state.filters, p)) : problems;
    this.things(
      body,
      word,
      shown.map((index) => ({ kind: "problem", index })),
      (thing) => (this.model.projectsOf[thing.index]!.length > 0 ? h("span", { class: "cq-green", title: this.say("projects") }, icon(signs.project)) : null),
      (thing) => this.stars(thing.index),
    );
  }

  private button(word: Word, act: () => void, main = false): HTMLElement {
    return h("button", { type: "button", class: main ? "cq-button main" : "cq-button", onclick: act }, this.say(word));
  }

  private overview(body: HTMLElement, state: State): void {
    const { model } = this;
    const { chain } = model.doc;
    this.title(body, this.say("overview"), model.text(chain.name) || model.text(chain.title));
    const figures: [number, Word][] = [
      [chain.enterprises, "enterprises"],
      [chain.links, "linksUnit"],
      [model.doc.problems.length, "problems"],
      [model.doc.projects.length, "projects"],
    ];
    const long = figures.some(([value]) => value >= 100_000) || model.language === "en";
    body.append(h("ul", { class: long ? "cq-figures long" : "cq-figures" }, ...figures.map(([value, word]) => h("li", {}, h("strong", {}, model.count(value)), h("span", {}, this.say(word))))));
    const left = model.leftOut();
    if (left) body.append(h("p", { class: "cq-left-out" }, left));
    this.difference(body);
    this.update(body);
    this.problems(body, "problems", model.byGrade(model.doc.problems.map((_, index) => index)), state);
    this.things(body, "projects", model.doc.projects.map((_, index) => ({ kind: "project", index })));
    this.things(body, "results", model.doc.results.map((_, index) => ({ kind: "result", index })));
    if (model.sources().length > 0 || model.text(chain.note)) {
      const section = this.section(body, "source");
      for (const source of model.sources()) section.append(h("p", { class: "cq-quiet", dir: "auto" }, source));
      if (model.text(chain.note)) section.append(h("p", { class: "cq-quiet", dir: "auto" }, model.text(chain.note)));
    }
  }

  /// What changed since the older version, part by part.
  private difference(body: HTMLElement): void {
    const { model } = this;
    const { difference } = model.doc;
    if (difference === null) return;
    const section = this.section(body, "changes", difference.changes.length);
    const version = (v: { date: string; version: string; hash: string }): string => [v.date, v.version, v.hash.slice(0, 8)].filter(Boolean).join(" · ");
    section.append(h("p", { class: "cq-quiet" }, `${version(difference.before)} → ${version(difference.after)}`));
    if (difference.changes.length === 0) section.append(h("p", {}, this.say("noChanges")));
    for (const part of Object.keys(model.doc.words["part"] ?? {})) {
      const changes = difference.changes.filter((change) => change.part === part);
      if (changes.length === 0) continue;
      const keys = [...new Set(changes.map((change) => change.key))];
      section.append(h("h4", {}, `${model.word("part", part)} ${model.count(keys.length)}`));
      const list = h("ul", { class: "cq-lines" });
      const most = 40;
      for (const key of keys.slice(0, most)) {
        const own = changes.filter((change) => change.key === key);
        const thing = model.thingOf(own[0]!);
        const title = model.text(own[0]!.name) || key;
        const fields = own.filter((change) => change.field !== null).map((change) => fieldName(change.field!, model.language));
        const words = h("span", { class: "cq-line-name", dir: "auto" }, title, fields.length > 0 ? h("small", {}, model.list(fields)) : null);
        const sign = h("span", { class: `cq-tile ${own[0]!.kind}` }, model.word("change", own[0]!.kind));
        list.append(h("li", {}, thing ? h("button", { type: "button", class: "cq-line", "data-change": key, onclick: () => this.events.go(thing) }, words, sign) : h("span", { class: "cq-line still" }, words, sign)));
      }
      section.append(list);
      if (keys.length > most) section.append(h("p", { class: "cq-quiet" }, `${this.say("more")} ${model.count(keys.length - most)} ${this.say("moreUnit")}`));
    }
  }

  /// What changed of one thing, field by field.
  private changes(body: HTMLElement, thing: Thing): void {
    const changes = this.model.changes(thing);
    const impact = thing.kind === "enterprise" ? this.model.impactOf(thing.index) : undefined;
    if (changes.length === 0 && !impact) return;
    const section = this.section(body, "changes");
    if (impact) this.facts(section, [["impactChange", `${this.model.percent(impact.before)} → ${this.model.percent(impact.after)}`]]);
    if (changes.length === 0) return;
    section.append(h("p", {}, h("span", { class: `cq-tile ${changes[0]!.kind}` }, this.model.word("change", changes[0]!.kind))));
    const list = h("dl", { class: "cq-facts" });
    for (const change of changes) {
      if (change.field === null) continue;
      list.append(h("dt", {}, fieldName(change.field, this.model.language)), h("dd", { dir: "auto" }, h("del", {}, change.before || "–"), " → ", h("ins", {}, change.after || "–")));
    }
    section.append(list);
  }

  /// When the next map is due and why; the nine watched dimensions.
  private update(body: HTMLElement): void {
    const { model } = this;
    const { update, version } = model.doc;
    if (update === null) return;
    const section = this.section(body, "livingMap");
    const over = update.due !== null && update.due <= new Date().toISOString().slice(0, 10);
    this.facts(section, [
      ["contentHash", version.hash],
      ["lastDrawn", update.drawn],
      ["nextDue", update.due === null ? null : over ? `${update.due} ${this.say("overdue")}` : update.due],
    ]);
    for (const reason of update.reasons) section.append(h("p", { class: "cq-quiet", dir: "auto" }, `${reason.due}  ${model.text(reason.what)}`));
    const list = h("ul", { class: "cq-watched" });
    for (const each of update.watched) {
      const figure = each.events === 0 ? "–" : `${model.count(each.events)}${each.triggers > 0 ? ` (${model.count(each.triggers)} ${this.say("triggers")})` : ""}`;
      list.append(h("li", {}, h("span", {}, model.word("dimension", each.dimension)), h("span", { class: each.triggers > 0 ? "cq-trigger" : "" }, figure)));
    }
    section.append(h("h4", {}, this.say("watched")), list);
  }

  private enterprise(body: HTMLElement, index: number, state: State): void {
    const { model } = this;
    const e = model.enterprise(index);
    const inView = state.view.level === "enterprise" && state.view.index === index;
    const roles = [model.word("role", e.role), e.ladder === "unstated" ? "" : model.word("ladder", e.ladder)].filter(Boolean).join(" · ");
    this.title(body, roles, model.enterpriseName(index));
    const other = model.language === "zh" ? e.name.en : e.name.zh;
    if (other && other !== model.enterpriseName(index)) body.append(h("p", { class: "cq-quiet", dir: "auto" }, other));
    if (!inView) body.append(h("p", { class: "cq-actions" }, this.button("open", () => this.events.open({ kind: "enterprise", index }), true)));
    const place = e.place === "unknown" ? "" : model.language === "zh" ? `（${this.say(e.place)}）` : ` (${this.say(e.place)})`;
    this.facts(body, [
      ["segment", model.segmentName(e.segment)],
      ["alsoIn", model.list(e.also.map((s) => model.segmentName(s)))],
      ["region", model.text(e.region) + (e.city && e.city !== e.region.zh && e.city !== e.region.en ? ` ${e.city}` : "") + place],
      ["size", e.size === "unstated" ? null : model.word("size", e.size)],
      ["products", model.products(e)],
      ["sole", model.list(e.sole.map((product) => model.product(product)))],
      ["cut", e.cut ? `${model.count(e.cut.enterprises)} ${this.say(e.cut.enterprises === 1 ? "cutOffOne" : "cutOff")}${e.cut.finals > 0 ? ` (${this.say("cutFinals")} ${model.count(e.cut.finals)})` : ""}` : null],
      ["joint", e.joint ? this.say("jointLong") : null],
      ["meanLoss", e.loss === null ? null : model.percent(e.loss)],
      ["allLoss", e.all === null ? null : model.percent(e.all)],
      ["importanceShort", e.importance === null ? null : model.percent(e.importance)],
      ["suppliers", e.ties === null ? null : this.tied(e.ties.suppliers)],
      ["customers", e.ties === null ? null : this.tied(e.ties.customers)],
      ["rank", e.rank === null ? null : `${e.rank} / ${model.count(model.doc.chain.enterprises)}`],
    ]);
    this.why(body, index);
    if (e.cut) this.things(body, "cutWhom", e.cut.whom.map((other) => ({ kind: "enterprise", index: other })));
    this.problems(body, "problemsHere", model.problemsFor(index), state);
    this.things(
      body,
      "hitBy",
      model.hitBy[index]!.slice(0, 20).map(([p]) => ({ kind: "problem", index: p })),
      (thing) => this.loss(model.hitBy[index]!.find(([p]) => p === thing.index)![1]),
      (thing) => this.stars(thing.index),
    );
    const partner = (of: { index: number; link: number }[]): Thing[] => of.map(({ link }) => ({ kind: "link", index: link }));
    this.links(body, "suppliers", partner(model.suppliers[index]!), 0);
    this.links(body, "customers", partner(model.customers[index]!), 1);
  }

  /// "12 (9 not carried)"
  private tied([partners, elsewhere]: Ties): string {
    const left = elsewhere.reduce((sum, [, count]) => sum + count, 0);
    if (left === 0) return this.model.count(partners);
    const note = this.model.language === "zh" ? `（${this.model.count(left)} 家不在本页）` : ` (${this.model.count(left)} not on this page)`;
    return this.model.count(partners) + note;
  }

  private links(body: HTMLElement, word: Word, links: readonly Thing[], end: 0 | 1): void {
    if (links.length === 0) return;
    const { model } = this;
    const section = this.section(body, word, links.length);
    const list = h("ul", { class: "cq-lines" });
    const most = 60;
    for (const thing of links.slice(0, most)) {
      const link = model.link(thing.index);
      const detail = [model.product(link[4]), this.say(link[3] === 1 ? "documented" : "inferred"), link[2] === null ? "" : this.model.percent(link[2])].filter(Boolean).join(" · ");
      const partner: Thing = { kind: "enterprise", index: link[end] };
      const label = `${this.say("showLink")}: ${this.model.name(thing)}`;
      list.append(
        h(
          "li",
          { class: "cq-tied" },
          h("button", { type: "button", class: "cq-line", onclick: () => this.events.go(partner) }, h("span", { class: "cq-line-name", dir: "auto" }, this.model.enterpriseName(link[end]), h("small", {}, detail))),
          h("button", { type: "button", class: "cq-to-link", "data-thing": `link-${thing.index}`, "aria-label": label, title: label, onclick: () => this.events.go(thing) }, icon(signs.link, "none", "currentColor")),
        ),
      );
    }
    section.append(list);
    if (links.length > most) section.append(h("p", { class: "cq-quiet" }, `${this.say("more")} ${this.model.count(links.length - most)} ${this.say("moreUnit")}`));
  }

  private why(body: HTMLElement, index: number): void {
    const at = this.model.whyOf.get(index);
    if (at === undefined) return;
    const why = this.model.doc.why[at]!;
    const section = this.section(body, "why");
    section.append(h("p", { dir: "auto" }, this.model.text(why.sentence)));
    if (why.sources.length > 0) {
      const list = h("ul", { class: "cq-lines" });
      // A loss that is capped owes nothing to sources without which it would be the same.
      const sources = why.sources.filter(([, share]) => share > 0);
      for (const [source, share] of sources.slice(0, 6)) {
        const line = this.line({ kind: "enterprise", index: source }, h("span", { class: "cq-tile tint" }, this.model.percent(share)));
        list.append(line);
      }
      section.append(h("h4", {}, this.say("sources")), list);
      if (sources.length < why.sources.length && sources.some(([source, share]) => source === index && share >= 0.995)) section.append(h("p", { class: "cq-quiet" }, this.say("capped")));
    }
    const paths = why.paths.filter((path) => path.enterprises.length > 1);
    if (paths.length === 0) return;
    const list = h("ol", { class: "cq-paths" });
    for (const path of paths) {
      const names = path.enterprises.map((e) => this.model.enterpriseName(e)).join(" → ");
      list.append(
        h("li", {}, h("button", { type: "button", class: "cq-line", onclick: () => this.events.path(path.enterprises) }, h("span", { class: "cq-line-name", dir: "auto" }, names, h("small", {}, this.say("showPath"))), this.loss(path.loss))),
      );
    }
    section.append(h("h4", {}, this.say("paths")), list);
  }

  private segment(body: HTMLElement, index: number, state: State): void {
    const { model } = this;
    const segment = model.segment(index);
    this.title(body, `${model.stage(segment.stage)} · ${this.say("segment")}`, model.segmentName(index));
    if (!(state.view.level === "segment" && state.view.index === index)) body.append(h("p", { class: "cq-actions" }, this.button("open", () => this.events.open({ kind: "segment", index }), true)));
    this.facts(body, [
      ["industry", model.industry(index)],
      ["enterprises", model.count(segment.enterprises)],
      ["home", segment.home > 0 ? model.count(segment.home) : null],
      ["outside", segment.outside > 0 ? model.count(segment.outside) : null],
      ["owner", segment.owners > 0 ? model.count(segment.owners) : null],
      ["leader", segment.leaders > 0 ? model.count(segment.leaders) : null],
      ["cut", segment.cut_points ? model.count(segment.cut_points) : null],
      ["joint", segment.joints ? model.count(segment.joints) : null],
      ["soleMark", segment.sole ? model.count(segment.sole) : null],
      ["region", model.language === "zh" ? model.list(segment.regions) : segment.regions_en],
      ["meanLoss", segment.loss === null ? null : model.percent(segment.loss)],
    ]);
    const carried = model.carriedOf(index);
    if (carried) body.append(h("p", { class: "cq-left-out" }, carried));
    if (segment.note && model.language === "zh") body.append(h("p", { class: "cq-quiet", dir: "auto" }, segment.note));
    this.problems(body, "problems", model.byGrade(model.problemsOf[index]!), state);
    this.things(
      body,
      "enterprises",
      [...model.members[index]!].sort((a, b) => (model.enterprise(b).loss ?? 0) - (model.enterprise(a).loss ?? 0)).map((e) => ({ kind: "enterprise", index: e })),
      (thing) => (model.doc.chain.assessed ? this.loss(model.enterprise(thing.index).loss) : null),
    );
    this.things(body, "guests", model.guests[index]!.map((e) => ({ kind: "enterprise", index: e })));
    this.things(body, "institutions", model.institutionsOf[index]!.map((i) => ({ kind: "institution", index: i })));
  }

  private stage(body: HTMLElement, index: number, state: State): void {
    const { model } = this;
    this.title(body, this.say("stage"), model.stage(index));
    if (!(state.view.level === "stage" && state.view.index === index)) body.append(h("p", { class: "cq-actions" }, this.button("open", () => this.events.open({ kind: "stage", index }), true)));
    const segments = model.doc.segments.flatMap((s, k) => (s.stage === index && s.enterprises > 0 ? [k] : []));
    this.things(
      body,
      "segments",
      segments.map((k) => ({ kind: "segment", index: k })),
      (thing) => h("span", { class: "cq-count" }, model.count(model.segment(thing.index).enterprises)),
    );
    this.problems(body, "problems", model.byGrade(model.problemsOfStage[index]!), state);
  }

  private problem(body: HTMLElement, index: number): void {
    const { model } = this;
    const p = model.problem(index);
    const badge = h("p", { class: "cq-chips" }, this.stars(index), h("span", { class: "cq-chip" }, model.word("category", p.category)), h("span", { class: "cq-chip" }, model.word("status", p.status)));
    this.title(body, `${this.say("problem")} ${p.number}`, model.problemName(index), badge);
    const description = model.text(p.description);
    if (description && description !== model.problemName(index)) body.append(h("p", { dir: "auto" }, description));
    if (p.placed && p.placed.length > 0) body.append(h("p", { class: "cq-actions" }, this.button("follow", () => this.events.follow(index), true)));
    if (p.why_not) body.append(h("p", { class: "cq-quiet" }, model.text(p.why_not)));
    this.facts(body, [
      ["stage", model.stage(p.stage)],
      ["segments", model.list(p.segments.map((s) => model.segmentName(s)))],
      ["products", model.products(p)],
      ["total", p.total],
      ["declared", p.declared === 0 ? null : model.stars(p.declared)],
      ["suggested", p.suggested ? String(p.suggested) : null],
      ["common", p.common ? "✓" : null],
      ["scope", p.scope],
      ["technicalCauses", p.technical_causes],
      ["managerialCauses", p.managerial_causes],
      ["ideas", p.ideas],
    ]);
    if (p.impact) {
      const section = this.section(body, "impactOn");
      const rows: [Word, number][] = [
        ["ownSegment", p.impact.own_segment],
        ["downstreamSegments", p.impact.downstream_segments],
        ["finalProducts", p.impact.final_products],
        ["wholeChainImpact", p.impact.whole_chain],
      ];
      for (const [word, share] of rows) section.append(this.bar(this.say(word), share));
    }
    if (p.aspects && p.aspects.some((share) => share > 0)) {
      const section = this.section(body, "aspects");
      Object.keys(model.doc.words["aspect"] ?? {}).forEach((key, k) => section.append(this.bar(model.word("aspect", key), p.aspects![k] ?? 0)));
    }
    this.things(body, "projects", model.projectsOf[index]!.map((i) => ({ kind: "project", index: i })));
    this.things(body, "results", model.resultsOfProblem[index]!.map((i) => ({ kind: "result", index: i })));
    this.things(body, "related", p.related.map((i) => ({ kind: "problem", index: i })), undefined, (thing) => this.stars(thing.index));
    const hit = (p.hit ?? []).slice(0, 20);
    this.things(
      body,
      "hitHardest",
      hit.map(([e]) => ({ kind: "enterprise", index: e })),
      (thing) => this.loss(hit.find(([e]) => e === thing.index)![1]),
    );
  }

  private bar(name: string, share: number): HTMLElement {
    const fill = h("span", { class: "cq-bar-fill" });
    fill.style.width = `${Math.round(Math.min(1, share) * 1000) / 10}%`;
    return h("div", { class: "cq-bar" }, h("span", { class: "cq-bar-name" }, name), h("span", { class: "cq-bar-room" }, fill), h("span", { class: "cq-bar-figure" }, this.model.percent(share)));
  }

  private project(body: HTMLElement, index: number): void {
    const { model } = this;
    const p = model.doc.projects[index]!;
    this.title(body, `${this.say("project")} ${p.number}`, model.text(p.name), h("p", { class: "cq-chips" }, h("span", { class: "cq-chip" }, model.word("project_kind", p.kind)), h("span", { class: "cq-chip" }, model.word("project_status", p.status))));
    if (model.text(p.problem)) body.append(h("p", { dir: "auto" }, model.text(p.problem)));
    this.facts(body, [
      ["lead", model.unit(p.lead)],
      ["participants", model.list(p.participants.map((unit) => model.unit(unit)))],
      ["period", [p.start, p.end].filter(Boolean).join(" – ")],
      ["budget", p.budget],
      ["expected", model.text(p.expected)],
    ]);
    this.problems(body, "solves", p.problems, null);
    if (p.milestones.length > 0) {
      const section = this.section(body, "milestones", p.milestones.length);
      for (const step of p.milestones) section.append(h("p", { dir: "auto" }, `${step.due}  ${model.text(step.name)}${step.done ? `  (${this.say("done")} ${step.done})` : ""}`));
    }
    this.things(body, "results", model.resultsOfProject[index]!.map((i) => ({ kind: "result", index: i })));
  }

  private result(body: HTMLElement, index: number): void {
    const { model } = this;
    const r = model.doc.results[index]!;
    const chips = [model.word("result_kind", r.kind), resultState(r.status, model.language), model.word("level", r.level), model.word("terms", r.terms)];
    this.title(body, `${this.say("result")} ${r.number}`, model.text(r.name), h("p", { class: "cq-chips" }, ...chips.map((chip) => h("span", { class: "cq-chip" }, chip))));
    if (r.summary) body.append(h("p", { dir: "auto" }, r.summary));
    if (r.project !== null) this.things(body, "projects", [{ kind: "project", index: r.project }]);
    this.problems(body, "solves", r.problems, null);
  }

  private institution(body: HTMLElement, index: number): void {
    const { model } = this;
    const i = model.doc.institutions[index]!;
    const chips = [i.cma ? "CMA" : "", i.cnas ? "CNAS" : ""].filter(Boolean);
    this.title(body, this.say("institution"), model.text(i.name), chips.length > 0 ? h("p", { class: "cq-chips" }, ...chips.map((chip) => h("span", { class: "cq-chip" }, chip))) : null);
    this.facts(body, [
      ["region", model.text(i.region)],
      ["products", model.products(i)],
      ["services", model.list([...i.parameters, ...i.methods])],
    ]);
    this.things(body, "served", i.segments.map((s) => ({ kind: "segment", index: s })));
  }

  private link(body: HTMLElement, index: number): void {
    const { model } = this;
    const [from, to, dependency, documented, product] = model.link(index);
    this.title(body, this.say(documented === 1 ? "documentedLink" : "inferredLink"), model.name({ kind: "link", index }));
    this.facts(body, [
      ["products", model.product(product)],
      ["dependency", dependency === null ? null : model.percent(dependency)],
    ]);
    this.things(body, "suppliers", [{ kind: "enterprise", index: from }]);
    this.things(body, "customers", [{ kind: "enterprise", index: to }]);
  }
}
