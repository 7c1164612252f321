/* A chain's registers by call, and a chain that changes. */
#include <stddef.h>
#include <stdlib.h>

#include "small_chain.h"

static const char* const problems[2] = {"P1", "P2"};
static const char* const steps[2] = {"Li=4", "Wang=5"};

static chainqual_project project_of(const char* number) {
  chainqual_project project = CHAINQUAL_PROJECT_INIT;
  project.number = number;
  project.name = "\xE7\xB2\xBE\xE7\x82\xBC"; /* 精炼 */
  project.kind = CHAINQUAL_PROJECT_PRODUCTION;
  project.problems.items = problems;
  project.problems.count = 2;
  project.participants = project.problems;
  project.start = "2025-03-01";
  project.budget = "12.50";
  project.status = CHAINQUAL_PROJECT_RUNNING;
  project.route = "pilot first";
  project.resources = "a clean room";
  return project;
}

static void registers_are_filled_and_read_back_from_json(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* again = NULL;
  const chainqual_project project = project_of("J1");
  chainqual_milestone milestone = CHAINQUAL_MILESTONE_INIT;
  chainqual_indicator indicator = CHAINQUAL_INDICATOR_INIT;
  chainqual_result result = CHAINQUAL_RESULT_INIT;
  chainqual_policy_tool tool = CHAINQUAL_POLICY_TOOL_INIT;
  chainqual_institution institution = CHAINQUAL_INSTITUTION_INIT;
  uint32_t id = 9;
  uint64_t size = 0;
  char* json;
  milestone.project = "J1";
  milestone.number = "1";
  milestone.name = "trial";
  milestone.due = "2025-06-30";
  indicator.name = "yield";
  indicator.baseline = "0.90";
  indicator.target = "0.95";
  indicator.direction = CHAINQUAL_HIGHER_IS_BETTER;
  indicator.steps.items = steps;
  indicator.steps.count = 2;
  indicator.date = "2025-05-01";
  indicator.action = "retrain";
  indicator.owner = "Works";
  indicator.due = "2025-09-30";
  result.number = "R1";
  result.name = "a patent";
  result.kind = CHAINQUAL_RESULT_PATENT;
  result.level = CHAINQUAL_SHARING_DIRECTED;
  result.directed_to.items = problems;
  result.directed_to.count = 1;
  result.pledged = 1;
  result.terms_note = "by output";
  tool.number = "T1";
  tool.need = "need";
  tool.problems.items = problems;
  tool.problems.count = 2;
  institution.id = "I1";
  institution.name = "laboratory";
  institution.cnas = 1;
  institution.products_en.items = problems;
  institution.products_en.count = 1;
  CHECK_OK(chainqual_chain_add_project(chain, &project, &error));
  CHECK_OK(chainqual_chain_add_milestone(chain, &milestone, &error));
  CHECK_OK(chainqual_chain_add_indicator(chain, &indicator, &error));
  CHECK_OK(chainqual_chain_add_result(chain, &result, &error));
  CHECK_OK(chainqual_chain_add_policy_tool(chain, &tool, &error));
  CHECK_OK(chainqual_chain_add_institution(chain, &institution, &id, &error));
  CHECK(id == 0);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_PROJECTS) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_MILESTONES) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_INDICATORS) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_RESULTS) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_POLICY_TOOLS) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_INSTITUTIONS) == 1);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_HISTORY) == 0 && chainqual_chain_count(chain, 23) == 0);
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_PARTNERS) == 0);
  CHECK_OK(chainqual_chain_to_json(chain, NULL, 0, &size, &error));
  json = (char*)malloc((size_t)size);
  CHECK_OK(chainqual_chain_to_json(chain, json, size, NULL, &error));
  CHECK(strstr(json, "12.50") != NULL && strstr(json, "0.95") != NULL && strstr(json, "a patent") != NULL);
  CHECK(strstr(json, "pilot first") != NULL && strstr(json, "a clean room") != NULL &&
        strstr(json, "by output") != NULL);
  CHECK(strstr(json, "Li=4") != NULL && strstr(json, "2025-05-01") != NULL && strstr(json, "retrain") != NULL &&
        strstr(json, "Works") != NULL && strstr(json, "2025-09-30") != NULL && strstr(json, "products_en") != NULL);
  CHECK_OK(chainqual_chain_from_json(json, size - 1, NULL, NULL, NULL, &again, &error));
  CHECK(chainqual_same_content(chain, again) == 1);
  free(json);
  chainqual_chain_free(again);
  chainqual_chain_free(chain);
}

