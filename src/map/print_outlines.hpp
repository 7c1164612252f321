#pragma once

#include <pango/pangocairo.h>

#include <map>

// Text on PDF surfaces as the outlines of its glyphs, which the PDF keeps once each as a font of drawings (Type 3),
// with the text beside them. Cairo's own way is to embed part of the OpenType font, and Cairo 1.16 leaves out
// subroutines that some glyphs of compact (CFF) fonts need: those characters are then blank, depending on what else
// stands on the page.

namespace chainqual {
inline namespace v1 {
namespace printing {

class Outlines {
 public:
  Outlines() = default;
  Outlines(const Outlines&) = delete;
  Outlines& operator=(const Outlines&) = delete;
  ~Outlines();

  /// Shows a layout of one line with its upper left corner at the current origin. Runs whose glyphs have no outlines
  /// (pictures, characters that no font has) and runs from right to left are shown in Cairo's own way.
  void show(cairo_t* cairo, PangoLayout* layout);

 private:
  void show(cairo_t* cairo, PangoGlyphItem* run, const char* text, double x, double y);
  [[nodiscard]] cairo_font_face_t* face_of(PangoFont* font);

  std::map<PangoFont*, cairo_font_face_t*> faces_;  // holds a reference to each of both
};

}  // namespace printing
}  // namespace v1
}  // namespace chainqual
