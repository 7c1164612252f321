// The document that `map_json` writes (include/chainqual/map/html.hpp says what each key means).

export type Language = "zh" | "en";
export type Text = { zh: string; en: string };
export type Place = "home" | "outside" | "unknown";
type Names = Record<string, Text>;

export interface ChainHead {
  name: Text;
  title: Text;
  home: Text | null;
  date: string;
  version: string;
  note: Text;
  sources: string[];
  sources_en: string[];
  enterprises: number;
  links: number;
  documented: number;
  inferred: number;
  carried: { enterprises: number; links: number };
  chosen_by: string | null;
  covered: number | null;
  bundles_left_out: number;
  assessed: boolean;
  measure: string | null;
  model: string | null;
}

export interface Segment {
  id: string | null;
  name: Text;
  stage: number;
  industry: string;
  industry_en: string;
  regions: string[];
  regions_en: string;
  final: boolean;
  note: string;
  enterprises: number;
  home: number;
  outside: number;
  unknown: number;
  owners: number;
  leaders: number;
  followers: number;
  covered: number | null;
  cut_points: number | null;
  joints: number | null;
  sole: number | null;
  loss: number | null;
}

/// Partners in the whole chain; of those not carried, how many by segment; the largest of them, with their segments.
export type Ties = [number, [number, number][], [string, number][]];

export interface Enterprise {
  id: string;
  name: Text;
  segment: number;
  also: number[];
  region: Text;
  city: string;
  place: Place;
  role: string;
  ladder: string;
  size: string;
  products: string[];
  products_en: string[];
  loss: number | null;
  all: number | null;
  importance: number | null;
  rank: number | null;
  sole: string[];
  /// Others that no supply would reach without it, makers of final products among them, the first carried ones of them.
  cut: { enterprises: number; finals: number; whom: number[] } | null;
  joint: boolean | null;
  ties: { suppliers: Ties; customers: Ties } | null;
}

export type Link = [number, number, number | null, 0 | 1, string];
export type Bundle = [number, number, number, number];
export type Shared = [number, number][];

export interface Institution {
  name: Text;
  region: Text;
  kind: string;
  cma: boolean;
  cnas: boolean;
  segments: number[];
  products: string[];
  products_en: string[];
  parameters: string[];
  methods: string[];
}

export interface Problem {
  number: string;
  name: Text;
  description: Text;
  stage: number;
  segments: number[];
  enterprises: number[];
  products: string[];
  products_en: string[];
  category: string;
  status: string;
  stars: number;
  declared: number;
  total: string | null;
  rank: number | null;
  common: boolean | null;
  related: number[];
  technical_causes: string;
  managerial_causes: string;
  ideas: string;
  scope: string;
  impact: { own_segment: number; downstream_segments: number; final_products: number; whole_chain: number } | null;
  aspects: number[] | null;
  suggested: number | null;
  why_not: Text | null;
  placed: Shared | null;
  hit: Shared | null;
  hit_count: number | null;
}

export interface Project {
  number: string;
  name: Text;
  problem: Text;
  expected: Text;
  kind: string;
  status: string;
  problems: number[];
  lead: string;
  participants: string[];
  start: string;
  end: string;
  budget: string | null;
  milestones: { name: Text; due: string; done: string }[];
}

export interface Result {
  number: string;
  name: Text;
  kind: string;
  status: string;
  level: string;
  terms: string;
  project: number | null;
  problems: number[];
  summary: string;
}

export interface Why {
  enterprise: number;
  sentence: Text;
  sources: Shared;
  paths: { enterprises: number[]; loss: number }[];
}

export interface Version {
  date: string;
  version: string;
  hash: string;
}

export interface Update {
  drawn: string;
  due: string | null;
  cycle_months: number;
  reasons: { kind: string; due: string; what: Text }[];
  watched: { dimension: string; events: number; triggers: number; last: string | null }[];
}

export type ChangeKind = "added" | "gone" | "changed";
export type Part = "segment" | "enterprise" | "link" | "institution" | "problem" | "project" | "result";
export interface Change {
  kind: ChangeKind;
  part: Part;
  key: string;
  name: Text;
  field: string | null;
  before: string;
  after: string;
}

/// What became of an enterprise's mean loss; null in a version that lacks it.
export interface Impact {
  key: string;
  before: number | null;
  after: number | null;
}

export interface MapDocument {
  format: string;
  format_version: number;
  language: Language;
  chain: ChainHead;
  words: Record<string, Names>;
  segments: Segment[];
  enterprises: Enterprise[];
  links: Link[];
  bundles: Bundle[];
  products_en: [string, string][];
  institutions: Institution[];
  problems: Problem[];
  projects: Project[];
  results: Result[];
  why: Why[];
  version: Version;
  update: Update | null;
  difference: { before: Version; after: Version; changes: Change[]; impacts?: Impact[] } | null;
}

/// What a reader can point at.
export type Kind = "enterprise" | "segment" | "stage" | "problem" | "project" | "result" | "institution" | "link";
export interface Thing {
  kind: Kind;
  index: number;
}
