#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/map/print.hpp"
#include "chainqual/map/text_metrics.hpp"
#include "png_density.hpp"
#include "print_outlines.hpp"
#include "sheet.hpp"
#include "utf8.hpp"

#ifdef __SANITIZE_ADDRESS__
// What Cairo and Fontconfig keep until the process ends, read by the leak sanitizer.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libcairo.so\nleak:libfontconfig.so\nleak:libpango\n";
}
#endif

namespace chainqual {
inline namespace v1 {
namespace {

using chart::sheet_for;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* held) const {
    release(held);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
template <class T>
using Object = std::unique_ptr<T, Release<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  const std::string why = cairo_status_to_string(status);
  throw Error(ErrorCode::internal, {"Cairo 无法绘制：" + why, "Cairo could not draw: " + why});
}

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

/// "#rrggbb".
Colour colour_of(const std::string& text) {
  const auto value = std::strtoul(text.c_str() + 1, nullptr, 16);
  const auto part = [&](unsigned shift) { return static_cast<double>((value >> shift) & 0xFFU) / 255; };
  return {part(16), part(8), part(0)};
}

/// Draws the pages of one document.
class Drawer {
 public:
  /// `outlines`: text as its glyphs' outlines, for PDF.
  explicit Drawer(bool outlines) : outlined_(outlines), fonts_(pango_cairo_font_map_new()) {
    pango_cairo_font_map_set_resolution(reinterpret_cast<PangoCairoFontMap*>(fonts_.get()), 96);
    context_.reset(pango_font_map_create_context(fonts_.get()));
    // Unhinted, so that a text is as wide on a screen as on a sheet.
    cairo_font_options_t* unhinted = cairo_font_options_create();
    cairo_font_options_set_hint_style(unhinted, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(unhinted, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), unhinted);
    cairo_font_options_destroy(unhinted);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    layout_.reset(pango_layout_new(context_.get()));
    pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
    // A chart runs from left to right, whatever a text begins with.
    pango_layout_set_auto_dir(layout_.get(), FALSE);
  }

  void begin(cairo_t* cairo, Language language) {
    cairo_ = cairo;
    pango_cairo_update_context(cairo, context_.get());
    pango_context_set_language(context_.get(), pango_language_from_string(language == Language::zh ? "zh-cn" : "en"));
    pango_layout_context_changed(layout_.get());
  }

  void draw(cairo_t* cairo, const Scene& scene) {
    begin(cairo, scene.language);
    for (const auto& item : scene.items) {
      std::visit([&](const auto& each) { put(each); }, item);
    }
    check(cairo_status(cairo_));
  }

  /// Whether the fonts at hand lack something in a text.
  bool lacks(const std::string& text) {
    set_text(text, 12, false);
    return pango_layout_get_unknown_glyphs_count(layout_.get()) > 0;
  }

 private:
  void put(const SceneGroup&) {}

  void put(const SceneRect& rect) {
    const Box& box = rect.box;
    const double r = std::min({rect.radius, box.width / 2, box.height / 2});
    cairo_new_path(cairo_);
    if (r <= 0) {
      cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
    } else {
      constexpr double quarter = 1.5707963267948966;
      cairo_arc(cairo_, box.right() - r, box.y + r, r, -quarter, 0);
      cairo_arc(cairo_, box.right() - r, box.bottom() - r, r, 0, quarter);
      cairo_arc(cairo_, box.x + r, box.bottom() - r, r, quarter, 2 * quarter);
      cairo_arc(cairo_, box.x + r, box.y + r, r, 2 * quarter, 3 * quarter);
      cairo_close_path(cairo_);
    }
    paint(rect.fill, rect.stroke, rect.stroke_width, {}, 1);
  }

  void put(const ScenePath& path) {
    cairo_new_path(cairo_);
    trace(path.data);
    paint(path.fill, path.stroke, path.stroke_width, path.dash, path.opacity);
  }

  /// The letters that PathData writes: M, L, C, Z, all absolute.
  void trace(const std::string& data) {
    const char* at = data.c_str();
    double v[6] = {};
    const auto read = [&](int count) {
      for (int i = 0; i < count; ++i) {
        char* end = nullptr;
        v[i] = std::strtod(at, &end);
        at = end;
      }
    };
    while (*at != '\0') {
      const char letter = *at++;
      if (letter == 'M') {
        read(2);
        cairo_move_to(cairo_, v[0], v[1]);
      } else if (letter == 'L') {
        read(2);
        cairo_line_to(cairo_, v[0], v[1]);
      } else if (letter == 'C') {
        read(6);
        cairo_curve_to(cairo_, v[0], v[1], v[2], v[3], v[4], v[5]);
      } else if (letter == 'Z') {
        cairo_close_path(cairo_);
      }
    }
  }

  void ink(const std::string& colour, double opacity) {
    const Colour c = colour_of(colour);
    cairo_set_source_rgba(cairo_, c.red, c.green, c.blue, opacity);
  }

  void paint(const std::string& fill, const std::string& stroke, double width, const std::string& dash,
             double opacity) {
    if (!fill.empty()) {
      ink(fill, opacity);
      cairo_fill_preserve(cairo_);
    }
    if (!stroke.empty()) {
      std::vector<double> dashes;
      for (const char* at = dash.c_str(); *at != '\0';) {
        char* end = nullptr;
        dashes.push_back(std::strtod(at, &end));
        if (end == at) break;
        at = end;
      }
      cairo_set_dash(cairo_, dashes.data(), static_cast<int>(dashes.size()), 0);
      cairo_set_line_width(cairo_, width);
      ink(stroke, opacity);
      cairo_stroke_preserve(cairo_);
    }
    cairo_new_path(cairo_);
  }

  void set_text(const std::string& text, double size, bool bold) {
    const Font font(pango_font_description_from_string(
        "Noto Sans CJK SC,Source Han Sans SC,Noto Sans SC,Microsoft YaHei,PingFang SC,WenQuanYi Micro Hei,sans-serif"));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout_.get(), font.get());
    const std::string valid = well_formed(text);
    pango_layout_set_text(layout_.get(), valid.c_str(), static_cast<int>(valid.size()));
  }

  void put(const SceneText& text) {
    set_text(text.text, text.size, text.bold);
    int units = 0;
    pango_layout_get_size(layout_.get(), &units, nullptr);
    const double natural = static_cast<double>(units) / PANGO_SCALE;
    const double room = text_width(text.text, text.size, text.bold);
    double narrowed = natural > room && natural > 0 ? room / natural : 1;
    // In steps, since each width is a font of its own in the PDF.
    if (constexpr double steps = 32; outlined_ && narrowed > 1 / steps) narrowed = std::floor(narrowed * steps) / steps;
    const double width = natural * narrowed;
    const double shift = text.anchor == Anchor::start ? 0 : text.anchor == Anchor::middle ? width / 2 : width;
    const double rise = static_cast<double>(pango_layout_get_baseline(layout_.get())) / PANGO_SCALE;
    ink(text.fill, 1);
    cairo_save(cairo_);
    cairo_translate(cairo_, text.x - shift, text.baseline - rise);
    cairo_scale(cairo_, narrowed, 1);
    if (outlined_) {
      outlines_.show(cairo_, layout_.get());
    } else {
      pango_cairo_show_layout(cairo_, layout_.get());
    }
    cairo_restore(cairo_);
  }

  static std::string well_formed(const std::string& text) {
    if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) != FALSE) return text;
    gchar* made = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string valid(made);
    g_free(made);
    return valid;
  }

  bool outlined_;
  cairo_t* cairo_ = nullptr;
  Object<PangoFontMap> fonts_;
  Object<PangoContext> context_;
  Object<PangoLayout> layout_;
  printing::Outlines outlines_;
};

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

