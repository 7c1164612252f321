#include "slice.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Stored;

void Store::State::Slice::history(std::string_view lifecycle, const std::string& number) {
  for (const Stored& row :
       state_.rows(storage::info_of(TableId::history), "\"table\" = ? AND COALESCE(\"number\", '') = ?",
                   {std::string(lifecycle), number})) {
    dossier_.history.push_back(storage::record_of<StepRecord>(row.cells));
  }
}

void Store::State::Slice::unit(const std::string& word) {
  if (word.empty()) return;
  std::vector<Enterprise> enterprises;
  for (const char* column : {"id", "credit_code", "name", "name_en"}) {
    load(enterprises, storage::quoted_name(column) + " = ?", word);
  }
  for (Enterprise& enterprise : enterprises) {
    if (dossier_.chain.find(enterprise.id)) continue;
    enterprise.segments.clear();  // they are not loaded
    dossier_.chain.add_enterprise(std::move(enterprise));
  }
  std::vector<Institution> institutions;
  for (const char* column : {"id", "credit_code", "name"}) {
    load(institutions, storage::quoted_name(column) + " = ?", word);
  }
  for (Institution& institution : institutions) {
    if (dossier_.chain.find_institution(institution.id)) continue;
    institution.segments.clear();
    dossier_.chain.add_institution(std::move(institution));
  }
}

void Store::State::Slice::units(const std::vector<std::string>& words) {
  load(dossier_.members, "1 = 1");
  for (const std::string& word : words) unit(word);
}

void Store::State::Slice::project_with_all(const std::string& number) {
  load(dossier_.projects, "\"number\" = ?", number);
  load(dossier_.milestones, "\"project\" = ?", number);
  load(dossier_.indicators, "\"project\" = ?", number);
  load(dossier_.documents, "\"project\" = ?", number);
  load(dossier_.changes, "\"project\" = ?", number);
  history("project", number);
}

Dossier Store::State::Slice::of(ProblemStatus, const std::string& number, const std::string& by) {
  load(dossier_.problems, "\"number\" = ?", number);
  load(dossier_.projects,
       "\"record\" IN (SELECT \"record\" FROM \"ref_problems\" WHERE \"value\" = ? AND \"table\" = 'projects' AND "
       "\"field\" = 'problems')",
       number);
  history("problem", number);
  std::vector<std::string> words{by};
  for (const Problem& problem : dossier_.problems) words.push_back(problem.unit);
  for (const Project& project : dossier_.projects) {
    history("project", project.number);
    words.push_back(project.lead);
  }
  units(words);
  return std::move(dossier_);
}

Dossier Store::State::Slice::of(ProjectStatus, const std::string& number, const std::string& by) {
  project_with_all(number);
  units({by, dossier_.projects.empty() ? std::string() : dossier_.projects.front().lead});
  return std::move(dossier_);
}

Dossier Store::State::Slice::of(ResultStatus, const std::string& number, const std::string& by) {
  load(dossier_.results, "\"number\" = ?", number);
  std::vector<std::string> words{by};
  if (!dossier_.results.empty()) {
    const std::string project = dossier_.results.front().project;
    load(dossier_.projects, "\"number\" = ?", project);
    history("project", project);
    words.push_back(dossier_.results.front().contributor);
  }
  history("result", number);
  units(words);
  return std::move(dossier_);
}

Dossier Store::State::Slice::of(LicenceStatus, const std::string& number, const std::string& by) {
  load(dossier_.licences, "\"result\" IN (SELECT \"result\" FROM \"licences\" WHERE \"number\" = ?)", number);
  load(dossier_.results, "\"number\" IN (SELECT \"result\" FROM \"licences\" WHERE \"number\" = ?)", number);
  history("licence", number);
  std::vector<std::string> words{by};
  for (const Licence& licence : dossier_.licences) {
    words.push_back(licence.licensor);
    words.push_back(licence.licensee);
  }
  for (const SharedResult& result : dossier_.results) {
    words.push_back(result.contributor);
    words.push_back(result.owner);
  }
  units(words);
  return std::move(dossier_);
}

Dossier Store::State::Slice::of(ConsortiumStatus, const std::string&, const std::string& by) {
  std::vector<Consortium> one;
  load(one, "1 = 1");
  if (!one.empty()) dossier_.consortium = std::move(one.front());
  history("consortium", {});
  units({by});
  return std::move(dossier_);
}

Dossier Store::State::Slice::of(Decision, const std::string& number, const std::string& by) {
  load(dossier_.changes, change_named, number);
  std::vector<std::string> words{by};
  if (!dossier_.changes.empty()) {
    load(dossier_.projects, "\"number\" = ?", dossier_.changes.front().project);
    for (const Project& project : dossier_.projects) words.push_back(project.lead);
  }
  history("change", number);
  units(words);
  return std::move(dossier_);
}

}  // namespace v1
}  // namespace chainqual
