#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/explain_parts-inl.hpp"
#include "chainqual/impact/explain_text-inl.hpp"
#include "chainqual/impact/linear-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline Rows transposed(const Rows& rows) {
  Rows out;
  out.own_offsets.assign(rows.size() + 1, 0);
  out.own_neighbours.resize(rows.neighbours.size());
  out.weights = LargeArray<double>(rows.neighbours.size());
  for (const std::uint32_t u : rows.neighbours) ++out.own_offsets[u + 1];
  std::partial_sum(out.own_offsets.begin(), out.own_offsets.end(), out.own_offsets.begin());
  std::vector<std::uint64_t> next(out.own_offsets.begin(), out.own_offsets.end());
  for (std::uint32_t v = 0; v < rows.size(); ++v) {
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      const auto at = next[rows.neighbours[k]]++;
      out.own_neighbours[at] = v;
      out.weights[at] = rows.weights[k];
    }
  }
  out.offsets = out.own_offsets;
  out.neighbours = out.own_neighbours;
  return out;
}

/// Splits the target's loss among the sources at the origin. See SplitRule.
class Split {
 public:
  Split(const Origin& origin, const LinearSystem& system, Along along, double loss, const WhyOptions& options,
        const Control& control)
      : origin_(origin), system_(system), along_(along), loss_(loss), options_(options), control_(control) {
    for (std::uint32_t v = 0; v < origin.nodes.size(); ++v) {
      if (origin.shock[v] > 0) sources_.push_back(v);
    }
    std::stable_sort(sources_.begin(), sources_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return origin.shock[a] > origin.shock[b]; });
  }

  SplitRule run(std::vector<SourceShare>& shares) {
    if (!(loss_ > 0)) return SplitRule::superposition;
    if (superpose(shares)) return SplitRule::superposition;
    const bool told_apart = differences(shares, true);
    if (!told_apart) differences(shares, false);
    return told_apart ? SplitRule::remove_one : SplitRule::alone;
  }

 private:
  [[nodiscard]] bool cap_binds() const {
    if (!options_.linear.capped) return false;
    std::vector<double> x(origin_.nodes.size(), 0.0);
    system_.solve(origin_.shock, x, options_.linear, control_);
    for (std::uint32_t v = 0; v < origin_.nodes.size(); ++v) {
      // A loss that rounding put a hair above 1 still superposes.
      if (eliminate(receive(system_.rows(), v, x.data(), origin_.shock[v])) > 1 + 1e-12) return true;
    }
    return false;
  }

  /// One adjoint solve gives what each unit of shock contributes. Every component here passes loss on without reaching
  /// the cap, so its radius is below 1; false where rounding makes that uncertain.
  bool superpose(std::vector<SourceShare>& shares) const {
    if (cap_binds()) return false;
    LinearOptions uncapped = options_.linear;
    uncapped.capped = false;
    std::vector<double> unit(origin_.nodes.size(), 0.0);
    std::vector<double> effect(origin_.nodes.size(), 0.0);
    unit[origin_.target] = 1;
    try {
      const LinearSystem adjoint(transposed(system_.rows()), along_);
      if (!adjoint.solve(unit, effect, uncapped, control_).converged) return false;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::no_solution) throw;
      return false;
    }
    for (const std::uint32_t v : sources_) {
      const double part = origin_.shock[v] * effect[v];
      shares.push_back({EnterpriseId{origin_.nodes[v]}, origin_.shock[v], part, 0, part});
    }
    settle_shares(loss_, shares);
    return true;
  }

  [[nodiscard]] double target_loss(std::span<const double> shock) const {
    std::vector<double> x(origin_.nodes.size(), 0.0);
    system_.solve(shock, x, options_.linear, control_);
    return x[origin_.target];
  }

  /// The target's loss without each source (`without`), or under each alone; false when that tells nothing apart.
  bool differences(std::vector<SourceShare>& shares, bool without) const {
    shares.clear();
    std::vector<double> shock = without ? origin_.shock : std::vector<double>(origin_.nodes.size(), 0.0);
    const auto set = [&](std::uint32_t v, bool there) { shock[v] = there ? origin_.shock[v] : 0.0; };
    const auto effect = [&] { return without ? std::max(0.0, loss_ - target_loss(shock)) : target_loss(shock); };
    const std::size_t apart = std::min<std::size_t>(sources_.size(), options_.separate_sources);
    for (std::size_t k = 0; k < apart; ++k) {
      set(sources_[k], !without);
      const double found = effect();
      set(sources_[k], without);
      shares.push_back({EnterpriseId{origin_.nodes[sources_[k]]}, origin_.shock[sources_[k]], found, 0, found});
    }
    if (apart < sources_.size()) {
      for (std::size_t k = apart; k < sources_.size(); ++k) set(sources_[k], !without);
      const double found = effect();
      shares.push_back({EnterpriseId::none(), origin_.shock[sources_[apart]], found, 0, found});
    }
    return scale_shares(loss_, (without ? least_fall : least_effect) * loss_, shares);
  }

  const Origin& origin_;
  const LinearSystem& system_;
  Along along_;
  double loss_;
  const WhyOptions& options_;
  const Control& control_;
  std::vector<std::uint32_t> sources_;
};

}  // namespace impact_detail

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                         const WhyOptions& options, const WhyNames& names, const Control& control) {
  namespace detail = impact_detail;
  detail::check(options.linear);
  detail::check_shock(shock, net.enterprises());
  detail::check_links(net);
  detail::check_target(net, target);
  const detail::LinearSystem system(net, options.along, detail::Side::effect);
  std::vector<double> loss(net.enterprises(), 0.0);
  system.solve(shock, loss, options.linear, phase_of(control, 0, 0.5));
  const Control quiet{control.executor, control.cancel, {}};

  Why out;
  out.enterprise = target;
  out.along = options.along;
  out.loss = loss[target.index()];
  out.own = shock[target.index()];
  out.binding = detail::binding_input(system.rows(), loss, net.segment(), target.value, out.arrived);
  out.capped = options.linear.capped &&
               detail::eliminate(detail::receive(system.rows(), target.value, loss.data(), out.own)) > 1;
  detail::Origin origin = detail::origin_of(system.rows(), shock, loss, target.value);
  out.holds = detail::larger_part(out);
  out.paths = detail::paths_to_target(origin, options.paths, quiet);
  const detail::LinearSystem part(std::move(origin.rows), options.along);
  out.rule = detail::Split(origin, part, options.along, out.loss, options, quiet).run(out.sources);
  out.sentence = detail::why_sentence(out, names);
  if (control.progress) control.progress(1.0);
  return out;
}

}  // namespace v1
}  // namespace chainqual
