// Any bytes are a chain or an error with findings; a chain that was read writes and reads again to the same content.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/chain_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::attempt([&] {
    const Dossier dossier = chain_from_json(text).dossier;
    fuzz::demand(same_content(chain_from_json(chain_to_json(dossier)).dossier, dossier));
  });
  return 0;
}
