#include "chainqual/io/xlsx.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "chain_folder_spell.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/chain_info.hpp"
#include "chainqual/io/file.hpp"
#include "xlsx_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::size_t sheet_rows = 1048576;
constexpr std::size_t sheet_columns = 16384;

[[noreturn]] void refuse(ErrorCode code, const Sheet& sheet, const std::string& zh, const std::string& en) {
  throw Error(code, {"工作表“" + sheet.name + "”：" + zh, "Sheet '" + sheet.name + "': " + en});
}

void check_cell(const Sheet& sheet, const SheetCell& cell, std::size_t row, std::size_t column) {
  const auto place = [&]() -> Text {
    return {"工作表“" + sheet.name + "”：第 " + std::to_string(row + 1) + " 行第 " + std::to_string(column + 1) + " 列",
            "Sheet '" + sheet.name + "': row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1)};
  };
  if (const auto* text = std::get_if<std::string>(&cell)) workbook::check_text(*text, place);
  if (const auto* number = std::get_if<double>(&cell)) workbook::check_number(*number, place);
}

void check(const Sheet& sheet) {
  if (sheet.rows.size() >= sheet_rows || sheet.headings.size() > sheet_columns) {
    refuse(ErrorCode::limit_exceeded, sheet, "超过 Excel 的 1048576 行或 16384 列上限；请改用 CSV 或 JSON。",
           "more than the 1048576 rows or 16384 columns that Excel takes; use CSV or JSON.");
  }
  for (std::size_t column = 0; column < sheet.headings.size(); ++column)
    check_cell(sheet, sheet.headings[column], 0, column);
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    if (sheet.rows[row].size() > sheet.headings.size()) {
      refuse(ErrorCode::invalid_argument, sheet, "第 " + std::to_string(row + 2) + " 行的单元格多于表头。",
             "row " + std::to_string(row + 2) + " has more cells than there are headings.");
    }
    for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
      check_cell(sheet, sheet.rows[row][column], row + 1, column);
  }
}

/// One workbook being written; frees it when an exception passes.
class Workbook {
 public:
  explicit Workbook(const std::filesystem::path& path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_FALSE;
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) throw std::bad_alloc();
    lxw_doc_properties properties{};
    properties.created = workbook::creation_date;
    workbook_set_properties(book_, &properties);
    heading_ = format();
    format_set_bold(heading_);
    format_set_bottom(heading_, LXW_BORDER_THIN);
    format_set_text_wrap(heading_);
    text_ = format();
    format_set_num_format(text_, "@");
    format_set_text_wrap(text_);
    for (std::size_t grade = 0; grade < stars_.size(); ++grade) {
      stars_[grade] = format();
      constexpr std::array<lxw_color_t, 4> colours{0x808080, 0x2E7D32, 0xE08A00, 0xC62828};
      format_set_font_color(stars_[grade], colours[grade]);
      if (grade == 3) format_set_bold(stars_[grade]);
    }
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }

  void add(const Sheet& sheet, const std::string& name) {
    lxw_worksheet* page = workbook_add_worksheet(book_, name.c_str());
    if (page == nullptr) throw std::bad_alloc();
    std::vector<std::size_t> widths(sheet.headings.size(), 0);
    for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
      widths[column] = workbook::measure(sheet.headings[column]).cells + 2;
      workbook::require(
          worksheet_write_string(page, 0, static_cast<lxw_col_t>(column), sheet.headings[column].c_str(), heading_));
    }
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
      for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
        widths[column] = std::max(widths[column], write(page, row + 1, column, sheet.rows[row][column]));
      }
    }
    for (std::size_t column = 0; column < widths.size(); ++column) {
      constexpr std::size_t narrowest = 6;
      constexpr std::size_t widest = 60;
      const auto width = static_cast<double>(std::clamp(widths[column] + 1, narrowest, widest));
      workbook::require(
          worksheet_set_column(page, static_cast<lxw_col_t>(column), static_cast<lxw_col_t>(column), width, nullptr));
    }
    worksheet_freeze_panes(page, 1, 0);
    if (!sheet.headings.empty()) {
      workbook::require(worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()),
                                             static_cast<lxw_col_t>(sheet.headings.size() - 1)));
    }
  }

  void close() { workbook::require(workbook_close(std::exchange(book_, nullptr))); }

 private:
  lxw_format* format() {
    lxw_format* made = workbook_add_format(book_);
    if (made == nullptr) throw std::bad_alloc();
    return made;
  }

  /// A format that shows exactly the decimals a Decimal states: "0", "0.0", "0.00" …
  lxw_format* places(int scale) {
    auto [at, fresh] = places_.try_emplace(scale, nullptr);
    if (fresh) {
      at->second = format();
      const std::string pattern = scale == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(scale), '0');
      format_set_num_format(at->second, pattern.c_str());
    }
    return at->second;
  }

  std::size_t write(lxw_worksheet* page, std::size_t row, std::size_t column, const SheetCell& cell) {
    const auto r = static_cast<lxw_row_t>(row);
    const auto c = static_cast<lxw_col_t>(column);
    if (const auto* text = std::get_if<std::string>(&cell)) {
      if (text->empty()) return 0;
      workbook::require(worksheet_write_string(page, r, c, text->c_str(), text_));
      return workbook::measure(*text).cells;
    }
    if (const auto* number = std::get_if<double>(&cell)) {
      workbook::require(worksheet_write_number(page, r, c, *number, nullptr));
      return 12;
    }
    if (const auto* decimal = std::get_if<Decimal>(&cell)) {
      const std::string text = decimal->to_string();
      if (std::abs(decimal->coefficient()) > workbook::exact_decimal) {
        workbook::require(worksheet_write_string(page, r, c, text.c_str(), text_));
      } else {
        workbook::require(
            worksheet_write_number(page, r, c, decimal->to_rational().to_double(), places(decimal->scale())));
      }
      return text.size();
    }
    if (const auto* grade = std::get_if<Grade>(&cell); grade != nullptr && *grade != Grade::ungraded) {
      workbook::require(worksheet_write_string(page, r, c, std::string(stars(*grade)).c_str(),
                                               stars_[static_cast<std::size_t>(*grade)]));
      return 6;
    }
    return 0;
  }

  lxw_workbook* book_ = nullptr;
  lxw_format* heading_ = nullptr;
  lxw_format* text_ = nullptr;
  std::array<lxw_format*, 4> stars_{};
  std::map<int, lxw_format*> places_;
};

