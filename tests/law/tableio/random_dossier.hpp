#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "chainqual/register/dossier.hpp"

namespace chainqual::testing {

/// Texts that break careless readers and writers; none starts or ends with white space, which readers drop.
inline rc::Gen<std::string> hostile_text() {
  static const std::vector<std::string> pieces{
      "\"",     "'",      "''", ",",  ";",  "；",      "、",   "，",   "\n",       "\r\n",      "\r",   "\t",  " ",
      "　",     "=",      "+",  "-",  "@",  "＝",      "\\",   "/",    "~",        "</script>", "<!--", "]]>", "&amp;",
      "\u202E", "\u200F", "🏭",  "𠮷", "䶮", "𬭎",    "甲",   "公司", "（集团）", "a",         "Z",    "0",   "1e3",
      "#REF",   "{}",     "[]", ":",  "é",  "e\u0301", "\x01", "\x7F", "\uFEFFx",  "无",        "★"};
  const auto ends_bare = [](std::string text) {
    // Trimmed as the reader trims, so that what is left is content.
    static const std::vector<std::string> white{" ", "\t", "\n", "\r", "　", "\u00A0", "\uFEFF", "\u200B"};
    for (bool again = true; again;) {
      again = false;
      for (const auto& w : white) {
        if (text.starts_with(w)) {
          text.erase(0, w.size());
          again = true;
        }
        if (text.ends_with(w)) {
          text.resize(text.size() - w.size());
          again = true;
        }
      }
    }
    return text;
  };
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                      [ends_bare](const std::vector<std::string>& parts) {
                        std::string text;
                        for (std::size_t i = 0; i < std::min<std::size_t>(parts.size(), 40); ++i) text += parts[i];
                        return ends_bare(text);
                      });
}

/// A text that names something: not empty, and not one of the words for nothing.
inline rc::Gen<std::string> hostile_name() {
  return rc::gen::map(hostile_text(), [](const std::string& text) { return "名" + text; });
}

inline rc::Gen<Decimal> any_decimal(std::int64_t least, std::int64_t most) {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange<std::int64_t>(least * 1000, most * 1000 + 1), rc::gen::inRange(0, 3)),
      [=](const std::tuple<std::int64_t, int>& drawn) {
        const auto [thousandths, cut] = drawn;
        std::int64_t unit = 1;
        for (int i = 0; i < cut; ++i) unit *= 10;
        const std::int64_t coefficient = thousandths / unit;
        return Decimal(std::clamp(coefficient, least * 1000 / unit, most * 1000 / unit), 3 - cut);
      });
}

template <class T>
rc::Gen<std::optional<T>> maybe(rc::Gen<T> gen) {
  return rc::gen::oneOf(rc::gen::just(std::optional<T>()),
                        rc::gen::map(std::move(gen), [](T value) { return std::optional<T>(std::move(value)); }));
}

template <class E>
rc::Gen<E> any_of() {
  std::vector<E> values;
  for (const auto& row : Names<E>::table) values.push_back(row.value);
  return rc::gen::elementOf(values);
}

inline rc::Gen<std::vector<std::string>> texts() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(hostile_name()), [](std::vector<std::string> list) {
    if (list.size() > 4) list.resize(4);
    return list;
  });
}

inline std::vector<std::string> some_of(const std::vector<std::string>& keys) {
  if (keys.empty()) return {};
  auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(keys));
  if (chosen.size() > 3) chosen.resize(3);
  return chosen;
}

inline std::vector<std::string> keys(std::size_t most) {
  auto names = *rc::gen::unique<std::vector<std::string>>(hostile_name());
  if (names.size() > most) names.resize(most);
  return names;
}

