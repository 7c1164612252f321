/* Grading through the C interface is the standard's, exactly. */
#include "check.h"

static chainqual_rational whole(int64_t value) {
  chainqual_rational result;
  result.numerator = value;
  result.denominator = 1;
  return result;
}

static chainqual_score score_of(int64_t impact, int64_t diffusion, int64_t urgency) {
  chainqual_score score;
  score.impact = whole(impact);
  score.diffusion = whole(diffusion);
  score.urgency = whole(urgency);
  return score;
}

static void grades_are_decided_on_exact_totals(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_severity severity;
  chainqual_score score = score_of(5, 4, 4);
  char text[32];
  CHECK_OK(chainqual_severity_model_grade(NULL, &score, &severity, &error));
  CHECK(severity.grade == CHAINQUAL_GRADE_CRITICAL);
  CHECK_OK(chainqual_rational_to_string(severity.total, text, sizeof text, NULL, &error));
  CHECK(strcmp(text, "4.4") == 0);
  /* 3.95 is below 4: no rounding decides a grade. */
  CHECK_OK(chainqual_rational_from_string("3.95", &score.impact, &error));
  CHECK_OK(chainqual_rational_from_string("79/20", &score.diffusion, &error));
  score.urgency = score.impact;
  CHECK_OK(chainqual_severity_model_grade(NULL, &score, &severity, &error));
  CHECK(severity.grade == CHAINQUAL_GRADE_IMPORTANT);
  CHECK(severity.total.numerator == 79 && severity.total.denominator == 20);
  CHECK(strcmp(chainqual_stars(3), "\xE2\x98\x85\xE2\x98\x85\xE2\x98\x85") == 0);
  CHECK(strlen(chainqual_stars(1)) == 3 && chainqual_stars(0)[0] == '\0' && chainqual_stars(99)[0] == '\0');
}

static void scores_that_are_not_given_stay_ungraded_or_are_refused(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_severity severity;
  chainqual_score score;
  memset(&score, 0, sizeof score);
  CHECK_OK(chainqual_severity_model_grade(NULL, &score, &severity, &error));
  CHECK(severity.grade == CHAINQUAL_GRADE_UNGRADED && severity.total.numerator == 0);
  score.impact = whole(3);
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_severity_model_grade(NULL, &score, &severity, &error));
  score = score_of(6, 1, 1);
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_severity_model_grade(NULL, &score, &severity, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_rational_from_string("NaN", &score.impact, &error));
  CHECK_FAILS(CHAINQUAL_OVERFLOW, chainqual_rational_from_string("99999999999999999999", &score.impact, &error));
  score.impact.numerator = INT64_MIN;
  score.impact.denominator = -1;
  CHECK_FAILS(CHAINQUAL_OVERFLOW, chainqual_severity_model_grade(NULL, &score, &severity, &error));
}

static void a_model_of_ones_own_is_checked_and_used(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_severity_options options = CHAINQUAL_SEVERITY_OPTIONS_INIT;
  chainqual_severity_model* model = NULL;
  chainqual_severity severity;
  chainqual_score score = score_of(5, 1, 1);
  options.impact_weight = whole(80);
  options.diffusion_weight = whole(10);
  options.urgency_weight = whole(10);
  CHECK_OK(chainqual_severity_model_create(&options, &model, &error));
  CHECK_OK(chainqual_severity_model_grade(model, &score, &severity, &error));
  CHECK(severity.total.numerator == 21 && severity.total.denominator == 5);
  chainqual_severity_model_free(model);
  model = NULL;
  options.urgency_weight = whole(11);
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_severity_model_create(&options, &model, &error));
  options.urgency_weight = whole(0);
  options.urgency_weight.denominator = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_severity_model_create(&options, &model, &error));
  options.urgency_weight = whole(10);
  options.rounding = 2;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_severity_model_create(&options, &model, &error));
  CHECK(model == NULL);
  chainqual_severity_model_free(NULL);
}

