// A link's id does not pass for an enterprise's.
// MISUSE: could not convert|no matching function
#include "chainqual/core/ids.hpp"

std::size_t place_of(chainqual::EnterpriseId id) {
  return id.index();
}

int main() {
#if defined(CHAINQUAL_MISUSE)
  const chainqual::LinkId id{3};
#else
  const chainqual::EnterpriseId id{3};
#endif
  return static_cast<int>(place_of(id));
}
