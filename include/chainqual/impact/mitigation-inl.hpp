#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/mitigation.hpp"
#include "chainqual/impact/mitigation_losses-inl.hpp"
#include "chainqual/impact/mitigation_text-inl.hpp"
#include "chainqual/impact/selection_parts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const MitigationOptions& options) {
  const auto refuse = [](const Text& what, double value, const Text& rule) {
    throw Error(ErrorCode::invalid_argument, {what.zh + "为 " + number(value) + "，" + rule.zh + "。",
                                              what.en + " is " + number(value) + "; " + rule.en + "."});
  };
  const Text rule{"必须是不小于 0 的有限数", "it must be finite and not negative"};
  if (!(options.budget >= 0)) {
    throw Error(ErrorCode::invalid_value, {"预算为 " + number(options.budget) + "，必须不小于 0。",
                                           "the budget is " + number(options.budget) + "; it must be 0 or more."});
  }
  const auto price = [&](const std::optional<double>& cost, const Text& what) {
    if (cost && !(*cost >= 0 && std::isfinite(*cost))) refuse(what, *cost, rule);
  };
  price(options.cost_alternate, {"每个备选供方的费用", "the cost of an alternate"});
  price(options.cost_stock_day, {"每天备货的费用", "the cost of a stock day"});
  if (!is_share(options.least_gain)) {
    refuse({"最小收益", "the least gain"}, options.least_gain, {"必须在 0 到 1 之间", "it must lie between 0 and 1"});
  }
  if (options.exact_runs == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"精确比较至少要允许 1 次推算；不想用精确解请选择贪心。",
                 "exact comparison needs at least one run: choose `greedy` to do without."});
  }
}

inline void check_no_options_by_link(const ModelOptions& model, std::span<const PlacedMeasure> measures) {
  const bool alternates = std::any_of(measures.begin(), measures.end(), [](const PlacedMeasure& measure) {
    return measure.kind == MeasureKind::alternate;
  });
  if (!alternates) return;
  const bool by_link = (model.model == Model::contagion && !(model.contagion.downstream_probability.empty() &&
                                                             model.contagion.upstream_probability.empty())) ||
                       (model.model == Model::distress &&
                        !(model.distress.downstream_exposure.empty() && model.distress.upstream_exposure.empty())) ||
                       (model.model == Model::cascade && !model.cascade.essentiality.by_link.empty());
  if (!by_link) return;
  throw Error(ErrorCode::invalid_argument,
              {"模型选项按供应关系逐条给出，而备选供方会增加供应关系，二者不能同用。请去掉这些选项，或去掉备选供方。",
               "options of the model are given link by link, but alternates add links. Leave one or the other out."});
}

/// One run of `mitigate`, from placed measures to the result.
class Mitigation {
 public:
  Mitigation(std::span<const PlacedMeasure> measures, LossTable& losses, const MitigationOptions& options,
             const Control& control)
      : measures_(measures), losses_(losses), options_(options), control_(control) {}

  MitigationResult run() {
    result_.model = options_.model.model;
    result_.counted = options_.counted;
    result_.budget = options_.budget;
    result_.weight = losses_.total_weight();
    for (const LossCase& scenario : losses_.cases()) result_.scenarios += scenario.weight > 0 ? 1U : 0U;
    judge_alone(phase_of(control_, 0, 0.2));
    classify();
    choose(phase_of(control_, 0.2, 1));
    explain();
    result_.runs = losses_.runs();
    return std::move(result_);
  }

 private:
  /// What each measure avoids by itself, also those that cannot be bought: it says whether a price is worth asking for.
  void judge_alone(const Control& control) {
    std::vector<ItemSet> sets{{}};
    for (std::uint32_t k = 0; k < measures_.size(); ++k) sets.push_back({k});
    const std::vector<double> loss = losses_.losses(sets, control);
    result_.sets += sets.size();
    result_.loss_before = loss.front();
    least_ = options_.least_gain * result_.loss_before;
    result_.outcomes.resize(measures_.size());
    for (std::size_t k = 0; k < measures_.size(); ++k) {
      MeasureOutcome& outcome = result_.outcomes[k];
      outcome.cost = measures_[k].cost;
      outcome.avoided_alone = loss.front() - loss[k + 1];
      if (outcome.cost && *outcome.cost > 0) outcome.per_cost = outcome.avoided_alone / *outcome.cost;
    }
  }

  void classify() {
    const double limit = spendable(options_.budget);
    for (std::uint32_t k = 0; k < measures_.size(); ++k) {
      MeasureOutcome& outcome = result_.outcomes[k];
      bool touches = false;
      for (std::size_t c = 0; c < losses_.cases().size(); ++c) {
        const auto& touching = losses_.touching(c);
        touches = touches || (losses_.cases()[c].weight > 0 && std::binary_search(touching.begin(), touching.end(), k));
      }
      inert_.push_back(!touches);
      if (!outcome.cost) {
        outcome.fate = MeasureFate::unpriced;
      } else if (*outcome.cost > limit) {
        outcome.fate = MeasureFate::too_dear;
      } else if (touches) {
        active_.push_back(k);
      }
    }
    result_.returns = returns();
  }

  /// Whether losses of this scenario are Σ importance · shock, whatever less is shocked.
  [[nodiscard]] bool answers_linearly(std::size_t scenario) const {
    const auto one_way = [&](bool downstream, bool upstream) {
      return options_.counted != LossKind::combined || !(downstream && upstream);
    };
    const ModelOptions& model = options_.model;
    if (model.model == Model::linear) {
      return one_way(model.linear.downstream, model.linear.upstream) &&
             (!model.linear.capped || losses_.largest_loss(scenario) < 1);
    }
    return model.model == Model::inoperability && !model.inoperability.capped &&
           one_way(model.inoperability.downstream, model.inoperability.upstream);
  }

