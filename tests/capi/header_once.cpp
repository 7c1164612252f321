// The header as C++ of any standard, beside another translation unit of it.
#include "chainqual.h"
#include "inits.h"

extern "C" uint64_t sizes_in_another_unit(void);
extern "C" const char* version_in_another_unit(void);

int main() {
  return chainqual_version() == version_in_another_unit() && sizes_of_all() == sizes_in_another_unit() ? 0 : 1;
}
