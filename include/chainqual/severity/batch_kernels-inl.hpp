#pragma once

/// Kernels over columns of scores: portable loops, and AVX2 lanes where the machine has them.
///
/// Method: rows are graded into a scratch block that stays in the first-level cache, then copied out past the caches
/// where the outputs are large (a store that misses would first read the line that it overwrites). Encoding: a row of
/// three zeros is ungraded; every other row was checked before, so its scores are legal and its total reaches 1.00.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "chainqual/severity/batch_plan-inl.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define CHAINQUAL_X86 1
#include <immintrin.h>
#else
#define CHAINQUAL_X86 0
#endif
#if defined(__GNUC__)
/// Of loops that are compiled once for every instruction set: they take on that of the function that calls them.
#define CHAINQUAL_LOOP __attribute__((always_inline)) inline
#else
#define CHAINQUAL_LOOP inline
#endif

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Instruction sets with a kernel of their own.
enum class SimdLevel : std::uint8_t { portable, avx2 };

inline SimdLevel best_simd_level() noexcept {
#if CHAINQUAL_X86
  if (__builtin_cpu_supports("avx2") != 0) return SimdLevel::avx2;
#endif
  return SimdLevel::portable;
}

/// Rows graded into scratch before they are copied out.
inline constexpr std::size_t block_rows = 2048;
/// Rows of one vectorised step; constant, so that compilers vectorise it at any level of optimisation.
inline constexpr std::size_t step_rows = 64;
/// Output bytes from which copying past the caches pays.
inline constexpr std::size_t stream_from_bytes = std::size_t{8} << 20U;

/// Legal rows are all zeros, or within lowest … highest in every column.
template <class T>
CHAINQUAL_LOOP bool legal_rows(const T* a, const T* b, const T* c, std::size_t n, T lowest, T highest) noexcept {
  T bad = 0;  // as wide as a score, so that lanes need no widening
  const auto check = [&](std::size_t i) {
    const T least = std::min(std::min(a[i], b[i]), c[i]);
    const T most = std::max(std::max(a[i], b[i]), c[i]);
    const auto above = static_cast<T>(most > highest);
    const auto below = static_cast<T>(least < lowest);
    const auto some = static_cast<T>((least | most) != 0);
    bad = static_cast<T>(bad | above | (below & some));
  };
  std::size_t i = 0;
  for (; i + block_rows <= n; i += block_rows) {  // long blocks: each ends with a sum across lanes
    for (std::size_t j = 0; j < block_rows; ++j) check(i + j);
  }
  for (; i < n; ++i) check(i);
  return bad == 0;
}

/// Whole scores under weights of whole percents: totals up to 500.
inline void grade_percent_portable(const PercentPlan& plan, const std::uint8_t* a, const std::uint8_t* b,
                                   const std::uint8_t* c, std::uint8_t* grade, std::uint16_t* total, std::size_t n) {
  const std::uint16_t wa = plan.weights[0];
  const std::uint16_t wb = plan.weights[1];
  const std::uint16_t wc = plan.weights[2];
  const std::uint16_t important = plan.important;
  const std::uint16_t critical = plan.critical;
  for (std::size_t i = 0; i < n;) {
    const std::size_t rows = std::min(step_rows, n - i);
    std::uint8_t grades[step_rows];
    std::uint16_t totals[step_rows];
    const auto row = [&](std::size_t j) {
      const auto sum = static_cast<std::uint16_t>(wa * a[i + j] + wb * b[i + j] + wc * c[i + j]);
      totals[j] = sum;
      grades[j] = static_cast<std::uint8_t>((sum != 0) + (sum >= important) + (sum >= critical));
    };
    if (rows == step_rows) {
      for (std::size_t j = 0; j < step_rows; ++j) row(j);
    } else {
      for (std::size_t j = 0; j < rows; ++j) row(j);
    }
    std::memcpy(grade + i, grades, rows);
    std::memcpy(total + i, totals, rows * sizeof(std::uint16_t));
    i += rows;
  }
}

