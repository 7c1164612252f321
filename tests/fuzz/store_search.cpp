// Any text finds itself: what a query of it asks of the index stands in the index of it. So does every part of it that
// begins where a Chinese character stands. Folding is done once and for all.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "chainqual/core/error.hpp"
#include "store/search_words.hpp"

namespace {

using namespace chainqual;

void find(std::string_view query, const std::vector<std::string>& index, bool must) {
  storage::Query parsed;
  try {
    parsed = storage::parsed_query(query);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_argument || error.message().zh.empty()) std::abort();
    if (must && !index.empty()) std::abort();  // there are words, and the query sees none
    return;
  }
  if (parsed.parts.empty() || parsed.words.empty()) std::abort();
  for (const auto& word : parsed.words) {
    const auto at = std::lower_bound(index.begin(), index.end(), word.text);
    if (at == index.end() || (word.prefix ? !at->starts_with(word.text) : *at != word.text)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string folded = storage::folded(text);
  if (storage::folded(folded) != folded) std::abort();
  const auto index = storage::index_words(folded);
  if (!std::is_sorted(index.begin(), index.end()) || std::adjacent_find(index.begin(), index.end()) != index.end()) {
    std::abort();
  }
  find(text, index, true);
  // From a Han character of three bytes on, and that character alone.
  for (std::size_t i = 0, tried = 0; i + 2 < folded.size() && tried < 8; ++i) {
    const auto lead = static_cast<unsigned char>(folded[i]);
    if (lead < 0xE4 || lead > 0xE9) continue;
    const std::string_view rest = std::string_view(folded).substr(i);
    if (storage::index_words(rest.substr(0, 3)).size() != 1) continue;  // no whole character
    find(rest.substr(0, 3), index, false);
    find(rest, index, false);
    ++tried;
  }
  return 0;
}
