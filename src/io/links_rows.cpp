#include "links_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool is_line_end(char c) noexcept {
  return c == '\n' || c == '\r';
}

/// First delimiter, CR or LF at or behind `p`.
const char* field_end(const char* p, const char* end, char delimiter) noexcept {
#if defined(__SSE2__)
  const __m128i d = _mm_set1_epi8(delimiter);
  const __m128i lf = _mm_set1_epi8('\n');
  const __m128i cr = _mm_set1_epi8('\r');
  for (; end - p >= 16; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i hits =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, d), _mm_cmpeq_epi8(bytes, lf)), _mm_cmpeq_epi8(bytes, cr));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return p + std::countr_zero(mask);
  }
#endif
  while (p != end && *p != delimiter && !is_line_end(*p)) ++p;
  return p;
}

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

constexpr std::array<double, 19> powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                        1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

/// Digits with at most one point among them, exact up to 2^53: both parts of the quotient are doubles, so one rounding
/// gives the nearest one (Clinger's fast case).
bool plain_number(std::string_view cell, double& value) noexcept {
  if (cell.size() > 17 || cell.empty()) return false;
  std::uint64_t digits = 0;
  std::size_t point = cell.size();
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(cell[i])) - '0';
    if (digit <= 9) {
      digits = digits * 10 + digit;
    } else if (cell[i] == '.' && point == cell.size()) {
      point = i;
    } else {
      return false;
    }
  }
  const bool has_point = point != cell.size();
  if ((has_point && cell.size() == 1) || digits > (std::uint64_t{1} << 53U)) return false;
  value = static_cast<double>(digits);
  if (has_point) value /= powers[cell.size() - point - 1];
  return true;
}

struct Row {
  PackedKey supplier;
  PackedKey customer;
  double value = 1.0;
  double dependency = none;
  double escape = none;
};

class ChunkParser {
 public:
  ChunkParser(const LinkLayout& layout, std::size_t begin, std::size_t end, LinkRows& rows)
      : layout_(layout),
        rows_(rows),
        text_end_(layout.text.data() + layout.text.size()),
        begin_(begin),
        end_(end),
        delimiter_(layout.reader->delimiter()) {}

  void run() {
    const char* const base = layout_.text.data();
    const char* p = base + begin_;
    const char* const end = base + end_;
    while (p != end) {
      Row row;
      const char* next = p;
      if (fast(next, end, row)) {
        ++rows_.records;
        if (is_line_end(next[-1])) ++rows_.lines;  // the last row of a file may lack its line end
        ++rows_.read;
        append(row, static_cast<std::size_t>(p - base));
        p = next;
      } else {
        p = base + slow(static_cast<std::size_t>(p - base));
      }
    }
  }

 private:
  [[nodiscard]] bool fast(const char*& p, const char* end, Row& row) const noexcept {
    const std::size_t fields = layout_.columns.size();
    const LinkColumn* columns = layout_.columns.data();
    for (std::size_t j = 0; j < fields; ++j) {
      const char* from = p;
      const char* to = nullptr;
      if (p != end && *p == '"') {
        ++from;
        to = static_cast<const char*>(std::memchr(from, '"', static_cast<std::size_t>(end - from)));
        if (to == nullptr) return false;
        p = to + 1;
        if (p != end && *p != delimiter_ && !is_line_end(*p)) return false;
        if (std::find_if(from, to, is_line_end) != to) return false;
      } else {
        p = to = field_end(p, end, delimiter_);
      }
      if (j + 1 < fields && (p == end || *p != delimiter_)) return false;
      if (j + 1 == fields && p != end && *p == delimiter_) return false;
      const std::string_view cell(from, static_cast<std::size_t>(to - from));
      if (cell.size() > layout_.cell_bytes) return false;
      if (j == 0 && (cell.empty() || careful_total[static_cast<unsigned char>(cell[0])])) {
        if (trimmed(cell).empty() || cell[0] == '=' || (layout_.asks_totals && says_total(cell))) return false;
      }
      if (!take(columns[j], cell, row)) return false;
      if (p != end && *p == delimiter_) ++p;
    }
    if (p != end && *p == '\r') ++p;
    if (p != end && *p == '\n') ++p;
    return true;
  }

  [[nodiscard]] bool take(LinkColumn column, std::string_view cell, Row& row) const noexcept {
    switch (column) {
      case LinkColumn::other:
        return true;
      case LinkColumn::supplier:
        row.supplier = pack(cell, text_end_);
        return plain_key(cell);
      case LinkColumn::customer:
        row.customer = pack(cell, text_end_);
        return plain_key(cell);
      case LinkColumn::value:
        row.value = none;
        return cell.empty() || plain_number(cell, row.value);
      case LinkColumn::dependency:
        return cell.empty() || (plain_number(cell, row.dependency) && row.dependency <= 1.0);
      case LinkColumn::escape:
        return cell.empty() || (plain_number(cell, row.escape) && row.escape <= 1.0);
    }
    return false;
  }

  void append(const Row& row, std::size_t start) {
    rows_.supplier.push_back(row.supplier);
    rows_.customer.push_back(row.customer);
    rows_.value.push_back(row.value);
    if (std::isnan(row.value)) ++rows_.missing_values;
    if (layout_.has_dependency) rows_.dependency.push_back(static_cast<float>(row.dependency));
    if (layout_.has_escape) rows_.escape.push_back(static_cast<float>(row.escape));
    rows_.start.push_back(start);
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
    Row row;
    if (!record.bad && convert(record, row)) {
      append(row, start);
    } else {
      rows_.rejected.emplace_back(start, start + record.raw.size());
    }
    return reader_->position();
  }

  [[nodiscard]] bool convert(const CsvRecord& record, Row& row) {
    bool good = true;
    for (std::size_t j = 0; j < record.cells.size(); ++j) {
      const LinkColumn column = layout_.columns[j];
      if (column == LinkColumn::other) continue;
      const CellPlace place{record.record, record.line, layout_.reader->headings()[j]};
      const std::string_view cell = record.cells[j];
      if (column == LinkColumn::supplier || column == LinkColumn::customer) {
        good = key(cell, place, column == LinkColumn::supplier ? row.supplier : row.customer) && good;
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
      (flow                               ? row.value
       : column == LinkColumn::dependency ? row.dependency
                                          : row.escape) = read.has_value() ? read.value() : none;
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
  std::optional<CsvReader> reader_;
  std::optional<CellConverter> converter_;
};

}  // namespace

void LinkRows::clear() {
  supplier.clear();
  customer.clear();
  value.clear();
  dependency.clear();
  escape.clear();
  start.clear();
  supplier_id.clear();
  customer_id.clear();
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
