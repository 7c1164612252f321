/* Sixteen threads read one handle of each kind, and cancel, copy and free beside each other. Run under a thread
 * sanitizer, this program shows that const handles are safe to share. */
#include <pthread.h>
#include <stdlib.h>

#include "small_chain.h"

enum { thread_count = 16, rounds = 3 };

struct shared {
  const chainqual_chain* chain;
  const chainqual_network* network;
  const chainqual_report* report;
  const chainqual_placed_scenario* placed;
  const chainqual_executor* executor;
  const chainqual_cancel_token* token;
  const chainqual_severity_model* model;
  const chainqual_measures* measures;
  const chainqual_ensemble_result* ensemble;
  double index[5]; /* what each must find */
  double mean[5];
  uint64_t json_size;
};

struct worker {
  pthread_t thread;
  const struct shared* shared;
  int failures;
};

#define EXPECT(law)                                             \
  do {                                                          \
    if (!(law)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #law); \
      ++self->failures;                                         \
    }                                                           \
  } while (0)

static void read_everything(struct worker* self) {
  const struct shared* shared = self->shared;
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_systemic_risk_result risk = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  chainqual_model_run* run = NULL;
  chainqual_explanation* why = NULL;
  chainqual_chain* copy = NULL;
  chainqual_report* report = NULL;
  chainqual_findings* findings = NULL;
  chainqual_severity severity;
  chainqual_score score = {{5, 1}, {4, 1}, {4, 1}};
  double index[5];
  uint64_t size = 0;
  uint32_t id = 0;
  control.executor = shared->executor;
  control.cancel = shared->token;
  risk.index = index;
  risk.capacity = 5;
  EXPECT(chainqual_systemic_risk(shared->network, NULL, &control, &risk, &error) == CHAINQUAL_OK);
  EXPECT(memcmp(index, shared->index, sizeof index) == 0);
  EXPECT(chainqual_propagate(shared->network, shared->placed, NULL, &control, &run, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_why(shared->network, shared->placed, 4, NULL, NULL, shared->chain, &control, &why, &error) ==
         CHAINQUAL_OK);
  EXPECT(chainqual_chain_find(shared->chain, "gears", &id, &error) == CHAINQUAL_OK && id == 2);
  EXPECT(chainqual_findings_create(&findings, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_validate(shared->chain, NULL, &control, findings, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_report_json(shared->report, NULL, 0, &size, &error) == CHAINQUAL_OK && size == shared->json_size);
  EXPECT(chainqual_severity_model_grade(shared->model, &score, &severity, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_severity_model_grade(NULL, &score, &severity, &error) == CHAINQUAL_OK);
  /* A copy is the thread's own: changing it touches nobody else's. */
  EXPECT(chainqual_chain_copy(shared->chain, &copy, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_assess(copy, NULL, &control, &report, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_chain_add_link(copy, 0, 4, NULL, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_chain_count(copy, CHAINQUAL_TABLE_LINKS) == 6);
  EXPECT(chainqual_chain_count(shared->chain, CHAINQUAL_TABLE_LINKS) == 5);
  chainqual_report_free(report);
  chainqual_chain_free(copy);
  chainqual_findings_free(findings);
  chainqual_explanation_free(why);
  chainqual_model_run_free(run);
}

/* What one thread makes of handles that all share: measures chosen, scenarios run many times, weights varied. */
static void choose_and_vary(struct worker* self) {
  const struct shared* shared = self->shared;
  const chainqual_placed_scenario* const scenarios[2] = {shared->placed, shared->placed};
  const chainqual_score score = {{5, 1}, {3, 1}, {4, 1}};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  chainqual_mitigation* mitigation = NULL;
  chainqual_ensemble_result* ensemble = NULL;
  chainqual_criticality_table* table = NULL;
  chainqual_kept_share kept;
  chainqual_link link = CHAINQUAL_LINK_INIT;
  double mean[5];
  control.executor = shared->executor;
  control.cancel = shared->token;
  options.budget = 9;
  study.draws = 64;
  EXPECT(chainqual_mitigate(shared->chain, shared->measures, NULL, &options, &control, &mitigation, &error) ==
         CHAINQUAL_OK);
  EXPECT(chainqual_ensemble_of_scenarios(shared->network, scenarios, 2, NULL, NULL, &control, &ensemble, &error) ==
         CHAINQUAL_OK);
  EXPECT(chainqual_ensemble_result_f64(ensemble, CHAINQUAL_ENSEMBLE_MEAN, mean, 5, NULL, &error) == CHAINQUAL_OK);
  EXPECT(memcmp(mean, shared->mean, sizeof mean) == 0);
  EXPECT(chainqual_ensemble_result_f64(shared->ensemble, CHAINQUAL_ENSEMBLE_MEAN, mean, 5, NULL, &error) ==
         CHAINQUAL_OK);
  EXPECT(chainqual_criticality(shared->network, NULL, &control, &table, &error) == CHAINQUAL_OK);
  EXPECT(chainqual_weight_stability(shared->model, &score, 1, &study, &control, NULL, 0, NULL, &kept, &error) ==
         CHAINQUAL_OK);
  EXPECT(chainqual_chain_get_link(shared->chain, 2, NULL, NULL, &link, &error) == CHAINQUAL_OK && *link.value == 20);
  chainqual_criticality_table_free(table);
  chainqual_ensemble_result_free(ensemble);
  chainqual_mitigation_free(mitigation);
}

static void* work(void* argument) {
  struct worker* self = (struct worker*)argument;
  int round;
  for (round = 0; round < rounds; ++round) {
    read_everything(self);
    choose_and_vary(self);
  }
  return NULL;
}

int main(void) {
  static struct worker workers[thread_count];
  struct shared shared;
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_network* network = NULL;
  chainqual_report* report = NULL;
  chainqual_placed_scenario* placed = NULL;
  chainqual_executor* executor = NULL;
  chainqual_cancel_token* token = NULL;
  chainqual_severity_model* model = NULL;
  chainqual_measures* measures = NULL;
  chainqual_ensemble_result* ensemble = NULL;
  const chainqual_placed_scenario* scenarios[1] = {NULL};
  const double cost = 2;
  const char* const problem[1] = {"P1"};
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  const double shock[5] = {0, 0.5, 0, 0.2, 0};
  chainqual_systemic_risk_result risk = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  int k;
  memset(&shared, 0, sizeof shared);
  CHECK_OK(chainqual_network_of(chain, 0, NULL, &network, &error));
  CHECK_OK(chainqual_assess(chain, NULL, NULL, &report, &error));
  CHECK_OK(chainqual_lasting(shock, 5, &placed, &error));
  CHECK_OK(chainqual_thread_pool_create(3, 0, &executor, &error));
  CHECK_OK(chainqual_cancel_token_create(&token, &error));
  CHECK_OK(chainqual_severity_model_create(NULL, &model, &error));
  CHECK_OK(chainqual_report_json(report, NULL, 0, &shared.json_size, &error));
  measure.kind = CHAINQUAL_MEASURE_PROJECT;
  measure.problems.items = problem;
  measure.problems.count = 1;
  measure.cost = &cost;
  CHECK_OK(chainqual_measures_create(&measures, &error));
  CHECK_OK(chainqual_measures_add(measures, &measure, &error));
  scenarios[0] = placed;
  CHECK_OK(chainqual_ensemble_of_scenarios(network, scenarios, 1, NULL, NULL, NULL, &ensemble, &error));
  CHECK_OK(chainqual_ensemble_result_f64(ensemble, CHAINQUAL_ENSEMBLE_MEAN, shared.mean, 5, NULL, &error));
  risk.index = shared.index;
  risk.capacity = 5;
  CHECK_OK(chainqual_systemic_risk(network, NULL, NULL, &risk, &error));
  shared.chain = chain;
  shared.network = network;
  shared.report = report;
  shared.placed = placed;
  shared.executor = executor;
  shared.token = token;
  shared.model = model;
  shared.measures = measures;
  shared.ensemble = ensemble;
  for (k = 0; k < thread_count; ++k) {
    workers[k].shared = &shared;
    CHECK(pthread_create(&workers[k].thread, NULL, work, &workers[k]) == 0);
  }
  for (k = 0; k < thread_count; ++k) {
    CHECK(pthread_join(workers[k].thread, NULL) == 0);
    check_failures += workers[k].failures;
  }
  chainqual_ensemble_result_free(ensemble);
  chainqual_measures_free(measures);
  chainqual_severity_model_free(model);
  chainqual_cancel_token_free(token);
  chainqual_executor_free(executor);
  chainqual_placed_scenario_free(placed);
  chainqual_report_free(report);
  chainqual_network_free(network);
  chainqual_chain_free(chain);
  return CHECK_END();
}
