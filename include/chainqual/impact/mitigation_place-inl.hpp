#pragma once

// From measures as people name them to places in the network; what is wrong is gathered and told at once.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/measure.hpp"
#include "chainqual/impact/mitigation.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A measure on the enterprises, links and problems that it means.
struct PlacedMeasure {
  MeasureKind kind = MeasureKind::alternate;
  EnterpriseId supplier;  ///< the present one
  EnterpriseId customer;  ///< of an alternate; also who holds more stock
  EnterpriseId alternate;
  double amount = 0;  ///< share, days or effect
  std::optional<double> escape;
  std::vector<std::uint32_t> problems;  ///< places in the dossier, ascending
  std::string project;                  ///< its number, else its name: two projects may solve the same
  std::optional<double> cost;

  /// Whether both change the same in the same way.
  [[nodiscard]] bool same_as(const PlacedMeasure& other) const {
    return kind == other.kind && supplier == other.supplier && customer == other.customer &&
           alternate == other.alternate && amount == other.amount && escape == other.escape &&
           problems == other.problems && project == other.project;
  }
};

class MeasurePlacer {
 public:
  MeasurePlacer(const Dossier& dossier, const Network& net, const MitigationOptions& options)
      : dossier_(dossier), chain_(dossier.chain), net_(net), options_(options) {
    for (std::uint32_t k = 0; k < dossier.problems.size(); ++k) problems_.emplace(dossier.problems[k].number, k);
  }

  std::vector<PlacedMeasure> run(std::span<const Measure> measures) {
    if (measures.empty()) {
      throw Error(ErrorCode::missing_value,
                  {"没有任何备选措施。请至少给出一项。", "there are no measures to choose from. Give at least one."});
    }
    std::vector<PlacedMeasure> placed;
    for (std::size_t k = 0; k < measures.size(); ++k) {
      where_ = measures[k].where;
      if (where_ == Location{}) where_.record = k + 1;
      PlacedMeasure one;
      one.kind = measures[k].kind;
      whole_ = true;
      price(measures[k], one);
      switch (one.kind) {
        case MeasureKind::alternate:
          alternate(measures[k].alternate, one);
          break;
        case MeasureKind::stock:
          stock(measures[k].stock, one);
          break;
        case MeasureKind::project:
          one.project = measures[k].project.project.empty() ? measures[k].name : measures[k].project.project;
          one.project = measures[k].project.project.empty() ? measures[k].name : measures[k].project.project;
          project(measures[k].project, one);
          break;
      }
      if (whole_) unique(placed, one);
      placed.push_back(std::move(one));
      sound_.push_back(whole_);
    }
    throw_if_errors(findings_);
    return placed;
  }

 private:
  void report(ErrorCode code, std::string_view value, Text rule, Text fix) {
    whole_ = false;
    findings_.add({FindingLevel::error, code, where_, shown_value(value), std::move(rule), std::move(fix)});
  }

  void unknown(std::string_view value, const Text& kind, const std::vector<std::string>& nearest) {
    report(ErrorCode::unknown_reference, value, {"产业链中没有这样的" + kind.zh, "the chain holds no such " + kind.en},
           nearest.empty()
               ? Text{"请检查名称", "check the name"}
               : Text{"是否指 " + quoted_list(nearest, "、"), "did you mean " + quoted_list(nearest, ", ") + "?"});
  }

  void share(double value, const Text& what) {
    if (is_share(value)) return;
    report(ErrorCode::invalid_value, number(value),
           {what.zh + "必须在 0 到 1 之间", what.en + " must lie between 0 and 1"},
           {"改成 0 到 1 之间的数", "give a number between 0 and 1"});
  }

  void amount(double value, const Text& what) {
    if (value >= 0 && std::isfinite(value)) return;
    report(ErrorCode::invalid_value, number(value),
           {what.zh + "必须是不小于 0 的有限数", what.en + " must be finite and not negative"},
           {"改成不小于 0 的数", "give a number of 0 or more"});
  }

  [[nodiscard]] EnterpriseId enterprise(const std::string& name) {
    const auto found = chain_.resolve(name);
    if (!found) unknown(name, {"企业", "enterprise"}, chain_.nearest_keys(name));
    return found.value_or(EnterpriseId::none());
  }

  [[nodiscard]] const Project* find_project(const std::string& number) const {
    const auto found = std::find_if(dossier_.projects.begin(), dossier_.projects.end(),
                                    [&](const Project& each) { return each.number == number; });
    return found == dossier_.projects.end() ? nullptr : &*found;
  }

