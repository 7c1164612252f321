#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/io/xlsx.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Version of the JSON report's keys. Keys are only added within one version.
inline constexpr int report_format_version = 1;

/// One column of a report's table.
struct ReportColumn {
  std::string_view key;  ///< heading in CSV files, the same in every language
  std::string_view zh;   ///< headings in workbooks
  std::string_view en;
  bool detail = false;  ///< in CSV files only: left out of workbooks, which people read
};

/// One table of an assessment. Cells of a row are as many as the columns.
struct ReportTable {
  std::string_view key;  ///< file name without ".csv": graded_problems, impact_by_enterprise …
  Text name;             ///< tab in a workbook
  std::vector<ReportColumn> columns;
  std::vector<std::vector<SheetCell>> rows;
};

/// The tables of an assessment: graded_problems (by rank), impact_by_enterprise (by rank), impact_by_segment,
/// impact_by_product, impact_by_stage (by rank each), impact_by_aspect, impact_by_scenario (in their order).
///
/// In the tables of enterprises and groups, mean_loss is the mean loss under one problem alone, by the report's
/// measure; shock, downstream, upstream, combined and hit are under all problems at once.
///
/// @param dossier  the one that was assessed.
/// @param report   what `assess` returned for it.
/// @param words    language of words such as stage and category; none: their keys, as CSV files hold them.
/// @throws Error{shape_mismatch} the report is not of this dossier: numbers of problems, segments or enterprises
/// differ.
/// @complexity O(content).
/// @numerics   Totals are exact decimals where they end, else the nearest double (11/3 → 3.6666666666666665); losses
///             are the report's own doubles.
/// @threads    Reads only.
/// @source     Definition of this project; fields of tables C.1 and D.1.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<ReportTable> report_tables(const Dossier& dossier, const AssessReport& report,
                                                     std::optional<Language> words = std::nullopt);

/// Writes a table as CSV: UTF-8 with byte-order mark (so that Excel reads the Chinese), a heading of keys, texts that a
/// spreadsheet would run as formulas guarded as `CsvReader` undoes, numbers as the shortest digits that read back to
/// the same bits.
///
/// @param table  from `report_tables`.
/// @param path   written beside and then renamed.
/// @throws Error{not_found | io_failure} as `write_atomically`; Error{invalid_value} a text is not UTF-8 or holds NUL.
/// @complexity O(cells).
/// @numerics   Every number round-trips exactly.
/// @threads    Reads only; concurrent calls with different paths are safe.
/// @source     RFC 4180.
/// @since 0.1, experimental.
void write_report_csv(const ReportTable& table, const std::filesystem::path& path);

/// The whole report as one JSON object; equal reports give equal bytes.
///
/// "format": "chainqual-report", "format_version": 1, then
/// - "chain": name, name_en, date, version, enterprises, links, links_documented, links_inferred,
/// links_used_documented,
///   links_used_inferred
/// - "severity_model": weights, thresholds (exact, as strings), rounding
/// - "options": panel, trim, stars, model, measure, segment_shock, least_loss, stability_draws, seed
/// - "problems": in the table's order; number, name, name_en, stage, segments, category, status, declared, computed,
///   grade (keys of Grade), differs, score {impact, diffusion, urgency} and total (exact, as strings: "4.4", "11/3"),
///   experts, stability {moves, flips, kept_share}, magnitude, magnitude_source, shocks, why_not, rank, placed, impact,
///   aspects, diffusion {declared, suggested and the evidence}, hit, links_documented, links_inferred
/// - "problem_ranking": numbers by rank
/// - "enterprises" (by rank): enterprise, name, name_en, stage, segments, region, mean_loss (under one problem alone,
/// by
///   the measure), shock, downstream, upstream, combined (all problems at once), weight, importance, problems
/// - "segments", "products" (by rank), "stages": their key, name, name_en, enterprises, hit, problems, mean_loss,
/// shock,
///   loss {downstream, upstream, combined}, weight, final_product
/// - "aspects": aspect, share, loss
/// - "impact": own_segment, downstream_segments, final_products, whole_chain, each {downstream, upstream, combined}
/// - "scenarios": name, name_en, placed, impact, diffusion, hit, daily (share of usual working by day, of models with
///   days), run, notes, links_documented, links_inferred
/// - "experts", "agreement": {impact, diffusion, urgency: {kendall_w, krippendorff_alpha}}
/// - "run": {converged, steps, last_change} of all problems at once; of the linear model also "runs": {downstream,
///   upstream: {converged, sweeps, last_change, cyclic_components, largest_component}},
///   "link_weights": where link weights came from
/// - "ungraded", "without_shock": numbers; "without_output", "isolated": ids; "assumptions": [{zh, en}]
/// What does not exist (no score, no name) is null.
///
/// @param dossier  the one that was assessed.
/// @param report   what `assess` returned for it.
/// @returns the document, UTF-8, indented by two spaces, ending in a line feed.
/// @throws Error{shape_mismatch} as report_tables.
/// @complexity O(content).
/// @numerics   Exact values as strings; doubles as the shortest text that reads back to the same bits.
/// @threads    Reads only.
/// @source     RFC 8259.
/// @since 0.1, experimental.
[[nodiscard]] std::string report_json(const Dossier& dossier, const AssessReport& report);

/// The workbook of an assessment: a sheet of graded problems with coloured stars, the impact sheets, and one that says
/// what the figures rest on.
///
/// @param dossier   the one that was assessed.
/// @param report    what `assess` returned for it.
/// @param path      the workbook; written beside and then renamed.
/// @param language  of headings and words.
/// @throws Error{shape_mismatch} as report_tables; else as write_xlsx.
/// @complexity O(content).
/// @numerics   Losses and shares rounded half up to four decimals for reading; exact totals as in report_tables.
/// @threads    Reads only.
/// @source     As report_tables.
/// @since 0.1, experimental.
void write_report_xlsx(const Dossier& dossier, const AssessReport& report, const std::filesystem::path& path,
                       Language language = Language::zh);

/// Names of the files that `write_report` makes, in order.
[[nodiscard]] const std::vector<std::string>& report_files();

/// Writes graded_problems.csv, graded_problems.xlsx, the six impact_by_….csv and report.json into an existing folder,
/// each complete beside its place before it is put there.
///
/// @param dossier   the one that was assessed.
/// @param report    what `assess` returned for it.
/// @param folder    exists.
/// @param language  of the workbook; CSV and JSON are the same in every language.
/// @param control   cancel.
/// @throws Error{shape_mismatch} as report_tables; Error{io_failure} the system refused; Error{cancelled}.
/// @complexity O(content).
/// @numerics   As write_report_csv, report_json and write_report_xlsx.
/// @threads    Concurrent calls into different folders are safe.
/// @source     As report_tables.
/// @since 0.1, experimental.
void write_report(const Dossier& dossier, const AssessReport& report, const std::filesystem::path& folder,
                  Language language = Language::zh, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
