#include <algorithm>
#include <array>

#include "chain_folder_spell.hpp"
#include "chainqual/io/chain_json.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (byte < 0x20) {
          out += "\\u00";
          out += hex[byte >> 4U];
          out += hex[byte & 0xFU];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_list(std::string& out, const std::vector<std::string>& elements, const std::string& where) {
  out += '[';
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i != 0) out += ", ";
    check_text(elements[i], where);
    append_string(out, elements[i]);
  }
  out += ']';
}

void append_value(std::string& out, const Spelt& value, const std::string& where) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    check_text(*text, where);
    append_string(out, *text);
  } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    append_list(out, *list, where);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    out += *yes ? "true" : "false";
  } else if (const auto* number = std::get_if<double>(&value)) {
    out += digits_of(*number, where);
  } else if (const auto* decimal = std::get_if<Decimal>(&value)) {
    append_string(out, decimal->to_string());
  } else if (const auto* grade = std::get_if<Grade>(&value)) {
    append_string(out, key_of(*grade));
  }
}

template <class R>
void append_row(std::string& out, const R& record, std::size_t row) {
  const Speller<R> speller(record, Language::en);
  out += '{';
  bool first = true;
  for (const auto& field : TableOf<R>::fields) {
    const Spelt value = speller.spell(field);
    if (std::holds_alternative<std::monostate>(value)) continue;
    if (!first) out += ", ";
    first = false;
    append_string(out, field.key);
    out += ": ";
    append_value(out, value, place_in(row, field));
  }
  out += '}';
}

/// Members of one object, one a line.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string indent) : indent_(std::move(indent)) {}
  void text(std::string_view key, const std::string& value) {
    if (value.empty()) return;
    check_text(value, "chain." + std::string(key));
    start(key);
    append_string(out_, value);
  }
  void raw(std::string_view key, std::string_view json) {
    start(key);
    out_ += json;
  }
  [[nodiscard]] std::string end() && { return out_.empty() ? "{}" : "{" + out_ + "\n" + indent_ + "}"; }

 private:
  void start(std::string_view key) {
    if (!out_.empty()) out_ += ',';
    out_ += '\n' + indent_ + "  ";
    append_string(out_, key);
    out_ += ": ";
  }
  std::string indent_;
  std::string out_;
};

std::string severity_to_json(const SeverityModel& model) {
  ObjectWriter weights("    ");
  weights.text("impact", model.weights().impact.to_string());
  weights.text("diffusion", model.weights().diffusion.to_string());
  weights.text("urgency", model.weights().urgency.to_string());
  ObjectWriter thresholds("    ");
  thresholds.text("critical", model.thresholds().critical.to_string());
  thresholds.text("important", model.thresholds().important.to_string());
  ObjectWriter all("  ");
  all.raw("weights", std::move(weights).end());
  all.raw("thresholds", std::move(thresholds).end());
  all.text("rounding", std::string(key_of(model.rounding())));
  return std::move(all).end();
}

}  // namespace

std::string digits_of(double value, const std::string& where) {
  if (!std::isfinite(value)) {
    throw Error(ErrorCode::invalid_value,
                {where + " 不是有限数，任何表都无法保存；请改正或留空。",
                 where + " is not finite, which no table holds: correct it or leave it empty."});
  }
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

void check_text(const std::string& text, const std::string& where) {
  if (text.find('\0') != std::string::npos || first_invalid_utf8(text)) {
    throw Error(ErrorCode::invalid_value, {where + " 含有 NUL 或不是 UTF-8 文本：写出后无法读回。",
                                           where + " holds a NUL or is not UTF-8: it could not be read back."});
  }
  if (text.size() > ReadLimits{}.cell_bytes) {
    throw Error(ErrorCode::limit_exceeded,
                {where + " 超过单元格上限 1048576 字节：写出后无法读回。",
                 where + " is longer than a cell may be (1048576 bytes): it could not be read back."});
  }
}

std::string info_to_json(const ChainInfo& info) {
  ObjectWriter all("");
  all.text("name", info.name);
  all.text("name_en", info.name_en);
  all.text("home_region", info.home_region);
  all.text("date", info.date);
  all.text("version", info.version);
  all.raw("review_cycle_months", std::to_string(info.review_cycle_months));
  all.raw("report_cycle_months", std::to_string(info.report_cycle_months));
  all.raw("severity", severity_to_json(info.severity));
  for (const auto& [key, sources] : {std::pair("sources", &info.sources), {"sources_en", &info.sources_en}}) {
    if (sources->empty()) continue;
    std::string list;
    append_list(list, *sources, std::string("chain.") + key);
    all.raw(key, list);
  }
  all.text("note", info.note);
  all.text("note_en", info.note_en);
  return std::move(all).end();
}

}  // namespace intake

std::string chain_to_json(const Dossier& dossier) {
  std::string out =
      "{\n\"format\": \"chainqual-chain\",\n\"format_version\": 1,\n\"chain\": " + intake::info_to_json(dossier.info);
  intake::for_each_table(dossier, [&]<class R>(const std::vector<R>& rows) {
    if (rows.empty() && TableOf<R>::id != TableId::enterprises) return;
    out += ",\n\"" + std::string(TableOf<R>::name) + "\": [";
    for (std::size_t row = 0; row < rows.size(); ++row) {
      out += row == 0 ? "\n  " : ",\n  ";
      intake::append_row(out, rows[row], row);
    }
    out += rows.empty() ? "]" : "\n]";
  });
  return out + "\n}\n";
}

}  // namespace v1
}  // namespace chainqual
