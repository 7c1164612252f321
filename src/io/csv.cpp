#include "chainqual/io/csv.hpp"

#include <array>
#include <cstring>
#include <utility>

#include "chainqual/core/letters.hpp"
#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Position of the first delimiter, CR or LF at or behind `from`, eight bytes at a time.
std::size_t find_field_end(std::string_view text, std::size_t from, char delimiter) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  const std::uint64_t d = ones * static_cast<unsigned char>(delimiter);
  // A byte of `x` is zero where the word holds the character; the high bit of it survives.
  const auto zero = [](std::uint64_t x) { return (x - ones) & ~x & highs; };
  std::size_t i = from;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((zero(word ^ d) | zero(word ^ (ones * '\n')) | zero(word ^ (ones * '\r'))) != 0) break;
  }
  while (i < text.size() && text[i] != delimiter && !detail::is_line_end(text[i])) ++i;
  return i;
}

/// Line breaks in a cell: LF, CR and CRLF each count once.
std::uint64_t count_breaks(std::string_view cell) noexcept {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\n' || (cell[i] == '\r' && !(i + 1 < cell.size() && cell[i + 1] == '\n'))) ++count;
  }
  return count;
}

std::string number_text(std::uint64_t value) {
  return std::to_string(value);
}

}  // namespace

CsvReader::CsvReader(TextFile file, const CsvOptions& options, Findings& findings)
    : file_(std::move(file)), options_(options), findings_(&findings), text_(file_.text()) {
  if (std::string_view(",;\t|").find(options.delimiter) == std::string_view::npos) {
    throw Error(ErrorCode::invalid_argument, {"分隔符只能是逗号、分号、制表符或竖线。",
                                              "the delimiter can be a comma, semicolon, tab or vertical bar only."});
  }
  if (file_.readable()) {
    start();
  } else {
    ended_ = true;
  }
}

void CsvReader::report(FindingLevel level, ErrorCode code, const Scan& scan, std::size_t column, std::string_view value,
                       Text rule, Text fix) {
  Finding finding;
  finding.level = level;
  finding.code = code;
  finding.where.file = file_.name();
  finding.where.record = scan.record;
  finding.where.line = scan.line;
  if (column != SIZE_MAX) finding.where.column = column_name(column);
  finding.value = shown_value(value);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  findings_->add(std::move(finding));
}

std::string CsvReader::column_name(std::size_t column) const {
  if (column < headings_.size() && !headings_[column].empty()) return headings_[column];
  return "#" + number_text(column + 1);
}

Location CsvReader::place(const CsvRecord& record, std::size_t column) const {
  Location where;
  where.file = file_.name();
  where.record = record.record;
  where.line = record.line;
  if (column < headings_.size()) where.column = column_name(column);
  return where;
}

CsvReader CsvReader::part(std::size_t begin, std::size_t end, Findings& findings) const {
  CsvReader reader = *this;
  reader.findings_ = &findings;
  reader.text_ = text_.substr(0, end);
  reader.is_part_ = true;
  reader.given_ = reader.bad_ = reader.blank_ = 0;
  reader.seek(begin, 0, 0);
  return reader;
}

void CsvReader::seek(std::size_t position, std::uint64_t lines, std::uint64_t records) noexcept {
  position_ = position;
  line_ = lines + 1;
  record_ = records;
  ended_ = !readable_;
}

// The first line `sep=;` of Excel is no heading.
void CsvReader::skip_separator_line() {
  if (text_.size() < 5 || !(text_.starts_with("sep=") || text_.starts_with("SEP="))) return;
  const char stated = text_[4];
  if (std::string_view(",;\t|").find(stated) == std::string_view::npos) return;
  if (text_.size() > 5 && !detail::is_line_end(text_[5])) return;
  options_.delimiter = stated;
  position_ = 5;
  static_cast<void>(end_field());
}

void CsvReader::start() {
  skip_separator_line();
  Scan scan;
  if (!skip_blank_lines()) {
    ended_ = true;
    readable_ = true;
    scan.line = 0;
    report(FindingLevel::warning, ErrorCode::missing_value, scan, SIZE_MAX, {}, {"文件是空的", "the file is empty"},
           {"若应有内容，请补上表头和数据", "add a heading and records if it should have any"});
    return;
  }
  scan.line = line_;
  heading_line_ = line_;
  scan.begin = position_;
  scan_record(scan);
  raw_heading_ = text_.substr(0, position_);
  for (const auto cell : cells_) headings_.emplace_back(trimmed(cell));
  if (scan.fields > options_.row_fields) {
    report(
        FindingLevel::error, ErrorCode::limit_exceeded, scan, SIZE_MAX, {},
        {"表头有 " + number_text(scan.fields) + " 个字段，上限为 " + number_text(options_.row_fields),
         "the heading has " + number_text(scan.fields) + " fields, the limit is " + number_text(options_.row_fields)},
        {"请检查文件是否完整", "check whether the file is whole"});
    scan.bad = true;
  }
  if (scan.bad || delimiter_differs()) {
    ended_ = true;
    return;
  }
  readable_ = true;
  check_headings();
}

