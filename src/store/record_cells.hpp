#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"
#include "schema.hpp"

// Records to rows of cells and back, by the rules of the chain folder's reader: what a store takes, a folder takes.

namespace chainqual {
inline namespace v1 {
namespace storage {

/// The cells of a record, by field. @throws Error{invalid_value | limit_exceeded} a text that no reader takes back.
template <class R>
[[nodiscard]] Cells cells_of(const R& record);

/// A record from cells as they stand in the database.
/// @throws Error{checksum_mismatch} a cell that the store cannot have written.
template <class R>
[[nodiscard]] R record_of(const Cells& cells);

/// The record as the readers take it (texts trimmed, codes and dates in their one form), and what they find.
template <class R>
[[nodiscard]] R as_read(const R& record, Findings& findings);

/// Cells with values put in as a CSV table has them, by column; an empty value empties its cell.
template <class R>
[[nodiscard]] R record_with(Cells cells, const std::vector<std::pair<std::size_t, std::string>>& values,
                            Findings& findings);

/// A word of a condition in the form that the column has.
template <class R>
[[nodiscard]] std::string cell_word(std::size_t field, const std::string& value);

/// A list's elements.
[[nodiscard]] std::vector<std::string> elements_of(const Cell& cell);
/// Cells as JSON by field name, and back (fields that are gone are left out).
[[nodiscard]] std::string cells_to_json(const TableInfo& table, const Cells& cells);
[[nodiscard]] Cells cells_from_json(const TableInfo& table, const std::string& json);

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
