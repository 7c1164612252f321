// Layers and filters.
import { changeSign } from "./drawing";
import { h, icon, signs } from "./dom";
import { stageKeys, type Model } from "./model";
import { anyFilter, isWeak, noFilters, type Layer, type State, type Weakness } from "./state";
import { say, type Word } from "./words";

export class Sidebar {
  constructor(
    private readonly root: HTMLElement,
    private readonly model: Model,
    private readonly changed: (refit: boolean) => void,
  ) {}

  show(state: State): void {
    // A control that had the focus keeps it over the rebuilding.
    const active = document.activeElement instanceof HTMLElement && this.root.contains(document.activeElement) ? document.activeElement.id : "";
    const scrolled = this.root.scrollTop;
    this.root.replaceChildren(this.layers(state), this.filters(state), this.legend());
    this.root.scrollTop = scrolled;
    if (active) this.root.ownerDocument.getElementById(active)?.focus();
  }

  private say(word: Word): string {
    return say(word, this.model.language);
  }

  private group(legend: Word, ...controls: Node[]): HTMLElement {
    return h("fieldset", {}, h("legend", {}, this.say(legend)), ...controls);
  }

  private check(id: string, label: string, on: boolean, act: (on: boolean) => void, sign: Node | null = null): HTMLElement {
    const box = h("input", { type: "checkbox", id, onchange: (event) => act((event.target as HTMLInputElement).checked) });
    box.checked = on;
    return h("label", { class: "cq-check", for: id }, box, sign, h("span", {}, label));
  }

  private layers(state: State): HTMLElement {
    const { chain, problems } = this.model.doc;
    const names: [Layer, Word, boolean][] = [
      ["changes", "changes", this.model.doc.difference !== null],
      ["impact", "impact", chain.assessed],
      ["problems", "problems", problems.length > 0],
      ["importance", "importance", this.model.doc.enterprises.some((e) => e.importance !== null)],
      ["plain", "plain", true],
    ];
    const radios = names
      .filter(([, , has]) => has)
      .map(([layer, word]) => {
        const id = `cq-layer-${layer}`;
        const radio = h("input", {
          type: "radio",
          name: "cq-layer",
          id,
          onchange: () => {
            state.layer = layer;
            this.changed(false);
          },
        });
        radio.checked = state.layer === layer;
        return h("label", { class: "cq-check", for: id }, radio, h("span", {}, this.say(word)));
      });
    const toggles = (["documented", "inferred", "institutions", ...(this.weakly() ? (["weak"] as const) : []), "sole"] as const).map((name) =>
      this.check(`cq-show-${name}`, this.say(name === "sole" ? "soleMarks" : name === "weak" ? "weakMarks" : name), state.show[name], (on) => {
        state.show[name] = on;
        this.changed(false);
      }),
    );
    return h("section", { class: "cq-group", "aria-label": this.say("layers") }, h("h2", {}, this.say("layers")), this.group("colour", ...radios), h("div", { class: "cq-toggles" }, ...toggles));
  }

  /// Whether the page knows where the chain breaks: a sketch does not.
  private weakly(): boolean {
    return this.model.doc.enterprises.some((e) => isWeak(e, "cut") || isWeak(e, "joint"));
  }

  private set<T>(id: string, legend: Word, chosen: Set<T>, values: readonly (readonly [T, string, Node | null])[]): HTMLElement {
    return this.group(
      legend,
      ...values.map(([value, label, sign], k) =>
        this.check(
          `cq-${id}-${k}`,
          label,
          chosen.has(value),
          (on) => {
            if (on) chosen.add(value);
            else chosen.delete(value);
            this.changed(true);
          },
          sign,
        ),
      ),
    );
  }

  private names(group: string): [string, string, null][] {
    return Object.keys(this.model.doc.words[group] ?? {}).map((key) => [key, this.model.word(group, key), null]);
  }

  private filters(state: State): HTMLElement {
    const { model } = this;
    const { filters } = state;
    const section = h("section", { class: "cq-group", "aria-label": this.say("filters") }, h("h2", {}, this.say("filters")));
    const clear = h("button", {
      type: "button",
      class: "cq-button",
      id: "cq-clear",
      onclick: () => {
        state.filters = noFilters();
        this.changed(true);
      },
    }, this.say("clear"));
    clear.disabled = !anyFilter(filters);
    section.append(clear);
    section.append(this.set("stage", "stage", filters.stages, stageKeys.map((_, k) => [k, model.stage(k), null] as const)));
    const sign = (place: "home" | "outside" | "unknown"): Node => h("span", { class: `cq-place ${place}` }, icon(signs[place]));
    if (model.doc.enterprises.some((e) => e.place !== "unknown")) section.append(
      this.set("place", "place", filters.places, (["home", "outside", "unknown"] as const).filter((place) => model.doc.enterprises.some((e) => e.place === place)).map((place) => [place, this.say(place), sign(place)] as const)),
    );
    section.append(this.region(state));
    if (model.doc.enterprises.some((e) => e.ladder !== "unstated")) section.append(this.set("ladder", "ladder", filters.ladders, this.names("ladder").filter(([key]) => model.doc.enterprises.some((e) => e.ladder === key))));
    if (model.doc.enterprises.some((e) => e.size !== "unstated")) section.append(this.set("size", "size", filters.sizes, this.names("size").filter(([key]) => model.doc.enterprises.some((e) => e.size === key))));
    const ways = ([["cut", "cut", signs.cut], ["joint", "joint", signs.joint], ["sole", "soleMark", signs.sole]] as const).filter(([how]) => model.doc.enterprises.some((e) => isWeak(e, how)));
    if (ways.length > 0) section.append(this.set<Weakness>("weak", "weakness", filters.weak, ways.map(([how, word, path]) => [how, this.say(word), h("span", { class: `cq-${how}` }, how === "sole" ? icon(path, "none", "currentColor") : icon(path))] as const)));
    if (model.doc.problems.length > 0) {
      section.append(this.set("stars", "stars", filters.stars, [3, 2, 1, 0].map((stars) => [stars, stars === 0 ? this.say("ungraded") : model.stars(stars), null] as const)));
      section.append(this.set("category", "category", filters.categories, this.names("category").filter(([key]) => model.doc.problems.some((p) => p.category === key))));
      section.append(this.set("status", "status", filters.statuses, this.names("status").filter(([key]) => model.doc.problems.some((p) => p.status === key))));
    }
    if (model.doc.chain.assessed) section.append(this.threshold(state));
    return section;
  }

