#include "page_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {
namespace {

void add_assessment(Json& one, const Problem& problem, const AssessReport* report, std::size_t at, const Places& places,
                    std::size_t most_hit) {
  const ProblemAssessment* found = report == nullptr ? nullptr : &report->problems[at];
  one["stars"] = static_cast<std::size_t>(found == nullptr ? problem.declared : found->grade);
  if (found == nullptr) {
    for (const char* name : {"total", "rank", "impact", "aspects", "suggested", "why_not", "placed", "hit"}) {
      one[name] = nullptr;
    }
    one["hit_count"] = nullptr;
    return;
  }
  one["total"] = found->computed ? Json(found->computed->total.to_string()) : Json(nullptr);
  one["rank"] = found->rank;
  const LossKind measure = report->options.measure;
  one["impact"] = {{"own_segment", share(found->impact.own_segment.of(measure))},
                   {"downstream_segments", share(found->impact.downstream_segments.of(measure))},
                   {"final_products", share(found->impact.final_products.of(measure))},
                   {"whole_chain", share(found->impact.whole_chain.of(measure))}};
  one["aspects"] = Json::array();
  for (const double part : found->aspect_share) one["aspects"].push_back(share(part));
  one["suggested"] = found->diffusion.suggested;
  one["why_not"] = found->shocks ? Json(nullptr) : text(found->why_not);
  one["placed"] = Json::array();
  for (const auto& placed : found->placed) {
    if (places.of(placed.enterprise) == Places::none || one["placed"].size() >= most_hit) continue;
    one["placed"].push_back({places.of(placed.enterprise), share(placed.magnitude)});
  }
  one["hit"] = Json::array();
  for (const auto& hit : found->hit) {
    if (places.of(hit.enterprise) == Places::none || one["hit"].size() >= most_hit) continue;
    one["hit"].push_back({places.of(hit.enterprise), share(hit.loss)});
  }
  one["hit_count"] = found->hit.size();
}

}  // namespace

Json institutions(const Dossier& dossier, const Places& places) {
  Json all = Json::array();
  for (const auto& institution : dossier.chain.institutions()) {
    Json one;
    one["name"] = text(institution.name, institution.name_en);
    one["region"] = region_text(institution.region);
    one["kind"] = institution.kind;
    one["cma"] = institution.cma;
    one["cnas"] = institution.cnas;
    one["segments"] = places.segments(institution.segments);
    one["products"] = institution.products;
    one["products_en"] = institution.products_en;
    one["parameters"] = institution.parameters;
    one["methods"] = institution.methods;
    all.push_back(std::move(one));
  }
  return all;
}

Json problems(const Dossier& dossier, const AssessReport* report, const Places& places, std::size_t most_hit) {
  Json all = Json::array();
  for (std::size_t k = 0; k < dossier.problems.size(); ++k) {
    const Problem& problem = dossier.problems[k];
    Json one;
    one["number"] = problem.number;
    one["name"] = text(problem.name, problem.name_en);
    one["description"] = text(problem.description, problem.description_en);
    one["stage"] = static_cast<std::size_t>(problem.stage);
    one["segments"] = places.segments(problem.segments);
    one["enterprises"] = places.enterprises(problem.enterprises);
    one["products"] = problem.products;
    one["products_en"] = problem.products_en;
    one["category"] = key(problem.category);
    one["status"] = key(problem.status);
    one["declared"] = static_cast<std::size_t>(problem.declared);
    one["common"] = problem.common ? Json(*problem.common) : Json(nullptr);
    one["related"] = places.problems(problem.related);
    one["technical_causes"] = problem.technical_causes;
    one["managerial_causes"] = problem.managerial_causes;
    one["ideas"] = problem.ideas;
    one["scope"] = problem.scope;
    add_assessment(one, problem, report, k, places, most_hit);
    all.push_back(std::move(one));
  }
  return all;
}

Json projects(const Dossier& dossier, const Places& places) {
  std::map<std::string, Json> milestones;
  for (const auto& each : dossier.milestones) {
    milestones.try_emplace(each.project, Json::array())
        .first->second.push_back({{"name", text(each.name, each.name_en)}, {"due", each.due}, {"done", each.done}});
  }
  Json all = Json::array();
  for (const auto& project : dossier.projects) {
    Json one;
    one["number"] = project.number;
    one["name"] = text(project.name, project.name_en);
    one["problem"] = text(project.problem_text, project.problem_text_en);
    one["expected"] = text(project.expected, project.expected_en);
    one["kind"] = key(project.kind);
    one["status"] = key(project.status);
    one["problems"] = places.problems(project.problems);
    one["lead"] = project.lead;
    one["participants"] = project.participants;
    one["start"] = project.start;
    one["end"] = project.end;
    one["budget"] = project.budget ? Json(project.budget->to_string()) : Json(nullptr);
    const auto steps = milestones.find(project.number);
    one["milestones"] = steps == milestones.end() ? Json::array() : steps->second;
    all.push_back(std::move(one));
  }
  return all;
}

Json results(const Dossier& dossier, const Places& places) {
  Json all = Json::array();
  for (const auto& result : dossier.results) {
    Json one;
    one["number"] = result.number;
    one["name"] = text(result.name, result.name_en);
    one["kind"] = key(result.kind);
    one["status"] = key(result.status);
    one["level"] = key(result.level);
    one["terms"] = key(result.terms);
    one["project"] = places.project(result.project);
    one["problems"] = places.problems(result.problems);
    one["summary"] = result.summary;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
