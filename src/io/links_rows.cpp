#include "links_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "chainqual/core/letters.hpp"
#include "field_marks.hpp"
#include "plain_number.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<bool, 256> first_bytes(std::string_view marks) noexcept {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    table[c] = c <= ' ' || c >= 0x80 || marks.find(static_cast<char>(c)) != std::string_view::npos;
  }
  return table;
}

/// First bytes of keys that need a closer look: white space, guards, words for nothing, everything outside ASCII.
constexpr std::array<bool, 256> careful_key = first_bytes("'=-/\\\"Nn");
/// First bytes of a row's first cell that may say total.
constexpr std::array<bool, 256> careful_total = first_bytes("=-:tTsSgG");

/// A key that needs nothing done to it: told by its first and last byte, else by the functions of cells themselves.
bool plain_key(std::string_view cell) noexcept {
  if (cell.empty()) return false;
  const auto first = static_cast<unsigned char>(cell.front());
  const auto last = static_cast<unsigned char>(cell.back());
  if (!careful_key[first] && last > ' ' && last < 0x80) return true;
  return unguarded(cell).size() == cell.size() && trimmed(cell).size() == cell.size() && !says_nothing(cell);
}

class ChunkParser {
 public:
  ChunkParser(const LinkLayout& layout, std::size_t begin, std::size_t end, LinkRows& rows)
      : layout_(layout),
        rows_(rows),
        text_end_(layout.text.data() + layout.text.size()),
        begin_(begin),
        end_(end),
        delimiter_(layout.reader->delimiter()),
        marks_(delimiter_, text_end_) {}

  void run() {
    const char* const base = layout_.text.data();
    const char* const end = base + end_;
    const char* p = base + begin_;
    look(p, end);
    while (p != end) {
      const char* next = p;
      const Taken taken = fast(next, end);
      if (taken == Taken::row) {
        append(static_cast<std::size_t>(p - base));
        ++rows_.records;
        ++rows_.lines;
        ++rows_.read;
        p = next;
        continue;
      }
      const bool window_cuts = taken == Taken::cut && marks_.covered_end() != end && p != marks_.base();
      if (!window_cuts) p = base + slow(static_cast<std::size_t>(p - base));
      if (window_cuts || p >= marks_.covered_end()) {
        look(p, end);
      } else {
        const auto place = static_cast<std::uint32_t>(p - marks_.base());
        mark_ = std::lower_bound(marks_.begin(), marks_.end(), place);
      }
    }
  }

 private:
  enum class Taken : std::uint8_t { row, unusual, cut };  ///< cut: the window of marks ends before the row

  void look(const char* p, const char* end) {
    marks_.look(p, end);
    mark_ = marks_.begin();
    rows_.make_room(rows_.count + marks_.count() + 1, layout_);
  }

  /// Reads the row at `p`, which moves behind it, into the place behind the rows; that it counts is left to the caller.
  [[nodiscard]] Taken fast(const char*& p, const char* end) noexcept {
    const std::size_t fields = layout_.columns.size();
    const LinkColumn* columns = layout_.columns.data();
    const char* const base = marks_.base();
    const std::uint32_t* const last = marks_.end();
    const std::uint32_t* mark = mark_;
    const char* from = p;
    const char* behind = nullptr;  // what ends the cell
    rows_.value[rows_.count] = 1.0;
    no_value_ = false;
    for (std::size_t j = 0; j < fields; ++j) {
      if (mark == last) return Taken::cut;
      const char* to = base + *mark;
      if (*from == '"') {
        ++from;
        do {
          if (++mark == last) return Taken::cut;
          to = base + *mark;
          if (detail::is_line_end(*to)) return Taken::unusual;
        } while (*to != '"');
        if (++mark == last) return Taken::cut;
        behind = base + *mark;
        if (behind != to + 1 || *behind == '"') return Taken::unusual;
      } else {
        while (*to == '"') {
          if (++mark == last) return Taken::cut;
          to = base + *mark;
        }
        behind = to;
      }
      ++mark;
      if ((*behind == delimiter_) != (j + 1 < fields)) return Taken::unusual;
      const std::string_view cell(from, static_cast<std::size_t>(to - from));
      if (cell.size() > layout_.cell_bytes) return Taken::unusual;
      if (j == 0 && (cell.empty() || careful_total[static_cast<unsigned char>(cell[0])])) {
        if (trimmed(cell).empty() || cell[0] == '=' || (layout_.asks_totals && says_total(cell))) return Taken::unusual;
      }
      if (!take(columns[j], cell)) return Taken::unusual;
      from = behind + 1;
    }
    if (*behind == '\r' && from != end && *from == '\n') {
      ++from;
      if (mark != last) ++mark;
    }
    p = from;
    mark_ = mark;
    return Taken::row;
  }

  [[nodiscard]] bool take(LinkColumn column, std::string_view cell) noexcept {
    const std::size_t r = rows_.count;
    switch (column) {
      case LinkColumn::other:
        return true;
      case LinkColumn::supplier:
        rows_.supplier[r] = pack(cell, text_end_);
        return plain_key(cell);
      case LinkColumn::customer:
        rows_.customer[r] = pack(cell, text_end_);
        return plain_key(cell);
      case LinkColumn::value:
        if (!cell.empty()) return plain_number(cell, text_end_, rows_.value[r]);
        rows_.value[r] = none;
        no_value_ = true;
        return true;
      case LinkColumn::dependency:
        return take_share(cell, rows_.dependency[r]);
      case LinkColumn::escape:
        return take_share(cell, rows_.escape[r]);
    }
    return false;
  }

