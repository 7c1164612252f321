#pragma once

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "chainqual/severity/batch_plan-inl.hpp"
#include "chainqual/severity/stability.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::uint32_t millionths = 1'000'000;

/// The stream of weight draws among a seed's streams.
inline constexpr std::uint64_t weight_stream = 0x5745494748545331;

inline void check_study(const WeightStudy& study) {
  // Written so that NaN fails too.
  if (!(study.concentration > 0 && study.concentration <= 1e9)) {
    throw Error(ErrorCode::invalid_argument, {"权重抽样的集中度必须大于 0 且不超过 1e9。",
                                              "The concentration of the weights lies above 0 and at most at 1e9."});
  }
  if (study.draws == 0) {
    throw Error(ErrorCode::invalid_argument, {"权重抽样次数至少为 1。", "There must be at least one draw of weights."});
  }
}

/// Shares with sum 1 (up to rounding) to whole millionths with an exact sum.
inline MillionthWeights largest_remainder(const std::array<double, 3>& shares) {
  MillionthWeights result{};
  std::array<double, 3> rest{};
  std::uint32_t given = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double exact = std::min(std::max(shares[i], 0.0), 1.0) * millionths;
    result[i] = static_cast<std::uint32_t>(exact);
    rest[i] = shares[i] > 0 ? exact - result[i] : -1.0;  // a weight of 0 is never raised
    given += result[i];
  }
  while (given > millionths) {  // rounding of the shares' sum may give one too many
    const auto largest = std::max_element(result.begin(), result.end());
    --*largest;
    --given;
  }
  while (given < millionths) {
    const auto next = static_cast<std::size_t>(std::max_element(rest.begin(), rest.end()) - rest.begin());
    ++result[next];
    rest[next] -= 1.0;
    ++given;
  }
  return result;
}

/// A score over one denominator, with the totals (in millionths of it) from which the two upper grades begin.
struct ScaledProblem {
  std::array<std::int64_t, 3> parts{};
  std::int64_t important = 0;
  std::int64_t critical = 0;
};

inline ScaledProblem scaled_problem(const Score& score, const Rational& important, const Rational& critical) {
  std::int64_t denominator = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& part = i == 0 ? score.impact : i == 1 ? score.diffusion : score.urgency;
    denominator = checked_lcm(denominator, part.denominator());
  }
  // Totals are at most 5 · denominator · 10^6, which has to fit 64 bits.
  if (denominator > 100'000'000'000) throw_model_too_fine();
  ScaledProblem problem;
  problem.parts = {score.impact.numerator() * (denominator / score.impact.denominator()),
                   score.diffusion.numerator() * (denominator / score.diffusion.denominator()),
                   score.urgency.numerator() * (denominator / score.urgency.denominator())};
  problem.important = ceil_scaled(important, denominator * millionths);
  problem.critical = ceil_scaled(critical, denominator * millionths);
  return problem;
}

inline std::size_t grade_of_draw(const ScaledProblem& problem, const MillionthWeights& weights) noexcept {
  const std::int64_t total =
      problem.parts[0] * weights[0] + problem.parts[1] * weights[1] + problem.parts[2] * weights[2];
  return std::size_t{1} + (total >= problem.important) + (total >= problem.critical);
}

inline void check_scores(std::span<const std::optional<Score>> scores) {
  Findings findings;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!scores[i]) continue;
    const Findings row = check_entry({scores[i]->impact, scores[i]->diffusion, scores[i]->urgency});
    for (Finding finding : row.kept()) {
      finding.where.record = i + 1;
      findings.add(std::move(finding));
    }
  }
  throw_if_errors(findings);
}

/// Counts of one chunk of draws, added up under a lock: sums of whole numbers, so their order does not matter.
struct DrawCounts {
  std::vector<std::array<std::uint64_t, 4>> grades;
  std::uint64_t all_kept = 0;

  explicit DrawCounts(std::size_t problems) : grades(problems) {}
  void add(const DrawCounts& other) {
    for (std::size_t i = 0; i < grades.size(); ++i) {
      for (std::size_t g = 0; g < 4; ++g) grades[i][g] += other.grades[i][g];
    }
    all_kept += other.all_kept;
  }
};

}  // namespace detail

