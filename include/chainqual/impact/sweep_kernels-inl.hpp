#pragma once

// The inner loops over slices of 16 rows, for each kind of machine. All add the same products in the same order.
//
// Encoding: column c of a slice holds the c-th entry of its 16 rows side by side; ids name places, weight 0 is padding.
// Invariant: a product of two floats is exact in double, so a fused multiply-add rounds as a product and a sum do.
// Ids and weights are read once a sweep and pass by the caches; what they point at is wanted there instead. Sixteen
// vectors side by side are one cache line an entry, seldom a cached one: those lines are asked for into the second
// level, which holds more requests open than the first.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "chainqual/impact/linear_plan.hpp"

#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
#define CHAINQUAL_X86 1
#include <immintrin.h>
#endif

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A plan's slices; columns of slice s are first[s] … first[s + 1] − 1.
struct Slices {
  const std::uint64_t* first;
  const std::uint32_t* ids;
  const float* weights;
  std::size_t count;
  [[nodiscard]] std::size_t begin(std::size_t s) const noexcept { return 16 * first[s]; }
  [[nodiscard]] std::size_t end(std::size_t s) const noexcept { return 16 * first[s + 1]; }
};

// A function that only prefetches has no effect that GCC knows of: unless inlined early, its calls are dropped.
#if defined(__GNUC__)
#define CHAINQUAL_INLINE inline __attribute__((always_inline))
#else
#define CHAINQUAL_INLINE inline
#endif

/// What to do with a slice's sums where they are the result as they stand: each kernel rounds and writes them itself.
struct StoreSums {
  float* to;
};

template <class Finish>
inline constexpr bool stores = std::is_same_v<Finish, const StoreSums>;

/// Hands a slice's sums on as doubles, or writes them.
template <std::size_t Width, class Finish>
CHAINQUAL_INLINE void finish_slice(Finish& finish, std::size_t s, double* sums) {
  if constexpr (stores<Finish>) {
    for (std::size_t k = 0; k < 16 * Width; ++k) finish.to[16 * Width * s + k] = static_cast<float>(sums[k]);
  } else {
    finish(s, sums);
  }
}

inline constexpr std::size_t entries_ahead = 512;
inline constexpr std::size_t rows_ahead = 12;

/// Asks for entries to come, past the last one too: a request for what is not there has no effect.
CHAINQUAL_INLINE void prefetch_entries(const Slices& slices, std::size_t k) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(slices.ids + k + entries_ahead, 0, 0);
  __builtin_prefetch(slices.weights + k + entries_ahead, 0, 0);
#else
  static_cast<void>(slices), static_cast<void>(k);
#endif
}

/// Asks for the lines of a later row than row r of slice s.
CHAINQUAL_INLINE void prefetch_row(const Slices& slices, std::size_t s, std::size_t r, const float* x) noexcept {
#if defined(__GNUC__)
  const std::size_t row = r + rows_ahead;
  const std::size_t holder = s + row / 16;
  if (holder >= slices.count) return;
  for (std::size_t k = slices.begin(holder) + row % 16; k < slices.end(holder); k += 16) {
    __builtin_prefetch(x + 16 * static_cast<std::size_t>(slices.ids[k]), 0, 2);
  }
#else
  static_cast<void>(slices), static_cast<void>(s), static_cast<void>(r), static_cast<void>(x);
#endif
}

/// For slices begin … end − 1: sums[r] = Σ_c weight · x[id], then `finish(s, sums)`.
template <class Finish>
void sum_one_baseline(const Slices& slices, std::size_t begin, std::size_t end, const float* x, Finish& finish) {
  double sums[16];
  for (std::size_t s = begin; s < end; ++s) {
    for (std::size_t r = 0; r < 16; ++r) sums[r] = 0;
    for (std::size_t k = slices.begin(s); k < slices.end(s); k += 16) {
      prefetch_entries(slices, k);
      for (std::size_t r = 0; r < 16; ++r) {
        sums[r] += static_cast<double>(slices.weights[k + r]) * static_cast<double>(x[slices.ids[k + r]]);
      }
    }
    finish_slice<1>(finish, s, sums);
  }
}

/// For slices begin … end − 1: sums[16 r + lane] = Σ_c weight · x[16 id + lane], then `finish(s, sums)`.
template <class Finish>
void sum_sixteen_baseline(const Slices& slices, std::size_t begin, std::size_t end, const float* x, Finish& finish) {
  double sums[256];
  for (std::size_t s = begin; s < end; ++s) {
    for (std::size_t k = 0; k < 256; ++k) sums[k] = 0;
    for (std::size_t r = 0; r < 16; ++r) {
      prefetch_row(slices, s, r, x);
      double* row = sums + 16 * r;
      for (std::size_t k = slices.begin(s) + r; k < slices.end(s); k += 16) {
        const double weight = static_cast<double>(slices.weights[k]);
        const float* from = x + 16 * static_cast<std::size_t>(slices.ids[k]);
        for (std::size_t lane = 0; lane < 16; ++lane) row[lane] += weight * static_cast<double>(from[lane]);
      }
    }
    finish_slice<16>(finish, s, sums);
  }
}

