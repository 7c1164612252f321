#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chainqual/io/text.hpp"
#include "gb18030_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using Byte = unsigned char;

constexpr std::uint32_t no_code = 0xFFFFFFFFU;

std::uint32_t four_byte_code(const Byte* p) noexcept {
  const std::uint32_t pointer = (((p[0] - 0x81U) * 10 + (p[1] - 0x30U)) * 126 + (p[2] - 0x81U)) * 10 + (p[3] - 0x30U);
  if (pointer == 7457) return 0xE7C7;  // the one code that left its place when A8BC became U+1E3F
  if (pointer >= 189000) return pointer - 189000 <= 0xFFFFFU ? 0x10000 + (pointer - 189000) : no_code;
  if (pointer > 39419) return no_code;
  auto range = std::upper_bound(detail::gb18030_ranges.begin(), detail::gb18030_ranges.end(), pointer,
                                [](std::uint32_t at, const detail::Gb18030Range& entry) { return at < entry.pointer; });
  --range;
  return range->code + (pointer - range->pointer);
}

char* put(char* to, std::uint32_t code) noexcept {
  const auto tail = [](std::uint32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
  if (code < 0x80) {
    *to++ = static_cast<char>(code);
  } else if (code < 0x800) {
    *to++ = static_cast<char>(0xC0U | code >> 6U);
    *to++ = tail(code);
  } else if (code < 0x10000) {
    *to++ = static_cast<char>(0xE0U | code >> 12U);
    *to++ = tail(code >> 6U);
    *to++ = tail(code);
  } else {
    *to++ = static_cast<char>(0xF0U | code >> 18U);
    *to++ = tail(code >> 12U);
    *to++ = tail(code >> 6U);
    *to++ = tail(code);
  }
  return to;
}

bool is_digit_byte(Byte b) noexcept {
  return b - 0x30U <= 9U;
}
bool is_lead(Byte b) noexcept {
  return b - 0x81U <= 0xFEU - 0x81U;
}

}  // namespace

namespace detail {

bool decode_gb18030_piece(std::string_view bytes, std::size_t& position, std::size_t stop, std::string& out) {
  const auto* p = reinterpret_cast<const Byte*>(bytes.data());
  const std::size_t size = bytes.size();
  const std::size_t old = out.size();
  // A two-byte code becomes at most three bytes, and the last character may reach beyond `stop`.
  out.resize(old + (stop - position) / 2 * 3 + 8);
  char* to = out.data() + old;
  std::size_t i = position;
  bool good = true;
  while (i < stop) {
    if (p[i] < 0x80) {
      *to++ = static_cast<char>(p[i++]);
      continue;
    }
    std::uint32_t code = no_code;
    std::size_t length = 2;
    if (is_lead(p[i]) && i + 1 < size) {
      const Byte trail = p[i + 1];
      if (trail >= 0x40 && trail != 0x7F && trail != 0xFF) {
        code = gb18030_rows[p[i] - 0x81U][trail - (trail < 0x7F ? 0x40U : 0x41U)];
      } else if (i + 3 < size && is_digit_byte(trail) && is_lead(p[i + 2]) && is_digit_byte(p[i + 3])) {
        code = four_byte_code(p + i);
        length = 4;
      }
    }
    if (code == no_code) {
      good = false;
      break;
    }
    to = put(to, code);
    i += length;
  }
  position = i;
  out.resize(static_cast<std::size_t>(to - out.data()));
  return good;
}

}  // namespace detail

std::optional<std::size_t> append_gb18030(std::string_view bytes, std::string& out) {
  constexpr std::size_t piece = 1U << 16U;
  std::size_t position = 0;
  while (position < bytes.size()) {
    if (!detail::decode_gb18030_piece(bytes, position, std::min(position + piece, bytes.size()), out)) return position;
  }
  return std::nullopt;
}

}  // namespace v1
}  // namespace chainqual
