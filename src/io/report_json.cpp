#include "chainqual/io/report.hpp"
#include "json_text.hpp"
#include "report_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using Json = JsonText;

template <class T>
Json maybe(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json text(const Text& value) {
  if (value.zh.empty() && value.en.empty()) return nullptr;
  return Json{{"zh", value.zh}, {"en", value.en}};
}

Json sentences(const std::vector<Text>& values) {
  Json json = Json::array();
  for (const Text& value : values) json.push_back(text(value));
  return json;
}

Json named(const std::string& value) {
  return value.empty() ? Json(nullptr) : Json(value);
}

Json loss(const GroupLoss& value) {
  return Json{{"downstream", value.downstream}, {"upstream", value.upstream}, {"combined", value.combined}};
}

Json impact(const ImpactFigures& value) {
  return Json{{"own_segment", loss(value.own_segment)},
              {"downstream_segments", loss(value.downstream_segments)},
              {"final_products", loss(value.final_products)},
              {"whole_chain", loss(value.whole_chain)}};
}

Json evidence(const DiffusionEvidence& value) {
  return Json{{"declared", value.declared ? Json(value.declared->to_string()) : Json(nullptr)},
              {"suggested", value.suggested == 0 ? Json(nullptr) : Json(value.suggested)},
              {"segments_share", value.segments_share},
              {"products_share", value.products_share},
              {"enterprises_share", value.enterprises_share},
              {"downstream_segments", value.downstream_segments},
              {"downstream_segments_hit", value.downstream_segments_hit},
              {"final_products", value.final_products},
              {"final_products_hit", value.final_products_hit},
              {"enterprises", value.enterprises},
              {"enterprises_hit", value.enterprises_hit},
              {"other_enterprises_hit", value.other_enterprises_hit}};
}

Json aspects(const ProblemAssessment& found) {
  Json out = Json::object();
  for (const auto& row : Names<Aspect>::table) {
    const auto at = static_cast<std::size_t>(row.value);
    out.add(row.key, {{"share", found.aspect_share[at]}, {"loss", loss(found.aspect_loss[at])}});
  }
  return out;
}

Json stability(const std::optional<GradeStability>& value) {
  if (!value) return nullptr;
  return Json{{"moves", value->moves}, {"flips", value->flips}, {"kept_share", maybe(value->kept_share)}};
}

Json hit(const Chain& chain, const std::vector<EnterpriseLoss>& rows) {
  Json out = Json::array();
  for (const auto& row : rows) out.push_back({{"enterprise", chain.enterprise(row.enterprise).id}, {"loss", row.loss}});
  return out;
}

Json problem(const Dossier& dossier, const ProblemAssessment& found) {
  const Problem& record = dossier.problems[found.problem];
  const Chain& chain = dossier.chain;
  Json score = nullptr;
  if (found.score) {
    score = Json{{"impact", found.score->impact.to_string()},
                 {"diffusion", found.score->diffusion.to_string()},
                 {"urgency", found.score->urgency.to_string()}};
  }
  const bool graded = found.computed && found.computed->grade != Grade::ungraded;
  Json placed = Json::array();
  for (const auto& shock : found.placed) {
    placed.push_back({{"enterprise", chain.enterprise(shock.enterprise).id}, {"magnitude", shock.magnitude}});
  }
  return Json{{"number", record.number},
              {"name", record.name},
              {"name_en", named(record.name_en)},
              {"stage", json_word(record.stage)},
              {"segments", record.segments},
              {"category", json_word(record.category)},
              {"status", json_word(record.status)},
              {"declared", json_word(found.declared)},
              {"computed", found.computed ? json_word(found.computed->grade) : Json(nullptr)},
              {"grade", json_word(found.grade)},
              {"differs", found.differs},
              {"score", std::move(score)},
              {"total", graded ? Json(found.computed->total.to_string()) : Json(nullptr)},
              {"experts", found.experts},
              {"stability", stability(found.stability)},
              {"magnitude", found.magnitude},
              {"magnitude_source", json_word(found.magnitude_source)},
              {"shocks", found.shocks},
              {"why_not", text(found.why_not)},
              {"rank", found.rank},
              {"placed", std::move(placed)},
              {"impact", impact(found.impact)},
              {"aspects", aspects(found)},
              {"diffusion", evidence(found.diffusion)},
              {"hit", hit(chain, found.hit)},
              {"notes", sentences(found.notes)},
              {"links_documented", found.links_documented},
              {"links_inferred", found.links_inferred}};
}

Json run(const LinearRun& value) {
  return Json{{"converged", value.converged},
              {"sweeps", value.sweeps},
              {"last_change", value.last_change},
              {"cyclic_components", value.cyclic_components},
              {"largest_component", value.largest_component}};
}

Json run(const Propagation& value) {
  return Json{{"converged", value.converged}, {"steps", value.steps}, {"last_change", value.last_change}};
}

Json scenario(const Chain& chain, const ScenarioAssessment& found) {
  Json placed = Json::array();
  for (std::uint32_t v = 0; v < found.shock.size(); ++v) {
    if (found.shock[v] == 0) continue;
    Json one{{"enterprise", chain.enterprise(EnterpriseId{v}).id}, {"magnitude", found.shock[v]}};
    if (!found.shock_downstream.empty()) {
      one.add("magnitude_downstream", found.shock_downstream[v]);
      one.add("magnitude_upstream", found.shock_upstream[v]);
    }
    placed.push_back(std::move(one));
  }
  return Json{{"name", named(found.name)},
              {"name_en", named(found.name_en)},
              {"placed", std::move(placed)},
              {"impact", impact(found.impact)},
              {"diffusion", evidence(found.diffusion)},
              {"hit", hit(chain, found.hit)},
              {"daily", found.losses.daily},
              {"run", run(found.losses)},
              {"notes", sentences(found.losses.notes)},
              {"links_documented", found.links_documented},
              {"links_inferred", found.links_inferred}};
}

Json enterprise(const Chain& chain, const EnterpriseRow& row) {
  const Enterprise& record = chain.enterprise(row.enterprise);
  return Json{{"rank", row.rank},
              {"enterprise", record.id},
              {"name", record.name},
              {"name_en", named(record.name_en)},
              {"stage", json_word(record.stage)},
              {"segments", record.segments},
              {"region", named(record.region)},
              {"mean_loss", row.mean_loss},
              {"shock", row.shock},
              {"downstream", row.downstream},
              {"upstream", row.upstream},
              {"combined", row.combined},
              {"weight", row.weight},
              {"importance", maybe(row.importance)},
              {"problems", row.problems}};
}

Json group(const char* key, const GroupRow& row) {
  return Json{{"rank", row.rank},
              {key, row.key},
              {"name", row.name.zh},
              {"name_en", named(row.name.en)},
              {"enterprises", row.enterprises},
              {"hit", row.hit},
              {"problems", row.problems},
              {"mean_loss", row.mean_loss},
              {"shock", row.shock},
              {"loss", loss(row.loss)},
              {"weight", row.weight},
              {"final_product", row.final_product}};
}

Json link_weights(const LinkWeightSources& value) {
  return Json{{"given", value.given},
              {"from_value", value.from_value},
              {"values_assumed", value.values_assumed},
              {"escape_given", value.escape_given},
              {"self_supply", value.self_supply},
              {"customers_above_one", value.customers_above_one},
              {"without_output", value.without_output}};
}

Json head(const Dossier& dossier, const AssessReport& report) {
  const ChainInfo& info = dossier.info;
  const SeverityModel& model = info.severity;
  const AssessOptions& options = report.options;
  Json json{{"format", "chainqual-report"}, {"format_version", report_format_version}};
  json.add("chain", {{"name", info.name},
                     {"name_en", named(info.name_en)},
                     {"date", named(info.date)},
                     {"version", named(info.version)},
                     {"enterprises", report.enterprises},
                     {"links", report.links},
                     {"links_documented", report.links_documented},
                     {"links_inferred", report.links_inferred},
                     {"links_used_documented", report.links_used_documented},
                     {"links_used_inferred", report.links_used_inferred}});
  json.add("severity_model", {{"weights",
                               {{"impact", model.weights().impact.to_string()},
                                {"diffusion", model.weights().diffusion.to_string()},
                                {"urgency", model.weights().urgency.to_string()}}},
                              {"thresholds",
                               {{"critical", model.thresholds().critical.to_string()},
                                {"important", model.thresholds().important.to_string()}}},
                              {"rounding", json_word(model.rounding())}});
  json.add("options", {{"panel", json_word(options.panel.consensus)},
                       {"trim", options.panel.trim.to_string()},
                       {"stars", json_word(options.stars)},
                       {"model", json_word(options.propagation.model)},
                       {"measure", json_word(options.measure)},
                       {"segment_shock", json_word(options.shock.segment)},
                       {"least_loss", options.diffusion.least_loss},
                       {"stability_draws", options.stability_draws},
                       {"seed", options.seed}});
  return json;
}

template <class Rows, class Write>
Json rows_of(const Rows& rows, Write write) {
  Json out = Json::array();
  for (const auto& row : rows) out.push_back(write(row));
  return out;
}

void add_groups(Json& json, const AssessReport& report) {
  const auto add = [&](const char* table, const char* key, const std::vector<const GroupRow*>& rows) {
    json.add(table, rows_of(rows, [key](const GroupRow* row) { return group(key, *row); }));
  };
  add("segments", "segment", reporting::by_rank(report.segments));
  add("products", "product", reporting::by_rank(report.products));
  std::vector<const GroupRow*> stages;
  for (const auto& row : report.stages) stages.push_back(&row);
  add("stages", "stage", stages);
  json.add("aspects", rows_of(report.aspects, [](const AspectRow& row) {
             return Json{{"aspect", json_word(row.aspect)}, {"share", row.share}, {"loss", loss(row.loss)}};
           }));
}

Json agreement(const AssessReport& report) {
  Json out = Json::object();
  for (const auto& row : Names<Dimension>::table) {
    const auto& found = report.agreement[static_cast<std::size_t>(row.value)];
    out.add(row.key, {{"kendall_w", maybe(found.kendall_w)}, {"krippendorff_alpha", maybe(found.krippendorff_alpha)}});
  }
  return out;
}

Json ids(const Chain& chain, const std::vector<EnterpriseId>& enterprises) {
  Json out = Json::array();
  for (const EnterpriseId id : enterprises) out.push_back(chain.enterprise(id).id);
  return out;
}

}  // namespace

