/* Chains: made by hand, read and written, checked, frozen. */
#include <stdlib.h>

#include "small_chain.h"

static char* json_of(const chainqual_chain* chain) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint64_t size = 0;
  char* text;
  CHECK_OK(chainqual_chain_to_json(chain, NULL, 0, &size, &error));
  text = (char*)malloc((size_t)size);
  CHECK_OK(chainqual_chain_to_json(chain, text, size, NULL, &error));
  return text;
}

static void what_is_added_stands_in_the_chain(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
  chainqual_chain_info info = CHAINQUAL_CHAIN_INFO_INIT;
  const char* item = NULL;
  uint32_t id = CHAINQUAL_NONE;
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_ENTERPRISES) == 5);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_LINKS) == 5);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_SEGMENTS) == 3);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_PROBLEMS) == 2);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_SCORES) == 6);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_INDICATORS) == 0 && chainqual_chain_count(chain, 99) == 0);
  CHECK(chainqual_chain_count(NULL, CHAINQUAL_TABLE_LINKS) == 0);
  CHECK_OK(chainqual_chain_get_info(chain, &info, &error));
  CHECK(strcmp(info.name_en, "robots") == 0 && info.review_cycle_months == 12);
  CHECK_OK(chainqual_chain_find(chain, "gears", &id, &error));
  CHECK(id == 2);
  CHECK_OK(chainqual_chain_get_enterprise(chain, id, &enterprise, &error));
  CHECK(strcmp(enterprise.id, "gears") == 0 && enterprise.stage == CHAINQUAL_STAGE_MIDSTREAM);
  CHECK(enterprise.segments.count == 1 && enterprise.weight == NULL);
  CHECK_OK(chainqual_chain_get_item(chain, id, CHAINQUAL_LIST_SEGMENTS, 0, &item, &error));
  CHECK(strcmp(item, "parts") == 0);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_get_item(chain, id, CHAINQUAL_LIST_PRODUCTS, 1, &item, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_get_item(chain, id, -1, 0, &item, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_get_enterprise(chain, UINT32_MAX, &enterprise, &error));
  CHECK_FAILS(CHAINQUAL_UNKNOWN_REFERENCE, chainqual_chain_find(chain, "gear", &id, &error));
  CHECK(strstr(error.message, "gears") != NULL); /* the nearest key is told */
  CHECK_OK(chainqual_chain_resolve(chain, "robots", &id, &error));
  CHECK(id == 4);
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_chain_resolve(chain, "rockets", &id, &error));
  chainqual_chain_free(chain);
  chainqual_chain_free(NULL);
}

static void what_cannot_be_added_changes_nothing(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* before = NULL;
  chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
  chainqual_segment segment = CHAINQUAL_SEGMENT_INIT;
  chainqual_problem problem = CHAINQUAL_PROBLEM_INIT;
  chainqual_score_row row = CHAINQUAL_SCORE_ROW_INIT;
  chainqual_link link = CHAINQUAL_LINK_INIT;
  CHECK_OK(chainqual_chain_copy(chain, &before, &error));
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_enterprise(chain, &enterprise, NULL, &error));
  enterprise.id = "ore";
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_enterprise(chain, &enterprise, NULL, &error));
  enterprise.id = "new";
  enterprise.stage = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_enterprise(chain, &enterprise, NULL, &error));
  enterprise.stage = 0;
  enterprise.segments.count = 2; /* and no items */
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_enterprise(chain, &enterprise, NULL, &error));
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_segment(chain, &segment, NULL, &error));
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_problem(chain, &problem, &error));
  problem.number = "P1";
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_problem(chain, &problem, &error));
  problem.number = "P3";
  problem.aspect_shares[1] = "half";
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_problem(chain, &problem, &error));
  row.impact = "NaN";
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_score(chain, &row, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_add_link(chain, 0, 5, NULL, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_add_link(chain, UINT32_MAX, 0, NULL, &error));
  CHECK_FAILS(CHAINQUAL_UNKNOWN_REFERENCE, chainqual_chain_add_link_by_keys(chain, "ore", "nobody", NULL, &error));
  link.evidence = 9;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_link(chain, 0, 1, &link, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_link(NULL, 0, 1, NULL, &error));
  CHECK(chainqual_same_content(chain, before) == 1);
  chainqual_chain_free(before);
  chainqual_chain_free(chain);
}

