#pragma once

// Losses of the scenarios under sets of measures, each run of the model made once.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/impact/mitigation_cases-inl.hpp"
#include "chainqual/impact/mitigation_network-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// The weights in totals that the chosen model goes by.
inline std::vector<double> model_weights(const Network& net, const ModelOptions& options) {
  switch (options.model) {
    case Model::cascade:
      return weights_in_totals(net, options.cascade.weight);
    case Model::contagion:
      return weights_in_totals(net, options.contagion.weight);
    case Model::distress:
      return weights_in_totals(net, options.distress.weight);
    case Model::dynamics:
      return weights_in_totals(net, options.dynamics.weight);
    case Model::inoperability:
      return weights_in_totals(net, options.inoperability.weight);
    case Model::linear:
      break;
  }
  return default_weight(net);
}

/// Loss of every scenario under any set of measures. A run belongs to a scenario and those of the measures that touch
/// it: what has been run is remembered (up to a million runs).
class LossTable {
 public:
  LossTable(Network net, std::vector<LossCase> cases, std::span<const PlacedMeasure> measures,
            const MitigationOptions& options)
      : cases_(std::move(cases)),
        measures_(measures),
        options_(options),
        model_(options.model),
        weight_(model_weights(net, options.model)),
        networks_(freeze_final_demand(std::move(net)), measures, options.model.model == Model::contagion) {
    double sum = 0;
    for (const LossCase& each : cases_) sum += each.weight;
    for (LossCase& each : cases_) each.weight /= sum;
    touching_.resize(cases_.size());
    for (std::size_t c = 0; c < cases_.size(); ++c) {
      for (std::uint32_t k = 0; k < measures_.size(); ++k) {
        if (touches(k, c)) touching_[c].push_back(k);
      }
    }
    largest_.assign(cases_.size(), 0.0);
  }

  /// Mean loss over the scenarios, in units of v, with each set of measures (ascending).
  [[nodiscard]] std::vector<double> losses(std::span<const ItemSet> sets, const Control& control) {
    std::vector<Run> runs;                                // that are to be made
    std::unordered_map<Key, std::size_t, KeyHash> asked;  // and where each is in `runs`
    std::vector<std::vector<Source>> sources(sets.size());
    for (std::size_t s = 0; s < sets.size(); ++s) {
      for (std::uint32_t c = 0; c < cases_.size(); ++c) {
        if (!(cases_[c].weight > 0)) continue;
        ItemSet taken;
        std::set_intersection(sets[s].begin(), sets[s].end(), touching_[c].begin(), touching_[c].end(),
                              std::back_inserter(taken));
        const Key key = key_of_run(c, taken);
        const auto known = known_.find(key);
        if (known != known_.end()) {
          sources[s].push_back({c, known->second, Source::known});
          continue;
        }
        const auto [at, fresh] = asked.emplace(key, runs.size());
        if (fresh) runs.push_back({c, std::move(taken), key, 0, 0});
        sources[s].push_back({c, 0, at->second});
      }
    }
    make(runs, control);
    for (const Run& run : runs) {
      if (run.taken.empty()) largest_[run.scenario] = run.largest;
      if (known_.size() < most_known) known_.emplace(run.key, run.loss);
    }
    std::vector<double> out(sets.size(), 0.0);
    for (std::size_t s = 0; s < sets.size(); ++s) {
      for (const Source& source : sources[s]) {
        const double loss = source.run == Source::known ? source.loss : runs[source.run].loss;
        out[s] += cases_[source.scenario].weight * loss;
      }
    }
    return out;
  }

  /// Measures that touch a scenario, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& touching(std::size_t scenario) const { return touching_[scenario]; }
  [[nodiscard]] const std::vector<LossCase>& cases() const noexcept { return cases_; }
  /// Largest loss of an enterprise without any measure; known once that was asked for.
  [[nodiscard]] double largest_loss(std::size_t scenario) const { return largest_[scenario]; }
  [[nodiscard]] double total_weight() const { return std::accumulate(weight_.begin(), weight_.end(), 0.0); }
  [[nodiscard]] std::uint64_t runs() const noexcept { return runs_; }
  [[nodiscard]] const AlternateNetworks& networks() const noexcept { return networks_; }

