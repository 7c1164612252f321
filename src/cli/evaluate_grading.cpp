#include "chainqual/evaluate/weights.hpp"
#include "chainqual/io/design_files.hpp"
#include "chainqual/io/grading_files.hpp"
#include "evaluate.hpp"

// Weights by pairwise judgements, lines by value functions, stages, limits, and the ladder of suppliers.

namespace chainqual::cli {
namespace {

ShownColumn column(std::string key, std::string zh, std::string en, bool wide = false) {
  return {std::move(key), {std::move(zh), std::move(en)}, wide};
}

std::string yes_or_nothing(const Session& session, bool yes) {
  return yes ? std::string(session.json ? "yes" : session.say("是", "yes")) : std::string();
}

}  // namespace

EvaluateAnswer evaluate_weights(const EvaluateCall& call) {
  const Session& session = call.session;
  const PairwiseJudgements given = read_judgements(call.word(0));
  const PairwiseWeights found = pairwise_weights(given.judgements, given.names);
  ShownTable table{"weights",
                   {"层次分析法权重", "weights by pairwise judgements"},
                   {column("name", "指标", "name", true), column("weight", "权重", "weight")},
                   {}};
  for (std::size_t k = 0; k < given.names.size(); ++k) table.rows.push_back({given.names[k], found.weights[k]});
  EvaluateAnswer answer;
  answer.facts = {{"largest_eigenvalue", found.largest_eigenvalue},
                  {"consistency_index", found.consistency_index},
                  {"consistency_ratio", found.consistency_ratio}};
  answer.tables = {std::move(table)};
  answer.notes.push_back(with_number(session, "一致性比例 ", "consistency ratio ", found.consistency_ratio));
  if (found.worst_row == found.worst_column) return answer;
  const std::string& one = given.names[found.worst_row];
  const std::string& two = given.names[found.worst_column];
  answer.facts["worst"] = {{"first", one}, {"second", two}, {"implied", found.worst_implied}};
  answer.notes.push_back(
      session.say({"与权重最不相符的判断：" + one + " 比 " + two + "，权重之比为 " + shortest(found.worst_implied),
                   "the judgement that fits least: " + one + " to " + two + ", where the weights say " +
                       shortest(found.worst_implied)}));
  return answer;
}

EvaluateAnswer evaluate_lines(const EvaluateCall& call) {
  const LineGrading given = read_line_grading(call.word(0));
  ShownTable table{"lines",
                   {"生产线分级", "production lines, graded"},
                   {column("rank", "名次", "rank"), column("line", "生产线", "line", true),
                    column("grade", "等级", "grade"), column("value", "价值", "value"),
                    column("weakest", "失分最多", "loses most on"), column("held_back", "一票否决", "held back")},
                   {}};
  for (const GradingCriterion& one : given.criteria)
    table.columns.push_back(column("value: " + one.name, one.name, one.name));
  for (const GradedLine& one : grade_lines(given.criteria, given.thresholds, given.lines)) {
    std::vector<SheetCell> cells{count_cell(one.rank),
                                 given.lines[one.line].name,
                                 given.thresholds[one.grade].name,
                                 one.value,
                                 given.criteria[one.weakest].name,
                                 yes_or_nothing(call.session, one.held_back)};
    for (const double value : one.values) cells.emplace_back(value);
    table.rows.push_back(std::move(cells));
  }
  EvaluateAnswer answer;
  answer.tables = {std::move(table)};
  return answer;
}

EvaluateAnswer evaluate_stages(const EvaluateCall& call) {
  const std::string of = call.typed.of.empty() ? "quality" : call.typed.of;
  require_one_of("--of", of, {"quality", "defects"});
  const auto stages = read_stages(call.word(0));
  const bool quality = of == "quality";
  const InheritedQuality found = quality ? inherit_quality(stages) : inherit_defects(stages);
  ShownTable table{
      "stages",
      quality ? Text{"逐工序的质量继承", "quality along the stages"}
              : Text{"逐工序的缺陷继承", "defects along the stages"},
      {column("stage", "工序", "stage", true), column("own", "本工序", "own"), column("inherited", "继承", "inherited"),
       quality ? column("after", "工序后质量", "quality after it")
               : column("after", "工序后缺陷率", "defective after it"),
       quality ? column("from", "在成品质量中的权重", "weight in the last quality")
               : column("from", "成品中源自该工序的缺陷率", "of the finished units")},
      {}};
  for (std::size_t k = 0; k < stages.size(); ++k) {
    table.rows.push_back({stages[k].name, stages[k].own, stages[k].inherited, found.after[k], found.from[k]});
  }
  EvaluateAnswer answer;
  answer.facts["of"] = of;
  answer.tables = {std::move(table)};
  return answer;
}

EvaluateAnswer evaluate_limits(const EvaluateCall& call) {
  const bool milk = call.word(0) == "milk";
  if (milk && !call.typed.direction.empty()) {
    throw UsageError(
        {"milk 的限值已定方向，不要再写 --direction。", "The limits of milk have a direction; leave out --direction."});
  }
  const Direction direction = word_option("--direction", call.typed.direction, Direction::lower_is_better);
  const LimitGrading grading =
      milk ? milk_by_somatic_cells()
           : of_file(call.word(0), [&] { return LimitGrading(read_grade_limits(call.word(0)), direction); });
  const auto values = read_named_values(call.word(1));
  ShownTable graded{"graded",
                    {"按限值分级", "graded by limits"},
                    {column("row", "行", "row"), column("name", "名称", "name", true),
                     column("value", "测量值", "value"), column("grade", "等级", "grade")},
                    {}};
  std::vector<Decimal> numbers;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const auto grade = grading.grade(values[k].value);
    graded.rows.push_back({count_cell(k + 1), values[k].name, values[k].value,
                           grade ? SheetCell(grading.limits()[*grade].name) : SheetCell()});
    numbers.push_back(values[k].value);
  }
  ShownTable tally{
      "tally",
      {"各等级数量", "how many in each grade"},
      {column("grade", "等级", "grade"), column("limit", "限值", "limit"), column("count", "数量", "count")},
      {}};
  const auto counts = grading.tally(numbers);
  for (std::size_t k = 0; k < grading.limits().size(); ++k) {
    tally.rows.push_back({grading.limits()[k].name, grading.limits()[k].limit, count_cell(counts[k])});
  }
  tally.rows.push_back({SheetCell(), SheetCell(), count_cell(counts.back())});
  EvaluateAnswer answer;
  answer.facts["ungraded"] = counts.back();
  answer.tables = {std::move(graded), std::move(tally)};
  if (counts.back() > 0) {
    const std::string count = std::to_string(counts.back());
    answer.notes.push_back(
        call.session.say({count + " 个值超出全部限值，无等级", count + " values break every limit: no grade"}));
  }
  return answer;
}

