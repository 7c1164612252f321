/* How firm a grade is: single scores moved, weights varied. */
#include "check.h"

static chainqual_score score_of(int64_t impact, int64_t diffusion, int64_t urgency) {
  chainqual_score score = {{0, 1}, {0, 1}, {0, 1}};
  score.impact.numerator = impact;
  score.diffusion.numerator = diffusion;
  score.urgency.numerator = urgency;
  return score;
}

static void flips_are_the_moves_that_change_the_grade(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_score score = score_of(4, 4, 4);
  const chainqual_score none = {{0, 0}, {0, 0}, {0, 0}};
  chainqual_flip flips[6];
  uint64_t size = 0;
  int k;
  CHECK_OK(chainqual_score_flips(NULL, &score, NULL, 0, &size, &error));
  CHECK(size == 3); /* 4.0 is just three stars: any step down loses one */
  CHECK_OK(chainqual_score_flips(NULL, &score, flips, 6, &size, &error));
  CHECK(size == 3);
  for (k = 0; k < 3; ++k) {
    CHECK(flips[k].dimension == k && flips[k].from.numerator == 4 && flips[k].to.numerator == 3);
    CHECK(flips[k].result.grade == CHAINQUAL_GRADE_IMPORTANT && flips[k].to.denominator == 1);
  }
  CHECK(flips[0].result.total.numerator == 18 && flips[0].result.total.denominator == 5);
  CHECK(flips[1].result.total.numerator == 37 && flips[2].result.total.denominator == 10);
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_score_flips(NULL, &score, flips, 2, &size, &error));
  score = score_of(5, 5, 5);
  CHECK_OK(chainqual_score_flips(NULL, &score, flips, 0, &size, &error));
  CHECK(size == 0);
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_score_flips(NULL, &none, flips, 6, &size, &error));
  score.urgency.denominator = 0;
  CHECK_FAILS(CHAINQUAL_MISSING_VALUE, chainqual_score_flips(NULL, &score, flips, 6, &size, &error));
  score = score_of(6, 1, 1);
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE, chainqual_score_flips(NULL, &score, flips, 6, &size, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_score_flips(NULL, NULL, flips, 6, &size, &error));
}

static void shares_of_weights_are_counted_and_the_same_on_any_threads(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_score scores[4];
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  chainqual_problem_stability problems[2][4];
  chainqual_kept_share all[2];
  uint64_t size = 0;
  int k;
  memset(problems, 0, sizeof problems);
  memset(scores, 0, sizeof scores);
  scores[0] = score_of(5, 3, 4); /* 4.1: weights decide */
  scores[1] = score_of(5, 5, 5); /* nothing can move it */
  scores[3] = score_of(1, 1, 1); /* and the third is not scored */
  study.draws = 2000;
  study.seed = 7;
  for (k = 0; k < 2; ++k) {
    chainqual_executor* executor = NULL;
    chainqual_control control = CHAINQUAL_CONTROL_INIT;
    CHECK_OK(chainqual_thread_pool_create(k == 0 ? 1 : 5, 0, &executor, &error));
    control.executor = executor;
    CHECK_OK(chainqual_weight_stability(NULL, scores, 4, &study, &control, problems[k], 4, &size, &all[k], &error));
    CHECK(size == 4);
    chainqual_executor_free(executor);
  }
  CHECK(memcmp(problems[0], problems[1], sizeof problems[0]) == 0 && memcmp(&all[0], &all[1], sizeof all[0]) == 0);
  for (k = 0; k < 4; ++k) {
    const chainqual_problem_stability* one = &problems[0][k];
    CHECK(one->grades[0] + one->grades[1] + one->grades[2] + one->grades[3] == 2000 && one->kept.draws == 2000);
    CHECK(one->kept.kept == one->grades[one->severity.grade]);
    CHECK(one->kept.lower <= one->kept.share && one->kept.share <= one->kept.upper);
  }
  CHECK(problems[0][0].severity.grade == CHAINQUAL_GRADE_CRITICAL && problems[0][0].kept.share < 1);
  CHECK(problems[0][0].kept.share > 0.5 && problems[0][0].kept.standard_error > 0);
  CHECK(problems[0][1].kept.kept == 2000 && problems[0][3].kept.kept == 2000);
  CHECK(problems[0][2].severity.grade == CHAINQUAL_GRADE_UNGRADED && problems[0][2].grades[0] == 2000);
  CHECK(all[0].kept == problems[0][0].kept.kept);
  CHECK_OK(chainqual_weight_stability(NULL, scores, 4, &study, NULL, NULL, 0, NULL, &all[1], &error));
  CHECK(memcmp(&all[0], &all[1], sizeof all[0]) == 0);
  CHECK_OK(chainqual_weight_stability(NULL, scores, 4, NULL, NULL, NULL, 0, &size, NULL, &error));
  CHECK(size == 4);
}

