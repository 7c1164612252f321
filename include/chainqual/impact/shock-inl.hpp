#pragma once

#include <algorithm>
#include <cmath>

#include "chainqual/core/error.hpp"
#include "chainqual/impact/shock.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline std::string quoted(const std::string& text, Language language) {
  return language == Language::zh ? "“" + shown_value(text) + "”" : "\"" + shown_value(text) + "\"";
}

inline Error unknown_in_problem(const Problem& problem, const std::string& id, const Text& what) {
  return {ErrorCode::unknown_reference,
          {"问题 " + shown_value(problem.number) + " 所在的" + what.zh + quoted(id, Language::zh) +
               "不在产业链中。请更正编号，或先补充该" + what.zh + "。",
           "problem " + shown_value(problem.number) + " names the " + what.en + " " + quoted(id, Language::en) +
               ", which the chain does not hold. Correct the id, or add the " + what.en + " first."}};
}

/// Where a problem sits, ascending and without repeats.
inline std::vector<EnterpriseId> seats(const Chain& chain, const Problem& problem, bool home_only) {
  std::vector<EnterpriseId> found;
  if (!problem.enterprises.empty()) {
    for (const auto& key : problem.enterprises) {
      const auto id = chain.find(key);
      if (!id) throw unknown_in_problem(problem, key, {"企业", "enterprise"});
      found.push_back(*id);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }
  for (const auto& id : problem.segments) {
    if (!chain.find_segment(id)) throw unknown_in_problem(problem, id, {"环节", "segment"});
  }
  const auto named = [&](const std::string& id) {
    return std::find(problem.segments.begin(), problem.segments.end(), id) != problem.segments.end();
  };
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    const Enterprise& enterprise = chain.enterprise(EnterpriseId{v});
    const auto& own = enterprise.segments;
    const bool here = problem.segments.empty() ? enterprise.stage == problem.stage
                      : home_only              ? !own.empty() && named(own.front())
                                               : std::any_of(own.begin(), own.end(), named);
    if (here) found.push_back(EnterpriseId{v});
  }
  return found;
}

/// What an enterprise weighs beside others of its segment: its own weight, else what it supplies in the chain.
inline double seat_weight(const Chain& chain, EnterpriseId id) {
  const Enterprise& enterprise = chain.enterprise(id);
  double weight = 0;
  if (enterprise.weight) {
    weight = *enterprise.weight;
  } else {
    const auto links = boost::out_edges(id.value, chain.graph());
    for (auto link = links.first; link != links.second; ++link) weight += chain.graph()[*link].value.value_or(0);
  }
  if (!(weight >= 0 && std::isfinite(weight))) {
    throw Error(ErrorCode::invalid_value,
                {"企业" + quoted(enterprise.id, Language::zh) + "的权重不是不小于 0 的有限数。请更正权重或其供应额。",
                 "the weight of enterprise " + quoted(enterprise.id, Language::en) +
                     " is not finite and at least 0. Correct the weight, or the values that it supplies."});
  }
  return weight;
}

}  // namespace impact_detail

inline void check(const ShockOptions& options) {
  if (!(std::isfinite(options.lowest_total) && std::isfinite(options.highest_total) &&
        options.lowest_total < options.highest_total)) {
    throw Error(ErrorCode::invalid_argument,
                {"冲击选项不正确：冲击为 0 的总分必须小于冲击为 1 的总分，且都是有限数。",
                 "shock options: the total that means no shock must lie below the total that means a full one."});
  }
  if (options.ungraded && !(*options.ungraded >= 0 && *options.ungraded <= 1)) {
    throw Error(ErrorCode::invalid_argument, {"冲击选项不正确：未分级问题的冲击幅度必须在 0 到 1 之间。",
                                              "shock options: the magnitude of ungraded problems must lie in 0 … 1."});
  }
}

inline double shock_magnitude(double total, const ShockOptions& options) {
  check(options);
  if (!std::isfinite(total)) {
    throw Error(ErrorCode::invalid_value,
                {"严重度总分不是有限数，无法换算为冲击。", "the severity total is not finite, so it gives no shock."});
  }
  const double share = (total - options.lowest_total) / (options.highest_total - options.lowest_total);
  return std::clamp(share, 0.0, 1.0);
}

inline std::vector<PlacedShock> locate(const Chain& chain, const Problem& problem, double magnitude,
                                       const ShockOptions& options) {
  if (!(magnitude >= 0 && magnitude <= 1)) {
    throw Error(ErrorCode::invalid_value,
                {"问题 " + shown_value(problem.number) + " 的冲击幅度必须在 0 到 1 之间。",
                 "problem " + shown_value(problem.number) + ": the magnitude of its shock must lie between 0 and 1."});
  }
  const auto seats = impact_detail::seats(chain, problem, options.home_segment_only);
  std::vector<PlacedShock> placed;
  placed.reserve(seats.size());
  for (const EnterpriseId seat : seats) placed.push_back({seat, magnitude});
  if (options.segment == SegmentShock::whole || !problem.enterprises.empty()) return placed;

  std::vector<double> weights;
  double sum = 0;
  for (const EnterpriseId seat : seats) {
    weights.push_back(impact_detail::seat_weight(chain, seat));
    sum += weights.back();
  }
  for (std::size_t k = 0; k < placed.size(); ++k) {
    // Without any weight every one of them is as likely as the next.
    const double share = sum > 0 ? weights[k] / sum : 1.0 / static_cast<double>(placed.size());
    placed[k].magnitude = magnitude * share;
  }
  return placed;
}

inline std::vector<double> combine_shocks(std::size_t enterprises, std::span<const PlacedShock> shocks) {
  std::vector<double> shock(enterprises, 0.0);
  for (const PlacedShock& placed : shocks) {
    const std::size_t v = placed.enterprise.index();
    if (v >= enterprises) {
      throw Error(
          ErrorCode::out_of_range,
          {"冲击所在的企业序号 " + std::to_string(v) + " 超出范围，共有 " + std::to_string(enterprises) + " 家企业。",
           "a shock sits at enterprise id " + std::to_string(v) + " of " + std::to_string(enterprises) + "."});
    }
    if (!(placed.magnitude >= 0 && placed.magnitude <= 1)) {
      throw Error(ErrorCode::invalid_value,
                  {"企业序号 " + std::to_string(v) + " 的冲击幅度必须在 0 到 1 之间。",
                   "the shock at enterprise id " + std::to_string(v) + " must lie between 0 and 1."});
    }
    // a + b − ab is 1 − (1 − a)(1 − b) without losing small shocks to the 1; the first shock stays as it is.
    shock[v] += placed.magnitude * (1 - shock[v]);
  }
  for (double& s : shock) s = std::min(s, 1.0);
  return shock;
}

}  // namespace v1
}  // namespace chainqual