 private:
  struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint32_t scenario = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return static_cast<std::size_t>(mixed(key.low ^ mixed(key.high + key.scenario)));
    }
  };
  struct Run {
    std::uint32_t scenario;
    ItemSet taken;
    Key key;
    double loss;
    double largest;
  };
  struct Source {
    static constexpr std::size_t known = static_cast<std::size_t>(-1);
    std::uint32_t scenario;
    double loss;
    std::size_t run;
  };
  /// A network and the options that go with it.
  struct Setting {
    Network net;
    ModelOptions model;
  };
  static constexpr std::size_t most_known = std::size_t{1} << 20U;

  static std::uint64_t mixed(std::uint64_t x) noexcept {  // SplitMix64's output function
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }

  /// One bit a measure; where there are over 128, 128 bits mixed of the members: two sets of a million then share a key
  /// with a chance below 1e-26.
  [[nodiscard]] Key key_of_run(std::uint32_t scenario, const ItemSet& taken) const {
    Key key{0, 0, scenario};
    for (const std::uint32_t k : taken) {
      if (measures_.size() > 128) {
        key.low ^= mixed(2 * std::uint64_t{k} + 1);
        key.high ^= mixed(mixed(2 * std::uint64_t{k} + 2));
      } else if (k < 64) {
        key.low |= std::uint64_t{1} << k;
      } else {
        key.high |= std::uint64_t{1} << (k - 64U);
      }
    }
    return key;
  }

  /// What is sold outside the chain stays as it is when links change.
  Network freeze_final_demand(Network net) {
    auto& demand = model_.dynamics.final_demand;
    const bool alternates = std::any_of(measures_.begin(), measures_.end(),
                                        [](const PlacedMeasure& each) { return each.kind == MeasureKind::alternate; });
    if (!alternates || model_.model != Model::dynamics || !demand.empty()) return net;
    const std::vector<double> bought = row_sums(net.in_offsets(), net.in_values());
    demand = row_sums(net.out_offsets(), net.out_values());
    for (std::size_t v = 0; v < demand.size(); ++v) demand[v] = std::max(0.0, bought[v] - demand[v]);
    return net;
  }

  [[nodiscard]] bool touches(std::uint32_t k, std::size_t c) const {
    const PlacedMeasure& measure = measures_[k];
    if (!(measure.amount > 0)) return false;
    const LossCase& scenario = cases_[c];
    switch (measure.kind) {
      case MeasureKind::stock:
        return model_.model == Model::dynamics && shocks_anything(scenario);
      case MeasureKind::alternate:
        return networks_.carries(measure) && shocks_anything(scenario);
      case MeasureKind::project:
        break;
    }
    return std::any_of(scenario.parts.begin(), scenario.parts.end(), [&](const ShockPart& part) {
      return solves(measure, part) &&
             std::any_of(part.at.begin(), part.at.end(), [](const Disruption& each) { return each.magnitude > 0; });
    });
  }

  /// Networks are made for some sets of alternates at a time, so that large ones do not fill the memory.
  void make(std::vector<Run>& runs, const Control& control) {
    if (runs.empty()) return;
    std::map<ItemSet, std::vector<std::size_t>> by_links;  // alternates taken, and the runs that share them
    for (std::size_t r = 0; r < runs.size(); ++r) by_links[alternates_of(runs[r].taken)].push_back(r);
    constexpr std::size_t memory = std::size_t{256} << 20U;
    const std::size_t together =
        std::max<std::size_t>(executor_of(control).concurrency(), memory / (networks_.base().memory() + 1));
    Progress progress(control, runs.size());
    auto next = by_links.begin();
    while (next != by_links.end()) {
      std::vector<const ItemSet*> links;
      std::vector<std::pair<std::size_t, std::size_t>> work;  // setting, run
      for (; next != by_links.end() && links.size() < together; ++next) {
        for (const std::size_t r : next->second) work.emplace_back(links.size(), r);
        links.push_back(&next->first);
      }
      std::vector<Setting> settings(links.size());
      for_chunks(control, links.size(), 1,
                 [&](std::size_t k, std::size_t, std::size_t) { settings[k] = setting(*links[k]); });
      if (work.size() == 1) {  // the model itself may then use the threads
        run(settings[0], runs[work[0].second], {control.executor, control.cancel, {}});
        progress.add(1);
      } else {
        const Control inner{&inline_executor(), control.cancel, {}};
        for_chunks(control, work.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
          run(settings[work[k].first], runs[work[k].second], inner);
          progress.add(1);
        });
      }
      runs_ += work.size();
    }
    progress.finish();
  }

  [[nodiscard]] ItemSet alternates_of(const ItemSet& taken) const {
    ItemSet out;
    for (const std::uint32_t k : taken) {
      if (measures_[k].kind == MeasureKind::alternate) out.push_back(k);
    }
    return out;
  }

  [[nodiscard]] Setting setting(const ItemSet& alternates) const {
    if (alternates.empty()) return {networks_.base(), model_};
    Setting made{networks_.with(alternates), model_};
    CascadeOptions& cascade = made.model.cascade;
    const auto shift = [&](std::vector<double>& given, const auto& before, const auto& after) {
      for (std::size_t v = 0; v < given.size() && v < before.size(); ++v) given[v] += after[v] - before[v];
    };
    const Network& base = networks_.base();
    if (!cascade.revenue.empty()) {
      shift(cascade.revenue, row_sums(base.out_offsets(), base.out_values()),
            row_sums(made.net.out_offsets(), made.net.out_values()));
    }
    if (!cascade.cost.empty()) {
      shift(cascade.cost, row_sums(base.in_offsets(), base.in_values()),
            row_sums(made.net.in_offsets(), made.net.in_values()));
    }
    return made;
  }

  [[nodiscard]] PlacedScenario placed(const Network& net, const LossCase& scenario, const ItemSet& taken) const {
    PlacedScenario out;
    std::vector<PlacedShock> shocks;
    std::optional<LinkWeight> weight;
    for (const ShockPart& part : scenario.parts) {
      double left = 1;
      for (const std::uint32_t k : taken) {
        if (solves(measures_[k], part)) left *= 1 - measures_[k].amount;
      }
      for (Disruption each : part.at) {
        if (part.link) {
          if (!weight) weight.emplace(net, Along::downstream);
          const auto link = net.find_link(part.supplier, each.enterprise);
          each.magnitude = link ? std::min(1.0, part.magnitude * (*weight)(link->index(), part.supplier.value)) : 0.0;
        }
        each.magnitude *= left;
        if (!(each.magnitude > 0)) continue;
        shocks.push_back({each.enterprise, each.magnitude});
        out.disruptions.push_back(std::move(each));
      }
    }
    out.shock = combine_shocks(net.enterprises(), shocks);
    return out;
  }

  void run(const Setting& setting, Run& one, const Control& control) const {
    const PlacedScenario scenario = placed(setting.net, cases_[one.scenario], one.taken);
    const bool stocks = std::any_of(one.taken.begin(), one.taken.end(),
                                    [&](std::uint32_t k) { return measures_[k].kind == MeasureKind::stock; });
    const ModelRun result = stocks ? propagate(setting.net, scenario, with_stocks(setting.model, one.taken), control)
                                   : propagate(setting.net, scenario, setting.model, control);
    const std::vector<double>& loss = options_.counted == LossKind::downstream ? result.downstream
                                      : options_.counted == LossKind::upstream ? result.upstream
                                                                               : result.combined;
    if (loss.size() != weight_.size()) {
      const auto& name = names_of(options_.counted);
      throw Error(ErrorCode::invalid_argument,
                  {"要减少的是" + std::string(name.zh) + "，但模型没有计算这个方向。请打开该方向，或改为综合损失。",
                   "what is to be avoided is the " + std::string(name.en) +
                       ", but the model was not asked for that direction. Turn it on, or count the combined loss."});
    }
    for (std::size_t v = 0; v < loss.size(); ++v) {
      one.loss += weight_[v] * loss[v];
      one.largest = std::max(one.largest, loss[v]);
    }
  }

  [[nodiscard]] ModelOptions with_stocks(ModelOptions model, const ItemSet& taken) const {
    auto& days = model.dynamics.stock_days_each;
    if (days.empty()) days.assign(weight_.size(), model.dynamics.stock_days);
    for (const std::uint32_t k : taken) {
      const PlacedMeasure& measure = measures_[k];
      if (measure.kind == MeasureKind::stock && measure.customer.index() < days.size()) {
        days[measure.customer.index()] += measure.amount;
      }
    }
    return model;
  }

  std::vector<LossCase> cases_;
  std::span<const PlacedMeasure> measures_;
  const MitigationOptions& options_;
  ModelOptions model_;
  std::vector<double> weight_;
  AlternateNetworks networks_;
  std::vector<std::vector<std::uint32_t>> touching_;
  std::vector<double> largest_;
  std::unordered_map<Key, double, KeyHash> known_;
  std::uint64_t runs_ = 0;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
