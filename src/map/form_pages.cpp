#include "chainqual/map/form_pages.hpp"

#include <algorithm>

#include "chainqual/map/text_metrics.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr double px_per_mm = 96 / 25.4;
constexpr double short_side = 210 * px_per_mm;
constexpr double long_side = 297 * px_per_mm;
constexpr double margin = 14 * px_per_mm;
constexpr double side_margin = 12 * px_per_mm;
constexpr double foot = 6 * px_per_mm;  ///< kept for the page number
constexpr double px_per_point = 96.0 / 72;
constexpr double leading = 1.45;  ///< height of a line, in sizes of its font
constexpr std::size_t dense_columns = 9;
constexpr double tall_mm = 20;
constexpr const char* ink = "#111111";
constexpr const char* line_colour = "#222222";
constexpr const char* shade = "#f1f3f5";

/// A text's lines as they are printed, line ends and all.
std::vector<std::string> lines_of(std::string_view text, double width, double size, bool bold) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  while (true) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (text_width(line, size, bold) <= width) {
      lines.emplace_back(line);
    } else {
      const auto wrapped = wrap_text(line, width, size, bold, line.size() + 1);
      lines.insert(lines.end(), wrapped.begin(), wrapped.end());
    }
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

/// A cell as it will be drawn; heights count from the top of its block.
struct Drawn {
  PlacedFormCell at;
  Box box;
  std::vector<std::string> lines;
  bool bold = false;
  bool open_bottom = false;
};

/// Rows that no page break may part, unless they are higher than a page.
struct Group {
  double top = 0;
  double bottom = 0;
};

class BlockLayout {
 public:
  BlockLayout(const FormBlock& block, double width, std::size_t parts)
      : block_(block),
        size_((block.widths.size() > dense_columns ? 8 : 10) * px_per_point),
        padding_(block.widths.size() > dense_columns ? 3 : 5) {
    const auto placed = placed_cells(block);
    std::vector<double> edges{0};
    for (const std::size_t each : block.widths) {
      edges.push_back(edges.back() + width * static_cast<double>(each) / static_cast<double>(parts));
    }
    for (const PlacedFormCell& at : placed) {
      Drawn drawn;
      drawn.at = at;
      drawn.bold = at.cell->role == FormRole::label;
      drawn.box.x = edges[at.column];
      drawn.box.width = edges[at.column + at.cell->columns] - drawn.box.x;
      drawn.lines = lines_of(form_text(*at.cell), drawn.box.width - 2 * padding_, size_, drawn.bold);
      drawn.open_bottom = form_detail::joined_below(placed, at);
      cells_.push_back(std::move(drawn));
    }
    set_rows();
  }

  [[nodiscard]] const std::vector<Drawn>& cells() const noexcept { return cells_; }
  [[nodiscard]] const std::vector<Group>& groups() const noexcept { return groups_; }
  /// How many groups are the heading.
  [[nodiscard]] std::size_t heads() const noexcept { return heads_; }
  [[nodiscard]] double size() const noexcept { return size_; }
  [[nodiscard]] double padding() const noexcept { return padding_; }
  [[nodiscard]] const FormBlock& block() const noexcept { return block_; }
  [[nodiscard]] double height_of(const Drawn& cell) const {
    return static_cast<double>(cell.lines.size()) * size_ * leading + padding_;
  }

 private:
  void set_rows() {
    const std::size_t rows = block_.rows.size();
    std::vector<double> heights;
    for (const FormRow& row : block_.rows) heights.push_back(row.least_mm * px_per_mm);
    for (const bool spanning : {false, true}) {
      for (const Drawn& cell : cells_) {
        const std::size_t span = cell.at.cell->rows;
        if ((span > 1) != spanning) continue;
        double lack = height_of(cell);
        for (std::size_t i = cell.at.row; i < cell.at.row + span; ++i) lack -= heights[i];
        if (lack > 0) heights[cell.at.row + span - 1] += lack;
      }
    }
    std::vector<double> tops{0};
    for (const double height : heights) tops.push_back(tops.back() + height);
    std::vector<bool> tied(rows + 1, false);  // the row cannot be parted from the one above it
    for (Drawn& cell : cells_) {
      const std::size_t last = cell.at.row + cell.at.cell->rows;
      cell.box.y = tops[cell.at.row];
      cell.box.height = tops[last] - cell.box.y;
      for (std::size_t i = cell.at.row + 1; i < last; ++i) tied[i] = true;
      if (cell.at.cell->joined) tied[cell.at.row] = true;
    }
    for (std::size_t row = 0; row < rows; ++row) {
      if (row == 0 || !tied[row]) groups_.push_back({tops[row], tops[row]});
      groups_.back().bottom = tops[row + 1];
      if (block_.rows[row].head) heads_ = groups_.size();
    }
  }

