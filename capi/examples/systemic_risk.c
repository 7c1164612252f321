/* A network from arrays; which enterprise would stop most of the chain if it closed?
 *
 *   cc systemic_risk.c $(pkg-config --cflags --libs chainqual-c) -o systemic_risk
 */
#include <stdio.h>

#include "chainqual.h"

#define N 6

static int failed(const chainqual_error* error) {
  fprintf(stderr, "%s: %s\n", chainqual_status_name(error->code), error->message);
  return 1;
}

int main(void) {
  const char* name[N] = {"ore", "steel", "gears", "motors", "robots", "software"};
  const uint32_t supplier[] = {0, 1, 1, 2, 3, 5};
  const uint32_t customer[] = {1, 2, 3, 4, 4, 4};
  const double value[] = {50, 30, 20, 40, 35, 10};

  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  columns.enterprises = N;
  columns.supplier.data = supplier;
  columns.customer.data = customer;
  columns.value.f64 = value;
  columns.supplier.count = columns.customer.count = columns.value.count = sizeof supplier / sizeof *supplier;
  chainqual_network* network = NULL;
  if (chainqual_network_from_arrays(&columns, NULL, &network, &error) != CHAINQUAL_OK) return failed(&error);

  double index[N];
  chainqual_systemic_risk_result risk = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  risk.capacity = N;
  risk.index = index;
  const double shock[N] = {0, 0, 0, 0.5, 0, 0};
  double loss[N];
  chainqual_propagation linear = CHAINQUAL_PROPAGATION_INIT;
  linear.capacity = N;
  linear.downstream = loss;
  const int done = chainqual_systemic_risk(network, NULL, NULL, &risk, &error) == CHAINQUAL_OK &&
                   chainqual_linear(network, shock, N, NULL, NULL, &linear, &error) == CHAINQUAL_OK;
  chainqual_network_free(network);
  if (!done) return failed(&error);
  for (int i = 0; i < N; ++i) {
    printf("%-9s if it closes: %5.1f %% of the chain; if half of the motors fail it loses %5.1f %%\n", name[i],
           100 * index[i], 100 * loss[i]);
  }
  return 0;
}