bool CsvReader::delimiter_differs() {
  struct Other {
    std::string_view mark, zh, en;
  };
  static constexpr std::array<Other, 6> others{{{"，", "全角逗号“，”", "full-width commas (，)"},
                                                {"；", "全角分号“；”", "full-width semicolons (；)"},
                                                {"\t", "制表符", "tabs"},
                                                {";", "分号“;”", "semicolons (;)"},
                                                {"|", "竖线“|”", "vertical bars (|)"},
                                                {",", "逗号“,”", "commas (,)"}}};
  if (headings_.size() != 1 || raw_heading_.find('"') != std::string_view::npos) return false;
  for (const auto& other : others) {
    if (headings_[0].find(other.mark) == std::string::npos) continue;
    Scan scan;
    scan.line = heading_line_;
    const std::string_view wanted = options_.delimiter == ','   ? others[5].zh
                                    : options_.delimiter == ';' ? others[3].zh
                                    : options_.delimiter == '|' ? others[4].zh
                                                                : others[2].zh;
    const std::string_view wanted_en = options_.delimiter == ','   ? others[5].en
                                       : options_.delimiter == ';' ? others[3].en
                                       : options_.delimiter == '|' ? others[4].en
                                                                   : others[2].en;
    const bool can_be_stated = other.mark.size() == 1;
    report(FindingLevel::error, ErrorCode::bad_syntax, scan, SIZE_MAX, headings_[0],
           {"各列用" + std::string(other.zh) + "分隔，应为" + std::string(wanted),
            "the columns are separated by " + std::string(other.en) + ", not by " + std::string(wanted_en)},
           {"请改用" + std::string(wanted) + "分隔" + (can_be_stated ? "，或指明分隔符" : ""),
            "separate them by " + std::string(wanted_en) + (can_be_stated ? ", or state the delimiter" : "")});
    return true;
  }
  return false;
}

void CsvReader::check_headings() {
  Scan scan;
  scan.line = heading_line_;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    if (headings_[i].empty()) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (folded_word(headings_[j]) != folded_word(headings_[i])) continue;
      report(
          FindingLevel::error, ErrorCode::duplicate, scan, i, headings_[i],
          {"列名与第 " + number_text(j + 1) + " 列重复", "the heading stands in column " + number_text(j + 1) + " too"},
          {"请删去其中一列或改名", "delete or rename one of the two columns"});
      break;
    }
  }
}

/// Goes to the next line with content. @return false at the end of the file.
bool CsvReader::skip_blank_lines() {
  while (position_ < text_.size() && detail::is_line_end(text_[position_])) {
    if (text_[position_] == '\r' && position_ + 1 < text_.size() && text_[position_ + 1] == '\n') ++position_;
    ++position_;
    ++line_;
  }
  return position_ < text_.size();
}

/// Steps over what ends a field. @return true when the record goes on.
bool CsvReader::end_field() {
  if (position_ == text_.size()) return false;
  if (text_[position_] == options_.delimiter) {
    ++position_;
    return true;
  }
  if (text_[position_] == '\r' && position_ + 1 < text_.size() && text_[position_ + 1] == '\n') ++position_;
  ++position_;
  ++line_;
  return false;
}

void CsvReader::scan_record(Scan& scan) {
  cells_.clear();
  scratch_used_ = 0;
  all_empty_ = true;
  first_value_guarded_ = false;
  do {
    if (position_ < text_.size() && text_[position_] == '"') {
      scan_quoted(scan);
    } else {
      scan_plain(scan);
    }
  } while (end_field());
}

void CsvReader::scan_plain(Scan& scan) {
  const std::size_t begin = position_;
  position_ = find_field_end(text_, begin, options_.delimiter);
  push_cell(scan, text_.substr(begin, position_ - begin));
}

void CsvReader::scan_quoted(Scan& scan) {
  const std::uint64_t opened = line_;
  const std::size_t begin = ++position_;
  bool doubled = false;
  std::size_t close = text_.find('"', position_);
  while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
    doubled = true;
    close = text_.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    position_ = text_.size();
    Scan at = scan;
    at.line = opened;
    report(FindingLevel::error, ErrorCode::bad_syntax, at, scan.fields, text_.substr(begin, 80),
           {"第 " + number_text(opened) + " 行打开的引号一直没有闭合",
            "the quote that opens on line " + number_text(opened) + " is never closed"},
           {"请在该单元格末尾补上引号", "add the closing quote at the end of that cell"});
    scan.bad = true;
    ++scan.fields;
    return;
  }
  std::string_view cell = text_.substr(begin, close - begin);
  line_ += count_breaks(cell);
  position_ = close + 1;
  if (doubled && cell.size() <= 2 * options_.cell_bytes && scan.fields < options_.row_fields) {
    if (scratch_used_ == scratch_.size()) scratch_.emplace_back();
    std::string& halved = scratch_[scratch_used_++];
    halved.clear();
    for (std::size_t i = 0; i < cell.size(); ++i) {
      halved.push_back(cell[i]);
      if (cell[i] == '"') ++i;
    }
    cell = halved;
  }
  push_cell(scan, cell);
  const std::size_t after = find_field_end(text_, position_, options_.delimiter);
  if (after == position_) return;
  report(FindingLevel::error, ErrorCode::bad_syntax, scan, scan.fields - 1, text_.substr(position_, after - position_),
         {"闭合的引号后面还有文字", "text stands behind the closing quote"},
         {"单元格内的引号请写成两个", "write a quote inside a quoted cell twice"});
  scan.bad = true;
  position_ = after;
}

