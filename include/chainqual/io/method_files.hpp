#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/evaluate/fault_tree.hpp"
#include "chainqual/evaluate/fmea.hpp"
#include "chainqual/io/text.hpp"

// What quality methods work on, as files: CSV tables, and JSON for fault trees. Each reader reports every error of its
// file at once, with line, column, value and fix.

namespace chainqual {
inline namespace v1 {

/// Failure modes: the columns name, severity, occurrence, detection; ratings are whole numbers 1 to 10.
///
/// @throws Error with every finding, as `CsvReader`; missing_value an empty cell or a table without rows.
/// @complexity O(bytes). @numerics none. @threads Reads only. @source IEC 60812:2018, table of an FMEA.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<FailureMode> failure_modes_from_table(TextFile text, Findings findings);
/// The same from a file. @throws also Error{not_found, io_failure}.
[[nodiscard]] std::vector<FailureMode> read_failure_modes(const std::filesystem::path& path);

/// A table of action priorities: the columns priority and severity_from, severity_to, occurrence_from … detection_to,
/// which may be absent or empty (1 and 10). @throws as failure_modes_from_table. @complexity O(bytes).
[[nodiscard]] std::vector<PriorityRule> priority_rules_from_table(TextFile text, Findings findings);
[[nodiscard]] std::vector<PriorityRule> read_priority_rules(const std::filesystem::path& path);

/// A fault tree of JSON: {"top": …, "gates": [{"name": …, "kind": "or" | "and" | "at_least", "k": …, "inputs": [ … ]}],
/// "events": [{"name": …, "probability": 0 to 1}]}. An unknown key is an error with the nearest known.
///
/// @throws Error with all findings, line and JSON pointer: bad_syntax, unknown_column, missing_value, invalid_value.
/// What the tree as a whole lacks (cycles, unknown names) `analyse` says. @complexity O(bytes).
/// @numerics Probabilities as the nearest double. @threads Reads only. @source Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] FaultTree fault_tree_from_json(std::string_view text, const std::string& file = "fault_tree.json");
[[nodiscard]] FaultTree read_fault_tree(const std::filesystem::path& path);

/// Measured values, by sample or group.
struct Measurements {
  std::vector<std::string> names;            ///< of the samples, in order of their first row; one "" without a column
  std::vector<std::vector<double>> samples;  ///< beside `names`, values in the order of the rows
  std::vector<double> in_order;              ///< all values as the rows stand, which is their order in time
  std::vector<std::string> second_names;     ///< levels of a second factor; empty without its column
  std::vector<std::vector<double>> cells;    ///< [names · second_names] values of each pair; some may be empty
};

/// Measurements: the column value and, which may be absent, sample (or group) and second (a second factor).
///
/// @throws as failure_modes_from_table. @complexity O(bytes log samples). @numerics Decimals as the nearest double.
/// @threads Reads only. @source Definition of this project. @since 0.1, experimental.
[[nodiscard]] Measurements measurements_from_table(TextFile text, Findings findings);
[[nodiscard]] Measurements read_measurements(const std::filesystem::path& path);

/// Counts of what does not conform, and of what how many were looked at.
struct InspectionCounts {
  std::vector<double> counts;
  std::vector<double> sizes;  ///< beside `counts`; empty: no column size
};

/// Counts: the column count and, which may be absent, size. @throws as failure_modes_from_table. @complexity O(bytes).
[[nodiscard]] InspectionCounts counts_from_table(TextFile text, Findings findings);
[[nodiscard]] InspectionCounts read_counts(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
