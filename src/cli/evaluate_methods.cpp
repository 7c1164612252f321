#include <cmath>

#include "chainqual/evaluate/anova.hpp"
#include "chainqual/evaluate/capability.hpp"
#include "chainqual/evaluate/control_chart.hpp"
#include "chainqual/io/method_files.hpp"
#include "evaluate.hpp"

namespace chainqual::cli {
namespace {

std::string named(const Session& session, std::string_view zh, std::string_view en, double value) {
  return std::string(session.say(zh, en)) + shortest(value);
}

ShownTable chart_table(std::string key, Text name, const ControlChart& chart) {
  ShownTable table{std::move(key),
                   std::move(name),
                   {{"point", {"点", "point"}},
                    {"value", {"值", "value"}},
                    {"centre", {"中心线", "centre"}},
                    {"lower", {"下控制限", "lower"}},
                    {"upper", {"上控制限", "upper"}},
                    {"signal", {"判异", "signal"}, true}},
                   {}};
  std::vector<std::string> signals(chart.points.size());
  for (const ChartSignal& signal : chart.signals) {
    std::string& text = signals.at(signal.last);
    text += (text.empty() ? "" : ", ") + std::string(key_of(signal.rule));
  }
  for (std::size_t k = 0; k < chart.points.size(); ++k) {
    const ChartPoint& point = chart.points[k];
    table.rows.push_back({count_cell(k + 1), point.value, point.centre, point.lower, point.upper, signals[k]});
  }
  return table;
}

void tell_signals(const Session& session, const ControlChart& chart, const Text& name, EvaluateAnswer& found) {
  Json list = Json::array();
  for (const ChartSignal& signal : chart.signals) {
    list.push_back({{"first", signal.first + 1}, {"last", signal.last + 1}, {"rule", key_of(signal.rule)}});
    const std::string from = std::to_string(signal.first + 1);
    const std::string to = std::to_string(signal.last + 1);
    const std::string rule(label_of(signal.rule, session.language));
    found.notes.push_back(
        session.say({name.zh + "第 " + (from == to ? to : from + "–" + to) + " 点：" + rule,
                     name.en + ", point" + (from == to ? " " + to : "s " + from + "–" + to) + ": " + rule}));
  }
  if (chart.signals.empty()) {
    found.notes.push_back(session.say({name.zh + "没有判异信号", name.en + ": no signal"}));
  }
  found.facts["signals"].push_back({{"chart", name.en}, {"list", list}});
}

void show(const Session& session, std::string key, const Text& name, const ControlChart& chart, EvaluateAnswer& found) {
  found.tables.push_back(chart_table(std::move(key), name, chart));
  tell_signals(session, chart, name, found);
}

void show_pair(const Session& session, const Text& location, const Text& spread, const PairedCharts& charts,
               EvaluateAnswer& found) {
  found.facts["centre"] = charts.centre;
  found.facts["sigma"] = charts.sigma;
  show(session, "points", location, charts.location, found);
  show(session, "spread", spread, charts.spread, found);
  found.notes.push_back(named(session, "过程均值 ", "mean of the process ", charts.centre) +
                        named(session, "，组内标准差 ", ", standard deviation within samples ", charts.sigma));
}

std::vector<double> in_a_row(const Measurements& measured) {
  std::vector<double> values;
  for (const auto& sample : measured.samples) values.insert(values.end(), sample.begin(), sample.end());
  return values;
}

void show_cusum(const Session& session, const CusumChart& chart, EvaluateAnswer& found) {
  ShownTable table{"points",
                   {"累积和图", "CUSUM"},
                   {{"point", {"点", "point"}},
                    {"value", {"值", "value"}},
                    {"above", {"向上累积和", "sum above"}},
                    {"below", {"向下累积和", "sum below"}},
                    {"since", {"偏移始于", "shift since"}},
                    {"signal", {"判异", "signal"}}},
                   {}};
  std::size_t signals = 0;
  for (std::size_t k = 0; k < chart.points.size(); ++k) {
    const CusumPoint& point = chart.points[k];
    const bool any = point.signal_above || point.signal_below;
    signals += any ? 1U : 0U;
    const std::size_t since = point.signal_above ? point.above_since : point.below_since;
    table.rows.push_back({count_cell(k + 1), point.value, point.above, point.below,
                          any ? count_cell(k + 2 - since) : SheetCell(),
                          std::string(point.signal_above   ? "above"
                                      : point.signal_below ? "below"
                                                           : "")});
  }
  found.tables.push_back(std::move(table));
  found.facts["centre"] = chart.centre;
  found.facts["sigma"] = chart.sigma;
  found.facts["decision"] = chart.decision;
  found.facts["points_with_signal"] = signals;
  found.notes.push_back(named(session, "判定界限 ", "decision interval ", chart.decision) +
                        std::string(session.say("，越界的点 ", ", points beyond it: ")) + std::to_string(signals));
}

}  // namespace

EvaluateAnswer evaluate_fmea(const EvaluateCall& call) {
  const auto modes = read_failure_modes(call.word(0));
  std::optional<PriorityTable> priorities;
  if (!call.typed.priorities.empty()) priorities.emplace(read_priority_rules(call.typed.priorities));
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
  if (!result.all_listed) {
    found.notes.push_back(
        call.session.say({"最小割集共 " + shortest(result.cut_set_count) + " 个，只列出一部分",
                          "there are " + shortest(result.cut_set_count) + " minimal cut sets; not all are listed"}));
  }
  return found;
}

EvaluateAnswer evaluate_chart(const EvaluateCall& call) {
  const EvaluateOptions& typed = call.typed;
  const Session& session = call.session;
  require_one_of("--kind", typed.kind, {"ranges", "deviations", "individuals", "ewma", "cusum", "p", "np", "c", "u"});
  require_one_of("--rules", typed.rules, {"limits", "western_electric", "nelson"});
  const auto centre = real_option("--centre", typed.centre);
  const auto sigma = real_option("--sigma", typed.sigma);
  const ChartOptions options{*value_named<RuleSet>(typed.rules), 3, centre, sigma};
  EvaluateAnswer found;
  found.facts["kind"] = typed.kind;
  if (const auto kind = value_named<AttributeChart>(typed.kind)) {
    const InspectionCounts counts = read_counts(call.word(0));
    const Text name{std::string(label_of(*kind, Language::zh)), typed.kind + " chart"};
    show(session, "points", name, attribute_chart(*kind, counts.counts, counts.sizes, options), found);
    return found;
  }
  const Measurements measured = read_measurements(call.word(0));
  if (typed.kind == "ranges") {
    show_pair(session, {"均值图", "means"}, {"极差图", "ranges"}, mean_range_chart(measured.samples, options), found);
  } else if (typed.kind == "deviations") {
    show_pair(session, {"均值图", "means"}, {"标准差图", "standard deviations"},
              mean_deviation_chart(measured.samples, options), found);
  } else if (typed.kind == "individuals") {
    show_pair(session, {"单值图", "single values"}, {"移动极差图", "moving ranges"},
              individuals_chart(in_a_row(measured), options), found);
  } else if (typed.kind == "ewma") {
    show(session, "points", {"指数加权移动平均图", "EWMA"}, ewma_chart(in_a_row(measured), {0.2, 3, centre, sigma}),
         found);
  } else {
    show_cusum(session, cusum_chart(in_a_row(measured), {0.5, 5, 0, centre, sigma}), found);
  }
  return found;
}

EvaluateAnswer evaluate_capability(const EvaluateCall& call) {
  const SpecificationLimits limits{real_option("--lower", call.typed.lower), real_option("--upper", call.typed.upper)};
  if (!limits.lower && !limits.upper) {
    throw UsageError({"请用 --lower 或 --upper 给出规格限。", "Give a specification limit with --lower or --upper."});
  }
  const double confidence = number_option("--confidence", call.typed.confidence, 0.5, 0.9999);
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
      named(call.session, "均值 ", "mean ", result.mean) +
      named(call.session, "，实测在规格外的份额 ", ", seen outside the limits: share ", result.seen_outside));
  return found;
}