/// Whole scores under any model.
inline void grade_table(const TablePlan& plan, const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c,
                        std::uint8_t* grade, std::uint16_t* total, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const auto index = static_cast<std::size_t>(36 * a[i] + 6 * b[i] + c[i]);
    grade[i] = plan.grade[index];
    total[i] = plan.total[index];
  }
}

/// Scores in hundredths, with totals in lanes of type `Lane` that hold 500 · denominator.
template <class Lane>
CHAINQUAL_LOOP void grade_hundredths_in(const HundredthPlan& plan, const std::int16_t* a, const std::int16_t* b,
                                        const std::int16_t* c, std::uint8_t* grade, std::uint32_t* total,
                                        std::size_t n) {
  const auto wa = static_cast<Lane>(plan.weights[0]);
  const auto wb = static_cast<Lane>(plan.weights[1]);
  const auto wc = static_cast<Lane>(plan.weights[2]);
  const auto important = static_cast<Lane>(plan.important);
  const auto critical = static_cast<Lane>(plan.critical);
  for (std::size_t i = 0; i < n;) {
    const std::size_t rows = std::min(step_rows, n - i);
    std::uint8_t grades[step_rows];
    Lane sums[step_rows];
    std::uint32_t totals[step_rows];
    const auto row = [&](std::size_t j) {
      const auto sum = static_cast<Lane>(wa * static_cast<Lane>(a[i + j]) + wb * static_cast<Lane>(b[i + j]) +
                                         wc * static_cast<Lane>(c[i + j]));
      sums[j] = sum;
      grades[j] = static_cast<std::uint8_t>((sum != 0) + (sum >= important) + (sum >= critical));
    };
    if (rows == step_rows) {
      for (std::size_t j = 0; j < step_rows; ++j) row(j);
      for (std::size_t j = 0; j < step_rows; ++j) totals[j] = sums[j];
    } else {
      for (std::size_t j = 0; j < rows; ++j) row(j);
      for (std::size_t j = 0; j < rows; ++j) totals[j] = sums[j];
    }
    std::memcpy(grade + i, grades, rows);
    std::memcpy(total + i, totals, rows * sizeof(std::uint32_t));
    i += rows;
  }
}

/// Weights of whole percents have totals up to 50,000, which 16 bits hold; others take 32.
CHAINQUAL_LOOP void grade_hundredths_loop(const HundredthPlan& plan, const std::int16_t* a, const std::int16_t* b,
                                          const std::int16_t* c, std::uint8_t* grade, std::uint32_t* total,
                                          std::size_t n) {
  if (plan.scale <= 10'000) {
    grade_hundredths_in<std::uint16_t>(plan, a, b, c, grade, total, n);
  } else {
    grade_hundredths_in<std::uint32_t>(plan, a, b, c, grade, total, n);
  }
}

#if CHAINQUAL_X86

