#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainqual {
inline namespace v1 {

/// A province-level region of China. `code` is GB/T 2260's; names as the Ministry of Civil Affairs writes them.
struct Region {
  std::string_view code;        ///< "120000"
  std::string_view name;        ///< 天津市
  std::string_view short_name;  ///< 天津
  std::string_view sign;        ///< 津, the one-character abbreviation
  std::string_view name_en;     ///< Tianjin
};

/// The 34 province-level regions in the order of their codes.
///
/// @source GB/T 2260-2007 with the codes of Taiwan, Hong Kong and Macao.
[[nodiscard]] constexpr const std::array<Region, 34>& regions() noexcept;

/// The region meant by a code ("120000", "12", or the code of one of its cities or districts such as "120116"), a full
/// or short Chinese name, a one-character sign, or an English name in any case. Nothing when no region is.
///
/// @complexity O(34).
/// @threads Reads only.
/// @since 0.1, experimental.
[[nodiscard]] const Region* find_region(std::string_view text) noexcept;

/// Names near to a misspelt one, nearest first, at most `count`: for messages.
[[nodiscard]] std::vector<std::string> nearest_regions(std::string_view text, std::size_t count = 3);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/region-inl.hpp"
