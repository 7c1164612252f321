// A bare number does not become an id by itself.
// MISUSE: conversion from .int. to non-scalar type|no viable conversion
#include "chainqual/core/ids.hpp"

int main() {
#if defined(CHAINQUAL_MISUSE)
  const chainqual::SegmentId id = 3;
#else
  const chainqual::SegmentId id{3};
#endif
  return static_cast<int>(id.index());
}
