#pragma once

// `why` of the daily simulation. The simulation lets itself be looked at after every day; nothing is recorded in it.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/dynamics-inl.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// What the simulation is asked: one target, one direction.
struct DynamicsQuestion {
  const Network* net;
  const DynamicsOptions* options;
  Along along;
  std::uint32_t target;
};

/// A simulation from rest to the end of its horizon. Calls `after(run, day)` after every day.
template <class After>
double simulated_loss(const DynamicsQuestion& question, const DisruptionPlan& plan, Simulation& run,
                      const Control& control, After&& after) {
  Progress progress(control, question.options->days);
  for (std::uint32_t day = 0; day < question.options->days; ++day) {
    throw_if_cancelled(control);
    static_cast<void>(run.run_day(day, plan));
    after(day);
    progress.add(1);
  }
  progress.finish();
  const EnterpriseTally& tally = run.tally()[question.target];
  return (question.along == Along::downstream ? tally.downstream : tally.upstream) / question.options->days;
}

inline Simulation simulation_of(const DynamicsQuestion& question, InputGroups& used, const Control& control) {
  RestState rest = rest_state(*question.net, *question.options);
  const auto kinds = kinds_of_goods(*question.net, *question.options, used);
  InputLinks links = make_input_links(*question.net, kinds, control);
  return {*question.net, *question.options, std::move(rest.state), std::move(rest.purchases), std::move(links),
          control};
}

/// Watches the target through a simulation and keeps its worst day.
class WorstDay {
 public:
  WorstDay(const DynamicsQuestion& question, const Simulation& run)
      : question_(question), run_(run), down_(question.along == Along::downstream) {
    if (down_) return;
    const InputLinks& links = run.links();
    for (const std::uint32_t customer : question.net->customers(EnterpriseId{question.target})) {
      for (auto k = links.offsets[customer]; k < links.offsets[customer + std::size_t{1}]; ++k) {
        if (links.supplier[k] == question.target) sales_.push_back({customer, k});
      }
    }
  }

  void look(std::uint32_t day) {
    const EnterpriseState& state = run_.state()[question_.target];
    double now = 0;
    if (down_) {
      now = not_negative(1 - lesser(1 - state.lost, state.limit));
    } else {
      const double before = std::exchange(upstream_, run_.tally()[question_.target].upstream);
      now = not_negative(upstream_ - before);
    }
    if (!(now > worst_.loss + tie)) return;
    worst_ = {question_.options->days, day, now};
    own_ = state.lost;
    parts_.clear();
    if (down_) {
      look_at_stocks(state);
    } else {
      look_at_orders(state);
    }
  }

  void tell(std::span<const std::uint32_t> kinds, InputGroups used, Why& why) const {
    why.worst = worst_;
    if (worst_.days == 0) why.worst = WhyDay{question_.options->days, 0, 0};
    if (!(why.loss > 0)) return;
    why.own = own_;
    Arrivals arrivals(question_.net->segment());
    for (const auto& [neighbour, part] : parts_) arrivals.add(neighbour, part);
    why.arrived = not_negative(arrivals.all());
    why.holds = why.own >= why.arrived - tie ? Holds::own_shock : down_ ? Holds::stocks : Holds::orders;
    if (why.holds == Holds::own_shock) return;
    why.binding = arrivals.binding();
    if (!down_ || kinds.empty() || parts_.empty()) return;
    if (used != InputGroups::segment) why.binding.sector = kinds[parts_.front().neighbour];
  }

 private:
  struct Sale {
    std::uint32_t customer;
    std::uint64_t link;
  };
  struct Part {
    std::uint32_t neighbour;
    double lack;
  };

  /// The kind of input that lasts least, and what each of its suppliers lacks of a day's use.
  void look_at_stocks(const EnterpriseState& state) {
    const InputLinks& links = run_.links();
    const auto days_of = [&](std::uint64_t k) {
      return state.stock_days + apart(links.excess[k] * question_.options->smoothing_days);
    };
    double least = std::numeric_limits<double>::infinity();
    const auto offer = [&](std::uint64_t begin, std::uint64_t end, double inverse_use) {
      double days = 0;
      for (auto k = begin; k < end; ++k) days += apart(share(k, begin, end, inverse_use) * days_of(k));
      if (!(days < least)) return;
      least = days;
      parts_.clear();
      for (auto k = begin; k < end; ++k) {
        parts_.push_back({links.supplier[k], share(k, begin, end, inverse_use) * (1 - days_of(k))});
      }
    };
    const std::uint32_t v = question_.target;
    std::uint64_t k = links.offsets[v];
    for (; k < links.shared[v]; ++k) offer(k, k + 1, 1);
    for (auto g = links.first_group[v]; g < links.first_group[v + std::size_t{1}]; ++g) {
      offer(k, links.groups[g].end, links.groups[g].inverse_use);
      k = links.groups[g].end;
    }
  }

  /// Part of a supplier in its kind of input; 1 where it is the only one.
  [[nodiscard]] double share(std::uint64_t k, std::uint64_t begin, std::uint64_t end, double inverse_use) const {
    return end - begin == 1 ? 1 : static_cast<double>(run_.links().value[k]) * inverse_use;
  }

  /// What each customer orders less than the usual, as a share of the target's output.
  void look_at_orders(const EnterpriseState& state) {
    const InputLinks& links = run_.links();
    for (const auto& [customer, k] : sales_) {
      const double order = not_negative(run_.state()[customer].base - links.excess[k]);
      parts_.push_back({customer, static_cast<double>(links.value[k]) / state.output * (1 - order)});
    }
  }

