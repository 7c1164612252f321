#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chainqual/chain/columns.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/arrow.hpp"
#include "chainqual/io/links_file.hpp"

namespace chainqual {
inline namespace v1 {

/// Which columns of tables make a network. A name left empty is found among the headings of `links.csv`, in English and
/// Chinese, case and width aside.
struct NetworkTableOptions {
  std::string supplier;
  std::string customer;
  std::string value;
  std::string dependency;
  std::string escape;
  /// Given: supplier and customer are integers 0 … positions − 1, the enterprises' own ids, and not keys.
  std::optional<std::uint64_t> positions;
  bool repair = false;  ///< take half-width forms of full-width numbers in text columns; each is listed
  BuildOptions build;
};

/// The network of a table of links.
///
/// Columns used: supplier, customer (text, integers, or dictionaries of them), value, dependency, escape (integers,
/// floats, decimals or text; a null or NaN is not given). Who appears is an enterprise, numbered by first appearance (a
/// row's supplier before its customer); integers are keys like text, 12 is the key "12", unless `options.positions` is
/// given. The same rows give the same network and keys as from `links.csv` by `read_network`.
///
/// @param links    read only; any chunks, cut differently by column.
/// @param options  names, positions, self-supply.
/// @param control  executor, cancel, progress.
/// @return `link_rows`, and in `findings` warnings (self-supply) and infos; `keys` is empty with `options.positions`.
/// @throws Error{missing_column | duplicate | wrong_format} columns missing, twice, or of a type that cannot serve.
/// @throws Error  the code of the first, with all findings (the first 1,000 and their count), when cells break rules:
///         an empty key, a value negative or infinite, a share outside [0, 1], a position beyond the network, a key
///         that is not UTF-8. Each has column, row and fix.
/// @throws Error{limit_exceeded} more than 2^32 − 2 enterprises. Error{cancelled}, std::bad_alloc.
/// @complexity O(rows); 32 bytes for an enterprise's key beside the result while reading, builder's memory.
/// @numerics   Values as the nearest float through double; rows without a value get the mean of their customer's other
///             purchases, else of all, else 1. Same bits for any thread count and any chunks.
/// @threads    Reads only.
/// @source     Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] NetworkTables network_from_table(const ArrowTable& links, const NetworkTableOptions& options = {},
                                               const Control& control = {});

/// The network of a table of enterprises and one of links, whose ids are the rows of the former.
///
/// Columns used of `enterprises`: id, credit_code, name (text or integers; the first that a row has is its key), stage
/// (words), segments (text, the first is its home), weight. A link names an enterprise by its key.
///
/// @param enterprises  read only.
/// @param links        read only.
/// @param options      as above; `positions` must not be given.
/// @param control      as above.
/// @throws as above; moreover Error{duplicate} a key twice (both rows are named), Error{missing_value} a row without a
///         key, Error{unknown_reference} a link to an unknown enterprise (with the nearest keys),
///         Error{invalid_argument} `positions` given.
/// @complexity as above.
/// @numerics   as above.
/// @threads    as above.
/// @source     Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] NetworkTables network_from_table(const ArrowTable& enterprises, const ArrowTable& links,
                                               const NetworkTableOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
