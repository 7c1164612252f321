#pragma once

// The inner loops over slices of 16 rows, for each kind of machine. All add the same products in the same order.
//
// Encoding: column c of a slice holds the c-th entry of its 16 rows side by side; ids name places, weight 0 is padding.
// Invariant: a product of two floats is exact in double, so a fused multiply-add rounds as a product and a sum do.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
#define CHAINQUAL_X86 1
#include <immintrin.h>
#endif

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Columns `first` … `last` − 1 of one slice.
struct Slice {
  const std::uint32_t* ids;
  const float* weights;
  std::size_t columns;
};

/// sums[r] = Σ_c weight · x[id] over the slice's rows.
inline void sum_one_baseline(const Slice& slice, const float* x, double* sums) noexcept {
  for (std::size_t r = 0; r < 16; ++r) sums[r] = 0;
  for (std::size_t c = 0; c < slice.columns; ++c) {
    const std::uint32_t* ids = slice.ids + 16 * c;
    const float* weights = slice.weights + 16 * c;
    for (std::size_t r = 0; r < 16; ++r) sums[r] += static_cast<double>(weights[r]) * static_cast<double>(x[ids[r]]);
  }
}

/// Asks for the lines of a later row: sixteen shocks side by side are one cache line an entry, seldom a cached one.
inline void prefetch_row(const Slice& slice, const Slice& next, std::size_t row, const float* x) noexcept {
#if defined(__GNUC__)
  const Slice& holder = row < 16 ? slice : next;
  for (std::size_t c = 0; c < holder.columns; ++c) {
    __builtin_prefetch(x + 16 * static_cast<std::size_t>(holder.ids[16 * c + row % 16]));
  }
#else
  static_cast<void>(slice), static_cast<void>(next), static_cast<void>(row), static_cast<void>(x);
#endif
}

inline constexpr std::size_t rows_ahead = 3;

/// sums[16 r + lane] = Σ_c weight · x[16 id + lane]. `next` is the slice that follows, or an empty one.
inline void sum_sixteen_baseline(const Slice& slice, const Slice& next, const float* x, double* sums) noexcept {
  for (std::size_t k = 0; k < 256; ++k) sums[k] = 0;
  for (std::size_t r = 0; r < 16; ++r) {
    prefetch_row(slice, next, r + rows_ahead, x);
    double* row = sums + 16 * r;
    for (std::size_t c = 0; c < slice.columns; ++c) {
      const double weight = static_cast<double>(slice.weights[16 * c + r]);
      const float* from = x + 16 * static_cast<std::size_t>(slice.ids[16 * c + r]);
      for (std::size_t lane = 0; lane < 16; ++lane) row[lane] += weight * static_cast<double>(from[lane]);
    }
  }
}

#if defined(CHAINQUAL_X86)

// Gathers of a whole register are slow on many machines: the loads are what costs, so they are issued one by one.
__attribute__((target("avx2"))) inline __m128 load_four(const float* x, const std::uint32_t* ids) noexcept {
  const __m128 low = _mm_unpacklo_ps(_mm_load_ss(x + ids[0]), _mm_load_ss(x + ids[1]));
  const __m128 high = _mm_unpacklo_ps(_mm_load_ss(x + ids[2]), _mm_load_ss(x + ids[3]));
  return _mm_movelh_ps(low, high);
}

__attribute__((target("avx2"))) inline __m256d times_four(const float* weights, __m128 x) noexcept {
  return _mm256_mul_pd(_mm256_cvtps_pd(_mm_loadu_ps(weights)), _mm256_cvtps_pd(x));
}