/// 32 rows: bytes are paired so that one multiply-add weighs two columns; totals (≤ 500) fit signed 16 bits.
__attribute__((target("avx2"))) inline void grade_percent_avx2(const PercentPlan& plan, const std::uint8_t* a,
                                                               const std::uint8_t* b, const std::uint8_t* c,
                                                               std::uint8_t* grade, std::uint16_t* total,
                                                               std::size_t n) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i one = _mm256_set1_epi8(1);
  const __m256i weights_ab = _mm256_set1_epi16(static_cast<std::int16_t>(plan.weights[0] | (plan.weights[1] << 8)));
  const __m256i weights_c = _mm256_set1_epi16(static_cast<std::int16_t>(plan.weights[2]));
  const __m256i below_important = _mm256_set1_epi16(static_cast<std::int16_t>(plan.important - 1));
  const __m256i below_critical = _mm256_set1_epi16(static_cast<std::int16_t>(plan.critical - 1));
  const auto* in_a = static_cast<const char*>(static_cast<const void*>(a));
  const auto* in_b = static_cast<const char*>(static_cast<const void*>(b));
  const auto* in_c = static_cast<const char*>(static_cast<const void*>(c));
  auto* out_grade = static_cast<char*>(static_cast<void*>(grade));
  auto* out_total = static_cast<char*>(static_cast<void*>(total));
  std::size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    const __m256i va = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(in_a + i)));
    const __m256i vb = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(in_b + i)));
    const __m256i vc = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(in_c + i)));
    // Unpacking interleaves within each 128-bit half; packing below undoes it for grades, a permutation for totals.
    const __m256i low = _mm256_add_epi16(_mm256_maddubs_epi16(_mm256_unpacklo_epi8(va, vb), weights_ab),
                                         _mm256_maddubs_epi16(_mm256_unpacklo_epi8(vc, zero), weights_c));
    const __m256i high = _mm256_add_epi16(_mm256_maddubs_epi16(_mm256_unpackhi_epi8(va, vb), weights_ab),
                                          _mm256_maddubs_epi16(_mm256_unpackhi_epi8(vc, zero), weights_c));
    const __m256i important =
        _mm256_packs_epi16(_mm256_cmpgt_epi16(low, below_important), _mm256_cmpgt_epi16(high, below_important));
    const __m256i critical =
        _mm256_packs_epi16(_mm256_cmpgt_epi16(low, below_critical), _mm256_cmpgt_epi16(high, below_critical));
    // A true comparison is −1, so subtracting it adds a star; a graded row's first score is at least 1.
    const __m256i grades = _mm256_sub_epi8(_mm256_sub_epi8(_mm256_min_epu8(va, one), important), critical);
    _mm256_storeu_si256(static_cast<__m256i*>(static_cast<void*>(out_grade + i)), grades);
    _mm256_storeu_si256(static_cast<__m256i*>(static_cast<void*>(out_total + 2 * i)),
                        _mm256_permute2x128_si256(low, high, 0x20));
    _mm256_storeu_si256(static_cast<__m256i*>(static_cast<void*>(out_total + 2 * i + 32)),
                        _mm256_permute2x128_si256(low, high, 0x31));
  }
  grade_percent_portable(plan, a + i, b + i, c + i, grade + i, total + i, n - i);
}

__attribute__((target("avx2"))) inline bool legal_whole_rows_avx2(const std::uint8_t* a, const std::uint8_t* b,
                                                                  const std::uint8_t* c, std::size_t n) noexcept {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i highest = _mm256_set1_epi8(highest_score);
  __m256i bad = zero;
  std::size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    const __m256i va = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(a + i)));
    const __m256i vb = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(b + i)));
    const __m256i vc = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(c + i)));
    const __m256i most = _mm256_max_epu8(_mm256_max_epu8(va, vb), vc);
    const __m256i least = _mm256_min_epu8(_mm256_min_epu8(va, vb), vc);
    const __m256i partly = _mm256_xor_si256(_mm256_cmpeq_epi8(most, zero), _mm256_cmpeq_epi8(least, zero));
    bad = _mm256_or_si256(bad, _mm256_or_si256(_mm256_subs_epu8(most, highest), partly));
  }
  if (_mm256_testz_si256(bad, bad) == 0) return false;
  return legal_rows<std::uint8_t>(a + i, b + i, c + i, n - i, lowest_score, highest_score);
}

/// Copies past the caches: whole cache lines by non-temporal stores, the ragged ends by ordinary ones.
__attribute__((target("avx2"))) inline void stream_out_avx2(void* to, const void* from, std::size_t bytes) noexcept {
  auto* out = static_cast<unsigned char*>(to);
  const auto* in = static_cast<const unsigned char*>(from);
  void* aligned = to;
  std::size_t left = bytes;
  if (std::align(64, 64, aligned, left) == nullptr) {
    std::memcpy(to, from, bytes);
    return;
  }
  const std::size_t head = bytes - left;
  std::memcpy(out, in, head);
  std::size_t i = head;
  for (; i + 64 <= bytes; i += 64) {
    const __m256i first = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(in + i)));
    const __m256i second = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(in + i + 32)));
    _mm256_stream_si256(static_cast<__m256i*>(static_cast<void*>(out + i)), first);
    _mm256_stream_si256(static_cast<__m256i*>(static_cast<void*>(out + i + 32)), second);
  }
  std::memcpy(out + i, in + i, bytes - i);
}

