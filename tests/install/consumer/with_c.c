#include <chainqual.h>
#include <stdio.h>

int main(void) {
  const uint8_t score[3] = {5, 4, 4};
  uint8_t grade;
  uint16_t total;
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  if (chainqual_grade_whole_scores(NULL, score, score + 1, score + 2, 1, NULL, &grade, &total, 1, &error) !=
      CHAINQUAL_OK) {
    fputs(error.message, stderr);
    return 1;
  }
  printf("%d.%02d %s\n", total / 100, total % 100, chainqual_stars(grade));
  return 0;
}