static void what_no_register_can_hold_changes_nothing(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* before = NULL;
  chainqual_project project = project_of("J1");
  chainqual_milestone milestone = CHAINQUAL_MILESTONE_INIT;
  chainqual_indicator indicator = CHAINQUAL_INDICATOR_INIT;
  chainqual_result result = CHAINQUAL_RESULT_INIT;
  chainqual_policy_tool tool = CHAINQUAL_POLICY_TOOL_INIT;
  CHECK_OK(chainqual_chain_add_project(chain, &project, &error));
  result.number = "R1";
  tool.number = "T1";
  CHECK_OK(chainqual_chain_add_result(chain, &result, &error));
  CHECK_OK(chainqual_chain_add_policy_tool(chain, &tool, &error));
  CHECK_OK(chainqual_chain_copy(chain, &before, &error));
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_project(chain, &project, &error));
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_result(chain, &result, &error));
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_policy_tool(chain, &tool, &error));
  project.number = "J2";
  project.budget = "a lot";
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_project(chain, &project, &error));
  project.budget = "99999999999999999999";
  CHECK_FAILS(CHAINQUAL_OVERFLOW, chainqual_chain_add_project(chain, &project, &error));
  project.budget = NULL;
  project.kind = 5;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_project(chain, &project, &error));
  project.kind = 0;
  project.status = -1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_project(chain, &project, &error));
  project.status = 0;
  project.problems.items = NULL;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_project(chain, &project, &error));
  project.problems.items = problems;
  project.problems.count = UINT64_MAX;
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_chain_add_project(chain, &project, &error));
  project.problems.count = 0;
  project.number = "";
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_project(chain, &project, &error));
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_milestone(chain, &milestone, &error));
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_chain_add_indicator(chain, &indicator, &error));
  indicator.name = "yield";
  indicator.value = "NaN";
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_indicator(chain, &indicator, &error));
  result.number = "R2";
  result.terms = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_result(chain, &result, &error));
  tool.number = "T2";
  tool.struct_size = 7;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_policy_tool(chain, &tool, &error));
  CHECK(chainqual_same_content(chain, before) == 1);
  chainqual_chain_free(before);
  chainqual_chain_free(chain);
}

