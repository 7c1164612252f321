#pragma once

// The scenarios against which measures are weighed, in parts that measures can change.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/impact/assess-inl.hpp"
#include "chainqual/impact/assess_grade-inl.hpp"
#include "chainqual/impact/mitigation_place-inl.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// One shock of a scenario on the chain as it is.
struct ShockPart {
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  std::vector<Disruption> at;
  std::uint32_t problem = none;  ///< whose shock it is, by place in the dossier
  bool link = false;             ///< a link's: its size is that of the link in the network at hand
  EnterpriseId supplier;
  double magnitude = 0;  ///< of a link: share of deliveries lost
};

struct LossCase {
  std::vector<ShockPart> parts;
  double weight = 1;
};

/// Reads scenarios, or the registered problems, apart by shock.
class CaseReader {
 public:
  CaseReader(const Dossier& dossier, const MitigationOptions& options, const Control& control)
      : dossier_(dossier), options_(options), control_{control.executor, control.cancel, {}} {
    options_.assess.stability_draws = 0;
    for (std::uint32_t k = 0; k < dossier.problems.size(); ++k) problems_.emplace(dossier.problems[k].number, k);
  }

  std::vector<LossCase> run(std::span<const Scenario> scenarios) {
    std::vector<LossCase> cases;
    if (scenarios.empty()) {
      cases = of_problems();
    } else {
      for (const Scenario& scenario : scenarios) cases.push_back(of(scenario));
    }
    weigh(cases);
    return cases;
  }

 private:
  std::vector<LossCase> of_problems() {
    impact_detail::check(options_.assess);
    AssessReport graded;
    grade_problems(dossier_, options_.assess, graded, control_);
    place_problems(dossier_, options_.assess, graded);
    std::vector<LossCase> cases;
    for (const ProblemAssessment& row : graded.problems) {
      if (!row.shocks) continue;
      ShockPart part;
      part.problem = static_cast<std::uint32_t>(row.problem);
      for (const PlacedShock& placed : row.placed) {
        part.at.push_back({placed.enterprise, placed.magnitude, 0, Disruption::permanent, {}});
      }
      cases.push_back({{std::move(part)}, 1});
    }
    if (cases.empty()) {
      throw Error(
          ErrorCode::missing_value,
          {"没有给出情景，登记的质量问题也都没有冲击，无从比较损失。请给出情景，或为问题定级。",
           "no scenarios are given and no registered problem shocks anything, so there is no loss to avoid. Give "
           "scenarios, or grade the problems."});
    }
    return cases;
  }

  static void refuse_directions(const ScenarioShock& shock) {
    if (!shock.directed()) return;
    throw Error(ErrorCode::invalid_argument,
                {"目标 “" + shown_value(shock.target) +
                     "” 的冲击按方向给出了不同的幅度，选择措施时不区分方向。请只写 magnitude。",
                 "the shock of '" + shown_value(shock.target) +
                     "' differs by direction, which the choice of measures does not tell apart. Give one magnitude."});
  }

  LossCase of(const Scenario& scenario) {
    static_cast<void>(place(dossier_, scenario, options_.assess, control_));  // tells all that is wrong at once
    LossCase out;
    for (const ScenarioShock& shock : scenario.shocks) {
      refuse_directions(shock);
      Scenario alone;
      alone.shocks.push_back(shock);
      ShockPart part;
      if (shock.kind == TargetKind::problem) part.problem = problems_.at(shock.target);
      if (shock.kind == TargetKind::link) {
        part.link = true;
        part.supplier = *dossier_.chain.resolve(shock.target);
        part.magnitude = shock.magnitude.value_or(1);
      }
      part.at = place(dossier_, alone, options_.assess, control_).disruptions;
      out.parts.push_back(std::move(part));
    }
    return out;
  }

  void weigh(std::vector<LossCase>& cases) const {
    const std::vector<double>& given = options_.scenario_weight;
    if (given.empty()) return;
    if (given.size() != cases.size()) {
      throw Error(
          ErrorCode::shape_mismatch,
          {"情景权重有 " + whole(given.size()) + " 个，而情景有 " + whole(cases.size()) + " 个，二者必须相等。",
           "there are " + whole(given.size()) + " weights for " + whole(cases.size()) + " scenarios; give one each."});
    }
    double sum = 0;
    for (std::size_t k = 0; k < given.size(); ++k) {
      if (!(given[k] >= 0 && std::isfinite(given[k]))) {
        throw Error(ErrorCode::invalid_value,
                    {"第 " + whole(k + 1) + " 个情景的权重为 " + number(given[k]) + "，必须是不小于 0 的有限数。",
                     "the weight of scenario " + whole(k + 1) + " is " + number(given[k]) +
                         "; it must be finite and not negative."});
      }
      cases[k].weight = given[k];
      sum += given[k];
    }
    if (sum > 0 && std::isfinite(sum)) return;
    throw Error(ErrorCode::invalid_value,
                {"情景权重之和为 " + number(sum) + "，至少要有一个情景的权重大于 0。",
                 "the weights of the scenarios sum to " + number(sum) + "; at least one must be above 0."});
  }

  const Dossier& dossier_;
  MitigationOptions options_;
  Control control_;
  std::unordered_map<std::string_view, std::uint32_t> problems_;
};

inline bool shocks_anything(const LossCase& scenario) {
  return std::any_of(scenario.parts.begin(), scenario.parts.end(), [](const ShockPart& part) {
    return std::any_of(part.at.begin(), part.at.end(), [](const Disruption& each) { return each.magnitude > 0; });
  });
}

/// Whether a project changes a shock.
inline bool solves(const PlacedMeasure& measure, const ShockPart& part) {
  return measure.kind == MeasureKind::project && measure.amount > 0 && part.problem != ShockPart::none &&
         std::binary_search(measure.problems.begin(), measure.problems.end(), part.problem);
}

/// What several projects do where they touch one scenario whose loss is Σ importance · shock. See `mitigate`.
inline Returns returns_of_projects(const LossCase& scenario, std::span<const PlacedMeasure> measures,
                                   std::span<const std::uint32_t> touching) {
  struct Seat {
    std::set<std::uint32_t> projects;
    std::uint32_t shocks = 0;  // that some project changes
  };
  std::map<std::uint32_t, Seat> seats;
  for (const ShockPart& part : scenario.parts) {
    std::vector<std::uint32_t> own;
    for (const std::uint32_t k : touching) {
      if (solves(measures[k], part)) own.push_back(k);
    }
    if (own.empty()) continue;
    for (const Disruption& each : part.at) {
      Seat& seat = seats[each.enterprise.value];
      seat.projects.insert(own.begin(), own.end());
      ++seat.shocks;
    }
  }
  Returns found = Returns::constant;
  for (const auto& [enterprise, seat] : seats) {
    if (seat.projects.size() <= 1) continue;
    if (seat.shocks > 1) return Returns::unknown;
    found = Returns::diminishing;
  }
  return found;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
