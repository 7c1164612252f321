/* What to do for the money: measures that a chain folder suggests, at prices of one's own, chosen under a budget.
 *
 *   cc mitigate.c $(pkg-config --cflags --libs chainqual-c) -o mitigate && ./mitigate my_chain 120
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "chainqual.h"

static void print_measure(const chainqual_measures* measures, uint64_t index) {
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  if (chainqual_measures_get(measures, index, &measure, NULL) != CHAINQUAL_OK) return;
  if (measure.kind == CHAINQUAL_MEASURE_ALTERNATE) {
    printf("%s takes %.0f %% of what it has from %s from %s", measure.customer, 100 * measure.share, measure.supplier,
           measure.alternate);
  } else if (measure.kind == CHAINQUAL_MEASURE_STOCK) {
    printf("%s holds %.0f days more", measure.enterprise, measure.days);
  } else {
    printf("project %s", measure.project);
  }
}

static int print_choice(const chainqual_mitigation* mitigation, const chainqual_measures* measures,
                        chainqual_error* error) {
  chainqual_mitigation_figures figures = CHAINQUAL_MITIGATION_FIGURES_INIT;
  chainqual_chosen_measure* chosen;
  const char* note = NULL;
  uint64_t size = 0;
  int done;
  if (chainqual_mitigation_get_figures(mitigation, &figures, error) != CHAINQUAL_OK) return 0;
  chosen = malloc((size_t)(figures.chosen + 1) * sizeof *chosen);
  done = chosen != NULL &&
         chainqual_mitigation_chosen(mitigation, chosen, figures.chosen, &size, error) == CHAINQUAL_OK &&
         chainqual_mitigation_note(mitigation, CHAINQUAL_EN, &note, error) == CHAINQUAL_OK;
  for (uint64_t k = 0; done && k < size; ++k) {
    printf("  %" PRIu64 "  ", k + 1);
    print_measure(measures, chosen[k].measure);
    printf(", for %g: avoids %.3f\n", chosen[k].cost, chosen[k].avoided);
  }
  if (done) {
    printf("for %g: %.1f %% less is lost\n%s\n", figures.spent, 100 * figures.avoided / figures.loss_before, note);
  }
  free(chosen);
  return done;
}

int main(int argc, char** argv) {
  const double price = 40;
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_suggest_options suggest = CHAINQUAL_SUGGEST_OPTIONS_INIT;
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  chainqual_chain* chain = NULL;
  chainqual_measures* measures = NULL;
  chainqual_mitigation* mitigation = NULL;
  int done = 0;
  if (argc != 3) {
    fprintf(stderr, "usage: %s CHAIN BUDGET\n", argv[0]);
    return 2;
  }
  suggest.any_product = 1;
  options.budget = strtod(argv[2], NULL);
  options.cost_alternate = &price;
  options.counted = CHAINQUAL_DOWNSTREAM;
  if (chainqual_read_chain(argv[1], NULL, NULL, &chain, &error) == CHAINQUAL_OK &&
      chainqual_suggest_measures(chain, &suggest, NULL, &measures, &error) == CHAINQUAL_OK) {
    printf("%" PRIu64 " measures suggested\n", chainqual_measures_size(measures));
    done = chainqual_mitigate(chain, measures, NULL, &options, NULL, &mitigation, &error) == CHAINQUAL_OK &&
           print_choice(mitigation, measures, &error);
  }
  if (!done) fprintf(stderr, "%s: %s\n", chainqual_status_name(error.code), error.message);
  chainqual_mitigation_free(mitigation);
  chainqual_measures_free(measures);
  chainqual_chain_free(chain);
  return done ? 0 : 1;
}
