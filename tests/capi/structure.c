/* The structure of small networks, where every answer is plain to see. */
#include "small_chain.h"
#include "small_network.h"

static const chainqual_u32_column none_given = {NULL, 0};

static void the_diamond_is_as_it_looks(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  uint32_t ids[4];
  double between[4];
  uint64_t size = 0;
  uint64_t count = 0;
  chainqual_single_point points[4];
  chainqual_single_source sources[8];
  chainqual_concentration inputs[8];
  chainqual_relation bridges[4];
  chainqual_sampling sampling = CHAINQUAL_SAMPLING_INIT;
  CHECK_OK(chainqual_strong_components(network, NULL, 0, NULL, &count, &error));
  CHECK(count == 4);
  CHECK_OK(chainqual_strong_components(network, ids, 4, &size, &count, &error));
  CHECK(size == 4 && ids[0] < ids[1] && ids[1] < ids[3] && ids[2] < ids[3]);
  CHECK_OK(chainqual_topological_order(network, ids, 4, &size, &error));
  CHECK(size == 4 && ids[0] == 0 && ids[3] == 3);
  CHECK_OK(chainqual_supply_sources(network, ids, 4, &size, &error));
  CHECK(size == 1 && ids[0] == 0);
  CHECK_OK(chainqual_final_enterprises(network, ids, 4, &size, &error));
  CHECK(size == 1 && ids[0] == 3);
  CHECK_OK(chainqual_dominators(network, none_given, NULL, 0, &size, &error));
  CHECK(size == 4);
  CHECK_OK(chainqual_dominators(network, none_given, ids, 4, &size, &error));
  CHECK(ids[0] == CHAINQUAL_NONE && ids[1] == 0 && ids[2] == 0 && ids[3] == 0); /* neither 1 nor 2 alone cuts 3 off */
  CHECK_OK(chainqual_single_points_of_failure(network, none_given, none_given, points, 4, &size, &error));
  CHECK(size == 1 && points[0].enterprise == 0 && points[0].cut == 3 && points[0].final_cut == 1);
  CHECK_OK(chainqual_articulation_points(network, ids, 4, &size, &error));
  CHECK(size == 0);
  CHECK_OK(chainqual_bridges(network, bridges, 4, &size, &error));
  CHECK(size == 0);
  CHECK_OK(chainqual_betweenness(network, NULL, between, 4, &size, &error));
  CHECK(between[0] == 0 && between[1] == 0.5 && between[2] == 0.5 && between[3] == 0);
  CHECK_OK(chainqual_sampled_betweenness(network, NULL, &sampling, between, 4, &size, &error));
  CHECK(sampling.samples > 0 && fabs(between[1] - 0.5) <= sampling.error);
  CHECK_OK(chainqual_single_sources(network, sources, 8, &size, &error));
  CHECK(size == 2 && sources[0].customer == 1 && sources[0].supplier == 0 && sources[0].share == 1);
  CHECK_OK(chainqual_supplier_concentration(network, inputs, 8, &size, &error));
  CHECK(size == 3 && inputs[2].customer == 3 && inputs[2].suppliers == 2 &&
        fabs(inputs[2].herfindahl - 5.0 / 9) < 1e-12);
  chainqual_network_free(network);
}

static void cycles_have_no_order(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const uint32_t supplier[3] = {0, 1, 2};
  const uint32_t customer[3] = {1, 2, 0};
  chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
  chainqual_network* network = NULL;
  uint32_t ids[3] = {7, 7, 7};
  uint64_t size = 7;
  uint64_t count = 0;
  columns.enterprises = 3;
  columns.supplier.data = supplier;
  columns.customer.data = customer;
  columns.supplier.count = columns.customer.count = 3;
  CHECK_OK(chainqual_network_from_arrays(&columns, NULL, &network, &error));
  CHECK_FAILS(CHAINQUAL_NO_SOLUTION, chainqual_topological_order(network, ids, 3, &size, &error));
  CHECK(ids[0] == 7 && size == 7);
  CHECK_OK(chainqual_strong_components(network, NULL, 0, &size, &count, &error));
  CHECK(count == 1 && size == 3);
  chainqual_network_free(network);
}

static void wrong_ids_and_buffers_are_refused(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* network = small_network();
  const uint32_t beyond[1] = {4};
  chainqual_u32_column sources = {NULL, 1};
  chainqual_sampling sampling = CHAINQUAL_SAMPLING_INIT;
  uint32_t ids[4];
  double between[4] = {9, 9, 9, 9};
  uint64_t size = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_dominators(network, sources, ids, 4, &size, &error));
  sources.data = ids; /* and what is found would be written over them */
  ids[0] = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_dominators(network, sources, ids, 4, &size, &error));
  {
    chainqual_single_point points[4] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    sources.data = &points[0].enterprise;
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
                chainqual_single_points_of_failure(network, sources, none_given, points, 4, &size, &error));
  }
  sources.data = beyond;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_dominators(network, sources, ids, 4, &size, &error));
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_betweenness(network, NULL, between, 3, &size, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_betweenness(network, NULL, NULL, 0, NULL, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_betweenness(NULL, NULL, between, 4, &size, &error));
  sampling.error = 2;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE,
              chainqual_sampled_betweenness(network, NULL, &sampling, between, 4, &size, &error));
  CHECK(between[0] == 9 && sampling.samples == 0);
  chainqual_network_free(network);
}

static void regions_share_the_chain(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_region_share shares[16];
  uint64_t size = 0;
  CHECK_OK(chainqual_region_concentration(chain, shares, 16, &size, &error));
  CHECK(size >= 2 && shares[0].segment == CHAINQUAL_NONE && strcmp(shares[0].region, "120000") == 0);
  CHECK(fabs(shares[0].share - 0.6) < 1e-12 && shares[0].enterprises == 3);
  CHECK(fabs(shares[0].herfindahl - 0.52) < 1e-12);
  chainqual_chain_free(chain);
}

int main(void) {
  the_diamond_is_as_it_looks();
  cycles_have_no_order();
  wrong_ids_and_buffers_are_refused();
  regions_share_the_chain();
  return CHECK_END();
}
