#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The six groups of table K.1 (organisation stands last there, without a group of its own).
enum class IndicatorCategory : std::uint8_t { quality, innovation, coordination, economic, social, organisation };

enum class IndicatorKind : std::uint8_t { quantitative, qualitative };

/// What a value rests on (clause 6.3).
enum class EvidenceKind : std::uint8_t { document, visit, expert_review };

template <>
struct Names<IndicatorCategory> {
  static constexpr std::array<Name<IndicatorCategory>, 6> table{{
      {IndicatorCategory::quality, "quality", "质量提升", "quality", "质量提升指标"},
      {IndicatorCategory::innovation, "innovation", "技术创新产出", "innovation output", "技术创新产出指标"},
      {IndicatorCategory::coordination, "coordination", "产业链协同", "coordination", "产业链协同指标"},
      {IndicatorCategory::economic, "economic", "经济效益", "economic benefit", "经济效益指标"},
      {IndicatorCategory::social, "social", "社会效益", "social benefit", "社会效益指标"},
      {IndicatorCategory::organisation, "organisation", "组织实施", "organisation", "组织实施情况"},
  }};
};

template <>
struct Names<IndicatorKind> {
  static constexpr std::array<Name<IndicatorKind>, 2> table{{
      {IndicatorKind::quantitative, "quantitative", "定量", "quantitative"},
      {IndicatorKind::qualitative, "qualitative", "定性", "qualitative"},
  }};
};

template <>
struct Names<EvidenceKind> {
  static constexpr std::array<Name<EvidenceKind>, 3> table{{
      {EvidenceKind::document, "document", "文件资料", "document", "资料审查"},
      {EvidenceKind::visit, "visit", "实地走访", "visit", "现场核查"},
      {EvidenceKind::expert_review, "expert_review", "专家评审", "expert review", "专家评议"},
  }};
};

/// What is measured: one row of table K.1, or one that the user adds.
struct Indicator {
  std::string key;  ///< unique
  Text name;
  IndicatorCategory category = IndicatorCategory::quality;
  IndicatorKind kind = IndicatorKind::quantitative;
  std::string unit;  ///< empty for qualitative ones
  Direction direction = Direction::higher_is_better;
  std::array<Text, 5> steps;  ///< of qualitative ones: what steps 1 … 5 mean
  /// Worst and best that can reasonably be, for Normalisation::bounds; worst may be above best.
  std::optional<Decimal> worst;
  std::optional<Decimal> best;
};

/// One reviewer's step for a qualitative indicator.
struct ReviewerStep {
  std::string reviewer;
  int step = 0;  ///< 1 … 5
  friend bool operator==(const ReviewerStep&, const ReviewerStep&) = default;
};

/// A filled row of table K.1.
struct IndicatorEntry {
  std::string indicator;  ///< key
  std::optional<Decimal> baseline;
  std::optional<Decimal> target;    ///< of qualitative ones a step
  std::optional<Decimal> value;     ///< quantitative; absent: not known, which is not 0
  std::vector<ReviewerStep> steps;  ///< qualitative; its value is their mean
  std::optional<EvidenceKind> evidence;
  std::string date;    ///< ISO 8601, or empty
  std::string source;  ///< where the figure stands, or how it was counted
  std::string action;  ///< what is to be done where it falls short
  std::string owner;   ///< who does it
  std::string due;     ///< ISO 8601
};

/// Table K.1, filled for one chain and period.
struct IndicatorSheet {
  std::string chain;
  std::string period;
  std::vector<IndicatorEntry> entries;
};

/// The 31 indicators of table K.1, in its order, qualitative ones with steps described.
///
/// Keys are English words ("conformity_rate"). Bounds are set for shares in per cent alone (0 and 100).
/// @source  Appendix K of T/GQDA; units, directions and the steps' words (five families) are ours.
[[nodiscard]] std::vector<Indicator> standard_indicators();

/// Indicators and their values as the registers know them.
struct FilledIndicators {
  std::vector<Indicator> indicators;  ///< those of K.1, then those that indicators.csv adds
  IndicatorSheet sheet;
};

