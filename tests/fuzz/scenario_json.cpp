// Any bytes are scenarios or an error with findings; scenarios that were read write and read again to the same.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/scenario_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::attempt([&] {
    const std::string written = scenarios_to_json(scenarios_from_json(text));
    fuzz::demand(scenarios_to_json(scenarios_from_json(written)) == written);
  });
  return 0;
}
