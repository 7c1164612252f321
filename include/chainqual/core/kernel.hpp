#pragma once

/// Where the kernels of `impact/` are defined. Header-only, the default: in each translation unit that includes them.
/// With CHAINQUAL_COMPILED, which the CMake target `chainqual::kernels` gives to those that link to it: once, in that
/// library, and a unit that includes their headers compiles many times faster.
#ifndef CHAINQUAL_KERNEL
#define CHAINQUAL_KERNEL inline
#endif
