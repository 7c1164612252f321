/* The header in one of two translation units, twice over, and every struct from its INIT. */
#include "chainqual.h"
#include "chainqual.h" /* a second time changes nothing */
#include "inits.h"

const char* version_in_another_unit(void);
uint64_t sizes_in_another_unit(void);

int main(void) {
  return chainqual_version() == version_in_another_unit() && sizes_of_all() == sizes_in_another_unit() ? 0 : 1;
}