#if defined(CHAINQUAL_X86)

// Gathers are slow on many machines without AVX-512: the loads are what costs, so they are issued one by one.
__attribute__((target("avx2"))) inline __m128 load_four(const float* x, const std::uint32_t* ids) noexcept {
  const __m128 low = _mm_unpacklo_ps(_mm_load_ss(x + ids[0]), _mm_load_ss(x + ids[1]));
  const __m128 high = _mm_unpacklo_ps(_mm_load_ss(x + ids[2]), _mm_load_ss(x + ids[3]));
  return _mm_movelh_ps(low, high);
}

__attribute__((target("avx2"))) inline __m256d times_four(const float* weights, __m128 x) noexcept {
  return _mm256_mul_pd(_mm256_cvtps_pd(_mm_loadu_ps(weights)), _mm256_cvtps_pd(x));
}

template <class Finish>
__attribute__((target("avx2"))) void sum_one_avx2(const Slices& slices, std::size_t begin, std::size_t end,
                                                  const float* x, Finish& finish) {
  for (std::size_t s = begin; s < end; ++s) {
    __m256d a = _mm256_setzero_pd();
    __m256d b = a;
    __m256d c = a;
    __m256d d = a;
    for (std::size_t k = slices.begin(s); k < slices.end(s); k += 16) {
      prefetch_entries(slices, k);
      const std::uint32_t* ids = slices.ids + k;
      const float* weights = slices.weights + k;
      a = _mm256_add_pd(a, times_four(weights, load_four(x, ids)));
      b = _mm256_add_pd(b, times_four(weights + 4, load_four(x, ids + 4)));
      c = _mm256_add_pd(c, times_four(weights + 8, load_four(x, ids + 8)));
      d = _mm256_add_pd(d, times_four(weights + 12, load_four(x, ids + 12)));
    }
    if constexpr (stores<Finish>) {
      float* const to = finish.to + 16 * s;
      _mm_storeu_ps(to, _mm256_cvtpd_ps(a));
      _mm_storeu_ps(to + 4, _mm256_cvtpd_ps(b));
      _mm_storeu_ps(to + 8, _mm256_cvtpd_ps(c));
      _mm_storeu_ps(to + 12, _mm256_cvtpd_ps(d));
    } else {
      alignas(64) double sums[16];
      _mm256_store_pd(sums, a);
      _mm256_store_pd(sums + 4, b);
      _mm256_store_pd(sums + 8, c);
      _mm256_store_pd(sums + 12, d);
      finish(s, sums);
    }
  }
}

template <class Finish>
__attribute__((target("avx2"))) void sum_sixteen_avx2(const Slices& slices, std::size_t begin, std::size_t end,
                                                      const float* x, Finish& finish) {
  alignas(64) double sums[256];
  for (std::size_t s = begin; s < end; ++s) {
    for (std::size_t r = 0; r < 16; ++r) {
      prefetch_row(slices, s, r, x);
      __m256d a = _mm256_setzero_pd();
      __m256d b = a;
      __m256d c = a;
      __m256d d = a;
      for (std::size_t k = slices.begin(s) + r; k < slices.end(s); k += 16) {
        const float* from = x + 16 * static_cast<std::size_t>(slices.ids[k]);
        const __m256d weight = _mm256_set1_pd(static_cast<double>(slices.weights[k]));
        a = _mm256_add_pd(a, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from))));
        b = _mm256_add_pd(b, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 4))));
        c = _mm256_add_pd(c, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 8))));
        d = _mm256_add_pd(d, _mm256_mul_pd(weight, _mm256_cvtps_pd(_mm_loadu_ps(from + 12))));
      }
      if constexpr (stores<Finish>) {
        float* const to = finish.to + 256 * s + 16 * r;
        _mm_storeu_ps(to, _mm256_cvtpd_ps(a));
        _mm_storeu_ps(to + 4, _mm256_cvtpd_ps(b));
        _mm_storeu_ps(to + 8, _mm256_cvtpd_ps(c));
        _mm_storeu_ps(to + 12, _mm256_cvtpd_ps(d));
      } else {
        _mm256_store_pd(sums + 16 * r, a);
        _mm256_store_pd(sums + 16 * r + 4, b);
        _mm256_store_pd(sums + 16 * r + 8, c);
        _mm256_store_pd(sums + 16 * r + 12, d);
      }
    }
    if constexpr (!stores<Finish>) finish(s, sums);
  }
}

