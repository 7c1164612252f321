#pragma once

#include <string>
#include <vector>

namespace chainqual {
inline namespace v1 {

/// A shared breakthrough result (table G.1); a row of `results.csv`.
struct SharedResult {
  std::string number;
  std::string name;
  std::string name_en;
  std::string project;  ///< number of the accepted project it comes from
  std::string contributor;
  std::string
      kind;  ///< patent, know-how, software copyright, technical standard, solution, database, typical case, other
  std::string summary;
  std::vector<std::string> problems;
  std::string indicators;
  std::string scope;
  std::string rights_kind;
  std::string rights_status;
  std::string certificate;
  std::string owner;
  std::string level;  ///< open, members, directed
  std::string terms;  ///< free, licence, transfer
  std::string contact;
  std::string status;
  friend bool operator==(const SharedResult&, const SharedResult&) = default;
};

/// A quality policy tool (T1 and T2, annex 3); a row of `policy_tools.csv`.
struct PolicyTool {
  std::string number;
  std::string need;
  std::string need_en;
  std::string measures;
  std::string measures_en;
  std::string form;
  std::string form_en;
  std::string effect;
  std::string effect_en;
  std::vector<std::string> problems;  ///< numbers of the problems it serves
  std::string source;
  friend bool operator==(const PolicyTool&, const PolicyTool&) = default;
};

}  // namespace v1
}  // namespace chainqual
