// Any bytes are a study or an error with findings; what was read keeps its domain.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/study_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::attempt([&] {
    const Study study = study_from_json(text);
    fuzz::demand(study.samples != 0 && !study.uncertain.empty());
    for (const double share : study.quantiles) fuzz::demand(share >= 0 && share <= 1);
    for (const UncertainSetting& one : study.uncertain) {
      fuzz::demand(one.range.low >= 0 && one.range.high >= 0 && std::isfinite(one.range.high));
    }
  });
  return 0;
}
