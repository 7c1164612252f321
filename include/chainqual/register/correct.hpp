#pragma once

#include <string>

#include "chainqual/register/dossier.hpp"
#include "chainqual/register/step.hpp"

namespace chainqual {
inline namespace v1 {

/// The correction of a step that was entered by mistake.
struct Correction {
  std::string number;  ///< of the record, as StepRequest has it
  std::string step;    ///< the step to take back, by its key or either of its names
  std::string date;    ///< ISO 8601 day of the correction
  Actor who = Actor::office;
  std::string by;           ///< the person or unit; it must be given
  std::string reason;       ///< it must be given
  std::string latest = {};  ///< a later day is refused, as mistyped; empty: any day is taken
};

/// Takes back a step that was entered by mistake: the record stands again where it stood before, and the history gains
/// a row that says who corrected which step, when and why. The mistaken row stays, and counts on no day: the registers
/// as of a day before the correction, too, show the record without it. What really happened is then entered as a step,
/// from the day of the last step that stands.
///
/// Steps are taken back from the last one backwards. It is done by the managing body, or in the capacity in which the
/// step was taken. What the step wrote beside the status goes with it: the day of a licence's signing, a change's day
/// of decision. A step that others were built upon stays until theirs are taken back: a project's acceptance while a
/// problem stands as solved or a result of it as shared, a result's sharing while a licence for it is in force, the
/// end of a licence while another in force excludes it, an approved end while the project is stopped.
///
/// @param dossier     the registers; unchanged on any throw.
/// @param correction  what is wanted.
/// @return The row added to the history.
/// @throws Error{not_found}     there is no such record.
/// @throws Error{illegal_step}  no step stands; the last one is another (it is named); the status is not the one it led
///                              to; the actor may not; others were built upon it: all that is wrong at once.
/// @throws Error{missing_value} no reason, or nobody who did it.
/// @throws Error{invalid_value} the day is no date, lies before the step's or behind `latest`.
/// @complexity O(history + problems · projects + licences²).
/// @numerics none.
/// @threads  One owner.
/// @source  Ours: the standard asks for full records and says nothing of mistakes in them.
/// @since 0.1, experimental.
template <class State>
StepRecord correct_step(Dossier& dossier, const Correction& correction);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/correct-inl.hpp"
