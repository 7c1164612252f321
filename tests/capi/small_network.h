#ifndef CHAINQUAL_TESTS_SMALL_NETWORK_H
#define CHAINQUAL_TESTS_SMALL_NETWORK_H

/* 0 supplies 1 and 2, both supply 3: the smallest network with two ways. 1 has a third of 3's inputs, 2 two thirds. */

#include "check.h"

static const uint32_t small_supplier[4] = {0, 0, 1, 2};
static const uint32_t small_customer[4] = {1, 2, 3, 3};
static const double small_value[4] = {10, 20, 10, 20};

static chainqual_network_columns small_columns(void) {
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  columns.enterprises = 4;
  columns.supplier.data = small_supplier;
  columns.supplier.count = 4;
  columns.customer.data = small_customer;
  columns.customer.count = 4;
  columns.value.f64 = small_value;
  columns.value.count = 4;
  return columns;
}

static chainqual_network* small_network(void) {
  const chainqual_network_columns columns = small_columns();
  chainqual_network* network = NULL;
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  return network;
}

#endif
