#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/columns.hpp"
#include "chainqual/core/ids.hpp"

namespace chainqual::python {

namespace py = pybind11;

/// The text of the language that the Python side has chosen.
[[nodiscard]] std::string say(const char* zh, const char* en);
/// The same with {0}, {1} … replaced by the arguments.
[[nodiscard]] std::string say(const char* zh, const char* en, const std::vector<std::string>& arguments);

/// What `value` is, for messages: "int64 array", "list of str" …
[[nodiscard]] std::string kind_of(py::handle value);

/// `value` as a one-dimensional, contiguous, native array of exactly `wanted`: the object's own memory where it is an
/// array (or offers one without a copy), a new array where it is a list of numbers that all fit.
///
/// @throws TypeError another dtype, shape or layout; the message names the call that converts.
[[nodiscard]] py::array exact_array(py::handle value, const char* name, const py::dtype& wanted, int dimensions = 1);

/// A column that Python holds: `keep` must live as long as `view` is read.
template <class T>
struct Column {
  py::array keep;
  std::span<const T> view;
};

template <class T>
[[nodiscard]] Column<T> column(py::handle value, const char* name) {
  if (value.is_none()) return {};
  py::array array = exact_array(value, name, py::dtype::of<T>());
  const std::span<const T> view(static_cast<const T*>(array.data()), static_cast<std::size_t>(array.size()));
  return {std::move(array), view};
}

/// A column of numbers in single or double precision.
struct Reals {
  py::array keep;
  RealColumn view;
};
[[nodiscard]] Reals reals(py::handle value, const char* name);

/// The vector as an array that owns it; nothing is copied.
template <class T>
[[nodiscard]] py::array give(std::vector<T>&& values) {
  auto held = std::make_unique<std::vector<T>>(std::move(values));
  const auto size = static_cast<py::ssize_t>(held->size());
  T* data = held->data();
  py::capsule owner(held.get(), [](void* memory) { delete static_cast<std::vector<T>*>(memory); });
  static_cast<void>(held.release());
  return py::array_t<T>(size, data, owner);
}

/// A view of memory that `owner` keeps alive; Python cannot write to it.
template <class T>
[[nodiscard]] py::array read_only(std::span<const T> values, py::handle owner) {
  py::array_t<T> array(static_cast<py::ssize_t>(values.size()), values.data(), owner);
  py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

}  // namespace chainqual::python