static void a_copy_goes_its_own_way(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* copy = NULL;
  CHECK_OK(chainqual_chain_copy(chain, &copy, &error));
  CHECK(chainqual_same_content(chain, copy) == 1 && chainqual_same_content(chain, NULL) == 0);
  CHECK_OK(chainqual_chain_add_link_by_keys(copy, "ore", "robots", NULL, &error));
  CHECK(chainqual_same_content(chain, copy) == 0);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_LINKS) == 5);
  CHECK(chainqual_chain_count(copy, CHAINQUAL_TABLE_LINKS) == 6);
  chainqual_chain_free(chain);
  CHECK(chainqual_chain_count(copy, CHAINQUAL_TABLE_ENTERPRISES) == 5);
  chainqual_chain_free(copy);
}

static void json_reads_back_to_the_same_content(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* again = NULL;
  chainqual_chain* broken = NULL;
  chainqual_findings* findings = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  char* text = json_of(chain);
  CHECK_OK(chainqual_findings_create(&findings, &error));
  control.findings = findings;
  CHECK_OK(chainqual_chain_from_json(text, strlen(text), NULL, NULL, &control, &again, &error));
  CHECK(chainqual_same_content(chain, again) == 1);
  CHECK(chainqual_findings_count(findings, CHAINQUAL_ERROR) == 0);
  CHECK_FAILS(CHAINQUAL_BAD_SYNTAX,
              chainqual_chain_from_json(text, strlen(text) / 2, "cut.json", NULL, &control, &broken, &error));
  CHECK(broken == NULL && chainqual_findings_count(findings, CHAINQUAL_ERROR) >= 1);
  CHECK(strstr(error.message, "cut.json") != NULL);
  CHECK(chainqual_chain_from_json(NULL, 0, NULL, NULL, NULL, &broken, &error) != CHAINQUAL_OK);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_from_json(NULL, 5, NULL, NULL, NULL, &broken, &error));
  free(text);
  chainqual_findings_free(findings);
  chainqual_chain_free(again);
  chainqual_chain_free(chain);
}

static void folders_and_files_are_read_and_written(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = NULL;
  chainqual_chain* again = NULL;
  CHECK_OK(chainqual_read_chain(CHAINQUAL_DATASETS "/advanced_computing", NULL, NULL, &chain, &error));
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_ENTERPRISES) > 0);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_INSTITUTIONS) > 0);
  CHECK_OK(chainqual_write_chain(chain, "test_capi_chain.json", CHAINQUAL_ZH, &error));
  CHECK_OK(chainqual_read_chain("test_capi_chain.json", NULL, NULL, &again, &error));
  CHECK(chainqual_same_content(chain, again) == 1);
  remove("test_capi_chain.json");
  chainqual_chain_free(again);
  again = NULL;
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_read_chain("no such folder", NULL, NULL, &again, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_read_chain(NULL, NULL, NULL, &again, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_write_chain(chain, "x.json", 7, &error));
  CHECK(again == NULL);
  chainqual_chain_free(chain);
}

static void validation_tells_what_speaks_against_a_chain(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_findings* findings = NULL;
  chainqual_link link = CHAINQUAL_LINK_INIT;
  chainqual_validate_options options = CHAINQUAL_VALIDATE_OPTIONS_INIT;
  const double too_much = 2;
  CHECK_OK(chainqual_findings_create(&findings, &error));
  CHECK_OK(chainqual_validate(chain, NULL, NULL, findings, &error));
  CHECK(chainqual_findings_count(findings, CHAINQUAL_ERROR) == 0);
  CHECK(chainqual_findings_count(findings, CHAINQUAL_WARNING) > 0); /* no credit codes, single sources */
  options.no_missing_codes = options.no_similar_names = options.no_structure = 1;
  CHECK_OK(chainqual_validate(chain, &options, NULL, findings, &error));
  CHECK(chainqual_findings_total(findings) == 0);
  link.dependency = &too_much;
  CHECK_OK(chainqual_chain_add_link(chain, 0, 2, &link, &error));
  CHECK_OK(chainqual_validate(chain, &options, NULL, findings, &error));
  CHECK(chainqual_findings_count(findings, CHAINQUAL_ERROR) == 1);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_validate(chain, NULL, NULL, NULL, &error));
  chainqual_findings_free(findings);
  chainqual_chain_free(chain);
}

