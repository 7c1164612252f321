#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace detail {

/// From `pointer` on, four-byte codes stand for `code`, `code` + 1, … up to the next range.
struct Gb18030Range {
  std::uint16_t pointer;
  std::uint16_t code;
};

extern const std::array<std::u16string_view, 126> gb18030_rows;
extern const std::array<Gb18030Range, 206> gb18030_ranges;

/// Decodes the characters that start before `stop`; `position` ends behind the last one, or at the byte to blame.
/// @return false when a byte is to blame.
bool decode_gb18030_piece(std::string_view bytes, std::size_t& position, std::size_t stop, std::string& out);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
