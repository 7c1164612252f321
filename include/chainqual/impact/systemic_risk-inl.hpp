#pragma once

#include <algorithm>
#include <bit>
#include <iterator>
#include <memory>
#include <optional>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/cascade-inl.hpp"
#include "chainqual/impact/cascade_batch-inl.hpp"
#include "chainqual/impact/linear_plan-inl.hpp"
#include "chainqual/impact/systemic_risk.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Where single precision does: steps of ε are far above its grain, and no quotient of what is left of a market.
inline bool fast_enough(const CascadeOptions& options) noexcept {
  constexpr double least_tolerance = 1e-4;
  return options.tolerance >= least_tolerance && options.replaceability == Replaceability::none;
}

/// Scenarios given as rows of shares, or as one enterprise each.
struct Scenarios {
  std::uint32_t n = 0;
  std::size_t count = 0;
  DirectedShock shares;  ///< [count × n] each, or empty
  std::vector<std::uint32_t> closed;

  /// Calls visit(enterprise, shares of capacity lost as a supplier and as a customer) where one is above 0.
  template <class Visit>
  void shocks(std::size_t k, Visit&& visit) const {
    if (shares.downstream.empty()) {
      visit(closed[k], 1.0, 1.0);
      return;
    }
    const auto down = shares.downstream.subspan(k * n, n);
    const auto up = shares.upstream.subspan(k * n, n);
    for (std::uint32_t v = 0; v < n; ++v) {
      if (down[v] != 0 || up[v] != 0) visit(v, down[v], up[v]);
    }
  }
};

inline Scenarios closures(const Network& net, const std::vector<EnterpriseId>& chosen) {
  Scenarios scenarios;
  scenarios.n = net.enterprises();
  if (chosen.empty()) {
    scenarios.closed = own_order(scenarios.n);
  } else {
    for (const EnterpriseId v : chosen) {
      if (v.value >= scenarios.n) {
        const std::string id = v.is_none() ? "none" : whole(v.value);
        throw Error(ErrorCode::out_of_range,
                    {"要停产的企业编号 " + id + " 不在网络中：网络有 " + whole(scenarios.n) + " 家企业，编号从 0 起。",
                     "enterprise id " + id + " to close is not in the network of " + whole(scenarios.n) +
                         " enterprises, counted from 0."});
      }
      scenarios.closed.push_back(v.value);
    }
  }
  scenarios.count = scenarios.closed.size();
  return scenarios;
}

/// @throws Error{shape_mismatch} no multiple of n. Error{invalid_value} a share outside [0, 1].
inline void check_scenarios(std::size_t n, std::span<const double> shares) {
  if (n == 0 ? !shares.empty() : shares.size() % n != 0) {
    throw Error(
        ErrorCode::shape_mismatch,
        {"情景共有 " + whole(shares.size()) + " 个值，不是企业数 " + whole(n) + " 的整数倍。",
         "the scenarios have " + whole(shares.size()) + " entries, no multiple of the " + whole(n) + " enterprises."});
  }
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (is_share(shares[k])) continue;
    throw Error(ErrorCode::invalid_value, {"第 " + whole(k / n + 1) + " 个情景中企业 " + whole(k % n + 1) +
                                               " 的冲击为 " + number(shares[k]) + "，必须在 0 到 1 之间。",
                                           "scenario " + whole(k / n + 1) + ", enterprise " + whole(k % n + 1) +
                                               ": the shock " + number(shares[k]) + " must lie between 0 and 1."});
  }
}

inline Scenarios given_scenarios(const Network& net, const DirectedShock& shares, const SystemicRiskOptions& options) {
  if (!options.enterprises.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"情景与要停产的企业只能给出其中之一。", "give scenarios or enterprises to close, not both."});
  }
  const std::size_t n = net.enterprises();
  check_scenarios(n, shares.downstream);
  if (shares.upstream.data() != shares.downstream.data()) check_scenarios(n, shares.upstream);
  if (shares.upstream.size() != shares.downstream.size()) {
    throw Error(ErrorCode::shape_mismatch,
                {"两个方向的情景数不同：向下游 " + whole(shares.downstream.size()) + " 个值，向上游 " +
                     whole(shares.upstream.size()) + " 个，二者必须相等。",
                 "the scenarios of the two directions have " + whole(shares.downstream.size()) + " and " +
                     whole(shares.upstream.size()) + " entries; give as many of both."});
  }
  Scenarios scenarios;
  scenarios.n = net.enterprises();
  scenarios.count = n == 0 ? 0 : shares.downstream.size() / n;
  scenarios.shares = shares;
  return scenarios;
}

