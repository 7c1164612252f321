#pragma once

// The floating-point work on eight searches side by side: one cache line of doubles an enterprise, a lane a search.
//
// Encoding: the enterprises that some lane meets at a level are its entries, each with the lanes that do; the links
// from there to the next level are its steps, each with the lanes for which it lies on a shortest path. A lane meets an
// enterprise at one level only, so what entries of other levels write into the same line is never in its way.
// The loops over steps are flat: one branch, which always goes the same way. No product goes into a sum, so nothing can
// be fused, and every instruction set gives the same bits.

#include <cstddef>
#include <cstdint>
#include <span>

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::size_t brandes_lanes = 8;

/// Enterprise met at a level by the lanes whose bits are set.
struct BrandesEntry {
  std::uint32_t enterprise;
  std::uint32_t lanes;
};

/// Ends of a link on somebody's shortest path.
struct BrandesStep {
  std::uint32_t supplier;
  std::uint32_t customer;
};

/// The steps from one level to the next, and the lanes that take them.
struct BrandesSteps {
  const BrandesStep* ends;
  const std::uint8_t* lanes;
  std::size_t count;
};

/// Machine instructions of the loops below. Every one gives the same bits.
enum class BrandesCode : std::uint8_t { plain, baseline, avx2, avx512 };

/// Number of shortest paths of the customers, from those of the suppliers.
inline void count_paths_plain(const BrandesSteps& steps, double* paths) noexcept {
  for (std::size_t k = 0; k < steps.count; ++k) {
    const double* const from = paths + brandes_lanes * steps.ends[k].supplier;
    double* const to = paths + brandes_lanes * steps.ends[k].customer;
    for (std::size_t lane = 0; lane < brandes_lanes; ++lane) {
      if ((steps.lanes[k] >> lane & 1U) != 0) to[lane] += from[lane];
    }
  }
}

/// Gathers the shares of a level's customers; then, for its entries, share = 1 / paths + what was gathered, and the
/// dependency = paths · what was gathered in the place of the paths.
inline void gather_plain(const BrandesSteps& steps, std::span<const BrandesEntry> level, double* paths,
                         double* share) noexcept {
  for (std::size_t k = 0; k < steps.count; ++k) {
    const double* const from = share + brandes_lanes * steps.ends[k].customer;
    double* const to = share + brandes_lanes * steps.ends[k].supplier;
    for (std::size_t lane = 0; lane < brandes_lanes; ++lane) {
      if ((steps.lanes[k] >> lane & 1U) != 0) to[lane] += from[lane];
    }
  }
  for (const BrandesEntry& entry : level) {
    for (std::size_t lane = 0; lane < brandes_lanes; ++lane) {
      if ((entry.lanes >> lane & 1U) == 0) continue;
      double& p = paths[brandes_lanes * entry.enterprise + lane];
      double& s = share[brandes_lanes * entry.enterprise + lane];
      const double gathered = s;
      s = 1.0 / p + gathered;
      p *= gathered;
    }
  }
}

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__aarch64__))
#define CHAINQUAL_BRANDES_VECTORS 1

/// Each lane's bit, once for either half of its double: SSE2 compares no longer numbers.
alignas(64) inline constexpr std::int32_t brandes_bits[2 * brandes_lanes] = {1,  1,  2,  2,  4,  4,  8,   8,
                                                                             16, 16, 32, 32, 64, 64, 128, 128};

/// The eight lanes of an enterprise in vectors of Bytes bytes.
template <int Bytes>
struct BrandesLine {
  typedef double Doubles __attribute__((vector_size(Bytes), may_alias));
  typedef std::int64_t Bits __attribute__((vector_size(Bytes), may_alias));
  typedef std::int32_t Halves __attribute__((vector_size(Bytes), may_alias));
  static constexpr int parts = 64 / Bytes;
  static constexpr int width = Bytes / 8;

  __attribute__((always_inline)) static Doubles* at(double* x, std::uint32_t enterprise) noexcept {
    return reinterpret_cast<Doubles*>(x + brandes_lanes * static_cast<std::size_t>(enterprise));
  }

  /// All ones in the lanes of part `part` whose bits are set.
  __attribute__((always_inline)) static void mask(std::uint32_t lanes, int part, Bits& all_ones) noexcept {
    const Halves bit = *reinterpret_cast<const Halves*>(brandes_bits + 2 * part * width);
    all_ones = reinterpret_cast<Bits>(((static_cast<std::int32_t>(lanes) + Halves{}) & bit) == bit);
  }

  /// to = value in those lanes only.
  __attribute__((always_inline)) static void put(const Bits& lanes, const Doubles& value, Doubles& to) noexcept {
    to = reinterpret_cast<Doubles>((reinterpret_cast<Bits>(value) & lanes) | (reinterpret_cast<Bits>(to) & ~lanes));
  }

