#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/builder_network-inl.hpp"
#include "chainqual/chain/network_of.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// A chain's links as columns, in the order in which they were added.
struct ChainColumns {
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<double> value;
  std::vector<double> dependency;
  std::vector<double> escape;
  std::vector<std::uint8_t> stage;
  std::vector<std::uint32_t> segment;
  std::vector<double> weight;
  std::uint64_t values_assumed = 0;
  Findings findings;

  explicit ChainColumns(const Chain& chain) {
    read_links(chain);
    read_enterprises(chain);
  }

 private:
  static constexpr double absent = std::numeric_limits<double>::quiet_NaN();

  void read_links(const Chain& chain) {
    const auto m = static_cast<std::size_t>(chain.links());
    supplier.reserve(m);
    customer.reserve(m);
    std::vector<bool> given;
    given.reserve(m);
    bool any_dependency = false;
    bool any_escape = false;
    const auto [begin, end] = boost::edges(chain.graph());
    for (auto edge = begin; edge != end; ++edge) {
      const Link& link = chain.link(*edge);
      supplier.push_back(chain.supplier(*edge).value);
      customer.push_back(chain.customer(*edge).value);
      value.push_back(link.value.value_or(0.0));
      given.push_back(link.value.has_value());
      dependency.push_back(link.dependency.value_or(absent));
      escape.push_back(link.escape.value_or(absent));
      check(link, supplier.size());
      any_dependency = any_dependency || link.dependency.has_value();
      any_escape = any_escape || link.escape.has_value();
    }
    if (!any_dependency) dependency.clear();
    if (!any_escape) escape.clear();
    assume_values(given, chain.enterprises());
  }

  // Here, a NaN that was given is not the columns' "not given".
  void check(const Link& link, std::uint64_t record) {
    const auto bad_share = [](const std::optional<double>& share) {
      return share && !(*share >= 0.0 && *share <= 1.0);
    };
    if (link.value && !is_flow(*link.value)) findings.add(flow_finding("value", record, *link.value));
    if (bad_share(link.dependency)) findings.add(share_finding("dependency", record, *link.dependency));
    if (bad_share(link.escape)) findings.add(share_finding("escape", record, *link.escape));
  }

  void assume_values(const std::vector<bool>& given, std::size_t n) {
    struct Mean {
      double sum = 0;
      std::uint64_t count = 0;
      void add(double x) {
        sum += x;
        ++count;
      }
      [[nodiscard]] double or_else(double otherwise) const {
        return count == 0 ? otherwise : sum / static_cast<double>(count);
      }
    };
    std::vector<Mean> inputs(n);
    Mean all;
    for (std::size_t l = 0; l < value.size(); ++l) {
      if (!given[l]) continue;
      inputs[customer[l]].add(value[l]);
      all.add(value[l]);
    }
    for (std::size_t l = 0; l < value.size(); ++l) {
      if (given[l]) continue;
      value[l] = inputs[customer[l]].or_else(all.or_else(1.0));
      ++values_assumed;
    }
  }

  void read_enterprises(const Chain& chain) {
    bool any_weight = false;
    for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
      const Enterprise& enterprise = chain.graph()[v];
      stage.push_back(static_cast<std::uint8_t>(enterprise.stage));
      segment.push_back(chain.home_segment(EnterpriseId{v}).value);
      weight.push_back(enterprise.weight.value_or(absent));
      if (enterprise.weight && !(*enterprise.weight >= 0.0 && std::isfinite(*enterprise.weight))) {
        findings.add(weight_finding(std::uint64_t{v} + 1, *enterprise.weight));
      }
      any_weight = any_weight || enterprise.weight.has_value();
    }
    if (!any_weight) weight.clear();
  }
};

}  // namespace detail

inline Network network_of(const Chain& chain, const BuildOptions& options, const Control& control) {
  const detail::ChainColumns own(chain);
  throw_if_errors(own.findings);
  NetworkColumns columns;
  columns.enterprises = chain.enterprises();
  columns.stage = own.stage;
  columns.segment = own.segment;
  columns.sector = own.segment;
  columns.weight = own.weight;
  columns.supplier = own.supplier;
  columns.customer = own.customer;
  columns.value = own.value;
  columns.dependency = own.dependency;
  columns.escape = own.escape;
  return detail::build_with_assumed(columns, own.values_assumed, options, control);
}

inline Network network_of(const Chain& chain, const Control& control) {
  return network_of(chain, BuildOptions{}, control);
}

}  // namespace v1
}  // namespace chainqual
