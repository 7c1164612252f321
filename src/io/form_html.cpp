#include <algorithm>
#include <array>

#include "chainqual/io/form.hpp"
#include "chainqual/io/text.hpp"
#include "form_look.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::string_view style =
    R"(:root{color-scheme:light}
body{margin:0;background:#e9ebee;color:#111;font:10pt/1.5 "Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC",
"Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",sans-serif}
article{box-sizing:border-box;width:210mm;min-height:297mm;margin:8mm auto;padding:14mm 12mm;background:#fff;
box-shadow:0 1px 6px #0004}
article.wide{width:297mm;min-height:210mm;page:wide}
.number{margin:0;font-size:9pt;color:#444}
h1{margin:0 0 4mm;font-size:16pt;line-height:1.35;text-align:center;overflow-wrap:anywhere}
h2{margin:5mm 0 1.5mm;font-size:11pt;break-after:avoid}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th,td{padding:1mm 1.5mm;font-weight:400;text-align:left;vertical-align:middle;white-space:pre-wrap;
overflow-wrap:anywhere;unicode-bidi:plaintext}
.lined th,.lined td{border:.35mm solid #222}
.lined .joined{border-top-style:hidden}
th{font-weight:600;text-align:center;hyphens:auto;overflow-wrap:break-word}
.lined th{background:#f1f3f5;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.plain{margin-top:5mm}
.plain th{text-align:left}
.centred{text-align:center}
.sign{text-align:right;vertical-align:bottom}
.tall{vertical-align:top}
tr{break-inside:avoid}
tr.on{break-before:avoid}
tr.over{break-after:avoid}
table.short{break-inside:avoid}
.no{white-space:nowrap}
.box{display:inline-block;margin-right:1em}
aside{break-before:avoid;margin-top:2.5mm;font-size:8.5pt;color:#333}
aside p{margin:.5mm 0;overflow-wrap:anywhere;white-space:pre-wrap}
.dense{font-size:8pt;line-height:1.4}
.dense th,.dense td{padding:.7mm .8mm}
@media print{body{background:none}
article,article.wide{width:auto;min-height:0;margin:0;padding:0;box-shadow:none;break-after:page}
article:last-child{break-after:auto}}
)";

class Page {
 public:
  explicit Page(std::span<const Form> given) : forms_(given) {
    form_detail::need_forms(given);
    for (const Form& form : given) static_cast<void>(form_detail::page_parts(form));
  }

  std::string write() && {
    const Form& first = forms_.front();
    out_ = "<!DOCTYPE html>\n<html lang=\"";
    out_ += first.language == Language::zh ? "zh-CN" : "en";
    out_ +=
        "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>";
    text(first.title);
    out_ += "</title>\n<style>\n@page{size:A4 ";
    out_ += first.landscape ? "landscape" : "portrait";
    out_ += ";margin:14mm 12mm}\n@page wide{size:A4 landscape}\n";
    out_ += style;
    out_ += "</style>\n</head>\n<body>\n";
    for (const Form& form : forms_) put(form);
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void put(const Form& form) {
    out_ += form.landscape ? "<article class=\"wide\">\n" : "<article>\n";
    if (!form.number.empty()) element("p class=\"number\"", "p", form.number);
    if (!form.title.empty()) element("h1", "h1", form.title);
    for (const FormBlock& block : form.blocks) put(block);
    if (!form.notes.empty()) {
      out_ += "<aside>\n";
      for (const std::string& note : form.notes) element("p", "p", note);
      out_ += "</aside>\n";
    }
    out_ += "</article>\n";
  }

  void put(const FormBlock& block) {
    const auto placed = placed_cells(block);
    if (!block.heading.empty()) element("h2", "h2", block.heading);
    out_ += "<table class=\"";
    out_ += block.lined ? "lined" : "plain";
    if (block.widths.size() > detail::dense_columns) out_ += " dense";
    constexpr std::size_t few = 6;  // rows that stand on one page together
    if (block.rows.size() <= few) out_ += " short";
    out_ += "\">\n<colgroup>";
    std::size_t parts = 0;
    for (const std::size_t width : block.widths) parts += width;
    for (const std::size_t width : block.widths) {
      out_ +=
          "<col style=\"width:" + hundredths(static_cast<double>(width) * 100 / static_cast<double>(parts)) + "%\">";
    }
    out_ += "</colgroup>\n";
    std::size_t at = 0;
    bool in_head = false;
    for (std::size_t row = 0; row < block.rows.size(); ++row) {
      const FormRow& line = block.rows[row];
      if (row == 0 || line.head != in_head) {
        if (row > 0) out_ += "</thead>\n";
        out_ += line.head ? "<thead>\n" : "<tbody>\n";
        in_head = line.head;
      }
      const bool on = std::any_of(line.cells.begin(), line.cells.end(), [](const FormCell& one) { return one.joined; });
      const bool over = !line.head && line.cells.size() == 1 && line.cells.front().role == FormRole::label;
      out_ += on ? "<tr class=\"on\"" : over ? "<tr class=\"over\"" : "<tr";
      out_ += " style=\"height:";
      out_ += hundredths(line.least_mm) + "mm\">";
      for (; at < placed.size() && placed[at].row == row; ++at) put(*placed[at].cell, line);
      out_ += "</tr>\n";
    }
    if (!block.rows.empty()) out_ += in_head ? "</thead>\n" : "</tbody>\n";
    out_ += "</table>\n";
  }

  void put(const FormCell& cell, const FormRow& row) {
    const bool heading = cell.role == FormRole::label;
    out_ += heading ? "<th" : "<td";
    if (heading) {
      out_ += row.head ? (cell.columns > 1 ? " scope=\"colgroup\"" : " scope=\"col\"")
                       : (cell.rows > 1 ? " scope=\"rowgroup\"" : " scope=\"row\"");
    }
    std::string classes;
    const auto add = [&](bool when, std::string_view name) {
      if (!when) return;
      if (!classes.empty()) classes += ' ';
      classes += name;
    };
    add(cell.joined, "joined");
    add(cell.centred, "centred");
    add(cell.role == FormRole::sign, "sign");
    add(cell.role != FormRole::sign && !heading && row.least_mm >= detail::tall_mm, "tall");
    if (!classes.empty()) out_ += " class=\"" + classes + "\"";
    if (cell.columns > 1) out_ += " colspan=\"" + std::to_string(cell.columns) + "\"";
    if (cell.rows > 1) out_ += " rowspan=\"" + std::to_string(cell.rows) + "\"";
    out_ += '>';
    for (const FormBox& box : cell.boxes) {
      out_ += box.ticked ? "<span class=\"box\">☑ " : "<span class=\"box\">□ ";
      text(box.text);
      out_ += "</span>";
    }
    FormCell words = cell;
    words.boxes.clear();
    const std::string shown = form_text(words);
    if (!shown.empty() && !cell.boxes.empty()) out_ += "<br>";
    heading ? text(shown) : numbered(shown);
    out_ += heading ? "</th>" : "</td>";
  }

  /// Text whose numbers and days (AC-U-T-01, 2026-12-31) are not broken at their hyphens; those that a narrow cell
  /// might not hold may be.
  void numbered(std::string_view words) {
    std::size_t from = 0;  // of what is not yet written
    for (std::size_t at = 0; at < words.size();) {
      if (!is_number_part(words[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < words.size() && is_number_part(words[end])) ++end;
      const std::string_view word = words.substr(at, end - at);
      constexpr std::size_t most = 12;
      const bool number = word.size() <= most && word.find('-') != std::string_view::npos &&
                          word.size() < words.size() &&
                          std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (number) {
        text(words.substr(from, at - from));
        out_ += "<span class=\"no\">";
        text(word);
        out_ += "</span>";
        from = end;
      }
      at = end;
    }
    text(words.substr(from));
  }
  static bool is_number_part(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  }

  void element(std::string_view open, std::string_view close, std::string_view words) {
    out_ += '<';
    out_ += open;
    out_ += '>';
    text(words);
    out_ += "</";
    out_ += close;
    out_ += ">\n";
  }

  /// Escapes; what HTML forbids, and bytes that are no UTF-8, become U+FFFD.
  void text(std::string_view words) {
    while (!words.empty()) {
      const auto bad = first_invalid_utf8(words);
      for (const char c : words.substr(0, bad.value_or(words.size()))) character(c);
      if (!bad) return;
      out_ += "\xEF\xBF\xBD";
      words.remove_prefix(*bad + 1);
    }
  }

  void character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      out_ += "&amp;";
    } else if (c == '<') {
      out_ += "&lt;";
    } else if (c == '>') {
      out_ += "&gt;";
    } else if (c == '"') {
      out_ += "&quot;";
    } else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) {
      if (c != '\r') out_ += "\xEF\xBF\xBD";
    } else {
      out_ += c;
    }
  }

  /// With two decimals, whatever the locale.
  static std::string hundredths(double value) {
    const auto whole = static_cast<std::int64_t>(value * 100 + 0.5);
    const std::string digits = std::to_string(100 + whole % 100);
    return std::to_string(whole / 100) + "." + digits.substr(1);
  }

  std::span<const Form> forms_;
  std::string out_;
};

}  // namespace

std::string form_html(std::span<const Form> forms) {
  return Page(forms).write();
}

}  // namespace v1
}  // namespace chainqual