inline std::vector<Flip> score_flips(const SeverityModel& model, const Score& score) {
  const Severity now = model.grade(score);
  std::vector<Flip> flips;
  const auto try_move = [&](Dimension dimension, Rational Score::*part, int step) {
    const Rational from = score.*part;
    const Rational to = std::clamp(from + Rational(step), Rational(lowest_score), Rational(highest_score));
    if (to == from) return;
    Score moved = score;
    moved.*part = to;
    const Severity result = model.grade(moved);
    if (result.grade != now.grade) flips.push_back({dimension, from, to, result});
  };
  for (const auto& [dimension, part] :
       {std::pair{Dimension::impact, &Score::impact}, std::pair{Dimension::diffusion, &Score::diffusion},
        std::pair{Dimension::urgency, &Score::urgency}}) {
    try_move(dimension, part, -1);
    try_move(dimension, part, +1);
  }
  return flips;
}

inline MillionthWeights draw_weights(const Weights& weights, const WeightStudy& study, std::uint64_t draw) {
  detail::check_study(study);
  Stream random(study.seed, detail::weight_stream, draw);
  const std::array<double, 3> centre{weights.impact.to_double(), weights.diffusion.to_double(),
                                     weights.urgency.to_double()};
  // Dimensions of weight 0 take no part: a gamma of shape 0 does not exist.
  std::array<double, 3> shapes{};
  std::array<std::size_t, 3> places{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (centre[i] > 0) {
      shapes[count] = centre[i] * study.concentration;
      places[count++] = i;
    }
  }
  const std::span<double> drawn(shapes.data(), count);
  dirichlet(random, drawn, drawn);
  std::array<double, 3> shares{};
  for (std::size_t i = 0; i < count; ++i) shares[places[i]] = drawn[i];
  return detail::largest_remainder(shares);
}

inline WeightStability weight_stability(const SeverityModel& model, std::span<const std::optional<Score>> scores,
                                        const WeightStudy& study, const Control& control) {
  detail::check_study(study);
  detail::check_scores(scores);
  const auto& thresholds = model.thresholds();
  const Rational important = detail::effective_threshold(thresholds.important, model.rounding());
  const Rational critical = detail::effective_threshold(thresholds.critical, model.rounding());

  WeightStability result;
  result.problems.resize(scores.size());
  std::vector<detail::ScaledProblem> problems;  // the graded ones
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!scores[i]) continue;
    result.problems[i].severity = model.grade(*scores[i]);
    problems.push_back(detail::scaled_problem(*scores[i], important, critical));
    rows.push_back(i);
  }

  detail::DrawCounts counts(problems.size());
  std::mutex mutex;
  Progress progress(control, study.draws);
  for_chunks(control, study.draws, 1024, [&](std::size_t begin, std::size_t end, std::size_t) {
    detail::DrawCounts chunk(problems.size());
    for (std::size_t draw = begin; draw < end; ++draw) {
      const MillionthWeights weights = draw_weights(model.weights(), study, draw);
      bool all = true;
      for (std::size_t i = 0; i < problems.size(); ++i) {
        const std::size_t grade = detail::grade_of_draw(problems[i], weights);
        ++chunk.grades[i][grade];
        all = all && grade == static_cast<std::size_t>(result.problems[rows[i]].severity.grade);
      }
      chunk.all_kept += all ? 1 : 0;
    }
    {
      const std::scoped_lock lock(mutex);
      counts.add(chunk);
    }
    progress.add(end - begin);
  });
  progress.finish();

  for (auto& problem : result.problems) problem.grades[0] = study.draws;
  for (std::size_t i = 0; i < rows.size(); ++i) result.problems[rows[i]].grades = counts.grades[i];
  for (auto& problem : result.problems) {
    problem.kept = kept_share(problem.grades[static_cast<std::size_t>(problem.severity.grade)], study.draws);
  }
  result.all_kept = kept_share(counts.all_kept, study.draws);
  return result;
}

inline KeptShare kept_share(std::uint64_t kept, std::uint64_t draws) noexcept {
  KeptShare result;
  result.draws = draws;
  result.kept = kept;
  if (draws == 0) return result;
  constexpr double z = 1.959963984540054;
  const auto n = static_cast<double>(draws);
  const double share = static_cast<double>(kept) / n;
  const double centre = share + z * z / (2 * n);
  const double spread = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  result.share = share;
  result.standard_error = std::sqrt(share * (1 - share) / n);
  // At 0 and 1 the bound is exact; elsewhere the formula stays inside.
  result.lower = kept == 0 ? 0.0 : std::max(0.0, (centre - spread) / scale);
  result.upper = kept == draws ? 1.0 : std::min(1.0, (centre + spread) / scale);
  return result;
}

}  // namespace v1
}  // namespace chainqual
