#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/chain/network_of.hpp"
#include "chainqual/chain/region.hpp"
#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/assess_grade-inl.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/impact/rows-inl.hpp"
#include "chainqual/impact/shock.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Turns one scenario into shocks at enterprises; what is wrong is gathered, so that all of it is told at once.
class ScenarioPlacer {
 public:
  ScenarioPlacer(const Dossier& dossier, const AssessOptions& options, const Control& control)
      : dossier_(dossier), chain_(dossier.chain), options_(options), control_(control) {}

  PlacedScenario run(const chainqual::Scenario& scenario) {
    if (scenario.shocks.empty()) {
      throw Error(ErrorCode::missing_value,
                  {"情景没有任何冲击。请至少写出一项冲击。", "the scenario holds no shock. Give at least one."});
    }
    std::vector<PlacedShock> down;
    std::vector<PlacedShock> up;
    bool directed = false;
    for (const ScenarioShock& shock : scenario.shocks) {
      throw_if_cancelled(control_);
      shock_ = &shock;
      directed = directed || shock.directed();
      add(down, up);
    }
    throw_if_errors(findings_);
    check_disruptions(out_.disruptions, chain_.enterprises());
    out_.shock = combine_shocks(chain_.enterprises(), down);
    if (!directed) return std::move(out_);
    out_.shock_downstream = out_.shock;
    out_.shock_upstream = combine_shocks(chain_.enterprises(), up);
    for (std::size_t v = 0; v < out_.shock.size(); ++v) {
      out_.shock[v] = std::max(out_.shock[v], out_.shock_upstream[v]);
    }
    return std::move(out_);
  }

 private:
  /// The shock of this moment, at the same places in both directions.
  void add(std::vector<PlacedShock>& down, std::vector<PlacedShock>& up) {
    const ScenarioShock& shock = *shock_;
    magnitude_ = shock.magnitude;
    if (shock.directed() && !magnitude_fits()) return;
    const std::optional<double> other = shock.directed() ? shock.magnitude.value_or(0) : shock.magnitude;
    magnitude_ = shock.magnitude_downstream ? shock.magnitude_downstream : other;
    const std::vector<PlacedShock> as_supplier = places();
    std::vector<PlacedShock> as_customer = as_supplier;
    if (shock.directed() && !findings_.has_errors()) {
      magnitude_ = shock.magnitude_upstream ? shock.magnitude_upstream : other;
      as_customer = places();
    }
    for (std::size_t k = 0; k < std::min(as_supplier.size(), as_customer.size()); ++k) {
      const double larger = std::max(as_supplier[k].magnitude, as_customer[k].magnitude);
      out_.disruptions.push_back({as_supplier[k].enterprise, larger, shock.start, shock.duration, shock.recovery});
    }
    down.insert(down.end(), as_supplier.begin(), as_supplier.end());
    up.insert(up.end(), as_customer.begin(), as_customer.end());
  }

  void report(ErrorCode code, Text rule, Text fix) {
    findings_.add(
        {FindingLevel::error, code, shock_->where, shown_value(shock_->target), std::move(rule), std::move(fix)});
  }

  void unknown(const std::vector<std::string>& nearest) {
    const auto& kind = names_of(shock_->kind);
    const std::string words = quoted_list(nearest, "、");
    const std::string words_en = quoted_list(nearest, ", ");
    report(ErrorCode::unknown_reference,
           {"产业链中没有这样的" + std::string(kind.zh), "the chain holds no such " + std::string(kind.en)},
           nearest.empty() ? Text{"请检查名称", "check the name"}
                           : Text{"是否指 " + words, "did you mean " + words_en + "?"});
  }

  [[nodiscard]] bool magnitude_fits() {
    if (!magnitude_ || is_share(*magnitude_)) return true;
    report(ErrorCode::invalid_value, {"冲击幅度为 " + number(*magnitude_), "the magnitude is " + number(*magnitude_)},
           {"写成 0 到 1 之间的数", "give a number between 0 and 1"});
    return false;
  }

  std::vector<PlacedShock> places() {
    if (!magnitude_fits()) return {};
    switch (shock_->kind) {
      case TargetKind::link:
        return link();
      case TargetKind::problem:
        return problem();
      case TargetKind::enterprise:
        if (const auto found = enterprise(shock_->target)) return {{*found, magnitude_.value_or(1)}};
        return {};
      case TargetKind::product:
        return each(chain_.makers(shock_->target), [&] { return chain_.products(); });
      default:
        return group();
    }
  }

  std::optional<EnterpriseId> enterprise(const std::string& name) {
    const auto found = chain_.resolve(name);
    if (!found) unknown(chain_.nearest_keys(name));
    return found;
  }

  /// The shock at each of `found`; without any, the name is unknown and `known` gives those that there are.
  template <class Known>
  std::vector<PlacedShock> each(const std::vector<EnterpriseId>& found, Known&& known) {
    std::vector<PlacedShock> placed;
    for (const EnterpriseId id : found) placed.push_back({id, magnitude_.value_or(1)});
    if (placed.empty()) {
      Nearest nearest(shock_->target);
      for (const std::string& word : known()) nearest.offer(word);
      unknown(std::move(nearest).take());
    }
    return placed;
  }

  template <class Belongs>
  [[nodiscard]] std::vector<EnterpriseId> enterprises_that(Belongs&& belongs) const {
    std::vector<EnterpriseId> found;
    for (std::uint32_t v = 0; v < chain_.enterprises(); ++v) {
      if (belongs(EnterpriseId{v})) found.emplace_back(v);
    }
    return found;
  }

