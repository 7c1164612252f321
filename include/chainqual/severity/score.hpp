#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/severity/grade.hpp"

namespace chainqual {
inline namespace v1 {

/// The three dimensions that severity is judged on (appendix D), in the order of their columns.
enum class Dimension : std::uint8_t { impact, diffusion, urgency };

template <>
struct Names<Dimension> {
  static constexpr std::array<Name<Dimension>, 3> table{{
      {Dimension::impact, "impact", "影响程度", "impact", "影响"},
      {Dimension::diffusion, "diffusion", "扩散程度", "diffusion", "扩散|影响扩散程度"},
      {Dimension::urgency, "urgency", "紧迫程度", "urgency", "紧迫|改进紧迫程度"},
  }};
};

/// Three scores of one problem, each 1 … 5: whole, decimal or a panel's mean.
struct Score {
  Rational impact;
  Rational diffusion;
  Rational urgency;
  friend bool operator==(const Score&, const Score&) = default;
};

/// Three cells of one row as they were filled in: any may be empty.
struct ScoreEntry {
  std::optional<Rational> impact;
  std::optional<Rational> diffusion;
  std::optional<Rational> urgency;
  friend bool operator==(const ScoreEntry&, const ScoreEntry&) = default;
};

/// A grade with the exact weighted total it was decided on; the total is 0 where there is no grade.
struct Severity {
  Rational total;
  Grade grade = Grade::ungraded;
  friend bool operator==(const Severity&, const Severity&) = default;
};

/// Lowest and highest score of a dimension.
inline constexpr int lowest_score = 1;
inline constexpr int highest_score = 5;

/// The finding about one score, if it breaks the rule 1 ≤ score ≤ 5.
///
/// @param dimension  which of the three; becomes the finding's column (its key).
/// @param value      the score.
/// @throws none (but std::bad_alloc).
/// @complexity  O(1).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      T/GQDA appendix D: every dimension is scored on one to five points.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Finding> check_score(Dimension dimension, const Rational& value);

/// Every finding about a row's three cells: scores outside 1 … 5, and cells empty beside filled ones.
///
/// @param entry  the cells; all three empty is legal and means "not scored".
/// @throws none (but std::bad_alloc).
/// @complexity  O(1).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      T/GQDA appendix D; a problem may stand in the library without a grade.
/// @since 0.1, experimental.
[[nodiscard]] Findings check_entry(const ScoreEntry& entry);

/// The score that a row states, or none where all three cells are empty.
///
/// @param entry  the cells.
/// @throws Error{invalid_value} a score outside 1 … 5; Error{missing_value} one or two cells empty.
///         The error carries the findings of all cells.
/// @complexity  O(1).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      T/GQDA appendix D.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Score> complete_score(const ScoreEntry& entry);

/// One cell of text as a score: "4", "3.67", "11/3".
///
/// @param dimension  which of the three; becomes the finding's column (its key).
/// @param text       UTF-8; spaces and tabs around the number are ignored.
/// @param findings   gains a finding where the text is no number ("NaN", "four") or a number outside 1 … 5.
/// @return the score; none for an empty cell and where a finding was added.
/// @throws none (but std::bad_alloc).
/// @complexity  O(length).
/// @numerics    Exact.
/// @threads     One owner of `findings`.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Rational> score_from_text(Dimension dimension, std::string_view text, Findings& findings);

/// A warning that shows both grades, where a source's stars differ from the computed grade.
///
/// @param declared  stars of the source; ungraded: it gives none, so nothing can differ.
/// @param computed  what the model says; ungraded: nothing was scored, so nothing can differ.
/// @throws none (but std::bad_alloc).
/// @complexity  O(1).
/// @numerics    The total is shown as `Rational::to_string` writes it.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Finding> compare_declared(Grade declared, const Severity& computed);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/score-inl.hpp"
