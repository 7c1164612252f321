#include <algorithm>
#include <array>

#include "chainqual/evaluate/control_chart.hpp"
#include "chainqual/io/method_files.hpp"
#include "evaluate.hpp"

namespace chainqual::cli {
namespace {

/// `first`: number of the first point; moving ranges begin with the second value.
ShownTable chart_table(const Session& session, std::string key, Text name, const ControlChart& chart,
                       std::size_t first) {
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
    text += (text.empty() ? std::string() : std::string(session.json ? ", " : session.say("；", "; "))) +
            word_of(session, signal.rule);
  }
  for (std::size_t k = 0; k < chart.points.size(); ++k) {
    const ChartPoint& point = chart.points[k];
    table.rows.push_back({count_cell(k + first), point.value, point.centre, point.lower, point.upper, signals[k]});
  }
  return table;
}

void tell_signals(const Session& session, const ControlChart& chart, const Text& name, std::size_t first,
                  EvaluateAnswer& found) {
  Json list = Json::array();
  for (const ChartSignal& signal : chart.signals) {
    list.push_back({{"first", signal.first + first}, {"last", signal.last + first}, {"rule", key_of(signal.rule)}});
    const std::string from = std::to_string(signal.first + first);
    const std::string to = std::to_string(signal.last + first);
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

void show(const Session& session, std::string key, const Text& name, const ControlChart& chart, EvaluateAnswer& found,
          std::size_t first = 1) {
  found.tables.push_back(chart_table(session, std::move(key), name, chart, first));
  tell_signals(session, chart, name, first, found);
}

void show_pair(const Session& session, const Text& location, const Text& spread, const PairedCharts& charts,
               EvaluateAnswer& found, std::size_t first_spread = 1) {
  found.facts["centre"] = charts.centre;
  found.facts["sigma"] = charts.sigma;
  show(session, "points", location, charts.location, found);
  show(session, "spread", spread, charts.spread, found, first_spread);
  found.notes.push_back(with_number(session, "过程均值 ", "mean of the process ", charts.centre) +
                        with_number(session, "，组内标准差 ", ", standard deviation within samples ", charts.sigma));
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
                          std::string(point.signal_above   ? (session.json ? "above" : session.say("偏高", "above"))
                                      : point.signal_below ? (session.json ? "below" : session.say("偏低", "below"))
                                                           : "")});
  }
  found.tables.push_back(std::move(table));
  found.facts["centre"] = chart.centre;
  found.facts["sigma"] = chart.sigma;
  found.facts["decision"] = chart.decision;
  found.facts["points_with_signal"] = signals;
  found.notes.push_back(with_number(session, "判定界限 ", "decision interval ", chart.decision) +
                        std::string(session.say("，越界的点 ", ", points beyond it: ")) + std::to_string(signals));
}

/// Options that only some kinds of chart read.
void require_options_of_kind(const EvaluateOptions& typed, const std::string& kind) {
  struct Only {
    std::string_view name;
    std::string EvaluateOptions::*value;
    std::vector<std::string> kinds;
  };
  using O = EvaluateOptions;
  const std::array<Only, 7> all{{
      {"--rules", &O::rules, {"ranges", "deviations", "individuals", "p", "np", "c", "u"}},
      {"--width", &O::width, {"ranges", "deviations", "individuals", "p", "np", "c", "u", "ewma"}},
      {"--sigma", &O::sigma, {"ranges", "deviations", "individuals", "ewma", "cusum"}},
      {"--lambda", &O::lambda, {"ewma"}},
      {"--reference", &O::reference, {"cusum"}},
      {"--decision", &O::decision, {"cusum"}},
      {"--head-start", &O::head_start, {"cusum"}},
  }};
  for (const Only& each : all) {
    if ((typed.*each.value).empty() || std::find(each.kinds.begin(), each.kinds.end(), kind) != each.kinds.end()) {
      continue;
    }
    std::string list;
    for (const std::string& one : each.kinds) list += (list.empty() ? "" : ", ") + one;
    throw UsageError({std::string(each.name) + " 用于 --kind " + list + "，对 " + kind + " 没有作用。",
                      std::string(each.name) + " is for --kind " + list + "; it does nothing for " + kind + "."});
  }
}

}  // namespace

EvaluateAnswer evaluate_chart(const EvaluateCall& call) {
  const EvaluateOptions& typed = call.typed;
  const Session& session = call.session;
  const std::string kind = typed.kind.empty() ? "individuals" : typed.kind;
  require_one_of("--kind", kind, {"ranges", "deviations", "individuals", "ewma", "cusum", "p", "np", "c", "u"});
  require_options_of_kind(typed, kind);
  const auto centre = real_option("--centre", typed.centre);
  const auto sigma = real_option("--sigma", typed.sigma);
  const double width = real_option("--width", typed.width).value_or(3);
  const ChartOptions options{word_option("--rules", typed.rules, RuleSet::western_electric), width, centre, sigma};
  EvaluateAnswer found;
  found.facts["kind"] = kind;
  if (const auto counted = value_named<AttributeChart>(kind)) {
    const InspectionCounts counts = read_counts(call.word(0));
    const Text name{std::string(label_of(*counted, Language::zh)), kind + " chart"};
    show(session, "points", name, attribute_chart(*counted, counts.counts, counts.sizes, options), found);
    return found;
  }
  const Measurements measured = read_measurements(call.word(0));
  if (kind == "ranges") {
    show_pair(session, {"均值图", "means"}, {"极差图", "ranges"}, mean_range_chart(measured.samples, options), found);
  } else if (kind == "deviations") {
    show_pair(session, {"均值图", "means"}, {"标准差图", "standard deviations"},
              mean_deviation_chart(measured.samples, options), found);
  } else if (kind == "individuals") {
    show_pair(session, {"单值图", "single values"}, {"移动极差图", "moving ranges"},
              individuals_chart(measured.in_order, options), found, 2);
  } else if (kind == "ewma") {
    const double lambda = real_option("--lambda", typed.lambda).value_or(0.2);
    show(session, "points", {"指数加权移动平均图", "EWMA"},
         ewma_chart(measured.in_order, {lambda, width, centre, sigma}), found);
  } else {
    const CusumOptions chosen{real_option("--reference", typed.reference).value_or(0.5),
                              real_option("--decision", typed.decision).value_or(5),
                              real_option("--head-start", typed.head_start).value_or(0), centre, sigma};
    show_cusum(session, cusum_chart(measured.in_order, chosen), found);
  }
  return found;
}

}  // namespace chainqual::cli
