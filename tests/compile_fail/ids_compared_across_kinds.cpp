// Ids of different kinds have no order.
// MISUSE: no match for .operator<|invalid operands to binary expression
#include "chainqual/core/ids.hpp"

int main() {
  const chainqual::EnterpriseId enterprise{3};
#if defined(CHAINQUAL_MISUSE)
  const chainqual::SectorId other{3};
#else
  const chainqual::EnterpriseId other{3};
#endif
  return enterprise < other ? 1 : 0;
}
