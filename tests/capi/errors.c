/* Statuses, messages, versions, findings: what a caller learns when something is wrong. */
#include "check.h"

static void every_status_has_a_name_and_a_sentence(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  char text[256];
  uint64_t size = 0;
  int32_t status;
  for (status = -2; status < 1000; ++status) {
    const int known = status >= CHAINQUAL_OK && status <= CHAINQUAL_CONFLICT;
    CHECK((strcmp(chainqual_status_name(status), "unknown") != 0) == known);
    CHECK_OK(chainqual_status_describe(status, CHAINQUAL_EN, text, sizeof text, &size, &error));
    CHECK(size == strlen(text) + 1 && size > 3);
    CHECK_OK(chainqual_status_describe(status, CHAINQUAL_ZH, text, sizeof text, &size, &error));
    CHECK(size == strlen(text) + 1 && size > 3);
  }
  CHECK(strcmp(chainqual_status_name(CHAINQUAL_NOT_FOUND), "not_found") == 0);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_status_describe(0, 2, text, sizeof text, &size, &error));
}

static void a_text_fits_or_is_refused_whole(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  char text[256];
  uint64_t size = 0;
  uint64_t capacity;
  CHECK_OK(chainqual_status_describe(CHAINQUAL_OK, CHAINQUAL_EN, NULL, 0, &size, &error));
  CHECK(size == strlen("success") + 1 || size > 1);
  for (capacity = 0; capacity < size; ++capacity) {
    uint64_t untouched = 77;
    memset(text, 'x', sizeof text);
    CHECK_FAILS(CHAINQUAL_SHAPE_MISMATCH,
                chainqual_status_describe(CHAINQUAL_OK, CHAINQUAL_EN, text, capacity, &untouched, &error));
    CHECK(untouched == 77 && text[0] == 'x');
  }
  CHECK_OK(chainqual_status_describe(CHAINQUAL_OK, CHAINQUAL_EN, text, size, NULL, &error));
  CHECK(strlen(text) + 1 == size);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, NULL, &error));
}

static void an_error_of_any_size_is_filled_as_far_as_it_goes(void) {
  /* Bytes behind the struct_size that the caller states are never touched. */
  union {
    chainqual_error error;
    unsigned char bytes[2 * sizeof(chainqual_error)];
  } place;
  uint32_t size;
  for (size = 0; size <= sizeof(chainqual_error); size += size < 64 ? 1 : 37) {
    uint32_t i;
    memset(&place, 0x5A, sizeof place);
    place.error.struct_size = size;
    CHECK(chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, NULL, &place.error) == CHAINQUAL_INVALID_ARGUMENT);
    for (i = size < 4 ? 4 : size; i < sizeof place; ++i) CHECK(place.bytes[i] == 0x5A);
    if (size > 8) CHECK(memchr(place.error.message, '\0', size - 8) != NULL);
    if (size >= 8) CHECK(place.error.code == CHAINQUAL_INVALID_ARGUMENT);
  }
  memset(&place, 0x5A, sizeof place);
  place.error.struct_size = sizeof place; /* of a later version */
  CHECK(chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, NULL, &place.error) == CHAINQUAL_INVALID_ARGUMENT);
  CHECK(place.error.message_zh[0] != '\0' && place.bytes[sizeof(chainqual_error)] == 0x5A);
}

static void messages_are_cut_at_whole_characters(void) {
  uint32_t size;
  for (size = sizeof(chainqual_error) - 512 + 1; size < sizeof(chainqual_error) - 400; ++size) {
    chainqual_error error = CHAINQUAL_ERROR_INIT;
    size_t i;
    size_t length;
    error.struct_size = size;
    CHECK(chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, NULL, &error) == CHAINQUAL_INVALID_ARGUMENT);
    length = strlen(error.message_zh);
    for (i = 0; i < length;) { /* each lead byte is followed by all that belong to it */
      const unsigned char lead = (unsigned char)error.message_zh[i];
      i += lead < 0x80 ? 1 : lead >= 0xE0 ? 3 : 2;
    }
    CHECK(i == length);
  }
}

