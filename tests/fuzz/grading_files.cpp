// Any bytes are the input of a grading, design or training method, or an error with findings; what is read is in its
// domain, and the method takes it or says why not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/evaluate/weights.hpp"
#include "chainqual/io/design_files.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "chainqual/io/grading_files.hpp"
#include "chainqual/io/training_files.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::fuzz;

void tables(std::string_view content) {
  table(content, judgements_from_table, [](const PairwiseJudgements& found) {
    demand(found.judgements.size() == found.names.size() * found.names.size());
    double sum = 0;
    for (const double weight : pairwise_weights(found.judgements, found.names, Inconsistency::report).weights)
      sum += weight;
    demand(std::abs(sum - 1) < 1e-9);
  });
  table(content, stages_from_table, [](const std::vector<ProcessStage>& stages) {
    for (const double share : inherit_quality(stages).after) demand(share >= 0 && share <= 1);
    demand(inherit_defects(stages).after.size() == stages.size());
  });
  table(content, grade_limits_from_table,
        [](const std::vector<GradeLimit>& limits) { demand(LimitGrading(limits).limits().size() == limits.size()); });
  table(content, named_values_from_table, [](const std::vector<NamedValue>& values) {
    std::vector<Decimal> numbers;
    for (const NamedValue& one : values) numbers.push_back(one.value);
    std::size_t all = 0;
    for (const std::size_t count : milk_by_somatic_cells().tally(numbers)) all += count;
    demand(all == values.size());
  });
  table(content, ladder_from_table,
        [](const std::vector<LadderStep>& ladder) { demand(!place_on_ladder(ladder, {}).step.has_value()); });
  table(content, suppliers_from_table, [](const std::vector<MeasuredSupplier>& suppliers) {
    const std::vector<LadderStep> ladder{{"s", {{"m", Direction::higher_is_better, Decimal()}}}};
    for (const MeasuredSupplier& one : suppliers) static_cast<void>(place_on_ladder(ladder, one.measures));
  });
  table(content, kano_answers_from_table, [](const std::vector<FeatureAnswers>& features) {
    for (const FeatureAnswers& one : features) demand(classify_feature(one.pairs).better <= 1);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  tables(content);
  attempt([&] {
    const LineGrading found = line_grading_from_json(content);
    for (const ProductionLine& line : found.lines) demand(line.measurements.size() == found.criteria.size());
    demand(grade_lines(found.criteria, found.thresholds, found.lines).size() == found.lines.size());
  });
  attempt([&] {
    const auto houses = houses_from_json(content);
    demand(!houses.empty());
    demand(cascade_houses(houses).houses.size() == houses.size());
  });
  attempt([&] {
    const DeviationFile found = deviation_from_json(content);
    demand(propagate_deviations(found.process).states.size() == found.process.stages.size() + 1);
    if (!found.measured.empty()) static_cast<void>(locate_sources(found.process, found.measured));
  });
  attempt([&] {
    const TrainingFile found = training_from_json(content);
    demand(session_scores(found.base, found.rules).size() == found.base.sessions.size());
  });
  attempt([&] {
    for (const PeriodFigures& period : figures_from_json(content)) demand(period.from <= period.until);
  });
  return 0;
}