  const DynamicsQuestion& question_;
  const Simulation& run_;
  bool down_;
  std::vector<Sale> sales_;
  double upstream_ = 0;
  WhyDay worst_;
  double own_ = 0;
  std::vector<Part> parts_;
};

/// Shares of inputs of one kind, or of output, by link.
inline Rows dynamics_rows(const DynamicsQuestion& question, const Simulation& run) {
  RowsMaker made;
  const InputLinks& links = run.links();
  const Network& net = *question.net;
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    if (question.along == Along::downstream) {
      std::uint64_t k = links.offsets[v];
      for (; k < links.shared[v]; ++k) made.add(links.supplier[k], 1);
      for (auto g = links.first_group[v]; g < links.first_group[v + std::size_t{1}]; ++g) {
        for (; k < links.groups[g].end; ++k) {
          made.add(links.supplier[k], std::min(1.0, static_cast<double>(links.value[k]) * links.groups[g].inverse_use));
        }
      }
    } else {
      for (auto l = net.out_offsets()[v]; l < net.out_offsets()[v + std::size_t{1}]; ++l) {
        const auto value = static_cast<double>(net.out_values()[l]);
        if (value > 0) made.add(net.out_targets()[l], std::min(1.0, value / run.state()[v].output));
      }
    }
    made.end_row();
  }
  return made.take();
}

/// [n] who is joined to the target by links with value, whichever way they run.
inline std::vector<std::uint8_t> joined_to(const Network& net, std::uint32_t target) {
  std::vector<std::uint8_t> joined(net.enterprises(), 0);
  std::vector<std::uint32_t> found{target};
  joined[target] = 1;
  for (std::size_t next = 0; next < found.size(); ++next) {
    const std::size_t v = found[next];
    const auto take = [&](std::span<const std::uint64_t> offsets, std::span<const std::uint32_t> ends,
                          std::span<const float> values) {
      for (auto k = offsets[v]; k < offsets[v + 1]; ++k) {
        if (!(values[k] > 0) || joined[ends[k]] != 0) continue;
        joined[ends[k]] = 1;
        found.push_back(ends[k]);
      }
    };
    take(net.out_offsets(), net.out_targets(), net.out_values());
    take(net.in_offsets(), net.in_sources(), net.in_values());
  }
  return joined;
}

/// [n] mean share of own capacity lost over the horizon.
inline std::vector<double> mean_lost(const DisruptionPlan& plan, std::uint32_t days, std::size_t n) {
  std::vector<double> mean(n, 0.0);
  for (std::size_t k = 0; k < plan.enterprises().size(); ++k) {
    double sum = 0;
    for (std::uint32_t day = 0; day < days; ++day) sum += plan.loss(k, day);
    mean[plan.enterprises()[k]] = std::min(1.0, sum / days);
  }
  return mean;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const Disruption> disruptions, EnterpriseId target,
                         const DynamicsOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  namespace detail = impact_detail;
  const std::size_t n = net.enterprises();
  detail::check_target(net, target);
  detail::check(model);
  detail::check_links(net);
  static_cast<void>(weights_in_totals(net, model.weight));
  const DisruptionPlan plan(disruptions, n);
  const detail::DynamicsQuestion question{&net, &model, options.along, target.value};
  InputGroups used = InputGroups::automatic;
  detail::Simulation run = detail::simulation_of(question, used, control);
  detail::WorstDay worst(question, run);
  static_cast<void>(detail::simulated_loss(question, plan, run, detail::phase_of_first_run(control),
                                           [&](std::uint32_t day) { worst.look(day); }));
  std::vector<double> loss(n);
  for (std::size_t v = 0; v < n; ++v) {
    const detail::EnterpriseTally& tally = run.tally()[v];
    loss[v] = (options.along == Along::downstream ? tally.downstream : tally.upstream) / model.days;
  }

  Why out = detail::begin_why(Model::dynamics, options.along, target, loss);
  worst.tell(detail::kinds_of_goods(net, model, used), used, out);
  const std::vector<double> lost = detail::mean_lost(plan, model.days, n);
  const detail::Rows rows = detail::dynamics_rows(question, run);
  const detail::Origin origin = detail::origin_of(rows, lost, loss, target.value);
  if (out.loss > 0) out.paths = detail::paths_to_target(origin, options.paths, control);
  std::vector<detail::Candidate> candidates = detail::candidates_of(origin);
  std::vector<double> reaching = lost;
  const auto joined = detail::joined_to(net, target.value);
  for (std::size_t v = 0; v < n; ++v) reaching[v] = joined[v] != 0 ? lost[v] : 0;
  detail::add_the_others(reaching, candidates);
  const auto loss_of = [&](const detail::Staying& staying, const Control& inner) {
    const DisruptionPlan those(detail::staying_of(disruptions, staying), n);
    InputGroups again = InputGroups::automatic;
    detail::Simulation without = detail::simulation_of(question, again, inner);
    return detail::simulated_loss(question, those, without, inner, [](std::uint32_t) {});
  };
  out.rule = detail::split_by_runs(out.loss, candidates, n, options.separate_sources, 0, loss_of, control, out.sources);
  return detail::end_why(std::move(out), names, control);
}

}  // namespace v1
}  // namespace chainqual
