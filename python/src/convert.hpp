#pragma once

#include <pybind11/pybind11.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "arrays.hpp"
#include "chainqual/core/date.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/text.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <class E>
concept Named = std::is_enum_v<E> && requires {
  Names<E>::table;
};

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_std_array : std::false_type {};
template <class T, std::size_t N>
struct is_std_array<std::array<T, N>> : std::true_type {};
template <class T>
struct is_id : std::false_type {};
template <class Tag, class Rep>
struct is_id<StrongId<Tag, Rep>> : std::true_type {};

// ---- to Python --------------------------------------------------------------------------------------------------

[[nodiscard]] py::object text_object(const Text& text);
[[nodiscard]] py::object finding_object(const Finding& finding);
/// {"kept": [Finding …], "counts": (info, warning, error)}
[[nodiscard]] py::dict findings_object(const Findings& findings);
/// A datetime.date.
[[nodiscard]] py::object date_object(Date date);

template <class T>
[[nodiscard]] py::object to_py(T&& value);

template <class T>
[[nodiscard]] py::dict dict_of(T&& record) {
  py::dict result;
  each_field(record, [&](std::string_view name, auto& member) {
    result[py::str(name.data(), name.size())] = to_py(std::move(member));
  });
  return result;
}

/// A vector of plain values as one array or list.
template <class T>
[[nodiscard]] py::object list_of(std::vector<T>&& values) {
  if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
    return give(std::move(values));
  } else if constexpr (is_id<T>::value) {
    std::vector<typename T::rep> numbers;
    numbers.reserve(values.size());
    for (const T id : values) numbers.push_back(id.value);
    return give(std::move(numbers));
  } else {
    py::list result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if constexpr (std::is_same_v<T, bool>) {
        result[i] = py::bool_(values[i]);
      } else {
        result[i] = to_py(std::move(values[i]));
      }
    }
    return result;
  }
}

/// Records as {"member": array or list, …}.
template <class T>
[[nodiscard]] py::dict columns_of(std::vector<T>&& records) {
  py::dict result;
  const auto add = [&](std::string_view name, auto T::*pointer) {
    using Value = std::remove_cvref_t<decltype(records.front().*pointer)>;
    if constexpr (std::is_same_v<Value, bool>) {
      py::array_t<bool> array(static_cast<py::ssize_t>(records.size()));
      bool* data = array.mutable_data();
      for (const T& record : records) *data++ = record.*pointer;
      result[py::str(name.data(), name.size())] = std::move(array);
    } else {
      std::vector<Value> values;
      values.reserve(records.size());
      for (T& record : records) values.push_back(std::move(record.*pointer));
      result[py::str(name.data(), name.size())] = list_of(std::move(values));
    }
  };
  std::apply([&](const auto&... members) { (add(members.name, members.pointer), ...); }, Fields<T>::list);
  return result;
}

template <class T>
[[nodiscard]] py::object to_py(T&& value) {
  using V = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<V, bool>) {
    return py::bool_(value);
  } else if constexpr (std::is_integral_v<V>) {
    return py::int_(value);
  } else if constexpr (std::is_floating_point_v<V>) {
    return py::float_(static_cast<double>(value));
  } else if constexpr (std::is_same_v<V, std::string>) {
    return py::str(value);
  } else if constexpr (std::is_same_v<V, Text>) {
    return text_object(value);
  } else if constexpr (std::is_same_v<V, Date>) {
    return date_object(value);
  } else if constexpr (std::is_same_v<V, Findings>) {
    return findings_object(value);
  } else if constexpr (std::is_same_v<V, Rational> || std::is_same_v<V, Decimal>) {
    return py::str(value.to_string());
  } else if constexpr (Named<V>) {
    const std::string_view key = key_of(value);
    return py::str(key.data(), key.size());
  } else if constexpr (is_id<V>::value) {
    return value.is_none() ? py::object(py::none()) : py::object(py::int_(value.value));
  } else if constexpr (is_optional<V>::value) {
    return value.has_value() ? to_py(std::move(*value)) : py::object(py::none());
  } else if constexpr (is_std_array<V>::value) {
    py::list result;
    for (auto& element : value) result.append(to_py(std::move(element)));
    return py::tuple(result);
  } else if constexpr (is_vector<V>::value) {
    if constexpr (Tabular<typename V::value_type>) {
      return columns_of(V(std::forward<T>(value)));
    } else {
      return list_of(V(std::forward<T>(value)));
    }
  } else {
    static_assert(Described<V>, "list the members of this record in Fields");
    V record(std::forward<T>(value));
    return dict_of(record);
  }
}

// ---- from Python ------------------------------------------------------------------------------------------------

