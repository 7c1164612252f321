#pragma once

// `why` of the cascade.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/cascade-inl.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"
#include "chainqual/impact/link_column-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline Holds holds_of(Bound bound) noexcept {
  switch (bound) {
    case Bound::nothing:
      return Holds::nothing;
    case Bound::own_shock:
      return Holds::own_shock;
    case Bound::essential:
      return Holds::essential;
    case Bound::ordinary:
      return Holds::ordinary;
  }
  return Holds::nothing;
}

/// One direction of a cascade that has run, as an explanation looks at it.
class CascadeView {
 public:
  CascadeView(const Network& net, const CascadeModel& model, Along along, std::span<const double> shock,
              const CascadeResult& result)
      : net_(net),
        model_(model),
        down_(along == Along::downstream),
        shock_(shock),
        loss_(down_ ? result.downstream : result.upstream),
        unreplaced_(unreplaced(model, result.downstream)) {}

  [[nodiscard]] const std::vector<double>& loss() const noexcept { return loss_; }

  /// Everybody's inputs, or orders, with the weights of the model.
  [[nodiscard]] Rows rows() const {
    RowsMaker made;
    for (std::uint32_t v = 0; v < model_.n; ++v) {
      for_groups(v, [&](Bound, std::uint64_t begin, std::uint64_t end) {
        for (auto k = begin; k < end; ++k) made.add(neighbour(k), weight(k));
      });
      made.end_row();
    }
    return made.take();
  }

  /// Only what holds somebody down, and in `own` the shocks that do.
  [[nodiscard]] Rows binding_rows(std::vector<double>& own) const {
    RowsMaker made;
    own.assign(model_.n, 0.0);
    for (std::uint32_t v = 0; v < model_.n; ++v) {
      double most = shock_[v];
      for_groups(v, [&](Bound, std::uint64_t begin, std::uint64_t end) { most = std::max(most, lack(begin, end)); });
      if (shock_[v] >= most - tie) own[v] = shock_[v];
      for_groups(v, [&](Bound, std::uint64_t begin, std::uint64_t end) {
        if (!(lack(begin, end) >= most - tie)) return;
        for (auto k = begin; k < end; ++k) made.add(neighbour(k), weight(k));
      });
      made.end_row();
    }
    return made.take();
  }

  /// What binds at the target.
  void tell(std::uint32_t target, Why& why) const {
    if (!(why.loss > 0)) return;
    Binding binding;
    if (down_) {
      binding = binding_of(model_, target, shock_[target], loss_, unreplaced_);
      why.holds = holds_of(binding.bound);
    }
    double most = 0;
    for_groups(target, [&](Bound bound, std::uint64_t begin, std::uint64_t end) {
      if (!(lack(begin, end) > most)) return;
      most = lack(begin, end);
      Arrivals arrivals(net_.segment());
      for (auto k = begin; k < end; ++k) arrivals.add(neighbour(k), part(k));
      why.binding = arrivals.binding();
      if (!down_) why.holds = why.own >= most ? Holds::own_shock : Holds::orders;
      if (down_ && bound == Bound::essential) why.binding.sector = binding.sector;
    });
    why.arrived = std::min(most, 1.0);
    if (why.holds == Holds::nothing || why.holds == Holds::own_shock) {
      why.holds = Holds::own_shock;
      why.binding = {};
    }
  }

 private:
  /// Calls visit(bound, begin, end) for each kind of essential inputs and for the ordinary ones; upstream once.
  template <class Visit>
  void for_groups(std::uint32_t v, Visit&& visit) const {
    if (!down_) {
      visit(Bound::nothing, net_.out_offsets()[v], net_.out_offsets()[v + std::size_t{1}]);
      return;
    }
    for (auto k = model_.essential[v]; k < model_.first[v + std::size_t{1}];) {
      const auto end = model_.group_end(k, v);
      visit(Bound::essential, k, end);
      k = end;
    }
    visit(Bound::ordinary, model_.first[v], model_.essential[v]);
  }

  [[nodiscard]] std::uint32_t neighbour(std::uint64_t k) const {
    return down_ ? model_.suppliers[k] : net_.out_targets()[k];
  }
  [[nodiscard]] double weight(std::uint64_t k) const {
    if (!down_) return orders_[k];
    return unreplaced_.empty() ? model_.weights[k] : model_.weights[k] * unreplaced_[model_.suppliers[k]];
  }
  [[nodiscard]] double part(std::uint64_t k) const { return weight(k) * loss_[neighbour(k)]; }
  [[nodiscard]] double lack(std::uint64_t begin, std::uint64_t end) const {
    double sum = 0;
    for (auto k = begin; k < end; ++k) sum += part(k);
    return sum;
  }

