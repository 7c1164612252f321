#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/key_table.hpp"

namespace chainqual {
inline namespace v1 {

/// How `read_network` reads its tables.
struct ReadNetworkOptions {
  CsvOptions csv;
  bool repair = false;  ///< take half-width forms of full-width numbers; each is listed
  /// When not empty: files for the bad rows, byte for byte under the table's heading line; everything else loads.
  std::filesystem::path rejected_enterprises;
  std::filesystem::path rejected_links;
  BuildOptions build;
};

/// Rows of one table; loaded + rejected == read.
struct RowCounts {
  std::uint64_t read = 0;
  std::uint64_t loaded = 0;
  std::uint64_t rejected = 0;
  friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

/// A network out of tables: the links, who the ids are, and what was noticed.
struct NetworkTables {
  Network network;
  KeyTable keys;                      ///< by EnterpriseId
  std::vector<std::string> segments;  ///< by SegmentId, in order of first appearance; the home segments of enterprises
  RowCounts enterprise_rows;
  RowCounts link_rows;
  Findings findings;  ///< warnings and infos; with rejects files also the errors of rejected rows
};

/// Reads `links.csv` alone into a network: who appears is an enterprise, numbered by first appearance (a row's supplier
/// before its customer).
///
/// The fast way in for large chains: the mapped file is cut into chunks that start at records (quoted line breaks
/// included), parsed and looked up side by side, and handed block by block to `NetworkBuilder`. Columns used: supplier,
/// customer (required), value, dependency, escape; the other columns of `links.csv` are known and left aside. Numbers
/// follow `CellConverter`.
///
/// @param links    CSV in any encoding that `read_text` takes.
/// @param options  repairs, rejects, limits.
/// @param control  executor, cancel, progress.
/// @throws Error{not_found | io_failure}  the file cannot be opened or the rejects not written.
/// @throws Error  its code that of the first error, all findings with it, when a rule is broken and no rejects file is
///                named: each with file, row, line, column, value and fix. Rules: those of CSV; supplier and customer
///                not empty; values finite and >= 0; shares in [0, 1]. Self-supply is a warning.
/// @throws Error{limit_exceeded}  more than 2^32 − 2 enterprises.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity  O(bytes); 32 bytes for an enterprise's key beside the result while reading (plus keys over 23 bytes),
///              builder's memory, O(1) for the text: pages of the file are given back when done.
/// @numerics    Values as the nearest float to the exact decimal through double; same result and findings for any
/// number
///              of threads.
/// @threads     Uses `control.executor`; reads files only.
/// @source      Number reading: Clinger 1990, fast case; else std::from_chars.
/// @since 0.1, experimental.
[[nodiscard]] NetworkTables read_network(const std::filesystem::path& links, const ReadNetworkOptions& options = {},
                                         const Control& control = {});

/// Reads `enterprises.csv` and `links.csv` into a network whose ids are the enterprises' rows.
///
/// An enterprise's key is its id, else its credit code, else its name. Columns used: id, credit_code, name, stage,
/// segments (the first is its home), weight; the others are known and left aside. A link may name an enterprise by that
/// key only.
///
/// @param enterprises  CSV; ids count its loaded rows.
/// @param links        CSV.
/// @param options      as above.
/// @param control      as above.
/// @throws as above; moreover a key twice (both rows are named), a row without id, code and name, an unknown stage, and
/// a
///         link to an unknown enterprise (with the nearest keys) are errors.
/// @complexity  as above.
/// @numerics    as above.
/// @threads     as above.
/// @source      as above.
/// @since 0.1, experimental.
[[nodiscard]] NetworkTables read_network(const std::filesystem::path& enterprises, const std::filesystem::path& links,
                                         const ReadNetworkOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