SheetCell cell_of(const intake::Spelt& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return join_list(*list);
  if (const auto* yes = std::get_if<bool>(&value)) {
    const bool zh = language == Language::zh;
    return std::string(*yes ? (zh ? "是" : "true") : (zh ? "否" : "false"));
  }
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* decimal = std::get_if<Decimal>(&value)) return *decimal;
  if (const auto* grade = std::get_if<Grade>(&value)) return *grade;
  return {};
}

template <class R>
Sheet sheet_of(const std::vector<R>& rows, Language language) {
  const bool zh = language == Language::zh;
  Sheet sheet;
  sheet.name = zh ? TableOf<R>::zh : TableOf<R>::name;
  for (const auto& field : TableOf<R>::fields) sheet.headings.emplace_back(zh ? field.zh : field.key);
  sheet.rows.reserve(rows.size());
  for (const auto& record : rows) {
    const intake::Speller<R> speller(record, language);
    auto& cells = sheet.rows.emplace_back();
    for (const auto& field : TableOf<R>::fields) cells.push_back(cell_of(speller.spell(field), language));
  }
  return sheet;
}

/// What the chain says of itself, one field a row.
Sheet info_sheet(const ChainInfo& info, Language language) {
  const auto word = [&](const InfoField& one) { return std::string(language == Language::zh ? one.zh : one.key); };
  Sheet sheet;
  sheet.name = word(info_table);
  for (const InfoField& heading : info_headings) sheet.headings.push_back(word(heading));
  for (auto& [field, value] : info_texts(info, language)) sheet.rows.push_back({std::move(field), std::move(value)});
  return sheet;
}

}  // namespace

void write_xlsx(const std::vector<Sheet>& sheets, const std::filesystem::path& path) {
  if (sheets.empty()) {
    throw Error(ErrorCode::invalid_argument, {"工作簿至少要有一张工作表。", "A workbook needs at least one sheet."});
  }
  for (const auto& sheet : sheets) check(sheet);
  // The library writes to a named file only: one in the system's own folder for such, whose bytes then replace `path`
  // at once.
  const workbook::TemporaryName file;
  Workbook book(file.path());
  std::set<std::string> taken;
  for (const auto& sheet : sheets) book.add(sheet, workbook::tab_name(sheet.name, taken));
  book.close();
  write_atomically(path, FileBytes::open(file.path()).view());
}

std::vector<Sheet> chain_sheets(const Dossier& dossier, Language language) {
  std::vector<Sheet> sheets;
  intake::for_each_table(dossier, [&]<class R>(const std::vector<R>& rows) {
    if (!rows.empty() || TableOf<R>::id == TableId::enterprises) sheets.push_back(sheet_of(rows, language));
  });
  sheets.push_back(info_sheet(dossier.info, language));
  return sheets;
}

void write_chain_xlsx(const Dossier& dossier, const std::filesystem::path& path, Language language) {
  write_xlsx(chain_sheets(dossier, language), path);
}

}  // namespace v1
}  // namespace chainqual
