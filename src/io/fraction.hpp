#pragma once

#include <string_view>

#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {

/// "3", or "1/3" as people write judgements.
inline CellValue<double> fraction(CellConverter& converter, std::string_view cell, const CellPlace& place) {
  const std::size_t at = cell.find('/');
  if (at == std::string_view::npos) return converter.real(cell, place);
  const auto above = converter.real(cell.substr(0, at), place);
  const auto below = converter.real(cell.substr(at + 1), place);
  if (!above.has_value() || !below.has_value() || below.value() == 0) {
    if (!above.is_bad() && !below.is_bad()) {
      converter.report(FindingLevel::error, ErrorCode::invalid_value, place, cell, {"不是分数", "it is no fraction"},
                       {"写成 1/3", "write it as 1/3"});
    }
    return CellValue<double>::bad();
  }
  return CellValue<double>(above.value() / below.value());
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
