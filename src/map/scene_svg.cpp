#include <charconv>
#include <cmath>

#include "chainqual/map/scene.hpp"
#include "chainqual/map/text_metrics.hpp"
#include "utf8.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Tenths of a pixel, without a point where they are whole. Integers keep the text the same on every machine.
void append_number(std::string& to, double value) {
  const long long tenths = std::llround(value * 10);
  if (tenths < 0) to += '-';
  const unsigned long long magnitude = static_cast<unsigned long long>(tenths < 0 ? -tenths : tenths);
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, magnitude / 10).ptr;
  to.append(digits, end);
  if (magnitude % 10 != 0) {
    to += '.';
    to += static_cast<char>('0' + magnitude % 10);
  }
}

/// What XML 1.0 allows in a document.
constexpr bool allowed(char32_t code) noexcept {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

class Writer {
 public:
  explicit Writer(const Scene& scene) : scene_(scene) { out_.reserve(scene.items.size() * 160 + 2000); }

  std::string write() {
    head();
    for (const auto& item : scene_.items) {
      std::visit([this](const auto& each) { put(each); }, item);
    }
    while (depth_ > 0) put(SceneGroup{false, {}, {}});
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  void head() {
    out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"";
    number(" width", scene_.width);
    number(" height", scene_.height);
    out_ += " viewBox=\"0 0 ";
    append_number(out_, scene_.width);
    out_ += ' ';
    append_number(out_, scene_.height);
    out_ += scene_.language == Language::zh ? "\" xml:lang=\"zh-CN\"" : "\" xml:lang=\"en\"";
    out_ +=
        " role=\"img\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC','Microsoft YaHei',"
        "'PingFang SC','WenQuanYi Micro Hei',sans-serif\">\n";
    out_ += "<title>" + xml_escaped(scene_.title) + "</title>\n<desc>" + xml_escaped(scene_.description) + "</desc>\n";
  }

  void number(std::string_view name, double value) {
    out_ += name;
    out_ += "=\"";
    append_number(out_, value);
    out_ += '"';
  }
  void word(std::string_view name, std::string_view value) {
    out_ += name;
    out_ += "=\"";
    out_ += xml_escaped(value);
    out_ += '"';
  }
  void ink(const std::string& fill, const std::string& stroke, double stroke_width) {
    word(" fill", fill.empty() ? std::string_view("none") : std::string_view(fill));
    if (stroke.empty()) return;
    word(" stroke", stroke);
    number(" stroke-width", stroke_width);
  }

  void put(const SceneRect& rect) {
    out_ += "<rect";
    number(" x", rect.box.x);
    number(" y", rect.box.y);
    number(" width", rect.box.width);
    number(" height", rect.box.height);
    if (rect.radius > 0) number(" rx", rect.radius);
    ink(rect.fill, rect.stroke, rect.stroke_width);
    out_ += "/>\n";
  }
  void put(const ScenePath& path) {
    out_ += "<path";
    word(" d", path.data);
    ink(path.fill, path.stroke, path.stroke_width);
    if (!path.dash.empty()) word(" stroke-dasharray", path.dash);
    if (path.opacity < 1) number(" opacity", path.opacity);
    out_ += "/>\n";
  }
  void put(const SceneText& text) {
    if (text.text.empty()) return;
    out_ += "<text";
    number(" x", text.x);
    number(" y", text.baseline);
    number(" font-size", text.size);
    if (text.bold) out_ += " font-weight=\"bold\"";
    if (text.anchor != Anchor::start) word(" text-anchor", text.anchor == Anchor::middle ? "middle" : "end");
    word(" fill", text.fill);
    out_ += '>';
    out_ += xml_escaped(text.text);
    out_ += "</text>\n";
  }
  void put(const SceneGroup& group) {
    if (!group.open) {
      if (depth_ == 0) return;
      --depth_;
      out_ += "</g>\n";
      return;
    }
    ++depth_;
    out_ += "<g";
    if (!group.role.empty()) word(" class", group.role);
    out_ += '>';
    if (!group.tooltip.empty()) out_ += "<title>" + xml_escaped(group.tooltip) + "</title>";
    out_ += '\n';
  }

  const Scene& scene_;
  std::string out_;
  int depth_ = 0;
};

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t code = chart::take_character(text);
    switch (code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        chart::append_character(out, allowed(code) ? code : chart::replacement);
    }
  }
  return out;
}

Box text_box(const SceneText& text) noexcept {
  const double width = text_width(text.text, text.size, text.bold);
  const double left = text.anchor == Anchor::start    ? text.x
                      : text.anchor == Anchor::middle ? text.x - width / 2
                                                      : text.x - width;
  return {left, text.baseline - 0.8 * text.size, width, text.size};
}

PathData& PathData::move(double x, double y) {
  data_ += 'M';
  append_number(data_, x);
  data_ += ' ';
  append_number(data_, y);
  return *this;
}

PathData& PathData::line(double x, double y) {
  data_ += 'L';
  append_number(data_, x);
  data_ += ' ';
  append_number(data_, y);
  return *this;
}

PathData& PathData::curve(double x1, double y1, double x2, double y2, double x, double y) {
  data_ += 'C';
  const double values[] = {x1, y1, x2, y2, x, y};
  for (std::size_t i = 0; i < 6; ++i) {
    if (i != 0) data_ += ' ';
    append_number(data_, values[i]);
  }
  return *this;
}

PathData& PathData::close() {
  data_ += 'Z';
  return *this;
}

std::string to_svg(const Scene& scene) {
  return Writer(scene).write();
}

}  // namespace v1
}  // namespace chainqual
