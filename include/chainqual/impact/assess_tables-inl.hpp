#pragma once

// Tables of an assessment, and rankings.

#include <algorithm>
#include <numeric>
#include <span>

#include "chainqual/impact/assess_evidence-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Positions 0 … n − 1 sorted by `before`, equals in their order.
template <class Before>
std::vector<std::size_t> ranking(std::size_t n, Before&& before) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), before);
  return order;
}

inline void fill_enterprises(const AssessScope& in, std::span<const double> mean_loss,
                             const std::vector<double>& importance, AssessReport& report) {
  auto& rows = report.enterprise_rows;
  rows.resize(in.everybody.size());
  for (const std::uint32_t v : in.everybody) {
    EnterpriseRow& row = rows[v];
    row.enterprise = EnterpriseId{v};
    row.mean_loss = mean_loss[v];
    row.shock = report.shock[v];
    row.downstream = report.losses.downstream[v];
    row.upstream = report.losses.upstream[v];
    row.combined = report.losses.combined[v];
    row.weight = in.weight[v];
    if (!importance.empty()) row.importance = importance[v];
  }
  for (const ProblemAssessment& problem : report.problems) {
    for (const PlacedShock& placed : problem.placed) ++rows[placed.enterprise.index()].problems;
  }
  const Losses losses(report.losses);
  const LossKind measure = in.options.measure;
  const auto order = ranking(rows.size(), [&](std::size_t a, std::size_t b) {
    if (rows[a].mean_loss != rows[b].mean_loss) return rows[a].mean_loss > rows[b].mean_loss;
    const double first = losses.of(measure, a);
    const double second = losses.of(measure, b);
    return first != second ? first > second : rows[a].weight > rows[b].weight;
  });
  for (std::size_t k = 0; k < order.size(); ++k) {
    rows[order[k]].rank = static_cast<std::uint32_t>(k + 1);
    report.enterprise_ranking.push_back(EnterpriseId{static_cast<std::uint32_t>(order[k])});
  }
}

inline GroupRow group_row(const AssessScope& in, const AssessReport& report, const Members& members) {
  GroupRow row;
  const Losses losses(report.losses);
  row.enterprises = static_cast<std::uint32_t>(members.size());
  for (const std::uint32_t v : members) {
    row.hit += losses.of(in.options.measure, v) >= in.options.diffusion.least_loss ? 1U : 0U;
    row.weight += in.weight[v];
  }
  const auto mean = [&](auto&& value) {
    return group_mean(members, in.weight, value, [](std::uint32_t) { return true; });
  };
  row.mean_loss = mean([&](std::uint32_t v) { return report.enterprise_rows[v].mean_loss; });
  row.shock = mean([&](std::uint32_t v) { return report.shock[v]; });
  row.loss = group_loss(members, in.weight, losses);
  return row;
}

inline void rank_groups(LossKind measure, std::vector<GroupRow>& rows) {
  const auto order = ranking(rows.size(), [&](std::size_t a, std::size_t b) {
    if (rows[a].mean_loss != rows[b].mean_loss) return rows[a].mean_loss > rows[b].mean_loss;
    const double first = rows[a].loss.of(measure);
    const double second = rows[b].loss.of(measure);
    return first != second ? first > second : rows[a].weight > rows[b].weight;
  });
  for (std::size_t k = 0; k < order.size(); ++k) rows[order[k]].rank = static_cast<std::uint32_t>(k + 1);
}

inline void fill_segments(const AssessScope& in, AssessReport& report) {
  const auto& segments = in.dossier.chain.segments();
  std::vector<std::uint32_t> problems(segments.size(), 0);
  for (const Problem& problem : in.dossier.problems) {
    const auto own = own_segments(in.dossier.chain, problem);
    for (std::size_t s = 0; s < own.size(); ++s) problems[s] += own[s] ? 1U : 0U;
  }
  for (std::size_t s = 0; s < segments.size(); ++s) {
    GroupRow row = group_row(in, report, in.groups.segments[s]);
    row.key = segments[s].id;
    row.name = {segments[s].name, segments[s].name_en.empty() ? segments[s].name : segments[s].name_en};
    row.problems = problems[s];
    row.final_product = segments[s].final_product;
    report.segments.push_back(std::move(row));
  }
  rank_groups(in.options.measure, report.segments);
}

inline void fill_products(const AssessScope& in, AssessReport& report) {
  const auto& final_products = in.groups.final_products;
  for (const auto& name : in.dossier.chain.products()) {
    Members members;
    for (const EnterpriseId id : in.dossier.chain.makers(name)) members.push_back(id.value);
    GroupRow row = group_row(in, report, members);
    row.key = name;
    row.name = {name, name};
    for (const Problem& problem : in.dossier.problems) {
      row.problems += std::count(problem.products.begin(), problem.products.end(), name) != 0 ? 1U : 0U;
    }
    row.final_product = std::any_of(final_products.begin(), final_products.end(),
                                    [&](const Product& product) { return product.name == name; });
    report.products.push_back(std::move(row));
  }
  rank_groups(in.options.measure, report.products);
}

inline void fill_stages(const AssessScope& in, AssessReport& report) {
  for (const auto& stage : Names<Stage>::table) {
    GroupRow row = group_row(in, report, in.groups.stages[static_cast<std::size_t>(stage.value)]);
    row.key = stage.key;
    row.name = {std::string(stage.zh), std::string(stage.en)};
    for (const Problem& problem : in.dossier.problems) row.problems += problem.stage == stage.value ? 1U : 0U;
    report.stages.push_back(std::move(row));
  }
  rank_groups(in.options.measure, report.stages);
}

/// Shares in proportion to Σ over problems of whole-chain loss × aspect share.
inline void fill_aspects(const AssessScope& in, AssessReport& report) {
  const LossKind measure = in.options.measure;
  std::array<double, 5> sums{};
  double total = 0;
  for (const ProblemAssessment& problem : report.problems) {
    if (!problem.shocks) continue;
    for (std::size_t a = 0; a < sums.size(); ++a) sums[a] += problem.aspect_loss[a].of(measure);
  }
  for (const double sum : sums) total += sum;
  const GroupLoss& chain = report.impact.whole_chain;
  for (const auto& aspect : Names<Aspect>::table) {
    AspectRow row;
    row.aspect = aspect.value;
    row.share = total > 0 ? sums[static_cast<std::size_t>(aspect.value)] / total : 0.0;
    row.loss = {chain.downstream * row.share, chain.upstream * row.share, chain.combined * row.share};
    report.aspects.push_back(row);
  }
}

inline void fill_tables(const AssessScope& in, std::span<const double> mean_loss, const std::vector<double>& importance,
                        AssessReport& report) {
  fill_enterprises(in, mean_loss, importance, report);
  fill_segments(in, report);
  fill_products(in, report);
  fill_stages(in, report);
  fill_aspects(in, report);
}

/// Stars first, then the total (0 for ungraded ones), then the whole-chain loss, then the order of the table.
inline void rank_problems(const AssessOptions& options, AssessReport& report) {
  auto& rows = report.problems;
  report.problem_ranking = ranking(rows.size(), [&](std::size_t a, std::size_t b) {
    if (rows[a].grade != rows[b].grade) return rows[a].grade > rows[b].grade;
    if (rows[a].total != rows[b].total) return rows[a].total > rows[b].total;
    return rows[a].impact.whole_chain.of(options.measure) > rows[b].impact.whole_chain.of(options.measure);
  });
  for (std::size_t k = 0; k < rows.size(); ++k)
    rows[report.problem_ranking[k]].rank = static_cast<std::uint32_t>(k + 1);
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
