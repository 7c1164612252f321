#pragma once

#include <cstdint>
#include <string_view>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {

/// What the grade is decided on: the exact total, or the total rounded half up to one decimal first.
enum class Rounding : std::uint8_t { exact, tenth };

template <>
struct Names<Rounding> {
  static constexpr std::array<Name<Rounding>, 2> table{{
      {Rounding::exact, "exact", "按精确总分", "exact total"},
      {Rounding::tenth, "tenth", "总分先四舍五入到一位小数", "total rounded to one decimal"},
  }};
};

/// Weights of the three dimensions: shares that sum to 1, or percentages that sum to 100.
struct Weights {
  Rational impact{2, 5};
  Rational diffusion{3, 10};
  Rational urgency{3, 10};
  friend bool operator==(const Weights&, const Weights&) = default;
};

/// Lowest totals of the two upper grades; below `important` a problem is general.
struct Thresholds {
  Rational critical{4};
  Rational important{5, 2};
  friend bool operator==(const Thresholds&, const Thresholds&) = default;
};

/// The severity model of appendix D: exact weighted totals and the grades they lead to.
///
/// Immutable and always valid. No decision passes through binary floating point: 3.95 is two stars by the exact total
/// and, where the total is rounded first, three stars at 4.0, on every machine and with any compiler flags.
class SeverityModel {
 public:
  /// The standard's own values: 40/30/30, 4.0, 2.5, decided on the exact total.
  SeverityModel() = default;

  /// A model with weights and thresholds of one's own.
  ///
  /// @param weights     each ≥ 0; sum exactly 1 (shares) or exactly 100 (percentages, kept as shares).
  /// @param thresholds  1 ≤ important < critical ≤ 5.
  /// @param rounding    what the grade is decided on.
  /// @throws Error{invalid_value} with one finding per broken rule (columns `weights.…`, `thresholds.…`).
  /// @throws Error{overflow} the sum of the weights does not fit a Rational.
  /// @complexity  O(1).
  /// @numerics    Exact.
  /// @threads     Pure.
  /// @source      T/GQDA appendix D; the standard leaves the criteria open to adjustment by a chain.
  /// @since 0.1, experimental.
  explicit SeverityModel(const Weights& weights, const Thresholds& thresholds = {},
                         Rounding rounding = Rounding::exact);

  /// Shares, summing to exactly 1.
  [[nodiscard]] const Weights& weights() const noexcept { return weights_; }
  [[nodiscard]] const Thresholds& thresholds() const noexcept { return thresholds_; }
  [[nodiscard]] Rounding rounding() const noexcept { return rounding_; }

  /// The exact total of a score and the grade it leads to.
  ///
  /// total = w_impact·impact + w_diffusion·diffusion + w_urgency·urgency; three stars from `critical` up, two from
  /// `important` up, else one. With Rounding::tenth the comparison (not the stated total) uses the rounded total.
  ///
  /// @param score  each dimension 1 … 5.
  /// @throws Error{invalid_value} a dimension outside 1 … 5; every such dimension is a finding.
  /// @throws Error{overflow} the total does not fit a Rational (with the default weights: more than 17 decimals).
  /// @complexity  O(1).
  /// @numerics    Exact.
  /// @threads     Reads only; concurrent calls are safe.
  /// @source      T/GQDA appendix D.
  /// @since 0.1, experimental.
  [[nodiscard]] Severity grade(const Score& score) const;

  /// The same for a row whose cells may be empty: all three empty is ungraded with total 0.
  ///
  /// @param entry  the cells.
  /// @throws Error{invalid_value} a dimension outside 1 … 5; Error{missing_value} one or two cells empty; findings list
  ///         every cell. Error{overflow} as `grade`.
  /// @complexity  O(1).
  /// @numerics    Exact.
  /// @threads     Reads only; concurrent calls are safe.
  /// @source      T/GQDA appendix D; problems without stars occur in both published chains.
  /// @since 0.1, experimental.
  [[nodiscard]] Severity grade_entry(const ScoreEntry& entry) const;

  /// The grade of a total, by the model's thresholds and rounding.
  ///
  /// @param total  1 … 5 for any legal score; other values are graded by the same comparisons.
  /// @throws Error{overflow} rounding leaves the range of a Rational.
  /// @complexity  O(1).
  /// @numerics    Exact.
  /// @threads     Reads only; concurrent calls are safe.
  /// @source      T/GQDA appendix D.
  /// @since 0.1, experimental.
  [[nodiscard]] Grade grade_of_total(const Rational& total) const;

  friend bool operator==(const SeverityModel&, const SeverityModel&) = default;

 private:
  Weights weights_;
  Thresholds thresholds_;
  Rounding rounding_ = Rounding::exact;
};

/// Every rule that weights and thresholds break; empty for a valid model.
///
/// @param weights     as `SeverityModel`.
/// @param thresholds  as `SeverityModel`.
/// @throws Error{overflow} the sum of the weights does not fit a Rational.
/// @complexity  O(1).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] Findings check_model(const Weights& weights, const Thresholds& thresholds);

/// A weight from text: "0.4", "2/5", "40 %", "40%" and "40％" are one value.
///
/// @param text  ASCII digits; spaces around the number are ignored.
/// @return the share or, where no sign of percent stands, the number as it is (so "40" is 40, see `Weights`).
/// @throws Error{bad_syntax} not a number; the finding shows the text.
/// @complexity  O(length).
/// @numerics    Exact.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] Rational weight_from_text(std::string_view text);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/severity_model-inl.hpp"