  [[nodiscard]] bool take_share(std::string_view cell, float& share) const noexcept {
    double value = none;
    if (!cell.empty() && !(plain_number(cell, text_end_, value) && value <= 1.0)) return false;
    share = static_cast<float>(value);
    return true;
  }

  /// Counts the row that was written behind the others.
  void append(std::size_t start) noexcept {
    rows_.start[rows_.count] = start;
    if (no_value_) ++rows_.missing_values;
    ++rows_.count;
  }

  /// Reads the next record the long way. @return where the one behind it starts.
  std::size_t slow(std::size_t position) {
    if (!reader_) {
      reader_.emplace(layout_.reader->part(begin_, end_, rows_.parsing));
      converter_.emplace(layout_.reader->file().name(), rows_.parsing, layout_.repair);
    }
    reader_->seek(position, rows_.lines, rows_.records);
    CsvRecord record;
    const bool found = reader_->next(record);
    rows_.lines = reader_->lines_before();
    rows_.records = reader_->records_before();
    if (!found) return end_;
    ++rows_.read;
    const auto start = static_cast<std::size_t>(record.raw.data() - layout_.text.data());
    rows_.make_room(rows_.count + 1, layout_);
    if (!record.bad && convert(record)) {
      append(start);
    } else {
      rows_.rejected.emplace_back(start, start + record.raw.size());
    }
    return reader_->position();
  }

  [[nodiscard]] bool convert(const CsvRecord& record) {
    const std::size_t r = rows_.count;
    rows_.value[r] = 1.0;
    no_value_ = false;
    bool good = true;
    for (std::size_t j = 0; j < record.cells.size(); ++j) {
      const LinkColumn column = layout_.columns[j];
      if (column == LinkColumn::other) continue;
      const CellPlace place{record.record, record.line, layout_.reader->headings()[j]};
      const std::string_view cell = record.cells[j];
      if (column == LinkColumn::supplier || column == LinkColumn::customer) {
        good = key(cell, place, column == LinkColumn::supplier ? rows_.supplier[r] : rows_.customer[r]) && good;
        continue;
      }
      const bool flow = column == LinkColumn::value;
      auto read = converter_->real(cell, place, flow ? NumberRange::non_negative() : NumberRange::share());
      if (read.has_value() && read.value() > static_cast<double>(std::numeric_limits<float>::max())) {
        converter_->report(FindingLevel::error, ErrorCode::overflow, place, cell,
                           {"数值超过单精度的范围", "the value is beyond single precision"},
                           {"请换用较大的单位", "use a larger unit"});
        read = CellValue<double>::bad();
      }
      good = good && !read.is_bad();
      const double value = read.has_value() ? read.value() : none;
      if (flow) {
        rows_.value[r] = value;
        no_value_ = std::isnan(value);
      } else {
        (column == LinkColumn::dependency ? rows_.dependency : rows_.escape)[r] = static_cast<float>(value);
      }
    }
    return good;
  }

  [[nodiscard]] bool key(std::string_view cell, const CellPlace& place, PackedKey& packed) {
    cell = trimmed(cell);
    if (says_nothing(cell)) {
      converter_->report(FindingLevel::error, ErrorCode::missing_value, place, cell,
                         {"缺少企业编号", "the enterprise is missing"},
                         {"请填企业编号，或删去该行", "give the enterprise's id, or delete the row"});
      return false;
    }
    const bool in_text = cell.data() >= layout_.text.data() && cell.data() + cell.size() <= text_end_;
    if (!in_text && cell.size() > PackedKey::longest_inside) {
      rows_.kept.emplace_back(cell);
      cell = rows_.kept.back();
    }
    packed = pack(cell, in_text ? text_end_ : cell.data() + cell.size());
    return true;
  }

  const LinkLayout& layout_;
  LinkRows& rows_;
  const char* text_end_;
  std::size_t begin_;
  std::size_t end_;
  char delimiter_;
  FieldMarks marks_;
  const std::uint32_t* mark_ = nullptr;  ///< the first one behind the rows read
  bool no_value_ = false;                ///< the row's value is not given
  std::optional<CsvReader> reader_;
  std::optional<CellConverter> converter_;
};

}  // namespace

void LinkRows::make_room(std::size_t rows, const LinkLayout& layout) {
  if (rows > supplier.size()) {
    const std::size_t room = std::max(rows, 2 * supplier.size());
    supplier.resize(room);
    customer.resize(room);
    value.resize(room);
    start.resize(room);
    if (layout.has_dependency) dependency.resize(room);
    if (layout.has_escape) escape.resize(room);
  }
}

void LinkRows::clear() {
  count = 0;
  records = lines = read = missing_values = 0;
  parsing = Findings();
  looking = Findings();
  rejected.clear();
  kept.clear();
}

void parse_links(const LinkLayout& layout, std::size_t begin, std::size_t end, LinkRows& rows) {
  ChunkParser(layout, begin, end, rows).run();
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
