#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "chainqual/core/error.hpp"
#include "chainqual/impact/study.hpp"

namespace chainqual {
inline namespace v1 {

/// Reads from JSON what is uncertain of a scenario, and how often it is to be run.
///
/// The document is an object of "samples" (200), "seed" (1), "quantiles" ([0.05, 0.5, 0.95]) and "uncertain", a list of
/// objects: "setting" (a word of `Setting`, as "magnitude_factor" or "stock_days"), "low" and "high", "spreading"
/// ("uniform", "triangular" with "mode", "log_uniform"), and "shock", the number of the scenario's shock from 1, else
/// all. An unknown key is an error with the nearest known.
///
/// @param text  the document: UTF-8 (byte-order mark allowed) or GB18030.
/// @param file  name for findings; no file is opened.
/// @return at least one uncertain setting; ranges are checked when they are drawn from.
/// @throws Error with all findings: bad_syntax with line and byte; unknown_column, missing_value, invalid_value with
///         line and JSON pointer.
/// @complexity  O(bytes).
/// @numerics    Decimals as the nearest double.
/// @threads     Reads only.
/// @source      Definition of this project; RFC 8259, RFC 6901.
/// @since 0.1, experimental.
[[nodiscard]] Study study_from_json(std::string_view text, const std::string& file = "ensemble.json");

/// The same from a file. @throws also Error{not_found, io_failure}.
[[nodiscard]] Study read_study(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