  [[nodiscard]] Returns returns() const {
    Returns found = Returns::constant;
    for (std::size_t c = 0; c < losses_.cases().size(); ++c) {
      const LossCase& scenario = losses_.cases()[c];
      if (!(scenario.weight > 0)) continue;
      const ItemSet touching = active_touching(c);
      if (touching.size() <= 1) continue;
      const bool projects = std::all_of(touching.begin(), touching.end(),
                                        [&](std::uint32_t k) { return measures_[k].kind == MeasureKind::project; });
      if (!projects || !answers_linearly(c)) return Returns::unknown;
      const Returns own = returns_of_projects(scenario, measures_, touching);
      if (own == Returns::unknown) return own;
      if (own == Returns::diminishing) found = own;
    }
    return found;
  }

  [[nodiscard]] ItemSet active_touching(std::size_t scenario) const {
    ItemSet out;
    const auto& touching = losses_.touching(scenario);
    std::set_intersection(touching.begin(), touching.end(), active_.begin(), active_.end(), std::back_inserter(out));
    return out;
  }

  /// Whether comparing all affordable sets takes no more runs than allowed: a scenario needs a run for each different
  /// set of the measures that touch it.
  [[nodiscard]] bool few_enough(std::span<const double> cost) const {
    const std::uint64_t most = options_.exact_runs;
    const std::uint64_t sets = count_affordable(cost, options_.budget, most + (most < UINT64_MAX ? 1U : 0U));
    if (sets > most) return false;
    std::uint64_t runs = 0;
    for (std::size_t c = 0; c < losses_.cases().size(); ++c) {
      const std::size_t touching = active_touching(c).size();
      runs += touching < 63 ? std::min(sets, std::uint64_t{1} << touching) : sets;
      if (runs > most) return false;
    }
    return true;
  }

  void choose(const Control& control) {
    std::vector<double> cost;
    for (const std::uint32_t k : active_) cost.push_back(*measures_[k].cost);
    SelectionOptions how;
    how.method = options_.method;
    how.returns = result_.returns;
    how.least_gain = least_;
    how.exact_sets = options_.exact_runs;
    if (how.method == SelectionMethod::automatic && how.returns != Returns::constant) {
      how.method = few_enough(cost) ? SelectionMethod::exact : SelectionMethod::greedy;
    }
    const WorthOf worth = [this](std::span<const ItemSet> sets, const Control& inner) {
      std::vector<ItemSet> named(sets.begin(), sets.end());
      for (ItemSet& set : named) {
        for (std::uint32_t& item : set) item = active_[item];
      }
      std::vector<double> out = losses_.losses(named, inner);
      for (double& loss : out) loss = -loss;
      return out;
    };
    const Selection found = select_under_budget(cost, options_.budget, worth, how, control);
    result_.sets += found.evaluations;
    result_.avoided = found.worth;
    result_.loss_after = result_.loss_before - found.worth;
    result_.spent = found.spent;
    result_.frontier = found.frontier;
    result_.frontier_exact = found.frontier_exact;
    result_.found_by = found.found_by;
    result_.optimal = found.optimal;
    result_.guarantee = found.guarantee;
    result_.bound = found.bound;
    for (const SelectionStep& step : found.steps) {
      const std::uint32_t k = active_[step.item];
      MeasureOutcome& outcome = result_.outcomes[k];
      outcome.fate = MeasureFate::chosen;
      ChosenMeasure chosen;
      chosen.measure = k;
      chosen.cost = *outcome.cost;
      chosen.avoided = step.gain;
      chosen.avoided_alone = outcome.avoided_alone;
      if (chosen.cost > 0) chosen.per_cost = step.gain / chosen.cost;
      chosen.spent = step.spent;
      chosen.loss = result_.loss_before - step.worth;
      result_.chosen.push_back(chosen);
    }
    result_.note = selection_note(result_, options_);
  }

  void explain() {
    for (std::uint32_t k = 0; k < measures_.size(); ++k) {
      MeasureOutcome& outcome = result_.outcomes[k];
      const bool useless = !(outcome.avoided_alone > least_);
      if (useless && outcome.fate == MeasureFate::not_chosen) outcome.fate = MeasureFate::useless;
      if (!useless) continue;
      if (inert_[k]) {
        outcome.why = why_nothing_changes(measures_[k], options_.model.model, losses_.networks());
      } else if (outcome.avoided_alone < -least_) {
        outcome.why = why_it_adds_loss(measures_[k].kind);
      } else {
        outcome.why = {"单独采用时损失不变。", "By itself it leaves the loss as it is."};
      }
    }
  }

  std::span<const PlacedMeasure> measures_;
  LossTable& losses_;
  const MitigationOptions& options_;
  const Control& control_;
  MitigationResult result_;
  double least_ = 0;
  ItemSet active_;           // that can be bought and change something
  std::vector<bool> inert_;  // [measures] changes nothing
};

}  // namespace impact_detail

CHAINQUAL_KERNEL MitigationResult mitigate(const Dossier& dossier, std::span<const Measure> measures,
                                           std::span<const Scenario> scenarios, const MitigationOptions& options,
                                           const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  const Network net = network_of(dossier.chain, {control.executor, control.cancel, {}});
  const std::vector<detail::PlacedMeasure> placed = detail::MeasurePlacer(dossier, net, options).run(measures);
  detail::check_no_options_by_link(options.model, placed);
  detail::LossTable losses(net, detail::CaseReader(dossier, options, control).run(scenarios), placed, options);
  return detail::Mitigation(placed, losses, options, control).run();
}

}  // namespace v1
}  // namespace chainqual
