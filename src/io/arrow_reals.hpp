#pragma once

#include <cstdint>
#include <span>

#include "arrow_cells.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// What a real number must be.
enum class RealRule : std::uint8_t { flow, share, weight };

/// Whether a column's type can hold real numbers.
[[nodiscard]] bool holds_reals(const ArrowType& type) noexcept;

/// Real numbers of `out.size()` rows of a chunk, NaN where none is given or a finding was added.
///
/// Values are rounded once, to the nearest double; a value of rule flow must fit single precision.
void fill_reals(const ArrowColumn& column, std::size_t chunk, std::int64_t at, RealRule rule, bool repair,
                std::span<double> out, Findings& findings);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
