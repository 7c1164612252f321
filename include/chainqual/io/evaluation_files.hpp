#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/summary.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Tables K.1 of a file.
struct IndicatorFile {
  std::vector<Indicator> indicators;        ///< those of K.1, then those that the file adds
  std::vector<IndicatorSheet> sheets;       ///< in the file's order, one at least
  std::vector<double> weights;              ///< [indicators] ≥ 0; empty: the file gives none
  std::vector<double> category_judgements;  ///< as in EvaluationOptions; empty: the file gives none
  std::vector<CategoryJudgements> within;   ///< likewise
};

/// Reads filled tables K.1 from JSON.
///
/// The document is {"chain": …, "indicators": [ … ], "sheets": [ … ], "weights": { … }, "judgements": { … }}, of which
/// only "sheets" must be there. An added indicator has "key", "name" and, which may be absent, "name_en", "category",
/// "kind", "unit", "direction", "steps" (five texts), "worst", "best". A sheet has "entries" and may have "chain" and
/// "period". An entry has "indicator" (key, Chinese or English name) and may have "baseline", "target", "value",
/// "steps"
/// ({"reviewer": 1 to 5}), "evidence", "date", "source", "action", "owner", "due". "weights" are {"indicator": number ≥
/// 0}; those it does not name weigh 0. "judgements" are {"categories": [[1, 3], [null, 1]], "within": {"quality": [[ …
/// ]]}}, matrices as pairwise_weights takes them, whose cells are numbers, "1/3", or null where the other of the pair
/// says it. An unknown key is an error with the nearest known.
///
/// @param text  the document: UTF-8 (byte-order mark allowed) or GB18030.
/// @param file  name for findings; no file is opened.
/// @throws Error with all findings: bad_syntax with line and byte; unknown_column, missing_value, duplicate,
///         unknown_reference an indicator that there is not, invalid_value with line and JSON pointer.
/// @complexity  O(bytes · log indicators).
/// @numerics    Exact decimals; weights as the nearest double.
/// @threads     Reads only.
/// @source      Definition of this project; appendix K of T/GQDA; RFC 8259, RFC 6901.
/// @since 0.1, experimental.
[[nodiscard]] IndicatorFile indicators_from_json(std::string_view text, const std::string& file = "indicators.json");

/// Reads filled tables K.1 from a CSV table: one row an entry, with the column indicator and any of chain, period,
/// baseline, target, value, steps (王=4;李=5), evidence, date, source, action, owner, due. Rows of one chain and period
/// are one sheet. An indicator that K.1 does not have is added where its row gives a category; kind, unit and direction
/// then count too. Where a row of a known indicator gives these, they must be that indicator's (invalid_value).
///
/// @throws Error with every finding, as indicators_from_json and `CsvReader`. @complexity O(bytes · log indicators).
/// @numerics Exact. @threads Reads only. @source As indicators_from_json. @since 0.1, experimental.
[[nodiscard]] IndicatorFile indicators_from_table(TextFile text, Findings findings);

/// Either, by whether the name ends in .csv. @throws also Error{not_found, io_failure}.
[[nodiscard]] IndicatorFile read_indicators(const std::filesystem::path& path);

/// The document that reads back to equal tables: UTF-8, Chinese unescaped, ending in a line feed. Entries without any
/// content are written too, so that a table can be filled in.
///
/// @throws Error{invalid_value} a text is not UTF-8 or holds a NUL byte, or a weight is not finite.
/// @complexity O(content). @numerics Decimals with their digits. @threads Reads only.
/// @source As indicators_from_json. @since 0.1, experimental.
[[nodiscard]] std::string indicators_to_json(const IndicatorFile& file);

/// Figures for one period of table I.1.
struct PeriodFigures {
  Date from;
  Date until;
  std::vector<GivenFigure> given;
};

/// Reads figures for table I.1 from a CSV table with the columns from, field and any of until, value, text, source.
///
/// `from` and `until` are days, months or years; without `until` the period is what `from` says (2025: the year).
/// `field` is a column of I.1 by key, Chinese or English name.
///
/// @return periods in time, each with its figures.
/// @throws Error with every finding: invalid_value a field or day that is none, duplicate a field twice in a period,
/// and
///         as `CsvReader`.
/// @complexity O(bytes + periods log periods). @numerics Exact. @threads Reads only.
/// @source Definition of this project; appendix I of T/GQDA. @since 0.1, experimental.
[[nodiscard]] std::vector<PeriodFigures> figures_from_table(TextFile text, Findings findings);
/// The same from JSON: {"figures": [{"from": …, "until": …, "field": …, "value": …, "text": …, "source": …}, … ]}.
/// @throws Error with every finding, line and JSON pointer. @complexity, @numerics, @threads, @source as
/// figures_from_table. @since 0.1, experimental.
[[nodiscard]] std::vector<PeriodFigures> figures_from_json(std::string_view text,
                                                           const std::string& file = "figures.json");
/// Either, by whether the name ends in .json. @throws also Error{not_found, io_failure}.
[[nodiscard]] std::vector<PeriodFigures> read_figures(const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
