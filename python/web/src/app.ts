// Joins the parts: what the reader does changes the state, and the state is shown.
import { arrange } from "./arrange";
import { Canvas } from "./canvas";
import type { Drawing } from "./drawing";
import { h, icon, signs } from "./dom";
import { csvOf, svgOf } from "./export";
import { Model } from "./model";
import { Panel } from "./panel";
import { searchBox } from "./search";
import { Sidebar } from "./sidebar";
import { followed, noFilters, type State, type View } from "./state";
import type { MapDocument, Thing } from "./types";
import { say, type Word } from "./words";

const sameView = (a: View, b: View): boolean => a.level === b.level && (a.level === "chain" || b.level === "chain" || a.index === b.index);

export class App {
  readonly model: Model;
  readonly state: State;
  private drawing!: Drawing;
  private canvas!: Canvas;
  private sidebar!: Sidebar;
  private panel!: Panel;
  private readonly shell: HTMLElement;
  private readonly live = h("div", { class: "cq-hidden", role: "status", "aria-live": "polite" });
  private crumbs!: HTMLElement;
  private player!: HTMLElement;
  private timer = 0;
  private readonly ended = new AbortController();
  private sheet: "map" | "side" | "panel" = "map";

  constructor(
    private readonly root: HTMLElement,
    doc: MapDocument,
    private readonly chosen: (thing: Thing | null) => void = () => undefined,
  ) {
    this.model = new Model(doc);
    this.state = {
      view: { level: "chain" },
      selected: null,
      layer: doc.difference !== null ? "changes" : doc.chain.assessed ? "impact" : doc.problems.length > 0 ? "problems" : doc.enterprises.some((e) => e.importance !== null) ? "importance" : "plain",
      show: { documented: true, inferred: true, institutions: true, weak: true, sole: true },
      filters: noFilters(),
      follow: null,
      path: null,
    };
    this.shell = h("div", { class: "cq-map" });
    root.append(this.shell);
    this.build();
    window.addEventListener("keydown", (event) => this.key(event), { signal: this.ended.signal });
    let narrow = this.narrow();
    const observer = new ResizeObserver(() => {
      this.canvas.resized();
      if (narrow === this.narrow()) return;
      narrow = this.narrow();
      this.render(true);
    });
    observer.observe(this.shell);
    this.ended.signal.addEventListener("abort", () => observer.disconnect());
  }

  /// Chooses a thing from outside, and goes where it is drawn; nothing: chooses none.
  select(thing: Thing | null): void {
    if (thing === null) this.choose(null);
    else this.go(thing);
  }

  /// Lets go of the page.
  end(): void {
    this.halt();
    this.ended.abort();
    this.root.replaceChildren();
  }

  private say(word: Word): string {
    return say(word, this.model.language);
  }

  private narrow(): boolean {
    return this.shell.clientWidth > 0 && this.shell.clientWidth <= 820;
  }

  // The frame, built anew when the language changes.

  private build(): void {
    const { model } = this;
    if (this.root.ownerDocument.body === this.root.parentElement) {
      document.documentElement.lang = model.language === "zh" ? "zh-CN" : "en";
      document.title = model.text(model.doc.chain.title);
    }
    this.shell.lang = model.language === "zh" ? "zh-CN" : "en";
    const side = h("aside", { class: "cq-side", id: "cq-side", "aria-label": `${this.say("layers")}, ${this.say("filters")}`, tabindex: 0 });
    const panel = h("aside", { class: "cq-panel", id: "cq-panel", "aria-label": this.say("details"), tabindex: 0 });
    const stage = h("div", { class: "cq-canvas", id: "cq-canvas" });
    this.crumbs = h("nav", { class: "cq-crumbs", "aria-label": this.say("path") });
    this.player = h("div", { class: "cq-player", role: "group" });
    const main = h("main", { class: "cq-main" }, this.crumbs, stage, this.player, this.zoomButtons());
    this.shell.replaceChildren(
      h("a", { class: "cq-skip", href: "#cq-canvas", onclick: (event) => this.skip(event) }, this.say("skip")),
      this.header(),
      h("div", { class: "cq-body" }, side, main, panel),
      this.tabs(),
      this.live,
    );
    this.canvas = new Canvas(stage, {
      choose: (thing, box) => {
        this.choose(thing);
        if (thing && box?.shape !== "lane" && thing.kind !== "stage") this.raise("panel", false);
      },
      open: (thing) => this.open(thing),
      links: (enterprise, by) => this.nextLink(enterprise, by),
    });
    this.sidebar = new Sidebar(side, model, (refit) => this.render(refit));
    this.panel = new Panel(panel, model, {
      go: (thing) => this.go(thing),
      open: (thing) => this.open(thing),
      follow: (problem) => this.follow(problem),
      path: (enterprises) => this.path(enterprises),
    });
    this.raise(this.sheet, false);
    this.render(true);
    this.sidebar.show(this.state);
    this.panel.show(this.state);
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.canvas.focus();
  }