static void columns_grade_as_single_scores_do(void) {
  enum { all = 125 };
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint8_t impact[all];
  uint8_t diffusion[all];
  uint8_t urgency[all];
  uint8_t grade[all];
  uint16_t total[all];
  int16_t hundredths[3][all];
  uint8_t grade_again[all];
  uint32_t fine[all];
  uint32_t sums[3][all];
  uint32_t counts[all];
  uint8_t grade_of_sums[all];
  uint16_t total_of_sums[all];
  chainqual_panel_sums panels = CHAINQUAL_PANEL_SUMS_INIT;
  uint32_t scale = 0;
  uint64_t row;
  for (row = 0; row < all; ++row) {
    impact[row] = (uint8_t)(1 + row / 25);
    diffusion[row] = (uint8_t)(1 + row / 5 % 5);
    urgency[row] = (uint8_t)(1 + row % 5);
    hundredths[0][row] = (int16_t)(100 * impact[row]);
    hundredths[1][row] = (int16_t)(100 * diffusion[row]);
    hundredths[2][row] = (int16_t)(100 * urgency[row]);
    sums[0][row] = 3U * impact[row];
    sums[1][row] = 3U * diffusion[row];
    sums[2][row] = 3U * urgency[row];
    counts[row] = 3;
  }
  CHECK_OK(chainqual_grade_whole_scores(NULL, impact, diffusion, urgency, all, NULL, grade, total, all, &error));
  CHECK_OK(chainqual_hundredths_total_scale(NULL, &scale, &error));
  CHECK_OK(chainqual_grade_hundredths(NULL, hundredths[0], hundredths[1], hundredths[2], all, NULL, grade_again, fine,
                                      all, &error));
  panels.rows = all;
  panels.impact_sum = sums[0];
  panels.diffusion_sum = sums[1];
  panels.urgency_sum = sums[2];
  panels.impact_count = panels.diffusion_count = panels.urgency_count = counts;
  CHECK_OK(chainqual_grade_panel_sums(NULL, &panels, NULL, grade_of_sums, total_of_sums, all, &error));
  for (row = 0; row < all; ++row) {
    const chainqual_score score = score_of(impact[row], diffusion[row], urgency[row]);
    chainqual_severity severity;
    CHECK_OK(chainqual_severity_model_grade(NULL, &score, &severity, &error));
    CHECK(severity.grade == grade[row] && severity.grade == grade_again[row] && severity.grade == grade_of_sums[row]);
    CHECK(severity.total.numerator * 100 == severity.total.denominator * total[row]);
    CHECK(severity.total.numerator * scale == severity.total.denominator * fine[row]);
    CHECK(total_of_sums[row] == total[row]);
  }
  CHECK_OK(chainqual_grade_whole_scores(NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, &error));
}

static void buffers_are_checked_before_anything_is_written(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint8_t bytes[8] = {5, 5, 5, 5, 5, 5, 5, 5};
  uint16_t total[4] = {7, 7, 7, 7};
  uint8_t grade[4] = {7, 7, 7, 7};
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH,
              chainqual_grade_whole_scores(NULL, bytes, bytes, bytes, 4, NULL, grade, total, 3, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, /* the grades would overwrite the scores' last row */
              chainqual_grade_whole_scores(NULL, bytes, bytes, bytes, 4, NULL, bytes + 3, total, 4, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, /* and here the totals the grades */
              chainqual_grade_whole_scores(NULL, bytes, bytes, bytes, 4, NULL, (uint8_t*)total + 7, total, 4, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_grade_whole_scores(NULL, bytes, NULL, bytes, 4, NULL, grade, total, 4, &error));
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_grade_whole_scores(NULL, bytes, bytes, bytes, UINT64_MAX, NULL, grade,
                                                                     total, UINT64_MAX, &error));
  CHECK(grade[0] == 7 && total[0] == 7 && bytes[3] == 5);
  CHECK_OK(chainqual_grade_whole_scores(NULL, bytes, bytes, bytes, 4, NULL, bytes + 4, total, 4, &error));
}

static void panels_become_one_score_a_problem(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_expert_score rows[4];
  chainqual_panel* panel = NULL;
  chainqual_panel_score score;
  chainqual_panel_rule rule = CHAINQUAL_PANEL_RULE_INIT;
  chainqual_rational values[3];
  chainqual_rational consensus;
  memset(rows, 0, sizeof rows);
  rows[0].problem = rows[1].problem = "P1";
  rows[2].problem = "P2";
  rows[3].problem = "P1";
  rows[0].expert = rows[2].expert = "A";
  rows[1].expert = "B";
  rows[3].expert = "C";
  rows[0].score = score_of(5, 4, 4);
  rows[1].score = score_of(4, 4, 3);
  rows[3].score = score_of(5, 5, 5);
  CHECK_OK(chainqual_panel_scores(rows, 4, NULL, NULL, &panel, &error));
  CHECK(chainqual_panel_size(panel) == 2);
  CHECK_OK(chainqual_panel_get(panel, 0, &score, &error));
  CHECK(strcmp(score.problem, "P1") == 0 && score.experts == 3);
  CHECK(score.score.impact.numerator == 14 && score.score.impact.denominator == 3);
  CHECK_OK(chainqual_panel_get(panel, 1, &score, &error));
  CHECK(score.experts == 0 && score.score.impact.denominator == 0);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_panel_get(panel, 2, &score, &error));
  chainqual_panel_free(panel);
  panel = NULL;
  rows[3].expert = "A";
  CHECK_FAILS(CHAINQUAL_DUPLICATE, chainqual_panel_scores(rows, 4, NULL, NULL, &panel, &error));
  CHECK(panel == NULL);
  values[0] = whole(1);
  values[1] = whole(5);
  values[2] = whole(2);
  rule.consensus = CHAINQUAL_CONSENSUS_MEDIAN;
  CHECK_OK(chainqual_consensus_of(values, 3, &rule, &consensus, &error));
  CHECK(consensus.numerator == 2 && consensus.denominator == 1);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_consensus_of(NULL, 0, &rule, &consensus, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_consensus_of(values, 3, &rule, &values[1], &error));
}

int main(void) {
  grades_are_decided_on_exact_totals();
  scores_that_are_not_given_stay_ungraded_or_are_refused();
  a_model_of_ones_own_is_checked_and_used();
  columns_grade_as_single_scores_do();
  buffers_are_checked_before_anything_is_written();
  panels_become_one_score_a_problem();
  return CHECK_END();
}
