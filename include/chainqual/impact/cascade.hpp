#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/essentiality.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

/// The stopping rule of Diem et al. 2022: no enterprise fell by more than a hundredth.
inline constexpr double cascade_paper_tolerance = 0.01;
/// The stopping rule for results that are fixed points to all purposes.
inline constexpr double cascade_tight_tolerance = 1e-9;

/// Whether other suppliers of the same goods step in for one that fails.
enum class Replaceability : std::uint8_t { none, sector, market };

template <>
struct Names<Replaceability> {
  static constexpr std::array<Name<Replaceability>, 3> table{{
      {Replaceability::none, "none", "不可替代", "none"},
      {Replaceability::sector, "sector", "同行业可替代", "within the sector"},
      {Replaceability::market, "market", "同市场可替代", "within the market"},
  }};
};

/// Where a cascade's sectors came from.
enum class SectorSource : std::uint8_t {
  given,           ///< the option
  sector_column,   ///< Network::sector()
  segment_column,  ///< Network::segment(), in want of sectors
  each_its_own,    ///< neither: nobody's goods stand in for another's
};

template <>
struct Names<SectorSource> {
  static constexpr std::array<Name<SectorSource>, 4> table{{
      {SectorSource::given, "given", "由选项给出", "given as an option"},
      {SectorSource::sector_column, "sector_column", "网络的行业列", "the network's sectors"},
      {SectorSource::segment_column, "segment_column", "网络的环节列（无行业时）", "the network's segments"},
      {SectorSource::each_its_own, "each_its_own", "每家企业自成一类", "each enterprise its own"},
  }};
};

/// How a cascade runs. Columns are by EnterpriseId; an empty one is not given.
///
/// Sectors say whose goods are alike. They are `sectors`, else the network's sector column, else its segment column,
/// else each enterprise is a sector of its own. An enterprise without a sector (`Network::none`) makes goods that
/// nobody else makes, unless needs come by pair of sectors: then it is an error.
struct CascadeOptions {
  Essentiality essentiality;
  std::vector<std::uint32_t> sectors;  ///< [n] or empty
  std::vector<double> revenue;         ///< [n] r_i ≥ o_i, all that i sells, NaN: not given; or empty
  std::vector<double> final_demand;    ///< [n] ≥ 0, what i sells outside the chain: r_i = o_i + this; or empty
  std::vector<double> cost;            ///< [n] c_j ≥ u_j, all that j spends, NaN: not given; or empty
  Replaceability replaceability = Replaceability::none;
  std::vector<std::uint32_t> market;           ///< [n] for Replaceability::market; `Network::none`: a market of its own
  double tolerance = cascade_paper_tolerance;  ///< ε: stops after a step in which nothing fell by more; 0: by nothing
  std::uint32_t max_steps = 10'000;
  std::vector<double> weight;  ///< [n] v ≥ 0; empty: `default_weight`
  friend bool operator==(const CascadeOptions&, const CascadeOptions&) = default;
};

/// Shares of capacity lost at the outset, by direction: 1 − ψᵈ and 1 − ψᵘ.
struct DirectedShock {
  std::span<const double> downstream;  ///< [n] in [0, 1]: as a supplier
  std::span<const double> upstream;    ///< [n] in [0, 1]: as a customer
};

/// What holds an enterprise down at the end, on the side of its inputs.
enum class Bound : std::uint8_t {
  nothing,    ///< it has no downstream loss
  own_shock,  ///< its own lost capacity
  essential,  ///< the lack of one essential input
  ordinary,   ///< the lack of ordinary inputs together
};

template <>
struct Names<Bound> {
  static constexpr std::array<Name<Bound>, 4> table{{
      {Bound::nothing, "nothing", "无", "nothing"},
      {Bound::own_shock, "own_shock", "自身冲击", "own shock"},
      {Bound::essential, "essential", "必需投入", "an essential input"},
      {Bound::ordinary, "ordinary", "一般投入", "ordinary inputs"},
  }};
};

/// The binding input of an enterprise, from the losses at the end.
struct Binding {
  Bound bound = Bound::nothing;
  std::uint32_t sector = Network::none;  ///< essential: the sector that is short; none where that supplier has none
  EnterpriseId supplier;                 ///< of the binding input, the one whose loss counts most; else none
  double lack = 0;                       ///< share of the enterprise's work that the input withholds, in [0, 1]
  friend bool operator==(const Binding&, const Binding&) = default;
};

/// Losses of one sector: means over its enterprises, weighted as the indices are.
struct SectorLoss {
  std::uint32_t sector = 0;
  std::uint32_t enterprises = 0;
  double weight = 0;
  double downstream = 0;
  double upstream = 0;
  double combined = 0;
  friend bool operator==(const SectorLoss&, const SectorLoss&) = default;
};