static void a_panel_is_added_whole_or_not_at_all(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* before = NULL;
  chainqual_expert_score rows[3];
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_findings* findings = NULL;
  chainqual_report* report = NULL;
  chainqual_report_figures figures = CHAINQUAL_REPORT_FIGURES_INIT;
  int k;
  memset(rows, 0, sizeof rows);
  for (k = 0; k < 3; ++k) {
    rows[k].problem = problems[k % 2];
    rows[k].expert = k == 2 ? "E" : "D";
    rows[k].score.impact.numerator = 7; /* 3.5 */
    rows[k].score.diffusion.numerator = rows[k].score.urgency.numerator = 4;
    rows[k].score.impact.denominator = 2;
    rows[k].score.diffusion.denominator = rows[k].score.urgency.denominator = 1;
  }
  CHECK_OK(chainqual_chain_copy(chain, &before, &error));
  CHECK_OK(chainqual_findings_create(&findings, &error));
  control.findings = findings;
  rows[1].score.impact.numerator = 11;
  rows[1].score.impact.denominator = 3; /* no decimal */
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_panel(chain, rows, 3, &control, &error));
  rows[1].score.impact.numerator = 27;
  rows[2].score.urgency.denominator = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_chain_add_panel(chain, rows, 3, &control, &error));
  CHECK(chainqual_findings_kept(findings) == 2); /* 9 points, and one score of three not given */
  rows[1].score.impact.numerator = 9;
  rows[2].score.urgency.denominator = 1;
  rows[2].expert = "D";
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_chain_add_panel(chain, rows, 3, &control, &error));
  rows[2].expert = "E";
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_add_panel(chain, NULL, 3, &control, &error));
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_chain_add_panel(chain, rows, UINT64_MAX, &control, &error));
  CHECK(chainqual_same_content(chain, before) == 1);
  CHECK_OK(chainqual_chain_add_panel(chain, rows, 3, &control, &error));
  CHECK(chainqual_chain_count(chain, CHAINQUAL_TABLE_SCORES) == 9);
  CHECK_OK(chainqual_assess(chain, NULL, NULL, &report, &error));
  CHECK_OK(chainqual_report_get_figures(report, &figures, &error));
  CHECK(figures.experts == 5);
  chainqual_report_free(report);
  chainqual_findings_free(findings);
  chainqual_chain_free(before);
  chainqual_chain_free(chain);
}

