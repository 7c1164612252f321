// A pool has threads, which cannot be copied.
// MISUSE: use of deleted function|call to deleted constructor
#include "chainqual/core/executor.hpp"

int main() {
  chainqual::ThreadPool pool(2);
#if defined(CHAINQUAL_MISUSE)
  chainqual::ThreadPool other = pool;
#else
  chainqual::ThreadPool& other = pool;
#endif
  return other.concurrency() == 2 ? 0 : 1;
}
