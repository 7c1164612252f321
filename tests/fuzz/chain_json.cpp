// Any bytes are a chain or an error with findings; a chain that was read writes and reads again to the same content.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "chainqual/io/chain_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Dossier dossier = chain_from_json(text).dossier;
    if (!same_content(chain_from_json(chain_to_json(dossier)).dossier, dossier)) std::abort();
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
  return 0;
}