  private region(state: State): HTMLElement {
    const regions = new Map<string, string>();
    for (const e of this.model.doc.enterprises) if (e.region.zh) regions.set(e.region.zh, this.model.text(e.region));
    const select = h(
      "select",
      {
        id: "cq-region",
        onchange: (event) => {
          state.filters.region = (event.target as HTMLSelectElement).value;
          this.changed(true);
        },
      },
      h("option", { value: "" }, this.say("anyRegion")),
      ...[...regions].sort((a, b) => (a[1] < b[1] ? -1 : 1)).map(([key, name]) => h("option", { value: key }, name)),
    );
    select.value = state.filters.region;
    return h("div", { class: "cq-field" }, h("label", { for: "cq-region" }, this.say("region")), select);
  }

  private threshold(state: State): HTMLElement {
    const most = Math.max(0.05, ...this.model.doc.enterprises.map((e) => e.loss ?? 0));
    const figure = h("output", { for: "cq-threshold" }, this.model.percent(state.filters.threshold));
    const slider = h("input", {
      type: "range",
      id: "cq-threshold",
      min: 0,
      max: Math.ceil(most * 100),
      step: 1,
      oninput: (event) => {
        figure.textContent = `${(event.target as HTMLInputElement).value}%`;
      },
      onchange: (event) => {
        state.filters.threshold = Number((event.target as HTMLInputElement).value) / 100;
        this.changed(true);
      },
    });
    slider.value = String(Math.round(state.filters.threshold * 100));
    return h("div", { class: "cq-field" }, h("label", { for: "cq-threshold" }, this.say("threshold"), " ", figure), slider);
  }

  private legend(): HTMLElement {
    const row = (sign: Node, text: string): HTMLElement => h("li", {}, sign, h("span", {}, text));
    const place = (which: "home" | "outside" | "unknown"): Node => h("span", { class: `cq-place ${which}` }, icon(signs[which]));
    const home = this.model.doc.chain.home;
    const rows = [
      home ? row(place("home"), `${this.say("home")} (${this.model.text(home)})`) : null,
      home ? row(place("outside"), this.say("outside")) : null,
      row(h("span", { class: "cq-owner" }, icon(signs.owner)), this.say("owner")),
      row(h("span", { class: "cq-ladder" }, icon(signs.leader, "none", "currentColor")), this.say("leader")),
      row(h("span", { class: "cq-ladder" }, icon(signs.follower, "none", "currentColor")), this.say("follower")),
      this.model.doc.enterprises.some((e) => e.cut && e.cut.finals > 0) ? row(h("span", { class: "cq-cut final" }, icon(signs.finalCut)), this.say("finalCutLong")) : null,
      this.model.doc.enterprises.some((e) => e.cut && e.cut.finals === 0) ? row(h("span", { class: "cq-cut" }, icon(signs.cut)), this.say("cutLong")) : null,
      this.model.doc.enterprises.some((e) => e.joint === true) ? row(h("span", { class: "cq-joint" }, icon(signs.joint)), this.say("jointLong")) : null,
      row(h("span", { class: "cq-sole" }, icon(signs.sole, "none", "currentColor")), this.say("soleMark")),
      this.model.doc.segments.some((s) => s.final) ? row(h("span", { class: "cq-final" }, icon(signs.final)), this.say("finalBadge")) : null,
      row(h("span", { class: "cq-shield" }, icon(signs.shield)), this.say("institutions")),
      row(h("span", { class: "cq-green" }, icon(signs.project)), this.say("projects")),
      row(h("span", { class: "cq-rule" }), this.say("documented")),
      row(h("span", { class: "cq-rule dashed" }), this.say("inferred")),
      row(h("span", { class: "cq-rule wide" }), this.say("taken")),
    ];
    if (this.model.doc.difference !== null) {
      for (const kind of ["added", "changed", "gone"] as const) rows.push(row(h("span", { class: `cq-swatch ${kind}` }, changeSign[kind]), this.model.word("change", kind)));
    }
    if (this.model.doc.problems.length > 0) for (const key of this.model.categories()) rows.push(row(h("span", { class: "cq-letter" }, this.model.letter(key)), this.model.word("category", key)));
    const scale = h("div", { class: "cq-scale" }, ...["<5%", "5%", "15%", "25%", "40%"].map((text, k) => h("span", { class: `cq-tile heat${k}` }, text)));
    return h("section", { class: "cq-group cq-legend", "aria-label": this.say("legend") }, h("h2", {}, this.say("legend")), h("ul", {}, ...rows.filter((x): x is HTMLElement => x !== null)), this.model.doc.chain.assessed ? scale : h("span"));
  }
}