  const FormBlock& block_;
  double size_;
  double padding_;
  std::vector<Drawn> cells_;
  std::vector<Group> groups_;
  std::size_t heads_ = 0;
};

class Pages {
 public:
  explicit Pages(const Form& form) : form_(form), parts_(form_detail::page_parts(form)) {
    width_ = (form.landscape ? long_side : short_side) - 2 * side_margin;
    bottom_ = (form.landscape ? short_side : long_side) - margin - foot;
    begin_page();
    paragraph(form.number, 9, false, Anchor::start, 0);
    paragraph(form.title, 16, true, Anchor::middle, 10);
    for (const FormBlock& block : form.blocks) put(block);
    bool first = true;
    for (const std::string& note : form.notes) {
      paragraph(note, 8.5, false, Anchor::start, first ? 8 : 0);
      first = false;
    }
    number_pages();
  }

  std::vector<Scene> take() && { return std::move(pages_); }

 private:
  Scene& page() { return pages_.back(); }
  [[nodiscard]] double room() const noexcept { return bottom_ - y_; }

  void begin_page() {
    Scene scene;
    scene.width = form_.landscape ? long_side : short_side;
    scene.height = form_.landscape ? short_side : long_side;
    scene.language = form_.language;
    scene.title = form_.title;
    scene.description = form_.number;
    scene.frames.push_back({FrameRole::page, {0, 0, scene.width, scene.height}, 0});
    pages_.push_back(std::move(scene));
    y_ = margin;
  }

  void text(const std::string& line, double x, double top, double size, bool bold, Anchor anchor) {
    if (line.empty()) return;
    page().items.push_back(SceneText{line, x, top + size * 1.08, size, bold, anchor, ink, 0});
  }

  void paragraph(const std::string& words, double points, bool bold, Anchor anchor, double before) {
    const double size = points * px_per_point;
    const auto lines = lines_of(words, width_, size, bold);
    if (lines.empty()) return;
    y_ += before;
    for (const std::string& line : lines) {
      if (room() < size * leading) begin_page();
      text(line, side_margin + (anchor == Anchor::middle ? width_ / 2 : 0), y_, size, bold, anchor);
      y_ += size * leading;
    }
    if (bold) y_ += 4;
  }

  void put(const FormBlock& block) {
    const BlockLayout layout(block, width_, parts_);
    const auto& groups = layout.groups();
    const std::size_t heads = layout.heads();
    const double head_height = heads == 0 ? 0 : groups[heads - 1].bottom;
    // A heading never stands alone at the foot of a page.
    const double first = groups.size() > heads ? groups[heads].bottom : head_height;
    const double heading = block.heading.empty() ? 0 : 11 * px_per_point * leading + 14;
    const double whole_page = bottom_ - margin;
    if (room() < heading + std::min(first, whole_page / 2)) begin_page();
    paragraph(block.heading, 11, true, Anchor::start, y_ > margin ? 10 : 0);
    if (block.heading.empty() && y_ > margin && !block.lined) y_ += 14;
    if (heads > 0) window(layout, 0, head_height);
    for (std::size_t i = heads; i < groups.size(); ++i) {
      const double height = groups[i].bottom - groups[i].top;
      if (height > room()) {
        if (height <= whole_page - head_height || room() < whole_page / 4) next_page(layout, head_height);
        double top = groups[i].top;
        while (groups[i].bottom - top > room()) {  // higher than a page
          const double cut = cut_of(layout, top, top + room());
          window(layout, top, cut);
          top = cut;
          next_page(layout, head_height);
        }
        window(layout, top, groups[i].bottom);
      } else {
        window(layout, groups[i].top, groups[i].bottom);
      }
    }
  }

  void next_page(const BlockLayout& layout, double head_height) {
    begin_page();
    if (head_height > 0 && head_height < room() / 2) window(layout, 0, head_height);
  }

