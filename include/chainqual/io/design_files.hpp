#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/evaluate/deviation.hpp"
#include "chainqual/evaluate/quality_house.hpp"
#include "chainqual/evaluate/value_grading.hpp"

// Inputs of methods that work on several tables at once, as JSON documents. Each reader tells every error of its file
// at once, with line, JSON pointer, value and fix, in both languages. An unknown key is an error with the nearest
// known.

namespace chainqual {
inline namespace v1 {

/// What grade_lines works on.
struct LineGrading {
  std::vector<GradingCriterion> criteria;
  std::vector<GradeThreshold> thresholds;
  std::vector<ProductionLine> lines;
};

/// Lines to be graded: {"criteria": [{"name": …, "weight": 1, "least": …, "worst": …, "best": …, "shape": 0}, or with
/// "points": [[measurement, value], … ] for a curve of straight lines], "thresholds": [{"name": …, "from": 0}, … ],
/// "lines": [{"name": …, "measurements": {criterion: number, … }}]}.
///
/// @throws Error with all findings: bad_syntax, unknown_column, missing_value (a measurement too), invalid_value, what
///         ValueCurve refuses. @complexity O(bytes). @numerics Nearest doubles. @threads Reads only.
/// @source Definition of this project. @since 0.1, experimental.
[[nodiscard]] LineGrading line_grading_from_json(std::string_view text, const std::string& file = "lines.json");
[[nodiscard]] LineGrading read_line_grading(const std::filesystem::path& path);

/// Houses of quality, of which each deploys the one before: {"houses": [{"wants": [{"name": …, "importance": …} or the
/// name alone], "characteristics": [ … ], "relations": [[9, 0], … ] (a row for each want), "roof": [[ … ]]}]}.
///
/// @throws As line_grading_from_json; shapes are for build_house to check. @complexity O(bytes).
/// @numerics Nearest doubles. @threads Reads only. @source Definition of this project. @since 0.1, experimental.
[[nodiscard]] std::vector<QualityHouse> houses_from_json(std::string_view text,
                                                         const std::string& file = "houses.json");
[[nodiscard]] std::vector<QualityHouse> read_houses(const std::filesystem::path& path);

struct DeviationFile {
  DeviationProcess process;
  std::vector<double> measured;  ///< means of the finished part, for locate_sources; empty: not measured
};

/// A process: {"incoming": {"mean": [ … ], "covariance": [[ … ]] or "deviations": [ … ]}, "stages": [{"name": …, "a":
/// [[ … ]], "b": [[ … ]], "sources": [ … ], "mean": [ … ], "covariance": [[ … ]] or "deviations": [ … ]}], "measured":
/// [ … ]}. "deviations" are standard deviations of sources that vary by themselves.
///
/// @throws As line_grading_from_json; shapes are for propagate_deviations to check. @complexity O(bytes + sources²).
/// @numerics Nearest doubles. @threads Reads only. @source Definition of this project. @since 0.1, experimental.
[[nodiscard]] DeviationFile deviation_from_json(std::string_view text, const std::string& file = "process.json");
[[nodiscard]] DeviationFile read_deviation(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
