#pragma once

// `why` of distress.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/distress-inl.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"
#include "chainqual/impact/linear-inl.hpp"

namespace chainqual {
inline namespace v1 {

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                         const DistressOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  namespace detail = impact_detail;
  detail::check_target(net, target);
  DistressOptions asked = model;
  asked.downstream = options.along == Along::downstream;
  asked.upstream = !asked.downstream;
  detail::check(asked);
  detail::check_shock(shock, net.enterprises());
  detail::check_links(net);
  const std::vector<double> weight = weights_in_totals(net, asked.weight);
  const auto& exposure = asked.downstream ? asked.downstream_exposure : asked.upstream_exposure;
  const auto& other = asked.downstream ? asked.upstream_exposure : asked.downstream_exposure;
  const std::uint64_t capped = detail::check_exposures(net, exposure);
  static_cast<void>(detail::check_exposures(net, other));

  const detail::DistressJob job{&net, options.along, exposure, shock, weight, &asked};
  detail::DistressSpread spread(job);
  spread.keep_handed();
  DistressRun run = spread.run(detail::phase_of_first_run(control));
  run.exposures_capped = capped;
  const std::vector<double> handed = spread.take_handed();
  const std::vector<double> loss = spread.take_losses();
  detail::Rows rows = spread.take_rows();

  Why out = detail::begin_why(Model::distress, options.along, target, loss);
  out.own = shock[target.index()];
  out.binding = detail::binding_input(rows, handed, net.segment(), target.value, out.arrived);
  out.capped = out.own + out.arrived > 1;
  out.holds = detail::larger_part(out);
  const detail::Origin origin = detail::origin_of(rows, shock, loss, target.value);
  if (asked.spectral_radius) {
    run.spectral_radius = detail::LinearSystem(std::move(rows), options.along).spectral_radius(control);
  }
  detail::add_notes(run, options.along, asked, out.notes);
  if (out.loss > 0) out.paths = detail::paths_to_target(origin, options.paths, control);
  const auto loss_of = [&](const detail::Staying& staying, const Control& inner) {
    std::vector<double> left(shock.begin(), shock.end());
    for (std::size_t v = 0; v < left.size(); ++v) left[v] = staying[v] == 0 ? 0 : left[v];
    const detail::DistressJob without{&net, options.along, exposure, left, weight, &asked};
    detail::DistressSpread again(without);
    static_cast<void>(again.run(inner));
    return again.take_losses()[target.index()];
  };
  out.rule = detail::split_by_runs(out.loss, detail::candidates_of(origin), net.enterprises(), options.separate_sources,
                                   0, loss_of, control, out.sources);
  return detail::end_why(std::move(out), names, control);
}

}  // namespace v1
}  // namespace chainqual