static void a_success_clears_an_old_error(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  uint64_t size = 0;
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT, chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, NULL, &error));
  CHECK_OK(chainqual_status_describe(0, CHAINQUAL_EN, NULL, 0, &size, &error));
  CHECK(error.code == CHAINQUAL_OK && error.message[0] == '\0' && error.message_zh[0] == '\0');
}

static void versions_and_features_agree(void) {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned patch = 0;
  CHECK(sscanf(chainqual_version(), "%u.%u.%u", &major, &minor, &patch) == 3);
  CHECK(chainqual_version_number() == 10000 * major + 100 * minor + patch);
  CHECK(strcmp(chainqual_version(), CHAINQUAL_TEST_VERSION) == 0);
  CHECK(chainqual_abi_version() == major);
  CHECK(chainqual_has_feature("severity") == 1 && chainqual_has_feature("network") == 1);
  CHECK(chainqual_has_feature("sever") == 0 && chainqual_has_feature("") == 0 && chainqual_has_feature(NULL) == 0);
  CHECK(strstr(chainqual_features(), "severity") != NULL);
}

static void findings_tell_every_bad_cell(void) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  const uint8_t impact[4] = {5, 6, 3, 0};
  const uint8_t other[4] = {4, 4, 9, 1};
  uint8_t grade[4] = {9, 9, 9, 9};
  uint16_t total[4] = {9, 9, 9, 9};
  chainqual_findings* findings = NULL;
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  chainqual_finding finding = CHAINQUAL_FINDING_INIT;
  char text[512];
  CHECK_OK(chainqual_findings_create(&findings, &error));
  CHECK(chainqual_findings_total(findings) == 0);
  control.findings = findings;
  CHECK(chainqual_grade_whole_scores(NULL, impact, other, other, 4, &control, grade, total, 4, &error) != CHAINQUAL_OK);
  CHECK(chainqual_findings_count(findings, CHAINQUAL_ERROR) == chainqual_findings_total(findings));
  CHECK(chainqual_findings_total(findings) >= 4);
  CHECK(chainqual_findings_kept(findings) == chainqual_findings_total(findings));
  CHECK_OK(chainqual_findings_get(findings, 0, &finding, &error));
  CHECK(finding.record == 2 && finding.level == CHAINQUAL_ERROR && finding.code == CHAINQUAL_INVALID_VALUE);
  CHECK(finding.rule_zh[0] != '\0' && finding.rule_en[0] != '\0' && strcmp(finding.value, "6") == 0);
  CHECK_OK(chainqual_findings_text(findings, 0, CHAINQUAL_EN, text, sizeof text, NULL, &error));
  CHECK(strstr(text, "6") != NULL);
  CHECK_FAILS(CHAINQUAL_OUT_OF_RANGE, chainqual_findings_get(findings, 1000, &finding, &error));
  CHECK(grade[0] == 9 && total[3] == 9);
  /* The next call with the collector replaces what it holds. */
  CHECK_OK(chainqual_grade_whole_scores(NULL, impact, impact, impact, 1, &control, grade, total, 4, &error));
  CHECK(chainqual_findings_total(findings) == 0);
  /* So does one that fails for another reason: nothing of an earlier call is left. */
  CHECK(chainqual_grade_whole_scores(NULL, impact, other, other, 4, &control, grade, total, 4, &error) != CHAINQUAL_OK);
  CHECK(chainqual_findings_total(findings) >= 4);
  CHECK_FAILS(CHAINQUAL_INVALID_ARGUMENT,
              chainqual_grade_whole_scores(NULL, NULL, other, other, 4, &control, grade, total, 4, &error));
  CHECK(chainqual_findings_total(findings) == 0);
  chainqual_findings_free(findings);
}

int main(void) {
  every_status_has_a_name_and_a_sentence();
  a_text_fits_or_is_refused_whole();
  an_error_of_any_size_is_filled_as_far_as_it_goes();
  messages_are_cut_at_whole_characters();
  a_success_clears_an_old_error();
  versions_and_features_agree();
  findings_tell_every_bad_cell();
  return CHECK_END();
}
