#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/evaluate/summary.hpp"
#include "chainqual/io/form.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The standard's forms that the registers fill.
enum class StandardForm : std::uint8_t { consortium, problems, projects, task_book, result, licence, summary };

template <>
struct Names<StandardForm> {
  static constexpr std::array<Name<StandardForm>, 7> table{{
      {StandardForm::consortium, "A", "质量创新联合体组建申请表",
       "Application to found a quality innovation consortium", "a|consortium"},
      {StandardForm::problems, "C", "产业链质量问题库", "Library of quality problems", "c|C.1|c.1|problems"},
      {StandardForm::projects, "E", "产业链质量攻关库", "List of breakthrough projects", "e|E.1|e.1|projects"},
      {StandardForm::task_book, "F", "产业链质量攻关项目任务书", "Task book of a breakthrough project",
       "f|task_book|task-book"},
      {StandardForm::result, "G", "产业链质量攻关成果入库信息表", "Entry of a breakthrough result",
       "g|G.1|g.1|result|results"},
      {StandardForm::licence, "H", "成果共享许可协议", "Licence agreement for a shared result", "h|licence|licences"},
      {StandardForm::summary, "I", "产业链质量提升工作总结汇总表", "Summary of the work on the chain's quality",
       "i|I.1|i.1|summary"},
  }};
};

/// What a form is filled for.
struct FormOptions {
  Language language = Language::zh;
  std::string number = {};              ///< F: of one project; G: result; H: licence. Empty: one form for each
  std::optional<Date> day = {};         ///< A: members of that day; without it those who have not left
  std::optional<Date> from = {};        ///< I: first …
  std::optional<Date> until = {};       ///< … and last day of the period
  std::vector<GivenFigure> given = {};  ///< I: figures that stand in no register
};

/// Fills one of the standard's forms from the registers: A, C.1, E.1, F, G.1, H or I.1, laid out as the standard's.
///
/// What the registers do not say stays blank, nothing is inferred. Units that the chain or the consortium knows show by
/// name. Stars of C.1 are those declared; where none are, those of the last assessment, if experts scored the problem
/// (illustrative scores do not count). Opinions of A are the reasons given with its steps, with person and day. Where a
/// register is empty, one blank form comes out.
///
/// @param which    the form.
/// @param dossier  the registers.
/// @param options  language, record, days.
/// @return one form; of F, G and H without a number one for each record.
/// @throws Error{not_found}         F, G, H: no record of that number; those that there are (up to ten) are named.
/// @throws Error{invalid_argument}  a number for another form; I without its period, and as summary_of.
/// @throws Error{invalid_value}     a day in the registers that is no date, where one counts (A, I).
/// @complexity O(rows · units).
/// @numerics Decimals exactly as kept.
/// @threads  Reads only.
/// @source  Appendices A, C, E, F, G, H and I of T/GQDA; the sentences are ours.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Form> standard_forms(StandardForm which, const Dossier& dossier,
                                               const FormOptions& options = {});

/// Table I.1 with a line for each row.
///
/// @param rows      of `summary_of`: chains, or periods of one.
/// @param language  of headings and notes.
/// @throws none but std::bad_alloc. @complexity O(rows). @numerics Decimals exactly as kept. @threads Pure.
/// @source  Appendix I of T/GQDA. @since 0.1, experimental.
[[nodiscard]] Form summary_form(std::span<const SummaryRow> rows, Language language = Language::zh);

}  // namespace v1
}  // namespace chainqual
