#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_object.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {

/// What readers of one JSON document share: members by type, every fault told at its place.
class DocumentReader {
 protected:
  using Kind = JsonValue::Kind;

  /// @param model  a file of the form expected, for fixes.
  DocumentReader(std::string file, Findings& findings, std::string_view model)
      : converter_(std::move(file), findings), model_(model) {}

  [[nodiscard]] ObjectTaker whole(const JsonValue& object) { return {object, {}, converter_, model_}; }

  /// Calls read(taker of the object) for the objects of a list; false where the member is no list or absent.
  template <class Read>
  bool each_object(ObjectTaker& taker, std::string_view key, Read&& read) {
    const JsonValue* list = taker.member(key, Kind::list);
    if (list == nullptr) return false;
    for (std::size_t k = 0; k < list->values.size(); ++k) {
      const JsonValue& each = list->values[k];
      const std::string pointer = taker.pointer() + pointer_step(key) + "/" + std::to_string(k);
      if (!taker.is_object(each, pointer)) continue;
      ObjectTaker one(each, pointer, converter_, model_);
      read(one);
      one.report_unknown(FindingLevel::error);
    }
    return true;
  }

  /// The same of a list that must be there and not be empty.
  template <class Read>
  void some_objects(ObjectTaker& taker, std::string_view key, Read&& read) {
    std::size_t count = 0;
    const bool list = each_object(taker, key, [&](ObjectTaker& one) {
      ++count;
      read(one);
    });
    if (!taker.has(key) || (list && count == 0)) taker.report_missing(key);
  }

  /// A text that must be there.
  std::string name(ObjectTaker& taker, std::string_view key = "name") {
    std::string found;
    taker.text(key, found);
    if (found.empty() && (!taker.has(key) || taker.member(key) != nullptr)) taker.report_missing(key);
    return found;
  }

  /// A list of texts; those that are empty or none are told.
  std::vector<std::string> texts(ObjectTaker& taker, std::string_view key) {
    std::vector<std::string> found;
    const JsonValue* list = taker.member(key, Kind::list);
    if (list == nullptr) return found;
    for (std::size_t k = 0; k < list->values.size(); ++k) {
      const JsonValue& each = list->values[k];
      std::string text(each.is_scalar() ? trimmed(each.text) : std::string_view());
      if (text.empty()) {
        const std::string pointer = taker.pointer() + pointer_step(key) + "/" + std::to_string(k);
        converter_.report(FindingLevel::error, ErrorCode::invalid_value, {0, each.line, pointer}, {},
                          {"应是一段文字", "must be a text"}, see_form(model_));
      }
      found.push_back(std::move(text));
    }
    return found;
  }

  /// A member's number by one of the converter's functions, `otherwise` where it is absent.
  template <class T, class Read>
  T value(ObjectTaker& taker, std::string_view key, T otherwise, Read&& read) {
    const JsonValue* member = taker.member(key);
    if (member == nullptr) return otherwise;
    const auto found = read(trimmed(member->text), taker.place(key));
    return found.has_value() ? static_cast<T>(found.value()) : otherwise;
  }
  double real(ObjectTaker& taker, std::string_view key, double otherwise, const NumberRange& range = {}) {
    return value(taker, key, otherwise,
                 [&](std::string_view cell, const CellPlace& place) { return converter_.real(cell, place, range); });
  }
  /// One that must be there.
  double needed_real(ObjectTaker& taker, std::string_view key, const NumberRange& range = {}) {
    if (!taker.has(key)) taker.report_missing(key);
    return real(taker, key, 0, range);
  }
  template <class T>
  T whole_number(ObjectTaker& taker, std::string_view key, T otherwise, const NumberRange& range) {
    return value(taker, key, otherwise,
                 [&](std::string_view cell, const CellPlace& place) { return converter_.whole(cell, place, range); });
  }
  Decimal decimal(ObjectTaker& taker, std::string_view key, Decimal otherwise) {
    return value(taker, key, otherwise,
                 [&](std::string_view cell, const CellPlace& place) { return converter_.decimal(cell, place); });
  }
  /// An enumerator by its names.
  template <class E>
  E word(ObjectTaker& taker, std::string_view key, E otherwise) {
    return value(taker, key, otherwise,
                 [&](std::string_view cell, const CellPlace& place) { return converter_.word<E>(cell, place); });
  }

  CellConverter converter_;
  std::string_view model_;
};

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
