#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/severity/agreement.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {

/// How several experts' scores become one.
enum class Consensus : std::uint8_t { mean, trimmed_mean, median };

template <>
struct Names<Consensus> {
  static constexpr std::array<Name<Consensus>, 3> table{{
      {Consensus::mean, "mean", "平均", "mean"},
      {Consensus::trimmed_mean, "trimmed_mean", "截尾平均", "trimmed mean"},
      {Consensus::median, "median", "中位数", "median"},
  }};
};

/// The rule of a panel.
struct PanelRule {
  Consensus consensus = Consensus::mean;
  Rational trim{1, 5};  ///< trimmed_mean: of n scores the floor(trim · n) lowest and as many highest are left out
  friend bool operator==(const PanelRule&, const PanelRule&) = default;
};

/// What one expert says of one problem; all three cells empty: the expert did not score it.
struct ExpertScore {
  std::string problem;
  std::string expert;
  ScoreEntry score;
  friend bool operator==(const ExpertScore&, const ExpertScore&) = default;
};

/// A panel's score of one problem.
struct PanelScore {
  std::string problem;
  std::optional<Score> score;  ///< none where no expert scored the problem: it is ungraded
  std::size_t experts = 0;     ///< how many scored it
  friend bool operator==(const PanelScore&, const PanelScore&) = default;
};

/// The mean, trimmed mean or median of some scores; an even number's median is the mean of the middle two.
///
/// @param values  [n] n ≥ 1, in any order.
/// @param rule    0 ≤ trim < 1/2.
/// @throws Error{invalid_argument} no value, or trim outside 0 … 1/2.
/// @throws Error{overflow} the sum does not fit a Rational.
/// @complexity  O(n log n), O(n) for the plain mean.
/// @numerics    Exact.
/// @threads     Pure.
/// @source      Definitions, no paper; the trimmed mean leaves out whole scores, never parts of one.
/// @since 0.1, experimental.
[[nodiscard]] Rational consensus_of(std::span<const Rational> values, const PanelRule& rule = {});

/// One score for every problem of a table of experts' scores, by dimension, in the order in which problems first occur.
///
/// @param rows  any order; an expert gives one row a problem.
/// @param rule  as `consensus_of`.
/// @throws Error{invalid_value} a score outside 1 … 5; Error{missing_value} one or two cells of a row empty;
///         Error{duplicate} an expert twice for one problem. All findings at once, with their rows (from 1).
/// @throws Error{invalid_argument}, Error{overflow} as `consensus_of`.
/// @complexity  O(n log n) for n rows.
/// @numerics    Exact: 3.95 as a mean is 79/20.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<PanelScore> panel_scores(std::span<const ExpertScore> rows, const PanelRule& rule = {});

/// How far the experts agree in one dimension.
struct PanelAgreement {
  std::optional<Concordance> concordance;  ///< Kendall's W; none where a score is missing
  std::optional<double> alpha_ordinal;     ///< Krippendorff's alpha
  std::optional<double> alpha_interval;
};

/// Agreement by dimension, in the order of `Dimension`; empty where it is undefined (one expert, one problem, no
/// variation).
///
/// @param rows  as `panel_scores`.
/// @throws as `panel_scores` for the rows.
/// @complexity  O(n log n) for n rows, and experts × problems cells.
/// @numerics    As `kendall_w` and `krippendorff_alpha`.
/// @threads     Pure.
/// @source      See there.
/// @since 0.1, experimental.
[[nodiscard]] std::array<PanelAgreement, 3> panel_agreement(std::span<const ExpertScore> rows);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/panel-inl.hpp"
