#pragma once

#include <string>
#include <string_view>

#include "chainqual/io/chain_folder.hpp"

namespace chainqual {
inline namespace v1 {

/// Reads the JSON twin of a chain folder from memory.
///
/// The document is one object: "format" ("chainqual-chain"), "format_version" (1), "chain" (what `chain.json` holds),
/// and one array of objects for each table, its keys the English headings. Lists are arrays of strings; scores, shares
/// and weights of the model are written as strings
/// ("3.67") so that no reader makes them binary, and numbers are taken too, by their digits as they stand ("3.670"
/// stays 3.670). An absent cell is a missing key, null or "". Findings name the line, and in `Location::column` the
/// JSON pointer (/problems/3/stage).
///
/// @param text     the document: UTF-8 (byte-order mark allowed) or GB18030.
/// @param file     name for findings; no file is opened.
/// @param options  repairs, rejects and limits.
/// @param control  cancel and progress.
/// @throws Error{bad_syntax}        not JSON: the finding has line and byte of the first place that cannot be parsed.
/// @throws Error{version_mismatch}  written by a newer version.
/// @throws Error                    as read_chain.
/// @complexity  O(bytes).
/// @numerics    No decimal passes through a double.
/// @threads     Reads only.
/// @source      RFC 8259 (JSON), RFC 6901 (pointer); a key twice in one object is an error here.
/// @since 0.1, experimental.
[[nodiscard]] ChainFile chain_from_json(std::string_view text, const std::string& file = "chain.json",
                                        const ReadOptions& options = {}, const Control& control = {});

/// The JSON twin of a chain: UTF-8, Chinese unescaped, one row a line, keys in the order of the tables' fields; equal
/// dossiers give equal bytes.
///
/// @param dossier  what to write.
/// @returns the document, ending in a line feed.
/// @throws Error{invalid_value}  a text is not UTF-8 or holds a NUL byte.
/// @complexity  O(content).
/// @numerics    Decimals exactly, as strings; doubles as the shortest text that reads back to the same bits.
/// @threads     Reads only.
/// @source      As chain_from_json.
/// @since 0.1, experimental.
[[nodiscard]] std::string chain_to_json(const Dossier& dossier);

}  // namespace v1
}  // namespace chainqual
