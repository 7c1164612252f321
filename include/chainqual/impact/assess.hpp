#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/shock.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/score.hpp"
#include "chainqual/severity/stability.hpp"

namespace chainqual {
inline namespace v1 {

/// Which loss a single figure means where only one can stand.
enum class LossKind : std::uint8_t { downstream, upstream, combined };

template <>
struct Names<LossKind> {
  static constexpr std::array<Name<LossKind>, 3> table{{
      {LossKind::downstream, "downstream", "向下游损失", "downstream loss"},
      {LossKind::upstream, "upstream", "向上游损失", "upstream loss"},
      {LossKind::combined, "combined", "综合损失", "combined loss"},
  }};
};

/// Severity total that stands for declared stars where no expert scored the problem.
///
/// `middle` of the grade's band: (1 + 2.5)/2, (2.5 + 4)/2, (4 + 5)/2 with the default thresholds. `lowest` of the band.
enum class StarsTotal : std::uint8_t { middle, lowest };

template <>
struct Names<StarsTotal> {
  static constexpr std::array<Name<StarsTotal>, 2> table{{
      {StarsTotal::middle, "middle", "等级区间中点", "middle of the band"},
      {StarsTotal::lowest, "lowest", "等级区间下限", "lowest of the band"},
  }};
};

/// Shares from which on the diffusion dimension is suggested at 5, 4 and 3. See `suggest_diffusion`.
struct DiffusionThresholds {
  double least_loss = 0.05;           ///< θ: a smaller loss does not count as hit
  double segments_systemic = 0.5;     ///< S of 5 points
  double enterprises_systemic = 0.3;  ///< E of 5 points
  double segments_major = 0.25;       ///< S of 4 points
  double products_major = 0.5;        ///< P of 4 points
  friend bool operator==(const DiffusionThresholds&, const DiffusionThresholds&) = default;
};

/// How `assess` works.
struct AssessOptions {
  PanelRule panel;  ///< how several experts' scores become one
  StarsTotal stars = StarsTotal::middle;
  ShockOptions shock;
  LinearOptions linear;                     ///< both directions are always computed
  LossKind measure = LossKind::downstream;  ///< loss that evidence, hits and rankings go by
  DiffusionThresholds diffusion;
  std::uint32_t stability_draws = 10'000;  ///< weight vectors drawn near the model's own; 0: none
  std::uint64_t seed = 1;                  ///< of these draws
};

/// Weighted mean loss of a group of enterprises in [0, 1], apart and combined.
struct GroupLoss {
  double downstream = 0;
  double upstream = 0;
  double combined = 0;
  [[nodiscard]] double of(LossKind kind) const noexcept {
    return kind == LossKind::downstream ? downstream : kind == LossKind::upstream ? upstream : combined;
  }
  friend bool operator==(const GroupLoss&, const GroupLoss&) = default;
};

/// Impact on the four places of clause 5.4.4.
struct ImpactFigures {
  GroupLoss own_segment;          ///< enterprises of the problem's own segments, or of its whole stage
  GroupLoss downstream_segments;  ///< enterprises of the segments downstream of them
  GroupLoss final_products;       ///< enterprises that deliver a final product
  GroupLoss whole_chain;
};

/// What the simulation says of a problem's diffusion, beside what the experts said. Never written over their score.
struct DiffusionEvidence {
  std::uint32_t downstream_segments = 0;
  std::uint32_t downstream_segments_hit = 0;
  std::uint32_t final_products = 0;
  std::uint32_t final_products_hit = 0;
  std::uint32_t enterprises = 0;
  std::uint32_t enterprises_hit = 0;        ///< loss of θ or more, those where the problem sits included
  std::uint32_t other_enterprises_hit = 0;  ///< the same without those where the problem sits
  double segments_share = 0;                ///< S
  double products_share = 0;                ///< P
  double enterprises_share = 0;             ///< E
  int suggested = 0;                        ///< 1 … 5; 0: the problem shocks nobody, so there is no evidence
  std::optional<Rational> declared;         ///< the panel's score of the diffusion dimension
};

/// Where the magnitude of a problem's shock came from.
enum class MagnitudeSource : std::uint8_t { scores, stars, option, none };

template <>
struct Names<MagnitudeSource> {
  static constexpr std::array<Name<MagnitudeSource>, 4> table{{
      {MagnitudeSource::scores, "scores", "专家评分", "experts' scores"},
      {MagnitudeSource::stars, "stars", "原文星级", "declared stars"},
      {MagnitudeSource::option, "option", "按选项设定", "set by option"},
      {MagnitudeSource::none, "none", "无", "none"},
  }};
};

/// How firm a computed grade is.
struct GradeStability {
  std::uint32_t moves = 0;           ///< moves of one score by one point (cut at 1 and 5)
  std::uint32_t flips = 0;           ///< of these, how many change the grade
  std::optional<double> kept_share;  ///< share of the weight vectors drawn near the model's own that keep it
};

/// Loss of one enterprise.
struct EnterpriseLoss {
  EnterpriseId enterprise;
  double loss = 0;  ///< by AssessOptions::measure
};

/// One problem, graded and propagated alone.
struct ProblemAssessment {
  std::size_t problem = 0;  ///< position in Dossier::problems
  std::string number;
  Grade declared = Grade::ungraded;
  std::optional<Score> score;        ///< the panel's; none when nobody scored it
  std::uint32_t experts = 0;         ///< who scored it
  std::optional<Severity> computed;  ///< by the dossier's model; none without a score
  Rational total;                    ///< the computed one, else the one that stands for the stars, else 0
  bool differs = false;              ///< both grades exist and differ
  Grade grade = Grade::ungraded;     ///< the computed one, else the declared one
  std::optional<GradeStability> stability;
  MagnitudeSource magnitude_source = MagnitudeSource::none;
  double magnitude = 0;
  bool shocks = false;  ///< takes part in the propagation
  Text why_not;         ///< when it does not: the reason
  std::vector<PlacedShock> placed;
  ImpactFigures impact;                    ///< of this problem alone
  std::array<double, 5> aspect_share{};    ///< by Aspect; sums to 1
  std::array<GroupLoss, 5> aspect_loss{};  ///< whole-chain loss × aspect share
  DiffusionEvidence diffusion;
  std::vector<EnterpriseLoss> hit;     ///< loss of θ or more, largest first
  std::uint64_t links_documented = 0;  ///< links between two enterprises that its loss runs over
  std::uint64_t links_inferred = 0;
  std::uint32_t rank = 0;  ///< from 1: grade, then total, then whole-chain loss, then order of the table
};

/// One enterprise: what one problem costs it on average, and what all of them at once do.
///
/// Under many problems at once most losses reach 1 and tell nothing apart; the mean does, and so ranks go by it.
struct EnterpriseRow {
  EnterpriseId enterprise;
  double mean_loss = 0;  ///< mean over the problems that shock of its loss under each alone, by AssessOptions::measure
  double shock = 0;      ///< all problems at once; the three losses too
  double downstream = 0;
  double upstream = 0;
  double combined = 0;
  double weight = 0;
  std::optional<double> importance;  ///< share of the chain's weight lost if it alone stopped (uncapped, downstream)
  std::uint32_t problems = 0;        ///< problems placed at it
  std::uint32_t rank = 0;            ///< from 1: mean loss, then loss of all at once, then weight, then order
};

/// One group (segment, product, stage). Its figures are weighted means over its members.
struct GroupRow {
  std::string key;  ///< segment id, product, or stage key
  Text name;
  std::uint32_t enterprises = 0;
  std::uint32_t hit = 0;       ///< of these, with a loss of θ or more under all problems at once
  std::uint32_t problems = 0;  ///< problems located in it
  double weight = 0;           ///< its members' together
  double mean_loss = 0;        ///< of EnterpriseRow::mean_loss
  double shock = 0;            ///< all problems at once
  GroupLoss loss;              ///< all problems at once
  bool final_product = false;
  std::uint32_t rank = 0;  ///< from 1: mean loss, then loss of all at once, then weight, then order
};

/// One aspect (cost, efficiency, safety, brand, environment).
struct AspectRow {
  Aspect aspect = Aspect::cost;
  double share = 0;  ///< of the problems' whole-chain losses; the five sum to 1, or are 0 without any loss
  GroupLoss loss;    ///< share × the whole-chain loss under all problems at once
};

/// Agreement of the experts in one dimension; absent where it is undefined.
struct DimensionAgreement {
  std::optional<double> kendall_w;           ///< none where an expert left a problem unscored
  std::optional<double> krippendorff_alpha;  ///< ordinal; missing scores allowed
};

/// What `assess` found.
struct AssessReport {
  AssessOptions options;
  std::uint32_t enterprises = 0;
  std::uint64_t links = 0;
  std::uint64_t links_documented = 0;  ///< of the chain
  std::uint64_t links_inferred = 0;
  std::uint64_t links_used_documented = 0;  ///< over which loss runs under all problems at once
  std::uint64_t links_used_inferred = 0;

  std::vector<ProblemAssessment> problems;       ///< in the order of the dossier
  std::vector<std::size_t> problem_ranking;      ///< positions in `problems`, by rank
  std::vector<EnterpriseRow> enterprise_rows;    ///< by EnterpriseId
  std::vector<EnterpriseId> enterprise_ranking;  ///< by rank
  std::vector<GroupRow> segments;                ///< in the order of the chain
  std::vector<GroupRow> products;                ///< by name
  std::vector<GroupRow> stages;                  ///< upstream, midstream, downstream
  std::vector<AspectRow> aspects;                ///< by Aspect

  std::vector<double> shock;  ///< [n] all problems at once
  LinearResult losses;        ///< [n] all problems at once
  ImpactFigures impact;       ///< all problems at once; own segment = every segment in which a problem sits
  std::array<DimensionAgreement, 3> agreement;  ///< of the experts, by Dimension
  std::uint32_t experts = 0;
  std::optional<double> all_kept_share;  ///< drawn weight vectors under which every scored problem keeps its grade

  std::vector<std::string> ungraded;         ///< numbers of the problems without any grade
  std::vector<std::string> without_shock;    ///< numbers of the problems that shock nobody
  std::vector<EnterpriseId> without_output;  ///< weigh nothing in totals
  std::vector<EnterpriseId> isolated;        ///< neither supply nor buy
  std::vector<Text> assumptions;             ///< what the figures rest on beyond the data
};

/// The diffusion score that simulated impact suggests: 5 if S ≥ 0.5 or E ≥ 0.3; 4 if S ≥ 0.25 or P ≥ 0.5; 3 if S > 0
/// and P > 0; 2 if any other enterprise is hit; else 1 (the thresholds are options).
///
/// @param evidence    S, P, E and the number of other enterprises hit.
/// @param thresholds  from `AssessOptions`.
/// @return 1 … 5.
/// @throws nothing.
/// @complexity O(1).
/// @numerics   Comparisons only.
/// @threads    No shared state.
/// @source     Definition of this project, after the criteria of T/GQDA appendix D.
/// @since 0.1, experimental.
[[nodiscard]] int suggest_diffusion(const DiffusionEvidence& evidence, const DiffusionThresholds& thresholds) noexcept;

/// Grades every problem, propagates each alone and all at once along the chain, and tabulates what is lost where.
///
/// Grade: the panel's score through the dossier's severity model; declared stars are shown beside it and stand in where
/// nobody scored. Shock: see `shock_magnitude` and `locate`; solved problems and ungraded ones shock nobody unless
/// asked. A segment's members are all enterprises that list it, so one that lists several counts in each, as it does in
/// `locate`. A problem's own segments: those it names; else the homes of the enterprises it names; else all of its
/// stage. Segments downstream of a problem: those of later stages and those that its loss can reach along links, its
/// own aside. Final products: all products of the enterprises that list a segment marked final (that segment where they
/// list no product); where no segment is marked, one of the last stage that has enterprises. A group's loss is the
/// weighted mean over its members (plain mean where the weights are all 0). Enterprises and groups are ranked by their
/// mean loss under one problem alone; the loss under all problems at once stands beside it.
///
/// @param dossier  chain, problems and scores are read.
/// @param options  panel, shocks, propagation, thresholds.
/// @param control  executor for the problems, cancel, progress. The result does not depend on the executor.
/// @throws Error{invalid_argument}   an option out of its domain.
/// @throws Error{unknown_reference}  a problem that names an unknown enterprise or segment; a score of an unknown
/// problem.
/// @throws Error{invalid_value}      a score outside 1 … 5 or partly missing, an aspect share outside [0, 1], link data
/// as in `linear`.
/// @throws Error{duplicate}          an expert scored one problem twice.
/// @throws Error{cancelled}          on the caller's request.
/// @complexity O(problems · (n + m)) when the chain is acyclic.
/// @numerics   Grades exact; losses as `linear`; mean losses are summed in the order of the problems. Same bits for any
/// thread count.
/// @threads    Reads only.
/// @source     T/GQDA clauses 5.4.2 to 5.4.4 and appendix D; propagation and evidence are this project's definitions.
/// @since 0.1, experimental.
[[nodiscard]] AssessReport assess(const Dossier& dossier, const AssessOptions& options = {},
                                  const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/assess-inl.hpp"
