#include "print_outlines.hpp"

#include <cstring>
#include <memory>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace printing {
namespace {

const cairo_user_data_key_t outlined_font{};

cairo_scaled_font_t* outlined(cairo_scaled_font_t* drawn) {
  return static_cast<cairo_scaled_font_t*>(
      cairo_font_face_get_user_data(cairo_scaled_font_get_font_face(drawn), &outlined_font));
}

/// Draws a glyph one unit high; called by Cairo.
cairo_status_t draw_glyph(cairo_scaled_font_t* drawn, unsigned long index, cairo_t* cairo,
                          cairo_text_extents_t* extents) {
  cairo_scaled_font_t* font = outlined(drawn);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_scaled_font_get_font_options(font, options);
  cairo_set_font_face(cairo, cairo_scaled_font_get_font_face(font));
  cairo_set_font_options(cairo, options);
  cairo_font_options_destroy(options);
  cairo_set_font_size(cairo, 1);
  const cairo_glyph_t glyph{index, 0, 0};
  cairo_glyph_extents(cairo, &glyph, 1, extents);
  cairo_glyph_path(cairo, &glyph, 1);
  cairo_fill(cairo);
  return cairo_status(cairo);
}

cairo_status_t font_extents(cairo_scaled_font_t* drawn, cairo_t* cairo, cairo_font_extents_t* extents) {
  cairo_set_font_face(cairo, cairo_scaled_font_get_font_face(outlined(drawn)));
  cairo_set_font_size(cairo, 1);
  cairo_font_extents(cairo, extents);
  return cairo_status(cairo);
}

void release_font(void* font) {
  cairo_scaled_font_destroy(static_cast<cairo_scaled_font_t*>(font));
}

/// Whether each glyph that leaves ink has an outline to draw.
bool has_outlines(cairo_t* cairo, cairo_scaled_font_t* font, const PangoGlyphString& glyphs) {
  for (int i = 0; i < glyphs.num_glyphs; ++i) {
    const PangoGlyph index = glyphs.glyphs[i].glyph;
    if (index == PANGO_GLYPH_EMPTY) continue;
    if ((index & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return false;
    const cairo_glyph_t glyph{index, 0, 0};
    cairo_text_extents_t extents{};
    cairo_scaled_font_glyph_extents(font, &glyph, 1, &extents);
    if (extents.width <= 0 || extents.height <= 0) continue;
    cairo_save(cairo);
    cairo_set_scaled_font(cairo, font);
    cairo_new_path(cairo);
    cairo_glyph_path(cairo, &glyph, 1);
    cairo_path_t* path = cairo_copy_path(cairo);
    const bool drawn = path->num_data > 1;
    cairo_path_destroy(path);
    cairo_new_path(cairo);
    cairo_restore(cairo);
    if (!drawn) return false;
  }
  return true;
}

}  // namespace

Outlines::~Outlines() {
  for (const auto& [font, face] : faces_) {
    cairo_font_face_destroy(face);
    g_object_unref(font);
  }
}

cairo_font_face_t* Outlines::face_of(PangoFont* font) {
  const auto [at, fresh] = faces_.try_emplace(font, nullptr);
  if (fresh) {
    g_object_ref(font);
    at->second = cairo_user_font_face_create();
    cairo_user_font_face_set_init_func(at->second, font_extents);
    cairo_user_font_face_set_render_glyph_func(at->second, draw_glyph);
    cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(reinterpret_cast<PangoCairoFont*>(font));
    cairo_font_face_set_user_data(at->second, &outlined_font, cairo_scaled_font_reference(scaled), release_font);
  }
  return at->second;
}

void Outlines::show(cairo_t* cairo, PangoLayout* layout) {
  const char* text = pango_layout_get_text(layout);
  const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> place(pango_layout_get_iter(layout),
                                                                                  &pango_layout_iter_free);
  do {
    PangoGlyphItem* run = pango_layout_iter_get_run_readonly(place.get());
    if (run == nullptr) continue;
    PangoRectangle box{};
    pango_layout_iter_get_run_extents(place.get(), nullptr, &box);
    show(cairo, run, text, static_cast<double>(box.x) / PANGO_SCALE,
         static_cast<double>(pango_layout_iter_get_baseline(place.get())) / PANGO_SCALE);
  } while (pango_layout_iter_next_run(place.get()) != FALSE);
}

void Outlines::show(cairo_t* cairo, PangoGlyphItem* run, const char* text, double x, double y) {
  PangoFont* font = run->item->analysis.font;
  cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(reinterpret_cast<PangoCairoFont*>(font));
  if (run->item->analysis.level % 2 != 0 || scaled == nullptr || !has_outlines(cairo, scaled, *run->glyphs)) {
    cairo_move_to(cairo, x, y);
    pango_cairo_show_glyph_item(cairo, text, run);
    return;
  }
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
  PangoGlyphItemIter cluster{};
  for (gboolean more = pango_glyph_item_iter_init_start(&cluster, run, text); more != FALSE;
       more = pango_glyph_item_iter_next_cluster(&cluster)) {
    cairo_text_cluster_t made{cluster.end_index - cluster.start_index, 0};
    for (int i = cluster.start_glyph; i < cluster.end_glyph; ++i) {
      const PangoGlyphInfo& info = run->glyphs->glyphs[i];
      if (info.glyph != PANGO_GLYPH_EMPTY) {
        glyphs.push_back({info.glyph, x + static_cast<double>(info.geometry.x_offset) / PANGO_SCALE,
                          y + static_cast<double>(info.geometry.y_offset) / PANGO_SCALE});
        ++made.num_glyphs;
      }
      x += static_cast<double>(info.geometry.width) / PANGO_SCALE;
    }
    clusters.push_back(made);
  }
  cairo_matrix_t size;
  cairo_scaled_font_get_font_matrix(scaled, &size);
  cairo_set_font_face(cairo, face_of(font));
  cairo_set_font_matrix(cairo, &size);
  cairo_show_text_glyphs(cairo, text + run->item->offset, run->item->length, glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         static_cast<cairo_text_cluster_flags_t>(0));
}

}  // namespace printing
}  // namespace v1
}  // namespace chainqual
