#pragma once

#include <string>

#include "chainqual/register/dossier.hpp"
#include "chainqual/register/guards.hpp"

namespace chainqual {
inline namespace v1 {

/// A step that somebody wants to take.
template <class State>
struct StepRequest {
  std::string number;  ///< of the record; empty for the consortium; project and number for a change: "J1/C1"
  State to;
  std::string date;  ///< ISO 8601 day
  Actor who = Actor::office;
  std::string by;           ///< the person or unit; it must be given
  std::string reason;       ///< asked for by steps back and ends
  std::string latest = {};  ///< a later day is refused, as mistyped; empty: any day is taken
};

/// The record's status, to read or change.
/// @throws Error{not_found} there is no such record.
[[nodiscard]] ProblemStatus& status_of(Dossier& dossier, std::string_view number, ProblemStatus);
[[nodiscard]] ProjectStatus& status_of(Dossier& dossier, std::string_view number, ProjectStatus);
[[nodiscard]] ResultStatus& status_of(Dossier& dossier, std::string_view number, ResultStatus);
[[nodiscard]] LicenceStatus& status_of(Dossier& dossier, std::string_view number, LicenceStatus);
[[nodiscard]] ConsortiumStatus& status_of(Dossier& dossier, std::string_view number, ConsortiumStatus);
[[nodiscard]] Decision& status_of(Dossier& dossier, std::string_view number, Decision);

/// Takes a step of a lifecycle: changes the record's status and adds a row to the history.
///
/// A signed licence also takes its day, a decided change its day and who decided; a step is refused on a day before the
/// record's last one. Where `by` names a unit that the registers know, it must be one that may act in that capacity:
/// the project's or the consortium's lead unit, a party to the licence, the contributor, the reporting unit.
///
/// @param dossier  the registers; unchanged on any throw.
/// @param request  what is wanted.
/// @return The row added to the history.
/// @throws Error{not_found}     there is no such record.
/// @throws Error{illegal_step}  the lifecycle has no such step (the legal ones are named), the actor may not take it, a
///                              reason is missing or a condition does not hold: all that is wrong at once, as findings.
/// @throws Error{invalid_value} the day is no date or lies before the record's last step.
/// @complexity O(history + rows that the conditions read).
/// @numerics none.
/// @threads  One owner.
/// @source  5.4.2 g, 5.5.4, 5.5.5, 5.6 and appendix A of the standard.
/// @since 0.1, experimental.
template <class State>
StepRecord take_step(Dossier& dossier, const StepRequest<State>& request);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/step-inl.hpp"
