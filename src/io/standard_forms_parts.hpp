#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/io/standard_forms.hpp"

namespace chainqual {
inline namespace v1 {
namespace forms {

/// Says things in one language, by what the registers know.
class Speaker {
 public:
  Speaker(const Dossier& dossier, Language language) : dossier_(&dossier), language_(language) {}

  [[nodiscard]] const Dossier& dossier() const noexcept { return *dossier_; }
  [[nodiscard]] Language language() const noexcept { return language_; }
  [[nodiscard]] bool zh() const noexcept { return language_ == Language::zh; }
  [[nodiscard]] std::string say(std::string_view in_zh, std::string_view in_en) const {
    return std::string(zh() ? in_zh : in_en);
  }
  /// The text in the language, else in the other: a register's text is never lost.
  [[nodiscard]] const std::string& either(const std::string& in_zh, const std::string& in_en) const {
    const std::string& wanted = zh() ? in_zh : in_en;
    return wanted.empty() ? (zh() ? in_en : in_zh) : wanted;
  }
  template <class E>
  [[nodiscard]] std::string word(E value) const {
    return std::string(label_of(value, language_));
  }
  /// A unit by its name: member, enterprise or institution of that id, else the word as it stands.
  [[nodiscard]] std::string unit(const std::string& id) const;
  [[nodiscard]] std::string units(std::span<const std::string> ids) const;
  /// "a、b" or "a, b", elements without text left out.
  [[nodiscard]] std::string list(std::span<const std::string> elements) const;
  /// "2025年3月1日", "2025年3月" or "2025年"; ISO 8601 in English; what is no date as it stands.
  [[nodiscard]] std::string date(const std::string& iso) const;
  /// As date, with blanks to fill in where there is none.
  [[nodiscard]] std::string date_line(const std::string& iso) const;
  /// "from 至 until", one or both of them blank.
  [[nodiscard]] std::string period(const std::string& from, const std::string& until) const;
  /// The numbers, each with the name of its problem behind it, one a line.
  [[nodiscard]] std::string problems(std::span<const std::string> numbers) const;
  [[nodiscard]] const Problem* problem(std::string_view number) const;

  [[nodiscard]] Form form(StandardForm which, std::string_view number_zh, std::string_view number_en) const;

 private:
  const Dossier* dossier_;
  Language language_;
};

/// Lines put below each other, those without text left out.
[[nodiscard]] std::string lines(std::initializer_list<std::string> texts);

/// "head" + text, or nothing where there is no text.
[[nodiscard]] inline std::string headed(const std::string& head, const std::string& text) {
  return text.empty() ? std::string() : head + text;
}

/// A row of labels of a table's head.
[[nodiscard]] FormRow head_row(std::initializer_list<std::string> labels);

/// One box for each enumerator, the one of `value` ticked.
template <class E>
[[nodiscard]] std::vector<FormBox> boxes_of(const Speaker& speaker, std::optional<E> value) {
  std::vector<FormBox> boxes;
  for (const auto& row : Names<E>::table) boxes.push_back({speaker.word(row.value), value == row.value});
  return boxes;
}

[[nodiscard]] Form consortium_form(const Speaker& speaker, std::optional<Date> day);
[[nodiscard]] Form problems_form(const Speaker& speaker);
[[nodiscard]] Form projects_form(const Speaker& speaker);
/// Of a null record: blank.
[[nodiscard]] Form task_book_form(const Speaker& speaker, const Project* project);
[[nodiscard]] Form result_form(const Speaker& speaker, const SharedResult* result);
[[nodiscard]] Form licence_form(const Speaker& speaker, const Licence* licence);

}  // namespace forms
}  // namespace v1
}  // namespace chainqual
