#pragma once

#include <cmath>
#include <cstdint>
#include <string>

namespace chainqual {
inline namespace v1 {

/// A PNG with its dots per inch stated (chunk pHYs, in dots per metre), which Cairo leaves out.
inline std::string with_density(std::string png, std::uint32_t dpi) {
  std::string chunk = "pHYs";
  const auto append_number = [](std::string& to, std::uint32_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) to += static_cast<char>((value >> shift) & 0xFFU);
  };
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
  append_number(chunk, per_metre);
  append_number(chunk, per_metre);
  chunk += '\1';  // the unit is the metre
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char c : chunk) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  std::string whole;
  append_number(whole, 9);
  whole += chunk;
  append_number(whole, ~sum);
  constexpr std::size_t after_header = 8 + 25;  // the signature and IHDR, which is always first
  png.insert(after_header, whole);
  return png;
}

}  // namespace v1
}  // namespace chainqual
