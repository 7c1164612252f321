/* How calls run: a host's threads, cancelling, progress, structs of other versions. */
#include "small_network.h"

/* A chain of n enterprises in a row. */
static chainqual_network* row_of(uint32_t n, uint32_t* ids) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  chainqual_network* network = NULL;
  uint32_t i;
  for (i = 0; i < n; ++i) ids[i] = i;
  columns.enterprises = n;
  columns.supplier.data = ids;
  columns.customer.data = ids + 1;
  columns.supplier.count = columns.customer.count = n - 1;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  return network;
}

struct host {
  uint64_t jobs;
  uint64_t skip; /* this chunk is left out */
  int twice;     /* the first chunk runs twice */
};

static void run_backwards(void* user, uint64_t chunks, void (*body)(void*, uint64_t), void* context) {
  struct host* host = (struct host*)user;
  uint64_t chunk = chunks;
  ++host->jobs;
  while (chunk-- > 0) {
    if (chunk != host->skip) body(context, chunk);
  }
  if (host->twice) body(context, 0);
}

static void a_host_runs_every_chunk(void) {
  enum { n = 700 };
  static uint32_t ids[n];
  static double index[n];
  static double expected[n];
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = row_of(n, ids);
  chainqual_executor_callbacks callbacks = CHAINQUAL_EXECUTOR_CALLBACKS_INIT;
  chainqual_executor* executor = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  struct host host = {0, UINT64_MAX, 0};
  callbacks.run = run_backwards;
  callbacks.user = &host;
  callbacks.concurrency = 3;
  result.capacity = n;
  result.index = expected;
  CHECK_OK(chainqual_systemic_risk(network, NULL, NULL, &result, &error));
  CHECK_OK(chainqual_executor_create(&callbacks, &executor, &error));
  CHECK(chainqual_executor_concurrency(executor) == 3);
  control.executor = executor;
  result.index = index;
  CHECK_OK(chainqual_systemic_risk(network, NULL, &control, &result, &error));
  CHECK(host.jobs > 0 && memcmp(index, expected, sizeof index) == 0);
  host.skip = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_systemic_risk(network, NULL, &control, &result, &error));
  host.skip = UINT64_MAX;
  host.twice = 1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_systemic_risk(network, NULL, &control, &result, &error));
  chainqual_executor_free(executor);
  chainqual_network_free(network);
  callbacks.run = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_executor_create(&callbacks, &executor, &error));
}

static void pools_give_the_same_bits(void) {
  enum { n = 700 };
  static uint32_t ids[n];
  static double index[2][n];
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = row_of(n, ids);
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  uint32_t k;
  result.capacity = n;
  for (k = 0; k < 2; ++k) {
    chainqual_executor* executor = NULL;
    CHECK_OK(chainqual_thread_pool_create(k == 0 ? 1 : 5, 0, &executor, &error));
    CHECK(chainqual_executor_concurrency(executor) == (k == 0 ? 1u : 5u));
    control.executor = executor;
    result.index = index[k];
    CHECK_OK(chainqual_systemic_risk(network, NULL, &control, &result, &error));
    chainqual_executor_free(executor);
  }
  CHECK(memcmp(index[0], index[1], sizeof index[0]) == 0);
  {
    chainqual_executor* executor = NULL;
    CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_thread_pool_create(1025, 0, &executor, &error));
    CHECK(executor == NULL && chainqual_executor_concurrency(NULL) == 0);
    chainqual_executor_free(NULL);
  }
  chainqual_network_free(network);
}

static int32_t stop(void* user, double share) {
  CHECK(share >= 0 && share <= 1);
  ++*(int*)user;
  return 1;
}

static int32_t go_on(void* user, double share) {
  double* last = (double*)user;
  CHECK(share >= *last && share <= 1);
  *last = share;
  return 0;
}