// The masked form, because GCC 12 takes the plain one's undefined source for an error of ours.
__attribute__((target("avx512f"))) inline __m512d widen(__m256 x) noexcept {
  return _mm512_maskz_cvtps_pd(0xFF, x);
}
__attribute__((target("avx512f"))) inline __m256 narrow(__m512d x) noexcept {
  return _mm512_maskz_cvtpd_ps(0xFF, x);
}

template <class Finish>
__attribute__((target("avx512f"))) void sum_one_avx512(const Slices& given, std::size_t begin, std::size_t end,
                                                       const float* x, Finish& finish) {
  const Slices slices = given;  // in registers, whatever `finish` writes
  for (std::size_t s = begin; s < end; ++s) {
    __m512d low = _mm512_setzero_pd();
    __m512d high = low;
    for (std::size_t k = slices.begin(s); k < slices.end(s); k += 16) {
      prefetch_entries(slices, k);
      const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(slices.ids + k));
      const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(slices.ids + k + 8));
      const __m256 x_low = _mm256_i32gather_ps(x, first, 4);
      const __m256 x_high = _mm256_i32gather_ps(x, second, 4);
      const __m512d w_low = widen(_mm256_loadu_ps(slices.weights + k));
      const __m512d w_high = widen(_mm256_loadu_ps(slices.weights + k + 8));
      low = _mm512_fmadd_pd(w_low, widen(x_low), low);
      high = _mm512_fmadd_pd(w_high, widen(x_high), high);
    }
    if constexpr (stores<Finish>) {
      _mm256_storeu_ps(finish.to + 16 * s, narrow(low));
      _mm256_storeu_ps(finish.to + 16 * s + 8, narrow(high));
    } else {
      alignas(64) double sums[16];
      _mm512_store_pd(sums, low);
      _mm512_store_pd(sums + 8, high);
      finish(s, sums);
    }
  }
}

template <class Finish>
__attribute__((target("avx512f"))) void sum_sixteen_avx512(const Slices& slices, std::size_t begin, std::size_t end,
                                                           const float* x, Finish& finish) {
  alignas(64) double sums[256];
  for (std::size_t s = begin; s < end; ++s) {
    for (std::size_t r = 0; r < 16; ++r) {
      prefetch_row(slices, s, r, x);
      __m512d low = _mm512_setzero_pd();
      __m512d high = low;
      for (std::size_t k = slices.begin(s) + r; k < slices.end(s); k += 16) {
        const float* from = x + 16 * static_cast<std::size_t>(slices.ids[k]);
        const __m512d weight = _mm512_set1_pd(static_cast<double>(slices.weights[k]));
        low = _mm512_fmadd_pd(weight, widen(_mm256_loadu_ps(from)), low);
        high = _mm512_fmadd_pd(weight, widen(_mm256_loadu_ps(from + 8)), high);
      }
      if constexpr (stores<Finish>) {
        float* const to = finish.to + 256 * s + 16 * r;
        _mm256_storeu_ps(to, narrow(low));
        _mm256_storeu_ps(to + 8, narrow(high));
      } else {
        _mm512_store_pd(sums + 16 * r, low);
        _mm512_store_pd(sums + 16 * r + 8, high);
      }
    }
    if constexpr (!stores<Finish>) finish(s, sums);
  }
}

#endif

/// Runs the loop of `lanes`, which must be what `usable_lanes` gave. Width is 1 or 16.
template <std::size_t Width, class Finish>
void sum_slices(Lanes lanes, const Slices& slices, std::size_t begin, std::size_t end, const float* x,
                Finish&& finish) {
  static_assert(Width == 1 || Width == 16);
#if defined(CHAINQUAL_X86)
  if (lanes == Lanes::avx512) {
    if constexpr (Width == 1) {
      sum_one_avx512(slices, begin, end, x, finish);
    } else {
      sum_sixteen_avx512(slices, begin, end, x, finish);
    }
    return;
  }
  if (lanes == Lanes::avx2) {
    if constexpr (Width == 1) {
      sum_one_avx2(slices, begin, end, x, finish);
    } else {
      sum_sixteen_avx2(slices, begin, end, x, finish);
    }
    return;
  }
#else
  static_cast<void>(lanes);
#endif
  if constexpr (Width == 1) {
    sum_one_baseline(slices, begin, end, x, finish);
  } else {
    sum_sixteen_baseline(slices, begin, end, x, finish);
  }
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
