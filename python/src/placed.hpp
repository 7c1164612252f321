#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>

#include "chainqual/impact/propagate.hpp"

namespace chainqual::python {

/// A scenario out of a shock of every enterprise, or of disruptions (then the shock is theirs at full magnitude, unless
/// it is given too). A tuple of two shocks is one as suppliers and one as customers.
[[nodiscard]] PlacedScenario placed_of(const pybind11::object& shock, const pybind11::object& disruptions,
                                       std::uint32_t enterprises);

}  // namespace chainqual::python
