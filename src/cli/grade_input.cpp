#include "grade_input.hpp"

#include <array>
#include <filesystem>
#include <unordered_map>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/text.hpp"
#include "findings.hpp"

namespace chainqual::cli {
namespace {

enum Column : std::size_t { problem, name, expert, declared, impact, diffusion, urgency };

constexpr std::array<CsvHeading, 7> headings{{
    {"problem", "问题编号", "number|id|编号|序号|问题ID|来源问题编号"},
    {"name", "问题名称", "名称|质量问题名称|问题"},
    {"expert", "专家", "评分人|专家编号"},
    {"declared", "质量问题分级", "问题分级|分级|等级|星级|重要程度|原文等级"},
    {"impact", "影响程度", "影响|对产业链安全与竞争力的影响", true},
    {"diffusion", "扩散程度", "扩散|扩散性|影响扩散程度|问题影响的扩散性", true},
    {"urgency", "紧迫程度", "紧迫|改进紧迫程度|问题改进的紧迫性与难度", true},
}};

std::optional<Rational> rational(const CellValue<Decimal>& cell) {
  if (!cell.has_value()) return std::nullopt;
  return cell.value().to_rational();
}

class ScoreTable {
 public:
  ScoreTable(const std::string& path, bool repair) : converter_(path, result_.findings, repair) {
    CsvReader reader(read_text(path, result_.findings), {}, result_.findings);
    Findings met;
    const auto columns = match_headings(reader, headings, met);
    for (const auto& finding : met.kept()) {
      // A table of problems has many columns that grading needs not.
      if (finding.code != ErrorCode::unknown_column) result_.findings.add(finding);
    }
    at_.fill(absent);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c]) at_[*columns[c]] = c;
    }
    CsvRecord record;
    while (reader.readable() && reader.next(record)) take(reader, record);
    throw_if_errors(result_.findings);
  }

  [[nodiscard]] Scores result() && { return std::move(result_); }

 private:
  static constexpr std::size_t absent = SIZE_MAX;

  [[nodiscard]] std::string_view cell(const CsvRecord& record, Column column) const {
    return at_[column] == absent ? std::string_view() : trimmed(record.cells[at_[column]]);
  }

  void take(const CsvReader& reader, const CsvRecord& record) {
    if (record.bad) return;
    const auto place = [&](Column column) {
      return CellPlace{record.record, record.line,
                       at_[column] == absent ? std::string_view() : std::string_view(reader.headings()[at_[column]])};
    };
    const auto score = [&](Column column) {
      return rational(converter_.decimal(cell(record, column), place(column), NumberRange::score()));
    };
    std::string key(cell(record, problem));
    const std::string shown(cell(record, name));
    if (key.empty()) key = shown.empty() ? std::to_string(record.record) : shown;
    const auto [known, fresh] = index_.try_emplace(key, result_.problems.size());
    if (fresh) {
      result_.problems.push_back(key);
      result_.names.push_back(shown == key ? std::string() : shown);
      const auto stars_given = converter_.grade(cell(record, declared), place(declared));
      result_.declared.push_back(stars_given.has_value() ? stars_given.value() : Grade::ungraded);
    }
    std::string who(cell(record, expert));
    if (who.empty()) who = "#" + std::to_string(record.record);
    const std::uint64_t errors = result_.findings.count(FindingLevel::error);
    ExpertScore row{key, std::move(who), {score(impact), score(diffusion), score(urgency)}};
    if (result_.findings.count(FindingLevel::error) != errors) return;
    const Findings incomplete = check_entry(row.score);
    for (Finding finding : incomplete.kept()) {
      finding.where.file = reader.file().name();
      finding.where.record = record.record;
      finding.where.line = record.line;
      result_.findings.add(std::move(finding));
    }
    if (incomplete.empty()) result_.rows.push_back(std::move(row));
  }

  Scores result_;
  CellConverter converter_;
  std::array<std::size_t, 7> at_{};
  std::unordered_map<std::string, std::size_t> index_;
};

Scores of_chain(Session& session, const std::string& path, const ReadFlags& flags) {
  ChainFile file = load_chain(session, path, flags);
  Scores scores;
  scores.model = file.dossier.info.severity;
  scores.findings = std::move(file.findings);
  for (const auto& record : file.dossier.problems) {
    scores.problems.push_back(record.number);
    scores.names.push_back(name_in(record, session.language));
    scores.declared.push_back(record.declared);
  }
  const auto exact = [](const std::optional<Decimal>& value) {
    return value ? std::optional<Rational>(value->to_rational()) : std::nullopt;
  };
  for (const auto& row : file.dossier.scores) {
    scores.rows.push_back({row.problem, row.expert, {exact(row.impact), exact(row.diffusion), exact(row.urgency)}});
  }
  return scores;
}

}  // namespace

Scores read_scores(Session& session, const std::string& path, const ReadFlags& flags) {
  if (std::filesystem::path(path).extension() != ".csv" || std::filesystem::is_directory(path)) {
    return of_chain(session, path, flags);
  }
  if (!flags.rejects.empty()) {
    throw UsageError({"--rejects 只用于链文件夹和 .json。", "--rejects works with chain folders and .json only."});
  }
  Scores scores = ScoreTable(path, flags.repair).result();
  if (!scores.findings.empty()) session.note(findings_text(scores.findings, session, 5));
  return scores;
}

}  // namespace chainqual::cli
