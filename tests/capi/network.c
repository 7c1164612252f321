/* Networks from arrays: kept as given, or refused with every bad cell. */
#include "small_network.h"

static void arrays_come_back_in_supplier_order(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  chainqual_network_arrays arrays = CHAINQUAL_NETWORK_ARRAYS_INIT;
  CHECK(chainqual_network_enterprises(network) == 4 && chainqual_network_links(network) == 4);
  CHECK_OK(chainqual_network_get_arrays(network, &arrays, &error));
  CHECK(arrays.enterprises == 4 && arrays.links == 4 && arrays.links_given == 4);
  CHECK(arrays.out_offsets[0] == 0 && arrays.out_offsets[1] == 2 && arrays.out_offsets[4] == 4);
  CHECK(arrays.out_targets[0] == 1 && arrays.out_targets[1] == 2 && arrays.out_values[1] == 20.0F);
  CHECK(arrays.in_sources[2] == 1 && arrays.in_sources[3] == 2);
  CHECK(arrays.dependency == NULL && arrays.stage == NULL && arrays.weight == NULL);
  chainqual_network_free(network);
  chainqual_network_free(NULL);
  CHECK(chainqual_network_enterprises(NULL) == 0 && chainqual_network_links(NULL) == 0);
}

static void floats_and_doubles_give_the_same_network(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const float value[4] = {10, 20, 10, 20};
  chainqual_network* network = NULL;
  chainqual_network_columns columns = small_columns();
  chainqual_network_arrays arrays = CHAINQUAL_NETWORK_ARRAYS_INIT;
  columns.value.f32 = value;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_network_from_arrays(&columns, NULL, &network, &error));
  columns.value.f64 = NULL;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK_OK(chainqual_network_get_arrays(network, &arrays, &error));
  CHECK(arrays.out_values[0] == 10.0F && arrays.out_values[3] == 20.0F);
  chainqual_network_free(network);
}

static void bad_columns_are_refused_with_findings(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint32_t supplier[4] = {0, 0, 1, 4000000000u};
  uint32_t customer[4] = {1, 9, 3, 3};
  double value[4] = {10, NAN, -1, 20};
  chainqual_network* network = NULL;
  chainqual_findings* findings = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_network_columns columns = small_columns();
  CHECK_OK(chainqual_findings_create(&findings, &error));
  control.findings = findings;
  columns.supplier.data = supplier;
  columns.customer.data = customer;
  columns.value.f64 = value;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_network_from_arrays(&columns, &control, &network, &error));
  CHECK(chainqual_findings_total(findings) == 4 && network == NULL);
  columns = small_columns();
  columns.customer.count = 3;
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_network_from_arrays(&columns, &control, &network, &error));
  columns = small_columns();
  columns.enterprises = UINT64_MAX;
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_network_from_arrays(&columns, &control, &network, &error));
  columns = small_columns();
  columns.value.count = UINT64_MAX;
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_network_from_arrays(&columns, &control, &network, &error));
  columns = small_columns();
  columns.supplier.data = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_network_from_arrays(&columns, &control, &network, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_network_from_arrays(NULL, NULL, &network, &error));
  columns = small_columns();
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_network_from_arrays(&columns, NULL, NULL, &error));
  CHECK(network == NULL);
  chainqual_findings_free(findings);
}

static void self_supply_is_dropped_unless_kept(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const uint32_t customer[4] = {0, 2, 3, 3};
  chainqual_network* network = NULL;
  chainqual_network_columns columns = small_columns();
  chainqual_network_arrays arrays = CHAINQUAL_NETWORK_ARRAYS_INIT;
  columns.customer.data = customer;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK_OK(chainqual_network_get_arrays(network, &arrays, &error));
  CHECK(arrays.links == 3 && arrays.self_supply_dropped == 1);
  chainqual_network_free(network);
  columns.keep_self_supply = 1;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK(chainqual_network_links(network) == 4);
  chainqual_network_free(network);
}

static void an_empty_network_is_one(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  chainqual_network* network = NULL;
  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  double loss[1];
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK(network != NULL && chainqual_network_enterprises(network) == 0);
  result.combined = loss;
  CHECK_OK(chainqual_linear(network, NULL, 0, NULL, NULL, &result, &error));
  CHECK(result.size == 0);
  chainqual_network_free(network);
}

int main(void) {
  arrays_come_back_in_supplier_order();
  floats_and_doubles_give_the_same_network();
  bad_columns_are_refused_with_findings();
  self_supply_is_dropped_unless_kept();
  an_empty_network_is_one();
  return CHECK_END();
}
