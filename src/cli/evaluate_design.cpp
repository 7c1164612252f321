#include "chainqual/io/design_files.hpp"
#include "chainqual/io/grading_files.hpp"
#include "evaluate.hpp"

// Kano's classes, houses of quality, and deviations along the stages of a process.

namespace chainqual::cli {
namespace {

ShownTable shares_table(const QualityHouse& house, const QualityHouseResult& found, std::size_t number,
                        std::size_t houses) {
  const std::string of = houses > 1 ? " " + std::to_string(number + 1) : "";
  ShownTable table{"house" + (houses > 1 ? "_" + std::to_string(number + 1) : std::string()),
                   {"质量屋" + of, "house of quality" + of},
                   {{"characteristic", {"特性", "characteristic"}, true},
                    {"importance", {"重要度", "importance"}},
                    {"share", {"占比", "share"}}},
                   {}};
  for (const std::string& want : house.wants) table.columns.push_back({"by: " + want, {want, want}});
  const std::size_t columns = house.characteristics.size();
  for (std::size_t c = 0; c < columns; ++c) {
    std::vector<SheetCell> cells{house.characteristics[c], found.importance[c], found.share[c]};
    for (std::size_t w = 0; w < house.wants.size(); ++w) cells.emplace_back(found.by_want[w * columns + c]);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

ShownTable roof_table(const std::vector<QualityHouse>& houses, const HouseCascade& found) {
  ShownTable table{"conflicts",
                   {"相互冲突的特性", "characteristics that hinder each other"},
                   {{"house", {"质量屋", "house"}},
                    {"first", {"特性一", "first"}},
                    {"second", {"特性二", "second"}},
                    {"strength", {"强度", "strength"}},
                    {"weight", {"权重", "weight"}}},
                   {}};
  for (std::size_t h = 0; h < houses.size(); ++h) {
    for (const RoofConflict& one : found.houses[h].conflicts) {
      table.rows.push_back({count_cell(h + 1), houses[h].characteristics[one.first],
                            houses[h].characteristics[one.second], one.strength, one.weight});
    }
  }
  return table;
}

/// The source's name, or its number.
std::string source_name(const DeviationProcess& process, const DeviationShare& share) {
  const std::string number = std::to_string(share.source + 1);
  if (share.stage == 0) return number;
  const auto& names = process.stages[share.stage - 1].sources;
  return names.empty() ? number : names[share.source];
}

std::string stage_name(const Session& session, const DeviationProcess& process, std::size_t stage) {
  if (stage > 0) return process.stages[stage - 1].name;
  return std::string(session.json ? "incoming" : session.say("来料", "incoming"));
}

ShownTable states_table(const Session& session, const DeviationProcess& process, const DeviationResult& found) {
  ShownTable table{"states",
                   {"各工序后的偏差", "deviations after each stage"},
                   {{"stage", {"工序", "stage"}, true},
                    {"feature", {"特征", "feature"}},
                    {"mean", {"均值", "mean"}},
                    {"variance", {"方差", "variance"}}},
                   {}};
  for (std::size_t k = 0; k < found.states.size(); ++k) {
    const DeviationState& state = found.states[k];
    for (std::size_t i = 0; i < state.mean.size(); ++i) {
      table.rows.push_back({stage_name(session, process, k), count_cell(i + 1), state.mean[i], state.covariance(i, i)});
    }
  }
  return table;
}

ShownTable sources_table(const Session& session, const DeviationProcess& process, const DeviationResult& found) {
  ShownTable table{"sources",
                   {"成品偏差的来源", "where the finished part's deviations come from"},
                   {{"stage", {"工序", "stage"}, true},
                    {"source", {"来源", "source"}},
                    {"feature", {"特征", "feature"}},
                    {"mean", {"均值", "mean"}},
                    {"variance", {"方差", "variance"}},
                    {"share", {"占方差", "share of the variance"}}},
                   {}};
  const DenseMatrix& last = found.states.back().covariance;
  for (const DeviationShare& share : found.shares) {
    for (std::size_t i = 0; i < share.variance.size(); ++i) {
      const double whole = last(i, i);
      table.rows.push_back({stage_name(session, process, share.stage), source_name(process, share), count_cell(i + 1),
                            share.mean[i], share.variance[i], whole > 0 ? share.variance[i] / whole : 0});
    }
  }
  return table;
}

}  // namespace

EvaluateAnswer evaluate_kano(const EvaluateCall& call) {
  ShownTable table{"features",
                   {"卡诺分类", "features by Kano's classes"},
                   {{"feature", {"特性", "feature"}, true},
                    {"class", {"类别", "class"}},
                    {"clear", {"明确", "clear"}},
                    {"better", {"满意系数", "better"}},
                    {"worse", {"不满意系数", "worse"}}},
                   {}};
  for (const auto& row : Names<KanoClass>::table) {
    table.columns.push_back({std::string(row.key), {std::string(row.zh), std::string(row.en)}});
  }
  for (const FeatureAnswers& one : read_kano_answers(call.word(0))) {
    const KanoFeature found = classify_feature(one.pairs);
    const bool json = call.session.json;
    std::vector<SheetCell> cells{one.feature, word_of(call.session, found.feature),
                                 std::string(found.clear ? (json ? "yes" : call.session.say("是", "yes"))
                                                         : (json ? "no" : call.session.say("否", "no"))),
                                 found.better, found.worse};
    for (const std::size_t count : found.counts) cells.push_back(count_cell(count));
    table.rows.push_back(std::move(cells));
  }
  EvaluateAnswer answer;
  answer.tables = {std::move(table)};
  return answer;
}

EvaluateAnswer evaluate_house(const EvaluateCall& call) {
  const auto houses = read_houses(call.word(0));
  const HouseCascade found = cascade_houses(houses);
  EvaluateAnswer answer;
  Findings findings;
  for (std::size_t h = 0; h < houses.size(); ++h) {
    answer.tables.push_back(shares_table(houses[h], found.houses[h], h, houses.size()));
    findings.add(found.houses[h].findings);
  }
  if (houses.size() > 1) {
    const QualityHouse& last = houses.back();
    const std::size_t columns = last.characteristics.size();
    ShownTable table{"cascade",
                     {"逐级展开：各需求对末级特性的贡献", "cascade: what each first want brings to the last shares"},
                     {{"want", {"需求", "want"}, true}},
                     {}};
    for (const std::string& name : last.characteristics) table.columns.push_back({"share: " + name, {name, name}});
    for (std::size_t w = 0; w < houses.front().wants.size(); ++w) {
      std::vector<SheetCell> cells{houses.front().wants[w]};
      for (std::size_t c = 0; c < columns; ++c) cells.emplace_back(found.by_first_want[w * columns + c]);
      table.rows.push_back(std::move(cells));
    }
    answer.tables.push_back(std::move(table));
  }
  answer.tables.push_back(roof_table(houses, found));
  answer.facts["findings"] = findings_json(findings);
  if (!findings.empty() && !call.session.json) call.session.note(findings_text(findings, call.session, 20));
  return answer;
}

EvaluateAnswer evaluate_deviation(const EvaluateCall& call) {
  const DeviationFile given = read_deviation(call.word(0));
  const DeviationResult found = propagate_deviations(given.process);
  EvaluateAnswer answer;
  answer.tables = {sources_table(call.session, given.process, found), states_table(call.session, given.process, found)};
  ShownTable stages{"stage_shares",
                    {"各工序占成品方差", "stages in the finished part's variance"},
                    {{"stage", {"工序", "stage"}, true}, {"share", {"占比", "share"}}},
                    {}};
  for (std::size_t k = 0; k < found.stage_share.size(); ++k) {
    stages.rows.push_back({stage_name(call.session, given.process, k), found.stage_share[k]});
  }
  answer.tables.push_back(std::move(stages));
  if (given.measured.empty()) return answer;
  const std::vector<double> located = locate_sources(given.process, given.measured);
  ShownTable table{"located",
                   {"由实测均值反推的来源", "sources found from the measured means"},
                   {{"stage", {"工序", "stage"}, true}, {"source", {"来源", "source"}}, {"mean", {"均值", "mean"}}},
                   {}};
  std::size_t at = 0;
  for (std::size_t k = 0; k < given.process.stages.size(); ++k) {
    for (std::size_t s = 0; s < given.process.stages[k].b.columns; ++s) {
      const DeviationShare place{k + 1, s, {}, {}};
      table.rows.push_back({given.process.stages[k].name, source_name(given.process, place), located.at(at++)});
    }
  }
  answer.tables.push_back(std::move(table));
  return answer;
}

}  // namespace chainqual::cli
