#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"
#include "table_headings.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Whether a spreadsheet may take a cell that starts so for a formula.
bool starts_formula(std::string_view cell) noexcept {
  if (cell.empty()) return false;
  if (std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) return true;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (cell.starts_with(wide)) return true;
  }
  return false;
}

/// Whether an apostrophe before the cell is a guard, and so must be written before it.
bool takes_guard(std::string_view cell) noexcept {
  return starts_formula(cell) || says_total(cell);
}

/// Whether a cell behind others must be guarded: only the first that says something makes its row a total.
bool needs_guard(std::string_view cell) noexcept {
  if (!cell.starts_with('\'')) return starts_formula(cell);
  return cell.substr(1).starts_with('\'') || takes_guard(cell.substr(1));
}

std::string with_guard(std::string_view cell, bool guard) {
  return guard ? "'" + std::string(cell) : std::string(cell);
}

std::string_view next_alias(std::string_view& rest) noexcept {
  const auto bar = rest.find('|');
  const std::string_view alias = rest.substr(0, bar);
  rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
  return alias;
}

Finding about_heading(const CsvReader& reader, std::size_t column, FindingLevel level, ErrorCode code, Text rule,
                      Text fix) {
  Finding finding;
  finding.level = level;
  finding.code = code;
  finding.where.file = reader.file().name();
  finding.where.line = reader.heading_line();
  if (column < reader.headings().size()) {
    const std::string& heading = reader.headings()[column];
    finding.where.column = heading.empty() ? "#" + std::to_string(column + 1) : heading;
    finding.value = shown_value(heading);
  }
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

Finding unknown_heading(const CsvReader& reader, std::size_t column, std::span<const CsvHeading> table) {
  if (reader.headings()[column].empty()) {
    return about_heading(reader, column, FindingLevel::warning, ErrorCode::unknown_column,
                         {"该列没有列名，不读取", "the column has no heading and is not read"},
                         {"请写上列名，或删去该列", "give it a heading or delete the column"});
  }
  Nearest nearest(reader.headings()[column], 1);
  for (const auto& known : table) {
    nearest.offer(known.key);
    nearest.offer(known.zh);
  }
  const auto words = std::move(nearest).take();
  Text fix{"请改正列名，或忽略本提示", "mend the heading, or let it be"};
  if (!words.empty()) fix = {"是否指“" + words[0] + "”？", "is '" + words[0] + "' meant?"};
  return about_heading(reader, column, FindingLevel::warning, ErrorCode::unknown_column,
                       {"未知的列，不读取", "the column is unknown and not read"}, std::move(fix));
}

}  // namespace

namespace detail {

bool names_column(const CsvHeading& column, std::string_view folded) {
  if (folded == folded_word(column.key) || folded == folded_word(column.zh)) return true;
  for (std::string_view rest = column.aliases; !rest.empty();) {
    if (folded == folded_word(next_alias(rest))) return true;
  }
  return false;
}

}  // namespace detail

std::vector<std::size_t> nearest_words(std::string_view word, std::span<const std::string_view> candidates,
                                       std::size_t most) {
  const std::size_t bound = std::max<std::size_t>(code_points(word).size() / 3, 1);
  std::vector<std::pair<std::size_t, std::size_t>> found;  // (distance, index)
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::size_t distance = edit_distance(word, candidates[i], bound);
    if (distance <= bound) found.emplace_back(distance, i);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > most) found.resize(most);
  std::vector<std::size_t> indices;
  for (const auto& entry : found) indices.push_back(entry.second);
  return indices;
}

bool says_total(std::string_view cell) noexcept {
  // The longest is "grand total:" with spaces; anything longer is data.
  if (cell.size() > 40) return false;
  static constexpr std::array<std::string_view, 7> words{"合计",  "小计",     "总计",      "共计",
                                                         "total", "subtotal", "grandtotal"};
  std::array<char, 40> folded{};
  std::size_t length = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == ' ' || c == '\t' || c == ':' || c == '-') continue;
    if (cell.substr(i, 3) == "　" || cell.substr(i, 3) == "：") {
      i += 2;
      continue;
    }
    folded[length++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return std::find(words.begin(), words.end(), std::string_view(folded.data(), length)) != words.end();
}

std::string guarded(std::string_view cell) {
  return with_guard(cell, needs_guard(cell) || says_total(cell));
}

std::string_view unguarded(std::string_view cell) noexcept {
  if (cell.size() < 2) return cell;
  if (cell[0] == '\'') {
    const std::string_view rest = cell.substr(1);
    return rest[0] == '\'' || takes_guard(rest) ? rest : cell;
  }
  if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"')) {
    const std::string_view inner = cell.substr(2, cell.size() - 3);
    if (inner.find('"') == std::string_view::npos) return inner;
  }
  return cell;
}

