#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "chainqual/chain/columns.hpp"
#include "chainqual/io/arrow.hpp"
#include "chainqual/io/links_file.hpp"
#include "key_index.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Columns by EnterpriseId out of a table of enterprises.
struct EnterprisesTaken {
  std::vector<std::uint8_t> stage;
  std::vector<std::uint32_t> segment;
  std::vector<double> weight;
  std::deque<std::string> long_keys;  ///< to which the index points
  [[nodiscard]] EnterpriseColumns columns() const noexcept;
};

/// Reads a table of enterprises; their keys go into `index`, findings, segments and counts into `result`. Row errors
/// are left to the caller to throw.
///
/// @throws Error columns are missing or of types that cannot serve.
[[nodiscard]] EnterprisesTaken take_enterprises(const ArrowTable& table, bool repair, KeyIndex& index,
                                                NetworkTables& result, const Control& control);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