__attribute__((target("avx2"))) inline bool legal_hundredths_avx2(const std::int16_t* a, const std::int16_t* b,
                                                                  const std::int16_t* c, std::size_t n) noexcept {
  return legal_rows<std::int16_t>(a, b, c, n, 100 * lowest_score, 100 * highest_score);
}

__attribute__((target("avx2"))) inline void grade_hundredths_avx2(const HundredthPlan& plan, const std::int16_t* a,
                                                                  const std::int16_t* b, const std::int16_t* c,
                                                                  std::uint8_t* grade, std::uint32_t* total,
                                                                  std::size_t n) {
  grade_hundredths_loop(plan, a, b, c, grade, total, n);
}

#endif  // CHAINQUAL_X86

inline bool legal_whole_rows(SimdLevel level, const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c,
                             std::size_t n) noexcept {
#if CHAINQUAL_X86
  if (level == SimdLevel::avx2) return legal_whole_rows_avx2(a, b, c, n);
#endif
  static_cast<void>(level);
  return legal_rows<std::uint8_t>(a, b, c, n, lowest_score, highest_score);
}

inline void grade_percent(SimdLevel level, const PercentPlan& plan, const std::uint8_t* a, const std::uint8_t* b,
                          const std::uint8_t* c, std::uint8_t* grade, std::uint16_t* total, std::size_t n) {
#if CHAINQUAL_X86
  if (level == SimdLevel::avx2) return grade_percent_avx2(plan, a, b, c, grade, total, n);
#endif
  static_cast<void>(level);
  grade_percent_portable(plan, a, b, c, grade, total, n);
}

inline bool legal_hundredths(SimdLevel level, const std::int16_t* a, const std::int16_t* b, const std::int16_t* c,
                             std::size_t n) noexcept {
#if CHAINQUAL_X86
  if (level == SimdLevel::avx2) return legal_hundredths_avx2(a, b, c, n);
#endif
  static_cast<void>(level);
  return legal_rows<std::int16_t>(a, b, c, n, 100 * lowest_score, 100 * highest_score);
}

inline void grade_hundredths_rows(SimdLevel level, const HundredthPlan& plan, const std::int16_t* a,
                                  const std::int16_t* b, const std::int16_t* c, std::uint8_t* grade,
                                  std::uint32_t* total, std::size_t n) {
#if CHAINQUAL_X86
  if (level == SimdLevel::avx2) return grade_hundredths_avx2(plan, a, b, c, grade, total, n);
#endif
  static_cast<void>(level);
  grade_hundredths_loop(plan, a, b, c, grade, total, n);
}

/// Grades rows [begin, end) into the outputs by `grade_rows(first, count, grades, totals)`, through scratch where the
/// copy goes past the caches.
template <class Total, class GradeRows>
void write_rows(SimdLevel level, bool stream, std::size_t begin, std::size_t end, std::uint8_t* grade, Total* total,
                const GradeRows& grade_rows) {
#if CHAINQUAL_X86
  if (stream && level == SimdLevel::avx2) {
    alignas(64) std::uint8_t grades[block_rows];
    alignas(64) Total totals[block_rows];
    for (std::size_t i = begin; i < end; i += block_rows) {
      const std::size_t rows = std::min(block_rows, end - i);
      grade_rows(i, rows, grades, totals);
      stream_out_avx2(grade + i, grades, rows);
      stream_out_avx2(total + i, totals, rows * sizeof(Total));
    }
    _mm_sfence();  // Non-temporal stores are weakly ordered: they must be seen before the chunk counts as done.
    return;
  }
#endif
  static_cast<void>(level);
  static_cast<void>(stream);
  grade_rows(begin, end - begin, grade + begin, total + begin);
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
