#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual.h"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/dossier.hpp"

// Records of a chain, from C to C++: texts, lists and numbers that may be absent.

namespace chainqual::capi {

[[nodiscard]] std::vector<std::string> list_of(const chainqual_strings& list, const char* parameter);

/// None for null.
[[nodiscard]] std::optional<double> number_of(const double* number);

/// None for null and for the empty text. @throws as Decimal::from_string.
[[nodiscard]] std::optional<Decimal> decimal_of(const char* text);

/// Null: nothing is known of it.
[[nodiscard]] Link link_of(const chainqual_link* link);
[[nodiscard]] Enterprise enterprise_of(const chainqual_enterprise* enterprise);

/// What a caller sees of a number that may be absent: borrowed, or null.
[[nodiscard]] inline const double* borrowed(const std::optional<double>& number) noexcept {
  return number ? &*number : nullptr;
}

}  // namespace chainqual::capi