/// @throws TypeError not a whole number (bool is none). ValueError outside [least, most].
[[nodiscard]] std::int64_t whole_number(py::handle value, const char* name, std::int64_t least, std::int64_t most);
[[nodiscard]] std::uint64_t large_number(py::handle value, const char* name);
/// @throws TypeError not a real number (bool is none).
[[nodiscard]] double real_number(py::handle value, const char* name);
[[nodiscard]] bool truth(py::handle value, const char* name);
/// @throws TypeError not a str (or an enumeration of str).
[[nodiscard]] std::string text_of(py::handle value, const char* name);
/// The exact number that int, str, Decimal, Fraction, NumPy whole numbers, or a float that is what it prints, stand
/// for.
[[nodiscard]] Rational rational_of(py::handle value, const char* name);
/// As rational_of. @throws ValueError a fraction that does not end as a decimal.
[[nodiscard]] Decimal decimal_of(py::handle value, const char* name);
/// A datetime.date, or its ISO 8601 text.
[[nodiscard]] Date date_of(py::handle value, const char* name);
/// A Text, or a str that stands for both languages.
[[nodiscard]] Text text_pair_of(py::handle value, const char* name);
/// @throws ValueError naming the length that is wanted.
[[noreturn]] void refuse_length(const char* name, std::size_t wanted, std::size_t given);
/// @throws ValueError naming the words that are allowed.
[[noreturn]] void refuse_word(const std::string& word, const char* name, const std::vector<std::string>& allowed);
/// @throws TypeError naming the options that exist.
[[noreturn]] void refuse_option(const std::string& name, const std::vector<std::string>& known);

template <class T>
void from_py(py::handle value, const char* name, T& into);

template <Described T>
void read_fields(py::handle value, const char* name, T& into) {
  if (!py::isinstance<py::dict>(value)) {
    throw py::type_error(say("{0} 应为字典，而不是 {1}。", "{0} must be a dict, not {1}.", {name, kind_of(value)}));
  }
  for (const auto& [key, given] : py::reinterpret_borrow<py::dict>(value)) {
    const std::string word = text_of(key, name);
    bool found = false;
    std::vector<std::string> known;
    each_field(into, [&](std::string_view member_name, auto& member) {
      known.emplace_back(member_name);
      if (member_name != word) return;
      found = true;
      from_py(given, known.back().c_str(), member);
    });
    if (!found) refuse_option(word, known);
  }
}

template <class T>
void read_list(py::handle value, const char* name, std::vector<T>& into) {
  into.clear();
  if (value.is_none()) return;
  if constexpr (is_id<T>::value) {
    const auto numbers = column<typename T::rep>(value, name);
    for (const auto number : numbers.view) into.push_back(T{number});
  } else if constexpr (std::is_arithmetic_v<T>) {
    const auto numbers = column<T>(value, name);
    into.assign(numbers.view.begin(), numbers.view.end());
  } else {
    if (!py::isinstance<py::sequence>(value) || py::isinstance<py::str>(value)) {
      throw py::type_error(say("{0} 应为列表，而不是 {1}。", "{0} must be a list, not {1}.", {name, kind_of(value)}));
    }
    for (const py::handle element : value) {
      into.emplace_back();
      from_py(element, name, into.back());
    }
  }
}

template <class T, std::size_t N>
void read_array(py::handle value, const char* name, std::array<T, N>& into) {
  std::vector<T> values;
  read_list(value, name, values);
  if (values.size() != N) refuse_length(name, N, values.size());
  std::move(values.begin(), values.end(), into.begin());
}

template <class T>
void from_py(py::handle value, const char* name, T& into) {
  if constexpr (std::is_same_v<T, bool>) {
    into = truth(value, name);
  } else if constexpr (std::is_same_v<T, std::uint64_t> || std::is_same_v<T, std::size_t>) {
    into = large_number(value, name);
  } else if constexpr (std::is_integral_v<T>) {
    into = static_cast<T>(whole_number(value, name, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                                       static_cast<std::int64_t>(std::numeric_limits<T>::max())));
  } else if constexpr (std::is_floating_point_v<T>) {
    into = real_number(value, name);
  } else if constexpr (std::is_same_v<T, std::string>) {
    into = text_of(value, name);
  } else if constexpr (std::is_same_v<T, Rational>) {
    into = rational_of(value, name);
  } else if constexpr (std::is_same_v<T, Decimal>) {
    into = decimal_of(value, name);
  } else if constexpr (std::is_same_v<T, Date>) {
    into = date_of(value, name);
  } else if constexpr (std::is_same_v<T, Text>) {
    into = text_pair_of(value, name);
  } else if constexpr (Named<T>) {
    const std::string word = text_of(value, name);
    const auto found = value_named<T>(word);
    if (!found) {
      std::vector<std::string> allowed;
      for (const auto& row : Names<T>::table) allowed.emplace_back(row.key);
      refuse_word(word, name, allowed);
    }
    into = *found;
  } else if constexpr (is_id<T>::value) {
    into = T{static_cast<typename T::rep>(whole_number(value, name, 0, 0xFFFFFFFELL))};
  } else if constexpr (is_optional<T>::value) {
    if (value.is_none()) {
      into.reset();
    } else {
      from_py(value, name, into.emplace());
    }
  } else if constexpr (is_vector<T>::value) {
    read_list(value, name, into);
  } else if constexpr (is_std_array<T>::value) {
    read_array(value, name, into);
  } else {
    read_fields(value, name, into);
  }
}

template <Described T>
[[nodiscard]] T options_of(const py::dict& given) {
  T options;
  read_fields(given, "options", options);
  return options;
}

inline Language language_of(const std::string& word) {
  return word == "zh" ? Language::zh : Language::en;
}

}  // namespace chainqual::python
