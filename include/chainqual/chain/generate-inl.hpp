#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "chainqual/chain/generate.hpp"
#include "chainqual/chain/region.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Streams of a synthetic chain, by what they decide, so that no option changes what another decides.
enum class GenerateStream : std::uint64_t { shuffle = 1, links = 2, values = 3, enterprise = 4 };

inline Stream generate_stream(std::uint64_t seed, GenerateStream what, std::uint64_t place) noexcept {
  return Stream(seed, static_cast<std::uint64_t>(what), 0, place);
}

inline constexpr std::uint32_t near_reach = 2048;
inline constexpr std::uint64_t near_below = 3865470566U;  ///< nine tenths of 2^32

/// Upper 64 bits of fraction · size, fraction in units of 2^−64: a place below size.
constexpr std::uint32_t scaled_to(std::uint64_t fraction, std::uint32_t size) noexcept {
  return static_cast<std::uint32_t>(upper_half(static_cast<product128>(fraction) * size));
}

inline void require_option(bool holds, std::string_view option, std::string_view bounds_zh,
                           std::string_view bounds_en) {
  if (holds) return;
  const std::string name(option);
  throw Error(ErrorCode::invalid_value, {"生成选项 " + name + " 必须" + std::string(bounds_zh) + "。",
                                         "The option " + name + " must " + std::string(bounds_en) + "."});
}

/// Also refuses NaN, which fails every comparison.
inline bool lies_in(double value, double least, double most) noexcept {
  return value >= least && value <= most;
}

inline const GenerateOptions& checked(const GenerateOptions& o) {
  require_option(o.enterprises <= Network::max_enterprises, "enterprises", "不超过 4294967294",
                 "be at most 4294967294");
  require_option(lies_in(o.exponent, 0, 10), "exponent", "在 0 到 10 之间", "lie between 0 and 10");
  require_option(o.degree_cap >= 1 && o.degree_cap <= (1U << 20U), "degree_cap", "在 1 到 1048576 之间",
                 "lie between 1 and 1048576");
  require_option(lies_in(o.mean_degree, 0, o.degree_cap), "mean_degree", "不小于 0 且不超过 degree_cap",
                 "be at least 0 and at most degree_cap");
  require_option(lies_in(o.preference, 0, 0.9), "preference", "在 0 到 0.9 之间", "lie between 0 and 0.9");
  require_option(o.tiers >= 1 && o.tiers <= 65536, "tiers", "在 1 到 65536 之间", "lie between 1 and 65536");
  require_option(lies_in(o.cyclic_share, 0, 1), "cyclic_share", "在 0 到 1 之间", "lie between 0 and 1");
  require_option(o.segments >= 3 && o.segments <= 65536, "segments", "在 3 到 65536 之间", "lie between 3 and 65536");
  require_option(o.sectors >= 1 && o.sectors <= 65536, "sectors", "在 1 到 65536 之间", "lie between 1 and 65536");
  require_option(lies_in(o.value_median, 1e-6, 1e12), "value_median", "在 1e-6 到 1e12 之间",
                 "lie between 1e-6 and 1e12");
  require_option(lies_in(o.value_spread, 0, 5), "value_spread", "在 0 到 5 之间", "lie between 0 and 5");
  require_option(o.layout == Layout::random_order || o.layout == Layout::local, "layout", "是已知的布局",
                 "be a known layout");
  return o;
}

inline std::uint32_t tiers_in_fact(const GenerateOptions& o) noexcept {
  return std::max(1U, std::min(o.tiers, o.enterprises));
}

/// The probability b that a link which is drawn leads backward. Forward links of the last tier fall away, so of L
/// tiers' links b L of L − 1 + b stay backward; solved for b with the asked share.
inline double backward_probability(const GenerateOptions& o) noexcept {
  const double tiers = tiers_in_fact(o);
  return tiers == 1 ? 1.0 : o.cyclic_share * (tiers - 1) / (tiers - o.cyclic_share);
}

inline PowerLaw degree_law(const GenerateOptions& o) {
  const double tiers = tiers_in_fact(o);
  const double kept = tiers == 1 ? 1.0 : (tiers - 1 + backward_probability(o)) / tiers;
  if (o.mean_degree == 0) return PowerLaw::with_mean(o.exponent, o.degree_cap, 1);  // never drawn from
  require_option(o.mean_degree / kept <= o.degree_cap, "mean_degree", "低于 degree_cap 与非末层企业份额之积",
                 "stay below degree_cap times the share of tiers that supply");
  return PowerLaw::with_mean(o.exponent, o.degree_cap, o.mean_degree / kept);
}

}  // namespace detail

