// Exact arithmetic does not mix with floating-point numbers.
// MISUSE: use of deleted function|deleted function|deleted constructor|no match for|invalid operands
#include "chainqual/core/decimal.hpp"

int main() {
  const chainqual::Rational score(4);
#if defined(CHAINQUAL_MISUSE)
  const auto weighted = score * 0.4;
#else
  const auto weighted = score * chainqual::Rational(2, 5);
#endif
  return weighted > 1 ? 0 : 1;
}