static void a_callback_that_says_so_cancels(void) {
  enum { n = 400 };
  static uint32_t ids[n];
  static double index[n];
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = row_of(n, ids);
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_cancel_token* token = NULL;
  chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  int calls = 0;
  double last = 0;
  result.capacity = n;
  result.index = index;
  index[0] = 9;
  control.progress = stop;
  control.user = &calls;
  CHECK_FAILS(CHAINQUAL_CANCELLED, chainqual_systemic_risk(network, NULL, &control, &result, &error));
  CHECK(calls >= 1 && index[0] == 9);
  control.progress = go_on;
  control.user = &last;
  CHECK_OK(chainqual_systemic_risk(network, NULL, &control, &result, &error));
  CHECK(last == 1);
  control.progress = NULL;
  CHECK_OK(chainqual_cancel_token_create(&token, &error));
  control.cancel = token;
  CHECK(chainqual_cancel_token_is_cancelled(token) == 0);
  CHECK_OK(chainqual_systemic_risk(network, NULL, &control, &result, &error));
  chainqual_cancel_token_cancel(token);
  CHECK(chainqual_cancel_token_is_cancelled(token) == 1);
  CHECK_FAILS(CHAINQUAL_CANCELLED, chainqual_systemic_risk(network, NULL, &control, &result, &error));
  chainqual_cancel_token_reset(token);
  CHECK_OK(chainqual_systemic_risk(network, NULL, &control, &result, &error));
  chainqual_cancel_token_free(token);
  chainqual_cancel_token_cancel(NULL);
  chainqual_cancel_token_reset(NULL);
  chainqual_cancel_token_free(NULL);
  CHECK(chainqual_cancel_token_is_cancelled(NULL) == 0);
  chainqual_network_free(network);
}

/* A program of an earlier version has a shorter struct: what it lacks is the default, and nothing behind it is read. */
static void old_structs_are_read_as_far_as_they_go(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const double shock[4] = {0, 0.5, 0, 0};
  double loss[4];
  chainqual_linear_options options = CHAINQUAL_LINEAR_OPTIONS_INIT;
  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  result.combined = loss;
  result.capacity = 4;
  options.tolerance = -1; /* wrong, were it read */
  options.struct_size = offsetof(chainqual_linear_options, tolerance);
  CHECK_OK(chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  options.struct_size = sizeof options;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
  /* A shorter result: what lies behind it is not written. */
  result.struct_size = offsetof(chainqual_propagation, index_downstream);
  result.index = 77;
  result.index_downstream = 77;
  CHECK_OK(chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  CHECK(result.size == 4 && result.index == 77 && result.index_downstream == 77);
  CHECK(result.struct_size == offsetof(chainqual_propagation, index_downstream));
  chainqual_network_free(network);
}

static void later_structs_are_read_as_far_as_we_know_them(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const double shock[4] = {0, 0.5, 0, 0};
  double loss[4];
  struct {
    chainqual_linear_options known;
    double later[3];
  } options = {CHAINQUAL_LINEAR_OPTIONS_INIT, {1, 2, 3}};
  struct {
    chainqual_propagation known;
    double later[3];
  } result = {CHAINQUAL_PROPAGATION_INIT, {1, 2, 3}};
  options.known.struct_size = sizeof options;
  result.known.struct_size = sizeof result;
  result.known.combined = loss;
  result.known.capacity = 4;
  CHECK_OK(chainqual_linear(network, shock, 4, &options.known, NULL, &result.known, &error));
  CHECK(result.known.index > 0 && result.later[0] == 1 && result.later[2] == 3);
  CHECK(result.known.struct_size == sizeof result);
  chainqual_network_free(network);
}

static void sizes_that_were_never_set_are_refused(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const double shock[4] = {0, 0.5, 0, 0};
  double loss[4];
  chainqual_linear_options options = CHAINQUAL_LINEAR_OPTIONS_INIT;
  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  const uint32_t wrong[4] = {0, 4, 9, sizeof(chainqual_linear_options) - 1};
  int k;
  result.combined = loss;
  result.capacity = 4;
  for (k = 0; k < 4; ++k) {
    options.struct_size = wrong[k];
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, &options, NULL, &result, &error));
    control.struct_size = wrong[k];
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, NULL, &control, &result, &error));
  }
  result.struct_size = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_linear(network, shock, 4, NULL, NULL, &result, &error));
  chainqual_network_free(network);
}

int main(void) {
  a_host_runs_every_chunk();
  pools_give_the_same_bits();
  a_callback_that_says_so_cancels();
  old_structs_are_read_as_far_as_they_go();
  later_structs_are_read_as_far_as_we_know_them();
  sizes_that_were_never_set_are_refused();
  return CHECK_END();
}
