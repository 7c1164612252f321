#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "input.hpp"
#include "shown_table.hpp"

// The actions of `chainqual evaluate`, by theme: table I.1 in evaluate_summary.cpp, table K.1 in
// evaluate_indicators.cpp, quality methods in evaluate_<theme>.cpp.
namespace chainqual::cli {

/// Options as typed; an empty one was not given.
struct EvaluateOptions {
  std::vector<std::string> words;  ///< what to do, and what with
  std::vector<std::string> periods;
  std::string from;
  std::string until;
  std::string figures;
  std::string today;
  std::string normalisation;
  std::string weighting;
  std::string missing;
  std::string write;
  std::string priorities;
  std::string kind;
  std::string rules;
  std::string centre;
  std::string sigma;
  std::string lambda;
  std::string width;
  std::string reference;
  std::string decision;
  std::string head_start;
  std::string lower;
  std::string upper;
  std::string confidence;
  std::string of;
  std::string direction;
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

/// The last day of an option's day, month or year: 2025 means 2025-12-31. @throws Error{invalid_value} it is no date.
[[nodiscard]] Date last_day_option(const std::string& name, const std::string& text);

/// The same error with `file` in its findings that name none: methods check what they are given without knowing where
/// it comes from.
[[nodiscard]] Error error_in(const Error& error, const std::string& file);

/// What `work` gives, its errors placed in the file that it works on.
template <class Work>
[[nodiscard]] auto of_file(const std::string& file, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    throw error_in(error, file);
  }
}

/// The word of an option by its names; `otherwise` where it was not given. @throws UsageError listing the keys.
template <class E>
[[nodiscard]] E word_option(const std::string& name, const std::string& text, E otherwise) {
  if (text.empty()) return otherwise;
  std::vector<std::string> keys;
  for (const auto& row : Names<E>::table) keys.emplace_back(row.key);
  require_one_of(name, text, keys);
  return *value_named<E>(text);
}

/// The word of an enumerator: its key in JSON, its name on screen.
template <class E>
[[nodiscard]] std::string word_of(const Session& session, E value) {
  return std::string(session.json ? key_of(value) : label_of(value, session.language));
}

/// A line with a number in it.
[[nodiscard]] std::string with_number(const Session& session, std::string_view zh, std::string_view en, double value);

EvaluateAnswer evaluate_summary(const EvaluateCall& call);
EvaluateAnswer evaluate_indicators(const EvaluateCall& call);
EvaluateAnswer evaluate_fmea(const EvaluateCall& call);
EvaluateAnswer evaluate_fault_tree(const EvaluateCall& call);
EvaluateAnswer evaluate_chart(const EvaluateCall& call);
EvaluateAnswer evaluate_capability(const EvaluateCall& call);
EvaluateAnswer evaluate_anova(const EvaluateCall& call);
EvaluateAnswer evaluate_describe(const EvaluateCall& call);
EvaluateAnswer evaluate_constants(const EvaluateCall& call);
EvaluateAnswer evaluate_weights(const EvaluateCall& call);
EvaluateAnswer evaluate_lines(const EvaluateCall& call);
EvaluateAnswer evaluate_stages(const EvaluateCall& call);
EvaluateAnswer evaluate_limits(const EvaluateCall& call);
EvaluateAnswer evaluate_ladder(const EvaluateCall& call);
EvaluateAnswer evaluate_kano(const EvaluateCall& call);
EvaluateAnswer evaluate_house(const EvaluateCall& call);
EvaluateAnswer evaluate_deviation(const EvaluateCall& call);
EvaluateAnswer evaluate_training(const EvaluateCall& call);

}  // namespace chainqual::cli
