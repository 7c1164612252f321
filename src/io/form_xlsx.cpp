#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "chainqual/io/file.hpp"
#include "chainqual/io/form.hpp"
#include "form_look.hpp"
#include "xlsx_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr double page_mm = 210;
constexpr double page_mm_across = 297;
constexpr double margin_mm = 12;
constexpr double mm_per_inch = 25.4;
constexpr double font_points = 10;
constexpr double dense_points = 8.5;
/// Excel refuses rows over 409 points: a taller row of a form takes several rows of the sheet.
constexpr double tallest_row = 400;

enum class Look : std::uint8_t { number, title, heading, note, label, value, words, sign };

/// What decides a cell's format.
struct Style {
  Look look = Look::value;
  bool lined = false;
  bool open_top = false;
  bool open_bottom = false;
  bool centred = false;
  bool high = false;
  bool dense = false;
  int places = -1;  ///< decimals of a number; -1: text
  [[nodiscard]] auto key() const { return std::tie(look, lined, open_top, open_bottom, centred, high, dense, places); }
  friend bool operator<(const Style& a, const Style& b) { return a.key() < b.key(); }
};

class FormBook {
 public:
  explicit FormBook(const std::filesystem::path& path, const std::string& title) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_FALSE;
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) throw std::bad_alloc();
    lxw_doc_properties properties{};
    properties.created = workbook::creation_date;
    std::string name = title;
    properties.title = name.data();
    workbook_set_properties(book_, &properties);
  }
  FormBook(const FormBook&) = delete;
  FormBook& operator=(const FormBook&) = delete;
  ~FormBook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }

  lxw_worksheet* sheet(const std::string& name) {
    lxw_worksheet* page = workbook_add_worksheet(book_, name.c_str());
    if (page == nullptr) throw std::bad_alloc();
    return page;
  }

  void close() { workbook::require(workbook_close(std::exchange(book_, nullptr))); }

  lxw_format* format(const Style& style) {
    auto [at, fresh] = formats_.try_emplace(style, nullptr);
    if (fresh) at->second = make(style);
    return at->second;
  }

 private:
  lxw_format* make(const Style& style) {
    lxw_format* made = workbook_add_format(book_);
    if (made == nullptr) throw std::bad_alloc();
    format_set_font_name(made, "Microsoft YaHei");
    format_set_font_size(made, style.look == Look::title                                ? 16
                               : style.look == Look::heading                            ? 11
                               : style.look == Look::number || style.look == Look::note ? 9
                               : style.dense                                            ? dense_points
                                                                                        : font_points);
    format_set_text_wrap(made);
    const bool bold = style.look == Look::title || style.look == Look::heading || style.look == Look::label;
    if (bold) format_set_bold(made);
    const bool centred = style.centred || style.look == Look::title || (style.look == Look::label && style.lined);
    format_set_align(made, centred ? LXW_ALIGN_CENTER : style.look == Look::sign ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    format_set_align(made, style.look == Look::sign ? LXW_ALIGN_VERTICAL_BOTTOM
                           : style.high             ? LXW_ALIGN_VERTICAL_TOP
                                                    : LXW_ALIGN_VERTICAL_CENTER);
    if (style.lined) {
      format_set_left(made, LXW_BORDER_THIN);
      format_set_right(made, LXW_BORDER_THIN);
      if (!style.open_top) format_set_top(made, LXW_BORDER_THIN);
      if (!style.open_bottom) format_set_bottom(made, LXW_BORDER_THIN);
      if (style.look == Look::label) format_set_bg_color(made, 0xF1F3F5);
    }
    if (style.places < 0) {
      format_set_num_format(made, "@");
    } else {
      const auto digits = static_cast<std::size_t>(style.places);
      format_set_num_format(made, style.places == 0 ? "0" : ("0." + std::string(digits, '0')).c_str());
    }
    return made;
  }

  lxw_workbook* book_ = nullptr;
  std::map<Style, lxw_format*> formats_;
};

/// One form on its sheet.
class FormPage {
 public:
  FormPage(FormBook& book, const Form& form, const std::string& tab)
      : book_(book), form_(form), parts_(form_detail::page_parts(form)), page_(book.sheet(tab)) {
    width_mm_ = (form.landscape ? page_mm_across : page_mm) - 2 * margin_mm;
    set_columns();
    set_paper();
    line(form.number, Look::number);
    line(form.title, Look::title);
    for (const FormBlock& block : form.blocks) put(block);
    for (const std::string& note : form.notes) line(note, Look::note);
  }

