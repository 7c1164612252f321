// The search field with what it finds; by mouse and by keyboard.
import { h } from "./dom";
import type { Model } from "./model";
import type { Thing } from "./types";
import { say } from "./words";

/// `go` is told what was taken, `leave` that the reader left the field.
export function searchBox(model: Model, go: (thing: Thing) => void, leave: () => void): HTMLElement {
  const list = h("ul", { class: "cq-results", id: "cq-results", role: "listbox", "aria-label": say("searchLabel", model.language) });
  list.hidden = true;
  const field = h("input", {
    type: "search",
    id: "cq-search",
    placeholder: say("search", model.language),
    role: "combobox",
    "aria-label": say("searchLabel", model.language),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "cq-results",
    autocomplete: "off",
    spellcheck: "false",
  });
  let at = -1;
  let things: Thing[] = [];
  const mark = (): void => {
    Array.from(list.children).forEach((row, k) => row.setAttribute("aria-selected", String(k === at)));
    if (at >= 0) {
      field.setAttribute("aria-activedescendant", `cq-result-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const close = (): void => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (k: number): void => {
    const thing = things[k];
    if (!thing) return;
    close();
    field.value = "";
    go(thing);
  };
  const fill = (): void => {
    const found = model.search(field.value, 12);
    things = found.map((match) => match.thing);
    at = found.length > 0 ? 0 : -1;
    list.replaceChildren(
      ...found.map((match, k) =>
        h("li", { role: "option", id: `cq-result-${k}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => take(k) }, h("span", { dir: "auto" }, match.title), h("small", { dir: "auto" }, match.detail)),
      ),
    );
    if (found.length === 0 && field.value.trim()) list.append(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, say("noMatch", model.language)));
    list.hidden = list.childElementCount === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  field.addEventListener("input", fill);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (things.length > 0) at = (at + (event.key === "ArrowDown" ? 1 : things.length - 1)) % things.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape") {
      close();
      field.blur();
      leave();
    }
  });
  return h("div", { class: "cq-search", role: "search" }, field, list);
}
