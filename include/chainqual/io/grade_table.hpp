#pragma once

#include <cstdint>
#include <string>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/io/arrow.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {

/// How totals are written to a table.
enum class TotalForm : std::uint8_t {
  decimal,     ///< column `total`, decimal128: exact
  hundredths,  ///< column `total_hundredths`, uint16: hundredths of a point, rounded half up where there are more
               ///< places
  real,        ///< column `total`, float64: nearest to the exact total
};

template <>
struct Names<TotalForm> {
  static constexpr std::array<Name<TotalForm>, 3> table{{
      {TotalForm::decimal, "decimal", "十进制数", "decimal"},
      {TotalForm::hundredths, "hundredths", "百分之一分", "hundredths"},
      {TotalForm::real, "real", "浮点数", "real number"},
  }};
};

/// What of a table is graded, and how the totals come out. A name left empty is found among the headings of
/// `scores.csv`, in English and Chinese, case and width aside.
struct GradeTableOptions {
  TotalForm total = TotalForm::decimal;
  std::string impact;
  std::string diffusion;
  std::string urgency;
};

/// Grades every row of a table.
///
/// Scores are integers, floats, decimals or text, also in dictionaries. A float stands for the decimal that it prints
/// as with the fewest digits: 3.95 is 3.95 exactly, so the grade never depends on binary fractions. A null, NaN, empty
/// cell or 0 says: not scored; a row is scored in all three or in none.
///
/// Columns out, by row: `total` (see TotalForm; null where ungraded), `grade` (ordered dictionary: ungraded, general,
/// important, critical), `stars` (dictionary: "", ★, ★★, ★★★). Columns of int8 and uint8 without nulls are graded where
/// they lie; others are converted in stretches of 256 Ki rows.
///
/// @param model    any model.
/// @param table    read only; any chunks, the three columns may be cut differently.
/// @param options  names and form.
/// @param control  executor, cancel, progress.
/// @throws Error{missing_column | duplicate} a column is not there or there twice; all are listed.
/// @throws Error{wrong_format} a column's type holds no numbers (dates, truths …), or its buffers contradict
/// themselves.
/// @throws Error{invalid_value | missing_value | overflow} cells that are no score, lie outside 1 … 5, or are empty
///         beside others: the first 1,000 with column and row, and the count of all.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n) time; 1 byte a row for grades and 2 (whole scores), 4, 8 or 16 for totals; nothing for the columns.
/// @numerics   Exact. A total that no decimal of 18 places holds (weights of thirds) is rounded half up to 18 places;
///             the grade never is decided on a rounded total but by Rounding::tenth. Same bits for any thread count.
/// @threads    Reads only.
/// @source     T/GQDA appendix D.
/// @since 0.1, experimental.
[[nodiscard]] ArrowTable grade_table(const SeverityModel& model, const ArrowTable& table,
                                     const GradeTableOptions& options = {}, const Control& control = {});

/// What of a table of experts' scores is graded.
struct GradePanelOptions : GradeTableOptions {
  std::string problem;
  std::string expert;
  PanelRule rule;
};

/// Grades the panels of a table that has a row for each expert and problem.
///
/// Columns out, one row a problem in the order in which problems first occur: `problem`, `impact`, `diffusion`,
/// `urgency` (the panel's scores, float64), `experts` (uint32), then as grade_table. Without a column of experts every
/// row counts as another expert's.
///
/// @param model    any model.
/// @param table    columns problem (text, integers or dictionaries of them), optionally expert, and the scores.
/// @param options  names, form and the panel's rule.
/// @param control  cancel.
/// @throws as grade_table; Error{missing_value} a row without a problem; Error{duplicate} an expert twice for one
///         problem; Error{invalid_argument} as consensus_of.
/// @complexity O(n log n).
/// @numerics   Exact means; the float64 columns are nearest to them, the total as in grade_table.
/// @threads    Reads only.
/// @source     T/GQDA appendix D; `panel_scores`.
/// @since 0.1, experimental.
[[nodiscard]] ArrowTable grade_panel_table(const SeverityModel& model, const ArrowTable& table,
                                           const GradePanelOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
