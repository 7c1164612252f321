#pragma once

#include "chainqual/core/error.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// @{ What stands against a record being entered, changed or taken out by hand.
///
/// A project that is approved changes on an approved application alone (5.5.4 c), of the kind that the field asks for:
/// `leader` for the lead unit; `period` for first and last day and for milestones' due days; `goal` for problems,
/// expected results and targets; `content` for everything else of the task book, milestones added and taken out. What
/// a lead unit or a day becomes must stand in the application's `after`. An application lets the project be changed
/// from its approval until it is carried out. Once accepted nothing of the task book changes, once archived nothing at
/// all. A project that was taken over from elsewhere (it has a status and no steps) may have its blanks filled in.
///
/// An application is decided by steps, and stays as it was decided. A licence that was signed stays as it was signed,
/// but blanks of its texts may be filled in. A shared result keeps from whom it is, on what terms and for whom it is
/// shared: it is withdrawn first, and submitted anew.
///
/// @param dossier  the registers; read are the project's row, its changes and its steps.
/// @param before   what stands now; null: the record is entered.
/// @param after    what is to stand; null: the record is taken out.
/// @return Findings, the field in `where.column`; none when the record may be written. Statuses are not looked at.
/// @throws std::bad_alloc only.
/// @complexity O(changes + steps of the project).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.5.4 c, 5.5.5, 5.6.2 and appendix H of the standard; which field asks for which kind is ours.
/// @since 0.1, experimental.
[[nodiscard]] Findings against_edit(const Dossier& dossier, const Project* before, const Project* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const Milestone* before, const Milestone* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const ProjectPartner* before, const ProjectPartner* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const IndicatorRow* before, const IndicatorRow* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const Change* before, const Change* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const Licence* before, const Licence* after);
[[nodiscard]] Findings against_edit(const Dossier& dossier, const SharedResult* before, const SharedResult* after);
/// @}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/edit-inl.hpp"
