#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What to do with a row whose first cell says total (合计, 小计, 总计, Total …).
enum class TotalRows : std::uint8_t {
  ask,   ///< an error that asks the user to delete the row or to say that it is data
  keep,  ///< data like any other row
};

/// How a CSV file is read.
struct CsvOptions {
  char delimiter = ',';                               ///< ',' ';' '\t' or '|'
  std::uint64_t cell_bytes = std::uint64_t{1} << 20;  ///< longest cell
  std::uint64_t row_fields = 4096;                    ///< most fields of a record
  TotalRows total_rows = TotalRows::ask;
};

/// One data record. The views live until the next call of `CsvReader::next`; those of unquoted cells and `raw` as long
/// as the file.
struct CsvRecord {
  std::uint64_t record = 0;                 ///< from 1, the heading not counted; blank lines are no records
  std::uint64_t line = 0;                   ///< physical line on which the record starts, from 1
  std::span<const std::string_view> cells;  ///< as many as headings, unless bad; not trimmed
  std::string_view raw;                     ///< as it stands in TextFile::text(), with its line ending
  bool bad = false;  ///< broke a rule of CSV, which is reported already: not to be converted, only to be rejected
};

/// A column that a table knows.
struct CsvHeading {
  std::string_view key;      ///< English heading
  std::string_view zh;       ///< Chinese heading
  std::string_view aliases;  ///< further spellings, separated by '|'
  bool required = false;
};

/// Reads CSV record by record: RFC 4180 with what real files add to it.
///
/// - Lines end in LF, CRLF or CR, mixed. Blank lines are skipped; rows of empty cells only are skipped and counted.
/// - A quote opens a field only at its first byte; elsewhere it is a character. Inside quotes `""` is a quote and line
///   breaks are content. After the closing quote only a delimiter or the line's end may follow.
/// - A first line `sep=;` states the delimiter, as Excel writes it.
/// - A cell that was written as text so that no program runs it (an apostrophe before = + - @ or another guard, or
///   `="0123"`) comes back as it was: see `guarded`.
/// - Errors go to `findings` with file, line, record and column: a quote never closed (at the line where it opened),
/// text
///   after a closing quote, too few or too many fields, a cell or row beyond the limits, total rows, another delimiter
///   than the stated one, a heading twice. After each the reader goes on at the next record.
/// - An empty file, or one with a heading only, has no records and gives a warning.
class CsvReader {
 public:
  /// Reads the heading. The reader keeps a copy of `file` (which shares its bytes) and the address of `findings`.
  ///
  /// @param file      decoded text; an unreadable one gives a reader without headings and records.
  /// @param options   delimiter and limits.
  /// @param findings  outlives the reader.
  /// @throws Error{invalid_argument}  a delimiter that is none of the four.
  /// @complexity  O(heading) now, O(bytes) for the whole file; O(fields + longest record) memory.
  /// @numerics    none.
  /// @threads     One owner.
  /// @source      RFC 4180.
  /// @since 0.1, experimental.
  CsvReader(TextFile file, const CsvOptions& options, Findings& findings);

  /// Trimmed, without white space around; empty where a column has no heading.
  [[nodiscard]] const std::vector<std::string>& headings() const noexcept { return headings_; }
  /// False when the heading could not be used (wrong delimiter, unreadable file): `next` gives nothing.
  [[nodiscard]] bool readable() const noexcept { return readable_; }
  [[nodiscard]] const TextFile& file() const noexcept { return file_; }
  /// The delimiter in force (a `sep=` line may have changed it).
  [[nodiscard]] char delimiter() const noexcept { return options_.delimiter; }
  /// The heading as it stands in TextFile::text(), with what is before it and its line ending: the start of a rejects
  /// file.
  [[nodiscard]] std::string_view raw_heading() const noexcept { return raw_heading_; }
  [[nodiscard]] std::uint64_t heading_line() const noexcept { return heading_line_; }

  /// Goes to the next record. @return false at the end. @complexity O(record).
  [[nodiscard]] bool next(CsvRecord& record);

  /// Records given so far, and how many of them were bad; rows of empty cells only are in neither.
  [[nodiscard]] std::uint64_t records() const noexcept { return given_; }
  [[nodiscard]] std::uint64_t bad_records() const noexcept { return bad_; }
  [[nodiscard]] std::uint64_t blank_records() const noexcept { return blank_; }

  /// A reader of a part of the file that starts and ends between records, for readers that cut a file into parts.
  /// Records and lines count from the part's start; nothing is said about an empty part.
  [[nodiscard]] CsvReader part(std::size_t begin, std::size_t end, Findings& findings) const;
  /// Goes on at the start of a record, before which `lines` lines and `records` records of the part lie.
  void seek(std::size_t position, std::uint64_t lines, std::uint64_t records) noexcept;
  /// Where in TextFile::text() the next record is looked for, and what lies before it.
  [[nodiscard]] std::size_t position() const noexcept { return position_; }
  [[nodiscard]] std::uint64_t lines_before() const noexcept { return line_ - 1; }
  [[nodiscard]] std::uint64_t records_before() const noexcept { return record_; }

  /// Where a cell of a record stands, for a finding. @pre column < headings().size(), else no column is named.
  [[nodiscard]] Location place(const CsvRecord& record, std::size_t column) const;