inline SyntheticChain::Shuffle::Shuffle(std::uint64_t count, std::uint64_t seed) : n(count) {
  const auto bits = static_cast<unsigned>(std::bit_width(n > 0 ? n - 1 : 0));
  mask = (std::uint64_t{1} << bits) - 1;
  shift = std::max(1U, (bits + 1) / 2);  // at least half the bits: then x ^ (x >> shift) undoes itself
  Stream random = detail::generate_stream(seed, detail::GenerateStream::shuffle, 0);
  for (std::size_t round = 0; round < factor.size(); ++round) {
    factor[round] = random() | 1U;
    offset[round] = random();
    std::uint64_t inverted = factor[round];  // right to 3 bits; each Newton step doubles them
    for (int step = 0; step < 5; ++step) inverted *= 2 - factor[round] * inverted;
    inverse[round] = inverted;
  }
}

inline std::uint32_t SyntheticChain::Shuffle::id_of(std::uint32_t place) const noexcept {
  std::uint64_t x = place;
  do {
    for (std::size_t round = 0; round < factor.size(); ++round) {
      x = (x * factor[round] + offset[round]) & mask;
      x ^= x >> shift;
    }
  } while (x >= n);
  return static_cast<std::uint32_t>(x);
}

inline std::uint32_t SyntheticChain::Shuffle::place_of(std::uint32_t id) const noexcept {
  std::uint64_t x = id;
  do {
    for (std::size_t round = factor.size(); round-- > 0;) {
      x ^= x >> shift;
      x = ((x - offset[round]) * inverse[round]) & mask;
    }
  } while (x >= n);
  return static_cast<std::uint32_t>(x);
}

inline SyntheticChain::SyntheticChain(const GenerateOptions& options)
    : options_(detail::checked(options)),
      tiers_(detail::tiers_in_fact(options)),
      backward_below_(static_cast<std::uint64_t>(std::ldexp(detail::backward_probability(options), 32))),
      degrees_(detail::degree_law(options)),
      shuffle_(options.enterprises, options.seed) {}

inline std::uint32_t SyntheticChain::id_of(std::uint32_t place) const noexcept {
  return options_.layout == Layout::local ? place : shuffle_.id_of(place);
}

inline std::uint32_t SyntheticChain::place_of(std::uint32_t id) const noexcept {
  return options_.layout == Layout::local ? id : shuffle_.place_of(id);
}

inline std::uint32_t SyntheticChain::tier_begin(std::uint32_t tier) const noexcept {
  return static_cast<std::uint32_t>(std::uint64_t{tier} * options_.enterprises / tiers_);
}

inline std::uint32_t SyntheticChain::tier_of(std::uint32_t place) const noexcept {
  auto tier = static_cast<std::uint32_t>(std::uint64_t{place} * tiers_ / options_.enterprises);
  while (tier + 1 < tiers_ && tier_begin(tier + 1) <= place) ++tier;  // the two roundings may be one apart
  return tier;
}

inline Stage SyntheticChain::stage_of_segment(std::uint32_t segment) const noexcept {
  return static_cast<Stage>(std::uint64_t{segment} * 3 / options_.segments);
}

inline GeneratedEnterprise SyntheticChain::enterprise(EnterpriseId i) const noexcept {
  const std::uint32_t place = place_of(i.value);
  GeneratedEnterprise result;
  result.tier = tier_of(place);
  // With three tiers or more a stage is made of whole tiers; else places are cut in three.
  const std::uint64_t steps = tiers_ >= 3 ? tiers_ : options_.enterprises;
  const std::uint64_t step = tiers_ >= 3 ? result.tier : place;
  result.stage = static_cast<Stage>(step * 3 / steps);
  // A stage's segments are ceil(stage · segments / 3) and on; its enterprises fill them in order of step, then of
  // place.
  const std::uint64_t stage = static_cast<std::uint64_t>(result.stage);
  const std::uint64_t first = (stage * options_.segments + 2) / 3;
  const std::uint64_t count = ((stage + 1) * options_.segments + 2) / 3 - first;
  const auto begin_of = [&](std::uint64_t s) {
    const std::uint64_t first_step = (s * steps + 2) / 3;
    return tiers_ >= 3 ? std::uint64_t{tier_begin(static_cast<std::uint32_t>(first_step))} : first_step;
  };
  const std::uint64_t begin = begin_of(stage);
  result.segment = static_cast<std::uint32_t>(first + (place - begin) * count / (begin_of(stage + 1) - begin));
  result.sector = static_cast<std::uint32_t>(std::uint64_t{place} * options_.sectors / options_.enterprises);
  Stream random = detail::generate_stream(options_.seed, detail::GenerateStream::enterprise, place);
  result.region = regions()[random.below(regions().size())].code;
  return result;
}