 private:
  /// Every place where some block has an edge is an edge of the sheet's columns.
  void set_columns() {
    std::set<std::size_t> edges{0};
    for (const FormBlock& block : form_.blocks) {
      std::size_t at = 0;
      for (const std::size_t width : block.widths) edges.insert(at += width);
    }
    edges_.assign(edges.begin(), edges.end());
    constexpr double pixels_per_mm = 96 / mm_per_inch;
    for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
      const double pixels = mm_of(edges_[i], edges_[i + 1]) * pixels_per_mm;
      const auto column = static_cast<lxw_col_t>(i);
      workbook::require(worksheet_set_column_pixels(
          page_, column, column, static_cast<std::uint32_t>(std::max(1.0, std::round(pixels))), nullptr));
    }
  }

  void set_paper() {
    worksheet_set_paper(page_, 9);  // A4
    if (form_.landscape) worksheet_set_landscape(page_);
    const double inches = margin_mm / mm_per_inch;
    worksheet_set_margins(page_, inches, inches, inches + 0.1, inches + 0.2);
    worksheet_fit_to_pages(page_, 1, 0);
    worksheet_center_horizontally(page_);
    worksheet_gridlines(page_, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_footer(page_, "&C&P / &N");
  }

  [[nodiscard]] double mm_of(std::size_t from, std::size_t until) const {
    return static_cast<double>(until - from) / static_cast<double>(parts_) * width_mm_;
  }

  /// The sheet's column that begins at a part of the page.
  [[nodiscard]] lxw_col_t column_at(std::size_t part) const {
    return static_cast<lxw_col_t>(std::lower_bound(edges_.begin(), edges_.end(), part) - edges_.begin());
  }

  /// Points that a text needs in a width, line by line, Chinese as wide as high.
  static double height_of(std::string_view text, double mm, double points) {
    constexpr double padding = 6;
    const double room = std::max(points * 2, mm / mm_per_inch * 72 - padding) / 1.08;
    double lines = 0;
    while (true) {
      const auto end = text.find('\n');
      const double wide = static_cast<double>(workbook::measure(text.substr(0, end)).cells) * points / 2;
      lines += std::max(1.0, std::ceil(wide / room));
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    return lines * points * 1.42 + 6;
  }

  /// Rows of the sheet that together are so high; the first of them.
  lxw_row_t rows_of(double points) {
    const lxw_row_t first = row_;
    const double count = std::max(1.0, std::ceil(points / tallest_row));
    for (double i = 0; i < count; ++i) {
      if (row_ >= 1048576) {
        throw Error(ErrorCode::limit_exceeded, {"表单超过 Excel 的 1048576 行上限。",
                                                "The form has more than the 1048576 rows that Excel takes."});
      }
      workbook::require(worksheet_set_row(page_, row_++, points / count, nullptr));
    }
    return first;
  }

  void line(const std::string& text, Look look) {
    if (text.empty()) return;
    const double points = look == Look::title ? 16 : look == Look::heading ? 11 : 9;
    const double space = look == Look::title ? 10 : look == Look::heading ? 8 : 0;
    const lxw_row_t first = rows_of(height_of(text, width_mm_, points) + space);
    Style style;
    style.look = look;
    write({first, 0, row_ - 1, static_cast<lxw_col_t>(edges_.size() - 2)}, text, style);
  }

  struct Range {
    lxw_row_t top;
    lxw_col_t left;
    lxw_row_t bottom;
    lxw_col_t right;
  };

  void write(const Range& range, const SheetCell& content, const Style& style) {
    const auto place = [&]() -> Text {
      const std::string row = std::to_string(range.top + 1);
      return {"表单“" + form_.title + "”第 " + row + " 行", "Form '" + form_.title + "', row " + row + ","};
    };
    lxw_format* format = book_.format(style);
    if (range.top != range.bottom || range.left != range.right) {
      workbook::require(worksheet_merge_range(page_, range.top, range.left, range.bottom, range.right, "", format));
    }
    if (const auto* text = std::get_if<std::string>(&content); text != nullptr && !text->empty()) {
      workbook::check_text(*text, place);
      workbook::require(worksheet_write_string(page_, range.top, range.left, text->c_str(), format));
    } else if (const auto* number = std::get_if<double>(&content)) {
      workbook::check_number(*number, place);
      workbook::require(worksheet_write_number(page_, range.top, range.left, *number, format));
    } else {
      workbook::require(worksheet_write_blank(page_, range.top, range.left, format));
    }
  }

  void put(const FormBlock& block) {
    line(block.heading, Look::heading);
    const auto placed = placed_cells(block);
    std::vector<std::size_t> edges{0};
    for (const std::size_t width : block.widths) edges.push_back(edges.back() + width);
    const bool dense = block.widths.size() > detail::dense_columns;
    std::vector<lxw_row_t> firsts;
    for (const double height : heights(block, placed, edges, dense)) firsts.push_back(rows_of(height));
    firsts.push_back(row_);
    for (const PlacedFormCell& at : placed) put(block, placed, at, edges, firsts, dense);
    std::size_t heads = 0;
    while (heads < block.rows.size() && block.rows[heads].head) ++heads;
    if (heads > 0 && !repeats_) {
      workbook::require(worksheet_repeat_rows(page_, firsts[0], firsts[heads] - 1));
      repeats_ = true;
    }
  }

  std::vector<double> heights(const FormBlock& block, const std::vector<PlacedFormCell>& placed,
                              const std::vector<std::size_t>& edges, bool dense) const {
    std::vector<double> heights;
    for (const FormRow& row : block.rows) heights.push_back(row.least_mm / mm_per_inch * 72);
    // Cells of one row first: what spans several asks only for what those leave.
    for (const bool spanning : {false, true}) {
      for (const PlacedFormCell& at : placed) {
        if ((at.cell->rows > 1) != spanning) continue;
        const double mm = mm_of(edges[at.column], edges[at.column + at.cell->columns]);
        double lack = height_of(form_text(*at.cell), mm, dense ? dense_points : font_points);
        for (std::size_t i = at.row; i < at.row + at.cell->rows; ++i) lack -= heights[i];
        if (lack > 0) heights[at.row + at.cell->rows - 1] += lack;
      }
    }
    return heights;
  }

  void put(const FormBlock& block, const std::vector<PlacedFormCell>& placed, const PlacedFormCell& at,
           const std::vector<std::size_t>& edges, const std::vector<lxw_row_t>& firsts, bool dense) {
    const FormCell& cell = *at.cell;
    Style style;
    style.look = cell.role == FormRole::label ? Look::label : cell.role == FormRole::sign ? Look::sign : Look::value;
    style.lined = block.lined;
    style.open_top = cell.joined;
    style.open_bottom = form_detail::joined_below(placed, at);
    style.centred = cell.centred;
    style.high = block.rows[at.row].least_mm >= detail::tall_mm && cell.role != FormRole::label;
    style.dense = dense;
    SheetCell content = form_text(cell);
    if (cell.boxes.empty()) {
      if (const auto* number = std::get_if<double>(&cell.content)) {
        content = *number;
        style.places = 0;
        for (double scaled = *number; style.places < 15 && scaled != std::floor(scaled); scaled *= 10) ++style.places;
      }
      if (const auto* decimal = std::get_if<Decimal>(&cell.content);
          decimal != nullptr && std::abs(decimal->coefficient()) <= workbook::exact_decimal) {
        content = decimal->to_rational().to_double();
        style.places = decimal->scale();
      }
    }
    write({firsts[at.row], column_at(edges[at.column]), firsts[at.row + cell.rows] - 1,
           static_cast<lxw_col_t>(column_at(edges[at.column + cell.columns]) - 1)},
          content, style);
  }

  FormBook& book_;
  const Form& form_;
  std::size_t parts_;
  lxw_worksheet* page_;
  double width_mm_ = 0;
  std::vector<std::size_t> edges_;
  lxw_row_t row_ = 0;
  bool repeats_ = false;
};

}  // namespace

void write_form_xlsx(std::span<const Form> forms, const std::filesystem::path& path) {
  form_detail::need_forms(forms);
  const workbook::TemporaryName file;
  FormBook book(file.path(), forms.front().title);
  std::set<std::string> taken;
  for (const Form& form : forms) {
    const FormPage page(book, form, workbook::tab_name(form.tab.empty() ? form.number : form.tab, taken));
  }
  book.close();
  write_atomically(path, FileBytes::open(file.path()).view());
}

}  // namespace v1
}  // namespace chainqual
