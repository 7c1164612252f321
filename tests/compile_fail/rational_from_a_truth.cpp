// true is no score.
// MISUSE: conversion from .bool. to non-scalar type|no viable conversion
#include "chainqual/core/decimal.hpp"

int main() {
#if defined(CHAINQUAL_MISUSE)
  const chainqual::Rational score = true;
#else
  const chainqual::Rational score = 1;
#endif
  return score == 1 ? 0 : 1;
}
