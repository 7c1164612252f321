// Any bytes are a study or an error with findings; what was read keeps its domain.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "chainqual/io/study_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Study study = study_from_json(text);
    if (study.samples == 0 || study.uncertain.empty()) std::abort();
    for (const double share : study.quantiles) {
      if (!(share >= 0 && share <= 1)) std::abort();
    }
    for (const UncertainSetting& one : study.uncertain) {
      if (!(one.range.low >= 0 && one.range.high >= 0 && std::isfinite(one.range.high))) std::abort();
    }
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
  return 0;
}
