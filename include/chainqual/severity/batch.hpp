#pragma once

#include <cstdint>
#include <span>

#include "chainqual/core/executor.hpp"
#include "chainqual/severity/grade.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {

/// Whole scores by problem: 1 … 5, or 0 in all three columns of a row that was not scored.
struct WholeScoreColumns {
  std::span<const std::uint8_t> impact;
  std::span<const std::uint8_t> diffusion;
  std::span<const std::uint8_t> urgency;
};

/// Scores with two decimals by problem, in hundredths of a point: 100 … 500, or 0 in all three columns.
struct HundredthScoreColumns {
  std::span<const std::int16_t> impact;
  std::span<const std::int16_t> diffusion;
  std::span<const std::int16_t> urgency;
};

/// Sums of the experts' scores by problem and how many experts gave one, so that means need no division.
///
/// Sums are in 1/`unit` points (1: whole points, 100: hundredths). A row whose sums and counts are all 0 was not
/// scored. The same span may stand for all three counts.
struct PanelSumColumns {
  std::span<const std::uint32_t> impact_sum;
  std::span<const std::uint32_t> diffusion_sum;
  std::span<const std::uint32_t> urgency_sum;
  std::span<const std::uint32_t> impact_count;
  std::span<const std::uint32_t> diffusion_count;
  std::span<const std::uint32_t> urgency_count;
  std::uint32_t unit = 1;
};

/// Most experts that one row of `PanelSumColumns` may count; bounds the exact products to 128 bits.
inline constexpr std::uint32_t most_panel_experts = 1U << 20U;

/// Grades whole scores, column by column.
///
/// The decision is `SeverityModel::grade`'s for every row. Weights in whole percents (the standard's among them) run in
/// 16-bit lanes; any other model looks its rows up in a table of all 125 scores, graded exactly beforehand.
///
/// @param model   any model.
/// @param scores  [n] each.
/// @param grade   [n] out: the number of a `Grade`; must not alias the inputs.
/// @param total_hundredths  [n] out: the total in hundredths of a point, 0 where ungraded; exact where the weights are
///                whole percents, else rounded half up (the grade never is decided on the rounded value); must not
///                alias.
/// @throws Error{shape_mismatch} a length differs from the first column's.
/// @throws Error{invalid_value}  a score above 5; Error{missing_value} a 0 beside scores. The error lists the first
/// 1,000
///                such cells with their rows and counts all. All rows are read before the first is written: outputs
///                unchanged.
/// @throws Error{cancelled}  by `control`; outputs then hold some rows only.
/// @complexity  O(n) time, O(1) extra space; bound by memory: 3 bytes a row read twice, 3 written.
/// @numerics    Exact integers; identical for any thread count and instruction set.
/// @threads     Chunks of rows on the control's executor; concurrent calls on distinct outputs are safe.
/// @source      T/GQDA appendix D.
/// @since 0.1, experimental.
void grade_whole_scores(const SeverityModel& model, const WholeScoreColumns& scores, std::span<std::uint8_t> grade,
                        std::span<std::uint16_t> total_hundredths, const Control& control = {});

/// How many units of `grade_hundredths`' totals make one point: 10,000 where the weights are whole percents, else
/// 100 times their common denominator.
///
/// @param model  any model.
/// @throws Error{overflow} the common denominator of the weights is above 8,000,000.
/// @complexity  O(1).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::uint32_t hundredths_total_scale(const SeverityModel& model);

/// Grades scores with two decimals, column by column.
///
/// @param model   weights whose common denominator is at most 8,000,000.
/// @param scores  [n] each.
/// @param grade   [n] out: the number of a `Grade`; must not alias the inputs.
/// @param total   [n] out: the exact total in 1/`hundredths_total_scale(model)` points, 0 where ungraded; must not
/// alias.
/// @throws as `grade_whole_scores` (legal are 100 … 500), and Error{overflow} as `hundredths_total_scale`.
/// @complexity  O(n) time, O(1) extra space.
/// @numerics    Exact integers; identical for any thread count and instruction set.
/// @threads     As `grade_whole_scores`.
/// @source      T/GQDA appendix D.
/// @since 0.1, experimental.
void grade_hundredths(const SeverityModel& model, const HundredthScoreColumns& scores, std::span<std::uint8_t> grade,
                      std::span<std::uint32_t> total, const Control& control = {});

/// Grades panel means given as sums and counts; the comparison is cross-multiplied, no mean is ever rounded.
///
/// @param model   weights and thresholds whose denominators leave room in 128 bits (any of up to six decimals do).
/// @param panels  [n] each; per dimension unit·count ≤ sum ≤ 5·unit·count, 1 ≤ count ≤ `most_panel_experts`.
/// @param grade   [n] out: the number of a `Grade`; must not alias the inputs.
/// @param total_hundredths  [n] out: the total rounded half up to hundredths, for show; 0 where ungraded; must not
/// alias.
/// @throws Error{invalid_argument} unit is 0. Error{shape_mismatch} a length differs.
/// @throws Error{invalid_value} a mean outside 1 … 5 or too many experts; Error{missing_value} a dimension without
///         experts beside others. As `grade_whole_scores`: listed, outputs unchanged.
/// @throws Error{overflow} the model's denominators are too large. Error{cancelled} as `grade_whole_scores`.
/// @complexity  O(n) time, O(1) extra space.
/// @numerics    Exact integers of 64 or 128 bits; identical for any thread count.
/// @threads     As `grade_whole_scores`.
/// @source      T/GQDA appendix D.
/// @since 0.1, experimental.
void grade_panel_sums(const SeverityModel& model, const PanelSumColumns& panels, std::span<std::uint8_t> grade,
                      std::span<std::uint16_t> total_hundredths, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/batch-inl.hpp"
