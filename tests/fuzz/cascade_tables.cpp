// Any bytes are a table of needs, accounts or markets, or an error with findings; what is read keeps its shape and
// domain.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attempt.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/io/cascade_tables.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::fuzz;

// Names are the numbers 0 … 4.
NameLookup numbers() {
  return {[](std::string_view text) -> std::optional<std::uint32_t> {
            if (text.size() == 1 && text[0] >= '0' && text[0] < '5') return static_cast<std::uint32_t>(text[0] - '0');
            return std::nullopt;
          },
          [](std::string_view) { return std::vector<std::string>{"0"}; }};
}

/// A reader of tables about five sectors or enterprises.
template <class Result>
auto of_five(Result (*read)(TextFile, std::uint32_t, const NameLookup&, Findings)) {
  return [read](TextFile text, Findings findings) { return read(std::move(text), 5, numbers(), std::move(findings)); };
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  table(content, of_five(read_needs), [](const Essentiality& needs) {
    check(needs, 0);
    demand(needs.by_sector.size() == 25);
  });
  table(content, of_five(read_accounts), [](const Accounts& accounts) {
    for (const auto* column : {&accounts.revenue, &accounts.final_demand, &accounts.cost}) {
      demand(column->empty() || column->size() == 5);
      for (const double value : *column) demand(!(value < 0) && !std::isinf(value));
    }
    for (const double value : accounts.final_demand) demand(!std::isnan(value));
  });
  table(content, of_five(read_markets), [](const std::vector<std::uint32_t>& markets) {
    demand(markets.size() == 5);
    for (const std::uint32_t market : markets) demand(market == Network::none || market < 5);
  });
  return 0;
}
