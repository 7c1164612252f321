#pragma once

// `why` of dynamic inoperability.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"
#include "chainqual/impact/inoperability-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Calls day_begins(day, q) for every day of the horizon.
template <class DayBegins>
void run_inoperability(InoperabilityRun& run, const DisruptionPlan& plan, const InoperabilityOptions& options,
                       const Control& control, DayBegins&& day_begins) {
  std::vector<double> forcing(run.q().size(), 0.0);
  Progress progress(control, options.days);
  for (std::uint32_t day = 0; day < options.days; ++day) {
    day_begins(day, run.q());
    place_forcing(forcing, plan, day);
    for (std::uint32_t step = 0; step < options.steps_per_day; ++step) {
      throw_if_cancelled(control);
      static_cast<void>(run.advance(forcing, control));
    }
    progress.add(1);
  }
  progress.finish();
}

/// Mean q that every enterprise would have if it had no neighbours: its own shock.
inline std::vector<double> own_inoperability(const DisruptionPlan& plan, const InoperabilityOptions& options,
                                             const std::vector<double>& rate) {
  std::vector<double> mean(rate.size(), 0.0);
  std::vector<std::size_t> place(rate.size(), plan.enterprises().size());
  for (std::size_t k = 0; k < plan.enterprises().size(); ++k) place[plan.enterprises()[k]] = k;
  for (std::size_t v = 0; v < rate.size(); ++v) {
    double q = options.initial.empty() ? 0 : options.initial[v];
    const bool named = place[v] < plan.enterprises().size();
    if (q == 0 && !named) continue;
    for (std::uint32_t day = 0; day < options.days; ++day) {
      mean[v] += q / options.days;
      const double forcing = named ? plan.loss(place[v], day) : 0;
      for (std::uint32_t step = 0; step < options.steps_per_day; ++step) {
        q += apart(rate[v] / options.steps_per_day * (forcing - q));
      }
    }
    mean[v] = std::min(mean[v], 1.0);
  }
  return mean;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const Disruption> disruptions, EnterpriseId target,
                         const InoperabilityOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  namespace detail = impact_detail;
  const std::size_t n = net.enterprises();
  detail::check_target(net, target);
  InoperabilityOptions asked = model;
  asked.downstream = options.along == Along::downstream;
  asked.upstream = !asked.downstream;
  detail::check(asked, n);
  detail::check_links(net);
  static_cast<void>(weights_in_totals(net, asked.weight));
  const DisruptionPlan plan(disruptions, n);
  detail::InoperabilityRun run(net, options.along, asked);
  std::vector<double> loss(n, 0.0);
  WhyDay worst{asked.days, 0, 0};
  detail::run_inoperability(run, plan, asked, detail::phase_of_first_run(control),
                            [&](std::uint32_t day, const std::vector<double>& q) {
                              for (std::size_t v = 0; v < n; ++v) loss[v] += q[v];
                              const double now = q[target.index()];
                              if (now > worst.loss + detail::tie) worst = {asked.days, day, now};
                            });
  for (double& value : loss) value /= asked.days;

  Why out = detail::begin_why(Model::inoperability, options.along, target, loss);
  out.worst = worst;
  const std::vector<double> own = detail::own_inoperability(plan, asked, run.rate());
  out.own = own[target.index()];
  const detail::Rows rows = detail::make_rows(net, options.along, detail::Side::effect);
  out.binding = detail::binding_input(rows, loss, net.segment(), target.value, out.arrived);
  out.holds = detail::larger_part(out);
  const detail::Origin origin = detail::origin_of(rows, own, loss, target.value);
  if (out.loss > 0) out.paths = detail::paths_to_target(origin, options.paths, control);
  const auto loss_of = [&](const detail::Staying& staying, const Control& inner) {
    InoperabilityOptions left = asked;
    for (std::size_t v = 0; v < left.initial.size(); ++v) left.initial[v] = staying[v] == 0 ? 0 : left.initial[v];
    const DisruptionPlan those(detail::staying_of(disruptions, staying), n);
    detail::InoperabilityRun again(net, options.along, left);
    double sum = 0;
    detail::run_inoperability(again, those, left, inner,
                              [&](std::uint32_t, const std::vector<double>& q) { sum += q[target.index()]; });
    return sum / left.days;
  };
  out.rule = detail::split_by_runs(out.loss, detail::candidates_of(origin), n, options.separate_sources, 0, loss_of,
                                   control, out.sources);
  return detail::end_why(std::move(out), names, control);
}

}  // namespace v1
}  // namespace chainqual
