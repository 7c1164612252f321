#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/key_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Numbers the home segments of enterprises by first appearance.
class SegmentNumbers {
 public:
  /// @param names  gains each new segment; outlives this.
  explicit SegmentNumbers(std::vector<std::string>& names) : names_(&names) {}

  /// The number of the first segment that a trimmed cell lists; Network::none where it lists none.
  [[nodiscard]] std::uint32_t of(std::string_view cell) {
    std::vector<std::string> several;
    if (cell.find_first_of(";\\") != std::string_view::npos || cell.find("；") != std::string_view::npos ||
        cell.find("、") != std::string_view::npos || says_nothing(cell)) {
      several = split_list(cell);
      if (several.empty()) return Network::none;
      cell = several.front();
    }
    if (const auto known = numbers_.find(cell); known != numbers_.end()) return known->second;
    const auto id = static_cast<std::uint32_t>(names_->size());
    names_->emplace_back(cell);
    numbers_.emplace(std::string(cell), id);
    return id;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return static_cast<std::size_t>(key_hash(text)); }
  };
  std::vector<std::string>* names_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
