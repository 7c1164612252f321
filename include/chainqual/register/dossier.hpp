#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/register/consortium.hpp"
#include "chainqual/register/event.hpp"
#include "chainqual/register/history.hpp"
#include "chainqual/register/licence.hpp"
#include "chainqual/register/problem.hpp"
#include "chainqual/register/project.hpp"
#include "chainqual/register/project_life.hpp"
#include "chainqual/register/result.hpp"
#include "chainqual/register/scope.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {

/// What `chain.json` says of a chain besides its tables.
struct ChainInfo {
  std::string name;
  std::string name_en;
  std::string home_region;  ///< GB/T 2260 province code: enterprises of it are "inside-province"
  std::string date;         ///< ISO 8601 date of the content
  std::string version;
  int review_cycle_months = 12;
  int report_cycle_months = 3;  ///< of the projects' progress reports (5.5.4 a: quarterly, say)
  SeverityModel severity;       ///< weights, thresholds and rounding; 40/30/30, 4.0, 2.5, exact when absent
  std::vector<std::string> sources;
  std::string note;
  std::string note_en;
  std::vector<std::string> sources_en = {};  ///< the sources in English
  friend bool operator==(const ChainInfo&, const ChainInfo&) = default;
};

/// A chain with its registers: everything that one chain folder holds.
struct Dossier {
  ChainInfo info;
  Chain chain;
  std::vector<Problem> problems;
  std::vector<ScoreRow> scores;
  std::vector<Project> projects;
  std::vector<Milestone> milestones;
  std::vector<SharedResult> results;
  std::vector<PolicyTool> policy_tools;
  std::vector<IndicatorRow> indicators;
  std::optional<Consortium> consortium;
  std::vector<Member> members;
  std::vector<Scope> scopes;
  std::vector<Change> changes;
  std::vector<ProjectRisk> risks;
  std::vector<ProgressReport> reports;
  std::vector<ProjectDocument> documents;
  std::vector<Licence> licences;
  std::vector<ChainEvent> events;
  std::vector<Review> reviews;
  std::vector<AssessedFact> facts;  ///< what assessments found, oldest first
  std::vector<StepRecord> history;  ///< append-only, oldest first
  std::vector<ProjectPartner> partners;
};

}  // namespace v1
}  // namespace chainqual
