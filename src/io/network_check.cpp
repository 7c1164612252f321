#include "network_check.hpp"

#include <atomic>
#include <span>
#include <utility>

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::size_t rows_of_piece = 1U << 14U;

/// Whether rows [begin, end) ascend within bounds, without repeats.
bool rows_hold(std::span<const std::uint64_t> offsets, std::span<const std::uint32_t> ids, std::uint32_t n,
               std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (offsets[i] > offsets[i + 1] || offsets[i + 1] > ids.size()) return false;
    for (std::uint64_t l = offsets[i]; l < offsets[i + 1]; ++l) {
      if (ids[l] >= n || (l > offsets[i] && ids[l - 1] >= ids[l])) return false;
    }
  }
  return true;
}

/// Whether what [begin, end) are supplied with is what their suppliers deliver. @pre the rows of both directions hold.
bool directions_agree(const Network& network, std::size_t begin, std::size_t end) {
  const NetworkParts& p = network.parts();
  for (std::size_t j = begin; j < end; ++j) {
    const EnterpriseId customer{static_cast<std::uint32_t>(j)};
    for (std::uint64_t k = p.in_offsets[j]; k < p.in_offsets[j + 1]; ++k) {
      const auto link = network.find_link(EnterpriseId{p.in_sources[k]}, customer);
      if (!link || p.out_values[link->index()] != p.in_values[k]) return false;
    }
  }
  return true;
}

}  // namespace

Network checked_network(NetworkParts parts, const Control& control) {
  Network network = Network::from_parts(parts, PartsCheck::shape);
  const std::uint32_t n = parts.enterprises;
  Progress progress(control, 3 * static_cast<std::uint64_t>(n), 0.6, 1.0);
  std::atomic<bool> good{true};
  const auto all = [&](auto holds) {
    for_chunks(control, n, rows_of_piece, [&](std::size_t begin, std::size_t end, std::size_t) {
      if (good.load(std::memory_order_relaxed) && !holds(begin, end)) good.store(false, std::memory_order_relaxed);
      progress.add(end - begin);
    });
  };
  all([&](std::size_t begin, std::size_t end) {
    return rows_hold(parts.out_offsets, parts.out_targets, n, begin, end);
  });
  all([&](std::size_t begin, std::size_t end) { return rows_hold(parts.in_offsets, parts.in_sources, n, begin, end); });
  // Links are looked up only in rows that were found to hold.
  if (good) all([&](std::size_t begin, std::size_t end) { return directions_agree(network, begin, end); });
  if (!good) return Network::from_parts(std::move(parts), PartsCheck::full);
  throw_if_cancelled(control);
  check_values(parts);
  progress.finish();
  return network;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