void CsvReader::push_cell(Scan& scan, std::string_view cell) {
  const std::size_t column = scan.fields++;
  if (cell.size() > options_.cell_bytes) {
    report(FindingLevel::error, ErrorCode::limit_exceeded, scan, column, cell.substr(0, 80),
           {"单元格有 " + number_text(cell.size()) + " 字节，上限为 " + number_text(options_.cell_bytes),
            "the cell has " + number_text(cell.size()) + " bytes, the limit is " + number_text(options_.cell_bytes)},
           {"请缩短内容，或检查引号是否闭合", "shorten it, or check that the quotes are closed"});
    scan.bad = true;
  }
  if (scan.fields > options_.row_fields) return;
  const std::string_view content = unguarded(cell);
  if (all_empty_ && !trimmed(content).empty()) {
    all_empty_ = false;
    first_value_guarded_ = content.size() + 1 == cell.size();
  }
  cells_.push_back(content);
}

bool CsvReader::is_total_row() const {
  if (first_value_guarded_) return false;
  for (const auto cell : cells_) {
    if (!trimmed(cell).empty()) return says_total(cell);
  }
  return false;
}

void CsvReader::check_record(Scan& scan) {
  if (scan.fields > options_.row_fields) {
    report(FindingLevel::error, ErrorCode::limit_exceeded, scan, SIZE_MAX, {},
           {"该行有 " + number_text(scan.fields) + " 个字段，上限为 " + number_text(options_.row_fields),
            "the row has " + number_text(scan.fields) + " fields, the limit is " + number_text(options_.row_fields)},
           {"请检查该行的引号和换行", "check the row's quotes and line breaks"});
    scan.bad = true;
  } else if (scan.fields != headings_.size() && !scan.bad) {
    const bool few = scan.fields < headings_.size();
    const std::string_view raw = text_.substr(scan.begin, position_ - scan.begin);
    const bool full_width = few && raw.find("，") != std::string_view::npos;
    report(FindingLevel::error, ErrorCode::shape_mismatch, scan, SIZE_MAX, trimmed(raw),
           {"该行字段太" + std::string(few ? "少" : "多") + "：有 " + number_text(scan.fields) + " 个，表头有 " +
                number_text(headings_.size()) + " 个",
            "too " + std::string(few ? "few" : "many") + " fields: the row has " + number_text(scan.fields) +
                ", the heading " + number_text(headings_.size())},
           full_width ? Text{"分隔请用半角逗号“,”，不用“，”", "separate with the comma ',', not with '，'"}
           : few ? Text{"请补齐缺少的字段，空的也要有逗号", "add the missing fields; empty ones need their comma too"}
                 : Text{"含逗号的文字请加引号，或删去多余的字段",
                        "put text with commas in quotes, or delete the extra fields"});
    scan.bad = true;
  } else if (!scan.bad && options_.total_rows == TotalRows::ask && is_total_row()) {
    report(FindingLevel::error, ErrorCode::suspicious, scan, SIZE_MAX,
           trimmed(text_.substr(scan.begin, position_ - scan.begin)),
           {"这一行像是合计行，不是数据？", "is this row a total, and not data?"},
           {"合计行请删去；若是数据，请在该词前加一个撇号（'）",
            "delete the row if it is a total; if it is data, put an apostrophe (') before the word"});
    scan.bad = true;
  }
}

bool CsvReader::next(CsvRecord& record) {
  while (!ended_ && skip_blank_lines()) {
    Scan scan;
    scan.line = line_;
    scan.record = ++record_;
    scan.begin = position_;
    scan_record(scan);
    if (all_empty_ && !scan.bad && scan.fields <= options_.row_fields) {
      ++blank_;
      continue;
    }
    check_record(scan);
    ++given_;
    if (scan.bad) ++bad_;
    record.record = scan.record;
    record.line = scan.line;
    record.cells = cells_;
    record.raw = text_.substr(scan.begin, position_ - scan.begin);
    record.bad = scan.bad;
    return true;
  }
  if (!ended_ && !is_part_) {
    ended_ = true;
    Scan scan;
    scan.line = heading_line_;
    if (given_ == 0) {
      report(FindingLevel::warning, ErrorCode::missing_value, scan, SIZE_MAX, {},
             {"只有表头，没有数据", "there is a heading and no record"},
             {"若应有内容，请补上数据行", "add records if there should be any"});
    }
    if (blank_ != 0) {
      scan.line = 0;
      report(FindingLevel::info, ErrorCode::missing_value, scan, SIZE_MAX, {},
             {"跳过了 " + number_text(blank_) + " 个空行", "rows of empty cells skipped: " + number_text(blank_)}, {});
    }
  }
  return false;
}

}  // namespace v1
}  // namespace chainqual
