#ifndef CHAINQUAL_TESTS_SMALL_CHAIN_H
#define CHAINQUAL_TESTS_SMALL_CHAIN_H

/* Ore → steel → gears and motors → robots, with two problems that three experts scored, made by hand. */

#include "check.h"

/* Returns the chain, or NULL with what went wrong in `error`. */
static chainqual_chain* build_chain(chainqual_error* error) {
  static const char* const keys[5] = {"ore", "steel", "gears", "motors", "robots"};
  static const char* const segments[3] = {"materials", "parts", "machines"};
  static const int32_t stage_of_segment[3] = {CHAINQUAL_STAGE_UPSTREAM, CHAINQUAL_STAGE_MIDSTREAM,
                                              CHAINQUAL_STAGE_DOWNSTREAM};
  static const int segment_of[5] = {0, 0, 1, 1, 2};
  static const uint32_t supplier[5] = {0, 1, 1, 2, 3};
  static const uint32_t customer[5] = {1, 2, 3, 4, 4};
  static const double value[5] = {50, 30, 20, 40, 35};
  static const char* const scores[6][5] = {{"P1", "A", "5", "4", "4"},   {"P1", "B", "4", "4", "5"},
                                           {"P1", "C", "5", "5", "4.5"}, {"P2", "A", "2", "3", "2"},
                                           {"P2", "B", "3", "2", "2"},   {"P2", "C", "2", "2", "3"}};
  chainqual_chain* chain = NULL;
  chainqual_chain_info info = CHAINQUAL_CHAIN_INFO_INIT;
  chainqual_problem problem = CHAINQUAL_PROBLEM_INIT;
  chainqual_problem second = CHAINQUAL_PROBLEM_INIT;
  uint32_t i;
  info.name = "\xE6\x9C\xBA\xE5\x99\xA8\xE4\xBA\xBA"; /* 机器人 */
  info.name_en = "robots";
  if (chainqual_chain_create(&chain, error) != CHAINQUAL_OK) return NULL;
  if (chainqual_chain_set_info(chain, &info, error) != CHAINQUAL_OK) goto failed;
  for (i = 0; i < 3; ++i) {
    chainqual_segment segment = CHAINQUAL_SEGMENT_INIT;
    segment.id = segment.name = segments[i];
    segment.stage = stage_of_segment[i];
    segment.final_product = i == 2;
    if (chainqual_chain_add_segment(chain, &segment, NULL, error) != CHAINQUAL_OK) goto failed;
  }
  for (i = 0; i < 5; ++i) {
    chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
    uint32_t id = CHAINQUAL_NONE;
    enterprise.id = enterprise.name = enterprise.name_en = keys[i];
    enterprise.stage = stage_of_segment[segment_of[i]];
    enterprise.segments.items = &segments[segment_of[i]];
    enterprise.segments.count = 1;
    enterprise.products.items = &keys[i];
    enterprise.products.count = 1;
    enterprise.region = i < 2 ? "130000" : "120000";
    if (chainqual_chain_add_enterprise(chain, &enterprise, &id, error) != CHAINQUAL_OK) goto failed;
    CHECK(id == i);
  }
  for (i = 0; i < 5; ++i) {
    chainqual_link link = CHAINQUAL_LINK_INIT;
    link.product = keys[supplier[i]];
    link.value = &value[i];
    if (chainqual_chain_add_link(chain, supplier[i], customer[i], &link, error) != CHAINQUAL_OK) goto failed;
  }
  problem.number = "P1";
  problem.name = "impure ore";
  problem.enterprises.items = keys;
  problem.enterprises.count = 1;
  problem.declared = CHAINQUAL_GRADE_CRITICAL;
  problem.aspect_shares[0] = "0.5";
  problem.aspect_shares[2] = "0.5";
  if (chainqual_chain_add_problem(chain, &problem, error) != CHAINQUAL_OK) goto failed;
  second.number = "P2";
  second.name = "loose gears";
  second.stage = CHAINQUAL_STAGE_MIDSTREAM;
  second.segments.items = &segments[1];
  second.segments.count = 1;
  if (chainqual_chain_add_problem(chain, &second, error) != CHAINQUAL_OK) goto failed;
  for (i = 0; i < 6; ++i) {
    chainqual_score_row row = CHAINQUAL_SCORE_ROW_INIT;
    row.problem = scores[i][0];
    row.expert = scores[i][1];
    row.impact = scores[i][2];
    row.diffusion = scores[i][3];
    row.urgency = scores[i][4];
    if (chainqual_chain_add_score(chain, &row, error) != CHAINQUAL_OK) goto failed;
  }
  return chain;
failed:
  chainqual_chain_free(chain);
  return NULL;
}

static chainqual_chain* small_chain(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = build_chain(&error);
  if (chain == NULL) fprintf(stderr, "%s\n", error.message);
  CHECK(chain != NULL);
  return chain;
}

#endif
