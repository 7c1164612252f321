#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/assess_assumptions-inl.hpp"
#include "chainqual/impact/assess_evidence-inl.hpp"
#include "chainqual/impact/assess_grade-inl.hpp"
#include "chainqual/impact/assess_tables-inl.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/linear-inl.hpp"
#include "chainqual/impact/place.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const AssessOptions& options) {
  const auto refuse = [](const std::string& zh, const std::string& en) {
    throw Error(ErrorCode::invalid_argument, {"评估选项不正确：" + zh + "。", "options of assess: " + en + "."});
  };
  check(options.shock);
  check(options.propagation.linear);
  const DiffusionThresholds& t = options.diffusion;
  for (const double share :
       {t.least_loss, t.segments_systemic, t.enterprises_systemic, t.segments_major, t.products_major}) {
    if (!(share > 0 && share <= 1)) {
      refuse("扩散阈值须大于 0 且不超过 1，现为 " + number(share),
             "thresholds of diffusion must be above 0 and at most 1, not " + number(share));
    }
  }
  if (t.segments_major > t.segments_systemic) {
    refuse("4 分的环节阈值不得高于 5 分的环节阈值", "the segment threshold of 4 points must not exceed that of 5");
  }
  if (options.propagation.model == Model::linear && !options.propagation.linear.capped) {
    refuse("评估只能使用封顶的线性模型，否则损失可能超过 1", "assess needs the capped linear model");
  }
}

/// The enterprises' weights, and whether they had to be assumed.
struct AssessWeights {
  std::vector<double> weight;
  bool assumed = false;
};

/// Given weights, else what is supplied. Where values are missing from the data that sum would only count links, so
/// those without a given weight get the mean of the given ones, or 1.
inline AssessWeights assess_weights(const Network& net) {
  if (net.summary().values_assumed == 0) return {default_weight(net), false};
  AssessWeights result{std::vector<double>(net.enterprises(), 1.0), false};
  const std::vector<double> checked = default_weight(net);
  double sum = 0;
  std::size_t count = 0;
  for (const double given : net.weight()) {
    if (std::isnan(given)) continue;
    sum += given;
    ++count;
  }
  const double mean = sum > 0 ? sum / static_cast<double>(count) : 1.0;
  for (std::size_t v = 0; v < result.weight.size(); ++v) {
    const bool given = !net.weight().empty() && !std::isnan(net.weight()[v]);
    result.weight[v] = given ? checked[v] : mean;
    result.assumed = result.assumed || !given;
  }
  return result;
}

inline std::vector<bool> mark_placed(std::size_t enterprises, std::span<const PlacedShock> placed) {
  std::vector<bool> marked(enterprises, false);
  for (const PlacedShock& shock : placed) marked[shock.enterprise.index()] = true;
  return marked;
}

/// Those with a loss of θ or more by the report's measure, largest first.
inline std::vector<EnterpriseLoss> hit_by(const AssessScope& in, const Losses& losses) {
  std::vector<EnterpriseLoss> hit;
  for (const std::uint32_t v : in.everybody) {
    const double loss = losses.of(in.options.measure, v);
    if (loss >= in.options.diffusion.least_loss) hit.push_back({EnterpriseId{v}, loss});
  }
  std::stable_sort(hit.begin(), hit.end(),
                   [](const EnterpriseLoss& a, const EnterpriseLoss& b) { return a.loss > b.loss; });
  return hit;
}

/// Propagates one problem alone and fills the parts of its row that follow from that. @return everybody's loss by the
/// report's measure.
inline std::vector<double> propagate_alone(const AssessScope& in, ProblemAssessment& row, const Control& control) {
  const Problem& problem = in.dossier.problems[row.problem];
  const std::size_t n = in.net.enterprises();
  ScenarioRun run = in.run(lasting(combine_shocks(n, row.placed)), control);
  const Losses losses(run.losses);
  const auto own = own_segments(in.dossier.chain, problem);
  const auto placed = mark_placed(n, row.placed);
  const auto downstream = segments_downstream(in, problem.stage, own, placed);
  Members own_members;
  add_own_members(in, problem, own, own_members);
  row.impact = impact_figures(in, losses, std::move(own_members), downstream, placed);
  const auto declared = row.diffusion.declared;
  row.diffusion = diffusion_evidence(in, losses, downstream, placed);
  row.diffusion.declared = declared;
  for (std::size_t a = 0; a < row.aspect_loss.size(); ++a) {
    const GroupLoss& chain = row.impact.whole_chain;
    const double share = row.aspect_share[a];
    row.aspect_loss[a] = {chain.downstream * share, chain.upstream * share, chain.combined * share};
  }
  row.hit = hit_by(in, losses);
  const UsedLinks used = used_links(in, losses);
  row.links_documented = used.documented;
  row.links_inferred = used.inferred;
  row.notes = std::move(run.losses.notes);
  const auto measured = losses.of(in.options.measure);
  return {measured.begin(), measured.end()};
}

