// Any bytes are tables K.1 or figures of I.1, or an error with findings; tables that were read write and read again to
// the same, and can be judged.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "chainqual/io/evaluation_files.hpp"

namespace {

using namespace chainqual;

template <class Read>
void attempt(Read&& read) {
  try {
    read();
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
}

TextFile text_of(std::string_view content, Findings& findings) {
  return decode_text(FileBytes::of(std::string(content)), "f", std::nullopt, findings);
}

void hold(const IndicatorFile& file) {
  for (const IndicatorSheet& sheet : file.sheets) {
    if (judge(file.indicators, sheet, Date()).size() != sheet.entries.size()) std::abort();
  }
  const std::string written = indicators_to_json(file);
  if (indicators_to_json(indicators_from_json(written)) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  attempt([&] { hold(indicators_from_json(content)); });
  attempt([&] {
    Findings findings(20);
    TextFile text = text_of(content, findings);
    hold(indicators_from_table(std::move(text), std::move(findings)));
  });
  attempt([&] {
    Findings findings(20);
    TextFile text = text_of(content, findings);
    for (const PeriodFigures& period : figures_from_table(std::move(text), std::move(findings))) {
      if (period.until < period.from || period.given.empty()) std::abort();
    }
  });
  return 0;
}