  private header(): HTMLElement {
    const { model } = this;
    const { chain } = model.doc;
    const date = [chain.date ? `${this.say("date")} ${chain.date}` : "", chain.version ? `${this.say("version")} ${chain.version}` : ""].filter(Boolean).join("  ");
    const menu = h(
      "details",
      { class: "cq-menu" },
      h("summary", { "aria-label": this.say("export") }, icon(signs.download, "none", "currentColor"), h("span", { class: "cq-wide" }, this.say("export"))),
      h(
        "div",
        { class: "cq-menu-list" },
        h("button", { type: "button", id: "cq-export-svg", onclick: () => this.save("svg") }, this.say("exportSvg")),
        h("button", { type: "button", id: "cq-export-csv", onclick: () => this.save("csv") }, this.say("exportCsv")),
      ),
    );
    const help = h(
      "details",
      { class: "cq-menu cq-help" },
      h("summary", { "aria-label": this.say("help"), title: this.say("help") }, "?"),
      h("div", { class: "cq-menu-list" }, ...this.say("helpText").split("\n").map((line) => h("p", {}, line))),
    );
    return h(
      "header",
      { class: "cq-header" },
      h("div", { class: "cq-brand" }, h("h1", { dir: "auto" }, model.text(chain.title)), h("p", { dir: "auto" }, date)),
      searchBox(model, (thing) => this.go(thing), () => this.canvas.focus()),
      menu,
      help,
      h("button", { type: "button", class: "cq-language", id: "cq-language", lang: model.language === "zh" ? "en" : "zh-CN", onclick: () => this.switchLanguage() }, this.say("language")),
    );
  }

  private zoomButtons(): HTMLElement {
    const button = (word: Word, sign: string, act: () => void): HTMLElement => h("button", { type: "button", "aria-label": this.say(word), title: this.say(word), onclick: act }, icon(sign, "none", "currentColor"));
    return h(
      "div",
      { class: "cq-zoom", role: "group", "aria-label": this.say("map") },
      button("zoomIn", signs.plus, () => this.canvas.zoomBy(1.25)),
      button("zoomOut", signs.minus, () => this.canvas.zoomBy(0.8)),
      button("fit", signs.fit, () => this.canvas.fit()),
    );
  }

  /// On a narrow screen one of map, filters and details is in front.
  private tabs(): HTMLElement {
    const tab = (sheet: "map" | "side" | "panel", word: Word): HTMLElement => h("button", { type: "button", "data-sheet": sheet, "aria-pressed": "false", onclick: () => this.raise(sheet, true) }, this.say(word));
    return h("nav", { class: "cq-tabs", "aria-label": `${this.say("map")}, ${this.say("filters")}, ${this.say("details")}` }, tab("map", "map"), tab("side", "filters"), tab("panel", "details"));
  }

