#pragma once

// From problems and experts' scores to grades, magnitudes and places.

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "chainqual/impact/assess_report.hpp"
#include "chainqual/impact/shock.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/severity/stability.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A problem's aspect shares, made to sum to 1.
struct AspectShares {
  std::array<double, 5> share{};
  bool assumed = false;  ///< none was given: equal shares
  bool scaled = false;   ///< the given ones did not sum to 1
};

inline AspectShares aspect_shares(const Problem& problem) {
  AspectShares result;
  Rational sum;
  for (std::size_t a = 0; a < result.share.size(); ++a) {
    const auto& given = problem.aspect_shares[a];
    if (!given) continue;
    const Rational value = given->to_rational();
    if (value < Rational(0) || value > Rational(1)) {
      const auto& aspect = Names<Aspect>::table[a];
      throw Error(ErrorCode::invalid_value,
                  {"问题 " + shown_value(problem.number) + " 的“" + std::string(aspect.zh) + "”占比为 " +
                       given->to_string() + "，必须在 0 到 1 之间。",
                   "problem " + shown_value(problem.number) + ": the share of " + std::string(aspect.en) + " is " +
                       given->to_string() + "; it must lie between 0 and 1."});
    }
    sum += value;
    result.share[a] = value.to_double();
  }
  if (sum == Rational(0)) {
    result.assumed = true;
    result.share.fill(0.2);
    return result;
  }
  result.scaled = sum != Rational(1);
  if (result.scaled) {
    const double total = sum.to_double();
    for (double& share : result.share) share /= total;
  }
  return result;
}

inline std::vector<ExpertScore> expert_scores(const Dossier& dossier) {
  const auto rational = [](const std::optional<Decimal>& cell) {
    return cell ? std::optional<Rational>(cell->to_rational()) : std::nullopt;
  };
  std::vector<ExpertScore> rows;
  rows.reserve(dossier.scores.size());
  for (const ScoreRow& row : dossier.scores) {
    rows.push_back({row.problem, row.expert, {rational(row.impact), rational(row.diffusion), rational(row.urgency)}});
  }
  return rows;
}

/// Position of every problem by number.
inline std::unordered_map<std::string_view, std::size_t> problem_positions(const Dossier& dossier) {
  std::unordered_map<std::string_view, std::size_t> positions;
  for (std::size_t k = 0; k < dossier.problems.size(); ++k) {
    const auto [at, fresh] = positions.emplace(dossier.problems[k].number, k);
    if (fresh) continue;
    const std::string number_shown = shown_value(dossier.problems[k].number);
    throw Error(ErrorCode::duplicate,
                {"问题编号 " + number_shown + " 出现两次：第 " + std::to_string(at->second + 1) + " 个和第 " +
                     std::to_string(k + 1) + " 个问题。编号必须唯一。",
                 "problem number " + number_shown + " stands twice: problems " + std::to_string(at->second + 1) +
                     " and " + std::to_string(k + 1) + ". Numbers must be unique."});
  }
  return positions;
}

/// The total that stands for declared stars: the middle or the lowest of the grade's band.
inline Rational total_for_stars(const SeverityModel& model, Grade grade, StarsTotal rule) {
  const Rational important = model.thresholds().important;
  const Rational critical = model.thresholds().critical;
  Rational low(lowest_score);
  Rational high = important;
  if (grade == Grade::important) {
    low = important;
    high = critical;
  } else if (grade == Grade::critical) {
    low = critical;
    high = Rational(highest_score);
  }
  return rule == StarsTotal::lowest ? low : (low + high) / Rational(2);
}

inline void set_magnitude(const Dossier& dossier, const AssessOptions& options, ProblemAssessment& row) {
  if (row.computed) {
    row.total = row.computed->total;
    row.magnitude_source = MagnitudeSource::scores;
  } else if (row.declared != Grade::ungraded) {
    row.total = total_for_stars(dossier.info.severity, row.declared, options.stars);
    row.magnitude_source = MagnitudeSource::stars;
  } else if (options.shock.ungraded) {
    row.magnitude = *options.shock.ungraded;
    row.magnitude_source = MagnitudeSource::option;
    return;
  } else {
    return;
  }
  row.magnitude = shock_magnitude(row.total.to_double(), options.shock);
}

/// Moves of one score by one point that stay within its bounds.
inline std::uint32_t possible_moves(const Score& score) {
  std::uint32_t moves = 0;
  for (const Rational& value : {score.impact, score.diffusion, score.urgency}) {
    moves += value > Rational(lowest_score) ? 1U : 0U;
    moves += value < Rational(highest_score) ? 1U : 0U;
  }
  return moves;
}