EvaluateAnswer evaluate_ladder(const EvaluateCall& call) {
  const auto ladder = read_ladder(call.word(0));
  const auto suppliers = read_suppliers(call.word(1));
  ShownTable table{"suppliers",
                   {"供应商梯级", "suppliers on the ladder"},
                   {column("supplier", "供应商", "supplier", true), column("step", "已达台阶", "step reached"),
                    column("next", "下一台阶", "next step"), column("wanting", "尚缺", "wanting", true),
                    column("unmeasured", "未测量", "not measured", true)},
                   {}};
  for (const MeasuredSupplier& one : suppliers) {
    const LadderPlace place = place_on_ladder(ladder, one.measures);
    const std::size_t next = place.step ? *place.step + 1 : 0;
    std::string wanting;
    for (const LadderDemand& demand : place.wanting) {
      wanting += (wanting.empty() ? "" : "; ") + demand.measure +
                 (demand.direction == Direction::higher_is_better ? " ≥ " : " ≤ ") + demand.limit.to_string();
    }
    std::string unmeasured;
    for (const std::string& measure : place.unmeasured) unmeasured += (unmeasured.empty() ? "" : "; ") + measure;
    table.rows.push_back({one.name, place.step ? SheetCell(ladder[*place.step].name) : SheetCell(),
                          next < ladder.size() ? SheetCell(ladder[next].name) : SheetCell(), wanting, unmeasured});
  }
  EvaluateAnswer answer;
  answer.tables = {std::move(table)};
  return answer;
}

}  // namespace chainqual::cli