  [[nodiscard]] const Segment* home(EnterpriseId id) const {
    const SegmentId segment = chain_.home_segment(id);
    return segment == SegmentId::none() ? nullptr : &chain_.segment(segment);
  }

  std::vector<PlacedShock> group() {
    const std::string& wanted = shock_->target;
    if (shock_->kind == TargetKind::region) {
      const Region* region = find_region(wanted);
      if (region == nullptr) {
        unknown(nearest_regions(wanted));
        return {};
      }
      return each_of_group(enterprises_that([&](EnterpriseId v) {
        const Region* own = find_region(chain_.enterprise(v).region);
        return own != nullptr && own->code == region->code;
      }));
    }
    if (shock_->kind == TargetKind::stage) {
      const auto stage = value_named<Stage>(wanted);
      if (!stage) {
        unknown({"upstream", "midstream", "downstream"});
        return {};
      }
      return each_of_group(enterprises_that([&](EnterpriseId v) { return chain_.enterprise(v).stage == *stage; }));
    }
    if (shock_->kind == TargetKind::sector) {
      return each(enterprises_that([&](EnterpriseId v) {
                    const Segment* segment = home(v);
                    return segment != nullptr && !wanted.empty() && segment->industry == wanted;
                  }),
                  [&] {
                    std::vector<std::string> industries;
                    for (const Segment& segment : chain_.segments()) industries.push_back(segment.industry);
                    return industries;
                  });
    }
    std::string id = wanted;
    for (const Segment& segment : chain_.segments()) {
      if (!chain_.find_segment(wanted) && (segment.name == wanted || segment.name_en == wanted)) id = segment.id;
    }
    if (!chain_.find_segment(id)) {
      return each({}, [&] {
        std::vector<std::string> names;
        for (const Segment& segment : chain_.segments()) names.insert(names.end(), {segment.id, segment.name});
        return names;
      });
    }
    return each_of_group(enterprises_that([&](EnterpriseId v) {
      const auto& segments = chain_.enterprise(v).segments;
      return std::find(segments.begin(), segments.end(), id) != segments.end();
    }));
  }

  /// A known group, which may be empty: then nobody is there to be shocked, and that is likely a mistake.
  std::vector<PlacedShock> each_of_group(const std::vector<EnterpriseId>& found) {
    std::vector<PlacedShock> placed;
    for (const EnterpriseId id : found) placed.push_back({id, magnitude_.value_or(1)});
    if (placed.empty()) {
      report(ErrorCode::unknown_reference, {"产业链中没有属于它的企业", "no enterprise of the chain belongs to it"},
             {"删除这一冲击，或改写目标", "leave this shock out, or name another target"});
    }
    return placed;
  }

  std::vector<PlacedShock> link() {
    const auto supplier = enterprise(shock_->target);
    const auto customer = enterprise(shock_->customer);
    if (!supplier || !customer) return {};
    if (network_.empty()) network_ = network_of(chain_, control_);
    const auto link = network_.find_link(*supplier, *customer);
    if (!link) {
      report(ErrorCode::unknown_reference,
             {"二者之间没有供应关系", "there is no link from it to " + shown_value(shock_->customer)},
             {"请检查供应方与采购方的次序", "check which of the two is the supplier"});
      return {};
    }
    if (!weight_) weight_.emplace(network_, Along::downstream);
    const double weight = (*weight_)(link->index(), supplier->index());
    return {{*customer, std::min(1.0, magnitude_.value_or(1) * weight)}};
  }

  std::vector<PlacedShock> problem() {
    const auto& problems = dossier_.problems;
    const auto found = std::find_if(problems.begin(), problems.end(),
                                    [&](const Problem& each) { return each.number == shock_->target; });
    if (found == problems.end()) {
      Nearest nearest(shock_->target);
      for (const Problem& each : problems) nearest.offer(each.number);
      unknown(std::move(nearest).take());
      return {};
    }
    double magnitude = magnitude_.value_or(0);
    if (!magnitude_) {
      if (graded_.problems.empty()) {
        AssessOptions plain = options_;
        plain.stability_draws = 0;
        grade_problems(dossier_, plain, graded_, control_);
      }
      const ProblemAssessment& row = graded_.problems[static_cast<std::size_t>(found - problems.begin())];
      if (row.magnitude_source == MagnitudeSource::none) {
        report(ErrorCode::missing_value,
               {"问题没有分级，冲击幅度未知", "the problem has no grade, and so no magnitude"},
               {"写出 magnitude", "give a magnitude"});
        return {};
      }
      magnitude = row.magnitude;
    }
    auto placed = locate(chain_, *found, magnitude, options_.shock);
    if (placed.empty()) {
      report(ErrorCode::unknown_reference,
             {"问题所在的环节或阶段没有企业", "the problem's segment or stage has no enterprise"},
             {"删除这一冲击，或改写目标", "leave this shock out, or name another target"});
    }
    return placed;
  }

  const Dossier& dossier_;
  const Chain& chain_;
  const AssessOptions& options_;
  const Control& control_;
  const ScenarioShock* shock_ = nullptr;
  std::optional<double> magnitude_;  // of it, in the direction that is placed
  Findings findings_;
  PlacedScenario out_;
  Network network_;                   // frozen when a link is first named
  std::optional<LinkWeight> weight_;  // of its links
  AssessReport graded_;               // filled when a problem's grade is first wanted
};

}  // namespace impact_detail

CHAINQUAL_KERNEL PlacedScenario place(const Dossier& dossier, const Scenario& scenario, const AssessOptions& options,
                                      const Control& control) {
  return impact_detail::ScenarioPlacer(dossier, options, control).run(scenario);
}

}  // namespace v1
}  // namespace chainqual
