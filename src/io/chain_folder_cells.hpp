#pragma once

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "chainqual/chain/region.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/schema.hpp"

// From a cell to a member of a record, by the field's type and kind. Shared by the CSV and JSON readers.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// A cell before conversion: one text, or (JSON arrays) ready elements.
struct RawCell {
  std::string_view text;
  const std::vector<std::string>* elements = nullptr;
};

/// The stage at the front of a position such as 上游-原材料, as the standard's form of problems has it, and the rest
/// after the mark.
struct Position {
  std::string_view stage;
  std::string_view rest;
};
[[nodiscard]] Position split_position(std::string_view cell);

/// Reports Excel's error words (#REF! …), which are no text. Whether it did.
bool report_excel_error(std::string_view cell, CellConverter& converter, const CellPlace& place);
/// A province by name, short name or code as its GB/T 2260 code; bad, with the nearest names, when unknown.
[[nodiscard]] CellValue<std::string> region_code(std::string_view cell, CellConverter& converter,
                                                 const CellPlace& place);
/// That a required cell is empty.
void report_missing(std::string_view key, std::string_view zh, CellConverter& converter, const CellPlace& place);

/// The fix for a word that is not among the known ones: the nearest of them, else all of them, or "check its spelling".
[[nodiscard]] Text spelling_fix(std::string_view word, const std::vector<std::string_view>& known, bool list = false);
/// A place in a file that is no row's.
[[nodiscard]] Location place_in_file(std::string file, std::uint64_t line = 0, std::string column = {});

[[nodiscard]] constexpr NumberRange number_range(Range range) noexcept {
  switch (range) {
    case Range::non_negative:
      return NumberRange::non_negative();
    case Range::share:
      return NumberRange::share();
    case Range::score:
      return NumberRange::score();
    case Range::bare:
      return NumberRange::bare();
    case Range::money:
      return NumberRange::money();
    case Range::any:
      break;
  }
  return NumberRange::any();
}

/// Converts one cell into its member. Errors and warnings go to the converter's findings; the member keeps its default
/// then.
template <class R>
class CellTaker {
 public:
  CellTaker(R& record, CellConverter& converter) : record_(&record), converter_(&converter) {}

  void take(const Field<R>& field, const RawCell& cell, const CellPlace& place) {
    field_ = &field;
    cell_ = cell;
    place_ = place;
    filled_ = false;
    if (cell.elements == nullptr && report_excel_error(cell.text, *converter_, place)) return;
    std::visit([this](auto member) { this->into(member); }, field.member);
    if (!filled_ && field.required) report_missing(field.key, field.zh, *converter_, place);
  }

 private:
  template <class T>
  void keep(T& member, const CellValue<T>& value) {
    if (value.has_value()) member = value.value();
    filled_ = !value.is_missing();
  }
  template <class T>
  void keep(std::optional<T>& member, const CellValue<T>& value) {
    if (value.has_value()) member = value.value();
    filled_ = !value.is_missing();
  }

  void into(std::string R::*member) {
    const std::string_view text = trimmed(cell_.text);
    switch (field_->kind) {
      case CellKind::date:
        return keep(record_->*member, converter_->date(text, place_));
      case CellKind::credit_code:
        return keep(record_->*member, converter_->credit_code(text, place_));
      case CellKind::region:
        return keep(record_->*member, region_code(text, *converter_, place_));
      case CellKind::key:
      case CellKind::reference:
      case CellKind::text:
        break;
    }
    // Free text may well be 无 or a dash; what names something may not.
    const bool names = field_->kind != CellKind::text || field_->required;
    if (text.empty() || (names && says_nothing(text))) return;
    record_->*member = std::string(text);
    filled_ = true;
  }

  void into(std::vector<std::string> R::*member) {
    if (cell_.elements == nullptr) {
      record_->*member = split_list(cell_.text);
    } else {
      // Elements stand for themselves, as they do in CSV behind a backslash; only what names a row is trimmed.
      for (const auto& element : *cell_.elements) {
        const std::string_view text = field_->kind == CellKind::text ? std::string_view(element) : trimmed(element);
        if (!text.empty()) (record_->*member).emplace_back(text);
      }
    }
    filled_ = !(record_->*member).empty();
  }

  void into(bool R::*member) { keep(record_->*member, converter_->boolean(cell_.text, place_)); }
  void into(std::optional<bool> R::*member) { keep(record_->*member, converter_->boolean(cell_.text, place_)); }
  void into(std::optional<double> R::*member) {
    keep(record_->*member, converter_->real(cell_.text, place_, number_range(field_->range)));
  }
  void into(std::optional<Decimal> R::*member) {
    keep(record_->*member, converter_->decimal(cell_.text, place_, number_range(field_->range)));
  }
  void into(Element<R> element) {
    keep((record_->*(element.array))[element.index],
         converter_->decimal(cell_.text, place_, number_range(field_->range)));
  }
  void into(Grade R::*member) { keep(record_->*member, converter_->grade(cell_.text, place_)); }

  void into(Stage R::*member) {
    const Position position = split_position(cell_.text);
    keep(record_->*member, converter_->template word<Stage>(position.stage, place_));
    if constexpr (requires { record_->segments; }) {
      if (!position.rest.empty()) record_->segments.emplace_back(position.rest);
    }
  }

  template <class E>
  requires std::is_enum_v<E>
  void into(E R::*member) { keep(record_->*member, converter_->template word<E>(cell_.text, place_)); }

  R* record_;
  CellConverter* converter_;
  const Field<R>* field_ = nullptr;
  RawCell cell_;
  CellPlace place_;
  bool filled_ = false;
};

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
