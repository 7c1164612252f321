// Any bytes as text: what is taken is UTF-8 without NUL, and every part of it leads back to its own bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chainqual/io/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  const std::string content(reinterpret_cast<const char*>(data), size);
  for (const auto encoding :
       {std::optional<Encoding>(), std::optional(Encoding::utf8), std::optional(Encoding::gb18030)}) {
    Findings findings;
    const TextFile file = decode_text(FileBytes::of(content), "f", encoding, findings);
    if (file.readable() == findings.has_errors()) std::abort();
    if (!file.readable()) continue;
    if (first_invalid_utf8(file.text()) || file.text().find('\0') != std::string_view::npos) std::abort();
    const std::string_view marked = std::string_view(content).substr(file.had_mark() ? 3 : 0);
    if (file.encoding() == Encoding::utf8 && file.original(file.text()) != marked) std::abort();
    if (file.encoding() == Encoding::gb18030 && file.original(file.text()) != content) std::abort();
  }
  return 0;
}
