#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess_options.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {

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
  std::vector<Text> notes;  ///< what the model says of this problem's own run
  std::uint32_t rank = 0;   ///< from 1: grade, then total, then whole-chain loss, then order of the table
};

/// One scenario, propagated by itself.
struct ScenarioAssessment {
  std::string name;
  std::string name_en;
  std::vector<double> shock;        ///< [n] all its shocks at full magnitude
  ModelRun losses;                  ///< [n]
  ImpactFigures impact;             ///< own segment = the home segments of those it shocks
  DiffusionEvidence diffusion;      ///< `declared` stays empty: nobody scores a scenario
  std::vector<EnterpriseLoss> hit;  ///< loss of θ or more, largest first
  std::uint64_t links_documented = 0;
  std::uint64_t links_inferred = 0;
  std::vector<double> shock_downstream;  ///< [n] as suppliers and as customers, where its shocks differ by direction,
  std::vector<double> shock_upstream;    ///< and `shock` is the larger of the two; else empty
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

  std::vector<ScenarioAssessment> scenarios;  ///< in the order of the options

  std::vector<double> shock;       ///< [n] all problems at once
  ModelRun losses;                 ///< [n] all problems at once
  LinearRun downstream_run;        ///< how the linear model's solve of these went; other models leave it as it is
  LinearRun upstream_run;          ///< the same
  LinkWeightSources link_weights;  ///< where the linear model's link weights come from
  ImpactFigures impact;            ///< all problems at once; own segment = every segment in which a problem sits
  std::array<DimensionAgreement, 3> agreement;  ///< of the experts, by Dimension
  std::uint32_t experts = 0;
  std::optional<double> all_kept_share;  ///< drawn weight vectors under which every scored problem keeps its grade

  std::vector<std::string> ungraded;         ///< numbers of the problems without any grade
  std::vector<std::string> without_shock;    ///< numbers of the problems that shock nobody
  std::vector<EnterpriseId> without_output;  ///< weigh nothing in totals
  std::vector<EnterpriseId> isolated;        ///< neither supply nor buy
  std::vector<Text> assumptions;             ///< what the figures rest on beyond the data
};

}  // namespace v1
}  // namespace chainqual
