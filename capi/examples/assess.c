/* Assesses a chain folder: what is wrong with it, its graded problems, and who loses most; then why the first loses.
 *
 *   cc assess.c $(pkg-config --cflags --libs chainqual-c) -o assess && ./assess my_chain
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "chainqual.h"

/* A cell of a report's table, by names; to be freed. */
static char* cell(const chainqual_report* report, const char* table, const char* column, uint64_t row) {
  uint64_t t = 0;
  uint64_t c = 0;
  uint64_t size = 0;
  char* text = NULL;
  if (chainqual_report_find(report, table, column, &t, &c, NULL) == CHAINQUAL_OK &&
      chainqual_report_text(report, t, c, row, NULL, 0, &size, NULL) == CHAINQUAL_OK &&
      (text = malloc((size_t)size)) != NULL) {
    chainqual_report_text(report, t, c, row, text, size, NULL, NULL);
  }
  return text;
}

static void print_rows(const chainqual_report* report, const char* table, const char* const* columns, uint64_t rows) {
  for (uint64_t row = 0; row < rows; ++row) {
    for (const char* const* column = columns; *column != NULL; ++column) {
      char* text = cell(report, table, *column, row);
      printf("  %s", text == NULL ? "?" : text);
      free(text);
    }
    printf("\n");
  }
}

static int explain(const chainqual_chain* chain, const chainqual_report* report, chainqual_error* error) {
  /* The shock of all problems at once, on the enterprise that the report ranks first. */
  int done = 0;
  char* key = cell(report, "impact_by_enterprise", "enterprise", 0);
  chainqual_network* network = NULL;
  chainqual_placed_scenario* placed = NULL;
  chainqual_explanation* why = NULL;
  double* shock = NULL;
  uint64_t n = 0;
  uint32_t id = 0;
  const char* sentence = NULL;
  if (key != NULL && chainqual_report_shock(report, NULL, 0, &n, error) == CHAINQUAL_OK &&
      (shock = malloc((size_t)n * sizeof *shock)) != NULL &&
      chainqual_report_shock(report, shock, n, NULL, error) == CHAINQUAL_OK &&
      chainqual_chain_find(chain, key, &id, error) == CHAINQUAL_OK &&
      chainqual_network_of(chain, 0, NULL, &network, error) == CHAINQUAL_OK &&
      chainqual_lasting(shock, n, &placed, error) == CHAINQUAL_OK &&
      chainqual_why(network, placed, id, NULL, NULL, chain, NULL, &why, error) == CHAINQUAL_OK &&
      chainqual_explanation_sentence(why, CHAINQUAL_EN, &sentence, error) == CHAINQUAL_OK) {
    printf("%s\n", sentence);
    done = 1;
  }
  chainqual_explanation_free(why);
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
  free(shock);
  free(key);
  return done;
}

int main(int argc, char** argv) {
  static const char* const problem_columns[] = {"rank", "number", "grade", "total", "name", NULL};
  static const char* const enterprise_columns[] = {"rank", "enterprise", "mean_loss", "name", NULL};
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_findings* findings = NULL;
  chainqual_chain* chain = NULL;
  chainqual_report* report = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  int done = 0;
  if (argc != 2) {
    fprintf(stderr, "usage: %s CHAIN\n", argv[0]);
    return 2;
  }
  if (chainqual_findings_create(&findings, &error) == CHAINQUAL_OK) {
    control.findings = findings;
    done = chainqual_read_chain(argv[1], NULL, &control, &chain, &error) == CHAINQUAL_OK;
    for (uint64_t k = 0; k < chainqual_findings_kept(findings); ++k) { /* every finding, of a failure too */
      char text[1024];
      if (chainqual_findings_text(findings, k, CHAINQUAL_EN, text, sizeof text, NULL, NULL) == CHAINQUAL_OK)
        fprintf(stderr, "%s\n", text);
    }
  }
  if (done && chainqual_assess(chain, NULL, NULL, &report, &error) == CHAINQUAL_OK) {
    printf("Problems by rank\n");
    print_rows(report, "graded_problems", problem_columns, 3);
    printf("Enterprises by mean loss\n");
    print_rows(report, "impact_by_enterprise", enterprise_columns, 3);
    done = explain(chain, report, &error);
  } else {
    done = 0;
  }
  if (!done) fprintf(stderr, "%s: %s\n", chainqual_status_name(error.code), error.message);
  chainqual_report_free(report);
  chainqual_chain_free(chain);
  chainqual_findings_free(findings);
  return done ? 0 : 1;
}
