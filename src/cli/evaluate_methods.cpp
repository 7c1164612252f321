#include <algorithm>
#include <cmath>

#include "chainqual/evaluate/capability.hpp"
#include "chainqual/io/method_files.hpp"
#include "evaluate.hpp"

namespace chainqual::cli {
EvaluateAnswer evaluate_fmea(const EvaluateCall& call) {
  const auto modes = read_failure_modes(call.word(0));
  std::optional<PriorityTable> priorities;
  const std::string& rules = call.typed.priorities;
  if (!rules.empty()) priorities = of_file(rules, [&] { return PriorityTable(read_priority_rules(rules)); });
  ShownTable table{"modes",
                   {"失效模式", "failure modes"},
                   {{"rank", {"名次", "rank"}},
                    {"name", {"失效模式", "failure mode"}, true},
                    {"severity", {"严重度", "S"}},
                    {"occurrence", {"频度", "O"}},
                    {"detection", {"探测度", "D"}},
                    {"rpn", {"风险顺序数", "RPN"}},
                    {"priority", {"措施优先级", "priority"}},
                    {"cumulated_share", {"累计占比", "cumulated"}}},
                   {}};
  for (const RatedMode& rated : rank_failure_modes(modes, priorities ? &*priorities : nullptr)) {
    const FailureMode& mode = modes[rated.mode];
    const auto priority =
        rated.priority
            ? std::optional(std::string(call.session.json ? key_of(*rated.priority)
                                                          : label_of(*rated.priority, call.session.language)))
            : std::nullopt;
    table.rows.push_back({count_cell(rated.rank), mode.name, double(mode.severity), double(mode.occurrence),
                          double(mode.detection), double(rated.rpn), cell_of(priority), rated.cumulated_share});
  }
  return {Json::object(), {std::move(table)}, {}, {}};
}

EvaluateAnswer evaluate_fault_tree(const EvaluateCall& call) {
  const FaultTree tree = read_fault_tree(call.word(0));
  const FaultTreeResult result = analyse(tree);
  ShownTable cuts{
      "cut_sets",
      {"最小割集", "minimal cut sets"},
      {{"size", {"阶数", "size"}}, {"events", {"基本事件", "events"}, true}, {"probability", {"概率", "probability"}}},
      {}};
  for (const auto& cut : result.cut_sets) {
    std::string names;
    double probability = 1;
    for (const std::uint32_t event : cut) {
      names += (names.empty() ? "" : " · ") + tree.events[event].name;
      probability *= tree.events[event].probability;
    }
    cuts.rows.push_back({count_cell(cut.size()), names, probability});
  }
  ShownTable importance{"importance",
                        {"基本事件的重要度", "importance of the basic events"},
                        {{"event", {"基本事件", "event"}, true},
                         {"probability", {"概率", "probability"}},
                         {"birnbaum", {"伯恩鲍姆", "Birnbaum"}},
                         {"criticality", {"关键重要度", "criticality"}},
                         {"fussell_vesely", {"F-V 重要度", "Fussell–Vesely"}},
                         {"achievement_worth", {"风险增加价值", "achievement worth"}},
                         {"reduction_worth", {"风险降低价值", "reduction worth"}}},
                        {}};
  for (std::size_t k = 0; k < tree.events.size(); ++k) {
    const EventImportance& one = result.importance[k];
    importance.rows.push_back({tree.events[k].name, tree.events[k].probability, one.birnbaum, one.criticality,
                               cell_of(one.fussell_vesely), one.achievement_worth, one.reduction_worth});
  }
  EvaluateAnswer found;
  found.facts = {{"top", tree.top},
                 {"probability", result.probability},
                 {"cut_set_count", result.cut_set_count},
                 {"all_listed", result.all_listed},
                 {"nodes", result.nodes}};
  found.tables = {std::move(cuts), std::move(importance)};
  found.notes.push_back(
      call.session.say({"顶事件“" + screen_safe(tree.top) + "”的概率 " + shortest(result.probability),
                        "probability of '" + screen_safe(tree.top) + "': " + shortest(result.probability)}));
  found.facts["findings"] = findings_json(result.findings);
  if (!result.findings.empty() && !call.session.json) {
    call.session.note(findings_text(result.findings, call.session, 20));
  }
  const bool sole = std::any_of(result.importance.begin(), result.importance.end(),
                                [](const EventImportance& one) { return std::isinf(one.reduction_worth); });
  if (sole) {
    found.notes.push_back(call.session.say({"风险降低价值为 ∞：没有该基本事件，顶事件就不会发生",
                                            "reduction worth ∞: without that event the top cannot happen"}));
  }
  if (!result.all_listed) {
    found.notes.push_back(
        call.session.say({"最小割集共 " + shortest(result.cut_set_count) + " 个，只列出一部分",
                          "there are " + shortest(result.cut_set_count) + " minimal cut sets; not all are listed"}));
  }
  return found;
}

EvaluateAnswer evaluate_capability(const EvaluateCall& call) {
  const SpecificationLimits limits{real_option("--lower", call.typed.lower), real_option("--upper", call.typed.upper)};
  if (!limits.lower && !limits.upper) {
    throw UsageError({"请用 --lower 或 --upper 给出规格限。", "Give a specification limit with --lower or --upper."});
  }
  const double confidence =
      number_option("--confidence", call.typed.confidence.empty() ? "0.95" : call.typed.confidence, 0.5, 0.9999);
  const Measurements measured = read_measurements(call.word(0));
  const Capability result = measured.samples.size() == 1 ? capability(measured.samples.front(), limits, confidence)
                                                         : capability(measured.samples, limits, confidence);
  ShownTable table{"indices",
                   {"过程能力", "capability"},
                   {{"index", {"指数", "index"}},
                    {"value", {"值", "value"}},
                    {"low", {"区间下端", "from"}},
                    {"high", {"区间上端", "to"}}},
                   {}};
  const auto add = [&](std::string name, const std::optional<CapabilityIndex>& index) {
    if (index) table.rows.push_back({std::move(name), index->value, index->from, index->to});
  };
  add("Cp", result.within.potential);
  add("Cpk", result.within.actual);
  add("Pp", result.overall.potential);
  add("Ppk", result.overall.actual);
  ShownTable expected{"expected",
                      {"规格外的份额", "shares outside the limits"},
                      {{"spread", {"按", "by"}},
                       {"sigma", {"标准差", "sigma"}},
                       {"below", {"低于下限", "below"}},
                       {"above", {"高于上限", "above"}}},
                      {}};
  for (const auto& [name, part] :
       {std::pair(Text{"组内", "within"}, &result.within), std::pair(Text{"整体", "overall"}, &result.overall)}) {
    expected.rows.push_back({std::string(call.session.json ? name.en : call.session.say(name)), part->sigma,
                             part->expected_below, part->expected_above});
  }
  EvaluateAnswer found;
  found.facts = {{"count", result.count}, {"mean", result.mean}, {"seen_outside", result.seen_outside}};
  found.tables = {std::move(table), std::move(expected)};
  found.notes.push_back(
      with_number(call.session, "均值 ", "mean ", result.mean) +
      with_number(call.session, "，实测在规格外的份额 ", ", seen outside the limits: share ", result.seen_outside));
  if (result.within.sigma == 0) {
    found.notes.push_back(call.session.say(
        {"组内标准差为 0：指数为 ∞（均值在限内）、-∞（在限外）或 0（在限上），没有置信区间",
         "the deviation within is 0: an index is ∞ (mean within the limits), -∞ (outside) or 0 (on one), and has no "
         "interval"}));
  }
  return found;
}

}  // namespace chainqual::cli