  static double line_top(const BlockLayout& layout, const Drawn& cell, std::size_t line) {
    const double all = static_cast<double>(cell.lines.size()) * layout.size() * leading;
    const FormRow& row = layout.block().rows[cell.at.row];
    double top = cell.box.y + (cell.box.height - all) / 2;
    const bool high = row.least_mm >= tall_mm && cell.at.cell->role != FormRole::label;
    if (high || !layout.block().lined) top = cell.box.y + layout.padding() / 2;
    if (cell.at.cell->role == FormRole::sign) top = cell.box.bottom() - all - layout.padding() / 2;
    return top + static_cast<double>(line) * layout.size() * leading;
  }

  /// The last height up to `limit` that crosses no line of text, and is below `top`.
  static double cut_of(const BlockLayout& layout, double top, double limit) {
    const double height = layout.size() * leading;
    double cut = limit;
    for (bool moved = true; moved;) {
      moved = false;
      for (const Drawn& cell : layout.cells()) {
        if (cell.box.bottom() <= top || cell.box.y >= cut) continue;
        for (std::size_t i = 0; i < cell.lines.size(); ++i) {
          const double line = line_top(layout, cell, i);
          if (line <= top + 1 || line >= cut - 0.01 || line + height <= cut + 0.01) continue;
          cut = line;
          moved = true;
        }
      }
    }
    return cut > top + 1 ? cut : limit;
  }

  /// Draws what of a block lies between two heights, at the place where the page stands.
  void window(const BlockLayout& layout, double from, double until) {
    const double shift = y_ - from;
    for (const Drawn& cell : layout.cells()) {
      const double top = std::max(cell.box.y, from);
      const double bottom = std::min(cell.box.bottom(), until);
      if (bottom - top <= 0.01) continue;
      const Box box{side_margin + cell.box.x, top + shift, cell.box.width, bottom - top};
      if (layout.block().lined) frame(cell, box);
      for (std::size_t i = 0; i < cell.lines.size(); ++i) {
        const double line = line_top(layout, cell, i);
        if (line >= from - 0.01 && line < until - 0.01) put_line(layout, cell, cell.lines[i], box, line + shift);
      }
    }
    y_ += until - from;
  }

  void put_line(const BlockLayout& layout, const Drawn& cell, const std::string& line, const Box& box, double top) {
    const FormCell& said = *cell.at.cell;
    const bool middle = said.centred || (said.role == FormRole::label && layout.block().lined);
    const bool end = said.role == FormRole::sign;
    const double x = middle ? box.x + box.width / 2 : end ? box.right() - layout.padding() : box.x + layout.padding();
    text(line, x, top + layout.size() * 0.12, layout.size(), cell.bold,
         middle ? Anchor::middle
         : end  ? Anchor::end
                : Anchor::start);
  }

  void frame(const Drawn& cell, const Box& box) {
    if (cell.at.cell->role == FormRole::label) page().items.push_back(SceneRect{box, 0, shade, "", 1});
    PathData path;
    path.move(box.x, box.y).line(box.x, box.bottom()).move(box.right(), box.y).line(box.right(), box.bottom());
    if (!cell.at.cell->joined) path.move(box.x, box.y).line(box.right(), box.y);
    if (!cell.open_bottom) path.move(box.x, box.bottom()).line(box.right(), box.bottom());
    page().items.push_back(ScenePath{std::move(path).take(), "", line_colour, 1, "", 1});
  }

  void number_pages() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      Scene& scene = pages_[i];
      const std::string words = std::to_string(i + 1) + " / " + std::to_string(pages_.size());
      constexpr double size = 9 * px_per_point;
      scene.items.push_back(
          SceneText{words, scene.width / 2, scene.height - margin / 2, size, false, Anchor::middle, ink, 0});
    }
  }

  const Form& form_;
  std::size_t parts_;
  std::vector<Scene> pages_;
  double width_ = 0;
  double bottom_ = 0;
  double y_ = 0;
};

}  // namespace

std::vector<Scene> form_pages(std::span<const Form> forms) {
  form_detail::need_forms(forms);
  std::vector<Scene> pages;
  for (const Form& form : forms) {
    for (Scene& page : Pages(form).take()) pages.push_back(std::move(page));
  }
  return pages;
}

std::string form_pdf(std::span<const Form> forms, const std::string& date) {
  PrintOptions options;
  options.date = date;
  return to_pdf(form_pages(forms), options);
}

}  // namespace v1
}  // namespace chainqual
