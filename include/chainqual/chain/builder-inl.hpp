#pragma once

#include <algorithm>
#include <limits>
#include <utility>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/builder_check-inl.hpp"
#include "chainqual/chain/builder_network-inl.hpp"

namespace chainqual {
inline namespace v1 {

inline Findings check_columns(const NetworkColumns& columns, const Control& control) {
  return detail::columns_findings(columns, control);
}

inline Network build_network(const NetworkColumns& columns, const BuildOptions& options, const Control& control) {
  return detail::build_with_assumed(columns, columns.value.empty() ? columns.supplier.size() : 0, options, control);
}

inline Network build_network(const NetworkColumns& columns, const Control& control) {
  return build_network(columns, BuildOptions{}, control);
}

inline void NetworkBuilder::add(const LinkColumns& links) {
  throw_if_errors(detail::check_links(links, Control{&inline_executor(), nullptr, {}}));
  for (std::size_t begin = 0; begin < links.supplier.size();) {
    if (blocks_.empty() || filled_ == detail::links_per_block) add_block();
    const LinkColumns part = detail::slice(links, begin, detail::links_per_block - filled_);
    Block& block = blocks_.back();
    const auto at = static_cast<std::size_t>(filled_);
    std::copy(part.supplier.begin(), part.supplier.end(), block.supplier.data() + at);
    std::copy(part.customer.begin(), part.customer.end(), block.customer.data() + at);
    detail::with_reader(part.value, [&](auto value) {
      for (std::size_t l = 0; l < part.supplier.size(); ++l) block.value[at + l] = value(l);
    });
    copy_shares(part.dependency, at, part.supplier.size(), block.dependency);
    copy_shares(part.escape, at, part.supplier.size(), block.escape);
    if (part.value.empty()) values_assumed_ += part.supplier.size();
    begin += part.supplier.size();
    filled_ += part.supplier.size();
    links_ += part.supplier.size();
  }
}

inline void NetworkBuilder::add_block() {
  Block block{LargeArray<std::uint32_t>(detail::links_per_block),
              LargeArray<std::uint32_t>(detail::links_per_block),
              LargeArray<float>(detail::links_per_block),
              {},
              {}};
  blocks_.push_back(std::move(block));
  filled_ = 0;
}

inline void NetworkBuilder::copy_shares(const RealColumn& shares, std::size_t at, std::size_t count,
                                        LargeArray<float>& into) {
  if (shares.empty() && into.size() == 0) return;
  if (into.size() == 0) {
    into = LargeArray<float>(detail::links_per_block);
    into.fill(std::numeric_limits<float>::quiet_NaN());
    shares_ = true;
  }
  for (std::size_t l = 0; l < count; ++l) {
    into[at + l] = shares.empty() ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(shares[l]);
  }
}

inline Network NetworkBuilder::build(const EnterpriseColumns& enterprises, const Control& control) {
  NetworkBuilder taken(options_);
  std::swap(taken, *this);
  const auto block = [&taken](std::size_t b) {
    const Block& from = taken.blocks_[b];
    const bool last = b + 1 == taken.blocks_.size();
    const auto count = static_cast<std::size_t>(last ? taken.filled_ : detail::links_per_block);
    LinkColumns links;
    links.supplier = from.supplier.view().first(count);
    links.customer = from.customer.view().first(count);
    links.value = from.value.view().first(count);
    if (from.dependency.size() != 0) links.dependency = from.dependency.view().first(count);
    if (from.escape.size() != 0) links.escape = from.escape.view().first(count);
    return links;
  };
  Findings findings = detail::check_enterprises(enterprises);
  if (!findings.has_errors()) {
    for (std::size_t b = 0; b < taken.blocks_.size(); ++b) {
      findings.add(detail::check_ids(block(b), enterprises.enterprises, b * detail::links_per_block, control));
    }
  }
  throw_if_errors(findings);
  detail::LinkSource source;
  source.links = taken.links_;
  source.values_assumed = taken.values_assumed_;
  source.shares = taken.shares_;
  source.block = block;
  source.release = [&taken](std::size_t b) { taken.blocks_[b] = Block{}; };
  return detail::NetworkSort(enterprises, std::move(source), options_, control).run();
}

}  // namespace v1
}  // namespace chainqual