/// Most linked first, in classes of doubling size: what is read most shares cache lines. Equal ones keep the chain's
/// own order.
inline std::vector<std::uint32_t> busy_first(const Network& net) {
  constexpr std::size_t classes = 66;
  const std::uint32_t n = net.enterprises();
  return counting_order(n, classes, [&](std::uint32_t v) {
    const std::uint64_t links =
        net.out_offsets()[v + 1] - net.out_offsets()[v] + (net.in_offsets()[v + 1] - net.in_offsets()[v]);
    return static_cast<std::size_t>(64 - std::bit_width(links));
  });
}

/// All that scenarios share, made once: the model in the order of its places, and scratch for threads.
class RiskEngine {
 public:
  RiskEngine(const Network& net, CascadeModel& model, const std::vector<double>& weight,
             const SystemicRiskOptions& options)
      : order_(busy_first(net)), place_(places_of(order_)) {
    const bool fast = fast_enough(options.cascade);
    if (fast) round_weights(net, model);
    batch_.emplace(net, model, weight, place_, order_, options, !fast);
  }

  /// The result's columns must be as long as there are scenarios.
  void run(const Scenarios& scenarios, const Control& control, SystemicRiskResult& result) {
    Progress progress(control, scenarios.count);
    std::vector<std::uint8_t> cut(scenarios.count, 0);
    const RiskSink sink{&result, &cut, &progress};
    // What waits for the lanes may take some 128 MiB.
    constexpr std::uint64_t most_waiting = std::uint64_t{128} << 20U;
    const std::uint64_t largest_job =
        sizeof(LaneJob) + sizeof(LaneJob::Loss) * std::min(batch_->limit, batch_->front.pushes());
    const auto block = static_cast<std::size_t>(std::clamp<std::uint64_t>(most_waiting / largest_job, 64, 8192));
    for (std::size_t begin = 0; begin < scenarios.count; begin += block) {
      const std::size_t end = std::min(begin + block, scenarios.count);
      const auto late = run_lanes(run_fronts(scenarios, begin, end, control, sink), control, sink, result);
      run_late(scenarios, late, control, sink);
    }
    progress.finish();
    for (const std::uint8_t bits : cut) {
      result.truncated += (bits & circle_of_orders) != 0 ? 1U : 0U;
      result.truncated_downstream += (bits & circle_of_inputs) != 0 ? 1U : 0U;
    }
  }

 private:
  /// Scenarios begin … end − 1 as fronts; returns those that grew wide, in order.
  std::vector<LaneJob> run_fronts(const Scenarios& scenarios, std::size_t begin, std::size_t end,
                                  const Control& control, const RiskSink& sink) {
    constexpr std::size_t grain = 64;
    std::vector<std::vector<LaneJob>> wide(chunk_count(end - begin, grain));
    for_chunks(control, end - begin, grain, [&](std::size_t from, std::size_t to, std::size_t chunk) {
      const auto front = fronts_.take([&] { return std::make_unique<Front>(batch_->front, batch_->fine); });
      for (std::size_t k = begin + from; k < begin + to; ++k) {
        throw_if_cancelled(control);
        front->begin();
        scenarios.shocks(k, [&](std::uint32_t v, double down, double up) { front->shock(place_[v], down, up); });
        if (front->run(batch_->rule, batch_->limit, control)) {
          give(sink, k, *front);
        } else {
          wide[chunk].push_back(lane_job(*front, k));
        }
      }
    });
    std::vector<LaneJob> jobs;
    for (auto& part : wide) std::move(part.begin(), part.end(), std::back_inserter(jobs));
    return jobs;
  }

  /// As few batches as there are threads, so that lanes stay full; which scenarios share one changes no bit.
  /// @return the scenarios that leave the lanes unfinished, in order.
  std::vector<std::size_t> run_lanes(const std::vector<LaneJob>& jobs, const Control& control, const RiskSink& sink,
                                     SystemicRiskResult& result) {
    constexpr std::size_t least = 64;
    const std::size_t threads = std::max(1U, executor_of(control).concurrency());
    const std::size_t grain = std::max(least, chunk_count(jobs.size(), threads));
    std::vector<std::vector<std::size_t>> late(chunk_count(jobs.size(), grain));
    for_chunks(control, jobs.size(), grain, [&](std::size_t from, std::size_t to, std::size_t chunk) {
      const auto lanes = lanes_.take([&] { return std::make_unique<LaneRunner>(*batch_); });
      late[chunk] = lanes->run(std::span(jobs).subspan(from, to - from), control, sink);
    });
    std::vector<std::size_t> all;
    for (const auto& part : late) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    result.in_lanes += jobs.size() - all.size();
    return all;
  }

