#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/evaluate/indicator.hpp"
#include "chainqual/evaluate/weights.hpp"

namespace chainqual {
inline namespace v1 {

/// How a value becomes a score in [0, 1]. Qualitative indicators score (mean step − 1) / 4 under each.
enum class Normalisation : std::uint8_t {
  /// (value − baseline) / (target − baseline), cut to [0, 1]. Without a baseline value / target where higher is better,
  /// target / value where lower is; a target equal to its baseline, and a quotient by 0, score 1 when the target is
  /// met, else 0.
  attainment,
  /// (value − worst) / (best − worst) of the indicator's bounds, cut to [0, 1].
  bounds,
  /// (value − least) / (largest − least) among the sheets evaluated together, turned round where lower is better; 1
  /// where all are equal.
  among
};

/// What becomes of an indicator that has no score. It never counts as 0.
enum class MissingRule : std::uint8_t {
  leave_out,  ///< its weight goes to the others in proportion; `coverage`, `lowest`, `highest` show what that hides
  refuse      ///< an error that lists them all
};

enum class Weighting : std::uint8_t {
  equal,             ///< every indicator the same
  equal_categories,  ///< every category the same, within it every indicator
  given,
  pairwise,  ///< judgements of categories, and of indicators within each
  entropy    ///< what tells the sheets apart weighs; others weigh 0, and those it cannot weigh are `left_out`
};

template <>
struct Names<Normalisation> {
  static constexpr std::array<Name<Normalisation>, 3> table{{
      {Normalisation::attainment, "attainment", "目标达成度", "attainment of the target"},
      {Normalisation::bounds, "bounds", "按上下界", "between bounds"},
      {Normalisation::among, "among", "相互比较", "among those compared"},
  }};
};

template <>
struct Names<MissingRule> {
  static constexpr std::array<Name<MissingRule>, 2> table{{
      {MissingRule::leave_out, "leave_out", "不计入，权重按比例分给其余指标", "left out"},
      {MissingRule::refuse, "refuse", "不允许缺失", "refused"},
  }};
};

template <>
struct Names<Weighting> {
  static constexpr std::array<Name<Weighting>, 5> table{{
      {Weighting::equal, "equal", "等权", "equal"},
      {Weighting::equal_categories, "equal_categories", "分类等权", "equal categories"},
      {Weighting::given, "given", "给定权重", "given"},
      {Weighting::pairwise, "pairwise", "层次分析法", "pairwise judgements (AHP)"},
      {Weighting::entropy, "entropy", "熵权法", "entropy"},
  }};
};

/// Judgements within one category: [n · n] over its indicators in their order.
struct CategoryJudgements {
  IndicatorCategory category = IndicatorCategory::quality;
  std::vector<double> judgements;
};

struct EvaluationOptions {
  Normalisation normalisation = Normalisation::attainment;
  MissingRule missing = MissingRule::leave_out;
  Weighting weighting = Weighting::equal;
  std::vector<double> weights;  ///< given: [indicators] ≥ 0, not all 0; scaled to sum 1
  /// pairwise: [c · c] over the categories that have indicators, in the order of the enumeration.
  std::vector<double> category_judgements;
  /// pairwise: one a category; a category without one weighs its indicators the same.
  std::vector<CategoryJudgements> within;
};

/// One indicator in one sheet.
struct ScoredIndicator {
  std::optional<double> score;  ///< in [0, 1]
  double weight = 0;            ///< before missing ones are left out
  double share = 0;             ///< of the total: effective weight · score
  double gain = 0;              ///< what the total would rise by if it scored 1
  Text missing;                 ///< why there is no score; empty where there is one
};

struct CategoryScore {
  IndicatorCategory category = IndicatorCategory::quality;
  std::optional<double> score;  ///< none where nothing of it is scored
  double weight = 0;            ///< of its indicators, before missing ones are left out
  double coverage = 0;          ///< share of that weight which is scored
};

/// The scores of one sheet.
struct SheetScore {
  std::string chain;
  std::string period;
  std::vector<ScoredIndicator> indicators;  ///< [indicators]
  std::vector<CategoryScore> categories;    ///< of those that have indicators
  std::optional<double> total;              ///< none where nothing is scored
  double coverage = 0;                      ///< share of the weight that is scored
  double lowest = 0;                        ///< total if everything missing scored 0 …
  double highest = 1;                       ///< … and if it scored 1
  std::vector<std::size_t> movers;          ///< scored indicators, the one whose rise would gain most first
};

struct Evaluation {
  Normalisation normalisation = Normalisation::attainment;  ///< what was asked for …
  MissingRule missing = MissingRule::leave_out;
  Weighting weighting = Weighting::equal;
  std::vector<double> weights;  ///< [indicators], sum 1
  std::vector<SheetScore> sheets;
  /// Indicators that entropy could not weigh: some sheet has no score for them, or all score 0. They weigh 0, so that
  /// coverage, lowest and highest do not show what they hide.
  std::vector<std::size_t> left_out;
};

/// Scores filled tables K.1: by indicator, by category and in total, all sheets with the same weights.
///
/// @param indicators  definitions, one or more.
/// @param sheets      one or more: periods of a chain, or chains. An indicator without an entry has no score.
/// @param options     normalisation, rule for missing scores, weights.
/// @throws Error with every fault of the entries, as judge; {missing_value} scores missing under `refuse`;
///         {invalid_argument} no indicators or sheets, weights that cannot be, judgements that do not fit together (as
///         pairwise_weights), that are missing, of a category without indicators or twice of one, or entropy with fewer
///         than two sheets or nothing scored in all; {shape_mismatch} weights or judgements of another length.
/// @complexity  O(sheets · indicators).
/// @numerics    Double; sums in the order of the indicators.
/// @threads     Pure.
/// @source  6.2 and 6.3 of T/GQDA; the rules are stated above.
/// @since 0.1, experimental.
[[nodiscard]] Evaluation evaluate(std::span<const Indicator> indicators, std::span<const IndicatorSheet> sheets,
                                  const EvaluationOptions& options = {});

/// The rules of an evaluation in a sentence: "Scores by …; weights: …; missing: …."
[[nodiscard]] Text rules_of(const Evaluation& evaluation);

/// What one indicator adds to the difference of two totals.
struct ScoreChange {
  std::size_t indicator = 0;
  double before = 0;
  double after = 0;
  double effect = 0;  ///< weight · (after − before), weights scaled to the indicators compared
};

/// How one sheet differs from another over the indicators that both have scored.
struct ScoreComparison {
  double before = 0;                  ///< total over those indicators
  double after = 0;                   ///< after − before = sum of effects
  double compared = 0;                ///< share of the weight that they hold
  std::vector<ScoreChange> changes;   ///< by size of the effect, largest first
  std::vector<std::size_t> left_out;  ///< indicators that only one of the two has scored
};

/// Compares two sheets of one evaluation: two periods, or two chains.
///
/// @throws Error{out_of_range} a sheet that there is not. @throws Error{no_solution} no indicator of positive weight is
/// scored in both. @complexity O(n log n). @numerics Double. @threads Pure.
/// @source  Definition, no paper. @since 0.1, experimental.
[[nodiscard]] ScoreComparison compare(const Evaluation& evaluation, std::size_t before, std::size_t after);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/evaluation-inl.hpp"
