#pragma once

#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace page {

/// The page's script, python/chainqual/static/quality_map.js, and its SHA-256 in base 64. Compiled in by CMake.
[[nodiscard]] std::string_view script() noexcept;
[[nodiscard]] std::string_view script_hash() noexcept;

}  // namespace page
}  // namespace v1
}  // namespace chainqual
