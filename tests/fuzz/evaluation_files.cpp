// Any bytes are tables K.1 or figures of I.1, or an error with findings; tables that were read write and read again to
// the same, and can be judged.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/evaluation_files.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::fuzz;

void hold(const IndicatorFile& file) {
  for (const IndicatorSheet& sheet : file.sheets) {
    demand(judge(file.indicators, sheet, Date()).size() == sheet.entries.size());
  }
  const std::string written = indicators_to_json(file);
  demand(indicators_to_json(indicators_from_json(written)) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  attempt([&] { hold(indicators_from_json(content)); });
  table(content, indicators_from_table, hold);
  table(content, figures_from_table, [](const std::vector<PeriodFigures>& periods) {
    for (const PeriodFigures& period : periods) demand(period.from <= period.until && !period.given.empty());
  });
  return 0;
}
