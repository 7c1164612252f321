#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/chain/single_source.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/measure.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const SuggestOptions& options) {
  const auto refuse = [](double value, const Text& what, const Text& rule) {
    throw Error(ErrorCode::invalid_argument,
                {"建议选项不正确：" + what.zh + "为 " + number(value) + "，" + rule.zh + "。",
                 "options of suggestions: " + what.en + " " + number(value) + " " + rule.en + "."});
  };
  const Text in_share{"必须在 0 到 1 之间", "must lie between 0 and 1"};
  if (!is_share(options.share)) refuse(options.share, {"转移份额", "the share"}, in_share);
  if (!is_share(options.effect)) refuse(options.effect, {"攻关效果", "the effect"}, in_share);
  if (!(options.stock_days >= 0 && std::isfinite(options.stock_days))) {
    refuse(options.stock_days, {"备货天数", "the number of stock days"},
           {"必须是不小于 0 的有限数", "must be finite and not negative"});
  }
}

/// What may be tried against a chain's problems and single sources.
class Suggestions {
 public:
  Suggestions(const Dossier& dossier, const SuggestOptions& options)
      : dossier_(dossier), chain_(dossier.chain), options_(options) {}

  std::vector<Measure> run(const Control& control) {
    if (options_.projects) projects();
    if (!options_.alternates && !(options_.stock_days > 0)) return std::move(out_);
    const auto inputs = single_sources(network_of(chain_, control));
    if (options_.alternates) {
      for (const SingleSource& input : inputs) {
        throw_if_cancelled(control);
        alternates(input.customer, input.supplier);
      }
    }
    if (options_.stock_days > 0) stocks(inputs);
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool open(const std::string& number) const {
    const auto found = std::find_if(dossier_.problems.begin(), dossier_.problems.end(),
                                    [&](const Problem& problem) { return problem.number == number; });
    return found != dossier_.problems.end() && found->status != ProblemStatus::solved;
  }

  void projects() {
    for (const Project& project : dossier_.projects) {
      const bool over = project.status == ProjectStatus::accepted || project.status == ProjectStatus::refused ||
                        project.status == ProjectStatus::archived;
      const bool any_open = std::any_of(project.problems.begin(), project.problems.end(),
                                        [this](const std::string& number) { return open(number); });
      if (over || !any_open) continue;
      Measure measure;
      measure.kind = MeasureKind::project;
      measure.project = {project.number, {}, options_.effect};
      measure.name = project.name;
      measure.name_en = project.name_en;
      out_.push_back(std::move(measure));
    }
  }

  /// The products of the links between two enterprises; those that the supplier lists where no link names one.
  [[nodiscard]] std::set<std::string> products(EnterpriseId supplier, EnterpriseId customer) const {
    std::set<std::string> found;
    const auto [begin, end] = boost::out_edges(supplier.value, chain_.graph());
    for (auto edge = begin; edge != end; ++edge) {
      const std::string& product = chain_.link(*edge).product;
      if (chain_.customer(*edge) == customer && !product.empty()) found.insert(product);
    }
    if (!found.empty()) return found;
    const auto& listed = chain_.enterprise(supplier).products;
    return {listed.begin(), listed.end()};
  }

  void alternates(EnterpriseId customer, EnterpriseId supplier) {
    const SegmentId home = chain_.home_segment(supplier);
    if (home.is_none()) return;
    const std::string& segment = chain_.segment(home).id;
    const std::set<std::string> wanted = products(supplier, customer);
    std::size_t found = 0;
    for (std::uint32_t v = 0; v < chain_.enterprises() && found < options_.most_alternates; ++v) {
      const EnterpriseId id{v};
      if (id == customer || id == supplier) continue;
      const Enterprise& other = chain_.enterprise(id);
      const bool there = std::find(other.segments.begin(), other.segments.end(), segment) != other.segments.end();
      const bool makes =
          !options_.same_product || std::any_of(other.products.begin(), other.products.end(),
                                                [&](const auto& made) { return wanted.count(made) != 0; });
      if (!there || !makes) continue;
      Measure measure;
      measure.alternate = {
          chain_.enterprise(customer).id, chain_.enterprise(supplier).id, other.id, options_.share, {}};
      out_.push_back(std::move(measure));
      ++found;
    }
  }

  void stocks(const std::vector<SingleSource>& inputs) {
    EnterpriseId last;
    for (const SingleSource& input : inputs) {
      if (input.customer == last) continue;
      last = input.customer;
      Measure measure;
      measure.kind = MeasureKind::stock;
      measure.stock = {chain_.enterprise(last).id, options_.stock_days};
      out_.push_back(std::move(measure));
    }
  }

  const Dossier& dossier_;
  const Chain& chain_;
  const SuggestOptions& options_;
  std::vector<Measure> out_;
};

}  // namespace impact_detail

inline std::vector<Measure> suggest_measures(const Dossier& dossier, const SuggestOptions& options,
                                             const Control& control) {
  impact_detail::check(options);
  return impact_detail::Suggestions(dossier, options).run(control);
}

}  // namespace v1
}  // namespace chainqual
