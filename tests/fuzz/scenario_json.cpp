// Any bytes are scenarios or an error with findings; scenarios that were read write and read again to the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "chainqual/io/scenario_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string written = scenarios_to_json(scenarios_from_json(text));
    if (scenarios_to_json(scenarios_from_json(written)) != written) std::abort();
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
  return 0;
}
