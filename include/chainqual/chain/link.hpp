#pragma once

#include <optional>
#include <string>

#include "chainqual/chain/stage.hpp"

namespace chainqual {
inline namespace v1 {

/// One supply link, supplier → customer, of one product; a row of `links.csv`, its two ends aside.
struct Link {
  std::string product;
  std::optional<double> value;       ///< supplied per year, >= 0, any one currency
  std::optional<double> dependency;  ///< d_ij in [0, 1]: how much of the supplier's trouble the customer feels
  std::optional<double> escape;      ///< e_ij in [0, 1]: share of it that incoming inspection lets pass; 1 when absent
  std::string kind;                  ///< material, part, software, equipment, service …
  Evidence evidence = Evidence::documented;
  std::string source;
  std::string product_en = {};
  friend bool operator==(const Link&, const Link&) = default;
};

}  // namespace v1
}  // namespace chainqual