std::string report_json(const Dossier& dossier, const AssessReport& report) {
  reporting::check_same(dossier, report);
  const Chain& chain = dossier.chain;
  Json json = head(dossier, report);
  json.add("problems", rows_of(report.problems, [&](const auto& found) { return problem(dossier, found); }));
  json.add("problem_ranking",
           rows_of(report.problem_ranking, [&](std::size_t at) -> Json { return report.problems[at].number; }));
  json.add("enterprises", rows_of(report.enterprise_ranking, [&](EnterpriseId id) {
             return enterprise(chain, report.enterprise_rows[id.index()]);
           }));
  add_groups(json, report);
  json.add("impact", impact(report.impact));
  json.add("scenarios", rows_of(report.scenarios, [&](const auto& found) { return scenario(chain, found); }));
  json.add("experts", report.experts);
  json.add("agreement", agreement(report));
  json.add("run", run(report.losses));
  if (report.options.propagation.model == Model::linear) {
    json.add("runs", {{"downstream", run(report.downstream_run)}, {"upstream", run(report.upstream_run)}});
  }
  json.add("link_weights", link_weights(report.link_weights));
  json.add("ungraded", report.ungraded);
  json.add("without_shock", report.without_shock);
  json.add("without_output", ids(chain, report.without_output));
  json.add("isolated", ids(chain, report.isolated));
  json.add("assumptions", rows_of(report.assumptions, text));
  return json.text() + "\n";
}

}  // namespace v1
}  // namespace chainqual