inline std::uint32_t SyntheticChain::draw_place(Stream& random, std::uint32_t place, std::uint32_t own_tier,
                                                std::uint32_t tier) const noexcept {
  const std::uint32_t begin = tier_begin(tier);
  const std::uint32_t size = tier_begin(tier + 1) - begin;
  const std::uint64_t word = random();
  if (options_.layout == Layout::local && (word >> 32) < detail::near_below) {
    const std::uint32_t own_begin = tier_begin(own_tier);
    const std::uint64_t own_size = tier_begin(own_tier + 1) - own_begin;
    const std::uint64_t centre = std::uint64_t{place - own_begin} * size / own_size;
    const std::uint32_t window = std::min(size, 2 * detail::near_reach + 1);
    // The window is moved inwards at a tier's ends.
    const std::uint64_t low = std::min<std::uint64_t>(centre > window / 2 ? centre - window / 2 : 0, size - window);
    return begin + static_cast<std::uint32_t>(low) + detail::scaled_to(word << 32, window);
  }
  const std::uint64_t low_half = options_.layout == Layout::local ? word & 0xFFFFFFFFU : word >> 32;
  if (options_.preference == 0.5) return begin + detail::scaled_to(low_half * low_half, size);  // size · u²
  if (options_.preference == 0) return begin + detail::scaled_to(low_half << 32, size);
  const double fraction = std::pow(static_cast<double>(low_half) * 0x1p-32, 1.0 / (1.0 - options_.preference));
  return begin + std::min(size - 1, static_cast<std::uint32_t>(fraction * size));
}

template <class DrawTier>
void SyntheticChain::append_customers(Stream& random, std::uint32_t place, std::uint32_t tier, std::size_t wanted,
                                      DrawTier draw_tier, std::vector<std::uint32_t>& customers) const {
  const auto begin = static_cast<std::ptrdiff_t>(customers.size());
  const std::size_t full = customers.size() + wanted;
  for (int round = 0; round < 16 && customers.size() < full; ++round) {
    for (std::size_t missing = full - customers.size(); missing > 0; --missing) {
      const std::uint32_t drawn = draw_place(random, place, tier, draw_tier(random));
      if (drawn != place) customers.push_back(id_of(drawn));
    }
    std::sort(customers.begin() + begin, customers.end());
    customers.erase(std::unique(customers.begin() + begin, customers.end()), customers.end());
  }
}

inline void SyntheticChain::append_links(EnterpriseId i, std::vector<std::uint32_t>& customers,
                                         std::vector<float>& values) const {
  if (options_.mean_degree == 0) return;
  const std::uint32_t place = place_of(i.value);
  const std::uint32_t tier = tier_of(place);
  const std::uint32_t behind = tier_begin(tier + 1);  // enterprises in the own and earlier tiers
  Stream random = detail::generate_stream(options_.seed, detail::GenerateStream::links, place);
  const std::uint32_t degree = degrees_(random);
  std::size_t backward = 0;
  if (backward_below_ >> 32 != 0) {
    backward = degree;
  } else if (backward_below_ != 0) {
    for (std::uint32_t link = 0; link < degree; ++link) backward += (random() >> 32) < backward_below_ ? 1 : 0;
  }
  const auto begin = static_cast<std::ptrdiff_t>(customers.size());
  append_customers(
      random, place, tier, std::min<std::size_t>(degree - backward, options_.enterprises - behind),
      [&](Stream& word) {
        return std::min(tiers_ - 1, tier + 1 + static_cast<std::uint32_t>(std::countr_zero(word())));
      },
      customers);
  const auto middle = static_cast<std::ptrdiff_t>(customers.size());
  append_customers(
      random, place, tier, std::min<std::size_t>(backward, behind - 1),
      [&](Stream& word) { return tier == 0 ? 0 : detail::scaled_to(word(), tier + 1); }, customers);
  std::inplace_merge(customers.begin() + begin, customers.begin() + middle, customers.end());

  const double location = std::log(options_.value_median);
  Stream sizes = detail::generate_stream(options_.seed, detail::GenerateStream::values, place);
  for (auto link = begin; link < static_cast<std::ptrdiff_t>(customers.size()); ++link) {
    values.push_back(static_cast<float>(log_normal(sizes, location, options_.value_spread)));
  }
}