static void a_network_keeps_ids_and_keys(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_network* network = NULL;
  chainqual_network* opened = NULL;
  uint64_t hash[2] = {0, 1};
  uint32_t id = 0;
  char key[16];
  double weight[5];
  uint64_t size = 0;
  int32_t verify;
  CHECK_OK(chainqual_network_of(chain, 0, NULL, &network, &error));
  CHECK(chainqual_network_enterprises(network) == 5 && chainqual_network_links(network) == 5);
  CHECK_OK(chainqual_write_network(network, "test_capi_chain.cqn", NULL, &hash[0], &error));
  for (verify = CHAINQUAL_VERIFY_FULL; verify <= CHAINQUAL_VERIFY_CHECKSUM; ++verify) {
    CHECK_OK(chainqual_open_network("test_capi_chain.cqn", verify, NULL, &opened, &error));
    CHECK_OK(chainqual_network_find(opened, "motors", &id, &error));
    CHECK(id == 3);
    CHECK_OK(chainqual_network_key(opened, 4, key, sizeof key, NULL, &error));
    CHECK(strcmp(key, "robots") == 0);
    CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_network_find(opened, "rockets", &id, &error));
    CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_network_key(opened, 5, key, sizeof key, NULL, &error));
    chainqual_network_free(opened);
    opened = NULL;
  }
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_open_network("test_capi_chain.cqn", 3, NULL, &opened, &error));
  remove("test_capi_chain.cqn");
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_open_network("test_capi_chain.cqn", 0, NULL, &opened, &error));
  CHECK_OK(chainqual_default_weight(network, NULL, 0, &size, &error));
  CHECK(size == 5);
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_default_weight(network, weight, 4, &size, &error));
  CHECK_OK(chainqual_default_weight(network, weight, 5, NULL, &error));
  CHECK(weight[0] == 50 && weight[1] == 50 && weight[4] == 0);
  chainqual_network_free(network);
  chainqual_chain_free(chain);
}

static void synthetic_networks_follow_their_seed(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_generate_options options = CHAINQUAL_GENERATE_OPTIONS_INIT;
  chainqual_network* network[3] = {NULL, NULL, NULL};
  chainqual_network_arrays arrays[3] = {CHAINQUAL_NETWORK_ARRAYS_INIT, CHAINQUAL_NETWORK_ARRAYS_INIT,
                                        CHAINQUAL_NETWORK_ARRAYS_INIT};
  int k;
  options.enterprises = 200;
  for (k = 0; k < 3; ++k) {
    options.seed = k == 2 ? 9 : 5;
    CHECK_OK(chainqual_generate_network(&options, NULL, &network[k], &error));
    CHECK_OK(chainqual_network_get_arrays(network[k], &arrays[k], &error));
  }
  CHECK(arrays[0].enterprises == 200 && arrays[0].links == arrays[1].links && arrays[0].sector != NULL);
  CHECK(memcmp(arrays[0].out_targets, arrays[1].out_targets, (size_t)arrays[0].links * sizeof(uint32_t)) == 0);
  CHECK(arrays[0].links != arrays[2].links ||
        memcmp(arrays[0].out_targets, arrays[2].out_targets, (size_t)arrays[0].links * sizeof(uint32_t)) != 0);
  options.mean_degree = -4;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_generate_network(&options, NULL, &network[0], &error));
  for (k = 0; k < 3; ++k) chainqual_network_free(network[k]);
}

int main(void) {
  what_is_added_stands_in_the_chain();
  what_cannot_be_added_changes_nothing();
  a_copy_goes_its_own_way();
  json_reads_back_to_the_same_content();
  folders_and_files_are_read_and_written();
  validation_tells_what_speaks_against_a_chain();
  a_network_keeps_ids_and_keys();
  synthetic_networks_follow_their_seed();
  return CHECK_END();
}
