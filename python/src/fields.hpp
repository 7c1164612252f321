#pragma once

#include <concepts>
#include <string_view>
#include <tuple>
#include <utility>

namespace chainqual::python {

/// One member of a record under the name that Python sees.
template <class Owner, class T>
struct Member {
  std::string_view name;
  T Owner::*pointer;
};

template <class Owner, class T>
[[nodiscard]] constexpr Member<Owner, T> member(std::string_view name, T Owner::*pointer) {
  return {name, pointer};
}

/// Specialised for every record that crosses into Python: `static constexpr auto list`, a tuple of `Member`s. One list
/// serves both ways: options come from a dict by it, results become a dict by it.
template <class T>
struct Fields;

template <class T>
concept Described = requires {
  Fields<T>::list;
};

/// Records whose vectors become columns (one array or list a member) in place of a list of dicts.
template <class T>
concept Tabular = Described<T> && requires {
  requires Fields<T>::tabular;
};

/// Calls fn(name, member) for every listed member, in order.
template <class Record, class Fn>
void each_field(Record&& record, Fn&& fn) {
  std::apply([&](const auto&... members) { (fn(members.name, record.*members.pointer), ...); },
             Fields<std::remove_cvref_t<Record>>::list);
}

}  // namespace chainqual::python