inline void generate_links(const SyntheticChain& chain, const std::function<void(const LinkBlock&)>& visit,
                           const GenerateRange& range, const Control& control) {
  struct Buffer {
    std::vector<std::uint32_t> supplier;
    std::vector<std::uint32_t> customer;
    std::vector<float> value;
  };
  if (range.suppliers_per_block == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"每块的供应企业数必须大于零。", "The number of suppliers in a block must be greater than zero."});
  }
  const std::uint64_t last = std::min(range.last, chain.enterprises());
  const std::uint64_t block = range.suppliers_per_block;
  std::vector<Buffer> buffers(std::size_t{executor_of(control).concurrency()} * 2);
  Progress progress(control, last > range.first ? last - range.first : 0);
  std::uint64_t visited = 0;
  for (std::uint64_t wave = range.first; wave < last; wave += block * buffers.size()) {
    const auto count = std::min<std::uint64_t>(buffers.size(), chunk_count(last - wave, block));
    for_chunks(control, count, 1, [&](std::size_t index, std::size_t, std::size_t) {
      Buffer& buffer = buffers[index];
      buffer.supplier.clear();
      buffer.customer.clear();
      buffer.value.clear();
      const std::uint64_t first = wave + index * block;
      for (std::uint64_t i = first; i < std::min(last, first + block); ++i) {
        const auto id = static_cast<std::uint32_t>(i);
        chain.append_links(EnterpriseId{id}, buffer.customer, buffer.value);
        buffer.supplier.resize(buffer.customer.size(), id);
      }
    });
    for (std::uint64_t index = 0; index < count; ++index) {
      const Buffer& buffer = buffers[index];
      const std::uint64_t first = wave + index * block;
      const std::uint64_t end = std::min(last, first + block);
      throw_if_cancelled(control);
      visit({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end), visited, buffer.supplier,
             buffer.customer, buffer.value});
      visited += buffer.customer.size();
      progress.add(end - first);
    }
  }
  progress.finish();
}

inline void generate_links(const GenerateOptions& options, const std::function<void(const LinkBlock&)>& visit,
                           const GenerateRange& range, const Control& control) {
  generate_links(SyntheticChain(options), visit, range, control);
}

inline Network generate_network(const GenerateOptions& options, const Control& control) {
  const SyntheticChain chain(options);
  const std::size_t n = chain.enterprises();
  std::vector<std::uint8_t> stage(n);
  std::vector<std::uint32_t> segment(n);
  std::vector<std::uint32_t> sector(n);
  for_chunks(control, n, 16384, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      const GeneratedEnterprise what = chain.enterprise(EnterpriseId{static_cast<std::uint32_t>(i)});
      stage[i] = static_cast<std::uint8_t>(what.stage);
      segment[i] = what.segment;
      sector[i] = what.sector;
    }
  });
  NetworkBuilder builder;
  generate_links(
      chain, [&](const LinkBlock& links) { builder.add(links.columns()); }, {}, phase_of(control, 0.0, 0.5));
  return builder.build({n, stage, segment, sector, {}}, phase_of(control, 0.5, 1.0));
}

inline GeneratedEnterprise generated_enterprise(const GenerateOptions& options, EnterpriseId i) {
  const SyntheticChain chain(options);
  if (i.value >= chain.enterprises()) {
    throw Error(ErrorCode::out_of_range,
                {"企业编号超出合成产业链的范围。", "The id is none of the chain's enterprises."});
  }
  return chain.enterprise(i);
}

}  // namespace v1
}  // namespace chainqual
