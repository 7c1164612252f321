// Any bytes are measures or an error with findings; measures that were read write and read again to the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "chainqual/io/measures_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string written = measures_to_json(measures_from_json(text));
    if (measures_to_json(measures_from_json(written)) != written) std::abort();
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
  return 0;
}