  private raise(sheet: "map" | "side" | "panel", focus: boolean): void {
    this.sheet = sheet;
    this.shell.dataset["sheet"] = sheet;
    for (const tab of this.shell.querySelectorAll<HTMLElement>(".cq-tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset["sheet"] === sheet));
    if (focus && sheet === "map") this.canvas.resized();
  }

  // What is shown

  private render(refit: boolean): void {
    this.drawing = arrange(this.model, this.state, this.narrow());
    this.showCrumbs();
    this.showPlayer();
    this.canvas.show(this.drawing, this.state.selected, refit, this.state.follow ? this.player.offsetHeight + 14 : 0, this.where(), this.state.follow !== null || this.state.path !== null);
    this.sidebar.show(this.state);
    if (this.state.selected === null) this.panel.show(this.state);
  }

  /// The view in words: where in the chain, how many enterprises.
  private where(): string {
    const { drawing, model } = this;
    const parts = [this.trail().map((step) => step.title).join(" › "), `${model.count(drawing.enterprises.length)} ${this.say("enterprisesUnit")}`];
    if (drawing.notDrawn > 0) parts.push(`${this.say("more")} ${model.count(drawing.notDrawn)} ${this.say("notDrawn")}`);
    return parts.join("  ·  ");
  }

  /// What stands under the title of an exported picture.
  private caption(): string {
    const { chain, version } = this.model.doc;
    const parts = [this.where()];
    if (chain.date) parts.push(`${this.say("date")} ${chain.date}`);
    if (chain.version) parts.push(`${this.say("version")} ${chain.version}`);
    parts.push(version.hash.slice(0, 8));
    return parts.join("  ·  ");
  }

  private trail(): { title: string; view: View }[] {
    const { model, state } = this;
    const trail: { title: string; view: View }[] = [{ title: this.say("wholeChain"), view: { level: "chain" } }];
    const { view } = state;
    if (view.level === "chain") return trail;
    const segment = view.level === "segment" ? view.index : view.level === "enterprise" ? model.enterprise(view.index).segment : null;
    const stage = segment === null ? view.index : model.segment(segment).stage;
    trail.push({ title: model.stage(stage), view: { level: "stage", index: stage } });
    if (segment !== null) trail.push({ title: model.segmentName(segment), view: { level: "segment", index: segment } });
    if (view.level === "enterprise") trail.push({ title: model.enterpriseName(view.index), view });
    return trail;
  }

  private showCrumbs(): void {
    const trail = this.trail();
    const list = h("ol");
    trail.forEach((step, k) => {
      const last = k === trail.length - 1;
      list.append(h("li", {}, last ? h("span", { "aria-current": "location", dir: "auto" }, step.title) : h("button", { type: "button", dir: "auto", onclick: () => this.enter(step.view) }, step.title)));
    });
    const parts: Node[] = [list];
    if (trail.length > 1) {
      const up = trail[trail.length - 2]!.view;
      parts.unshift(h("button", { type: "button", class: "cq-up", "aria-label": this.say("back"), title: this.say("back"), onclick: () => this.enter(up) }, icon(signs.up, "none", "currentColor")));
    }
    if (this.state.path) parts.push(h("button", { type: "button", class: "cq-button", onclick: () => this.endPath() }, this.say("clearPath")));
    this.crumbs.replaceChildren(...parts);
  }

  private showPlayer(): void {
    const { follow } = this.state;
    this.player.hidden = follow === null;
    if (follow === null) {
      this.player.replaceChildren();
      return;
    }
    const { model } = this;
    const focused = this.player.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["act"] : undefined;
    const button = (act: string, word: Word, sign: string, run: () => void, off: boolean, fill = false): HTMLButtonElement => {
      const made = h("button", { type: "button", "data-act": act, "aria-label": this.say(word), title: this.say(word), onclick: run }, fill ? icon(sign) : icon(sign, "none", "currentColor"));
      made.disabled = off;
      return made;
    };
    const reached = [...follow.steps.values()].filter((step) => step <= follow.step).length;
    const where = follow.step === 0 ? this.say("origin") : model.language === "zh" ? `第 ${follow.step} 步` : `Step ${follow.step}`;
    const dots = h("div", { class: "cq-dots", "aria-hidden": "true" }, ...Array.from({ length: Math.min(follow.last + 1, 24) }, (_, k) => h("span", { class: k <= follow.step ? "on" : "" })));
    this.player.setAttribute("aria-label", this.say("follow"));
    this.player.replaceChildren(
      h("div", { class: "cq-player-words" }, h("strong", { dir: "auto" }, model.problemName(follow.problem)), h("span", {}, `${where} / ${follow.last} · ${model.count(reached)} ${this.say("reached")}`), h("small", {}, this.say("stepNote"))),
      h(
        "div",
        { class: "cq-player-buttons" },
        button("previous", "previous", signs.previous, () => this.step(-1), follow.step === 0),
        button("play", this.timer ? "pause" : "play", this.timer ? signs.pause : signs.play, () => this.play(), false, true),
        button("next", "next", signs.next, () => this.step(1), follow.step === follow.last),
        dots,
        button("stop", "stopFollow", signs.close, () => this.stop(), false),
      ),
    );
    if (focused) this.player.querySelector<HTMLElement>(`[data-act="${focused}"]`)?.focus();
  }

  // What the reader does

  private choose(thing: Thing | null): void {
    const focus = this.canvas.root.contains(document.activeElement);
    this.state.selected = thing;
    if (this.drawing.bundled) this.render(false);
    else this.canvas.select(thing);
    if (focus) this.canvas.focus();
    this.panel.show(this.state);
    if (thing) this.live.textContent = this.model.name(thing);
    this.chosen(thing);
  }

  /// Chooses a thing that may not be in view: goes where it is drawn.
  private go(thing: Thing): void {
    const drawn = this.drawing.boxes.some((box) => box.thing?.kind === thing.kind && box.thing.index === thing.index && box.shape !== "note");
    if (!drawn && thing.kind === "enterprise") {
      const { segment } = this.model.enterprise(thing.index);
      this.state.view = { level: "segment", index: segment };
      this.state.selected = thing;
      this.render(true);
      // A full or filtered segment may still leave it out.
      if (!this.drawing.enterprises.includes(thing.index)) this.enter({ level: "enterprise", index: thing.index });
    } else if (!drawn && thing.kind === "segment") {
      this.state.view = { level: "segment", index: thing.index };
      this.render(true);
    } else if (thing.kind === "link") {
      const [from, to] = this.model.link(thing.index);
      const here = (end: number): boolean => this.drawing.enterprises.includes(end);
      if (!here(from) || !here(to)) {
        this.state.view = { level: "enterprise", index: to };
        this.state.selected = thing;
        this.render(true);
      }
    }
    this.choose(thing);
    this.raise("panel", false);
  }

  /// From link to link of one enterprise: suppliers first, round and round.
  private nextLink(enterprise: number, by: 1 | -1): void {
    const { model, state } = this;
    const links = [...model.suppliers[enterprise]!, ...model.customers[enterprise]!].map(({ link }) => link);
    if (links.length === 0) return;
    const at = state.selected?.kind === "link" ? links.indexOf(state.selected.index) : -1;
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : (at + by + links.length) % links.length;
    this.choose({ kind: "link", index: links[next]! });
  }

  private open(thing: Thing): void {
    if (thing.kind === "problem") {
      if ((this.model.problem(thing.index).placed?.length ?? 0) > 0) this.follow(thing.index);
      else this.choose(thing);
      return;
    }
    if (thing.kind !== "stage" && thing.kind !== "segment" && thing.kind !== "enterprise") {
      this.choose(thing);
      return;
    }
    this.enter({ level: thing.kind, index: thing.index });
  }

  private enter(view: View): void {
    if (sameView(view, this.state.view)) return;
    const focus = this.canvas.root.contains(document.activeElement);
    this.state.view = view;
    this.state.selected = view.level === "chain" ? null : { kind: view.level, index: view.index };
    this.render(true);
    this.panel.show(this.state);
    this.raise("map", false);
    this.live.textContent = this.where();
    this.chosen(this.state.selected);
    if (focus) this.canvas.focus();
  }

  private back(): void {
    if (this.state.path) this.endPath();
    else if (this.state.follow) this.stop();
    else {
      const trail = this.trail();
      if (trail.length > 1) this.enter(trail[trail.length - 2]!.view);
      else this.choose(null);
    }
  }

  private follow(problem: number): void {
    this.halt();
    this.state.path = null;
    this.state.follow = followed(this.model, problem);
    this.state.view = { level: "chain" };
    this.state.selected = { kind: "problem", index: problem };
    this.raise("map", false);
    this.render(true);
    this.panel.show(this.state);
    this.told();
  }

  private told(): void {
    const { follow } = this.state;
    if (!follow) return;
    const reached = [...follow.steps.values()].filter((step) => step <= follow.step).length;
    this.live.textContent = `${this.say("step")} ${follow.step}${this.model.language === "zh" ? "步" : ""}: ${reached} ${this.say("reached")}`;
  }

  private step(by: number): void {
    const { follow } = this.state;
    if (!follow) return;
    follow.step = Math.min(follow.last, Math.max(0, follow.step + by));
    if (follow.step === follow.last) this.halt();
    this.render(false);
    this.told();
  }

  private play(): void {
    const { follow } = this.state;
    if (!follow) return;
    if (this.timer) {
      this.halt();
      this.showPlayer();
      return;
    }
    if (follow.step === follow.last) follow.step = 0;
    this.timer = window.setInterval(() => this.step(1), 1100);
    this.render(false);
  }

  private halt(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
  }

  private stop(): void {
    this.halt();
    this.state.follow = null;
    this.render(false);
  }

  private path(enterprises: number[]): void {
    this.halt();
    this.state.follow = null;
    this.state.path = enterprises;
    this.state.view = { level: "chain" };
    this.raise("map", false);
    this.render(true);
  }

  private endPath(): void {
    this.state.path = null;
    this.render(false);
  }

  private switchLanguage(): void {
    this.halt();
    this.model.language = this.model.language === "zh" ? "en" : "zh";
    this.build();
    this.shell.querySelector<HTMLElement>("#cq-language")?.focus();
  }

  private save(kind: "svg" | "csv"): void {
    const text = kind === "svg" ? svgOf(this.drawing, this.model, this.state, this.caption()) : csvOf(this.drawing, this.model, this.state);
    const url = URL.createObjectURL(new Blob([text], { type: kind === "svg" ? "image/svg+xml" : "text/csv;charset=utf-8" }));
    const link = h("a", { href: url, download: `quality-map.${kind}` });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.shell.querySelector(".cq-menu[open]")?.removeAttribute("open");
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement | null;
    if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target !== document.body && !this.shell.contains(target)) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    const acts: Record<string, () => void> = {
      "/": () => this.shell.querySelector<HTMLElement>("#cq-search")?.focus(),
      "+": () => this.canvas.zoomBy(1.25),
      "=": () => this.canvas.zoomBy(1.25),
      "-": () => this.canvas.zoomBy(0.8),
      "0": () => this.canvas.fit(),
      "[": () => this.step(-1),
      "]": () => this.step(1),
      Escape: () => this.back(),
      Backspace: () => this.back(),
      l: () => this.switchLanguage(),
      L: () => this.switchLanguage(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
