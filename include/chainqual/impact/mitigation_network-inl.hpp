#pragma once

// The network in which some alternates supply.

#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/impact/mitigation_place-inl.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Makes networks that differ from one by alternates. Links that everything has moved away from are left out, and links
/// that nothing moves to are not there; unless `all_links`, where both stay without weight, so that LinkIds are the
/// same in all networks.
class AlternateNetworks {
 public:
  AlternateNetworks(Network base, std::span<const PlacedMeasure> measures, bool all_links)
      : base_(std::move(base)),
        measures_(measures),
        all_links_(all_links),
        bought_(row_sums(base_.in_offsets(), base_.in_values())) {
    for (const PlacedMeasure& measure : measures_) {
      if (measure.kind != MeasureKind::alternate) continue;
      any_ = true;
      escapes_ = escapes_ || measure.escape.has_value();
    }
    escapes_ = escapes_ || !base_.escape().empty();
    if (any_ && all_links_) base_ = changed({});
  }

  /// The network without alternates.
  [[nodiscard]] const Network& base() const noexcept { return base_; }

  /// The network with those of `taken` that are alternates. Reads only.
  [[nodiscard]] Network with(std::span<const std::uint32_t> taken) const { return changed(taken); }

  /// Whether there is anything on the measure's link that could move.
  [[nodiscard]] bool carries(const PlacedMeasure& measure) const {
    const auto link = own_link(measure);
    return link && (base_.out_values()[*link] > 0 || dependency(*link) > 0);
  }

 private:
  static constexpr float none = std::numeric_limits<float>::quiet_NaN();

  /// What moves to one link, from one link or several.
  struct Arrival {
    double value = 0;
    double dependency = 0;
    bool given = false;   ///< some link of origin has a dependency of its own
    double escaping = 0;  ///< Σ dependency · escape
    bool escape_given = false;
  };
  struct Changes {
    std::map<std::uint64_t, double> leaving;                              // by link: share
    std::map<std::pair<std::uint32_t, std::uint32_t>, Arrival> arriving;  // by alternate and customer
  };
  struct Arrays {
    Network base;  // its columns of enterprises are shared
    std::vector<std::uint64_t> out_offsets, in_offsets;
    std::vector<std::uint32_t> out_targets, in_sources;
    std::vector<float> out_values, in_values, dependency, escape;
  };

  [[nodiscard]] static bool given(std::span<const float> column, std::uint64_t link) {
    return !column.empty() && !std::isnan(column[link]);
  }
  /// d_ij as given, else W_ij / u_j.
  [[nodiscard]] double dependency(std::uint64_t link) const {
    if (given(base_.dependency(), link)) return static_cast<double>(base_.dependency()[link]);
    return quotient(static_cast<double>(base_.out_values()[link]), bought_[base_.out_targets()[link]]);
  }
  [[nodiscard]] double escape(std::uint64_t link) const {
    return given(base_.escape(), link) ? static_cast<double>(base_.escape()[link]) : 1.0;
  }
  /// The present link in `base_`, whose ids may differ from those in which measures were placed.
  [[nodiscard]] std::optional<std::uint64_t> own_link(const PlacedMeasure& measure) const {
    const auto link = base_.find_link(measure.supplier, measure.customer);
    return link ? std::optional(link->value) : std::nullopt;
  }

  [[nodiscard]] Changes changes(std::span<const std::uint32_t> taken) const {
    Changes out;
    if (all_links_) {
      for (const PlacedMeasure& measure : measures_) {
        if (measure.kind == MeasureKind::alternate) out.arriving[{measure.alternate.value, measure.customer.value}];
      }
    }
    for (const std::uint32_t k : taken) {
      if (measures_[k].kind == MeasureKind::alternate) out.leaving[*own_link(measures_[k])] += measures_[k].amount;
    }
    for (const std::uint32_t k : taken) {
      const PlacedMeasure& measure = measures_[k];
      if (measure.kind != MeasureKind::alternate) continue;
      const std::uint64_t link = *own_link(measure);
      const double share = measure.amount / std::max(1.0, out.leaving[link]);
      const auto strengthened = base_.find_link(measure.alternate, measure.customer);
      Arrival& arrival = out.arriving[{measure.alternate.value, measure.customer.value}];
      const double moved = share * dependency(link);
      arrival.value += share * static_cast<double>(base_.out_values()[link]);
      arrival.dependency += moved;
      arrival.given = arrival.given || given(base_.dependency(), link);
      const std::uint64_t model =
          strengthened && given(base_.escape(), strengthened->value) ? strengthened->value : link;
      arrival.escaping += moved * measure.escape.value_or(escape(model));
      arrival.escape_given = arrival.escape_given || measure.escape || given(base_.escape(), model);
    }
    return out;
  }

