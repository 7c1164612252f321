#pragma once

#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A strict reader of the XML that a map may use: elements, attributes, text, the five entities and #39. No comments,
// sections, references or declarations but the first.
namespace chainqual::xml_check {

struct Reading {
  std::string fault;               ///< empty when well-formed
  std::vector<std::string> texts;  ///< content of the elements named text and title, unescaped
  std::vector<std::string> elements;
};

class Reader {
 public:
  explicit Reader(std::string_view xml) : rest_(xml) {}

  Reading read() {
    if (!take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")) return failed("no declaration");
    while (result_.fault.empty() && !rest_.empty()) {
      if (rest_.front() == '<') {
        tag();
      } else {
        text();
      }
    }
    if (result_.fault.empty() && !open_.empty()) return failed("never closed: " + open_.back());
    if (result_.fault.empty() && roots_ != 1) return failed("not one root");
    return result_;
  }

 private:
  Reading failed(std::string what) {
    result_.fault = std::move(what) + " before: " + std::string(rest_.substr(0, 40));
    return result_;
  }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::string name() {
    std::size_t length = 0;
    while (length < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[length])) || rest_[length] == '-' || rest_[length] == ':')) {
      ++length;
    }
    std::string word(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (word.empty()) failed("no name");
    return word;
  }
  /// Content up to `end`, entities resolved; none where it breaks a rule.
  std::optional<std::string> content(char end) {
    std::string all;
    while (!rest_.empty() && rest_.front() != end) {
      const char c = rest_.front();
      if (c == '<' || (static_cast<unsigned char>(c) < 0x20 && c != '\n')) return std::nullopt;
      if (c == '&') {
        static constexpr std::pair<std::string_view, char> entities[] = {
            {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
        bool known = false;
        for (const auto& [word, character] : entities) {
          if (!take(word)) continue;
          all += character;
          known = true;
          break;
        }
        if (!known) return std::nullopt;
        continue;
      }
      all += c;
      rest_.remove_prefix(1);
    }
    return all;
  }
  void tag() {
    if (take("</")) {
      const std::string closed = name();
      if (open_.empty() || open_.back() != closed || !take(">")) {
        failed("closes what is not open: " + closed);
        return;
      }
      open_.pop_back();
      return;
    }
    take("<");
    const std::string element = name();
    if (open_.empty()) ++roots_;
    result_.elements.push_back(element);
    std::vector<std::string> names;
    while (result_.fault.empty() && take(" ")) {
      names.push_back(name());
      for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        if (names[i] == names.back()) failed("attribute twice: " + names.back());
      }
      if (!take("=\"") || !content('"') || !take("\"")) failed("bad attribute " + names.back());
    }
    if (take("/>")) return;
    if (!take(">")) {
      failed("bad tag " + element);
      return;
    }
    open_.push_back(element);
  }
  void text() {
    const auto all = content('<');
    if (!all) {
      failed("bad text");
      return;
    }
    if (open_.empty() && all->find_first_not_of('\n') != std::string::npos) failed("text outside the root");
    if (!open_.empty() && (open_.back() == "text" || open_.back() == "title")) result_.texts.push_back(*all);
  }

  std::string_view rest_;
  Reading result_;
  std::vector<std::string> open_;
  int roots_ = 0;
};

inline Reading read(std::string_view xml) {
  return Reader(xml).read();
}

}  // namespace chainqual::xml_check
