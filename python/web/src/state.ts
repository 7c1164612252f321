// What the reader has chosen. One object; whoever changes it calls `changed`.
import type { Model } from "./model";
import type { Enterprise, Thing } from "./types";

export type Layer = "changes" | "impact" | "problems" | "importance" | "plain";
export type View = { level: "chain" } | { level: "stage" | "segment" | "enterprise"; index: number };

/// Where a chain breaks: without whom others get no supply, without whom it falls apart, who alone supplies a product.
export type Weakness = "cut" | "joint" | "sole";

export interface Filters {
  stages: Set<number>;
  places: Set<string>;
  ladders: Set<string>;
  sizes: Set<string>;
  region: string;
  categories: Set<string>;
  stars: Set<number>;
  statuses: Set<string>;
  weak: Set<Weakness>;
  threshold: number;
}

export const noFilters = (): Filters => ({
  stages: new Set(),
  places: new Set(),
  ladders: new Set(),
  sizes: new Set(),
  region: "",
  categories: new Set(),
  stars: new Set(),
  statuses: new Set(),
  weak: new Set(),
  threshold: 0,
});

/// How far a problem's impact has been followed. `steps` gives each enterprise hit its distance from the origin.
export interface Follow {
  problem: number;
  step: number;
  last: number;
  steps: Map<number, number>;
  losses: Map<number, number>;
}

export interface State {
  view: View;
  selected: Thing | null;
  layer: Layer;
  show: { documented: boolean; inferred: boolean; institutions: boolean; weak: boolean; sole: boolean };
  filters: Filters;
  follow: Follow | null;
  path: number[] | null;
}

const passes = <T>(chosen: Set<T>, value: T): boolean => chosen.size === 0 || chosen.has(value);

export function problemPasses(model: Model, filters: Filters, index: number): boolean {
  const problem = model.problem(index);
  return passes(filters.categories, problem.category) && passes(filters.stars, problem.stars) && passes(filters.statuses, problem.status);
}

const asksForProblems = (filters: Filters): boolean => filters.categories.size + filters.stars.size + filters.statuses.size > 0;

export const isWeak = (enterprise: Enterprise, how: Weakness): boolean => (how === "cut" ? (enterprise.cut ?? null) !== null : how === "joint" ? enterprise.joint === true : enterprise.sole.length > 0);

export function enterprisePasses(model: Model, filters: Filters, index: number): boolean {
  const enterprise: Enterprise = model.enterprise(index);
  return (
    passes(filters.stages, model.segment(enterprise.segment).stage) &&
    passes(filters.places, enterprise.place) &&
    passes(filters.ladders, enterprise.ladder) &&
    passes(filters.sizes, enterprise.size) &&
    (filters.weak.size === 0 || [...filters.weak].some((how) => isWeak(enterprise, how))) &&
    (filters.region === "" || enterprise.region.zh === filters.region) &&
    (enterprise.loss ?? 0) >= filters.threshold &&
    (!asksForProblems(filters) || model.problemsFor(index).some((p) => problemPasses(model, filters, p)))
  );
}

export const anyFilter = (filters: Filters): boolean =>
  filters.stages.size + filters.places.size + filters.ladders.size + filters.sizes.size + filters.weak.size > 0 || filters.region !== "" || filters.threshold > 0 || asksForProblems(filters);

/// Steps of a problem's impact: breadth first along the supply links, through enterprises that it hits. Those hit that
/// no carried link reaches come in one step more than the farthest.
export function followed(model: Model, index: number): Follow {
  const problem = model.problem(index);
  const losses = new Map<number, number>(problem.hit ?? []);
  const steps = new Map<number, number>();
  let front: number[] = [];
  for (const [enterprise, share] of problem.placed ?? []) {
    if (!losses.has(enterprise)) losses.set(enterprise, share);
    steps.set(enterprise, 0);
    front.push(enterprise);
  }
  const measure = model.doc.chain.measure;
  let last = 0;
  while (front.length > 0) {
    const next: number[] = [];
    for (const from of front) {
      const ways = [
        ...(measure === "upstream" ? [] : model.customers[from]!),
        ...(measure === "downstream" ? [] : model.suppliers[from]!),
      ];
      for (const { index: to } of ways) {
        if (!losses.has(to) || steps.has(to)) continue;
        steps.set(to, last + 1);
        next.push(to);
      }
    }
    if (next.length > 0) ++last;
    front = next;
  }
  const unreached = [...losses.keys()].filter((enterprise) => !steps.has(enterprise));
  if (unreached.length > 0) {
    ++last;
    for (const enterprise of unreached) steps.set(enterprise, last);
  }
  return { problem: index, step: 0, last, steps, losses };
}
