#pragma once

#include <span>

#include "chainqual/core/date.hpp"
#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/indicator.hpp"
#include "chainqual/io/form.hpp"

namespace chainqual {
inline namespace v1 {

/// Table K.1, filled: every indicator by category with baseline, target, value, finding and source, then what falls
/// short with action, owner and due day, where to sign, and what the steps of qualitative indicators mean.
///
/// Indicators without an entry stay blank, to be filled in by hand. Values of qualitative indicators are the mean of
/// the reviewers' steps, to two decimals.
///
/// @param indicators  definitions; one category's stand together whatever their order.
/// @param sheet       entries.
/// @param today       for overdue actions.
/// @param language    of headings and words.
/// @param evaluation  given, lines tell the total, how much of the weight it rests on, and by which rules.
/// @param at          the sheet's position in it.
/// @throws Error as judge; {out_of_range} the evaluation has no such sheet.
/// @complexity O(entries log indicators).
/// @numerics Decimals exactly as kept; means rounded half up.
/// @threads  Pure.
/// @source  Appendix K and 6.3 of T/GQDA; columns beyond category, indicator and kind are ours.
/// @since 0.1, experimental.
[[nodiscard]] Form indicator_form(std::span<const Indicator> indicators, const IndicatorSheet& sheet, Date today,
                                  Language language = Language::zh, const Evaluation* evaluation = nullptr,
                                  std::size_t at = 0);

}  // namespace v1
}  // namespace chainqual
