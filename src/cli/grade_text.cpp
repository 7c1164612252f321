#include "chainqual/severity/criteria.hpp"
#include "grade_result.hpp"

namespace chainqual::cli {
namespace {

// For people: the decimal where it ends, else two places.
std::string shown(const Rational& value) {
  const std::string exact = value.to_string();
  return exact.find('/') == std::string::npos ? exact : value.to_string(2);
}

Table::Cell starred(Grade grade) {
  if (grade == Grade::ungraded) return Table::Cell("–", Ink::dim);
  const Ink ink = grade == Grade::critical ? Ink::red : grade == Grade::important ? Ink::yellow : Ink::plain;
  return Table::Cell(std::string(stars(grade)), ink);
}

std::string per_cent(const Rational& share) {
  return shown(share * 100) + "%";
}

std::string model_line(const Session& session, const SeverityModel& model) {
  return std::string(session.say("权重 ", "weights ")) + per_cent(model.weights().impact) + " / " +
         per_cent(model.weights().diffusion) + " / " + per_cent(model.weights().urgency) +
         std::string(session.say("，★★★ ≥ ", ", ★★★ ≥ ")) + shown(model.thresholds().critical) +
         std::string(session.say("，★★ ≥ ", ", ★★ ≥ ")) + shown(model.thresholds().important) +
         std::string(session.say("，", ", ")) + std::string(label_of(model.rounding(), session.language));
}

void print_agreement(Session& session, const Graded& result) {
  std::string line;
  for (const auto& row : Names<Dimension>::table) {
    const auto& found = result.agreement[static_cast<std::size_t>(row.value)];
    if (!found.concordance && !found.alpha_interval) continue;
    line += line.empty() ? std::string(session.say("专家一致性：", "Agreement of the experts: "))
                         : std::string(session.say("；", "; "));
    line += std::string(label_of(row.value, session.language));
    if (found.concordance) line += " W " + fixed(found.concordance->w, 2);
    if (found.alpha_interval) line += " α " + fixed(*found.alpha_interval, 2);
  }
  if (!line.empty()) {
    line += std::string(session.say("（W：肯德尔和谐系数，α：克里彭多夫系数，1 为完全一致）",
                                    " (W: Kendall, α: Krippendorff; 1 is full agreement)"));
    session.print("  " + wrapped(line, session.text_width(), "  ", 2) + "\n");
  }
}

}  // namespace

void print_graded(Session& session, const Graded& result) {
  session.print("  " + model_line(session, result.model) + "\n\n");
  bool named = false;
  bool declared = false;
  for (const auto& name : result.scores.names) named = named || !name.empty();
  for (const Grade grade : result.scores.declared) declared = declared || grade != Grade::ungraded;
  Table table;
  table.column(std::string(session.say("编号", "problem")));
  if (named) table.column(std::string(session.say("问题", "name")), Align::left, true);
  for (const auto& row : Names<Dimension>::table)
    table.column(std::string(label_of(row.value, session.language)), Align::right);
  table.column(std::string(session.say("专家", "experts")), Align::right);
  table.column(std::string(session.say("总分", "total")), Align::right);
  table.column(std::string(session.say("等级", "grade")));
  if (declared) table.column(std::string(session.say("原文", "declared")));
  if (result.stability) table.column(std::string(session.say("权重变动不变", "kept")), Align::right);
  std::array<std::size_t, 4> counts{};
  for (std::size_t k = 0; k < result.severity.size(); ++k) {
    const Severity& severity = result.severity[k];
    ++counts[static_cast<std::size_t>(severity.grade)];
    std::vector<Table::Cell> cells{result.scores.problems[k]};
    if (named) cells.emplace_back(result.scores.names[k]);
    const auto& score = result.score[k];
    for (const auto dimension : {&Score::impact, &Score::diffusion, &Score::urgency}) {
      cells.emplace_back(score ? shown((*score).*dimension) : std::string("–"));
    }
    cells.emplace_back(std::to_string(result.experts[k]));
    cells.emplace_back(score ? shown(severity.total) : std::string("–"));
    cells.push_back(starred(severity.grade));
    const Grade given = result.scores.declared[k];
    if (declared) {
      const bool differs = given != Grade::ungraded && severity.grade != Grade::ungraded && given != severity.grade;
      Table::Cell cell = starred(given);
      cells.push_back(differs ? Table::Cell(cell.text + " ≠", Ink::red) : cell);
    }
    if (result.stability)
      cells.emplace_back(score ? percent(result.stability->problems[k].kept.share) : std::string("–"));
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()) + "\n");
  std::string line;
  for (const Grade grade : {Grade::critical, Grade::important, Grade::general, Grade::ungraded}) {
    const std::string mark =
        grade == Grade::ungraded ? std::string(label_of(grade, session.language)) : std::string(stars(grade));
    line += (line.empty() ? "" : "   ") + mark + " " + grouped(counts[static_cast<std::size_t>(grade)]);
  }
  session.print("  " + line + "\n");
  print_agreement(session, result);
}

void print_card(Session& session, const SeverityModel& model, const Score& score) {
  const Severity severity = model.grade(score);
  const GradeRule& rule = rule_of(severity.grade);
  const auto head = starred(severity.grade);
  session.print(session.ink()(head.ink, std::string(rule.stars) + " " + std::string(rule.name.in(session.language))) +
                std::string(session.say("  总分 ", "  total ")) + session.ink()(Ink::bold, shown(severity.total)) +
                "\n\n");
  Table table;
  for (int column = 0; column < 3; ++column) table.column("");
  const std::array<std::pair<const Rational*, const Rational*>, 3> parts{{
      {&score.impact, &model.weights().impact},
      {&score.diffusion, &model.weights().diffusion},
      {&score.urgency, &model.weights().urgency},
  }};
  for (const auto& criterion : severity_criteria) {
    const auto& [value, weight] = parts[static_cast<std::size_t>(criterion.dimension)];
    const Band* band =
        value->is_integer() ? band_of(criterion.dimension, static_cast<int>(value->numerator())) : nullptr;
    table.row({std::string(label_of(criterion.dimension, session.language)), shown(*value) + " × " + per_cent(*weight),
               band == nullptr ? std::string() : std::string(band->meaning.in(session.language))});
  }
  session.print(table.text(session.ink(), session.width()) + "\n");
  session.print(std::string(session.say("  措施：", "  Action: ")) + std::string(rule.action.in(session.language)) +
                "\n");
  std::string changes;
  for (const auto& flip : score_flips(model, score)) {
    changes += (changes.empty() ? "" : std::string(session.say("；", "; "))) +
               std::string(label_of(flip.dimension, session.language)) + " " + shown(flip.from) + " → " +
               shown(flip.to) + std::string(session.say(" 则为 ", " gives ")) + std::string(stars(flip.result.grade));
  }
  const std::string firm(session.say("任一项变动一分，等级不变。", "No change of one point changes the grade."));
  const std::string line = changes.empty()
                               ? firm
                               : std::string(session.say("改变一分会改变等级的：", "One point changes the grade: ")) +
                                     changes + std::string(session.say("。", "."));
  session.print("  " + wrapped(line, session.text_width(), "  ", 2) + "\n");
  session.print("  " + session.ink()(Ink::dim, model_line(session, model)) + "\n");
}

}  // namespace chainqual::cli
