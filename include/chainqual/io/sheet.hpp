#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/severity/grade.hpp"

namespace chainqual {
inline namespace v1 {

/// One cell of a sheet: empty, text (never run as a formula), a number, or a grade (shown as coloured stars).
using SheetCell = std::variant<std::monostate, std::string, double, Decimal, Grade>;

/// One sheet: a heading row, which stays in view, and rows of the same length or shorter.
struct Sheet {
  std::string name;  ///< shown on the tab; what Excel forbids is replaced, names alike get numbers
  std::vector<std::string> headings;
  std::vector<std::vector<SheetCell>> rows;
};

}  // namespace v1
}  // namespace chainqual
