#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chainqual/chain/structure.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/systemic_risk.hpp"

namespace chainqual {
inline namespace v1 {

/// The measures that rank every enterprise.
enum class CriticalityMeasure : std::uint8_t { systemic_risk, importance, betweenness, cut, sole_source, size };

template <>
struct Names<CriticalityMeasure> {
  static constexpr std::array<Name<CriticalityMeasure>, 6> table{{
      {CriticalityMeasure::systemic_risk, "systemic_risk", "系统风险", "systemic risk"},
      {CriticalityMeasure::importance, "importance", "线性重要度", "linear importance"},
      {CriticalityMeasure::betweenness, "betweenness", "介数", "betweenness"},
      {CriticalityMeasure::cut, "cut", "断供企业数", "enterprises cut off"},
      {CriticalityMeasure::sole_source, "sole_source", "独家供应数", "inputs supplied alone"},
      {CriticalityMeasure::size, "size", "规模", "size"},
  }};
};

struct CriticalityOptions {
  SystemicRiskOptions risk;                  ///< `enterprises` must be empty: all are ranked
  std::uint32_t exact_betweenness = 20'000;  ///< exact for networks of up to so many enterprises, else sampled
  BetweennessSampling sampling;
  double high = 0.9;  ///< at or above this share of all enterprises a measure calls one critical
  double low = 0.5;   ///< at or below this share it calls it harmless; a measure of 0 does too, where it could see it
};

/// One enterprise by all measures.
struct CriticalityRow {
  EnterpriseId enterprise;
  double systemic_risk = 0;       ///< index of closing it alone
  double risk_downstream = 0;     ///< the same by hᵈ alone
  double risk_upstream = 0;       ///< by hᵘ alone
  double importance = 0;          ///< share of all weight that its standstill takes downstream, by the uncapped linear
                                  ///< model; may pass 1 there; NaN where that model has no solution
  double betweenness = 0;         ///< share of all pairs whose shortest paths pass it
  std::uint32_t cut = 0;          ///< enterprises that no supply reaches without it (dominators)
  std::uint32_t final_cut = 0;    ///< those of them that are final: > 0 is a directed single point of failure
  std::uint32_t sole_source = 0;  ///< essential inputs of others that it alone supplies, as the cascade has sectors and
                                  ///< needs
  bool joint = false;             ///< without it the undirected chain falls apart
  double own_concentration = 0;   ///< largest Herfindahl index of an input that it buys
  double size = 0;                ///< weight in totals
  std::array<double, 6>
      standing{};         ///< by measure: share of enterprises that lie below it, ties counted half; in [0, 1)
  bool disagree = false;  ///< some measure calls it critical and another harmless
  Text why;               ///< which measures; empty where they agree
};

struct CriticalityTable {
  std::vector<CriticalityRow> rows;  ///< by systemic risk, then importance, descending, then id
  bool betweenness_exact = true;
  double betweenness_error = 0;   ///< of the share of pairs, with probability 1 − failure; 0 when exact
  bool importance_exists = true;  ///< false: the uncapped linear model has no solution here
  std::uint32_t disagreements = 0;
  Text note;  ///< of `systemic_risk`
};

/// What makes enterprises critical, by every measure at once, and where the measures disagree.
///
/// Systemic risk says what a closing costs by the cascade, downstream and upstream; importance what it costs downstream
/// by the linear model; betweenness how many routes pass; dominators who is cut off; sole sources whose essential
/// inputs have no second supplier. Each ranks alone, and an enterprise that one of the first five calls critical
/// (standing ≥ `high`) while another calls it harmless (≤ `low`, or nothing at all) is flagged, since then the choice
/// of measure decides. A measure that is 0 by definition calls nobody harmless: betweenness of whoever buys or sells
/// nothing in the chain; importance, cuts and sole sources of whoever sells nothing. Neither does a 0 that most have.
/// Size is shown beside them, for the question whether the large are the critical ones.
///
/// @param net      n enterprises, m links.
/// @param options  the cascade, exactness, thresholds.
/// @param control  executor, cancel, progress.
/// @return one row per enterprise.
/// @throws Error{invalid_argument} `risk.enterprises` given, or thresholds not 0 ≤ low < high ≤ 1; else as
///         `systemic_risk`, `linear_importance`, `betweenness`.
/// @complexity that of `systemic_risk` over all enterprises, plus O(n m) for exact betweenness.
/// @numerics   Standings are counts; same bits for any thread count.
/// @threads    Reads only.
/// @source     The measures' own; their joining and the flag are ours.
/// @since 0.1, experimental.
[[nodiscard]] CriticalityTable criticality(const Network& net, const CriticalityOptions& options = {},
                                           const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/criticality-inl.hpp"
#endif
