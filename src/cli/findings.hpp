#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "chainqual/core/error.hpp"
#include "session.hpp"

namespace chainqual::cli {

using Json = nlohmann::ordered_json;

/// Findings as text: those of one rule in one file and column together, with the places where it is broken; errors
/// first. At most `places` places of a rule are listed, then their count.
[[nodiscard]] std::string findings_text(const Findings& findings, const Session& session, std::size_t places);

/// "2 errors, 5 warnings" in the session's language; "nothing to report" when there are none.
[[nodiscard]] std::string findings_count(const Findings& findings, const Session& session);

/// {"errors", "warnings", "infos", "list": [{"level", "code", "file", "line", "record", "column", "byte", "value",
/// "rule": {"zh", "en"}, "fix": {"zh", "en"}}]}; absent parts of a place are left out.
[[nodiscard]] Json findings_json(const Findings& findings);

[[nodiscard]] Json text_json(const Text& text);

/// The object that every --json answer starts with: {"command", "version", "ok"}.
[[nodiscard]] Json answer(const Session& session, bool ok = true);

/// Prints one answer to standard output, indented, ending in a line feed.
void print_json(Session& session, const Json& json);

/// Says on standard error (and, with --json, as an answer) what stopped the command; returns the exit code for it.
int report_error(Session& session, const Error& error);
int report_usage(Session& session, const UsageError& error);

}  // namespace chainqual::cli
