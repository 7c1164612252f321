#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "chainqual/io/arrow.hpp"

namespace chainqual::python {

/// A column as Python holds columns: an array of numbers or truths, over the column's own memory where that lies in one
/// stretch; a list where values are optional, texts, decimals or dates. Nulls of floats are NaN.
[[nodiscard]] pybind11::object values_of(const ArrowTable& table, const std::string& name);

/// (numbers, words, whether their order means something) of a dictionary column, −1 for null; None for another.
[[nodiscard]] pybind11::object dictionary_of(const ArrowTable& table, const std::string& name);

}  // namespace chainqual::python
