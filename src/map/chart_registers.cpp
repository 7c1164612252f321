#include <algorithm>

#include "chart_maker.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

void Maker::institutions() {
  for (const auto& institution : chain_.institutions()) {
    std::string name = isolated(in_language(institution.name, institution.name_en, language_));
    if (institution.cma || institution.cnas) {
      name += institution.cma && institution.cnas ? " [CMA/CNAS]" : institution.cma ? " [CMA]" : " [CNAS]";
    }
    bool segmented = false;
    for (const auto& segment : institution.segments) {
      segmented = segmented || chain_.find_segment(segment).has_value();
      if (Lane* lane = lane_of(segment)) lane->institutions.push_back(name);
    }
    if (!segmented) chart_.institutions.push_back(name);
  }
}

ProblemLine Maker::line_of(const Problem& problem, Grade grade, bool in_project) const {
  ProblemLine line;
  line.grade = grade;
  line.number = problem.number;
  line.name = in_language(problem.name, problem.name_en, language_);
  if (line.name.empty()) line.name = in_language(problem.description, problem.description_en, language_);
  if (const auto change = change_of(MapPart::problem, problem.number)) {
    line.name = std::string(say(language_, "【", "[")) + std::string(label_of(*change, language_)) +
                std::string(say(language_, "】", "] ")) + line.name;
  }
  line.category = label_of(problem.category, language_);
  std::vector<std::string> where;
  for (const auto& id : problem.segments) {
    const auto at = chain_.find_segment(id);
    if (!at) continue;
    const Segment& segment = chain_.segment(*at);
    where.push_back(isolated(in_language(segment.name, segment.name_en, language_)));
  }
  line.where = joined(where, comma());
  line.tooltip = joined({line.where, in_language(problem.description, problem.description_en, language_)},
                        say(language_, "：", ": "));
  line.in_project = in_project;
  return line;
}

void Maker::problems() {
  std::set<std::string> in_projects;
  for (const auto& project : dossier_.projects) in_projects.insert(project.problems.begin(), project.problems.end());
  for (std::size_t i = 0; i < dossier_.problems.size(); ++i) {
    const Problem& problem = dossier_.problems[i];
    const Grade grade = report_ != nullptr ? report_->problems[i].grade : problem.declared;
    const auto stars_count = static_cast<std::size_t>(grade);
    const auto category = static_cast<std::size_t>(problem.category);
    Column& into = column(problem.stage);
    ++into.problems[stars_count];
    ++into.categories[category];
    ++chart_.problems[stars_count];
    ++chart_.categories[category];
    std::set<Lane*> seen;
    for (const auto& segment : problem.segments) {
      Lane* lane = lane_of(segment);
      if (lane == nullptr || !seen.insert(lane).second) continue;
      ++lane->problems[stars_count];
      ++lane->categories[category];
    }
    into.lines.push_back(line_of(problem, grade, in_projects.contains(problem.number)));
  }
  for (auto& each : chart_.columns) {
    std::stable_sort(each.lines.begin(), each.lines.end(),
                     [](const ProblemLine& a, const ProblemLine& b) { return a.grade > b.grade; });
    if (each.lines.size() > most_problem_lines) {
      each.lines_left_out = static_cast<std::uint32_t>(each.lines.size() - most_problem_lines);
      each.lines.resize(most_problem_lines);
    }
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
