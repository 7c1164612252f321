#pragma once

#include <filesystem>
#include <vector>

#include "chainqual/io/sheet.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Writes sheets as an XLSX workbook: text stays text whatever it starts with, columns are as wide as their content
/// (Chinese counts double), the heading row is bold and frozen with a filter, grades are coloured stars. Equal sheets
/// give equal bytes.
///
/// @param sheets  at least one.
/// @param path    written beside and then renamed.
/// @throws Error{invalid_argument}  no sheet, or a row longer than the headings.
/// @throws Error{limit_exceeded}    over 1 048 575 rows or 16 384 columns, or a text over 32 767 characters: Excel
/// holds no more, nothing is cut.
/// @throws Error{invalid_value}     a number is not finite.
/// @throws Error{io_failure}        the system refused; what stood at `path` is unchanged.
/// @complexity  O(cells) time and space.
/// @numerics    A Decimal of at most 15 digits becomes a number shown with its own places; a longer one stays text,
/// exact.
/// @threads     Concurrent calls with different paths are safe.
/// @source      ECMA-376 through libxlsxwriter.
/// @since 0.1, experimental.
void write_xlsx(const std::vector<Sheet>& sheets, const std::filesystem::path& path);

/// The sheets of a chain, one a table in the order of the chain folder, with headings in one language; empty tables are
/// left out. The last sheet, "chain", holds what the chain says of itself (`info_texts`), so that nothing is lost.
///
/// @param dossier   what to show.
/// @param language  of headings and of words such as stage and status.
/// @throws  none but std::bad_alloc.
/// @complexity  O(content).
/// @numerics    none.
/// @threads     Reads only.
/// @source      As read_chain.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Sheet> chain_sheets(const Dossier& dossier, Language language = Language::zh);

/// Writes a chain as a workbook, one sheet a table and one for the chain itself: `chain_sheets` through `write_xlsx`.
///
/// @param dossier   what to write.
/// @param path      the workbook.
/// @param language  of headings and words.
/// @throws  as write_xlsx.
/// @complexity  O(content).
/// @numerics    as write_xlsx.
/// @threads     as write_xlsx.
/// @source      as write_xlsx.
/// @since 0.1, experimental.
void write_chain_xlsx(const Dossier& dossier, const std::filesystem::path& path, Language language = Language::zh);

}  // namespace v1
}  // namespace chainqual
