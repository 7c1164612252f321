// Any bytes are measures or an error with findings; measures that were read write and read again to the same.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/measures_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::attempt([&] {
    const std::string written = measures_to_json(measures_from_json(text));
    fuzz::demand(measures_to_json(measures_from_json(written)) == written);
  });
  return 0;
}
