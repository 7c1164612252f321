#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/impact/measure.hpp"

namespace chainqual {
inline namespace v1 {

/// Reads measures against losses from JSON.
///
/// The document is {"measures": [ … ]}. A measure is an object with exactly one of
///   "alternate": {"customer": …, "supplier": …, "alternate": …, "share": 0 to 1, "escape": 0 to 1, may be absent},
///   "stock": {"enterprise": …, "days": ≥ 0},
///   "project": {"number": … and / or "problems": [ … ], "effect": 0 to 1, 1 where absent},
/// and, all of which may be absent, "cost" (10 000 yuan), "name", "name_en", "note". Shares may be written 60%. Names
/// of enterprises are ids, credit codes or names, looked up when the measures are used. An unknown key is an error with
/// the nearest known.
///
/// @param text  the document: UTF-8 (byte-order mark allowed) or GB18030.
/// @param file  name for findings; no file is opened.
/// @return at least one measure, with `where` set.
/// @throws Error with all findings: bad_syntax with line and byte; unknown_column, missing_value, duplicate,
///         invalid_value with line and JSON pointer.
/// @complexity  O(bytes).
/// @numerics    Decimals as the nearest double.
/// @threads     Reads only.
/// @source      Definition of this project; RFC 8259, RFC 6901.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Measure> measures_from_json(std::string_view text, const std::string& file = "measures.json");

/// The same from a file. @throws also Error{not_found, io_failure}.
[[nodiscard]] std::vector<Measure> read_measures(const std::filesystem::path& path);

/// The document that reads back to equal measures, `where` and what their kind does not read aside: UTF-8, Chinese
/// unescaped, ending in a line feed.
///
/// @throws Error{invalid_value} a text is not UTF-8 or holds a NUL byte, or a number is not finite.
/// @complexity  O(content). @numerics Shortest texts that read back to the same bits. @threads Reads only.
/// @source      As measures_from_json.
/// @since 0.1, experimental.
[[nodiscard]] std::string measures_to_json(std::span<const Measure> measures);

}  // namespace v1
}  // namespace chainqual
