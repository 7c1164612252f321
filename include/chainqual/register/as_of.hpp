#pragma once

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The registers as they were at the end of a day, as far as the registers themselves say.
///
/// Statuses are those that the history led to by then (of a record without steps, its status as it stands). What is
/// dated later is left out: steps, and with a later correction the step that it takes back; facts, progress reports,
/// events, reviews, documents, risks, applications for change, and problems reported later, with all that names them;
/// members that entered later; a project that starts later and had taken no step, with what hangs on it (its results
/// and their licences too); a licence that begins or was signed later and had taken no step; the consortium while it
/// had neither members nor a step. What was still open is open again: milestones done later, risks closed later,
/// changes decided later, licences signed later, members that left later. Rows without a date stay; of a month or year
/// its first day counts. Texts are those of now: `Store::as_of` with Moment::recorded tells what they were.
///
/// @param dossier  the registers.
/// @param day      the day asked for.
/// @throws Error{invalid_value} a day in the registers that is no date, or a history with a state that there is not.
/// @complexity O(rows + records · history).
/// @numerics none.
/// @threads  Reads only.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] Dossier as_of(Dossier dossier, Date day);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/as_of-inl.hpp"
