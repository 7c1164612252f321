#pragma once

// What an assessment's figures rest on beyond the data, in sentences.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "chainqual/impact/assess_evidence-inl.hpp"
#include "chainqual/impact/assess_grade-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline std::string plural(std::uint64_t count, const std::string& one, const std::string& many) {
  return whole(count) + " " + (count == 1 ? one : many);
}

inline void assume_links(const AssessReport& report, std::vector<Text>& out) {
  const Model model = report.options.propagation.model;
  const LinkWeightSources& sources = report.link_weights;
  if (sources.values_assumed != 0) {
    const auto count = sources.values_assumed;
    out.push_back({whole(count) + " 条供应关系没有供应额，按同一客户各供应商等额计。",
                   plural(count, "link has", "links have") + " no value: a customer's suppliers count equally."});
  }
  if (sources.from_value != 0) {
    const auto count = sources.from_value;
    out.push_back(
        {whole(count) + " 条供应关系没有给出依赖度，按供应额占客户采购额的比例计。",
         plural(count, "link has", "links have") + " no dependency: the share in the customer's purchases stands in."});
  }
  const std::uint64_t without_escape = sources.given + sources.from_value - sources.escape_given;
  if (without_escape != 0) {
    out.push_back({whole(without_escape) + " 条供应关系没有给出逃逸率，视为进货检验不拦截任何影响。",
                   plural(without_escape, "link has", "links have") +
                       " no escape: incoming inspection is taken to stop nothing."});
  }
  if (sources.customers_above_one != 0) {
    const auto count = sources.customers_above_one;
    out.push_back({whole(count) + " 家企业的依赖度之和大于 1，按原值计算，损失以 1 封顶。",
                   plural(count, "enterprise has", "enterprises have") +
                       " dependencies that sum to over 1: taken as given, losses end at 1."});
  }
  if (report.links_inferred != 0) {
    out.push_back({whole(report.links) + " 条供应关系中有 " + whole(report.links_inferred) + " 条为推断，" +
                       whole(report.links_documented) + " 条有据。",
                   "Of " + plural(report.links, "link", "links") + ", " + whole(report.links_inferred) +
                       " are inferred and " + whole(report.links_documented) + " documented."});
  }
  if (report.links == 0) return;
  const CascadeOptions& cascade = report.options.propagation.cascade;
  const bool demand_given = model == Model::cascade && !cascade.final_demand.empty();
  if (model == Model::cascade && !cascade.revenue.empty()) {
    const auto without = static_cast<std::uint64_t>(std::count_if(cascade.revenue.begin(), cascade.revenue.end(),
                                                                  [](double revenue) { return std::isnan(revenue); }));
    if (without == 0) return;
    out.push_back({whole(without) + " 家企业没有给出营业收入，其链内销售视为全部收入，向上游的损失因此可能偏高。",
                   plural(without, "enterprise has", "enterprises have") +
                       " no revenue: sales inside the chain are taken for all of it, so upstream losses may be too "
                       "high."});
  } else if ((model == Model::linear || model == Model::cascade || model == Model::inoperability) && !demand_given) {
    out.push_back({"向上游损失假定企业的全部销售都在链内，因此可能偏高。",
                   "Upstream losses take sales inside the chain for all sales, so they may be too high."});
  }
}

inline void assume_problems(const AssessScope& in, const AssessReport& report, std::vector<Text>& out) {
  std::uint64_t by_stars = 0;
  std::uint64_t by_option = 0;
  std::uint64_t whole_segments = 0;
  std::uint64_t equal_aspects = 0;
  std::uint64_t scaled_aspects = 0;
  std::uint64_t solved = 0;
  for (const ProblemAssessment& row : report.problems) {
    const Problem& problem = in.dossier.problems[row.problem];
    solved += problem.status == ProblemStatus::solved && !in.options.shock.include_solved ? 1U : 0U;
    if (!row.shocks) continue;
    by_stars += row.magnitude_source == MagnitudeSource::stars ? 1U : 0U;
    by_option += row.magnitude_source == MagnitudeSource::option ? 1U : 0U;
    whole_segments += problem.enterprises.empty() ? 1U : 0U;
    const AspectShares shares = aspect_shares(problem);
    equal_aspects += shares.assumed ? 1U : 0U;
    scaled_aspects += shares.scaled ? 1U : 0U;
  }
  const auto add = [&](std::uint64_t count, const std::string& zh, const std::string& en) {
    if (count != 0) out.push_back({whole(count) + " 个" + zh, plural(count, "problem", "problems") + en});
  };
  const bool middle = in.options.stars == StarsTotal::middle;
  add(by_stars, std::string("问题没有专家评分，冲击按原文星级对应区间的") + (middle ? "中点" : "下限") + "折算。",
      std::string(" not scored by experts: the shock follows from the ") + (middle ? "middle" : "lowest total") +
          " of the declared stars' band.");
  add(by_option, "问题未分级，冲击幅度按选项设定。", " without a grade: the magnitude was set by option.");
  if (in.options.shock.segment == SegmentShock::whole) {
    add(whole_segments, "问题没有指明企业，视为所在环节（或阶段）的每家企业都全额承受。",
        " located at no named enterprise: every enterprise of the segment (or stage) bears it in full.");
  } else {
    add(whole_segments, "问题没有指明企业，按权重分摊到所在环节（或阶段）的企业。",
        " located at no named enterprise: shared among those of the segment (or stage) by weight.");
  }
  add(equal_aspects, "问题没有给出各方面占比，五个方面按等份计。",
      " without aspect shares: the five aspects count equally.");
  add(scaled_aspects, "问题的各方面占比之和不为 1，已按比例折算。",
      " whose aspect shares do not sum to 1: scaled to do so.");
  add(solved, "问题已解决，不再产生冲击。", " solved already: no shock.");
}

