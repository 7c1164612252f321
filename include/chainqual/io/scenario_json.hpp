#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/impact/scenario.hpp"

namespace chainqual {
inline namespace v1 {

/// Reads scenarios from JSON.
///
/// The document is one scenario, or {"scenarios": [ … ]}. A scenario is an object of "name", "name_en", "note" and
/// "shocks", a list of objects. A shock names its target by exactly one of the keys
///   "enterprise", "product", "segment", "sector", "stage", "region", "problem" (a text), or
///   "link": {"supplier": …, "customer": …},
/// and has "magnitude" (0 to 1, also 60%; a problem's own where absent, else 1), "start" (day, 0), "duration" (days, 1,
/// or "permanent") and "recovery": {"kind": "step" | "linear" | "exponential" | "s_curve" | "table", "days": …,
/// "half_life": … (exponential, in place of days), "table": [ … ]}. For the cascade, "magnitude_downstream" (as a
/// supplier) and "magnitude_upstream" (as a customer) may differ; what is not given of the two is the magnitude, and 0
/// without one. An unknown key is an error with the nearest known.
///
/// @param text  the document: UTF-8 (byte-order mark allowed) or GB18030.
/// @param file  name for findings; no file is opened.
/// @return at least one scenario, each with at least one shock.
/// @throws Error with all findings: bad_syntax with line and byte; unknown_column, missing_value, duplicate,
///         invalid_value with line and JSON pointer.
/// @complexity  O(bytes).
/// @numerics    Decimals as the nearest double.
/// @threads     Reads only.
/// @source      Definition of this project; RFC 8259, RFC 6901.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Scenario> scenarios_from_json(std::string_view text,
                                                        const std::string& file = "scenario.json");

/// The same from a file. @throws also Error{not_found, io_failure}.
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::filesystem::path& path);

/// The document that reads back to equal scenarios, `where` aside: UTF-8, Chinese unescaped, ending in a line feed.
///
/// @throws Error{invalid_value} a text is not UTF-8 or holds a NUL byte.
/// @complexity  O(content). @numerics Shortest texts that read back to the same bits. @threads Reads only.
/// @source      As scenarios_from_json.
/// @since 0.1, experimental.
[[nodiscard]] std::string scenarios_to_json(std::span<const Scenario> scenarios);

}  // namespace v1
}  // namespace chainqual
