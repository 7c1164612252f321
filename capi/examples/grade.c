/* Grades a table of scores, then one problem with three experts: exact totals, stars.
 *
 *   cc grade.c $(pkg-config --cflags --libs chainqual-c) -o grade
 */
#include <inttypes.h>
#include <stdio.h>

#include "chainqual.h"

static int failed(const chainqual_error* error) {
  fprintf(stderr, "%s: %s\n", chainqual_status_name(error->code), error->message);
  return 1;
}

int main(void) {
  const uint8_t impact[] = {5, 4, 3, 2, 0};
  const uint8_t diffusion[] = {4, 4, 3, 1, 0};
  const uint8_t urgency[] = {4, 3, 4, 2, 0};
  uint8_t grade[5];
  uint16_t total[5];
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  if (chainqual_grade_whole_scores(NULL, impact, diffusion, urgency, 5, NULL, grade, total, 5, &error) != CHAINQUAL_OK)
    return failed(&error);
  for (int row = 0; row < 5; ++row) {
    printf("%d %d %d  %d.%02d %s\n", impact[row], diffusion[row], urgency[row], total[row] / 100, total[row] % 100,
           chainqual_stars(grade[row]));
  }

  /* Means of experts' scores stay fractions: 11/3 is never rounded before it is graded. */
  const chainqual_expert_score rows[] = {
      {"P01", "first", {{4, 1}, {4, 1}, {5, 1}}},
      {"P01", "second", {{4, 1}, {3, 1}, {5, 1}}},
      {"P01", "third", {{3, 1}, {4, 1}, {4, 1}}},
  };
  chainqual_panel* panel = NULL;
  if (chainqual_panel_scores(rows, 3, NULL, NULL, &panel, &error) != CHAINQUAL_OK) return failed(&error);
  chainqual_panel_score score;
  chainqual_severity severity;
  if (chainqual_panel_get(panel, 0, &score, &error) != CHAINQUAL_OK ||
      chainqual_severity_model_grade(NULL, &score.score, &severity, &error) != CHAINQUAL_OK) {
    chainqual_panel_free(panel);
    return failed(&error);
  }
  printf("%s  %" PRId64 "/%" PRId64 " by %" PRIu64 " experts %s\n", score.problem, severity.total.numerator,
         severity.total.denominator, score.experts, chainqual_stars(severity.grade));
  chainqual_panel_free(panel);
  return 0;
}