/// All shocks at once: losses, impact, links used.
inline void propagate_together(const AssessScope& in, AssessReport& report, const Control& control) {
  const std::size_t n = in.net.enterprises();
  std::vector<PlacedShock> all;
  std::vector<bool> own(in.dossier.chain.segments().size(), false);
  Members own_members;
  Stage earliest = Stage::downstream;
  for (const ProblemAssessment& row : report.problems) {
    if (!row.shocks) continue;
    all.insert(all.end(), row.placed.begin(), row.placed.end());
    const Problem& problem = in.dossier.problems[row.problem];
    earliest = std::min(earliest, problem.stage);
    const auto mine = own_segments(in.dossier.chain, problem);
    for (std::size_t s = 0; s < own.size(); ++s) own[s] = own[s] || mine[s];
    add_own_members(in, problem, mine, own_members);
  }
  report.shock = combine_shocks(n, all);
  ScenarioRun run = in.run(lasting(report.shock), control);
  const Losses losses(run.losses);
  const auto placed = mark_placed(n, all);
  const auto downstream = segments_downstream(in, earliest, own, placed);
  report.impact = impact_figures(in, losses, std::move(own_members), downstream, placed);
  const UsedLinks used = used_links(in, losses);
  report.links_used_documented = used.documented;
  report.links_used_inferred = used.inferred;
  report.downstream_run = run.downstream;
  report.upstream_run = run.upstream;
  report.link_weights = weight_sources(in.net);
  report.losses = std::move(run.losses);
}

/// All scenarios on the chain, before anything runs; what is wrong with any of them is told at once.
inline std::vector<PlacedScenario> place_scenarios(const Dossier& dossier, const AssessOptions& options,
                                                   const Control& control) {
  std::vector<PlacedScenario> placed;
  Findings findings;
  std::vector<Error> wrong;
  for (const Scenario& scenario : options.scenarios) {
    try {
      placed.push_back(place(dossier, scenario, options, control));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled) throw;
      wrong.push_back(error);
      findings.add(error.findings());
      if (!error.findings().empty()) continue;
      const std::string& name = scenario.name.empty() ? scenario.name_en : scenario.name;
      findings.add({FindingLevel::error, error.code(), {}, shown_value(name), error.message(), {}});
    }
  }
  if (wrong.size() == 1) throw Error(wrong.front());
  throw_if_errors(findings);
  return placed;
}

/// Propagates one of the caller's scenarios and fills its row.
inline ScenarioAssessment propagate_scenario(const AssessScope& in, const Scenario& scenario,
                                             PlacedScenario placed_scenario, const Control& control) {
  ScenarioAssessment row;
  row.name = scenario.name;
  row.name_en = scenario.name_en;
  row.losses = in.run(placed_scenario, control).losses;
  row.shock = std::move(placed_scenario.shock);
  row.shock_downstream = std::move(placed_scenario.shock_downstream);
  row.shock_upstream = std::move(placed_scenario.shock_upstream);
  const Losses losses(row.losses);
  const Chain& chain = in.dossier.chain;
  std::vector<bool> placed(row.shock.size(), false);
  std::vector<bool> own(chain.segments().size(), false);
  Stage earliest = Stage::downstream;
  Members own_members;
  for (const std::uint32_t v : in.everybody) {
    if (!(row.shock[v] > 0)) continue;
    placed[v] = true;
    earliest = std::min(earliest, chain.enterprise(EnterpriseId{v}).stage);
    const SegmentId home = chain.home_segment(EnterpriseId{v});
    if (!home.is_none()) own[home.index()] = true;
  }
  for (std::size_t s = 0; s < own.size(); ++s) {
    if (own[s]) own_members.insert(own_members.end(), in.groups.segments[s].begin(), in.groups.segments[s].end());
  }
  const auto downstream = segments_downstream(in, earliest, own, placed);
  row.impact = impact_figures(in, losses, std::move(own_members), downstream, placed);
  row.diffusion = diffusion_evidence(in, losses, downstream, placed);
  row.hit = hit_by(in, losses);
  const UsedLinks used = used_links(in, losses);
  row.links_documented = used.documented;
  row.links_inferred = used.inferred;
  return row;
}