inline std::optional<double> some_number(double scale) {
  return *maybe(rc::gen::map(rc::gen::inRange<std::int64_t>(0, 1'000'000'007),
                             [scale](std::int64_t n) { return static_cast<double>(n) / 1e9 * scale; }));
}

/// Names that are unlike all ids: a reference could else be taken by name.
inline std::string unlike(const std::string& name) {
  return "别" + name;
}

inline void draw_chain(Chain& chain, std::vector<std::string>& segments, std::vector<std::string>& enterprises) {
  segments = keys(4);
  std::vector<Stage> stages;
  for (const auto& id : segments) {
    Segment s;
    s.id = id;
    s.name = unlike(*hostile_name());
    s.name_en = *hostile_text();
    s.stage = *any_of<Stage>();
    s.industry_en = *hostile_text();
    s.regions = *texts();
    s.final_product = *rc::gen::arbitrary<bool>();
    s.note = *hostile_text();
    stages.push_back(s.stage);
    chain.add_segment(s);
  }
  enterprises = keys(6);
  for (const auto& id : enterprises) {
    Enterprise e;
    e.id = id;
    e.name = unlike(*hostile_name());
    e.city = *hostile_text();
    e.segments = some_of(segments);
    e.stage = *any_of<Stage>();
    if (!e.segments.empty())
      e.stage = stages[static_cast<std::size_t>(std::find(segments.begin(), segments.end(), e.segments[0]) -
                                                segments.begin())];
    e.region = *rc::gen::element<std::string>("", "120000", "440000");
    e.role = *any_of<Role>();
    e.ladder = *any_of<Ladder>();
    e.size = *any_of<EnterpriseSize>();
    e.products = *texts();
    e.products_en = *texts();
    e.weight = some_number(1e12);
    chain.add_enterprise(e);
  }
  if (enterprises.empty()) return;
  const int links = *rc::gen::inRange(0, 8);
  for (int i = 0; i < links; ++i) {
    Link link;
    link.product = *hostile_text();
    link.product_en = *hostile_text();
    link.value = some_number(1e-7);
    link.dependency = some_number(0.9);
    link.escape = some_number(0.9);
    link.kind = *hostile_text();
    link.evidence = *any_of<Evidence>();
    chain.add_link(*rc::gen::elementOf(enterprises), *rc::gen::elementOf(enterprises), link);
  }
}

inline void draw_problems(Dossier& dossier, const std::vector<std::string>& segments,
                          const std::vector<std::string>& enterprises, const std::vector<std::string>& numbers) {
  for (const auto& number : numbers) {
    Problem p;
    p.number = number;
    p.name = *hostile_text();
    p.stage = *any_of<Stage>();
    p.segments = some_of(segments);
    p.enterprises = some_of(enterprises);
    p.products = *texts();
    p.products_en = *texts();
    p.date = *rc::gen::element<std::string>("", "2025-03-01", "2025-03", "2025");
    p.description = *hostile_text();
    p.related = some_of(numbers);
    for (auto& share : p.aspect_shares) share = *maybe(any_decimal(0, 1));
    p.common = *maybe(rc::gen::arbitrary<bool>());
    p.status = *any_of<ProblemStatus>();
    p.category = *any_of<Category>();
    p.declared = *any_of<Grade>();
    dossier.problems.push_back(p);
    if (*rc::gen::arbitrary<bool>()) {
      ScoreRow row{number,         *hostile_name(), *any_decimal(1, 5), *any_decimal(1, 5), *any_decimal(1, 5),
                   *hostile_text()};
      dossier.scores.push_back(row);
    }
  }
}

/// A dossier that keeps every rule of the tables and strains everything else.
inline Dossier random_dossier() {
  Dossier dossier;
  dossier.info.name = *hostile_text();
  dossier.info.note = *hostile_text();
  dossier.info.sources = *texts();
  dossier.info.sources_en = *texts();
  dossier.info.home_region = *rc::gen::element<std::string>("", "120000");
  dossier.info.review_cycle_months = *rc::gen::inRange(1, 100);
  dossier.info.report_cycle_months = *rc::gen::inRange(1, 100);
  if (*rc::gen::arbitrary<bool>())
    dossier.info.severity = SeverityModel(Weights{{1, 3}, {1, 7}, {11, 21}}, Thresholds{{13, 3}, {2}}, Rounding::tenth);
  std::vector<std::string> segments;
  std::vector<std::string> enterprises;
  draw_chain(dossier.chain, segments, enterprises);
  const auto numbers = keys(5);
  draw_problems(dossier, segments, enterprises, numbers);
  for (const auto& number : keys(3)) {
    Project project;
    project.number = number;
    project.name = *hostile_name();
    project.kind = *any_of<ProjectKind>();
    project.problems = some_of(numbers);
    project.participants = *texts();
    project.budget = *maybe(any_decimal(0, 100000));
    project.status = *any_of<ProjectStatus>();
    dossier.projects.push_back(project);
    dossier.milestones.push_back(
        {number, *hostile_name(), *hostile_name(), *hostile_text(), "2025-12-31", "", *hostile_text()});
    IndicatorRow row;
    row.project = number;
    row.name = *hostile_name();
    row.direction = *any_of<Direction>();
    row.baseline = *maybe(any_decimal(-100, 100));
    row.value = *maybe(any_decimal(-100, 100));
    row.steps = *texts();
    row.action = *hostile_text();
    row.owner = *hostile_text();
    row.due = "2026-06-30";
    dossier.indicators.push_back(row);
  }
  for (const auto& number : keys(2)) {
    SharedResult result;
    result.number = number;
    result.name = *hostile_name();
    result.summary = *hostile_text();
    result.problems = some_of(numbers);
    dossier.results.push_back(result);
    PolicyTool tool;
    tool.number = number;
    tool.need = *hostile_text();
    tool.effect_en = *hostile_text();
    tool.problems = some_of(numbers);
    dossier.policy_tools.push_back(tool);
  }
  return dossier;
}

}  // namespace chainqual::testing