bool is_day(const std::string& text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  return true;
}

void draw_on(cairo_surface_t* surface, Drawer& drawer, const Scene& scene, const chart::Sheet& sheet,
             double dots_per_point) {
  const Context cairo(cairo_create(surface));
  check(cairo_status(cairo.get()));
  cairo_scale(cairo.get(), dots_per_point, dots_per_point);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_translate(cairo.get(), sheet.left, sheet.top);
  cairo_scale(cairo.get(), sheet.scale, sheet.scale);
  drawer.draw(cairo.get(), scene);
}

/// One of several sheets: what of the picture lies on it, within its margins.
void draw_tile(cairo_surface_t* surface, Drawer& drawer, const Scene& scene, const chart::Sheet& sheet,
               std::uint32_t tile) {
  const Context cairo(cairo_create(surface));
  check(cairo_status(cairo.get()));
  cairo_rectangle(cairo.get(), sheet.margin, sheet.margin, sheet.inner_width(), sheet.inner_height());
  cairo_clip(cairo.get());
  cairo_translate(cairo.get(), sheet.margin - sheet.inner_width() * (tile % sheet.tiles) + sheet.left,
                  sheet.margin - sheet.inner_height() * (tile / sheet.tiles) + sheet.top);
  cairo_scale(cairo.get(), sheet.scale, sheet.scale);
  drawer.draw(cairo.get(), scene);
}

}  // namespace

