#include <array>
#include <charconv>

#include "chainqual/impact/assess_report.hpp"
#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::TableInfo;
using storage::Transaction;

namespace {

std::string shortest(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

AssessedFact fact_of(const ProblemAssessment& found, LossKind measure, std::string_view model, Date day,
                     const std::string& hash) {
  AssessedFact fact;
  fact.problem = found.number;
  fact.date = day.to_string();
  fact.model = model;
  fact.inputs = hash;
  fact.grade = found.grade;
  if (found.grade != Grade::ungraded) fact.total = found.total.to_string();
  if (found.shocks) {
    fact.mean_loss = shortest(found.impact.whole_chain.of(measure));
    fact.suggested_diffusion = std::to_string(found.diffusion.suggested);
  }
  return fact;
}

}  // namespace

std::vector<AssessedFact> Store::write_facts(const Dossier& assessed, const AssessReport& report, Date day) {
  const bool same = report.problems.size() == assessed.problems.size() &&
                    report.enterprises == assessed.chain.enterprises() && report.links == assessed.chain.links();
  if (!same) {
    throw Error(ErrorCode::shape_mismatch, {"评估结果与所给的产业链不符：请给出同一次评估的两者。",
                                            "The report is not of this chain: give both of one assessment."});
  }
  const std::string hash = inputs_hash(assessed, report.options);
  const std::string_view model = key_of(report.options.propagation.model);
  const TableInfo& table = storage::info_of(TableId::facts);
  std::vector<AssessedFact> facts;
  Findings findings;
  Transaction transaction(state_->connection, Transaction::Kind::write);
  for (const ProblemAssessment& found : report.problems) {
    facts.push_back(storage::as_read(fact_of(found, report.options.measure, model, day, hash), findings));
    auto cells = storage::cells_of(facts.back());
    state_->check_rows(table, cells, 0, findings);
    if (!findings.has_errors()) state_->add(table, std::move(cells));
  }
  throw_if_errors(findings);
  transaction.commit();
  return facts;
}

}  // namespace v1
}  // namespace chainqual
