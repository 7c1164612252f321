// The kernels of impact/, compiled once for all that link to chainqual::kernels.
#define CHAINQUAL_KERNEL
#include "chainqual/chainqual.hpp"
