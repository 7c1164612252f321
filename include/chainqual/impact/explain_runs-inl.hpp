#pragma once

// Splitting a loss among its sources by running a model without each of them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/core/executor.hpp"
#include "chainqual/impact/explain_models_text-inl.hpp"
#include "chainqual/impact/explain_parts-inl.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Lacks, and days, nearer to the largest than this count as equal to it.
inline constexpr double tie = 1e-12;

/// The share of the progress that belongs to the run explained.
inline constexpr double first_run_share = 0.2;

inline Control phase_of_first_run(const Control& control) {
  return phase_of(control, 0, first_run_share);
}

inline Why begin_why(Model model, Along along, EnterpriseId target, std::span<const double> loss) {
  Why why;
  why.enterprise = target;
  why.model = model;
  why.along = along;
  why.loss = loss[target.index()];
  return why;
}

/// A shocked enterprise from which loss can reach the target.
struct Candidate {
  std::uint32_t enterprise;
  double shock;
  double carried;  ///< best product of link weights to the target; 0 where loss takes other ways
};

/// Strongest first: by shock × carried, then by shock, then by id.
inline void sort_candidates(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    const double of_a = a.shock * a.carried;
    const double of_b = b.shock * b.carried;
    if (of_a != of_b) return of_a > of_b;
    return a.shock != b.shock ? a.shock > b.shock : a.enterprise < b.enterprise;
  });
}

/// The shocked members of an origin.
inline std::vector<Candidate> candidates_of(const Origin& origin) {
  const std::vector<double> carried = PathSearch(origin.rows, origin.shock, origin.target).carried();
  std::vector<Candidate> candidates;
  for (std::size_t v = 0; v < origin.nodes.size(); ++v) {
    if (origin.shock[v] > 0) candidates.push_back({origin.nodes[v], origin.shock[v], carried[v]});
  }
  sort_candidates(candidates);
  return candidates;
}

/// Adds shocked enterprises that no path joins to the target; they come last.
inline void add_the_others(std::span<const double> shock, std::vector<Candidate>& candidates) {
  std::vector<std::uint8_t> there(shock.size(), 0);
  for (const Candidate& candidate : candidates) there[candidate.enterprise] = 1;
  for (std::uint32_t v = 0; v < shock.size(); ++v) {
    if (shock[v] > 0 && there[v] == 0) candidates.push_back({v, shock[v], 0});
  }
  sort_candidates(candidates);
}

/// Candidates in parts: each of the first `separate` alone, then the rest together.
inline std::vector<std::span<const Candidate>> parts_of(const std::vector<Candidate>& candidates,
                                                        std::uint32_t separate) {
  const std::span<const Candidate> all(candidates);
  const std::size_t apart = std::min<std::size_t>(all.size(), separate);
  std::vector<std::span<const Candidate>> parts;
  for (std::size_t k = 0; k < apart; ++k) parts.push_back(all.subspan(k, 1));
  if (apart < all.size()) parts.push_back(all.subspan(apart));
  return parts;
}

/// A part with the effect found of it, yet unscaled.
inline SourceShare unscaled_share(std::span<const Candidate> part, double effect) {
  double shock = 0;
  for (const Candidate& candidate : part) shock = std::max(shock, candidate.shock);
  const EnterpriseId source = part.size() == 1 ? EnterpriseId{part.front().enterprise} : EnterpriseId::none();
  return {source, shock, effect, 0, effect};
}

/// Whose shocks stay: [n], 1 or 0.
using Staying = std::vector<std::uint8_t>;

/// The disruptions of those whose shocks stay.
inline std::vector<Disruption> staying_of(std::span<const Disruption> disruptions, const Staying& staying) {
  std::vector<Disruption> left;
  for (const Disruption& disruption : disruptions) {
    if (staying[disruption.enterprise.index()] != 0) left.push_back(disruption);
  }
  return left;
}

/// Splits `loss` among the candidates. `loss_of(staying, control)` is the target's loss when the shocks of some stay;
/// it is called from several threads at once, with a control that keeps it on the thread it is called on.
/// @param grain  differences of runs up to this size are the model's own coarseness.
template <class LossOf>
SplitRule split_by_runs(double loss, const std::vector<Candidate>& candidates, std::size_t enterprises,
                        std::uint32_t separate, double grain, const LossOf& loss_of, const Control& control,
                        std::vector<SourceShare>& shares) {
  if (!(loss > 0)) return SplitRule::superposition;
  const auto parts = parts_of(candidates, separate);
  const auto find = [&](bool without, double from, double to) {
    std::vector<double> found(parts.size(), loss);
    Progress progress(control, parts.size(), from, to);
    for_chunks(control, parts.size(), 1, [&](std::size_t p, std::size_t, std::size_t) {
      Staying staying(enterprises, without ? 1 : 0);
      for (const Candidate& candidate : parts[p]) staying[candidate.enterprise] = without ? 0 : 1;
      const double left = loss_of(staying, Control{&inline_executor(), control.cancel, {}});
      found[p] = without ? std::max(0.0, loss - left) : left;
      progress.add(1);
    });
    progress.finish();
    shares.clear();
    for (std::size_t p = 0; p < parts.size(); ++p) shares.push_back(unscaled_share(parts[p], found[p]));
    return scale_shares(loss, without ? std::max(grain, least_fall * loss) : least_effect * loss, shares);
  };
  if (parts.size() == 1) {
    shares.push_back(unscaled_share(parts.front(), loss));
    settle_shares(loss, shares);
    return SplitRule::remove_one;
  }
  if (find(true, first_run_share, 0.6)) return SplitRule::remove_one;
  if (find(false, 0.6, 1)) return SplitRule::alone;
  for (SourceShare& share : shares) share.loss = loss / static_cast<double>(shares.size());
  settle_shares(loss, shares);
  return SplitRule::equal;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
