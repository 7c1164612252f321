#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/impact/essentiality.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What a table calls things by, and what they are: for reading names that only the caller knows.
struct NameLookup {
  std::function<std::optional<std::uint32_t>(std::string_view)> find;  ///< none: not known
  std::function<std::vector<std::string>(std::string_view)> nearest;   ///< to suggest for an unknown one; may be empty
};

/// Reads who cannot work without whose goods: a CSV table with the columns supplier, customer and need.
///
/// `supplier` and `customer` name sectors, or are `*` for every one; `need` is essential, ordinary or negligible (2, 1,
/// 0; 必需, 一般, 可忽略). Rows apply in their order, a later one over an earlier one, so a first row `*, *, ordinary`
/// says what holds where nothing else is said; without it that is essential.
///
/// @param path     UTF-8 or GB18030.
/// @param sectors  how many there are; `lookup.find` answers below it.
/// @param lookup   names of sectors.
/// @return `by_sector` [sectors × sectors].
/// @throws Error with every finding: unknown_reference a sector that nobody knows, missing_value an empty cell,
///         invalid_value another need, and as `CsvReader`. Error{not_found, io_failure}.
/// @complexity  O(bytes + sectors² · rows with `*`).
/// @numerics    none.
/// @threads     Reads only.
/// @source      Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] Essentiality read_needs(const std::filesystem::path& path, std::uint32_t sectors,
                                      const NameLookup& lookup);
/// The same from decoded text; what was found in decoding it is thrown with the rest.
[[nodiscard]] Essentiality read_needs(TextFile text, std::uint32_t sectors, const NameLookup& lookup,
                                      Findings findings);

/// What enterprises sell and spend in all, in the unit of the links' values. NaN: not given.
struct Accounts {
  std::vector<double> revenue;       ///< [n] all that an enterprise sells; empty: the table has no such column
  std::vector<double> final_demand;  ///< [n] ≥ 0, what it sells outside the chain; likewise
  std::vector<double> cost;          ///< [n] all that it spends; likewise
};

/// Reads revenue, final demand and cost by enterprise: a CSV table with the column enterprise and one or more of
/// revenue, final_demand, cost. A cell may be empty, and enterprises may be missing; final demand is then 0.
///
/// @param path         UTF-8 or GB18030.
/// @param enterprises  n; `lookup.find` answers below it.
/// @param lookup       names of enterprises.
/// @throws Error with every finding: unknown_reference an enterprise that nobody knows, duplicate one that stands
///         twice, invalid_value a negative number, missing_column none of the three, and as `CsvReader`.
///         Error{not_found, io_failure}.
/// @complexity  O(bytes + n).
/// @numerics    Decimals as the nearest double.
/// @threads     Reads only.
/// @source      Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] Accounts read_accounts(const std::filesystem::path& path, std::uint32_t enterprises,
                                     const NameLookup& lookup);
/// The same from decoded text.
[[nodiscard]] Accounts read_accounts(TextFile text, std::uint32_t enterprises, const NameLookup& lookup,
                                     Findings findings);

/// Reads which market each enterprise sells in, whose suppliers stand in for each other (`Replaceability::market`): a
/// CSV table with the columns enterprise and market. Enterprises whose market is written alike are of one market.
///
/// @param path         UTF-8 or GB18030.
/// @param enterprises  n; `lookup.find` answers below it.
/// @param lookup       names of enterprises.
/// @return [n] numbers from 0 in the order in which markets first stand in the table; `Network::none` for enterprises
///         that it leaves out: nobody stands in for them.
/// @throws Error with every finding: unknown_reference an enterprise that nobody knows, duplicate one that stands
///         twice, missing_value an empty cell, and as `CsvReader`. Error{not_found, io_failure}.
/// @complexity  O(bytes + n).
/// @numerics    none.
/// @threads     Reads only.
/// @source      Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<std::uint32_t> read_markets(const std::filesystem::path& path, std::uint32_t enterprises,
                                                      const NameLookup& lookup);
/// The same from decoded text.
[[nodiscard]] std::vector<std::uint32_t> read_markets(TextFile text, std::uint32_t enterprises,
                                                      const NameLookup& lookup, Findings findings);

}  // namespace v1
}  // namespace chainqual