EvaluateAnswer evaluate_anova(const EvaluateCall& call) {
  const Measurements measured = read_measurements(call.word(0));
  const OneWayAnova result = one_way_anova(measured.samples);
  ShownTable table{"variation",
                   {"方差分析", "analysis of variance"},
                   {{"source", {"来源", "source"}},
                    {"sum_of_squares", {"平方和", "sum of squares"}},
                    {"degrees", {"自由度", "degrees"}},
                    {"mean_square", {"均方", "mean square"}},
                    {"f", {"F", "F"}},
                    {"p_value", {"P 值", "p-value"}}},
                   {}};
  const auto name = [&](const char* zh, const char* en) {
    return std::string(call.session.json ? std::string_view(en) : call.session.say(zh, en));
  };
  const Variation& between = result.between;
  const Variation& within = result.within;
  table.rows.push_back({name("组间", "between"), between.sum_of_squares, between.degrees, between.mean_square,
                        between.f, between.p_value});
  table.rows.push_back(
      {name("组内", "within"), within.sum_of_squares, within.degrees, within.mean_square, SheetCell(), SheetCell()});
  EvaluateAnswer found;
  found.facts = {{"groups", measured.names.size()},
                 {"share_explained", result.share_explained},
                 {"residual_deviation", result.residual_deviation}};
  found.tables = {std::move(table)};
  found.notes.push_back(named(call.session, "分组解释的变差份额 ", "share of the variation explained by the groups ",
                              result.share_explained));
  return found;
}

}  // namespace chainqual::cli