  [[nodiscard]] std::vector<double> orders_by_link() const {
    if (down_) return {};
    std::vector<double> orders(net_.links());
    for_places_of_customers(net_, [&](std::uint64_t l, std::uint64_t place) { orders[l] = model_.orders[place]; });
    return orders;
  }

  const Network& net_;
  const CascadeModel& model_;
  bool down_;
  std::span<const double> shock_;
  const std::vector<double>& loss_;
  std::vector<double> unreplaced_;
  std::vector<double> orders_ = orders_by_link();  // [m] Λᵘ by LinkId
};

/// Runs a cascade again and again over one plan.
class CascadeRuns {
 public:
  CascadeRuns(const Network& net, const CascadeModel& model, const DirectedShock& shock, const CascadeOptions& options,
              std::span<const double> weight, Along along, std::uint32_t target)
      : shock_(shock), rule_{options.tolerance, options.max_steps}, down_(along == Along::downstream), target_(target) {
    const auto order = own_order(model.n);
    plan_ = make_front(net, model, weight, order, order);
  }

  [[nodiscard]] double operator()(const Staying& staying, const Control& control) const {
    Front front(plan_, true);
    front.begin();
    for (std::uint32_t v = 0; v < plan_.n; ++v) {
      if (staying[v] == 0 || (shock_.downstream[v] == 0 && shock_.upstream[v] == 0)) continue;
      front.shock(v, shock_.downstream[v], shock_.upstream[v]);
    }
    front.run(rule_, std::numeric_limits<std::uint64_t>::max(), control);
    return down_ ? front.down(target_) : front.up(target_);
  }

 private:
  DirectedShock shock_;
  CascadeRule rule_;
  bool down_;
  std::uint32_t target_;
  FrontPlan plan_;
};

}  // namespace impact_detail

CHAINQUAL_KERNEL Why why(const Network& net, const DirectedShock& shock, EnterpriseId target,
                         const CascadeOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  namespace detail = impact_detail;
  detail::check_target(net, target);
  detail::check_lost_capacity(shock.downstream, net.enterprises());
  detail::check_lost_capacity(shock.upstream, net.enterprises());
  const detail::CascadeModel weights = detail::make_cascade(net, model, control);
  const std::vector<double> in_totals = weights_in_totals(net, model.weight);
  CascadeResult result;
  detail::run_cascade(net, weights, shock, model, in_totals, detail::phase_of_first_run(control), result);
  const auto own = options.along == Along::downstream ? shock.downstream : shock.upstream;
  const detail::CascadeView view(net, weights, options.along, own, result);

  Why out = detail::begin_why(Model::cascade, options.along, target, view.loss());
  out.own = own[target.index()];
  view.tell(target.value, out);
  const bool up = options.along == Along::upstream;
  if (up ? result.truncated : result.truncated_downstream) {
    const std::uint8_t cut = up ? detail::circle_of_orders : detail::circle_of_inputs;
    out.notes.push_back(detail::truncation_note(model.tolerance, weights.circles, cut));
  }
  std::vector<double> holding;
  const detail::Rows binding = view.binding_rows(holding);
  if (out.loss > 0)
    out.paths =
        detail::paths_to_target(detail::origin_of(binding, holding, view.loss(), target.value), options.paths, control);
  auto candidates = detail::candidates_of(detail::origin_of(view.rows(), own, view.loss(), target.value));
  if (!weights.market.empty()) detail::add_the_others(own, candidates);
  std::optional<detail::CascadeRuns> runs;
  if (candidates.size() > 1) {
    runs.emplace(net, weights, shock, model, in_totals, options.along, target.value);
  }
  const auto loss_of = [&](const detail::Staying& staying, const Control& inner) { return (*runs)(staying, inner); };
  out.rule = detail::split_by_runs(out.loss, candidates, net.enterprises(), options.separate_sources, model.tolerance,
                                   loss_of, control, out.sources);
  return detail::end_why(std::move(out), names, control);
}

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                         const CascadeOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  return why(net, DirectedShock{shock, shock}, target, model, options, names, control);
}

}  // namespace v1
}  // namespace chainqual
