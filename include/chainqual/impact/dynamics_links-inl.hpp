#pragma once

// Who buys what from whom, as the daily pass over links wants it.
//
// Encoding: customers' rows; inputs whose group has one supplier come first, then the groups of several, each of them
// together. Links of value 0 are left out: nothing flows along them. `excess` is the state: (stock in days of use −
// target) / τ, 0 at rest, at least −n / τ.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/dynamics.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Several suppliers of one kind of goods to one customer.
struct InputGroup {
  std::uint64_t end;   ///< one past its last link
  double inverse_use;  ///< 1 / Σ values
};

struct InputLinks {
  LargeArray<std::uint64_t> offsets;      ///< [n + 1]
  LargeArray<std::uint64_t> shared;       ///< [n] first link of the customer that belongs to a group of several
  LargeArray<std::uint64_t> first_group;  ///< [n + 1]
  std::vector<InputGroup> groups;
  LargeArray<std::uint32_t> supplier;  ///< [links, and some to ask for ahead]
  LargeArray<float> value;             ///< [links]
  LargeArray<double> excess;           ///< [links]
  std::uint64_t links = 0;
};

inline constexpr std::size_t suppliers_ahead = 48;

/// The kind of goods that each enterprise makes, or an empty span: all different.
inline std::span<const std::uint32_t> kinds_of_goods(const Network& net, const DynamicsOptions& options,
                                                     InputGroups& used) {
  used = options.inputs;
  if (used == InputGroups::automatic) {
    used = !options.sectors.empty() ? InputGroups::given
           : !net.sector().empty()  ? InputGroups::sector
           : !net.segment().empty() ? InputGroups::segment
                                    : InputGroups::enterprise;
  }
  std::span<const std::uint32_t> kinds;
  if (used == InputGroups::given) kinds = options.sectors;
  if (used == InputGroups::sector) kinds = net.sector();
  if (used == InputGroups::segment) kinds = net.segment();
  if (used != InputGroups::enterprise && kinds.empty() && net.enterprises() != 0) {
    const auto& name = names_of(used);
    throw Error(ErrorCode::invalid_argument,
                {"投入按“" + std::string(name.zh) + "”归类，但没有这一列：请给出该列，或改用其他归类方式。",
                 "inputs are to be grouped " + std::string(name.en) +
                     ", but that column is missing: give it, or choose another grouping."});
  }
  return kinds;
}

/// Sorts one customer's inputs: single suppliers first, each in supplier order, then groups by kind.
class RowSorter {
 public:
  explicit RowSorter(std::span<const std::uint32_t> kinds) : kinds_(kinds) {}

  void start() { inputs_.clear(); }
  void add(std::uint32_t supplier, float value) {
    // A supplier without a kind is a kind of its own, apart from every number that a kind can have.
    const bool none = kinds_.empty() || kinds_[supplier] == Network::none;
    inputs_.push_back({none ? (std::uint64_t{1} << 32U) + supplier : std::uint64_t{kinds_[supplier]}, supplier, value});
  }
  void append_to(InputLinks& links, std::uint32_t customer) {
    if (!kinds_.empty()) {
      std::sort(inputs_.begin(), inputs_.end(), [](const Input& a, const Input& b) {
        return std::pair(a.kind, a.supplier) < std::pair(b.kind, b.supplier);
      });
    }
    for (const Input& input : inputs_) {
      if (count(input) == 1) put(links, input);
    }
    links.shared[customer] = links.links;
    for (std::size_t k = 0; k < inputs_.size();) {
      const std::size_t end = k + count(inputs_[k]);
      if (end - k > 1) {
        double use = 0;
        for (std::size_t member = k; member < end; ++member) {
          use += static_cast<double>(inputs_[member].value);
          put(links, inputs_[member]);
        }
        links.groups.push_back({links.links, 1 / use});
      }
      k = end;
    }
  }

 private:
  struct Input {
    std::uint64_t kind;
    std::uint32_t supplier;
    float value;
  };
  [[nodiscard]] std::size_t count(const Input& input) const {
    if (kinds_.empty()) return 1;
    const auto by_kind = [](const Input& a, const Input& b) { return a.kind < b.kind; };
    const auto range = std::equal_range(inputs_.begin(), inputs_.end(), input, by_kind);
    return static_cast<std::size_t>(range.second - range.first);
  }
  static void put(InputLinks& links, const Input& input) {
    links.supplier[links.links] = input.supplier;
    links.value[links.links] = input.value;
    links.excess[links.links] = 0;
    ++links.links;
  }

  std::span<const std::uint32_t> kinds_;
  std::vector<Input> inputs_;
};

inline InputLinks make_input_links(const Network& net, std::span<const std::uint32_t> kinds, const Control& control) {
  const std::uint32_t n = net.enterprises();
  InputLinks links;
  links.offsets = LargeArray<std::uint64_t>(n + std::size_t{1});
  links.shared = LargeArray<std::uint64_t>(n);
  links.first_group = LargeArray<std::uint64_t>(n + std::size_t{1});
  links.supplier = LargeArray<std::uint32_t>(net.links() + suppliers_ahead);
  links.value = LargeArray<float>(net.links());
  links.excess = LargeArray<double>(net.links());
  RowSorter row(kinds);
  const auto offsets = net.in_offsets();
  for (std::uint32_t customer = 0; customer < n; ++customer) {
    if (customer % 65'536 == 0) throw_if_cancelled(control);
    links.offsets[customer] = links.links;
    links.first_group[customer] = links.groups.size();
    row.start();
    for (auto k = offsets[customer]; k < offsets[customer + std::size_t{1}]; ++k) {
      if (net.in_values()[k] > 0) row.add(net.in_sources()[k], net.in_values()[k]);
    }
    row.append_to(links, customer);
  }
  links.offsets[n] = links.links;
  links.first_group[n] = links.groups.size();
  for (std::size_t k = links.links; k < links.supplier.size(); ++k) links.supplier[k] = 0;
  return links;
}

/// Where a supplier's orders stand in the customers' rows; for rationing by lowest order alone.
struct OrderPlaces {
  LargeArray<std::uint64_t> offsets;  ///< [n + 1]
  LargeArray<std::uint64_t> link;     ///< [links] into InputLinks, by supplier, customers ascending
  LargeArray<std::uint32_t> customer;
};

inline OrderPlaces make_order_places(const InputLinks& links, std::uint32_t n) {
  OrderPlaces places;
  places.offsets = LargeArray<std::uint64_t>(n + std::size_t{1});
  places.link = LargeArray<std::uint64_t>(links.links);
  places.customer = LargeArray<std::uint32_t>(links.links);
  places.offsets.fill(0);
  for (std::uint64_t k = 0; k < links.links; ++k) ++places.offsets[links.supplier[k] + std::size_t{1}];
  for (std::uint32_t v = 0; v < n; ++v) places.offsets[v + std::size_t{1}] += places.offsets[v];
  std::vector<std::uint64_t> next(places.offsets.data(), places.offsets.data() + n);
  for (std::uint32_t customer = 0; customer < n; ++customer) {
    for (auto k = links.offsets[customer]; k < links.offsets[customer + std::size_t{1}]; ++k) {
      const std::uint64_t place = next[links.supplier[k]]++;
      places.link[place] = k;
      places.customer[place] = customer;
    }
  }
  return places;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
