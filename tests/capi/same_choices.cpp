// The C interface gives what the C++ library gives, to the bit: what is made of the models.

#include <optional>
#include <string>
#include <vector>

#include "chainqual/impact/criticality.hpp"
#include "chainqual/impact/ensemble.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/mitigation.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/io/why_json.hpp"
#include "chainqual/severity/stability.hpp"
#include "same_as_library.hpp"

namespace chainqual::capi_test {
namespace {

TEST_F(SameAsLibrary, SystemicRiskAndCriticality) {
  std::vector<double> index(n);
  chainqual_systemic_risk_result risk = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  risk.index = index.data();
  risk.capacity = n;
  ok(chainqual_systemic_risk(handle, nullptr, nullptr, &risk, &error));
  EXPECT_EQ(index, systemic_risk(net).index);
  chainqual_criticality_table* table = nullptr;
  ok(chainqual_criticality(handle, nullptr, nullptr, &table, &error));
  std::vector<std::uint32_t> order(n);
  ok(chainqual_criticality_table_u32(table, CHAINQUAL_CRITICALITY_ENTERPRISE, order.data(), n, nullptr, &error));
  const CriticalityTable expected = criticality(net);
  for (std::size_t k = 0; k < n; ++k) EXPECT_EQ(order[k], expected.rows[k].enterprise.value);
  for (const auto& measure : Names<CriticalityMeasure>::table) {
    const auto at = static_cast<std::size_t>(measure.value);
    std::vector<double> standing(n);
    ok(chainqual_criticality_table_f64(table, CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK + static_cast<int32_t>(at),
                                       standing.data(), n, nullptr, &error));
    for (std::size_t k = 0; k < n; ++k) EXPECT_EQ(standing[k], expected.rows[k].standing[at]) << measure.key;
  }
  const char* note = nullptr;
  ok(chainqual_criticality_table_note(table, CHAINQUAL_EN, &note, &error));
  EXPECT_EQ(note, expected.note.en);
  chainqual_criticality_table_free(table);
}

TEST_F(SameAsLibrary, Stability) {
  std::vector<chainqual_score> scores;
  std::vector<std::optional<Score>> same_scores;
  for (int k = 0; k < 20; ++k) {
    scores.push_back({{2 + k, 4 + k % 3}, {2 * k % 5 + 5, 5}, {5, 1 + k % 5}});
    same_scores.push_back(Score{{2 + k, 4 + k % 3}, {2 * k % 5 + 5, 5}, {5, 1 + k % 5}});
    if (same_scores.back()->impact < Rational(1) || same_scores.back()->impact > Rational(5)) {
      scores.back().impact = {7, 2};
      same_scores.back()->impact = Rational(7, 2);
    }
  }
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  study.draws = 500;
  study.concentration = 20;
  study.seed = 9;
  const WeightStability expected = weight_stability(SeverityModel(), same_scores, {500, 20, 9});
  std::vector<chainqual_problem_stability> problems(scores.size());
  chainqual_kept_share all{};
  ok(chainqual_weight_stability(nullptr, scores.data(), scores.size(), &study, nullptr, problems.data(),
                                problems.size(), nullptr, &all, &error));
  EXPECT_EQ(all.kept, expected.all_kept.kept);
  EXPECT_EQ(all.upper, expected.all_kept.upper);
  for (std::size_t k = 0; k < problems.size(); ++k) {
    EXPECT_EQ(problems[k].kept.kept, expected.problems[k].kept.kept);
    EXPECT_EQ(problems[k].kept.lower, expected.problems[k].kept.lower);
    EXPECT_EQ(problems[k].severity.total.numerator, expected.problems[k].severity.total.numerator());
    for (std::size_t grade = 0; grade < 4; ++grade) {
      EXPECT_EQ(problems[k].grades[grade], expected.problems[k].grades[grade]);
    }
    const auto flips = score_flips(SeverityModel(), *same_scores[k]);
    std::vector<chainqual_flip> found(6);
    std::uint64_t size = 0;
    ok(chainqual_score_flips(nullptr, &scores[k], found.data(), found.size(), &size, &error));
    ASSERT_EQ(size, flips.size());
    for (std::size_t flip = 0; flip < size; ++flip) {
      EXPECT_EQ(found[flip].dimension, static_cast<int32_t>(flips[flip].dimension));
      EXPECT_EQ(found[flip].to.numerator, flips[flip].to.numerator());
      EXPECT_EQ(found[flip].result.grade, static_cast<int32_t>(flips[flip].result.grade));
    }
  }
}

TEST_F(SameAsLibrary, EnsemblesOfEveryModel) {
  std::vector<std::vector<double>> shocks(6, shock);
  std::vector<chainqual_placed_scenario*> placed(shocks.size());
  for (std::size_t k = 0; k < shocks.size(); ++k) {
    for (double& one : shocks[k]) one *= static_cast<double>(k + 1) / 6;
    ok(chainqual_lasting(shocks[k].data(), n, &placed[k], &error));
  }
  const std::vector<double> shares{0.1, 0.9};
  chainqual_ensemble_options options = CHAINQUAL_ENSEMBLE_OPTIONS_INIT;
  options.quantiles = column(shares);
  for (const auto& row : Names<Model>::table) {
    chainqual_model_options model = CHAINQUAL_MODEL_OPTIONS_INIT;
    model.model = static_cast<int32_t>(row.value);
    ModelOptions same_model;
    same_model.model = row.value;
    const auto run = [&](std::size_t k, const Control& how) {
      return propagate(net, lasting(shocks[k]), same_model, how);
    };
    const EnsembleResult expected = ensemble(shocks.size(), run, {shares, true});
    chainqual_ensemble_result* result = nullptr;
    ok(chainqual_ensemble_of_scenarios(handle, placed.data(), placed.size(), &model, &options, nullptr, &result,
                                       &error));
    std::vector<double> found(2 * n);
    ok(chainqual_ensemble_result_f64(result, CHAINQUAL_ENSEMBLE_QUANTILES, found.data(), found.size(), nullptr,
                                     &error));
    EXPECT_EQ(found, expected.quantiles) << row.key;
    found.resize(n);
    ok(chainqual_ensemble_result_f64(result, CHAINQUAL_ENSEMBLE_DEVIATION, found.data(), n, nullptr, &error));
    EXPECT_EQ(found, expected.deviation) << row.key;
    chainqual_ensemble_figures figures = CHAINQUAL_ENSEMBLE_FIGURES_INIT;
    ok(chainqual_ensemble_result_figures(result, &figures, &error));
    EXPECT_EQ(figures.index.standard_error, expected.index.standard_error);
    EXPECT_EQ(figures.index_upstream.most, expected.index_upstream.most);
    EXPECT_EQ(figures.not_converged, expected.not_converged);
    chainqual_ensemble_result_free(result);
  }
  for (auto* one : placed) chainqual_placed_scenario_free(one);
}

TEST_F(SameAsLibrary, MeasuresSuggestedAndChosenOnAShippedChain) {
  const std::string path = CHAINQUAL_DATASETS + std::string("/advanced_computing");
  const ChainFile file = read_chain(path);
  SuggestOptions wide;
  wide.same_product = false;
  wide.stock_days = 3;
  const auto measures = suggest_measures(file.dossier, wide);
  MitigationOptions same_options;
  same_options.budget = 130;
  same_options.cost_alternate = 40;
  same_options.cost_stock_day = 5;
  same_options.method = SelectionMethod::greedy;
  const MitigationResult expected = mitigate(file.dossier, measures, {}, same_options);

  chainqual_chain* chain = nullptr;
  chainqual_measures* list = nullptr;
  chainqual_mitigation* mitigation = nullptr;
  chainqual_suggest_options suggest = CHAINQUAL_SUGGEST_OPTIONS_INIT;
  suggest.any_product = 1;
  suggest.stock_days = 3;
  const double alternate = 40;
  const double stock_day = 5;
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  options.budget = 130;
  options.cost_alternate = &alternate;
  options.cost_stock_day = &stock_day;
  options.method = CHAINQUAL_SELECTION_GREEDY;
  ok(chainqual_read_chain(path.c_str(), nullptr, nullptr, &chain, &error));
  ok(chainqual_suggest_measures(chain, &suggest, nullptr, &list, &error));
  ASSERT_EQ(chainqual_measures_size(list), measures.size());
  ok(chainqual_mitigate(chain, list, nullptr, &options, nullptr, &mitigation, &error));
  chainqual_mitigation_figures figures = CHAINQUAL_MITIGATION_FIGURES_INIT;
  ok(chainqual_mitigation_get_figures(mitigation, &figures, &error));
  EXPECT_EQ(figures.loss_before, expected.loss_before);
  EXPECT_EQ(figures.loss_after, expected.loss_after);
  EXPECT_EQ(figures.runs, expected.runs);
  EXPECT_EQ(figures.returns, static_cast<int32_t>(expected.returns));
  EXPECT_EQ(figures.found_by, static_cast<int32_t>(expected.found_by));
  std::vector<chainqual_chosen_measure> chosen(measures.size());
  std::uint64_t size = 0;
  ok(chainqual_mitigation_chosen(mitigation, chosen.data(), chosen.size(), &size, &error));
  ASSERT_EQ(size, expected.chosen.size());
  EXPECT_GT(size, 0U);
  for (std::size_t k = 0; k < size; ++k) {
    EXPECT_EQ(chosen[k].measure, expected.chosen[k].measure);
    EXPECT_EQ(chosen[k].avoided, expected.chosen[k].avoided);
    EXPECT_EQ(chosen[k].loss, expected.chosen[k].loss);
  }
  std::vector<chainqual_measure_outcome> outcomes(measures.size());
  ok(chainqual_mitigation_outcomes(mitigation, outcomes.data(), outcomes.size(), nullptr, &error));
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    EXPECT_EQ(outcomes[k].fate, static_cast<int32_t>(expected.outcomes[k].fate));
    EXPECT_EQ(outcomes[k].avoided_alone, expected.outcomes[k].avoided_alone);
    const char* why = nullptr;
    ok(chainqual_mitigation_why(mitigation, k, CHAINQUAL_ZH, &why, &error));
    EXPECT_EQ(why, expected.outcomes[k].why.zh);
  }
  chainqual_mitigation_free(mitigation);
  chainqual_measures_free(list);
  chainqual_chain_free(chain);
}

TEST_F(SameAsLibrary, ReportsAndExplanationsOfTheShippedChains) {
  for (const char* name : {"/advanced_computing", "/connected_vehicle"}) {
    const std::string path = CHAINQUAL_DATASETS + std::string(name);
    const ChainFile file = read_chain(path);
    chainqual_chain* chain = nullptr;
    chainqual_report* report = nullptr;
    ok(chainqual_read_chain(path.c_str(), nullptr, nullptr, &chain, &error));
    ok(chainqual_assess(chain, nullptr, nullptr, &report, &error));
    std::uint64_t size = 0;
    ok(chainqual_report_json(report, nullptr, 0, &size, &error));
    std::string json(size - 1, '\0');
    ok(chainqual_report_json(report, json.data(), size, nullptr, &error));
    const AssessReport expected = assess(file.dossier);
    EXPECT_EQ(json, report_json(file.dossier, expected));

    chainqual_network* network = nullptr;
    chainqual_placed_scenario* placed = nullptr;
    chainqual_explanation* why_handle = nullptr;
    ok(chainqual_network_of(chain, 0, nullptr, &network, &error));
    ok(chainqual_lasting(expected.shock.data(), expected.shock.size(), &placed, &error));
    ok(chainqual_why(network, placed, 2, nullptr, nullptr, chain, nullptr, &why_handle, &error));
    ok(chainqual_why_json(why_handle, nullptr, 0, &size, &error));
    json.assign(size - 1, '\0');
    ok(chainqual_why_json(why_handle, json.data(), size, nullptr, &error));
    const Chain& own = file.dossier.chain;
    const Why found = why(network_of(own), expected.shock, EnterpriseId{2}, {}, names_of_chain(own));
    EXPECT_EQ(json, why_json(found, names_of_chain(own), [&](EnterpriseId id) { return own.enterprise(id).id; }));
    chainqual_explanation_free(why_handle);
    chainqual_placed_scenario_free(placed);
    chainqual_network_free(network);
    chainqual_report_free(report);
    chainqual_chain_free(chain);
  }
}

}  // namespace
}  // namespace chainqual::capi_test
