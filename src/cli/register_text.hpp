#pragma once

#include <string>

#include "chainqual/io/chain_info.hpp"
#include "chainqual/register/coverage.hpp"
#include "chainqual/register/due.hpp"
#include "chainqual/store/records.hpp"
#include "findings.hpp"
#include "session.hpp"

/// How `chainqual register` shows what a store holds.
namespace chainqual::cli {

/// A page as columns: number, version, then the fields that tell records apart.
[[nodiscard]] std::string page_text(const Session& session, TableId table, const PlainPage& page);
/// One record, a field a line, headings in the session's language.
[[nodiscard]] std::string entry_text(const Session& session, const PlainEntry& entry);
[[nodiscard]] std::string history_text(const Session& session, const std::vector<StepRecord>& steps,
                                       const std::vector<std::string>& clerks = {});
/// What a record was and is: when, by whom, and which fields differ from the version before.
[[nodiscard]] std::string revisions_text(const Session& session, TableId table, const std::vector<PlainRevision>& all);
[[nodiscard]] std::string info_text(const Session& session, const Entry<ChainInfo>& entry);
[[nodiscard]] std::string coverage_text(const Session& session, const std::vector<SegmentCoverage>& rows);
[[nodiscard]] std::string due_text(const Session& session, const std::vector<DueItem>& due,
                                   const std::vector<ProjectWarning>& warnings);
[[nodiscard]] std::string hits_text(const Session& session, const SearchPage& page);

[[nodiscard]] Json entry_json(const PlainEntry& entry);
[[nodiscard]] Json step_json(const StepRecord& step);
[[nodiscard]] Json coverage_json(const std::vector<SegmentCoverage>& rows);
[[nodiscard]] Json due_json(const std::vector<DueItem>& due);
[[nodiscard]] Json warnings_json(const std::vector<ProjectWarning>& warnings);
[[nodiscard]] Json hits_json(const SearchPage& page);

}  // namespace chainqual::cli