/// Losses 1 − h by enterprise; `combined` is 1 − min(hᵈ, hᵘ).
struct CascadeResult : Propagation {
  double tolerance = 0;
  SectorSource sectors_from = SectorSource::given;
  /// Enterprises in closed circles: groups that supply each other in a circle and sell all they sell inside it. The
  /// upstream matrix has spectral radius 1 there, and a shock inside one has no other fixed point than that of its
  /// worst-hit member for all.
  std::uint32_t closed_circle = 0;
  /// The same downstream: groups in which everybody has all of an input that it needs, an essential kind of goods or
  /// the ordinary ones together, from the group, and spends nothing outside on it.
  std::uint32_t closed_inputs = 0;
  bool truncated = false;             ///< losses in a closed circle, and ε, not a fixed point, ended the upstream ones
  bool truncated_downstream = false;  ///< the same of `closed_inputs` and the downstream losses
  std::vector<SectorLoss> sectors;    ///< ascending; enterprises without a sector are left out
  std::vector<Binding> binding;       ///< [n]
  Text note;                          ///< what was truncated and its cure; empty otherwise
};

/// Generalised Leontief cascade at enterprise level: production falls with the scarcest essential input and with the
/// share of ordinary ones; orders fall with the customers'.
///
/// With W_ij what i supplies to j a year, p_i the sector of i, o_i = Σ_j W_ij, u_j = Σ_i W_ij, r_i the revenue (default
/// o_i) and c_j the cost (default u_j), and shares of capacity kept hᵈ, hᵘ that start at ψ = 1 − shock, each step is
///   hᵈ_j ← max(0, min(ψᵈ_j, min_k (1 − Σ_{i of k, essential} σ_i Λ_ij (1 − hᵈ_i)), 1 − Σ_{i ordinary} σ_i Λ_ij (1 −
///   hᵈ_i))) hᵘ_i ← max(0, min(ψᵘ_i, 1 − Σ_j (W_ij / r_i)(1 − hᵘ_j)))
/// all from the step before, with Λ_ij = (u_j / c_j) · W_ij / Σ_{l: p_l = p_i} W_lj where essential, W_ij / c_j where
/// ordinary; σ_i = min(1, o_i / Σ_{l in i's market} o_l hᵈ_l) where replaceability is on, else 1. It stops after the
/// first step in which no h of either direction fell by more than ε; that step counts, and so does the first when there
/// is no shock. Links without value and negligible ones bind nobody; an enterprise that sells nothing in the chain
/// loses nothing from customers.
///
/// Where sales inside a circle of enterprises are all of their revenue, any closing inside it leads upstream to the
/// standstill of all, and ε merely ends the way there: `closed_circle`, `truncated` and `note` say so. Revenue or final
/// demand is the cure. Downstream the same holds where a circle of enterprises has all of an input from each other and
/// no cost beside: `closed_inputs`, `truncated_downstream`, and cost is the cure.
///
/// @param net      n enterprises, m links; shares of dependency and escape are not read.
/// @param shock    [n] share of capacity lost, in [0, 1]; both directions alike, or apart.
/// @param options  see there.
/// @param control  cancel; the result does not depend on its executor.
/// @return losses; all exactly 0 when no shock is set.
/// @throws Error{shape_mismatch}    a column that is not n (by link: m) long, a table that is not sectors × sectors.
/// @throws Error{invalid_value}     a shock outside [0, 1], a value, weight or demand that is negative or not finite, a
///                                  need above 2, a revenue below o_i or a cost below u_j; the place is named.
/// @throws Error{out_of_range}      needs by sector, and an enterprise whose sector is none or beyond the table.
/// @throws Error{invalid_argument}  a tolerance that is no share, no steps, revenue and final demand both, a market
///                                  without Replaceability::market or the reverse.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity O(n + m) to prepare; then only what a step changes is worked on: a step costs the links of those whose
/// loss grew in the one before (with replaceability: and n).
/// @numerics   Doubles. Same bits for any thread count and machine instructions. Multiplying all values by a power of
///             two changes nothing.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Diem, Borsos, Reisch, Kertész & Thurner 2022, doi:10.1038/s41598-022-11522-z. Deviations: needs of
///             single links, final demand, separate ψ. Links of one sector that differ in need keep the sector's sum
///             below the essential ones' weights.
/// @since 0.1, experimental.
[[nodiscard]] CascadeResult cascade(const Network& net, std::span<const double> shock,
                                    const CascadeOptions& options = {}, const Control& control = {});
[[nodiscard]] CascadeResult cascade(const Network& net, const DirectedShock& shock, const CascadeOptions& options = {},
                                    const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/cascade-inl.hpp"
#endif
