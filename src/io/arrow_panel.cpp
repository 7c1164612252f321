#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "arrow_headings.hpp"
#include "arrow_pieces.hpp"
#include "arrow_scores.hpp"
#include "arrow_totals.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/schema.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::ExactScores;

namespace panel {
enum Place : std::size_t { problem, expert, impact, diffusion, urgency };
}  // namespace panel

using PanelColumns = std::array<const ArrowColumn*, 5>;

PanelColumns panel_columns(const ArrowTable& table, const GradePanelOptions& options) {
  const auto headings = detail::table_headings<ScoreRow>({"problem", "impact", "diffusion", "urgency"});
  const std::array<std::string, 5> chosen{options.problem, options.expert, options.impact, options.diffusion,
                                          options.urgency};
  Findings findings;
  const auto found = detail::match_columns(table, std::span(headings).first(5), chosen, findings);
  PanelColumns columns{};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns[c] = found[c];
    if (found[c] == nullptr) continue;
    const ArrowType& type = found[c]->type();
    if (c >= panel::impact && detail::score_tier(type) == detail::ScoreTier::none) {
      findings.add(
          detail::type_finding(*found[c], {"整数、小数、十进制数或文本", "integers, floats, decimals or text"}));
    }
    const bool is_name = detail::is_integer(type.kind) || detail::is_text(type.kind);
    if (c < panel::impact && !is_name)
      findings.add(detail::type_finding(*found[c], {"整数或文本", "integers or text"}));
  }
  throw_if_errors(findings);
  return columns;
}

/// A name in a cell, without white space around it; empty where there is none.
std::string name_at(const detail::ChunkCells& cells, std::int64_t i) {
  const std::string text = arrow_cell_text(cells.cell(i));
  const std::string_view name = trimmed(text);
  return says_nothing(name) ? std::string() : std::string(name);
}

std::vector<ExpertScore> expert_scores(const ArrowTable& table, const PanelColumns& columns) {
  std::vector<ExpertScore> rows;
  rows.reserve(static_cast<std::size_t>(table.rows()));
  Findings findings;
  for (const auto& piece : detail::pieces_of<5>(columns, table.rows(), std::size_t{1} << 18U)) {
    const auto scores = [&](panel::Place place, Dimension dimension) {
      return ExactScores(*columns[place], piece.chunk[place], dimension);
    };
    const std::array<ExactScores, 3> cells{scores(panel::impact, Dimension::impact),
                                           scores(panel::diffusion, Dimension::diffusion),
                                           scores(panel::urgency, Dimension::urgency)};
    const detail::ChunkCells problems(*columns[panel::problem], piece.chunk[panel::problem]);
    std::optional<detail::ChunkCells> experts;
    if (columns[panel::expert] != nullptr) experts.emplace(*columns[panel::expert], piece.chunk[panel::expert]);
    for (std::size_t i = 0; i < piece.rows; ++i) {
      const auto at = [&](panel::Place place) { return piece.at[place] + static_cast<std::int64_t>(i); };
      const std::uint64_t row = piece.row + i + 1;
      ExpertScore score;
      score.problem = name_at(problems, at(panel::problem));
      score.expert = experts ? name_at(*experts, at(panel::expert)) : std::string();
      if (score.expert.empty()) score.expert = "#" + std::to_string(row);
      if (score.problem.empty()) {
        findings.add(detail::column_finding_of(*columns[panel::problem], row, ErrorCode::missing_value, {},
                                               {"缺少问题编号", "the problem is missing"},
                                               {"请填问题编号，或删去该行", "name the problem, or delete the row"}));
      }
      score.score.impact = cells[0].at(at(panel::impact), findings).score;
      score.score.diffusion = cells[1].at(at(panel::diffusion), findings).score;
      score.score.urgency = cells[2].at(at(panel::urgency), findings).score;
      rows.push_back(std::move(score));
    }
  }
  throw_if_errors(findings);
  return rows;
}

/// Findings of `panel_scores` under the table's own headings.
Findings renamed(const Findings& findings, const PanelColumns& columns) {
  Findings result;
  for (Finding finding : findings.kept()) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      constexpr std::array<std::string_view, 5> keys{"problem", "expert", "impact", "diffusion", "urgency"};
      if (columns[c] != nullptr && finding.where.column == keys[c]) finding.where.column = columns[c]->name();
    }
    result.add(std::move(finding));
  }
  for (std::uint64_t k = findings.kept().size(); k < findings.total(); ++k) result.add(Finding{});
  return result;
}

std::vector<PanelScore> panels_of(const ArrowTable& table, const PanelColumns& columns, const PanelRule& rule) {
  const auto rows = expert_scores(table, columns);
  try {
    return panel_scores(rows, rule);
  } catch (const Error& error) {
    throw_if_errors(renamed(error.findings(), columns));
    throw;
  }
}

}  // namespace

ArrowTable grade_panel_table(const SeverityModel& model, const ArrowTable& table, const GradePanelOptions& options,
                             const Control& control) {
  const PanelColumns columns = panel_columns(table, options);
  const std::vector<PanelScore> panels = panels_of(table, columns, options.rule);
  const std::size_t n = panels.size();
  std::vector<std::string_view> problems(n);
  std::array<std::vector<double>, 3> means{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
  std::vector<std::uint8_t> scored(n);
  std::vector<std::uint32_t> experts(n);
  detail::GradedRows graded;
  graded.grade = std::make_shared<LargeArray<std::uint8_t>>(n);
  LargeArray<Rational> totals(n);
  for (std::size_t k = 0; k < n; ++k) {
    throw_if_cancelled(control);
    const PanelScore& panel = panels[k];
    problems[k] = panel.problem;
    experts[k] = static_cast<std::uint32_t>(panel.experts);
    const Severity severity = panel.score ? model.grade(*panel.score) : Severity{};
    (*graded.grade)[k] = static_cast<std::uint8_t>(severity.grade);
    totals[k] = severity.total;
    if (!panel.score) continue;
    scored[k] = 1;
    means[0][k] = panel.score->impact.to_double();
    means[1][k] = panel.score->diffusion.to_double();
    means[2][k] = panel.score->urgency.to_double();
  }
  graded.total = std::move(totals);
  std::vector<ArrowColumn> out;
  out.push_back(arrow_text("problem", std::span<const std::string_view>(problems)));
  for (std::size_t c = 0; c < 3; ++c) {
    out.push_back(arrow_numbers(std::string(key_of(static_cast<Dimension>(c))), std::move(means[c]), scored));
  }
  out.push_back(arrow_numbers("experts", std::move(experts)));
  for (auto& column : detail::graded_columns(std::move(graded), options.total, control))
    out.push_back(std::move(column));
  return ArrowTable(std::move(out));
}

}  // namespace v1
}  // namespace chainqual
