#pragma once

#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/register/problem.hpp"
#include "chainqual/register/project.hpp"
#include "chainqual/register/result.hpp"
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
  SeverityModel severity;  ///< weights, thresholds and rounding; 40/30/30, 4.0, 2.5, exact when absent
  std::vector<std::string> sources;
  std::string note;
  std::string note_en;
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
};

}  // namespace v1
}  // namespace chainqual
