#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/io/arrow_abi.hpp"

namespace chainqual {
inline namespace v1 {

/// What the values of an Arrow column are.
enum class ArrowKind : std::uint8_t {
  null,  ///< nothing but nulls
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float16,
  float32,
  float64,
  utf8,
  large_utf8,
  utf8_view,
  decimal128,
  date32,  ///< days since 1970-01-01
  date64,  ///< milliseconds since 1970-01-01
  other,   ///< a type that chainqual does not read; `ArrowType::format` names it
};

/// The type of a column. A dictionary column has the kind of its dictionary's values.
struct ArrowType {
  ArrowKind kind = ArrowKind::null;
  std::string format = "n";        ///< as the C Data Interface writes it; of a dictionary column that of its values
  std::optional<ArrowKind> index;  ///< dictionary columns: kind of the indices, an integer
  bool ordered = false;            ///< dictionary columns: the dictionary's order means something
  int precision = 0;               ///< decimal128: digits in all
  int scale = 0;                   ///< decimal128: digits behind the point; negative: zeros before it
  friend bool operator==(const ArrowType&, const ArrowType&) = default;
};

/// A type by its kind alone. @pre no decimal128, no other.
[[nodiscard]] ArrowType arrow_type(ArrowKind kind);
/// A decimal128 of 1 … 38 digits.
[[nodiscard]] ArrowType arrow_decimal_type(int precision, int scale);

/// "text", "dictionary of text", "decimal(5, 2)": a type as messages name it.
[[nodiscard]] Text arrow_type_name(const ArrowType& type);

/// One stretch of a column, as its buffers hold it. Borrowed: the column that it comes from keeps the memory alive.
struct ArrowChunk {
  std::int64_t length = 0;
  std::int64_t offset = 0;      ///< values before the first one, in every buffer
  std::int64_t null_count = 0;  ///< −1: not counted yet
  std::vector<const void*> buffers;
  std::shared_ptr<const ArrowChunk> dictionary;  ///< the values that indices stand for

  /// Whether value i is there. @pre i < length.
  [[nodiscard]] bool valid(std::int64_t i) const noexcept {
    if (buffers.empty() || buffers[0] == nullptr) return true;
    const std::int64_t at = offset + i;
    return (static_cast<const std::uint8_t*>(buffers[0])[at >> 3] >> (at & 7) & 1U) != 0;
  }
};

/// Nulls of a chunk: its own count where it has one, else counted. @complexity O(length / 64).
[[nodiscard]] std::int64_t null_count(const ArrowChunk& chunk) noexcept;

/// A decimal128 value: unscaled / 10^scale. @complexity O(1).
struct ArrowDecimal {
  std::uint64_t low = 0;
  std::int64_t high = 0;
  int scale = 0;
  /// The exact value if a Decimal holds it (18 places, 2^63 − 1 of them).
  [[nodiscard]] std::optional<Decimal> exact() const noexcept;
  /// All digits with exactly max(scale, 0) places.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] double to_double() const noexcept;
  friend bool operator==(const ArrowDecimal&, const ArrowDecimal&) = default;
};

/// A day.
struct ArrowDate {
  std::int64_t days = 0;  ///< since 1970-01-01
  /// ISO 8601, of the proleptic Gregorian calendar.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const ArrowDate&, const ArrowDate&) = default;
};

/// A 16-bit float, by its bits.
struct ArrowHalf {
  std::uint16_t bits = 0;
  [[nodiscard]] float to_float() const noexcept;
  friend bool operator==(const ArrowHalf&, const ArrowHalf&) = default;
};

/// One value: nothing (null), or what the column's kind says. Text is borrowed from the column.
using ArrowCell = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, ArrowHalf, float, double,
                               std::string_view, ArrowDecimal, ArrowDate>;

/// A cell as text: numbers with the fewest digits that read back to the same bits of their own type, dates as ISO 8601,
/// nothing as "". @complexity O(digits).
[[nodiscard]] std::string arrow_cell_text(const ArrowCell& cell);

/// A named column in one or more chunks, read from an Arrow producer or made here. Immutable; copies share the buffers.
class ArrowColumn {
 public:
  ArrowColumn();  ///< no name, no rows, kind null

  /// Over buffers that lie somewhere; `owner` keeps them alive. The chunks are trusted as those of a producer are: they
  /// have as many buffers as their kind has, of lengths that hold offset + length values.
  ///
  /// @throws Error{wrong_format} a chunk contradicts itself (negative lengths, missing buffers, no dictionary).
  /// @complexity O(chunks). @numerics none. @threads Pure. @source Arrow Columnar Format 1.4. @since 0.1, experimental.
  ArrowColumn(std::string name, ArrowType type, std::vector<ArrowChunk> chunks, std::shared_ptr<const void> owner);

  [[nodiscard]] const std::string& name() const noexcept { return state_->name; }
  [[nodiscard]] const ArrowType& type() const noexcept { return state_->type; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return state_->rows; }
  [[nodiscard]] std::span<const ArrowChunk> chunks() const noexcept { return state_->chunks; }
  /// Row at which a chunk begins. @pre chunk < chunks().size().
  [[nodiscard]] std::uint64_t chunk_begin(std::size_t chunk) const noexcept { return state_->begins[chunk]; }
  /// The same values under another name.
  [[nodiscard]] ArrowColumn renamed(std::string name) const;
  /// Nulls of all chunks; of a dictionary column those of its indices. @complexity O(rows / 64) where not counted yet.
  [[nodiscard]] std::uint64_t nulls() const noexcept;

  /// One value, through the dictionary where there is one.
  ///
  /// @param row  < rows().
  /// @throws Error{out_of_range} no such row. Error{wrong_format} the kind is `other`, or the buffers contradict
  ///         themselves at this value (offsets that fall, an index beyond the dictionary); column and row are named.
  /// @complexity O(log chunks). @numerics none. @threads Reads only. @source Arrow Columnar Format 1.4.
  /// @since 0.1, experimental.
  [[nodiscard]] ArrowCell cell(std::uint64_t row) const;

  /// A chunk's own numbers, without a copy.
  ///
  /// @tparam T     the C++ type of the kind: std::uint8_t of uint8 …, float, double. float16, truths and decimals have
  /// none.
  /// @param chunk  < chunks().size().
  /// @return none where the kind differs, the chunk has nulls or a dictionary, or its buffer is not aligned for T.
  /// @throws none. @complexity O(1) where nulls are counted. @numerics none. @threads Reads only.
  /// @source Arrow Columnar Format 1.4. @since 0.1, experimental.
  template <class T>
  [[nodiscard]] std::optional<std::span<const T>> view(std::size_t chunk) const noexcept;

  /// What keeps the buffers alive.
  [[nodiscard]] const std::shared_ptr<const void>& owner() const noexcept { return state_->owner; }

 private:
  struct State {
    std::string name;
    ArrowType type;
    std::uint64_t rows = 0;
    std::vector<ArrowChunk> chunks;
    std::vector<std::uint64_t> begins;
    std::shared_ptr<const void> owner;
  };
  [[nodiscard]] const void* numbers(std::size_t chunk, ArrowKind kind, std::size_t size) const noexcept;

  std::shared_ptr<const State> state_;
};

/// Columns of one length. Immutable; copies share the columns.
class ArrowTable {
 public:
  ArrowTable() = default;
  /// @throws Error{shape_mismatch} the columns' rows differ in number.
  explicit ArrowTable(std::vector<ArrowColumn> columns);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::span<const ArrowColumn> columns() const noexcept { return columns_; }
  /// The column of exactly this name; null when there is none. @throws Error{duplicate} two have it.
  [[nodiscard]] const ArrowColumn* find(std::string_view name) const;
  /// As find. @throws Error{missing_column} there is none; the message lists those there are, the nearest first.
  [[nodiscard]] const ArrowColumn& at(std::string_view name) const;

 private:
  std::vector<ArrowColumn> columns_;
  std::uint64_t rows_ = 0;
};

/// Takes a table over from an Arrow producer: one struct array, whose fields are the columns, or an array of any other
/// type, which becomes a table of one column.
///
/// Nothing is copied; the producer's release callback is called when the last column and copy are gone, from whichever
/// thread lets it go. Types that chainqual does not read are kept as kind `other` and complained about only when used.
///
/// @param schema  moved out of: its `release` is null afterwards, whatever happens.
/// @param array   moved out of likewise.
/// @throws Error{invalid_argument} a null pointer, or a struct that was released already.
/// @throws Error{wrong_format}  lengths, offsets, buffers or children that cannot be; a struct with null rows.
/// @complexity O(columns).
/// @numerics   none.
/// @threads    Pure.
/// @source     Arrow C Data Interface.
/// @since 0.1, experimental.
[[nodiscard]] ArrowTable take_arrow(ArrowSchema* schema, ArrowArray* array);

/// Takes all batches of a stream over, as chunks.
///
/// @param stream  moved out of: its `release` is null afterwards, whatever happens.
/// @throws as above; Error{io_failure} the producer reports an error, whose words are quoted.
/// @complexity O(columns · batches). @numerics none. @threads Pure. @source Arrow C Stream Interface.
/// @since 0.1, experimental.
[[nodiscard]] ArrowTable take_arrow(ArrowArrayStream* stream);

/// Hands a table out as a struct array. Nothing is copied: what is handed out shares the columns' buffers and keeps
/// them alive until it is released. Children may be moved out and released on their own.
///
/// @param table   at most one chunk a column; `give_arrow(table, stream)` takes any.
/// @param schema  overwritten on success.
/// @param array   overwritten on success.
/// @throws Error{invalid_argument} a null pointer, or several chunks.
/// @throws Error{wrong_format} a column of kind `other`. On any throw nothing is written.
/// @complexity O(columns). @numerics none. @threads Reads only. @source Arrow C Data Interface.
/// @since 0.1, experimental.
void give_arrow(const ArrowTable& table, ArrowSchema* schema, ArrowArray* array);

/// Hands a table out as a stream of struct arrays, cut wherever a column is cut; an empty table gives no batch.
///
/// @param table   any.
/// @param stream  overwritten on success.
/// @throws as above, several chunks aside.
/// @complexity O(columns) now and for each batch. @numerics none. @threads Reads only; one owner of the stream.
/// @source Arrow C Stream Interface. @since 0.1, experimental.
void give_arrow(const ArrowTable& table, ArrowArrayStream* stream);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/io/arrow-inl.hpp"
