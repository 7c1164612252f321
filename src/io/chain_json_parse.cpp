#include "chain_json_parse.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

/// Characters of the document, telling how far the parser has read.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor() = default;
  Cursor(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    if (reached_ != nullptr) *reached_ = at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator!=(const Cursor& a, const Cursor& b) { return a.at_ != b.at_; }

 private:
  const char* at_ = nullptr;
  const char** reached_ = nullptr;
};

/// The parser's events, put together into values. Member names are those nlohmann's SAX interface asks for.
class Events {
 public:
  Events(std::string_view text, const std::string& file, const ReadLimits& limits, JsonSink& sink, Findings& findings)
      : text_(text),
        reached_(text.data()),
        counted_(text.data()),
        file_(file),
        limits_(limits),
        sink_(sink),
        findings_(findings) {}

  [[nodiscard]] const char** reached() noexcept { return &reached_; }
  [[nodiscard]] bool root_is_object() const noexcept { return root_is_object_; }

  bool null() { return scalar(JsonValue::Kind::null, {}); }
  bool boolean(bool value) { return scalar(JsonValue::Kind::boolean, value ? "true" : "false"); }
  bool number_integer(std::int64_t) { return number(); }
  bool number_unsigned(std::uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool binary(const std::vector<std::uint8_t>&) { return true; }

  bool string(std::string& value) {
    check_text(value);
    return scalar(JsonValue::Kind::text, std::move(value));
  }

  bool key(std::string& name) {
    check_text(name);
    event_end_ = offset();
    if (open_.empty()) {
      if (!root_keys_.insert(name).second) report_twice(name);
      root_key_ = std::move(name);
      return true;
    }
    JsonValue& object = open_.back();
    if (object.find(name) != nullptr) report_twice(name);
    if (object.keys.size() == limits_.row_fields) {
      report(ErrorCode::limit_exceeded, name,
             {"一个对象的键多于上限 " + std::to_string(limits_.row_fields),
              "an object has more than " + std::to_string(limits_.row_fields) + " keys"},
             {"检查文件是否损坏", "check whether the file is damaged"});
      return false;
    }
    object.keys.push_back(std::move(name));
    return true;
  }

  bool start_object(std::size_t) {
    if (!began_) {
      began_ = root_is_object_ = true;
      return true;
    }
    return open(JsonValue::Kind::object);
  }
  bool start_array(std::size_t) {
    if (root_is_object_ && open_.empty() && !in_table_ && sink_.is_table(root_key_)) {
      in_table_ = true;
      event_end_ = offset();
      sink_.begin_table(root_key_);
      return true;
    }
    began_ = true;
    return open(JsonValue::Kind::list);
  }
  bool end_object() { return close(); }
  bool end_array() {
    if (!open_.empty()) return close();
    in_table_ = false;
    return true;
  }

  bool parse_error(std::size_t, const std::string& last, const nlohmann::detail::exception& problem) {
    constexpr int number_overflow = 406;
    if (problem.id == number_overflow) {
      report(ErrorCode::invalid_value, last, {"数超出可表示的范围", "the number is beyond what can be held"},
             {"改为较小的数，或写成字符串", "write a smaller number, or a string"});
    } else if (std::string_view(problem.what()).find("unexpected end of input") != std::string_view::npos) {
      report(ErrorCode::bad_syntax, {},
             {"JSON 在此中断：对象、数组或字符串没有结束",
              "the JSON breaks off here: an object, array or string is not closed"},
             {"检查文件是否完整，括号和引号是否成对",
              "check that the file is complete and that brackets and quotes come in pairs"});
    } else {
      const bool word = excerpt().ends_with('N') || excerpt().ends_with('I');  // NaN, None, NULL, Infinity
      report(ErrorCode::bad_syntax, excerpt(), {"从此处起不是合法的 JSON", "not JSON from here on"},
             word
                 ? Text{"JSON 没有 NaN、Infinity、None：写成数，或 null",
                        "JSON has no NaN, Infinity or None: write a number, or null"}
                 : Text{"检查此处之前的逗号、引号和括号", "look at the commas, quotes and brackets before this place"});
    }
    return false;
  }

 private:
  bool number() {
    // The parser has read one character too many, except at the end; and its own copy of the digits has the locale's
    // decimal point.
    constexpr std::string_view marks = "0123456789+-.eE";
    const std::string_view read = text_.substr(0, offset());
    const auto last = read.find_last_of(marks);
    const auto before = read.find_last_not_of(marks, last);
    const auto first = before == std::string_view::npos ? 0 : before + 1;
    return scalar(JsonValue::Kind::number, std::string(read.substr(first, last - first + 1)), last + 1);
  }

  bool scalar(JsonValue::Kind kind, std::string text) { return scalar(kind, std::move(text), offset()); }
  bool scalar(JsonValue::Kind kind, std::string text, std::uint64_t end) {
    JsonValue value;
    value.begin = text_.find_first_not_of(" \t\r\n,:[{", event_end_);
    value.end = event_end_ = end;
    value.kind = kind;
    value.text = std::move(text);
    value.line = line();
    return done(std::move(value));
  }

  bool open(JsonValue::Kind kind) {
    if (open_.size() + 1 >= limits_.json_depth) {
      report(ErrorCode::limit_exceeded, {},
             {"嵌套超过 " + std::to_string(limits_.json_depth) + " 层",
              "nested deeper than " + std::to_string(limits_.json_depth) + " levels"},
             {"产业链文件只需四层，检查文件是否损坏", "a chain needs four levels: check whether the file is damaged"});
      return false;
    }
    JsonValue value;
    value.kind = kind;
    value.line = line();
    value.begin = offset() - 1;
    event_end_ = offset();
    open_.push_back(std::move(value));
    return true;
  }

  bool close() {
    if (open_.empty()) return true;
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    value.end = event_end_ = offset();
    return done(std::move(value));
  }

  bool done(JsonValue value) {
    began_ = true;
    if (!open_.empty()) {
      open_.back().values.push_back(std::move(value));
    } else if (in_table_) {
      sink_.element(root_key_, std::move(value));
    } else if (root_is_object_) {
      sink_.member(root_key_, std::move(value));
    }
    return true;
  }

  /// The document's last characters up to the place reached, within its line.
  [[nodiscard]] std::string_view excerpt() const noexcept {
    constexpr std::size_t most = 40;
    std::string_view read = text_.substr(0, offset());
    const auto line_end = read.find_last_of("\r\n");
    if (line_end != std::string_view::npos) read.remove_prefix(line_end + 1);
    if (read.size() > most) read.remove_prefix(read.size() - most);
    while (!read.empty() && (static_cast<unsigned char>(read.front()) & 0xC0U) == 0x80U) read.remove_prefix(1);
    return read;
  }

  void check_text(std::string& value) {
    if (value.size() > limits_.cell_bytes) {
      report(ErrorCode::limit_exceeded, std::string_view(value).substr(0, 400),
             {"文本长于上限 " + std::to_string(limits_.cell_bytes) + " 字节",
              "a text is longer than " + std::to_string(limits_.cell_bytes) + " bytes"},
             {"缩短文本，或提高上限", "shorten it, or raise the limit"});
      value.clear();
    }
    if (value.find('\0') != std::string::npos) {
      report(ErrorCode::bad_encoding, value,
             {"文本含有 NUL 字符（\\u0000）", "the text holds a NUL character (\\u0000)"}, {"删除该字符", "remove it"});
      std::erase(value, '\0');
    }
  }

  void report_twice(const std::string& name) {
    report(ErrorCode::duplicate, name, {"同一对象中此键出现两次", "the key stands twice in one object"},
           {"只保留一个", "keep one of them"});
  }

  void report(ErrorCode code, std::string_view value, Text rule, Text fix) {
    findings_.add({FindingLevel::error,
                   code,
                   {file_, 0, line(), {}, offset()},
                   shown_value(value),
                   std::move(rule),
                   std::move(fix)});
  }

  [[nodiscard]] std::uint64_t offset() const noexcept { return static_cast<std::uint64_t>(reached_ - text_.data()); }

  /// Line of the token just read; the one character that may have been read beyond it does not count.
  std::uint64_t line() {
    const char* const end = reached_ > counted_ ? reached_ - 1 : counted_;
    for (; counted_ < end; ++counted_) {
      if (*counted_ == '\n' || (*counted_ == '\r' && counted_[1] != '\n')) ++line_;
    }
    return line_;
  }

  std::string_view text_;
  const char* reached_;
  const char* counted_;
  std::uint64_t line_ = 1;
  std::uint64_t event_end_ = 0;  // where the token before this one ended
  const std::string& file_;
  const ReadLimits& limits_;
  JsonSink& sink_;
  Findings& findings_;
  std::vector<JsonValue> open_;
  std::unordered_set<std::string> root_keys_;
  std::string root_key_;
  bool began_ = false;
  bool root_is_object_ = false;
  bool in_table_ = false;
};

}  // namespace

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

bool parse_json(std::string_view text, const std::string& file, const ReadLimits& limits, JsonSink& sink,
                Findings& findings) {
  Events events(text, file, limits, sink, findings);
  const bool whole = nlohmann::json::sax_parse(Cursor(text.data(), events.reached()),
                                               Cursor(text.data() + text.size(), nullptr), &events);
  if (whole && !events.root_is_object()) {
    findings.add({FindingLevel::error,
                  ErrorCode::wrong_format,
                  {file, 0, 1, {}, 0},
                  {},
                  {"文件的最外层应是一个对象（{ … }）", "the document must be one object ({ … })"},
                  {"把全部内容写在一对 { } 之内", "put all of it inside one { … }"}});
    return false;
  }
  return whole;
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
