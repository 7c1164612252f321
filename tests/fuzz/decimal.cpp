// Any bytes: read or refused, never both ways; what is read survives writing and reading again.
#include "chainqual/core/decimal.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  const auto decimal = Decimal::parse(text);
  const auto rational = Rational::parse(text);
  if (decimal) {
    const auto back = Decimal::parse(decimal->to_string());
    require(back && back->coefficient() == decimal->coefficient() && back->scale() == decimal->scale());
    require(rational && *rational == decimal->to_rational());
    require(decimal->normalized() == *decimal);
  }
  if (rational) {
    require(Rational::parse(rational->to_string()) == rational);
    for (const int places : {0, 1, 18}) {
      const std::string shown = rational->to_string(places);
      require(!shown.empty() && shown.find("--") == std::string::npos);
    }
  }
  try {
    const Decimal value = Decimal::from_string(text);
    require(decimal && value == *decimal);
  } catch (const Error& error) {
    require(!decimal && !error.message().zh.empty() && error.message().en.find('\n') == std::string::npos);
  }
  return 0;
}
