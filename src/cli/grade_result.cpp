#include "grade_result.hpp"

#include <unordered_map>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/severity/criteria.hpp"

namespace chainqual::cli {
namespace {

Json model_json(const SeverityModel& model) {
  const Weights& weights = model.weights();
  return Json{{"weights",
               {{"impact", weights.impact.to_string()},
                {"diffusion", weights.diffusion.to_string()},
                {"urgency", weights.urgency.to_string()}}},
              {"thresholds",
               {{"critical", model.thresholds().critical.to_string()},
                {"important", model.thresholds().important.to_string()}}},
              {"rounding", std::string(key_of(model.rounding()))}};
}

Json flips_json(const SeverityModel& model, const Score& score) {
  Json flips = Json::array();
  for (const auto& flip : score_flips(model, score)) {
    flips.push_back({{"dimension", std::string(key_of(flip.dimension))},
                     {"from", flip.from.to_string()},
                     {"to", flip.to.to_string()},
                     {"grade", std::string(key_of(flip.result.grade))}});
  }
  return flips;
}

Json problem_json(const Graded& result, std::size_t k) {
  const Severity& severity = result.severity[k];
  Json row{{"problem", result.scores.problems[k]},
           {"declared", std::string(key_of(result.scores.declared[k]))},
           {"grade", std::string(key_of(severity.grade))},
           {"stars", std::string(stars(severity.grade))},
           {"total", nullptr},
           {"experts", result.experts[k]}};
  if (!result.score[k]) return row;
  const Score& score = *result.score[k];
  row["total"] = severity.total.to_string();
  row["score"] = {{"impact", score.impact.to_string()},
                  {"diffusion", score.diffusion.to_string()},
                  {"urgency", score.urgency.to_string()}};
  const auto& action = rule_of(severity.grade).action;
  row["action"] = {{"zh", std::string(action.zh)}, {"en", std::string(action.en)}};
  row["flips"] = flips_json(result.model, score);
  if (result.stability) row["kept_share"] = result.stability->problems[k].kept.share;
  return row;
}

}  // namespace

Graded graded(Session& session, Scores scores, const SeverityModel& model, const PanelRule& rule,
              const std::optional<WeightStudy>& study) {
  Graded result;
  result.model = model;
  std::unordered_map<std::string, PanelScore> panels;
  for (auto& panel : panel_scores(scores.rows, rule)) panels.emplace(panel.problem, panel);
  result.agreement = panel_agreement(scores.rows);
  for (const auto& number : scores.problems) {
    const auto known = panels.find(number);
    const bool scored = known != panels.end() && known->second.score;
    result.score.push_back(scored ? known->second.score : std::nullopt);
    result.experts.push_back(known == panels.end() ? 0 : known->second.experts);
    result.severity.push_back(scored ? model.grade(*known->second.score) : Severity{});
  }
  if (study) {
    const Control control = session.control(session.say("变动权重", "varying weights"));
    result.stability = weight_stability(model, result.score, *study, control);
    session.clear_progress();
  }
  result.scores = std::move(scores);
  return result;
}

Json graded_json(const Session& session, const Graded& result) {
  Json json = answer(session);
  json["severity_model"] = model_json(result.model);
  json["problems"] = Json::array();
  for (std::size_t k = 0; k < result.severity.size(); ++k) json["problems"].push_back(problem_json(result, k));
  json["agreement"] = Json::object();
  for (const auto& row : Names<Dimension>::table) {
    const auto& found = result.agreement[static_cast<std::size_t>(row.value)];
    json["agreement"][std::string(row.key)] = {
        {"kendall_w", found.concordance ? Json(found.concordance->w) : Json(nullptr)},
        {"krippendorff_alpha", found.alpha_interval ? Json(*found.alpha_interval) : Json(nullptr)}};
  }
  json["findings"] = findings_json(result.scores.findings);
  return json;
}

void write_graded_csv(const Graded& result, const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading :
         {"problem", "name", "declared", "impact", "diffusion", "urgency", "experts", "total", "grade"}) {
      writer.text(heading);
    }
    writer.end();
    const auto number = [&](const Rational& value) {
      if (const auto decimal = Decimal::parse(value.to_string())) {
        writer.digits(decimal->to_string());
      } else {
        writer.number(value.to_double());
      }
    };
    for (std::size_t k = 0; k < result.severity.size(); ++k) {
      writer.text(result.scores.problems[k]).text(result.scores.names[k]).text(key_of(result.scores.declared[k]));
      if (const auto& score = result.score[k]) {
        for (const Rational* value : {&score->impact, &score->diffusion, &score->urgency}) number(*value);
      } else {
        writer.empty().empty().empty();
      }
      writer.number(std::uint64_t{result.experts[k]});
      if (result.score[k]) {
        number(result.severity[k].total);
      } else {
        writer.empty();
      }
      writer.text(key_of(result.severity[k].grade)).end();
    }
  });
}

}  // namespace chainqual::cli
