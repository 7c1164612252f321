// Any text as a cell of every kind: no crash; a value in its range, or a finding that says why not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chainqual/chain/stage.hpp"
#include "chainqual/io/cell.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string cell(reinterpret_cast<const char*>(data), size);
  for (const bool repair : {false, true}) {
    Findings findings;
    CellConverter converter("f", findings, repair);
    const CellPlace place{1, 2, "c"};
    const auto decimal = converter.decimal(cell, place, NumberRange::score());
    if (decimal.has_value() && (decimal.value() < Decimal(1, 0) || decimal.value() > Decimal(5, 0))) std::abort();
    const auto real = converter.real(cell, place, NumberRange::non_negative());
    if (real.has_value() && !(real.value() >= 0.0 && std::isfinite(real.value()))) std::abort();
    const auto date = converter.date(cell, place);
    if (date.has_value() && (date.value().size() < 4 || date.value().size() > 10)) std::abort();
    const bool any_bad = decimal.is_bad() || real.is_bad() || date.is_bad() || converter.whole(cell, place).is_bad() ||
                         converter.grade(cell, place).is_bad() || converter.boolean(cell, place).is_bad() ||
                         converter.word<Stage>(cell, place).is_bad() || converter.credit_code(cell, place).is_bad();
    if (any_bad != findings.has_errors()) std::abort();
    const auto list = split_list(cell);
    if (split_list(join_list(list)) != list) std::abort();
    if (trimmed(trimmed(cell)) != trimmed(cell)) std::abort();
  }
  return 0;
}
