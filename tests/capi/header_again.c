/* The header in the other of two translation units: it defines nothing that would clash. */
#include "chainqual.h"
#include "inits.h"

const char* version_in_another_unit(void);
uint64_t sizes_in_another_unit(void);

const char* version_in_another_unit(void) {
  return chainqual_version();
}

uint64_t sizes_in_another_unit(void) {
  return sizes_of_all();
}
