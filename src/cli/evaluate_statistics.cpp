#include "chainqual/evaluate/anova.hpp"
#include "chainqual/evaluate/control_constants.hpp"
#include "chainqual/io/method_files.hpp"
#include "evaluate.hpp"

// Summary statistics, constants of control charts, analysis of variance.

namespace chainqual::cli {
namespace {

ShownTable variation_table() {
  return {"variation",
          {"方差分析", "analysis of variance"},
          {{"source", {"来源", "source"}},
           {"sum_of_squares", {"平方和", "sum of squares"}},
           {"degrees", {"自由度", "degrees"}},
           {"mean_square", {"均方", "mean square"}},
           {"f", {"F", "F"}},
           {"p_value", {"P 值", "p-value"}}},
          {}};
}

/// `tested`: F and its chance are told too.
void add_variation(const Session& session, ShownTable& table, const Text& name, const Variation& one, bool tested) {
  table.rows.push_back({session.json ? name.en : session.say(name), one.sum_of_squares, one.degrees, one.mean_square,
                        tested ? SheetCell(one.f) : SheetCell(), tested ? SheetCell(one.p_value) : SheetCell()});
}

/// Why there is no finite F.
void tell_no_rest(const Session& session, const Variation& residual, EvaluateAnswer& answer) {
  if (residual.mean_square > 0) return;
  answer.notes.push_back(session.say({"误差为 0：F 为 ∞；该来源也没有变差时 F 没有意义，记作 –",
                                      "nothing is left over: F is ∞, or has no meaning (–) where the source does not "
                                      "vary either"}));
}

/// Cells of one size, in the order of two_way_anova; else which differ.
std::vector<double> balanced(const Measurements& measured, const std::string& file) {
  const std::size_t wanted = measured.cells.front().size();
  Findings findings;
  std::vector<double> values;
  for (std::size_t k = 0; k < measured.cells.size(); ++k) {
    const std::string& first = measured.names[k / measured.second_names.size()];
    const std::string& second = measured.second_names[k % measured.second_names.size()];
    const std::size_t count = measured.cells[k].size();
    values.insert(values.end(), measured.cells[k].begin(), measured.cells[k].end());
    if (count == wanted && count > 0) continue;
    const std::string has = std::to_string(count);
    const std::string wants = std::to_string(wanted);
    findings.add({FindingLevel::error,
                  ErrorCode::shape_mismatch,
                  {file, 0, 0, first + " × " + second, 0},
                  has,
                  {"该组合有 " + has + " 个值，第一个组合有 " + wants + " 个",
                   "the pair has " + has + " values and the first pair " + wants},
                  {"两因素方差分析要求各组合值数相等：补测，或只分析一个因素",
                   "two factors are analysed with as many values in each pair: measure more, or analyse one factor"}});
  }
  throw_if_errors(findings);
  return values;
}

EvaluateAnswer two_factors(const EvaluateCall& call, const Measurements& measured) {
  const auto values = balanced(measured, call.word(0));
  const std::size_t replicates = measured.cells.front().size();
  const TwoWayAnova found = two_way_anova(values, measured.names.size(), measured.second_names.size(), replicates);
  ShownTable table = variation_table();
  add_variation(call.session, table, {"第一因素", "first"}, found.first, true);
  add_variation(call.session, table, {"第二因素", "second"}, found.second, true);
  if (replicates > 1) add_variation(call.session, table, {"交互作用", "together"}, found.together, true);
  add_variation(call.session, table, {"误差", "residual"}, found.residual, false);
  EvaluateAnswer answer;
  answer.facts = {
      {"first_levels", measured.names}, {"second_levels", measured.second_names}, {"replicates", replicates}};
  answer.tables = {std::move(table)};
  tell_no_rest(call.session, found.residual, answer);
  return answer;
}

}  // namespace

EvaluateAnswer evaluate_anova(const EvaluateCall& call) {
  const Measurements measured = read_measurements(call.word(0));
  if (!measured.second_names.empty()) return two_factors(call, measured);
  const OneWayAnova result = one_way_anova(measured.samples);
  ShownTable table = variation_table();
  add_variation(call.session, table, {"组间", "between"}, result.between, true);
  add_variation(call.session, table, {"组内", "within"}, result.within, false);
  EvaluateAnswer found;
  found.facts = {{"groups", measured.names.size()},
                 {"share_explained", result.share_explained},
                 {"residual_deviation", result.residual_deviation}};
  found.tables = {std::move(table)};
  found.notes.push_back(with_number(call.session, "分组解释的变差份额 ",
                                    "share of the variation explained by the groups ", result.share_explained));
  tell_no_rest(call.session, result.within, found);
  return found;
}

EvaluateAnswer evaluate_describe(const EvaluateCall& call) {
  const Measurements measured = read_measurements(call.word(0));
  ShownTable table{"series",
                   {"概括统计", "summary statistics"},
                   {{"sample", {"样本", "sample"}, true},
                    {"count", {"个数", "count"}},
                    {"mean", {"均值", "mean"}},
                    {"deviation", {"标准差", "deviation"}},
                    {"autocorrelation", {"一阶自相关", "autocorrelation"}},
                    {"least", {"最小", "least"}},
                    {"largest", {"最大", "largest"}}},
                   {}};
  const auto add = [&](const std::string& name, const std::vector<double>& values) {
    const SeriesSummary one = summarise(values);
    table.rows.push_back(
        {name, count_cell(one.count), one.mean, one.deviation, one.autocorrelation, one.least, one.largest});
  };
  if (measured.names.size() > 1) {
    for (std::size_t k = 0; k < measured.names.size(); ++k) add(measured.names[k], measured.samples[k]);
  }
  add(std::string(call.session.json ? "all" : call.session.say("全部", "all")), measured.in_order);
  EvaluateAnswer answer;
  answer.tables = {std::move(table)};
  return answer;
}

EvaluateAnswer evaluate_constants(const EvaluateCall& call) {
  ShownTable table{"constants",
                   {"控制图系数", "constants of control charts"},
                   {{"n", {"n", "n"}},
                    {"d2", {"d2", "d2"}},
                    {"d3", {"d3", "d3"}},
                    {"c4", {"c4", "c4"}},
                    {"A2", {"A2", "A2"}},
                    {"A3", {"A3", "A3"}},
                    {"B3", {"B3", "B3"}},
                    {"B4", {"B4", "B4"}},
                    {"D3", {"D3", "D3"}},
                    {"D4", {"D4", "D4"}}},
                   {}};
  for (std::size_t k = 0; k < call.count(); ++k) {
    const auto n = static_cast<std::size_t>(count_option("N", call.word(k), 2, 100));
    const ControlConstants one = control_constants(n);
    table.rows.push_back(
        {count_cell(n), one.d2, one.d3, one.c4, one.a2, one.a3, one.b3, one.b4, one.d_lower, one.d_upper});
  }
  EvaluateAnswer answer;
  answer.tables = {std::move(table)};
  return answer;
}

}  // namespace chainqual::cli