  /// x[to] += x[from] in some lanes. What is added elsewhere is +0.0, which changes nothing that is not negative.
  __attribute__((always_inline)) static void add(double* x, std::uint32_t to, std::uint32_t from,
                                                 std::uint32_t lanes) noexcept {
    Doubles* const sum = at(x, to);
    const Doubles* const term = at(x, from);
    for (int k = 0; k < parts; ++k) {
      Bits kept;
      mask(lanes, k, kept);
      sum[k] += reinterpret_cast<Doubles>(reinterpret_cast<Bits>(term[k]) & kept);
    }
  }
};

template <int Bytes>
__attribute__((always_inline)) inline void count_paths(const BrandesSteps& steps, double* paths) noexcept {
  const BrandesStep* const ends = steps.ends;
  const std::uint8_t* const lanes = steps.lanes;
  const std::size_t count = steps.count;
  for (std::size_t k = 0; k < count; ++k) {
    BrandesLine<Bytes>::add(paths, ends[k].customer, ends[k].supplier, lanes[k]);
  }
}

template <int Bytes>
__attribute__((always_inline)) inline void gather(const BrandesSteps& steps, std::span<const BrandesEntry> level,
                                                  double* paths, double* share) noexcept {
  using Line = BrandesLine<Bytes>;
  using Doubles = typename Line::Doubles;
  using Bits = typename Line::Bits;
  const BrandesStep* const ends = steps.ends;
  const std::uint8_t* const lanes = steps.lanes;
  const std::size_t count = steps.count;
  for (std::size_t k = 0; k < count; ++k) Line::add(share, ends[k].supplier, ends[k].customer, lanes[k]);
  for (const BrandesEntry& entry : level) {
    Doubles* const p = Line::at(paths, entry.enterprise);
    Doubles* const s = Line::at(share, entry.enterprise);
    for (int k = 0; k < Line::parts; ++k) {
      Bits kept;
      Line::mask(entry.lanes, k, kept);
      const Doubles gathered = s[k];
      const Doubles whole = 1.0 / p[k] + gathered;
      const Doubles dependency = p[k] * gathered;
      Line::put(kept, whole, s[k]);
      Line::put(kept, dependency, p[k]);
    }
  }
}

#if defined(__SSE2__)
__attribute__((target("avx512f"))) inline void count_paths_avx512(const BrandesSteps& steps, double* paths) noexcept {
  count_paths<64>(steps, paths);
}
__attribute__((target("avx2"))) inline void count_paths_avx2(const BrandesSteps& steps, double* paths) noexcept {
  count_paths<32>(steps, paths);
}
__attribute__((target("avx512f"))) inline void gather_avx512(const BrandesSteps& steps,
                                                             std::span<const BrandesEntry> level, double* paths,
                                                             double* share) noexcept {
  gather<64>(steps, level, paths, share);
}
__attribute__((target("avx2"))) inline void gather_avx2(const BrandesSteps& steps, std::span<const BrandesEntry> level,
                                                        double* paths, double* share) noexcept {
  gather<32>(steps, level, paths, share);
}
#endif

#endif

/// Whether this machine runs `code`.
[[nodiscard]] inline bool supports(BrandesCode code) noexcept {
  switch (code) {
    case BrandesCode::plain:
      return true;
#if defined(CHAINQUAL_BRANDES_VECTORS)
    case BrandesCode::baseline:
      return true;
#if defined(__SSE2__)
    case BrandesCode::avx2:
      return __builtin_cpu_supports("avx2") != 0;
    case BrandesCode::avx512:
      return __builtin_cpu_supports("avx512f") != 0;
#endif
#endif
    default:
      return false;
  }
}

[[nodiscard]] inline BrandesCode fastest_brandes_code() noexcept {
  for (const BrandesCode code : {BrandesCode::avx512, BrandesCode::avx2, BrandesCode::baseline}) {
    if (supports(code)) return code;
  }
  return BrandesCode::plain;
}

/// Runs the loop of `code`, which the machine must support.
inline void count_paths(BrandesCode code, const BrandesSteps& steps, double* paths) noexcept {
#if defined(CHAINQUAL_BRANDES_VECTORS)
#if defined(__SSE2__)
  if (code == BrandesCode::avx512) return count_paths_avx512(steps, paths);
  if (code == BrandesCode::avx2) return count_paths_avx2(steps, paths);
#endif
  if (code == BrandesCode::baseline) return count_paths<16>(steps, paths);
#endif
  static_cast<void>(code);
  count_paths_plain(steps, paths);
}

/// Runs the loops of `code`, which the machine must support.
inline void gather(BrandesCode code, const BrandesSteps& steps, std::span<const BrandesEntry> level, double* paths,
                   double* share) noexcept {
#if defined(CHAINQUAL_BRANDES_VECTORS)
#if defined(__SSE2__)
  if (code == BrandesCode::avx512) return gather_avx512(steps, level, paths, share);
  if (code == BrandesCode::avx2) return gather_avx2(steps, level, paths, share);
#endif
  if (code == BrandesCode::baseline) return gather<16>(steps, level, paths, share);
#endif
  static_cast<void>(code);
  gather_plain(steps, level, paths, share);
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
