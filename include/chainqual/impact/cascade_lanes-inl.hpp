#pragma once

// Sixteen scenarios of a cascade side by side: every row at every step, one cache line of losses an enterprise.
//
// Encoding: losses are floats in units of 2^-30, 0 … 2^30, at place · 16 + lane; those of a step are read from one
// array and written to another. A row's terms weight · loss are rounded to whole units and added as integers, so their
// order does not matter, no instruction set rounds differently, and rows of thousands lose nothing on the way.
// Invariant: losses never shrink, so a row's new loss is the larger of its old one and its lack, and the shock that a
// scenario began with needs no memory. A lane that is told to end is cleared by the same pass that adds up its indices.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "chainqual/impact/cascade_lane_plan-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// What one pass over all rows reads and writes.
struct LanePass {
  const float* down_from;
  float* down_to;
  const float* up_from;
  float* up_to;
  alignas(64) std::int32_t keep[16];  ///< all ones; 0: the lane ends
  alignas(64) float fall_down[16];    ///< largest fall of the lane, downstream
  alignas(64) float fall_up[16];
  alignas(64) double lost[3][16];  ///< Σ v · loss of the old losses, where asked for
};

inline constexpr float whole_loss = 1073741824.0F;  // 2^30

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__aarch64__))
#define CHAINQUAL_LANE_VECTORS 1

/// Vectors of Bytes bytes; 64 / Bytes of them hold the lanes of one place.
template <int Bytes>
struct LaneVector {
  typedef float Floats __attribute__((vector_size(Bytes), may_alias));
  typedef std::int32_t Whole __attribute__((vector_size(Bytes), may_alias));
};

/// Rounds to the nearest whole number. By its name in the machine's language where the compiler would ask that the
/// whole program be for that machine.
template <int Bytes>
CHAINQUAL_INLINE void round_lanes(const typename LaneVector<Bytes>::Floats& x,
                                  typename LaneVector<Bytes>::Whole& rounded) noexcept {
#if defined(__SSE2__)
  if constexpr (Bytes == 16) {
    __m128 from;
    std::memcpy(&from, &x, sizeof from);
    const __m128i whole = _mm_cvtps_epi32(from);
    std::memcpy(&rounded, &whole, sizeof rounded);
  } else {
#if defined(__clang__)
    rounded = __builtin_convertvector(__builtin_elementwise_roundeven(x), typename LaneVector<Bytes>::Whole);
#else
    if constexpr (Bytes == 64) {
      __asm__("vcvtps2dq %1, %0" : "=v"(rounded) : "v"(x));
    } else {
      __asm__("vcvtps2dq %1, %0" : "=x"(rounded) : "x"(x));
    }
#endif
  }
#else
  __asm__("fcvtns %0.4s, %1.4s" : "=w"(rounded) : "w"(x));
#endif
}

/// The sixteen lanes of one row under way.
template <int Bytes>
struct LaneRow {
  using Floats = typename LaneVector<Bytes>::Floats;
  using Whole = typename LaneVector<Bytes>::Whole;
  static constexpr int parts = 64 / Bytes;

  CHAINQUAL_INLINE static const Floats* at(const float* x, std::uint32_t place) noexcept {
    return reinterpret_cast<const Floats*>(x + 16 * static_cast<std::size_t>(place));
  }
  CHAINQUAL_INLINE static void add(Whole (&sum)[parts], const LaneEntry& entry, const float* x) noexcept {
    const Floats* from = at(x, entry.place);
    for (int k = 0; k < parts; ++k) {
      Whole rounded;
      round_lanes<Bytes>(from[k] * entry.weight, rounded);
      sum[k] += rounded;
    }
  }
  CHAINQUAL_INLINE static void raise(Floats (&most)[parts], const LaneEntry& entry, const float* x) noexcept {
    const Floats* from = at(x, entry.place);
    for (int k = 0; k < parts; ++k) {
      const Floats lack = from[k] * entry.weight;
      most[k] = lack > most[k] ? lack : most[k];
    }
  }
  CHAINQUAL_INLINE static void raise(Whole (&most)[parts], const Whole (&sum)[parts]) noexcept {
    for (int k = 0; k < parts; ++k) most[k] = sum[k] > most[k] ? sum[k] : most[k];
  }
};