 private:
  struct Scan {
    std::uint64_t line = 0;    ///< where the record starts
    std::uint64_t record = 0;  ///< 0: the heading
    std::size_t begin = 0;     ///< of the record, in the text
    std::size_t fields = 0;    ///< all of them, those beyond the limit too
    bool bad = false;
  };
  void start();
  void skip_separator_line();
  void check_headings();
  [[nodiscard]] bool delimiter_differs();
  [[nodiscard]] bool skip_blank_lines();
  void scan_record(Scan& scan);
  void scan_quoted(Scan& scan);
  void scan_plain(Scan& scan);
  [[nodiscard]] bool end_field();
  void push_cell(Scan& scan, std::string_view cell);
  void check_record(Scan& scan);
  [[nodiscard]] bool is_total_row() const;
  void report(FindingLevel level, ErrorCode code, const Scan& scan, std::size_t column, std::string_view value,
              Text rule, Text fix);
  [[nodiscard]] std::string column_name(std::size_t column) const;

  TextFile file_;
  CsvOptions options_;
  Findings* findings_;
  std::vector<std::string> headings_;
  std::string_view text_;
  std::string_view raw_heading_;
  std::uint64_t heading_line_ = 0;
  std::vector<std::string_view> cells_;
  std::deque<std::string> scratch_;  ///< cells whose doubled quotes were halved; the strings keep their room
  std::size_t scratch_used_ = 0;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t record_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t bad_ = 0;
  std::uint64_t blank_ = 0;
  bool readable_ = false;
  bool ended_ = false;
  bool is_part_ = false;
  bool all_empty_ = true;             ///< no cell of this record has content so far
  bool first_value_guarded_ = false;  ///< the first cell with content had an apostrophe before it
};

/// Tells which column of a file holds which column of a table.
///
/// Headings are compared without white space, case, full-width forms and a trailing colon.
///
/// @param reader    after construction.
/// @param table     the columns known.
/// @param findings  errors: a required heading missing (both names are given), two headings for one column; warnings:
/// an
///                  unknown heading (with the nearest known one), a column without heading.
/// @return for each heading of the file the index into `table`; `none` for unknown ones.
/// @throws std::bad_alloc.
/// @complexity  O(headings · table).
/// @numerics    none.
/// @threads     Reads only.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_headings(const CsvReader& reader,
                                                                     std::span<const CsvHeading> table,
                                                                     Findings& findings);

/// A heading as it is compared: white space and colons dropped, full-width forms halved, ASCII in lower case.
[[nodiscard]] std::string folded_word(std::string_view heading);

/// The candidates that look most like a word, nearest first: those within a third of its length in edits, at least one.
///
/// @param word        UTF-8.
/// @param candidates  UTF-8.
/// @param most        how many to return at the most.
/// @return indices into `candidates`; ties in their order.
/// @throws std::bad_alloc.
/// @complexity  O(candidates · |word| · edits); candidates of another length cost O(1).
/// @numerics    none.
/// @threads     Pure.
/// @source      `edit_distance` of chain/nearest.hpp.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<std::size_t> nearest_words(std::string_view word,
                                                     std::span<const std::string_view> candidates,
                                                     std::size_t most = 3);

/// Whether a cell says total: 合计 小计 总计 共计 total subtotal "grand total", spaces, case and a colon aside.
[[nodiscard]] bool says_total(std::string_view cell) noexcept;

/// A record's first text cell as it is written so that no spreadsheet runs it and no reader takes its row for a total:
/// an apostrophe goes before = + - @ (half or full width), tab and carriage return at its start, before a cell that
/// says total, and before an apostrophe that stands before one of these or another apostrophe. `unguarded(guarded(x))
/// == x` for every x. Behind a cell with content, `CsvWriter` leaves a cell that says total as it is.
[[nodiscard]] std::string guarded(std::string_view cell);
/// Undoes `guarded`; also reads Excel's `="0123"` as 0123. Other cells, `'s-Hertogenbosch` too, are left alone.
[[nodiscard]] std::string_view unguarded(std::string_view cell) noexcept;

/// Writes CSV that CsvReader gives back exactly (records of empty cells only aside), the same bytes on every machine.
class CsvWriter {
 public:
  struct Options {
    bool byte_order_mark = false;  ///< Excel takes UTF-8 for the system's code page without it
    bool crlf = false;             ///< line ends as RFC 4180 has them; LF otherwise
  };

  /// @param out  outlives the writer; buffered until `flush` or destruction of `out`.
  explicit CsvWriter(OutputFile& out) : CsvWriter(out, Options{}) {}
  CsvWriter(OutputFile& out, const Options& options);

  /// Text, guarded and quoted where that is needed. @throws Error{invalid_value} a NUL byte or bytes that are not
  /// UTF-8, which no reader would take back. @complexity O(bytes).
  CsvWriter& text(std::string_view cell);
  /// A number as it is, without guard: the shortest digits that read back to the same bits. NaN is an empty cell.
  CsvWriter& number(double value);
  CsvWriter& number(std::uint64_t value);
  CsvWriter& number(std::int64_t value);
  /// Digits that are ready ("4.40"), not guarded. @pre digits, sign, point, e only.
  CsvWriter& digits(std::string_view number);
  CsvWriter& empty();
  /// Ends the record.
  CsvWriter& end();

 private:
  void separate();
  OutputFile* out_;
  std::string line_;
  bool crlf_;
  bool first_cell_ = true;
  bool blank_so_far_ = true;  ///< no cell of this record has content yet
  bool first_record_ = true;
};

}  // namespace v1
}  // namespace chainqual