static void links_are_found_replaced_and_removed(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_chain* before = NULL;
  chainqual_link link = CHAINQUAL_LINK_INIT;
  const double value = 7;
  uint32_t supplier = 9;
  uint32_t customer = 9;
  uint64_t removed = 9;
  CHECK_OK(chainqual_chain_copy(chain, &before, &error));
  CHECK_OK(chainqual_chain_get_link(chain, 2, &supplier, &customer, &link, &error));
  CHECK(supplier == 1 && customer == 3 && strcmp(link.product, "steel") == 0 && *link.value == 20);
  CHECK(link.dependency == NULL && link.evidence == CHAINQUAL_EVIDENCE_DOCUMENTED);
  CHECK_OK(chainqual_chain_get_link(chain, 4, NULL, NULL, NULL, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_get_link(chain, 5, &supplier, &customer, &link, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_remove_link(chain, UINT64_MAX, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_replace_link(chain, 5, NULL, &error));
  link.struct_size = sizeof link;
  link.evidence = 2;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_replace_link(chain, 2, &link, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_chain_remove_links(chain, 0, 4, NULL, &removed, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_chain_remove_links(chain, 1, 3, "ore", &removed, &error));
  CHECK_FAILS(CHAINQUAL_NOT_FOUND, chainqual_chain_remove_links(chain, 1, 3, "", &removed, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_remove_links(chain, 1, 5, NULL, &removed, &error));
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_remove_links(chain, UINT32_MAX, 1, NULL, &removed, &error));
  CHECK(removed == 9 && chainqual_same_content(chain, before) == 1);
  link.evidence = CHAINQUAL_EVIDENCE_INFERRED;
  link.product = "steel";
  link.value = &value;
  link.source = NULL;
  link.kind = NULL;
  CHECK_OK(chainqual_chain_replace_link(chain, 2, &link, &error));
  CHECK_OK(chainqual_chain_get_link(chain, 2, &supplier, NULL, &link, &error));
  CHECK(supplier == 1 && *link.value == 7 && link.evidence == CHAINQUAL_EVIDENCE_INFERRED);
  CHECK_OK(chainqual_chain_add_link(chain, 1, 3, NULL, &error));
  CHECK_OK(chainqual_chain_remove_links(chain, 1, 3, "", &removed, &error));
  CHECK(removed == 1 && chainqual_chain_count(chain, CHAINQUAL_TABLE_LINKS) == 5);
  CHECK_OK(chainqual_chain_remove_link(chain, 0, &error));
  CHECK_OK(chainqual_chain_get_link(chain, 0, &supplier, &customer, NULL, &error));
  CHECK(supplier == 1 && customer == 2 && chainqual_chain_count(chain, CHAINQUAL_TABLE_LINKS) == 4);
  CHECK_OK(chainqual_chain_add_link(chain, 1, 3, NULL, &error));
  CHECK_OK(chainqual_chain_remove_links(chain, 1, 3, NULL, &removed, &error));
  CHECK(removed == 2 && chainqual_chain_count(chain, CHAINQUAL_TABLE_LINKS) == 3);
  CHECK(chainqual_chain_count(before, CHAINQUAL_TABLE_LINKS) == 5); /* a copy goes its own way */
  CHECK_OK(chainqual_chain_get_link(before, 2, NULL, NULL, &link, &error));
  CHECK(*link.value == 20);
  chainqual_chain_free(before);
  chainqual_chain_free(chain);
}

static void an_enterprise_keeps_its_key(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain* chain = small_chain();
  chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
  const double weight = 3;
  uint32_t id = 9;
  enterprise.id = "wheels";
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_replace_enterprise(chain, 2, &enterprise, &error));
  enterprise.id = NULL;
  enterprise.name = "Gears & Sons";
  enterprise.weight = &weight;
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_chain_replace_enterprise(chain, 5, &enterprise, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_replace_enterprise(chain, 2, NULL, &error));
  CHECK_OK(chainqual_chain_replace_enterprise(chain, 2, &enterprise, &error));
  CHECK_OK(chainqual_chain_find(chain, "gears", &id, &error));
  CHECK(id == 2);
  CHECK_OK(chainqual_chain_get_enterprise(chain, 2, &enterprise, &error));
  CHECK(strcmp(enterprise.id, "gears") == 0 && strcmp(enterprise.name, "Gears & Sons") == 0);
  CHECK(*enterprise.weight == 3 && enterprise.segments.count == 0);
  chainqual_chain_free(chain);
}

/* Replacing an enterprise or a link through a record of an earlier version lost what that version does not know. */
static void what_older_callers_do_not_know_stays(void) {
  static const char text[] =
      "{\"enterprises\": [{\"id\": \"a\", \"name\": \"A\", \"stage\": \"upstream\", \"size\": \"micro\", "
      "\"products\": [\"chi\"], \"products_en\": [\"gear\"]}, {\"id\": \"b\", \"name\": \"B\", \"stage\": "
      "\"downstream\"}], \"links\": [{\"supplier\": \"a\", \"customer\": \"b\", \"product\": \"chi\", "
      "\"product_en\": \"gear\"}]}";
  static const char* const products[] = {"chi"};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
  chainqual_link link = CHAINQUAL_LINK_INIT;
  chainqual_chain* chain = NULL;
  const char* item = NULL;
  CHECK_OK(chainqual_chain_from_json(text, sizeof(text) - 1, NULL, NULL, NULL, &chain, &error));
  enterprise.struct_size = (uint32_t)offsetof(chainqual_enterprise, size);
  enterprise.name = "C";
  enterprise.products.items = products;
  enterprise.products.count = 1;
  CHECK_OK(chainqual_chain_replace_enterprise(chain, 0, &enterprise, &error));
  enterprise.struct_size = sizeof(enterprise);
  CHECK_OK(chainqual_chain_get_enterprise(chain, 0, &enterprise, &error));
  CHECK(strcmp(enterprise.name, "C") == 0 && enterprise.size == CHAINQUAL_SIZE_MICRO);
  CHECK(enterprise.products_en.count == 1);
  CHECK_OK(chainqual_chain_get_item(chain, 0, CHAINQUAL_LIST_PRODUCTS_EN, 0, &item, &error));
  CHECK(strcmp(item, "gear") == 0);
  link.struct_size = (uint32_t)offsetof(chainqual_link, product_en);
  link.product = "chi";
  CHECK_OK(chainqual_chain_replace_link(chain, 0, &link, &error));
  link.struct_size = sizeof(link);
  CHECK_OK(chainqual_chain_get_link(chain, 0, NULL, NULL, &link, &error));
  CHECK(strcmp(link.product_en, "gear") == 0);

  enterprise.struct_size = (uint32_t)offsetof(chainqual_enterprise, size);
  enterprise.segments.count = enterprise.products.count = 0; /* another product has another English name */
  CHECK_OK(chainqual_chain_replace_enterprise(chain, 0, &enterprise, &error));
  enterprise.struct_size = sizeof(enterprise);
  CHECK_OK(chainqual_chain_get_enterprise(chain, 0, &enterprise, &error));
  CHECK(enterprise.products_en.count == 0 && enterprise.size == CHAINQUAL_SIZE_MICRO);
  enterprise.size = CHAINQUAL_SIZE_UNSTATED;
  CHECK_OK(chainqual_chain_replace_enterprise(chain, 0, &enterprise, &error));
  CHECK_OK(chainqual_chain_get_enterprise(chain, 0, &enterprise, &error));
  CHECK(enterprise.size == CHAINQUAL_SIZE_UNSTATED);
  enterprise.size = 5;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_chain_replace_enterprise(chain, 0, &enterprise, &error));
  CHECK_OK(chainqual_chain_replace_link(chain, 0, NULL, &error));
  CHECK_OK(chainqual_chain_get_link(chain, 0, NULL, NULL, &link, &error));
  CHECK(strcmp(link.product_en, "") == 0);
  chainqual_chain_free(chain);
}

/* Setting a chain's information lost the English words for its sources. */
static void sources_stay_where_the_record_has_none(void) {
  static const char text[] =
      "{\"chain\": {\"name\": \"N\", \"sources\": [\"a\"], \"sources_en\": [\"plan\"]}, \"enterprises\": "
      "[{\"id\": \"a\", \"name\": \"A\", \"stage\": \"upstream\"}]}";
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain_info info = CHAINQUAL_CHAIN_INFO_INIT;
  chainqual_chain* chain = NULL;
  char json[8192];
  CHECK_OK(chainqual_chain_from_json(text, sizeof(text) - 1, NULL, NULL, NULL, &chain, &error));
  CHECK_OK(chainqual_chain_get_info(chain, &info, &error));
  CHECK_OK(chainqual_chain_set_info(chain, &info, &error));
  CHECK_OK(chainqual_chain_to_json(chain, json, sizeof(json), NULL, &error));
  CHECK(strstr(json, "\"plan\"") != NULL);
  chainqual_chain_free(chain);
}

/* Older callers give a record without the cycle of reports: it stays at three months. */
static void the_cycle_of_reports_is_kept(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_chain_info info = CHAINQUAL_CHAIN_INFO_INIT;
  chainqual_chain* chain = NULL;
  CHECK_OK(chainqual_chain_create(&chain, &error));
  CHECK_OK(chainqual_chain_set_info(chain, &info, &error));
  CHECK_OK(chainqual_chain_get_info(chain, &info, &error));
  CHECK(info.report_cycle_months == 3);
  info.report_cycle_months = 6;
  CHECK_OK(chainqual_chain_set_info(chain, &info, &error));
  info.report_cycle_months = 0;
  CHECK_OK(chainqual_chain_get_info(chain, &info, &error));
  CHECK(info.report_cycle_months == 6);
  chainqual_chain_free(chain);
}

int main(void) {
  registers_are_filled_and_read_back_from_json();
  what_no_register_can_hold_changes_nothing();
  a_panel_is_added_whole_or_not_at_all();
  links_are_found_replaced_and_removed();
  an_enterprise_keeps_its_key();
  what_older_callers_do_not_know_stays();
  sources_stay_where_the_record_has_none();
  the_cycle_of_reports_is_kept();
  return CHECK_END();
}
