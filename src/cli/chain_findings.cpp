#include "chain_findings.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <unordered_map>

#include "chainqual/chain/validate.hpp"
#include "chainqual/severity/panel.hpp"

namespace chainqual::cli {
namespace {

std::string table_file(const std::string& path, const char* table) {
  if (!std::filesystem::is_directory(path)) return path;
  return (std::filesystem::path(path) / (std::string(table) + ".csv")).string();
}

// Which cell a finding is about; the reader and the whole chain's check both look at credit codes.
using Cell = std::tuple<std::string, std::uint64_t, std::string>;
Cell place_cell(const Finding& finding) {
  return {finding.where.file, finding.where.record, finding.where.column};
}

void add_differing_grades(ChainFile& file, const std::string& path) {
  const Dossier& dossier = file.dossier;
  std::vector<ExpertScore> rows;
  const auto exact = [](const std::optional<Decimal>& value) {
    return value ? std::optional<Rational>(value->to_rational()) : std::nullopt;
  };
  for (const auto& row : dossier.scores) {
    rows.push_back({row.problem, row.expert, {exact(row.impact), exact(row.diffusion), exact(row.urgency)}});
  }
  std::unordered_map<std::string, std::optional<Score>> scores;
  for (auto& panel : panel_scores(rows)) scores.emplace(panel.problem, panel.score);
  for (std::size_t k = 0; k < dossier.problems.size(); ++k) {
    const auto known = scores.find(dossier.problems[k].number);
    if (known == scores.end() || !known->second) continue;
    auto finding = compare_declared(dossier.problems[k].declared, dossier.info.severity.grade(*known->second));
    if (!finding) continue;
    finding->where.file = table_file(path, "problems");
    finding->where.record = k + 1;
    finding->where.column = "declared";
    finding->value = dossier.problems[k].number;
    file.findings.add(std::move(*finding));
  }
}

}  // namespace

void add_chain_findings(ChainFile& file, const std::string& path, const Control& control) {
  ValidateOptions options;
  options.enterprises_file = table_file(path, "enterprises");
  options.links_file = table_file(path, "links");
  options.institutions_file = table_file(path, "institutions");
  options.missing_codes = false;  // the reader says so once for the table
  std::set<Cell> told;
  for (const auto& finding : file.findings.kept()) told.insert(place_cell(finding));
  const Findings found = validate(file.dossier.chain, options, control);
  for (const auto& finding : found.kept()) {
    if (finding.where.record == 0 || !told.contains(place_cell(finding))) file.findings.add(finding);
  }
  add_differing_grades(file, path);
}

}  // namespace chainqual::cli