inline void study_stability(const SeverityModel& model, const AssessOptions& options, AssessReport& report,
                            const Control& control) {
  std::vector<std::optional<Score>> scores;
  bool any = false;
  for (ProblemAssessment& row : report.problems) {
    scores.push_back(row.score);
    if (!row.score) continue;
    any = true;
    const auto flips = static_cast<std::uint32_t>(score_flips(model, *row.score).size());
    row.stability = GradeStability{possible_moves(*row.score), flips, std::nullopt};
  }
  if (!any || options.stability_draws == 0) return;
  WeightStudy study;
  study.draws = options.stability_draws;
  study.seed = options.seed;
  const WeightStability found = weight_stability(model, scores, study, control);
  for (std::size_t k = 0; k < scores.size(); ++k) {
    if (scores[k]) report.problems[k].stability->kept_share = found.problems[k].kept.share;
  }
  report.all_kept_share = found.all_kept.share;
}

/// Grades, agreement and stability: everything that does not need the network.
inline void grade_problems(const Dossier& dossier, const AssessOptions& options, AssessReport& report,
                           const Control& control) {
  const auto positions = problem_positions(dossier);
  const auto scores = expert_scores(dossier);
  report.problems.resize(dossier.problems.size());
  for (std::size_t k = 0; k < report.problems.size(); ++k) {
    const Problem& problem = dossier.problems[k];
    ProblemAssessment& row = report.problems[k];
    row.problem = k;
    row.number = problem.number;
    row.declared = problem.declared;
    row.aspect_share = aspect_shares(problem).share;
  }
  for (PanelScore& panel : panel_scores(scores, options.panel)) {
    const auto at = positions.find(panel.problem);
    if (at == positions.end()) {
      const std::string shown = shown_value(panel.problem);
      throw Error(ErrorCode::unknown_reference, {"评分表中的问题编号 " + shown + " 不在问题库中。请更正编号。",
                                                 "the scores name problem " + shown +
                                                     ", which the problem library does not hold. Correct the number."});
    }
    ProblemAssessment& row = report.problems[at->second];
    row.experts = static_cast<std::uint32_t>(panel.experts);
    if (!panel.score) continue;
    row.score = panel.score;
    row.computed = dossier.info.severity.grade(*panel.score);
    row.diffusion.declared = panel.score->diffusion;
    row.differs = row.declared != Grade::ungraded && row.declared != row.computed->grade;
  }
  for (ProblemAssessment& row : report.problems) {
    throw_if_cancelled(control);
    row.grade = row.computed ? row.computed->grade : row.declared;
    set_magnitude(dossier, options, row);
    if (row.grade == Grade::ungraded) report.ungraded.push_back(row.number);
  }
  study_stability(dossier.info.severity, options, report, control);
  const auto agreement = panel_agreement(scores);
  for (std::size_t d = 0; d < agreement.size(); ++d) {
    if (agreement[d].concordance) report.agreement[d].kendall_w = agreement[d].concordance->w;
    report.agreement[d].krippendorff_alpha = agreement[d].alpha_ordinal;
  }
  std::vector<std::string_view> experts;
  for (const ExpertScore& row : scores) {
    if (row.score.impact) experts.push_back(row.expert);
  }
  std::sort(experts.begin(), experts.end());
  report.experts = static_cast<std::uint32_t>(std::unique(experts.begin(), experts.end()) - experts.begin());
}

/// Where each problem sits, or why it shocks nobody.
inline void place_problems(const Dossier& dossier, const AssessOptions& options, AssessReport& report) {
  for (ProblemAssessment& row : report.problems) {
    const Problem& problem = dossier.problems[row.problem];
    // Unknown names are errors even where the problem shocks nobody.
    row.placed = locate(dossier.chain, problem, row.magnitude, options.shock);
    if (row.magnitude_source == MagnitudeSource::none) {
      row.why_not = {"问题未分级，没有冲击幅度。", "The problem has no grade, and so no magnitude."};
    } else if (problem.status == ProblemStatus::solved && !options.shock.include_solved) {
      row.why_not = {"问题已解决。", "The problem is solved."};
    } else if (row.placed.empty()) {
      row.why_not = {"问题所在的环节或阶段没有企业。", "The problem's segment or stage has no enterprise."};
    } else if (!(row.magnitude > 0)) {
      row.why_not = {"问题的总分为最低分，冲击为 0。", "The problem has the lowest total: its shock is 0."};
    } else {
      row.shocks = true;
    }
    if (!row.shocks) {
      row.placed.clear();
      report.without_shock.push_back(row.number);
    }
  }
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
