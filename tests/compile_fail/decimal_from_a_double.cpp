// A Decimal is made of written digits, not of a double.
// MISUSE: conversion from .double. to non-scalar type|no viable conversion
#include "chainqual/core/decimal.hpp"

int main() {
#if defined(CHAINQUAL_MISUSE)
  const chainqual::Decimal score = 3.95;
#else
  const chainqual::Decimal score(395, 2);
#endif
  return score.scale();
}