  [[nodiscard]] Network changed(std::span<const std::uint32_t> taken) const {
    const Changes change = changes(taken);
    auto held = std::make_shared<Arrays>();
    held->base = base_;
    const std::uint32_t n = base_.enterprises();
    held->out_offsets.reserve(std::size_t{n} + 1);
    held->out_offsets.push_back(0);
    auto arriving = change.arriving.begin();
    auto leaving = change.leaving.begin();
    for (std::uint32_t i = 0; i < n; ++i) {
      for (auto link = base_.out_offsets()[i]; link < base_.out_offsets()[i + std::size_t{1}]; ++link) {
        const std::uint32_t target = base_.out_targets()[link];
        for (; arriving != change.arriving.end() && arriving->first < std::pair(i, target); ++arriving) {
          add_new(*held, arriving->first.second, arriving->second);
        }
        double kept = 1;
        if (leaving != change.leaving.end() && leaving->first == link) kept = 1 - std::min(1.0, (leaving++)->second);
        const bool more = arriving != change.arriving.end() && arriving->first == std::pair(i, target);
        if (kept == 1 && !more) {
          copy(*held, link);
        } else if (kept > 0 || more || all_links_) {
          add_changed(*held, link, kept, more ? arriving->second : Arrival{});
        }
        if (more) ++arriving;
      }
      for (; arriving != change.arriving.end() && arriving->first.first == i; ++arriving) {
        add_new(*held, arriving->first.second, arriving->second);
      }
      held->out_offsets.push_back(held->out_targets.size());
    }
    return finished(std::move(held));
  }

  void copy(Arrays& held, std::uint64_t link) const {
    held.out_targets.push_back(base_.out_targets()[link]);
    held.out_values.push_back(base_.out_values()[link]);
    if (!base_.dependency().empty()) held.dependency.push_back(base_.dependency()[link]);
    if (escapes_) held.escape.push_back(given(base_.escape(), link) ? base_.escape()[link] : none);
  }

  void add_new(Arrays& held, std::uint32_t customer, const Arrival& arrival) const {
    held.out_targets.push_back(customer);
    held.out_values.push_back(static_cast<float>(arrival.value));
    if (!base_.dependency().empty()) held.dependency.push_back(arrival.given ? capped(arrival.dependency) : none);
    if (escapes_) held.escape.push_back(arrival.escape_given ? mean_escape(0, 1, arrival) : none);
  }

  void add_changed(Arrays& held, std::uint64_t link, double kept, const Arrival& arrival) const {
    const double own = kept * dependency(link);
    held.out_targets.push_back(base_.out_targets()[link]);
    held.out_values.push_back(static_cast<float>(kept * static_cast<double>(base_.out_values()[link]) + arrival.value));
    if (!base_.dependency().empty()) {
      const bool known = arrival.given || given(base_.dependency(), link);
      held.dependency.push_back(known ? capped(own + arrival.dependency) : none);
    }
    if (!escapes_) return;
    const bool known = arrival.escape_given || given(base_.escape(), link);
    held.escape.push_back(known ? mean_escape(own, escape(link), arrival) : none);
  }

  [[nodiscard]] static float capped(double dependency) { return static_cast<float>(std::min(1.0, dependency)); }

  [[nodiscard]] static float mean_escape(double own, double escape, const Arrival& arrival) {
    const double depends = own + arrival.dependency;
    if (!(arrival.dependency > 0)) return static_cast<float>(escape);
    return static_cast<float>(std::min(1.0, (own * escape + arrival.escaping) / depends));
  }

  [[nodiscard]] Network finished(std::shared_ptr<Arrays> held) const {
    Arrays& a = *held;
    const std::uint32_t n = base_.enterprises();
    const std::size_t m = a.out_targets.size();
    a.in_offsets.assign(std::size_t{n} + 1, 0);
    for (const std::uint32_t target : a.out_targets) ++a.in_offsets[target + std::size_t{1}];
    for (std::uint32_t v = 0; v < n; ++v) a.in_offsets[v + std::size_t{1}] += a.in_offsets[v];
    a.in_sources.resize(m);
    a.in_values.resize(m);
    std::vector<std::uint64_t> next(a.in_offsets.begin(), a.in_offsets.end());
    for (std::uint32_t i = 0; i < n; ++i) {
      for (auto link = a.out_offsets[i]; link < a.out_offsets[i + std::size_t{1}]; ++link) {
        const std::uint64_t place = next[a.out_targets[link]]++;
        a.in_sources[place] = i;
        a.in_values[place] = a.out_values[link];
      }
    }
    NetworkParts parts = a.base.parts();
    parts.out_offsets = a.out_offsets;
    parts.out_targets = a.out_targets;
    parts.out_values = a.out_values;
    parts.in_offsets = a.in_offsets;
    parts.in_sources = a.in_sources;
    parts.in_values = a.in_values;
    parts.dependency = a.dependency;
    parts.escape = a.escape;
    parts.owner = std::move(held);
    return Network::from_parts(std::move(parts), PartsCheck::shape);
  }

  Network base_;
  std::span<const PlacedMeasure> measures_;
  bool all_links_;
  bool any_ = false;
  bool escapes_ = false;
  std::vector<double> bought_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
