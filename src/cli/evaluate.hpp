#pragma once

#include <string>
#include <vector>

#include "input.hpp"
#include "shown_table.hpp"

// The actions of `chainqual evaluate`, by theme: tables K.1 and I.1 in evaluate_work.cpp, methods in
// evaluate_methods.cpp.
namespace chainqual::cli {

struct EvaluateOptions {
  std::vector<std::string> words;  ///< what to do, and what with
  std::string from;
  std::string until;
  std::string figures;
  std::string period;
  std::string today;
  std::string normalisation = "attainment";
  std::string weighting;
  std::string missing = "leave_out";
  std::string write;
  std::string priorities;
  std::string kind = "individuals";
  std::string rules = "western_electric";
  std::string centre;
  std::string sigma;
  std::string lower;
  std::string upper;
  std::string confidence = "0.95";
  std::string form;
  std::string out;
  ReadFlags read;
};

/// What an action found.
struct EvaluateAnswer {
  Json facts = Json::object();      ///< beside the tables, in JSON
  std::vector<ShownTable> tables;   ///< [0] is what --out writes as CSV
  std::vector<std::string> notes;   ///< lines below the tables on screen
  std::vector<std::string> unseen;  ///< keys of tables that are not shown on screen
};

/// One run: the words behind the action.
struct EvaluateCall {
  Session& session;
  const EvaluateOptions& typed;

  [[nodiscard]] const std::string& word(std::size_t at) const { return typed.words.at(at + 1); }
  [[nodiscard]] std::size_t count() const { return typed.words.size() - 1; }
};

/// The number of an option that may be absent.
[[nodiscard]] std::optional<double> real_option(const std::string& name, const std::string& text);

EvaluateAnswer evaluate_summary(const EvaluateCall& call);
EvaluateAnswer evaluate_indicators(const EvaluateCall& call);
EvaluateAnswer evaluate_fmea(const EvaluateCall& call);
EvaluateAnswer evaluate_fault_tree(const EvaluateCall& call);
EvaluateAnswer evaluate_chart(const EvaluateCall& call);
EvaluateAnswer evaluate_capability(const EvaluateCall& call);
EvaluateAnswer evaluate_anova(const EvaluateCall& call);

}  // namespace chainqual::cli
