#pragma once

#include "chainqual/core/date.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What the registers say that cannot all be so, or that asks for a step.
///
/// Errors: a problem in breakthrough without a running or accepted project; licences in force that exclude each other;
/// a member that left before it entered; two lead units on the day; a status that differs from where the history leads;
/// a shared result whose project is known and not accepted. Warnings: a problem solved without an accepted project; a
/// licence in force whose last day is over; a consortium established without a lead unit.
///
/// @param dossier  the registers.
/// @param today    the day for which it is asked.
/// @return Findings with the table in `where.file`, the record's number in `value`.
/// @throws Error{invalid_value} a day in the registers that is no date.
/// @complexity O(problems · projects + licences² + records · history).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.2, 5.4, 5.5, 5.6 of the standard.
/// @since 0.1, experimental.
[[nodiscard]] Findings check_registers(const Dossier& dossier, Date today);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/consistency-inl.hpp"
