#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Bounds that keep hostile input from taking the machine; beyond one is `Error{limit_exceeded}`.
struct ReadLimits {
  std::uint64_t file_bytes = std::uint64_t{4} << 30;  ///< of one file
  std::uint64_t cell_bytes = std::uint64_t{1} << 20;  ///< of one cell or JSON string
  std::uint64_t row_fields = 4096;                    ///< of one CSV record or JSON object
  std::uint64_t findings = 1000;                      ///< kept; further ones are counted
  std::uint32_t json_depth = 32;                      ///< of nested objects and arrays
};

/// How a chain folder or its JSON twin is read. The default is strict: one error anywhere and nothing is loaded.
struct ReadOptions {
  /// Take the repairs that are safe (full-width digits and letters, case of credit codes); each is listed as an info
  /// finding.
  bool repair = false;
  /// When not empty: a folder (made if absent) for the rows that break a rule. It receives, for each table with bad
  /// rows, a file of the table's name with the heading line and the bad rows byte for byte, and `findings.csv`;
  /// everything else loads.
  std::filesystem::path rejects;
  ReadLimits limits;
};

/// How many rows of one table were read; `loaded + rejected == read` always.
struct TableCount {
  std::string table;  ///< "enterprises", "links" …
  std::uint64_t read = 0;
  std::uint64_t loaded = 0;
  std::uint64_t rejected = 0;
  friend bool operator==(const TableCount&, const TableCount&) = default;
};

/// A chain as read, and what was noticed in reading it.
struct ChainFile {
  Dossier dossier;
  Findings findings;               ///< warnings and infos; with `rejects`, also the errors of the rejected rows
  std::vector<TableCount> tables;  ///< in the order of the folder's tables; absent tables are not listed
};

/// Reads a chain: a folder of `chain.json` and CSV tables, or one `.json` file with the same content.
///
/// Only `enterprises` is required. Headings may be English (the record's member names) or Chinese (those of the
/// standard's appendices are known); text UTF-8 with or without byte-order mark, or GB18030. Every rule is checked in
/// every file before anything is reported. References between tables are checked by id; the finding of an unknown one
/// lists the nearest known ids.
///
/// @param path     folder, or file ending in `.json`.
/// @param options  repairs, rejects and limits.
/// @param control  cancel and progress; progress is the share of tables read.
/// @throws Error{not_found}  `path` or its enterprises table does not exist.
/// @throws Error             its code that of the first error finding, all findings with it, when any rule is broken
/// and `rejects` is empty.
/// @throws Error{cancelled}  `control` asked for it.
/// @throws Error{invalid_argument}  the folder for rejects is the chain itself.
/// @complexity  O(bytes) time and space; nearest ids cost O(ids) for each of the first unknown references, bounded in
/// total.
/// @numerics    Scores and shares are kept as exact decimals, values as the nearest double.
/// @threads     Reads files only; concurrent calls are safe unless they share a rejects folder.
/// @source      Tables of STANDARD clauses 5.2 … 5.6 and appendices B, C, E, G.
/// @since 0.1, experimental.
[[nodiscard]] ChainFile read_chain(const std::filesystem::path& path, const ReadOptions& options = {},
                                   const Control& control = {});

/// How a chain is written.
struct WriteOptions {
  Language headings = Language::en;  ///< language of headings and of words such as stage and status
};

/// Writes a chain so that `read_chain` gives the same content back: to a folder, or to one file when `path` ends in
/// `.json` or `.xlsx`.
///
/// A folder receives `chain.json` and one CSV file for each table that has rows (`enterprises.csv` always); tables of
/// an earlier content that are now empty are removed, other files stay. All files are complete beside their places
/// before the first one is put in its place.
///
/// @param dossier  what to write.
/// @param path     folder (made if absent), `.json` or `.xlsx`.
/// @param options  language of headings.
/// @throws Error{io_failure}      the system refused; what stood at `path` before is unchanged.
/// @throws Error{invalid_value}   a text holds a NUL byte or is not UTF-8, which no reader would take back.
/// @throws Error{limit_exceeded}  a text is longer than the reader's limit, or a table longer than a sheet.
/// @complexity  O(content).
/// @numerics    Decimals exactly; doubles as the shortest text that reads back to the same bits.
/// @threads     Reads `dossier` only.
/// @source      As read_chain.
/// @since 0.1, experimental.
void write_chain(const Dossier& dossier, const std::filesystem::path& path, const WriteOptions& options = {});

/// Whether two dossiers say the same: equal chain information, segments, institutions, enterprises, links and register
/// rows, each in the same order.
///
/// @param a  one dossier.
/// @param b  the other.
/// @throws  none.
/// @complexity  O(content).
/// @numerics    Doubles are equal by value, absent ones to absent ones.
/// @threads     Reads only.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] bool same_content(const Dossier& a, const Dossier& b);

}  // namespace v1
}  // namespace chainqual
