#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// An upright rectangle in px; y grows downwards.
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const noexcept { return x + width; }
  [[nodiscard]] double bottom() const noexcept { return y + height; }
  /// Whether `inner` lies within, up to `slack` px.
  [[nodiscard]] bool contains(const Box& inner, double slack = 0.01) const noexcept {
    return inner.x >= x - slack && inner.y >= y - slack && inner.right() <= right() + slack &&
           inner.bottom() <= bottom() + slack;
  }
  /// Whether the two share more than an edge.
  [[nodiscard]] bool overlaps(const Box& other, double slack = 0.01) const noexcept {
    return x < other.right() - slack && other.x < right() - slack && y < other.bottom() - slack &&
           other.y < bottom() - slack;
  }
  friend bool operator==(const Box&, const Box&) = default;
};

enum class Anchor : std::uint8_t { start, middle, end };

/// What a frame encloses. Frames are not drawn: they say which space belongs to what.
enum class FrameRole : std::uint8_t {
  page,
  header,
  column,
  column_head,
  lane,
  card,
  problem_list,
  legend,
  notes,
  institutions
};

/// A space given to one part of the chart. A part's texts lie within its frame.
struct Frame {
  FrameRole role = FrameRole::page;
  Box box;
  std::uint32_t parent = 0;  ///< position in Scene::frames; the page is its own
};

struct SceneRect {
  Box box;
  double radius = 0;
  std::string fill;    ///< "#rrggbb", or empty: none
  std::string stroke;  ///< as fill
  double stroke_width = 1;
};

struct ScenePath {
  std::string data;  ///< SVG path data, numbers with one decimal
  std::string fill;
  std::string stroke;
  double stroke_width = 1;
  std::string dash;  ///< SVG dash array, or empty: solid
  double opacity = 1;
};

/// One line of text.
struct SceneText {
  std::string text;
  double x = 0;  ///< of the anchor
  double baseline = 0;
  double size = 12;
  bool bold = false;
  Anchor anchor = Anchor::start;
  std::string fill;
  std::uint32_t frame = 0;  ///< that must hold it
};

/// Opens (or, `open` false, closes) a group of items that belong together.
struct SceneGroup {
  bool open = true;
  std::string role;     ///< class in the SVG
  std::string tooltip;  ///< shown by viewers on hovering, or empty
};

using SceneItem = std::variant<SceneRect, ScenePath, SceneText, SceneGroup>;

/// A drawing, in drawing order, with the frames that its parts were laid out in. All outputs are made from it.
struct Scene {
  double width = 0;
  double height = 0;
  Language language = Language::zh;
  std::string title;
  std::string description;
  std::vector<SceneItem> items;
  std::vector<Frame> frames;
};

/// The space that a line of text takes: its width by `text_width`, 0.8 em above the baseline and 0.2 em below.
[[nodiscard]] Box text_box(const SceneText& text) noexcept;

/// SVG path data, piece by piece, numbers rounded to 0.1 px.
class PathData {
 public:
  PathData& move(double x, double y);
  PathData& line(double x, double y);
  PathData& curve(double x1, double y1, double x2, double y2, double x, double y);
  PathData& close();
  [[nodiscard]] std::string take() && { return std::move(data_); }

 private:
  std::string data_;
};

/// A scene as an SVG document.
///
/// @param scene  any texts: markup characters are escaped, characters that XML forbids become U+FFFD.
/// @return UTF-8, ending in a line feed.
/// @throws std::bad_alloc.
/// @complexity O(items and texts).
/// @numerics Numbers are rounded to 0.1 px and written without regard to the locale.
/// @threads Reads only.
/// @source W3C SVG 1.1.
/// @since 0.1, experimental.
[[nodiscard]] std::string to_svg(const Scene& scene);

/// `text` as it may stand in XML content or in a quoted attribute.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace v1
}  // namespace chainqual