template <int Bytes, bool Ahead>
CHAINQUAL_INLINE void sweep_inputs(const LanePlan& plan, LanePass& pass) noexcept {
  using Row = LaneRow<Bytes>;
  using Floats = typename Row::Floats;
  using Whole = typename Row::Whole;
  const float* const from = pass.down_from;
  const LaneEntry* entry = plan.inputs.data();
  const std::uint32_t* group = plan.group_sizes.data();
  Floats fall[Row::parts] = {};
  const Floats whole = whole_loss + Floats{};
  const Whole* const keep = reinterpret_cast<const Whole*>(pass.keep);
  for (const LaneInputs& row : plan.input_rows) {
    Whole sum[Row::parts] = {};
    Floats most[Row::parts] = {};
    const LaneEntry* end = entry + row.ordinary;
    for (; entry != end; ++entry) {
      if constexpr (Ahead) __builtin_prefetch(Row::at(from, entry[LanePlan::ahead].place), 0, 2);
      Row::add(sum, *entry, from);
    }
    end = entry + row.single;
    for (; entry != end; ++entry) {
      if constexpr (Ahead) __builtin_prefetch(Row::at(from, entry[LanePlan::ahead].place), 0, 2);
      Row::raise(most, *entry, from);
    }
    for (std::uint32_t g = 0; g < row.groups; ++g) {
      Whole scarce[Row::parts] = {};
      end = entry + *group++;
      for (; entry != end; ++entry) {
        if constexpr (Ahead) __builtin_prefetch(Row::at(from, entry[LanePlan::ahead].place), 0, 2);
        Row::add(scarce, *entry, from);
      }
      Row::raise(sum, scarce);
    }
    const Floats* old = Row::at(from, row.place);
    Floats* const to = const_cast<Floats*>(Row::at(pass.down_to, row.place));
    for (int k = 0; k < Row::parts; ++k) {
      Floats fresh = __builtin_convertvector(sum[k], Floats);
      fresh = fresh > most[k] ? fresh : most[k];
      fresh = fresh < whole ? fresh : whole;
      fresh = fresh > old[k] ? fresh : old[k];
      const Floats fell = fresh - old[k];
      fall[k] = fell > fall[k] ? fell : fall[k];
      to[k] = reinterpret_cast<Floats>(reinterpret_cast<Whole>(fresh) & keep[k]);
    }
  }
  std::memcpy(pass.fall_down, fall, sizeof fall);
}

template <int Bytes, bool Ahead, bool Harvest>
CHAINQUAL_INLINE void sweep_orders(const LanePlan& plan, LanePass& pass) noexcept {
  using Row = LaneRow<Bytes>;
  using Floats = typename Row::Floats;
  using Whole = typename Row::Whole;
  const float* const from = pass.up_from;
  const LaneEntry* entry = plan.orders.data();
  Floats fall[Row::parts] = {};
  const Floats whole = whole_loss + Floats{};
  const Whole* const keep = reinterpret_cast<const Whole*>(pass.keep);
  double lost[3][16] = {};
  for (const LaneOrders& row : plan.order_rows) {
    Whole sum[Row::parts] = {};
    const LaneEntry* const end = entry + row.count;
    for (; entry != end; ++entry) {
      if constexpr (Ahead) __builtin_prefetch(Row::at(from, entry[LanePlan::ahead].place), 0, 2);
      Row::add(sum, *entry, from);
    }
    const Floats* old = Row::at(from, row.place);
    Floats* const to = const_cast<Floats*>(Row::at(pass.up_to, row.place));
    for (int k = 0; k < Row::parts; ++k) {
      Floats fresh = __builtin_convertvector(sum[k], Floats);
      fresh = fresh < whole ? fresh : whole;
      fresh = fresh > old[k] ? fresh : old[k];
      const Floats fell = fresh - old[k];
      fall[k] = fell > fall[k] ? fell : fall[k];
      to[k] = reinterpret_cast<Floats>(reinterpret_cast<Whole>(fresh) & keep[k]);
    }
    if constexpr (Harvest) {
      const double weight = plan.weight[row.place];
      const float* const down = pass.down_from + 16 * static_cast<std::size_t>(row.place);
      const float* const up = from + 16 * static_cast<std::size_t>(row.place);
      for (int k = 0; k < 16; ++k) {
        lost[0][k] += weight * static_cast<double>(down[k]);
        lost[1][k] += weight * static_cast<double>(up[k]);
        lost[2][k] += weight * static_cast<double>(down[k] > up[k] ? down[k] : up[k]);
      }
    }
  }
  std::memcpy(pass.fall_up, fall, sizeof fall);
  if constexpr (Harvest) std::memcpy(pass.lost, lost, sizeof lost);
}

template <int Bytes, bool Ahead>
CHAINQUAL_INLINE void sweep_both(const LanePlan& plan, LanePass& pass, bool harvest) noexcept {
  sweep_inputs<Bytes, Ahead>(plan, pass);
  if (harvest) {
    sweep_orders<Bytes, Ahead, true>(plan, pass);
  } else {
    sweep_orders<Bytes, Ahead, false>(plan, pass);
  }
}

