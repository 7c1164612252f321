#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "chainqual/map/living.hpp"
#include "chainqual/map/scene.hpp"
#include "chainqual/map/text_metrics.hpp"

// The chart's colours and the few marks it is made of.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// Blue and orange tell the home province from others and stay apart for colour-blind readers; shape tells it again.
namespace ink {
inline constexpr std::string_view text = "#1f2a37";
inline constexpr std::string_view quiet = "#5b6675";
inline constexpr std::string_view faint = "#66717f";
inline constexpr std::string_view hairline = "#d9dfe6";
inline constexpr std::string_view page = "#ffffff";
inline constexpr std::string_view column = "#f4f6f9";
inline constexpr std::string_view lane = "#ffffff";
inline constexpr std::string_view head = "#17405c";
inline constexpr std::string_view head_quiet = "#c4d5e1";
inline constexpr std::string_view home = "#0f6f94";
inline constexpr std::string_view home_tint = "#eaf4f8";
inline constexpr std::string_view outside = "#a85a14";
inline constexpr std::string_view outside_tint = "#fcf3e8";
inline constexpr std::string_view unknown = "#6b7683";
inline constexpr std::string_view unknown_tint = "#f3f5f7";
inline constexpr std::string_view stars = "#a8233c";
inline constexpr std::string_view stars_tint = "#fbecee";
inline constexpr std::string_view documented = "#1f4e79";
inline constexpr std::string_view inferred = "#7c8a99";
inline constexpr std::string_view institution = "#3f7a5c";
inline constexpr std::string_view added = "#166b31";
inline constexpr std::string_view gone = "#b0122f";
inline constexpr std::string_view changed = "#a15c00";
}  // namespace ink

[[nodiscard]] constexpr std::string_view change_ink(MapChangeKind kind) noexcept {
  return kind == MapChangeKind::added ? ink::added : kind == MapChangeKind::gone ? ink::gone : ink::changed;
}

/// A straight edge of the card's shape; `cut` corners mark enterprises of other provinces.
enum class Corners : std::uint8_t { round, cut, square };

class Painter {
 public:
  explicit Painter(Scene& scene) : scene_(scene) {}

  std::uint32_t frame(FrameRole role, const Box& box, std::uint32_t parent) {
    scene_.frames.push_back({role, box, parent});
    return static_cast<std::uint32_t>(scene_.frames.size() - 1);
  }
  [[nodiscard]] const Box& box_of(std::uint32_t frame) const { return scene_.frames[frame].box; }

  void rect(const Box& box, std::string_view fill, std::string_view stroke = {}, double radius = 0, double width = 1);
  void path(PathData data, std::string_view fill, std::string_view stroke = {}, double width = 1,
            std::string_view dash = {}, double opacity = 1);
  void add(ScenePath path);
  void open(std::string_view role, std::string_view tooltip = {});
  void close();

  struct Style {
    double size = 12;
    std::string_view fill = ink::text;
    bool bold = false;
    Anchor anchor = Anchor::start;
  };
  /// Writes one line, cut to `width`; gives back the width it takes.
  double text(std::uint32_t frame, double x, double baseline, std::string_view words, double width, const Style& style);

  /// A card's outline, its corners rounded, cut or square.
  void outline(const Box& box, Corners corners, std::string_view fill, std::string_view stroke, double width,
               std::string_view dash = {}, double corner = 10);
  void pill(const Box& box, std::string_view fill, std::string_view stroke = {});
  /// Two chevrons upwards for a leader, one hollow triangle for a follower; centred.
  void ladder(double x, double y, bool leader, std::string_view colour);
  /// A pennant, for the chain owner; `x`, `y` is the foot of its pole.
  void pennant(double x, double y, std::string_view colour);
  /// A shield with a tick, for quality institutions; centred.
  void shield(double x, double y, std::string_view colour);
  /// A small hollow triangle that points down, for sole suppliers; centred. (The follower's points up.)
  void triangle(double x, double y, double side, std::string_view colour);
  /// A filled triangle that points down, for single points of failure; with a bar below it when a final product is cut
  /// off. Centred.
  void cut_point(double x, double y, bool final_product);
  /// Two filled triangles, tip to tip, for bottlenecks; centred.
  void hourglass(double x, double y, std::string_view colour);
  /// A disc in a ring, for segments that make final products; centred.
  void target(double x, double y, std::string_view colour);
  /// A small white disc with a plus (added), a cross (gone) or a stroke (changed), for links; centred.
  void change_sign(double x, double y, MapChangeKind kind);
  void diamond(double x, double y, double radius, std::string_view fill);
  void arrow_head(double x, double y, double direction, double size, std::string_view fill);

 private:
  Scene& scene_;
};

/// Colour of a loss in [0, 1], light to dark violet, and the colour of text upon it.
struct HeatInk {
  std::string fill;
  std::string_view text;
};
[[nodiscard]] HeatInk heat_ink(double loss);
/// "37%": whole per cent, "<1%" for a little, "0" for none.
[[nodiscard]] std::string percent(double share);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