static void drawn_weights_sum_to_a_million(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  uint32_t weight[3];
  uint32_t again[3];
  uint64_t size = 0;
  uint64_t draw;
  for (draw = 0; draw < 50; ++draw) {
    CHECK_OK(chainqual_draw_weights(NULL, NULL, draw, weight, 3, &size, &error));
    CHECK(size == 3 && weight[0] + weight[1] + weight[2] == 1000000);
    study.seed = 1;
    CHECK_OK(chainqual_draw_weights(NULL, &study, draw, again, 3, NULL, &error));
    CHECK(memcmp(weight, again, sizeof weight) == 0); /* 1 is the default */
    study.seed = 2;
    CHECK_OK(chainqual_draw_weights(NULL, &study, draw, again, 3, NULL, &error));
    CHECK(memcmp(weight, again, sizeof weight) != 0);
  }
  CHECK_OK(chainqual_draw_weights(NULL, NULL, UINT64_MAX, weight, 3, NULL, &error));
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH, chainqual_draw_weights(NULL, NULL, 0, weight, 2, NULL, &error));
  study.concentration = NAN;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_draw_weights(NULL, &study, 0, weight, 3, NULL, &error));
}

static int32_t stop(void* user, double share) {
  (void)share;
  ++*(int*)user;
  return 1;
}

static void what_is_wrong_is_told_and_nothing_is_written(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_score scores[3];
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  chainqual_problem_stability problems[3];
  chainqual_problem_stability untouched[3];
  chainqual_kept_share all = {9, 9, 9, 9, 9, 9};
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_findings* findings = NULL;
  chainqual_finding finding = CHAINQUAL_FINDING_INIT;
  uint64_t size = 9;
  int calls = 0;
  memset(problems, 0x5A, sizeof problems);
  memcpy(untouched, problems, sizeof problems);
  CHECK_OK(chainqual_findings_create(&findings, &error));
  control.findings = findings;
  scores[0] = score_of(4, 4, 4);
  scores[1] = score_of(4, 9, 4);
  scores[2] = score_of(4, 4, 4);
  scores[2].impact.denominator = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_VALUE,
              chainqual_weight_stability(NULL, scores, 3, &study, &control, problems, 3, &size, &all, &error));
  CHECK(chainqual_findings_kept(findings) == 2);
  CHECK_OK(chainqual_findings_get(findings, 1, &finding, &error));
  CHECK(finding.record == 3 && finding.code == CHAINQUAL_MISSING_VALUE);
  scores[1] = scores[2] = scores[0];
  CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH,
              chainqual_weight_stability(NULL, scores, 3, &study, NULL, problems, 2, &size, &all, &error));
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_weight_stability(NULL, NULL, 3, &study, NULL, problems, 3, &size, &all, &error));
  CHECK_FAILS(CHAINQUAL_LIMIT_EXCEEDED, chainqual_weight_stability(NULL, scores, UINT64_MAX, &study, NULL, problems,
                                                                   UINT64_MAX, &size, &all, &error));
  {
    union {
      chainqual_score scores[3];
      chainqual_problem_stability problems[3];
      chainqual_flip flips[6];
    } same;
    memcpy(same.scores, scores, sizeof scores);
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
                chainqual_weight_stability(NULL, same.scores, 3, &study, NULL, same.problems, 3, &size, &all, &error));
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_weight_stability(NULL, scores, 3, &study, NULL, problems, 3,
                                                                       &size, &problems[2].kept, &error));
    CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_score_flips(NULL, same.scores, same.flips, 6, &size, &error));
    CHECK(memcmp(same.scores, scores, sizeof scores) == 0);
  }
  study.concentration = -1;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_weight_stability(NULL, scores, 3, &study, NULL, problems, 3, &size, &all, &error));
  study.concentration = 0;
  study.draws = 2000000;
  control.progress = stop;
  control.user = &calls;
  CHECK_FAILS(CHAINQUAL_CANCELLED,
              chainqual_weight_stability(NULL, scores, 3, &study, &control, problems, 3, &size, &all, &error));
  CHECK(calls >= 1);
  CHECK(memcmp(problems, untouched, sizeof problems) == 0 && all.draws == 9 && size == 9);
  /* A study of an earlier version, without a seed: what lies behind it is not read. */
  study.draws = 10;
  study.seed = 77;
  study.struct_size = offsetof(chainqual_weight_study, seed);
  CHECK_OK(chainqual_weight_stability(NULL, scores, 3, &study, NULL, problems, 3, &size, &all, &error));
  study.struct_size = 3;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_weight_stability(NULL, scores, 3, &study, NULL, problems, 3, &size, &all, &error));
  chainqual_findings_free(findings);
}

int main(void) {
  flips_are_the_moves_that_change_the_grade();
  shares_of_weights_are_counted_and_the_same_on_any_threads();
  drawn_weights_sum_to_a_million();
  what_is_wrong_is_told_and_nothing_is_written();
  return CHECK_END();
}
