#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "chainqual/evaluate/training.hpp"

namespace chainqual {
inline namespace v1 {

struct TrainingFile {
  TrainingBase base;
  RegradeRules rules;
};

/// A training base: {"courses": [{"number", "name", "name_en", "group", "hours", "problems": [ … ]}], "lecturers":
/// [{"id", "name", "speciality", "years", "origin", "grade", "state"}], "sessions": [{"number", "course", "lecturer",
/// "date", "observed"}], "sheets": [{"session", "answers": [5, 4, 4, 5]}], "rules": {members of RegradeRules}}.
///
/// Answers stand in the order of SurveyQuestion. A sheet has no other members: surveys are anonymous, so that a key for
/// a name is an error.
///
/// @throws Error with all findings: bad_syntax, unknown_column, missing_value, invalid_value; references are for
///         session_scores and training_coverage to check. @complexity O(bytes). @numerics Exact. @threads Reads only.
/// @source T1, section 4, for what is kept; the form is ours. @since 0.1, experimental.
[[nodiscard]] TrainingFile training_from_json(std::string_view text, const std::string& file = "training.json");
[[nodiscard]] TrainingFile read_training(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