  /// Scenarios whose roundings would show, from their beginning, in double precision.
  void run_late(const Scenarios& scenarios, const std::vector<std::size_t>& late, const Control& control,
                const RiskSink& sink) {
    for_chunks(control, late.size(), 1, [&](std::size_t from, std::size_t to, std::size_t) {
      const auto front = fine_fronts_.take([&] { return std::make_unique<Front>(batch_->front, true); });
      for (std::size_t at = from; at < to; ++at) {
        front->begin();
        scenarios.shocks(late[at], [&](std::uint32_t v, double down, double up) { front->shock(place_[v], down, up); });
        front->run(batch_->rule, std::numeric_limits<std::uint64_t>::max(), control);
        give(sink, late[at], *front);
      }
    });
  }

  void give(const RiskSink& sink, std::size_t scenario, const Front& front) const {
    sink(scenario, front.steps(), front.converged(), front.lost(), batch_->total, front.under_way(batch_->enclosed));
  }

  static std::vector<std::uint32_t> places_of(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t p = 0; p < order.size(); ++p) place[order[p]] = p;
    return place;
  }

  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> place_;
  std::optional<CascadeBatch> batch_;
  ScratchPool<Front> fronts_;
  ScratchPool<Front> fine_fronts_;
  ScratchPool<LaneRunner> lanes_;
};

inline SystemicRiskResult columns_for(std::size_t scenarios) {
  SystemicRiskResult result;
  result.index.assign(scenarios, 0.0);
  result.index_downstream.assign(scenarios, 0.0);
  result.index_upstream.assign(scenarios, 0.0);
  result.steps.assign(scenarios, 0);
  result.converged.assign(scenarios, 1);
  return result;
}

inline SystemicRiskResult systemic_risk(const Network& net, const Scenarios& scenarios,
                                        const SystemicRiskOptions& options, const Control& control) {
  CascadeModel model = make_cascade(net, options.cascade, control);
  const std::vector<double> weight = weights_in_totals(net, options.cascade.weight);
  if (options.method == CascadeMethod::lanes && !fast_enough(options.cascade)) {
    throw Error(
        ErrorCode::invalid_argument,
        {"并行通道法用单精度，要求容差不小于 0.0001 且不考虑可替代性。请改用自动选择。",
         "lanes work in single precision: they need a tolerance of at least 0.0001 and no replaceability. Choose "
         "the automatic method."});
  }
  static_cast<void>(usable_lanes(options.lanes, 1));
  SystemicRiskResult result = columns_for(scenarios.count);
  result.tolerance = options.cascade.tolerance;
  result.sectors_from = model.sectors_from;
  result.closed_circle = model.circles.orders;
  result.closed_inputs = model.circles.inputs;
  if (scenarios.count == 0) return result;
  RiskEngine(net, model, weight, options).run(scenarios, control, result);
  std::uint8_t cut = 0;
  if (result.truncated != 0) cut |= circle_of_orders;
  if (result.truncated_downstream != 0) cut |= circle_of_inputs;
  result.note = truncation_note(options.cascade.tolerance, model.circles, cut);
  return result;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL SystemicRiskResult systemic_risk(const Network& net, const SystemicRiskOptions& options,
                                                  const Control& control) {
  return impact_detail::systemic_risk(net, impact_detail::closures(net, options.enterprises), options, control);
}

CHAINQUAL_KERNEL SystemicRiskResult systemic_risk(const Network& net, std::span<const double> scenarios,
                                                  const SystemicRiskOptions& options, const Control& control) {
  return systemic_risk(net, DirectedShock{scenarios, scenarios}, options, control);
}

CHAINQUAL_KERNEL SystemicRiskResult systemic_risk(const Network& net, const DirectedShock& scenarios,
                                                  const SystemicRiskOptions& options, const Control& control) {
  return impact_detail::systemic_risk(net, impact_detail::given_scenarios(net, scenarios, options), options, control);
}

}  // namespace v1
}  // namespace chainqual
