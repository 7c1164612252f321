#ifndef CHAINQUAL_TESTS_CHECK_H
#define CHAINQUAL_TESTS_CHECK_H

/* What every C test needs: checks that tell where they failed, and a main that counts them. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chainqual.h"

static int check_failures = 0;

/* The law that is checked is told when it breaks. */
#define CHECK(law)                                              \
  do {                                                          \
    if (!(law)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #law); \
      ++check_failures;                                         \
    }                                                           \
  } while (0)

/* The call succeeds; else what it says of itself is shown. `error` is the error struct that it was given. */
#define CHECK_OK(call)                                                                                         \
  do {                                                                                                         \
    const chainqual_status check_status = (call);                                                              \
    if (check_status != CHAINQUAL_OK) {                                                                        \
      fprintf(stderr, "%s:%d: %s\n  %s: %s\n", __FILE__, __LINE__, #call, chainqual_status_name(check_status), \
              error.message);                                                                                  \
      ++check_failures;                                                                                        \
    }                                                                                                          \
  } while (0)

/* The call fails with that status, and says so in both languages. */
#define CHECK_FAILS(status, call)                                                         \
  do {                                                                                    \
    const chainqual_status check_status = (call);                                         \
    if (check_status != (status) || error.code != (status) || error.message[0] == '\0' || \
        error.message_zh[0] == '\0') {                                                    \
      fprintf(stderr, "%s:%d: %s\n  %s instead of %s\n", __FILE__, __LINE__, #call,       \
              chainqual_status_name(check_status), chainqual_status_name(status));        \
      ++check_failures;                                                                   \
    }                                                                                     \
  } while (0)

#define CHECK_END() (check_failures == 0 ? 0 : (fprintf(stderr, "%d checks failed\n", check_failures), 1))

#endif