__attribute__((target("avx2"))) inline void sum_one_avx2(const Slice& slice, const float* x, double* sums) noexcept {
  __m256d a = _mm256_setzero_pd();
  __m256d b = a;
  __m256d c = a;
  __m256d d = a;
  for (std::size_t k = 0; k < 16 * slice.columns; k += 16) {
    const std::uint32_t* ids = slice.ids + k;
    const float* weights = slice.weights + k;
    a = _mm256_add_pd(a, times_four(weights, load_four(x, ids)));
    b = _mm256_add_pd(b, times_four(weights + 4, load_four(x, ids + 4)));
    c = _mm256_add_pd(c, times_four(weights + 8, load_four(x, ids + 8)));
    d = _mm256_add_pd(d, times_four(weights + 12, load_four(x, ids + 12)));
  }
  _mm256_storeu_pd(sums, a);
  _mm256_storeu_pd(sums + 4, b);
  _mm256_storeu_pd(sums + 8, c);
  _mm256_storeu_pd(sums + 12, d);
}

__attribute__((target("avx2"))) inline void sum_sixteen_avx2(const Slice& slice, const Slice& next, const float* x,
                                                             double* sums) noexcept {
  for (std::size_t r = 0; r < 16; ++r) {
    prefetch_row(slice, next, r + rows_ahead, x);
    __m256d a = _mm256_setzero_pd();
    __m256d b = a;
    __m256d c = a;
    __m256d d = a;
    for (std::size_t k = r; k < 16 * slice.columns; k += 16) {
      const float* from = x + 16 * static_cast<std::size_t>(slice.ids[k]);
      const __m256d weight = _mm256_set1_pd(static_cast<double>(slice.weights[k]));
      a = _mm256_add_pd(a, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from))));
      b = _mm256_add_pd(b, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 4))));
      c = _mm256_add_pd(c, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 8))));
      d = _mm256_add_pd(d, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 12))));
    }
    _mm256_storeu_pd(sums + 16 * r, a);
    _mm256_storeu_pd(sums + 16 * r + 4, b);
    _mm256_storeu_pd(sums + 16 * r + 8, c);
    _mm256_storeu_pd(sums + 16 * r + 12, d);
  }
}

// The masked form, because GCC 12 takes the plain one's undefined source for an error of ours.
__attribute__((target("avx512f"))) inline __m512d widen(__m256 x) noexcept {
  return _mm512_maskz_cvtps_pd(0xFF, x);
}

__attribute__((target("avx512f"))) inline void sum_one_avx512(const Slice& slice, const float* x,
                                                              double* sums) noexcept {
  __m512d low = _mm512_setzero_pd();
  __m512d high = low;
  for (std::size_t k = 0; k < 16 * slice.columns; k += 16) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(slice.ids + k));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(slice.ids + k + 8));
    const __m256 x_low = _mm256_i32gather_ps(x, first, 4);
    const __m256 x_high = _mm256_i32gather_ps(x, second, 4);
    const __m512d w_low = widen(_mm256_loadu_ps(slice.weights + k));
    const __m512d w_high = widen(_mm256_loadu_ps(slice.weights + k + 8));
    low = _mm512_fmadd_pd(w_low, widen(x_low), low);
    high = _mm512_fmadd_pd(w_high, widen(x_high), high);
  }
  _mm512_storeu_pd(sums, low);
  _mm512_storeu_pd(sums + 8, high);
}

__attribute__((target("avx512f"))) inline void sum_sixteen_avx512(const Slice& slice, const Slice& next, const float* x,
                                                                  double* sums) noexcept {
  for (std::size_t r = 0; r < 16; ++r) {
    prefetch_row(slice, next, r + rows_ahead, x);
    __m512d low = _mm512_setzero_pd();
    __m512d high = low;
    for (std::size_t k = r; k < 16 * slice.columns; k += 16) {
      const float* from = x + 16 * static_cast<std::size_t>(slice.ids[k]);
      const __m512d weight = _mm512_set1_pd(static_cast<double>(slice.weights[k]));
      low = _mm512_fmadd_pd(weight, widen(_mm256_loadu_ps(from)), low);
      high = _mm512_fmadd_pd(weight, widen(_mm256_loadu_ps(from + 8)), high);
    }
    _mm512_storeu_pd(sums + 16 * r, low);
    _mm512_storeu_pd(sums + 16 * r + 8, high);
  }
}

#endif

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
