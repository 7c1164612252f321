// Any bytes are a table of needs, accounts or markets, or an error with findings; what is read keeps its shape and
// domain.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chainqual/chain/network.hpp"
#include "chainqual/io/cascade_tables.hpp"

namespace {

using namespace chainqual;

// Names are the numbers 0 … 4.
NameLookup numbers() {
  return {[](std::string_view text) -> std::optional<std::uint32_t> {
            if (text.size() == 1 && text[0] >= '0' && text[0] < '5') return static_cast<std::uint32_t>(text[0] - '0');
            return std::nullopt;
          },
          [](std::string_view) { return std::vector<std::string>{"0"}; }};
}

template <class Read>
void attempt(const std::string& content, Read&& read) {
  Findings findings(20);
  TextFile text = decode_text(FileBytes::of(content), "f", std::nullopt, findings);
  try {
    read(std::move(text), std::move(findings));
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string content(reinterpret_cast<const char*>(data), size);
  attempt(content, [](TextFile text, Findings findings) {
    const Essentiality needs = read_needs(std::move(text), 5, numbers(), std::move(findings));
    check(needs, 0);
    if (needs.by_sector.size() != 25) std::abort();
  });
  attempt(content, [](TextFile text, Findings findings) {
    const Accounts accounts = read_accounts(std::move(text), 5, numbers(), std::move(findings));
    for (const auto* column : {&accounts.revenue, &accounts.final_demand, &accounts.cost}) {
      if (!column->empty() && column->size() != 5) std::abort();
      for (const double value : *column) {
        if (value < 0 || std::isinf(value)) std::abort();
      }
    }
    for (const double value : accounts.final_demand) {
      if (std::isnan(value)) std::abort();
    }
  });
  attempt(content, [](TextFile text, Findings findings) {
    const auto markets = read_markets(std::move(text), 5, numbers(), std::move(findings));
    if (markets.size() != 5) std::abort();
    for (const std::uint32_t market : markets) {
      if (market != Network::none && market >= 5) std::abort();
    }
  });
  return 0;
}
