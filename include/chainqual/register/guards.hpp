#pragma once

#include <optional>
#include <string_view>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Why a guard does not hold, and what to do.
struct Unmet {
  Text rule;
  Text fix;
};

/// Looks a step's condition up in the registers.
///
/// @param guard   the condition.
/// @param dossier the registers.
/// @param number  of the record that is to take the step: a problem, project, result or licence by the guard.
/// @param on      the day of the step.
/// @return Nothing where the condition holds (Guard::none always does); else what is missing.
/// @throws std::bad_alloc only.
/// @complexity O(rows of the tables that the condition reads).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.5.3, 5.5.5, 5.6.1, 5.6.2 and appendix H of the standard.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Unmet> unmet(Guard guard, const Dossier& dossier, std::string_view number, Date on);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/guards-inl.hpp"