/// Fills table K.1 from a chain's registers.
///
/// Rows of `indicators` whose name is that of an indicator of K.1 and that are the chain's own fill it; all others
/// become indicators of their own, keyed "name" or "project/name". A row that gives its indicator another unit,
/// direction or category than it has is an error: it speaks of something else. Of rows with one key and several periods
/// the one of `period` counts, else the one without a period, else none. What no row gives is counted where the
/// registers know: problems solved (by state), coverage of improvement (share of problems that a project takes up, in
/// per cent), patents and standards (results of those kinds); of a period that can be read (`period_from`) by what the
/// history says of it, as table I.1 counts. The source of each entry says which.
///
/// @param dossier  the registers.
/// @param period   as written in the rows' `period`, and the period of the sheet; empty: any row, the last one of a
/// key.
/// @param language of the sources of what is counted.
/// A qualitative indicator takes each reviewer's step where its row has `steps`, else its value as the panel's one
/// step; one of the chain's own is qualitative where any of its rows has steps.
///
/// @throws Error with every fault: {invalid_value} a category or evidence that there is none of, a unit, direction or
/// category that is not its indicator's, steps that are none or of a quantitative indicator, a value beside steps that
/// is not their mean, days that are none; {duplicate} a reviewer twice in a row. An evidence or category that is empty
/// is none and quality.
/// @complexity  O(rows + problems · projects).
/// @numerics    Exact decimals; coverage is rounded to a hundredth of a per cent, half up.
/// @threads     Reads only.
/// @source  Appendix K of T/GQDA; the counting rules are ours.
/// @since 0.1, experimental.
[[nodiscard]] FilledIndicators indicators_of(const Dossier& dossier, std::string_view period = {},
                                             Language language = Language::zh);

/// Whether an indicator is a part of a whole: in per cent, with the bounds 0 and 100, beyond which no value lies.
[[nodiscard]] bool is_share(const Indicator& indicator) noexcept;

/// In what a second definition of an indicator is not the first: category, kind, unit, direction, bounds, steps.
///
/// "％" is "%", and what the second one leaves open (an empty unit, no bounds, no steps) differs from nothing.
///
/// @return  what differs, with both; empty where nothing does.
/// @throws none but std::bad_alloc. @complexity O(text). @numerics Exact. @threads Pure.
/// @source  Definition, no paper. @since 0.1, experimental.
[[nodiscard]] Text difference(const Indicator& known, const Indicator& other);

/// How an entry stands to its target.
enum class Attainment : std::uint8_t {
  achieved,
  falls_short,
  no_target,  ///< there is a value and nothing to hold it against
  no_value    ///< not measured yet
};

template <>
struct Names<Attainment> {
  static constexpr std::array<Name<Attainment>, 4> table{{
      {Attainment::achieved, "achieved", "已达成", "achieved"},
      {Attainment::falls_short, "falls_short", "未达成", "falls short"},
      {Attainment::no_target, "no_target", "无目标值", "no target"},
      {Attainment::no_value, "no_value", "无数据", "no value"},
  }};
};

/// What is to be said of one entry.
struct IndicatorFinding {
  std::string indicator;
  Attainment attainment = Attainment::no_value;
  std::optional<Rational> value;  ///< of qualitative ones the mean step
  std::optional<Rational> gap;    ///< what is missing to the target, positive where it falls short
  bool action_missing = false;    ///< falls short, and action, owner or due date are not named
  int overdue_days = 0;           ///< of the action on the day asked for; 0 or less: not due
  std::string owner;
  std::string due;
  Text what;
};

/// Achieved, falls short, action with owner and due date: one finding for each entry, decided in exact arithmetic.
///
/// @param indicators  definitions.
/// @param sheet       entries.
/// @param today       for overdue actions.
/// @throws Error with every fault at once: {duplicate} keys or entries; {unknown_reference} an entry of no indicator;
///         {invalid_value} steps outside 1 … 5, a step for a quantitative indicator or a value for a qualitative one,
///         a share (per cent, bounds 0 and 100) beyond its bounds, days that are none; {duplicate} one reviewer twice.
/// @complexity  O(entries log indicators).
/// @numerics    Exact.
/// @threads     Pure.
/// @source  6.3 of T/GQDA. @since 0.1, experimental.
[[nodiscard]] std::vector<IndicatorFinding> judge(std::span<const Indicator> indicators, const IndicatorSheet& sheet,
                                                  Date today);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/indicator-inl.hpp"
