#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"
#include "key_index.hpp"
#include "packed_key.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// What a column of `links.csv` is to the fast path.
enum class LinkColumn : std::uint8_t { other, supplier, customer, value, dependency, escape };

/// How the rows of one file are laid out.
struct LinkLayout {
  const CsvReader* reader = nullptr;
  std::vector<LinkColumn> columns;  ///< by field
  std::string_view text;
  std::size_t cell_bytes = 0;
  bool repair = false;
  bool asks_totals = true;
  bool has_dependency = false;
  bool has_escape = false;
};

/// The rows of one chunk, as columns, and what was found in them. Records and lines count from the chunk's start. The
/// columns keep their room from chunk to chunk: `count` rows of them are in use.
struct LinkRows {
  std::size_t count = 0;
  std::vector<PackedKey> supplier;
  std::vector<PackedKey> customer;
  std::vector<double> value;  ///< NaN: none
  std::vector<float> dependency;
  std::vector<float> escape;
  std::vector<std::size_t> start;  ///< of the row in the text
  std::vector<std::uint32_t> supplier_id;
  std::vector<std::uint32_t> customer_id;
  std::uint64_t records = 0;  ///< numbered ones: rows of empty cells too
  std::uint64_t lines = 0;
  std::uint64_t read = 0;
  std::uint64_t missing_values = 0;
  Findings parsing;
  Findings looking;
  std::vector<std::pair<std::size_t, std::size_t>> rejected;  ///< [begin, end) in the text, in file order
  std::list<std::string> kept;                                ///< long keys that do not stand in the text as they are

  void clear();
  /// Room for so many rows; those in use stay.
  void make_room(std::size_t rows, const LinkLayout& layout);
  [[nodiscard]] std::size_t size() const noexcept { return count; }
};

/// Parses the records of [begin, end), both between records. Plain rows go a short way; a row with anything unusual is
/// read again by CsvReader and CellConverter, so that both ways take and report the same.
void parse_links(const LinkLayout& layout, std::size_t begin, std::size_t end, LinkRows& rows);

/// Looks the rows' keys up. `adds`: new keys are added; else rows with an unknown key are reported and left out.
/// @param chunk  number of the chunk in its round, for positions.
void look_up_links(const LinkLayout& layout, std::size_t begin, std::size_t end, KeyIndex& index, bool adds,
                   std::uint32_t chunk, LinkRows& rows);

/// Where chunks of about `size` bytes end, each between two records. @return ends; the last is text.size() or the first
/// record's end behind `begin + chunks · size`.
/// @param quoteless_until  no quote lies between `begin` and here.
std::vector<std::size_t> chunk_ends(std::string_view text, std::size_t begin, std::size_t size, std::size_t chunks,
                                    char delimiter, std::size_t quoteless_until = 0);

/// What a stretch of text holds.
struct TextSurvey {
  std::size_t line_ends = 0;  ///< LF and CR
  bool has_quotes = false;
};
TextSurvey survey(std::string_view text) noexcept;

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
