// Any bytes as a network's arrays, and any bytes as columns of links: either is refused with an Error, or every kernel
// may trust the result.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/structure.hpp"

namespace {

using namespace chainqual;

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  /// `count` small numbers; now and then one of all bits.
  template <class T>
  std::vector<T> numbers(std::size_t count) {
    std::vector<T> result(count);
    for (auto& number : result) {
      const std::uint8_t b = byte();
      number = b == 0xFF ? static_cast<T>(~std::uint64_t{0}) : static_cast<T>(b);
    }
    return result;
  }
  /// `count` floats of any bits.
  std::vector<float> floats(std::size_t count) {
    std::vector<float> result(count);
    for (auto& number : result) {
      std::uint32_t bits = byte();
      if (bits >= 0xF0) {
        bits = std::uint32_t{byte()} << 24U | std::uint32_t{byte()} << 16U | std::uint32_t{byte()} << 8U | byte();
        std::memcpy(&number, &bits, sizeof number);
      } else {
        number = static_cast<float>(bits) / 128.0F;
      }
    }
    return result;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

void require(bool holds) {
  if (!holds) std::abort();
}

void use(const Network& net) {
  const auto components = strong_components(net);
  const auto forest = dominators(net, supply_sources(net, components));
  require(forest.order.size() == net.enterprises());  // every enterprise has a source above it
  require(articulation(net).points.size() <= net.enterprises());
  for (const double b : betweenness(net)) require(b >= 0);
  for (const auto& input : supplier_concentration(net)) require(input.herfindahl >= 0 && input.herfindahl <= 1);
}

void try_parts(Bytes& bytes) {
  const std::uint32_t n = bytes.byte() % 9;
  const std::size_t m = bytes.byte() % 20;
  const auto out_offsets = bytes.numbers<std::uint64_t>(n + bytes.byte() % 3);
  const auto out_targets = bytes.numbers<std::uint32_t>(m);
  const auto out_values = bytes.floats(m);
  const auto in_offsets = bytes.numbers<std::uint64_t>(n + 1);
  const auto in_sources = bytes.numbers<std::uint32_t>(m);
  const auto in_values = bytes.floats(m);
  NetworkParts parts;
  parts.enterprises = n;
  parts.out_offsets = out_offsets;
  parts.out_targets = out_targets;
  parts.out_values = out_values;
  parts.in_offsets = in_offsets;
  parts.in_sources = in_sources;
  parts.in_values = in_values;
  try {
    use(Network::from_parts(parts, PartsCheck::full));
  } catch (const Error& error) {
    require(error.code() != ErrorCode::internal && !error.message().zh.empty());
  }
}

void try_columns(Bytes& bytes) {
  const std::size_t m = bytes.byte() % 40;
  const auto supplier = bytes.numbers<std::uint32_t>(m);
  const auto customer = bytes.numbers<std::uint32_t>(m + (bytes.byte() == 7 ? 1 : 0));
  const bool shares = bytes.byte() % 2 == 1;
  const auto value = bytes.floats(m);
  const auto dependency = bytes.floats(shares ? m : 0);
  const auto escape = bytes.floats(shares ? m : 0);
  NetworkColumns columns;
  columns.enterprises = bytes.byte();
  columns.supplier = supplier;
  columns.customer = customer;
  columns.value = value;
  columns.dependency = dependency;
  columns.escape = escape;
  try {
    const Network net = build_network(columns, BuildOptions{bytes.byte() % 2 == 1});
    const auto& counts = net.summary();
    require(net.links() + counts.parallel_merged + counts.self_supply_dropped == counts.links_given);
    use(Network::from_parts(net.parts(), PartsCheck::full));
  } catch (const Error& error) {
    require(error.code() != ErrorCode::internal && !error.message().zh.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  if (bytes.byte() % 2 == 0) {
    try_parts(bytes);
  } else {
    try_columns(bytes);
  }
  return 0;
}