inline void assume_rest(const AssessScope& in, bool weights_assumed, bool no_importance, const AssessReport& report,
                        std::vector<Text>& out) {
  std::uint64_t illustrative = 0;
  for (const ScoreRow& row : in.dossier.scores) illustrative += row.basis == "illustrative" ? 1U : 0U;
  if (illustrative != 0) {
    out.push_back(
        {whole(illustrative) + " 行评分为示例，并非专家所给。",
         plural(illustrative, "row of scores is", "rows of scores are") + " illustrative, given by no expert."});
  }
  if (weights_assumed) {
    out.push_back({"供应额不全，没有给出权重的企业在合计中取相同权重。",
                   "Values are incomplete: enterprises without a given weight weigh the same in totals."});
  }
  if (in.groups.final_assumed) {
    out.push_back(
        {"没有环节标明为最终产品，以有企业的最后一个阶段的环节代替。",
         "No segment is marked as delivering the final product: those of the last stage with enterprises stand in."});
  }
  if (no_importance && report.enterprises != 0) {
    out.push_back({"没有给出企业重要度：不封顶的线性模型在此无解，或没有任何权重。",
                   "The importance of enterprises is not given: the uncapped linear model has no answer here, or "
                   "nothing weighs."});
  }
  if (!report.losses.converged) {
    out.push_back(
        {"迭代次数用尽而未收敛，损失可能偏低。", "An iteration ended before it settled: losses may be too low."});
  }
}

/// What problems' own runs say beyond the run of all together, each text once, with the problems that it holds for.
inline void add_notes_of_problems(const AssessReport& report, std::vector<Text>& out) {
  constexpr std::size_t most = 3;
  struct Said {
    Text text;
    std::string numbers;
    std::string numbers_en;
    std::size_t problems = 0;
  };
  std::vector<Said> all;
  for (const ProblemAssessment& row : report.problems) {
    for (const Text& note : row.notes) {
      const auto& known = report.losses.notes;
      if (std::find(known.begin(), known.end(), note) != known.end()) continue;
      auto same = std::find_if(all.begin(), all.end(), [&](const Said& said) { return said.text == note; });
      if (same == all.end()) same = all.insert(all.end(), Said{note, {}, {}, 0});
      same->numbers += (same->problems == 0 ? "" : "、") + row.number;
      same->numbers_en += (same->problems == 0 ? "" : ", ") + row.number;
      ++same->problems;
    }
  }
  for (std::size_t k = 0; k < std::min(most, all.size()); ++k) {
    const Said& said = all[k];
    out.push_back({"单独推算问题 " + said.numbers + " 时：" + said.text.zh,
                   (said.problems == 1 ? "Problem " : "Problems ") + said.numbers_en + " alone: " + said.text.en});
  }
  if (all.size() <= most) return;
  const auto more = all.size() - most;
  out.push_back(
      {"另有 " + whole(more) + " 条单个问题的说明，见报告中各问题的 notes。",
       plural(more, "further note", "further notes") + " on problems alone: see `notes` of each in the report."});
}

/// How a model other than the linear one reads a problem's shock, and what else its run says.
inline void assume_model(const AssessReport& report, std::vector<Text>& out) {
  const ModelOptions& options = report.options.propagation;
  const auto lasting_days = [&](std::uint64_t days) {
    out.push_back({"问题的冲击从第 0 天起一直存在；损失为 " + whole(days) + " 天的平均值。",
                   "A problem's shock is there from day 0 on; losses are means over " + whole(days) + " days."});
  };
  if (options.model == Model::dynamics) lasting_days(options.dynamics.days);
  if (options.model == Model::inoperability) lasting_days(options.inoperability.days);
  if (options.model == Model::contagion) {
    out.push_back({"冲击大小视为企业受波及的概率，损失为 " + whole(options.contagion.runs) + " 次模拟中受波及的比例。",
                   "A shock is taken as the chance that the enterprise is hit; losses are shares of " +
                       whole(options.contagion.runs) + " runs."});
  }
  out.insert(out.end(), report.losses.notes.begin(), report.losses.notes.end());
  add_notes_of_problems(report, out);
}

inline void list_assumptions(const AssessScope& in, bool weights_assumed, bool no_importance, AssessReport& report) {
  assume_links(report, report.assumptions);
  assume_model(report, report.assumptions);
  assume_problems(in, report, report.assumptions);
  assume_rest(in, weights_assumed, no_importance, report, report.assumptions);
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
