#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chainqual/evaluate/kano.hpp"
#include "chainqual/evaluate/limit_grading.hpp"
#include "chainqual/evaluate/value_grading.hpp"
#include "chainqual/io/text.hpp"

// Inputs of grading methods as CSV tables. Each reader tells every error of its file at once, with line, column, value
// and fix, in both languages; headings are English or Chinese.

namespace chainqual {
inline namespace v1 {

/// Judgements for pairwise_weights.
struct PairwiseJudgements {
  std::vector<std::string> names;  ///< in the order in which they are met
  std::vector<double> judgements;  ///< [names · names]; NaN where the other of the pair says it
};

/// Judgements: the columns first, second and judgement (how many times as important the first is: 3, 0.5, 1/3), a row
/// for each pair.
///
/// @throws Error with every finding, as `CsvReader`; missing_value an empty cell, a pair that no row judges or a table
/// without rows; duplicate a pair judged twice one way; invalid_value a name against itself, a judgement that is not
/// positive.
/// @complexity O(rows log names + names²). @numerics Quotients as the nearest double. @threads Reads only.
/// @source As pairwise_weights. @since 0.1, experimental.
[[nodiscard]] PairwiseJudgements judgements_from_table(TextFile text, Findings findings);
[[nodiscard]] PairwiseJudgements read_judgements(const std::filesystem::path& path);

/// Stages of a process, in order: the columns name, own and inherited (which the first stage may leave empty), shares
/// from 0 to 1. @throws as judgements_from_table. @complexity O(bytes). @since 0.1, experimental.
[[nodiscard]] std::vector<ProcessStage> stages_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<ProcessStage> read_stages(const std::filesystem::path& path);

/// Grades by limits, the best first: the columns name and limit. Their order is for LimitGrading to check.
/// @throws as judgements_from_table. @complexity O(bytes). @numerics Exact. @since 0.1, experimental.
[[nodiscard]] std::vector<GradeLimit> grade_limits_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<GradeLimit> read_grade_limits(const std::filesystem::path& path);

/// A measured value and what it was measured of.
struct NamedValue {
  std::string name;
  Decimal value;
};

/// Values: the columns value and, which may be absent, name. @throws as judgements_from_table. @complexity O(bytes).
/// @numerics Exact. @since 0.1, experimental.
[[nodiscard]] std::vector<NamedValue> named_values_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<NamedValue> read_named_values(const std::filesystem::path& path);

/// A ladder of suppliers, the lowest step first: the columns step, measure, limit and, which may be empty, direction;
/// the rows of a step need not stand together. @throws as judgements_from_table; duplicate a measure twice in a step.
/// @complexity O(rows · demands of a step). @numerics Exact. @since 0.1, experimental.
[[nodiscard]] std::vector<LadderStep> ladder_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<LadderStep> read_ladder(const std::filesystem::path& path);

struct MeasuredSupplier {
  std::string name;
  std::vector<SupplierMeasure> measures;
};

/// Suppliers and what they show: the columns supplier, measure, value; an empty value is not measured.
/// @throws as judgements_from_table; duplicate a measure twice of one supplier. @complexity O(rows · measures).
/// @numerics Exact. @since 0.1, experimental.
[[nodiscard]] std::vector<MeasuredSupplier> suppliers_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<MeasuredSupplier> read_suppliers(const std::filesystem::path& path);

struct FeatureAnswers {
  std::string feature;
  std::vector<KanoPair> pairs;
};

/// Answers of customers: the columns feature, with and without (like, expect, neutral, tolerate, dislike, or in
/// Chinese), a row for each customer and feature. @throws as judgements_from_table. @complexity O(rows log features).
/// @since 0.1, experimental.
[[nodiscard]] std::vector<FeatureAnswers> kano_answers_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<FeatureAnswers> read_kano_answers(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