  void price(const Measure& measure, PlacedMeasure& one) {
    one.cost = measure.cost;
    if (!one.cost && measure.kind == MeasureKind::project) {
      const Project* project = find_project(measure.project.project);
      if (project != nullptr && project->budget) one.cost = project->budget->to_rational().to_double();
    }
    if (!one.cost && measure.kind == MeasureKind::alternate) one.cost = options_.cost_alternate;
    if (!one.cost && measure.kind == MeasureKind::stock && options_.cost_stock_day) {
      one.cost = *options_.cost_stock_day * std::max(0.0, measure.stock.days);
    }
    if (one.cost) amount(*one.cost, {"费用", "the cost"});
  }

  void alternate(const Alternate& given, PlacedMeasure& one) {
    one.customer = enterprise(given.customer);
    const EnterpriseId supplier = enterprise(given.supplier);
    one.alternate = enterprise(given.alternate);
    one.amount = given.share;
    one.escape = given.escape;
    share(given.share, {"转移份额", "the share"});
    if (given.escape) share(*given.escape, {"逃逸率", "the escape"});
    if (one.customer.is_none() || supplier.is_none() || one.alternate.is_none()) return;
    if (one.alternate == supplier || one.alternate == one.customer) {
      report(ErrorCode::invalid_argument, given.alternate,
             one.alternate == supplier ? Text{"备选供方就是现有供方", "the alternate is the present supplier"}
                                       : Text{"备选供方就是采购方自己", "the alternate is the customer itself"},
             {"写另一家企业", "name another enterprise"});
      return;
    }
    const auto link = net_.find_link(supplier, one.customer);
    if (link) {
      one.supplier = supplier;
      return;
    }
    report(ErrorCode::unknown_reference, given.supplier,
           {"它不供应 " + shown_value(given.customer), "it does not supply " + shown_value(given.customer)},
           {"写现有的供方，并检查供应方与采购方的次序",
            "name a present supplier, and check which of the two is the supplier"});
  }

  void stock(const ExtraStock& given, PlacedMeasure& one) {
    one.customer = enterprise(given.enterprise);
    one.amount = given.days;
    amount(given.days, {"备货天数", "the number of days"});
  }

  void project(const Breakthrough& given, PlacedMeasure& one) {
    one.amount = given.effect;
    share(given.effect, {"攻关效果", "the effect"});
    const Project* known = find_project(given.project);
    if (known == nullptr && !given.project.empty()) {
      Nearest nearest(given.project);
      for (const Project& each : dossier_.projects) nearest.offer(each.number);
      unknown(given.project, {"攻关项目", "project"}, std::move(nearest).take());
    }
    if (known == nullptr && given.project.empty() && given.problems.empty()) {
      report(ErrorCode::missing_value, {}, {"没有写明项目，也没有列出问题", "it names neither a project nor problems"},
             {"写出项目编号或问题编号", "give the number of a project, or of problems"});
    }
    static const std::vector<std::string> none;
    const auto& numbers = !given.problems.empty() ? given.problems : known != nullptr ? known->problems : none;
    for (const std::string& each : numbers) {
      const auto at = problems_.find(each);
      if (at == problems_.end()) {
        Nearest nearest(each);
        for (const Problem& problem : dossier_.problems) nearest.offer(problem.number);
        unknown(each, {"质量问题", "problem"}, std::move(nearest).take());
        continue;
      }
      one.problems.push_back(at->second);
    }
    std::sort(one.problems.begin(), one.problems.end());
    one.problems.erase(std::unique(one.problems.begin(), one.problems.end()), one.problems.end());
  }

  void unique(const std::vector<PlacedMeasure>& before, const PlacedMeasure& one) {
    for (std::size_t k = 0; k < before.size(); ++k) {
      if (!sound_[k] || !before[k].same_as(one)) continue;
      report(ErrorCode::duplicate, {},
             {"与第 " + whole(k + 1) + " 项措施完全相同", "it does the same as measure " + whole(k + 1)},
             {"删去其中一项", "leave one of the two out"});
      return;
    }
  }

  const Dossier& dossier_;
  const Chain& chain_;
  const Network& net_;
  const MitigationOptions& options_;
  std::unordered_map<std::string_view, std::uint32_t> problems_;
  Findings findings_;
  Location where_;
  bool whole_ = true;        // nothing is wrong with the measure at hand
  std::vector<bool> sound_;  // with those before it
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
