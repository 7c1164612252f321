#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/register/project.hpp"

namespace chainqual {
inline namespace v1 {

/// A grade and the value that it still admits.
struct GradeLimit {
  std::string name;
  Decimal limit;  ///< itself admitted
};

/// Grades by one measured value against limits, the best grade first: milk by its somatic cells, say.
class LimitGrading {
 public:
  /// @param limits     one or more, each looser than the one before.
  /// @param direction  lower_is_better: a grade admits values up to its limit; higher_is_better: from it.
  /// @throws Error{invalid_argument} no limits. @throws Error{invalid_value} limits not in order; all at once.
  explicit LimitGrading(std::vector<GradeLimit> limits, Direction direction = Direction::lower_is_better);

  /// Position of the best grade that admits the value, none where all limits are broken. Exact. @complexity O(log n).
  [[nodiscard]] std::optional<std::size_t> grade(const Decimal& value) const;

  /// How many values fall in each grade, and last how many in none. @complexity O(values · log limits).
  [[nodiscard]] std::vector<std::size_t> tally(std::span<const Decimal> values) const;

  [[nodiscard]] const std::vector<GradeLimit>& limits() const noexcept { return limits_; }

 private:
  std::vector<GradeLimit> limits_;
  Direction direction_;
};

/// Somatic cells in raw milk, per mL: 400 000 (EU), 750 000 (US), 1 000 000 (proposed in China).
///
/// @source  Figures as P2 reports them; European Regulation (EC) 853/2004 and the US Pasteurized Milk Ordinance set the
/// first two.
[[nodiscard]] LimitGrading milk_by_somatic_cells();

/// What a step of the supplier ladder asks of one measure.
struct LadderDemand {
  std::string measure;
  Direction direction = Direction::higher_is_better;
  Decimal limit;  ///< itself enough
};

/// A step: bronze, silver, gold … as staged certifications such as ZED have them.
struct LadderStep {
  std::string name;
  std::vector<LadderDemand> demands;
};

struct SupplierMeasure {
  std::string measure;
  Decimal value;
};

/// Where a supplier stands.
struct LadderPlace {
  std::optional<std::size_t> step;      ///< the highest that it has reached, with all below it; none: not on the ladder
  std::vector<LadderDemand> wanting;    ///< what the next step asks and the supplier does not show; empty at the top
  std::vector<std::string> unmeasured;  ///< of these, the measures of which it gives no value
};

/// Places a supplier on the ladder: steps are climbed in order, and a demand without a measured value is not met.
///
/// @param ladder    steps from the lowest, one or more.
/// @param measures  of the supplier.
/// @throws Error{invalid_argument} no steps, or a step without demands. @throws Error{duplicate} a measure twice; all
/// at once.
/// @complexity  O(demands · measures).
/// @numerics    Exact.
/// @threads     Pure.
/// @source  P2 on staged certification of suppliers (ZED); steps and demands are data. @since 0.1, experimental.
[[nodiscard]] LadderPlace place_on_ladder(std::span<const LadderStep> ladder,
                                          std::span<const SupplierMeasure> measures);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/limit_grading-inl.hpp"
