#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/text.hpp"
#include "chainqual/map/scene.hpp"

namespace chainqual {
inline namespace v1 {

/// Size of the sheet. `fit`: as large as the drawing, 96 px to the inch.
enum class Paper : std::uint8_t { fit, a4, a3, a2, a1, a0 };

template <>
struct Names<Paper> {
  static constexpr std::array<Name<Paper>, 6> table{{
      {Paper::fit, "fit", "随图大小", "as large as the drawing"},
      {Paper::a4, "a4", "A4", "A4"},
      {Paper::a3, "a3", "A3", "A3"},
      {Paper::a2, "a2", "A2", "A2"},
      {Paper::a1, "a1", "A1", "A1"},
      {Paper::a0, "a0", "A0", "A0"},
  }};
};

/// How a drawing is put on paper: upright or across, whichever shows it larger, in the middle of the sheet.
struct PrintOptions {
  Paper paper = Paper::fit;
  double margin_mm = 8;     ///< of sheets; `fit` has none
  std::uint32_t dpi = 300;  ///< of PNG, 30 … 1200; PDF has no dots
  /// Of a PDF on sheets: so many sheets each way that make one picture when their margins are cut off, 1 … 8. They are
  /// its pages, row by row.
  std::uint32_t tiles = 1;
  std::string date;  ///< ISO 8601 day written into a PDF as its creation; anything else: 1970-01-01
};

/// Whether the library was built with Cairo and Pango. Without them `to_pdf` and `to_png` throw.
[[nodiscard]] bool can_print() noexcept;

/// Text smaller than this is hard to read on paper.
inline constexpr double readable_pt = 6;

/// The size that a scene's smallest text has on the sheet, in points; 0 without texts.
///
/// @param scene    any.
/// @param options  paper and margin.
/// @throws Error{invalid_argument} the margin leaves no room.
/// @complexity  O(items).
/// @numerics    One product.
/// @threads     Reads only.
/// @source      ISO 216 (sheets).
/// @since 0.1, experimental.
[[nodiscard]] double smallest_text_pt(const Scene& scene, const PrintOptions& options);

/// The smallest sheet on which every text of a scene has `readable_pt`; none where not even A0 is. As
/// `smallest_text_pt`; `options.paper` is not looked at.
[[nodiscard]] std::optional<Paper> smallest_readable(const Scene& scene, PrintOptions options = {});

/// Characters of a scene's texts that no font of this machine can show, each once; in PDF and PNG they would be boxes.
/// Nothing where `can_print()` is false.
///
/// @param scene  any.
/// @throws Error{internal} Cairo could not begin.
/// @complexity  O(texts), as shaping them.
/// @numerics    none.
/// @threads     Reads only; concurrent calls are safe.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<std::string> missing_characters(const Scene& scene);

/// How many sheets each way give every text of a scene `readable_pt` on `options.paper`; none where 8 do not, or on
/// `fit`. As `smallest_text_pt`; `options.tiles` is not looked at.
[[nodiscard]] std::optional<std::uint32_t> tiles_to_read(const Scene& scene, PrintOptions options);

/// A scene as a PDF of one page (or of `tiles` × `tiles`), drawn through Cairo and Pango with the fonts of this
/// machine, which it embeds: texts can be searched and copied. A font wider than the layout's table is narrowed, so
/// that no text leaves its frame.
///
/// @param scene    what `chain_scene` made, or any other.
/// @param options  paper, margin and date.
/// @returns the document's bytes.
/// @throws Error{invalid_argument} the library was built without Cairo, the margin leaves no room, or `tiles` is out of
///                                 its range or above 1 with `fit`.
/// @throws Error{internal}         Cairo could not draw; the message says why.
/// @complexity  O(items).
/// @numerics    Same scene, options, fonts and versions of Cairo and Pango: same bytes.
/// @threads     Reads only; concurrent calls are safe.
/// @source      ISO 216 (sheets).
/// @since 0.1, experimental.
[[nodiscard]] std::string to_pdf(const Scene& scene, const PrintOptions& options = {});

/// Scenes as the pages of one PDF, which bears the name of the first; as `to_pdf` of one.
/// @throws Error{invalid_argument} there is no page.
[[nodiscard]] std::string to_pdf(std::span<const Scene> pages, const PrintOptions& options = {});

/// A scene as a PNG of 24 bits, its resolution stated in the file. As `to_pdf`.
///
/// @param scene    what `chain_scene` made, or any other.
/// @param options  paper, margin and dots per inch.
/// @returns the picture's bytes.
/// @throws Error{invalid_argument} as `to_pdf`, or `dpi` is out of its range, or `tiles` is not 1.
/// @throws Error{limit_exceeded}   a side of the picture would be over 32 000 px: choose a smaller sheet or fewer dots.
/// @throws Error{internal}         as `to_pdf`.
/// @complexity  O(items + dots); four bytes a dot in memory.
/// @numerics    As `to_pdf`.
/// @threads     As `to_pdf`.
/// @source      PNG (ISO/IEC 15948).
/// @since 0.1, experimental.
[[nodiscard]] std::string to_png(const Scene& scene, const PrintOptions& options = {});

}  // namespace v1
}  // namespace chainqual
