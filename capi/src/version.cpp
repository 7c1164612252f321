#include <string_view>

#include "chainqual.h"

namespace {

constexpr std::string_view features =
    "severity network cqn chain json csv xlsx structure propagation systemic_risk scenarios explanation assessment "
    "criticality arrow stability registers ensembles mitigation";

}  // namespace

const char* chainqual_version(void) {
  return CHAINQUAL_VERSION;
}

uint32_t chainqual_version_number(void) {
  return 10000U * CHAINQUAL_VERSION_MAJOR + 100U * CHAINQUAL_VERSION_MINOR + CHAINQUAL_VERSION_PATCH;
}

uint32_t chainqual_abi_version(void) {
  return CHAINQUAL_ABI_VERSION;
}

int32_t chainqual_has_feature(const char* name) {
  if (name == nullptr) return 0;
  const std::string_view wanted(name);
  std::string_view rest = features;
  while (!rest.empty()) {
    const auto end = rest.find(' ');
    if (rest.substr(0, end) == wanted) return 1;
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return 0;
}

const char* chainqual_features(void) {
  return features.data();  // a literal, which ends in NUL
}
