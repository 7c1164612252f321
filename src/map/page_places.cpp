#include <cmath>

#include "chainqual/chain/region.hpp"
#include "page_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {

Json text(const std::string& zh, const std::string& en) {
  return {{"zh", zh}, {"en", en}};
}

Json text(const Text& both) {
  return text(both.zh, both.en);
}

Json share(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::round(value * 1e6) / 1e6;
}

Json region_text(const std::string& code) {
  const Region* region = code.empty() ? nullptr : find_region(code);
  if (region == nullptr) return text(code, code);
  return text(std::string(region->short_name), std::string(region->name_en));
}

Places::Places(const Dossier& dossier, std::vector<EnterpriseId> shown)
    : chain_(dossier.chain), shown_(std::move(shown)) {
  at_.assign(chain_.enterprises(), none);
  for (std::uint32_t k = 0; k < shown_.size(); ++k) at_[shown_[k].index()] = k;
  for (std::uint32_t k = 0; k < dossier.problems.size(); ++k) problem_at_.emplace(dossier.problems[k].number, k);
  for (std::uint32_t k = 0; k < dossier.projects.size(); ++k) project_at_.emplace(dossier.projects[k].number, k);
}

Json Places::segments(const std::vector<std::string>& ids, std::size_t from) const {
  Json all = Json::array();
  for (std::size_t k = from; k < ids.size(); ++k) {
    if (const auto id = chain_.find_segment(ids[k])) all.push_back(id->index());
  }
  return all;
}

Json Places::enterprises(const std::vector<std::string>& ids) const {
  Json all = Json::array();
  for (const auto& each : ids) {
    const auto id = chain_.find(each);
    if (id && of(*id) != none) all.push_back(of(*id));
  }
  return all;
}

Json Places::problems(const std::vector<std::string>& numbers) const {
  Json all = Json::array();
  for (const auto& number : numbers) {
    const auto found = problem_at_.find(number);
    if (found != problem_at_.end()) all.push_back(found->second);
  }
  return all;
}

Json Places::project(const std::string& number) const {
  const auto found = project_at_.find(number);
  return found == project_at_.end() ? Json(nullptr) : Json(found->second);
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
