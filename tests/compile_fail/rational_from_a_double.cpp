// A floating-point number does not become an exact one unnoticed: 3.95 is none of the doubles.
// MISUSE: use of deleted function|deleted constructor|deleted function
#include "chainqual/core/decimal.hpp"

int main() {
#if defined(CHAINQUAL_MISUSE)
  const chainqual::Rational score = 3.95;
#else
  const chainqual::Rational score(395, 100);
#endif
  return score > 4 ? 1 : 0;
}
