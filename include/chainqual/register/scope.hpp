#pragma once

#include <array>
#include <string>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What an institution's competence rests on (5.3.5).
enum class Mark : std::uint8_t { none, cma, cnas, both };

template <>
struct Names<Mark> {
  static constexpr std::array<Name<Mark>, 4> table{{
      {Mark::none, "none", "无", "none"},
      {Mark::cma, "cma", "CMA", "CMA"},
      {Mark::cnas, "cnas", "CNAS", "CNAS"},
      {Mark::both, "both", "CMA、CNAS", "CMA and CNAS", "CMA+CNAS|CMA/CNAS|CMA,CNAS"},
  }};
};

/// One thing that an institution may test (5.3.5: product × parameter × method); a row of `scopes.csv`.
struct Scope {
  std::string institution;  ///< its id
  std::string product;
  std::string parameter;
  std::string method;  ///< the standard it follows
  Mark mark = Mark::none;
  std::string until;  ///< ISO 8601, the last day of the certificate; empty: without end
  friend bool operator==(const Scope&, const Scope&) = default;
};

}  // namespace v1
}  // namespace chainqual
