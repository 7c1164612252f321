#include "chainqual/io/report.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "report_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

void put(CsvWriter& writer, const SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    writer.text(*text);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    writer.number(*real);
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    writer.digits(decimal->to_string());
  } else if (const auto* grade = std::get_if<Grade>(&cell)) {
    writer.text(key_of(*grade));
  } else {
    writer.empty();
  }
}

constexpr std::string_view scenario_table = "impact_by_scenario";

/// Four decimals are what a reader takes in; the CSV files hold all digits.
SheetCell for_reading(SheetCell cell) {
  const auto* real = std::get_if<double>(&cell);
  if (real == nullptr || *real == std::floor(*real) || !(std::abs(*real) < 1e14)) return cell;
  return Decimal(std::llround(*real * 1e4), 4).normalized();
}

Sheet sheet_of(ReportTable table, Language language) {
  Sheet sheet{table.name.in(language), {}, {}};
  for (const auto& column : table.columns) {
    if (!column.detail) sheet.headings.emplace_back(language == Language::zh ? column.zh : column.en);
  }
  sheet.rows.reserve(table.rows.size());
  for (auto& row : table.rows) {
    std::vector<SheetCell> cells;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!table.columns[c].detail) cells.push_back(for_reading(std::move(row[c])));
    }
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

/// What the figures rest on: the chain, the model, the links, and every assumption as a sentence.
Sheet basis_sheet(const Dossier& dossier, const AssessReport& report, Language language) {
  const bool zh = language == Language::zh;
  Sheet sheet{zh ? "依据" : "Basis", {zh ? "项目" : "item", zh ? "内容" : "content"}, {}};
  const auto add = [&](std::string item, SheetCell content) {
    sheet.rows.push_back({std::move(item), std::move(content)});
  };
  const auto count = [](std::uint64_t value) { return SheetCell(static_cast<double>(value)); };
  const ChainInfo& info = dossier.info;
  add(zh ? "产业链" : "chain", zh || info.name_en.empty() ? info.name : info.name_en);
  add(zh ? "内容日期" : "date of the content", info.date);
  add(zh ? "企业" : "enterprises", count(report.enterprises));
  add(zh ? "供应联系" : "supply links", count(report.links));
  add(zh ? "其中有据" : "of these, documented", count(report.links_documented));
  add(zh ? "其中推断" : "of these, inferred", count(report.links_inferred));
  const SeverityModel& model = info.severity;
  add(zh ? "权重（影响/扩散/紧迫）" : "weights (impact/diffusion/urgency)",
      model.weights().impact.to_string() + " / " + model.weights().diffusion.to_string() + " / " +
          model.weights().urgency.to_string());
  add(zh ? "★★★ 起" : "★★★ from", model.thresholds().critical.to_string());
  add(zh ? "★★ 起" : "★★ from", model.thresholds().important.to_string());
  add(zh ? "分级依据" : "graded on", std::string(label_of(model.rounding(), language)));
  add(zh ? "专家" : "experts", count(report.experts));
  for (const auto& text : report.assumptions) add(zh ? "假定" : "assumption", text.in(language));
  const std::string& note = zh || info.note_en.empty() ? info.note : info.note_en;
  if (!note.empty()) add(zh ? "说明" : "note", note);
  return sheet;
}

}  // namespace

void write_report_csv(const ReportTable& table, const std::filesystem::path& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const auto& column : table.columns) writer.text(column.key);
    writer.end();
    for (const auto& row : table.rows) {
      for (const auto& cell : row) put(writer, cell);
      writer.end();
    }
  });
}

void write_report_xlsx(const Dossier& dossier, const AssessReport& report, const std::filesystem::path& path,
                       Language language) {
  std::vector<Sheet> sheets;
  for (auto& table : report_tables(dossier, report, language)) {
    // Most assessments have no scenario, and an empty sheet would only ask for attention.
    if (table.key == scenario_table && report.scenarios.empty()) continue;
    sheets.push_back(sheet_of(std::move(table), language));
  }
  sheets.push_back(basis_sheet(dossier, report, language));
  write_xlsx(sheets, path);
}

const std::vector<std::string>& report_files() {
  static const std::vector<std::string> names{
      "graded_problems.csv",   "graded_problems.xlsx",   "impact_by_enterprise.csv",
      "impact_by_segment.csv", "impact_by_product.csv",  "impact_by_stage.csv",
      "impact_by_aspect.csv",  "impact_by_scenario.csv", "report.json"};
  return names;
}

void write_report(const Dossier& dossier, const AssessReport& report, const std::filesystem::path& folder,
                  Language language, const Control& control) {
  const auto tables = report_tables(dossier, report);
  const std::string json = report_json(dossier, report);
  for (const auto& table : tables) {
    throw_if_cancelled(control);
    write_report_csv(table, folder / (std::string(table.key) + ".csv"));
  }
  throw_if_cancelled(control);
  write_report_xlsx(dossier, report, folder / "graded_problems.xlsx", language);
  throw_if_cancelled(control);
  write_atomically(folder / "report.json", json);
}

}  // namespace v1
}  // namespace chainqual