/// Propagates every problem alone. @return each enterprise's mean loss over those that shock, 0 without any; [n].
inline std::vector<double> propagate_each(const AssessScope& in, AssessReport& report, const Control& control) {
  const std::size_t n = in.net.enterprises();
  const std::size_t problems = report.problems.size();
  // Problems of a block run in any order; their losses wait until its end, to be summed in the order of the dossier.
  constexpr std::size_t block = 32;
  std::vector<std::vector<double>> waiting(std::min(block, problems));
  std::vector<double> mean(n, 0.0);
  std::size_t shocking = 0;
  Progress progress(control, problems);
  Control quiet = control;
  quiet.progress = nullptr;
  for (std::size_t first = 0; first < problems; first += block) {
    const std::size_t count = std::min(block, problems - first);
    for_chunks(control, count, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t k = begin; k < end; ++k) {
        ProblemAssessment& row = report.problems[first + k];
        if (row.shocks) waiting[k] = propagate_alone(in, row, quiet);
        progress.add(1);
      }
    });
    for (std::size_t k = 0; k < count; ++k) {
      if (!report.problems[first + k].shocks) continue;
      ++shocking;
      for (std::size_t v = 0; v < n; ++v) mean[v] += waiting[k][v];
    }
  }
  progress.finish();
  if (shocking != 0) {
    for (double& value : mean) value /= static_cast<double>(shocking);
  }
  return mean;
}

inline void list_enterprises(const AssessScope& in, AssessReport& report) {
  for (const std::uint32_t v : in.everybody) {
    const EnterpriseId id{v};
    if (!(in.weight[v] > 0)) report.without_output.push_back(id);
    if (in.net.out_degree(id) == 0 && in.net.in_degree(id) == 0) report.isolated.push_back(id);
  }
  for (const EvidencedLink& link : in.links) {
    ++(link.evidence == Evidence::documented ? report.links_documented : report.links_inferred);
  }
}

/// What each enterprise's standstill would cost, as a share of all weight; none where the model has no answer.
inline std::vector<double> importance_shares(const AssessScope& in, const Control& control) {
  double total = 0;
  for (const double w : in.weight) total += w;
  if (!(total > 0)) return {};
  try {
    auto importance = linear_importance(in.net, in.weight, Along::downstream, in.options.propagation.linear, control);
    for (double& value : importance) value /= total;
    return importance;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::no_solution && error.code() != ErrorCode::not_converged) throw;
    return {};
  }
}

}  // namespace impact_detail

CHAINQUAL_KERNEL AssessReport assess(const Dossier& dossier, const AssessOptions& options, const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  AssessReport report;
  report.options = options;
  detail::grade_problems(dossier, options, report, phase_of(control, 0, 0.1));
  detail::place_problems(dossier, options, report);

  Control quiet = control;
  quiet.progress = nullptr;
  auto placed = detail::place_scenarios(dossier, options, quiet);
  const Network net = network_of(dossier.chain, quiet);
  detail::check_links(net);
  detail::AssessWeights weights = detail::assess_weights(net);
  ModelOptions model = options.propagation;
  if (!model.name) model.name = names_of_chain(dossier.chain).enterprise;
  detail::AssessScope in{dossier,
                         options,
                         net,
                         detail::Runner(net, std::move(model), weights.weight),
                         detail::make_groups(dossier.chain),
                         {},
                         std::move(weights.weight),
                         detail::evidenced_links(dossier.chain, net)};
  in.everybody.resize(net.enterprises());
  std::iota(in.everybody.begin(), in.everybody.end(), 0U);
  report.enterprises = net.enterprises();
  report.links = dossier.chain.links();

  detail::list_enterprises(in, report);
  const auto mean_loss = detail::propagate_each(in, report, phase_of(control, 0.1, 0.8));
  detail::propagate_together(in, report, phase_of(control, 0.8, 0.85));
  for (std::size_t k = 0; k < placed.size(); ++k) {
    report.scenarios.push_back(detail::propagate_scenario(in, options.scenarios[k], std::move(placed[k]), quiet));
  }
  const auto importance = detail::importance_shares(in, phase_of(control, 0.85, 0.99));
  detail::fill_tables(in, mean_loss, importance, report);
  detail::rank_problems(options, report);
  detail::list_assumptions(in, weights.assumed, importance.empty(), report);
  if (control.progress) control.progress(1.0);
  return report;
}

}  // namespace v1
}  // namespace chainqual
