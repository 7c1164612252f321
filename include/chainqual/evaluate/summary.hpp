#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The columns of table I.1, in its order.
enum class SummaryField : std::uint8_t {
  districts,
  clusters,
  enterprises,
  small_enterprises,
  institutions,
  experts,
  projects,
  problems_solved,
  indicators_raised,
  certifications,
  jobs,
  market_share,
  cost_saved,
  funds
};

/// Where a cell's figure comes from.
enum class CellOrigin : std::uint8_t { unknown, registers, given };

template <>
struct Names<SummaryField> {
  static constexpr std::array<Name<SummaryField>, 14> table{{
      {SummaryField::districts, "districts", "覆盖设区市或县（市、区）数量", "districts covered"},
      {SummaryField::clusters, "clusters", "产业集聚区数量", "industrial clusters"},
      {SummaryField::enterprises, "enterprises", "参与企业数量", "enterprises taking part"},
      {SummaryField::small_enterprises, "small_enterprises", "参与中小微企业数量",
       "small and medium enterprises taking part"},
      {SummaryField::institutions, "institutions", "参与技术机构数量", "institutions taking part"},
      {SummaryField::experts, "experts", "参与技术专家数量", "experts taking part"},
      {SummaryField::projects, "projects", "开展共性质量技术攻关项目", "common projects run"},
      {SummaryField::problems_solved, "problems_solved", "解决质量问题数量", "problems solved"},
      {SummaryField::indicators_raised, "indicators_raised", "关键质量指标提升情况", "key quality indicators raised"},
      {SummaryField::certifications, "certifications", "中小微企业获得相关认证提升", "certifications gained"},
      {SummaryField::jobs, "jobs", "带动就业情况", "jobs"},
      {SummaryField::market_share, "market_share", "市场规模或市场占有率提升", "market size or share gained"},
      {SummaryField::cost_saved, "cost_saved", "成本节约情况", "cost saved"},
      {SummaryField::funds, "funds", "投入经费情况", "funds invested"},
  }};
};

template <>
struct Names<CellOrigin> {
  static constexpr std::array<Name<CellOrigin>, 3> table{{
      {CellOrigin::unknown, "unknown", "未知", "unknown"},
      {CellOrigin::registers, "registers", "登记库", "registers"},
      {CellOrigin::given, "given", "填报", "given"},
  }};
};

/// A figure that comes from outside the registers.
struct GivenFigure {
  SummaryField field = SummaryField::districts;
  std::optional<Decimal> value;
  std::string text;    ///< in words, beside the figure or in its place
  std::string source;  ///< who gave it
};

struct SummaryCell {
  CellOrigin origin = CellOrigin::unknown;
  std::optional<Decimal> value;  ///< absent: unknown, or words alone
  std::string text;              ///< in words: the indicators that rose, say
  Text basis;                    ///< how it was counted, or who gave it
};

/// One row of table I.1.
struct SummaryRow {
  std::string chain;
  std::string period;  ///< "2026-01-01 … 2026-12-31"
  Date from;
  Date until;
  std::array<SummaryCell, 14> cells;  ///< by SummaryField
  Findings findings;                  ///< warnings: a given figure that differs from the registers, a period not read

  [[nodiscard]] const SummaryCell& operator[](SummaryField field) const noexcept {
    return cells[static_cast<std::size_t>(field)];
  }
};

/// Fills a row of table I.1: from the registers wherever they know, from given figures elsewhere; each cell says which.
///
/// Enterprises and institutions: members of the consortium on any day of the period and units that lead or take part in
/// a project of the period, each counted once; where the register has no members at all, those of the map, and the
/// basis says so. Experts: those who scored a problem, illustrative scores aside. Projects: those past the proposal by
/// the period's end whose time touches it. Problems solved: by the history within the period; those that are solved and
/// have no history count too, and the basis tells how many. Indicators raised: of the rows whose period lies within
/// this one or is empty, each indicator once by its latest, those with baseline and value of which the value is the
/// better; a period that cannot be read is a warning. Funds: what reports say was spent in the period, else the budgets
/// of its projects, in 10 000 yuan. Small enterprises: those of the enterprises counted whose size is medium, small or
/// micro, where every size is known; where some are not, that number as a lower bound unless a figure is given, and
/// unknown where none was found. Districts, clusters, certifications, jobs, market share and cost saved stand in no
/// register: such a row of `indicators` that is the chain's own and bears the column's name fills
/// them, else a given figure.
///
/// @param dossier  the registers.
/// @param from, until  first and last day of the period.
/// @param given    figures; one that the registers know too is not taken, and differs or agrees (a warning).
/// @throws Error{invalid_argument} the period ends before it begins. @throws Error{invalid_value} a day in the
/// registers that is no date. @throws Error{duplicate} a field given twice; all at once.
/// @complexity  O(rows · units).
/// @numerics    Exact decimals. @throws Error{overflow} sums of money beyond 2^63.
/// @threads     Reads only.
/// @source  Appendix I of T/GQDA; the counting rules are ours.
/// @since 0.1, experimental.
[[nodiscard]] SummaryRow summary_of(const Dossier& dossier, Date from, Date until,
                                    std::span<const GivenFigure> given = {});

/// A column of table I.1 over periods.
struct SummaryTrend {
  SummaryField field = SummaryField::districts;
  std::vector<std::optional<Decimal>> values;  ///< by row
  std::optional<Rational> change;              ///< last known − first known, where there are two
  std::optional<Rational> ratio;               ///< last / first, where the first is not 0
  bool mixed = false;                          ///< known figures of different origin: compare with care
};

/// The trend of each column over the periods of one chain.
///
/// @param rows  one or more, of one chain, in time, not overlapping.
/// @throws Error{invalid_argument} no rows, several chains, or periods out of order or overlapping.
/// @complexity O(rows). @numerics Exact. @threads Pure. @source Definition, no paper. @since 0.1, experimental.
[[nodiscard]] std::vector<SummaryTrend> trend(std::span<const SummaryRow> rows);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/summary-inl.hpp"