template <int Bytes>
CHAINQUAL_INLINE void sweep_lanes(const LanePlan& plan, LanePass& pass, bool harvest) noexcept {
  if (plan.n >= LanePlan::least_to_fetch) {
    sweep_both<Bytes, true>(plan, pass, harvest);
  } else {
    sweep_both<Bytes, false>(plan, pass, harvest);
  }
}

#if defined(__SSE2__)
__attribute__((target("avx512f"))) inline void sweep_lanes_avx512(const LanePlan& plan, LanePass& pass,
                                                                  bool harvest) noexcept {
  sweep_lanes<64>(plan, pass, harvest);
}
__attribute__((target("avx2"))) inline void sweep_lanes_avx2(const LanePlan& plan, LanePass& pass,
                                                             bool harvest) noexcept {
  sweep_lanes<32>(plan, pass, harvest);
}
#endif

#endif

/// The same in plain words, for machines and compilers without vectors that we know.
inline void sweep_lanes_plain(const LanePlan& plan, LanePass& pass, bool harvest) noexcept {
  const auto line = [](auto* x, std::uint32_t place) { return x + 16 * static_cast<std::size_t>(place); };
  std::memset(pass.fall_down, 0, sizeof pass.fall_down);
  std::memset(pass.fall_up, 0, sizeof pass.fall_up);
  if (harvest) std::memset(pass.lost, 0, sizeof pass.lost);
  std::array<std::int32_t, 16> sum{};
  std::array<float, 16> most{};
  const auto add = [&](std::array<std::int32_t, 16>& to, const LaneEntry& entry, const float* x) {
    for (std::size_t k = 0; k < 16; ++k) {
      to[k] += static_cast<std::int32_t>(std::lrint(line(x, entry.place)[k] * entry.weight));
    }
  };
  const auto settle = [&](std::uint32_t place, const float* from, float* to, float* fall) {
    for (std::size_t k = 0; k < 16; ++k) {
      const float old = line(from, place)[k];
      const float lack = std::max(static_cast<float>(sum[k]), most[k]);
      const float fresh = std::max(old, std::min(lack, whole_loss));
      fall[k] = std::max(fall[k], fresh - old);
      line(to, place)[k] = pass.keep[k] != 0 ? fresh : 0.0F;
    }
  };
  const LaneEntry* entry = plan.inputs.data();
  const std::uint32_t* size = plan.group_sizes.data();
  for (const LaneInputs& row : plan.input_rows) {
    sum.fill(0);
    most.fill(0);
    for (std::uint32_t e = 0; e < row.ordinary; ++e) add(sum, *entry++, pass.down_from);
    for (std::uint32_t e = 0; e < row.single; ++e, ++entry) {
      for (std::size_t k = 0; k < 16; ++k) {
        most[k] = std::max(most[k], line(pass.down_from, entry->place)[k] * entry->weight);
      }
    }
    for (std::uint32_t g = 0; g < row.groups; ++g) {
      std::array<std::int32_t, 16> scarce{};
      for (std::uint32_t e = *size++; e != 0; --e) add(scarce, *entry++, pass.down_from);
      for (std::size_t k = 0; k < 16; ++k) sum[k] = std::max(sum[k], scarce[k]);
    }
    settle(row.place, pass.down_from, pass.down_to, pass.fall_down);
  }
  most.fill(0);
  entry = plan.orders.data();
  for (const LaneOrders& row : plan.order_rows) {
    sum.fill(0);
    for (std::uint32_t e = 0; e < row.count; ++e) add(sum, *entry++, pass.up_from);
    settle(row.place, pass.up_from, pass.up_to, pass.fall_up);
    for (std::size_t k = 0; harvest && k < 16; ++k) {
      const float down = line(pass.down_from, row.place)[k];
      const float up = line(pass.up_from, row.place)[k];
      pass.lost[0][k] += plan.weight[row.place] * static_cast<double>(down);
      pass.lost[1][k] += plan.weight[row.place] * static_cast<double>(up);
      pass.lost[2][k] += plan.weight[row.place] * static_cast<double>(std::max(down, up));
    }
  }
}

/// Runs the pass of `lanes`, which must be what `usable_lanes` gave.
inline void sweep_lanes(Lanes lanes, const LanePlan& plan, LanePass& pass, bool harvest) noexcept {
#if defined(CHAINQUAL_LANE_VECTORS)
#if defined(__SSE2__)
  if (lanes == Lanes::avx512) return sweep_lanes_avx512(plan, pass, harvest);
  if (lanes == Lanes::avx2) return sweep_lanes_avx2(plan, pass, harvest);
#endif
  static_cast<void>(lanes);
  sweep_lanes<16>(plan, pass, harvest);
#else
  static_cast<void>(lanes);
  sweep_lanes_plain(plan, pass, harvest);
#endif
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