std::string folded_word(std::string_view heading) {
  std::string out;
  for (const char c : half_width(heading)) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

std::vector<std::optional<std::size_t>> match_headings(const CsvReader& reader, std::span<const CsvHeading> table,
                                                       Findings& findings) {
  std::vector<std::optional<std::size_t>> columns(reader.headings().size());
  if (reader.headings().empty()) return columns;  // empty or unreadable: reported already
  std::vector<std::size_t> taken(table.size(), SIZE_MAX);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string folded = folded_word(reader.headings()[i]);
    for (std::size_t k = 0; k < table.size() && !folded.empty(); ++k) {
      if (!detail::names_column(table[k], folded)) continue;
      columns[i] = k;
      break;
    }
    if (!columns[i]) {
      findings.add(unknown_heading(reader, i, table));
      continue;
    }
    std::size_t& first = taken[*columns[i]];
    if (first == SIZE_MAX) {
      first = i;
      continue;
    }
    columns[i] = std::nullopt;
    if (folded_word(reader.headings()[first]) == folded) continue;  // the same words: the reader has said so
    const std::string& other = reader.headings()[first];
    findings.add(about_heading(reader, i, FindingLevel::error, ErrorCode::duplicate,
                               {"与“" + other + "”是同一列", "it is the same column as '" + other + "'"},
                               {"请删去其中一列", "delete one of the two columns"}));
  }
  for (std::size_t k = 0; k < table.size(); ++k) {
    if (!table[k].required || taken[k] != SIZE_MAX) continue;
    const std::string key(table[k].key);
    const std::string zh(table[k].zh);
    findings.add(about_heading(
        reader, SIZE_MAX, FindingLevel::error, ErrorCode::missing_column,
        {"缺少必需的列“" + zh + "”（" + key + "）", "the required column '" + key + "' (" + zh + ") is missing"},
        {"请加上列名为“" + zh + "”或“" + key + "”的一列", "add a column headed '" + key + "' or '" + zh + "'"}));
  }
  return columns;
}

CsvWriter::CsvWriter(OutputFile& out, const Options& options) : out_(&out), crlf_(options.crlf) {
  if (options.byte_order_mark) out.write("\xEF\xBB\xBF");
}

void CsvWriter::separate() {
  if (!first_cell_) line_.push_back(',');
  first_cell_ = false;
}

CsvWriter& CsvWriter::text(std::string_view cell) {
  if (cell.find('\0') != std::string_view::npos || first_invalid_utf8(cell)) {
    throw Error(ErrorCode::invalid_value,
                {"文本含 NUL 字节或不是 UTF-8，无法写出：" + shown_value(cell) + "。",
                 "the text holds a NUL byte or is not UTF-8 and cannot be written: " + shown_value(cell) + "."});
  }
  const bool opens_file = first_record_ && first_cell_;
  separate();
  const std::string content = blank_so_far_ ? guarded(cell) : with_guard(cell, needs_guard(cell));
  blank_so_far_ = blank_so_far_ && trimmed(cell).empty();
  bool quoted = content.size() != cell.size() || content.find_first_of(",\"\r\n") != std::string::npos;
  if (!content.empty() && (content.front() == ' ' || content.back() == ' ' || content.back() == '\t')) quoted = true;
  // The file's first bytes must not look like a mark, a `sep=` line or another kind of file.
  if (opens_file && (file_kind(content) != FileKind::text || content.starts_with("\xEF\xBB\xBF") ||
                     content.starts_with("sep=") || content.starts_with("SEP="))) {
    quoted = true;
  }
  if (!quoted) {
    line_ += content;
    return *this;
  }
  line_.push_back('"');
  for (const char c : content) {
    if (c == '"') line_.push_back('"');
    line_.push_back(c);
  }
  line_.push_back('"');
  return *this;
}

CsvWriter& CsvWriter::number(double value) {
  separate();
  if (std::isnan(value)) return *this;
  blank_so_far_ = false;
  if (std::isinf(value)) {
    throw Error(ErrorCode::invalid_value, {"无穷大不能写入表格。", "infinity cannot be written to a table."});
  }
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  line_.append(digits.data(), end);
  return *this;
}

CsvWriter& CsvWriter::number(std::uint64_t value) {
  return digits(std::to_string(value));
}
CsvWriter& CsvWriter::number(std::int64_t value) {
  return digits(std::to_string(value));
}

CsvWriter& CsvWriter::digits(std::string_view number) {
  separate();
  blank_so_far_ = false;
  line_ += number;
  return *this;
}

CsvWriter& CsvWriter::empty() {
  separate();
  return *this;
}

CsvWriter& CsvWriter::end() {
  if (line_.empty()) line_ = "\"\"";  // a blank line would be no record
  line_ += crlf_ ? "\r\n" : "\n";
  out_->write(line_);
  line_.clear();
  first_cell_ = true;
  blank_so_far_ = true;
  first_record_ = false;
  return *this;
}

}  // namespace v1
}  // namespace chainqual
