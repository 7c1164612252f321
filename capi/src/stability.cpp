#include "chainqual/severity/stability.hpp"

#include <optional>
#include <string>
#include <vector>

#include "buffers.hpp"
#include "control.hpp"
#include "options.hpp"
#include "severity.hpp"

using namespace chainqual;
using capi::Bytes;

static_assert(CHAINQUAL_DIMENSION_IMPACT == static_cast<int>(Dimension::impact));
static_assert(CHAINQUAL_DIMENSION_DIFFUSION == static_cast<int>(Dimension::diffusion));
static_assert(CHAINQUAL_DIMENSION_URGENCY == static_cast<int>(Dimension::urgency));

namespace {

WeightStudy study_of(const chainqual_weight_study* study) {
  const auto own = capi::settled(study);
  WeightStudy result;
  result.draws = capi::given_or(own.draws, result.draws);
  result.concentration = capi::given_or(own.concentration, result.concentration);
  result.seed = capi::given_or(own.seed, result.seed);
  return result;
}

chainqual_severity to_c(const Severity& severity) noexcept {
  return {capi::to_c(severity.total), static_cast<int32_t>(severity.grade), 0};
}

chainqual_kept_share to_c(const KeptShare& share) noexcept {
  return {share.draws, share.kept, share.share, share.standard_error, share.lower, share.upper};
}

chainqual_problem_stability to_c(const ProblemStability& problem) noexcept {
  return {to_c(problem.severity),
          {problem.grades[0], problem.grades[1], problem.grades[2], problem.grades[3]},
          to_c(problem.kept)};
}

/// Every problem's score, or none; all that is wrong with them at once.
std::vector<std::optional<Score>> scores_of(std::span<const chainqual_score> given) {
  std::vector<std::optional<Score>> result;
  Findings findings;
  for (std::size_t k = 0; k < given.size(); ++k) {
    const ScoreEntry entry = capi::entry_of(given[k]);
    const Findings found = check_entry(entry);
    for (Finding finding : found.kept()) {
      finding.where.record = k + 1;
      findings.add(std::move(finding));
    }
    const bool whole = entry.impact && entry.diffusion && entry.urgency;
    result.push_back(whole ? std::optional<Score>({*entry.impact, *entry.diffusion, *entry.urgency}) : std::nullopt);
  }
  throw_if_errors(findings);
  return result;
}

}  // namespace

chainqual_status chainqual_score_flips(const chainqual_severity_model* model, const chainqual_score* score,
                                       chainqual_flip* flips, uint64_t capacity, uint64_t* size,
                                       chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto whole = complete_score(capi::entry_of(capi::required(score, "score")));
    if (!whole) throw Error(ErrorCode::missing_value, {"三项评分都没有给出。", "None of the three scores is given."});
    std::vector<chainqual_flip> out;
    for (const Flip& flip : score_flips(capi::model_of(model), *whole)) {
      out.push_back(
          {static_cast<int32_t>(flip.dimension), 0, capi::to_c(flip.from), capi::to_c(flip.to), to_c(flip.result)});
    }
    capi::require_apart({Bytes::of(flips, out.size())}, {Bytes::of(score, 1)});
    capi::hand_over(out, flips, capacity, size);
  });
}

chainqual_status chainqual_weight_stability(const chainqual_severity_model* model, const chainqual_score* scores,
                                            uint64_t count, const chainqual_weight_study* study,
                                            const chainqual_control* control, chainqual_problem_stability* problems,
                                            uint64_t capacity, uint64_t* size, chainqual_kept_share* all_kept,
                                            chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto given = capi::entries(scores, count, "scores");
    const WeightStudy how = study_of(study);
    const Control run = capi::control_of(control);
    if (problems == nullptr && all_kept == nullptr) {
      capi::required(size, "size") = count;
      return;
    }
    if (problems != nullptr && capacity < count) capi::throw_too_small(capacity, count);
    capi::require_apart({Bytes::of(problems, count), Bytes::of(all_kept, 1)}, {Bytes::of(scores, count)});
    const WeightStability found = weight_stability(capi::model_of(model), scores_of(given), how, run);
    std::vector<chainqual_problem_stability> out;
    for (const ProblemStability& one : found.problems) out.push_back(to_c(one));
    if (problems != nullptr) capi::hand_over(out, problems, capacity, size);
    if (problems == nullptr && size != nullptr) *size = count;
    if (all_kept != nullptr) *all_kept = to_c(found.all_kept);
  });
}

chainqual_status chainqual_draw_weights(const chainqual_severity_model* model, const chainqual_weight_study* study,
                                        uint64_t draw, uint32_t* millionths, uint64_t capacity, uint64_t* size,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    capi::hand_over(draw_weights(capi::model_of(model).weights(), study_of(study), draw), millionths, capacity, size);
  });
}