bool can_print() noexcept {
  return true;
}

std::vector<std::string> missing_characters(const Scene& scene) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1));
  const Context cairo(cairo_create(surface.get()));
  check(cairo_status(cairo.get()));
  Drawer drawer(false);
  drawer.begin(cairo.get(), scene.language);
  std::set<std::string> missing;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr || !drawer.lacks(text->text)) continue;
    for (std::string_view rest = text->text; !rest.empty();) {
      std::string one;
      chart::append_character(one, chart::take_character(rest));
      if (drawer.lacks(one)) missing.insert(std::move(one));
    }
  }
  return {missing.begin(), missing.end()};
}

std::string to_pdf(const Scene& scene, const PrintOptions& options) {
  return to_pdf(std::span(&scene, 1), options);
}

std::string to_pdf(std::span<const Scene> pages, const PrintOptions& options) {
  if (pages.empty()) throw Error(ErrorCode::invalid_argument, {"PDF 至少要有一页", "a PDF needs a page"});
  const std::string day = is_day(options.date) ? options.date : "1970-01-01";
  const chart::Sheet first = sheet_for(pages.front(), options);
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(&append, &bytes, first.width, first.height));
  check(cairo_surface_status(surface.get()));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, pages.front().title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, pages.front().description.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "chainqual");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, (day + "T00:00:00Z").c_str());
  Drawer drawer(true);
  for (const Scene& page : pages) {
    const chart::Sheet sheet = sheet_for(page, options);
    cairo_pdf_surface_set_size(surface.get(), sheet.width, sheet.height);
    for (std::uint32_t tile = 0; tile < sheet.tiles * sheet.tiles; ++tile) {
      if (sheet.tiles == 1) {
        draw_on(surface.get(), drawer, page, sheet, 1);
      } else {
        draw_tile(surface.get(), drawer, page, sheet, tile);
      }
      if (pages.size() > 1 || sheet.tiles > 1) cairo_surface_show_page(surface.get());
    }
  }
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  return bytes;
}

std::string to_png(const Scene& scene, const PrintOptions& options) {
  if (options.dpi < 30 || options.dpi > 1200) {
    throw Error(ErrorCode::invalid_argument,
                {"分辨率须在每英寸 30 到 1200 点之间", "the resolution must be 30 to 1200 dots per inch"});
  }
  if (options.tiles != 1) {
    throw Error(ErrorCode::invalid_argument,
                {"拼图只用于 PDF；PNG 请选大一些的纸张", "several sheets are for PDF: choose a larger paper for PNG"});
  }
  const chart::Sheet sheet = sheet_for(scene, options);
  const double dots = options.dpi / 72.0;
  const double width = std::round(sheet.width * dots);
  const double height = std::round(sheet.height * dots);
  if (width > 32'000 || height > 32'000) {
    throw Error(ErrorCode::limit_exceeded, {"图片边长将超过 32000 点；请选小一些的纸张或分辨率",
                                            "a side of the picture would be over 32 000 dots: choose a smaller sheet "
                                            "or fewer dots per inch"});
  }
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width), static_cast<int>(height)));
  check(cairo_surface_status(surface.get()));
  Drawer drawer(false);
  draw_on(surface.get(), drawer, scene, sheet, dots);
  cairo_surface_flush(surface.get());
  std::string bytes;
  check(cairo_surface_write_to_png_stream(surface.get(), &append, &bytes));
  return with_density(std::move(bytes), options.dpi);
}

}  // namespace v1
}  // namespace chainqual
