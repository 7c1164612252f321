#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Where delimiters, quotes and line ends stand in a window of a text: found 64 bytes at a time, so that rows are cut
/// without a search per cell.
class FieldMarks {
 public:
  static constexpr std::size_t window = 4096;

  /// @param readable_end  end of the bytes that may be read; windows lie before it.
  FieldMarks(char delimiter, const char* readable_end) : readable_end_(readable_end), delimiter_(delimiter) {}

  /// Marks [begin, end) or, where that is longer, its first `window` bytes.
  void look(const char* begin, const char* end) noexcept {
    const auto length = static_cast<std::size_t>(end - begin);
    base_ = begin;
    covered_ = length < window ? length : window;
    count_ = 0;
    for (std::size_t at = 0; at < covered_; at += 64) {
      std::uint64_t mask = 0;
      if (readable_end_ - begin >= static_cast<std::ptrdiff_t>(at + 64)) {
        mask = marks_of(begin + at);
      } else {
        std::array<char, 64> rest{};
        std::memcpy(rest.data(), begin + at, static_cast<std::size_t>(readable_end_ - begin) - at);
        mask = marks_of(rest.data());
      }
      if (covered_ - at < 64) mask &= (std::uint64_t{1} << (covered_ - at)) - 1;
      keep(mask, static_cast<std::uint32_t>(at));
    }
  }

  [[nodiscard]] const char* base() const noexcept { return base_; }
  [[nodiscard]] const char* covered_end() const noexcept { return base_ + covered_; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Offsets from `base`, ascending.
  [[nodiscard]] const std::uint32_t* begin() const noexcept { return places_.data(); }
  [[nodiscard]] const std::uint32_t* end() const noexcept { return places_.data() + count_; }

 private:
  /// Writes eight places whether there are as many or not: what lies behind `count_` is written over.
  void keep(std::uint64_t mask, std::uint32_t at) noexcept {
    const std::size_t found = ones_in(mask);
    std::uint32_t* place = places_.data() + count_;
    for (std::size_t done = 0; done < found; done += 8) {
      for (std::size_t k = 0; k < 8; ++k) {
        place[done + k] = at + static_cast<std::uint32_t>(std::countr_zero(mask | std::uint64_t{1} << 63U));
        mask &= mask - 1;
      }
    }
    count_ += found;
  }

  /// As std::popcount, which is a call into a library where the processor is not known to have the instruction.
  [[nodiscard]] static std::size_t ones_in(std::uint64_t mask) noexcept {
    mask -= (mask >> 1U) & 0x5555555555555555U;
    mask = (mask & 0x3333333333333333U) + ((mask >> 2U) & 0x3333333333333333U);
    mask = (mask + (mask >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
    return static_cast<std::size_t>((mask * 0x0101010101010101U) >> 56U);
  }

#if defined(__SSE2__)
  [[nodiscard]] std::uint64_t marks_of(const char* p) const noexcept {
    const __m128i delimiter = _mm_set1_epi8(delimiter_);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r');
    std::uint64_t mask = 0;
    for (unsigned k = 0; k < 4; ++k) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * k));
      const __m128i cell = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote));
      const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
      const auto hits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(cell, line)));
      mask |= static_cast<std::uint64_t>(hits) << 16 * k;
    }
    return mask;
  }
#else
  [[nodiscard]] std::uint64_t marks_of(const char* p) const noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7FU;
    // The high bit of each byte that is zero, without borrows between bytes.
    const auto zero = [](std::uint64_t x) { return ~(((x & low) + low) | x | low); };
    std::uint64_t mask = 0;
    for (unsigned k = 0; k < 8; ++k) {
      std::uint64_t word = 0;
      std::memcpy(&word, p + 8 * k, 8);
      const std::uint64_t hits = zero(word ^ (ones * static_cast<unsigned char>(delimiter_))) |
                                 zero(word ^ (ones * '"')) | zero(word ^ (ones * '\n')) | zero(word ^ (ones * '\r'));
      mask |= ((hits >> 7U) * 0x0102040810204080U >> 56U) << 8 * k;
    }
    return mask;
  }
#endif

  const char* readable_end_;
  const char* base_ = nullptr;
  std::size_t covered_ = 0;
  std::size_t count_ = 0;
  std::array<std::uint32_t, window + 64> places_;
  char delimiter_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
