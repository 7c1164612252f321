#include <charconv>

#include "chainqual/impact/assess.hpp"
#include "register_call.hpp"
#include "shown_table.hpp"

namespace chainqual::cli {
namespace {

std::string shown_loss(const std::string& digits) {
  double share = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), share);
  return digits.empty() ? digits : percent(share);
}

// Scenarios are nobody's problem: they are told, and nothing of them is kept.
Json scenarios_json(const AssessReport& report) {
  Json list = Json::array();
  for (const ScenarioAssessment& found : report.scenarios) {
    list.push_back({{"name", found.name}, {"mean_loss", found.impact.whole_chain.of(report.options.measure)}});
  }
  return list;
}

std::string scenarios_text(const Session& session, const AssessReport& report) {
  Table text;
  text.column(std::string(session.say("情景", "scenario")), Align::left, true);
  text.column(std::string(session.say("平均损失", "mean loss")), Align::right);
  for (const ScenarioAssessment& found : report.scenarios) {
    text.row({found.name, percent(found.impact.whole_chain.of(report.options.measure))});
  }
  return text.text(session.ink(), session.width());
}

}  // namespace

int assess_store(const RegisterCall& call) {
  AssessOptions options = assess_options(call.typed.assess);
  const Dossier dossier = call.store.content();
  options.propagation = model_options(call.typed.assess.model, table_names(dossier.chain));
  const AssessReport report =
      assess(dossier, options, call.session.control(call.session.say("推算影响", "propagating")));
  call.session.clear_progress();
  const auto facts = call.store.write_facts(dossier, report, call.day());
  Json list = Json::array();
  Table text;
  for (const auto& [zh, en] : {std::pair{"问题", "problem"},
                               {"总分", "total"},
                               {"分级", "grade"},
                               {"平均损失", "mean loss"},
                               {"建议扩散分", "suggested diffusion"}}) {
    text.column(std::string(call.session.say(zh, en)));
  }
  for (const AssessedFact& fact : facts) {
    const std::string grade(label_of(fact.grade, call.session.language));
    text.row({fact.problem, fact.total, grade, shown_loss(fact.mean_loss), fact.suggested_diffusion});
    list.push_back({{"problem", fact.problem},
                    {"date", fact.date},
                    {"model", fact.model},
                    {"inputs", fact.inputs},
                    {"total", fact.total},
                    {"grade", std::string(key_of(fact.grade))},
                    {"mean_loss", fact.mean_loss},
                    {"suggested_diffusion", fact.suggested_diffusion}});
  }
  std::string shown = text.text(call.session.ink(), call.session.width());
  const Json scenarios = scenarios_json(report);
  if (!report.scenarios.empty()) shown += "\n" + scenarios_text(call.session, report);
  return call.done({{"facts", list}, {"scenarios", scenarios}}, shown);
}

}  // namespace chainqual::cli
