#pragma once

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/chain/builder_sort-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Links as they come to the sort: blocks of at most `links_per_block`, each let go when it has been read.
struct LinkSource {
  std::uint64_t links = 0;
  std::uint64_t values_assumed = 0;
  bool shares = false;
  std::function<LinkColumns(std::size_t block)> block;
  std::function<void(std::size_t block)> release = {};
};

/// The arrays of a network that was built here.
struct NetworkArrays {
  OutArrays out;
  LargeArray<std::uint64_t> in_offsets;
  LargeArray<std::uint32_t> in_sources;
  LargeArray<float> in_values;
  LargeArray<std::uint8_t> stage;
  LargeArray<std::uint32_t> segment;
  LargeArray<std::uint32_t> sector;
  LargeArray<double> weight;
};

template <class T>
[[nodiscard]] LargeArray<T> copy_of(std::span<const T> values) {
  LargeArray<T> copy(values.size());
  std::copy(values.begin(), values.end(), copy.data());
  return copy;
}

template <class T>
[[nodiscard]] LargeArray<T> cut_to(LargeArray<T> array, std::uint64_t size) {
  return array.size() == size ? std::move(array) : copy_of<T>(array.view().first(static_cast<std::size_t>(size)));
}

/// Calls fn(read) with the cheapest reader of a column: read(i) → float.
template <class Fn>
void with_reader(const RealColumn& column, Fn&& fn) {
  if (column.empty()) {
    fn([](std::size_t) { return 1.0F; });
  } else if (column.floats() != nullptr) {
    fn([values = column.floats()](std::size_t i) { return values[i]; });
  } else {
    fn([&column](std::size_t i) { return static_cast<float>(column[i]); });
  }
}

class NetworkSort {
 public:
  NetworkSort(const EnterpriseColumns& enterprises, LinkSource source, const BuildOptions& options,
              const Control& control)
      : enterprises_(enterprises),
        source_(std::move(source)),
        options_(options),
        control_(control),
        n_(enterprises.enterprises),
        words_(source_.shares ? share_words : plain_words),
        progress_(control, 5 * source_.links) {}

  [[nodiscard]] Network run() {
    const Buckets buckets(n_, source_.links);
    partition(buckets);
    arrays_->out.targets = LargeArray<std::uint32_t>(size(source_.links));
    arrays_->out.values = LargeArray<float>(size(source_.links));
    arrays_->out.offsets = LargeArray<std::uint64_t>(size(n_) + 1);
    if (source_.shares) {
      arrays_->out.dependency = LargeArray<float>(size(source_.links));
      arrays_->out.escape = LargeArray<float>(size(source_.links));
      fill_out<SharedLink>(buckets);
    } else {
      fill_out<std::uint64_t>(buckets);
    }
    transpose();
    records_ = {};
    settle_mixed();
    copy_columns();
    progress_.finish();
    return network();
  }

 private:
  [[nodiscard]] static std::size_t size(std::uint64_t count) { return static_cast<std::size_t>(count); }

  void partition(const Buckets& buckets) {
    const std::size_t blocks = chunk_count(size(source_.links), links_per_block);
    std::vector<std::uint64_t> cursors(blocks * buckets.count, 0);
    for_chunks(control_, blocks, 1, [&](std::size_t block, std::size_t, std::size_t) {
      const LinkColumns links = source_.block(block);
      std::uint64_t* mine = cursors.data() + block * buckets.count;
      for (const std::uint32_t row : links.supplier) ++mine[buckets.of(row)];
      progress_.add(links.supplier.size());
    });
    place_blocks(cursors, blocks, buckets.count, starts_);
    records_ = LargeArray<std::uint32_t>(size(source_.links) * words_);
    for_chunks(control_, blocks, 1, [&](std::size_t block, std::size_t, std::size_t) {
      const LinkColumns links = source_.block(block);
      scatter(links, buckets, cursors.data() + block * buckets.count);
      progress_.add(links.supplier.size());
      if (source_.release) source_.release(block);
    });
  }

  void scatter(const LinkColumns& links, const Buckets& buckets, std::uint64_t* cursors) {
    std::uint32_t* const records = records_.data();
    const float none = std::numeric_limits<float>::quiet_NaN();
    with_reader(links.value, [&](auto value) {
      for (std::size_t l = 0; l < links.supplier.size(); ++l) {
        const std::uint32_t row = links.supplier[l];
        std::uint32_t* record = records + cursors[buckets.of(row)]++ * words_;
        record[0] = row;
        record[1] = links.customer[l];
        record[2] = std::bit_cast<std::uint32_t>(value(l) + 0.0F);  // −0 becomes 0, whose bits order rightly
        if (words_ == plain_words) continue;
        const auto share = [&](const RealColumn& column) {
          const float given = column.empty() ? none : static_cast<float>(column[l]);
          return std::bit_cast<std::uint32_t>(std::isnan(given) ? none : given + 0.0F);
        };
        record[3] = share(links.dependency);
        record[4] = share(links.escape);
      }
    });
  }

  template <class Key>
  void fill_out(const Buckets& buckets) {
    constexpr std::size_t grain = 8;
    OutArrays& out = arrays_->out;
    std::vector<std::uint64_t> kept(buckets.count, 0);
    std::vector<BucketCounts> counts(chunk_count(buckets.count, grain));
    for_chunks(control_, buckets.count, grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
      std::vector<std::uint64_t> cursors;
      std::vector<Key> scratch;
      for (std::size_t b = begin; b < end; ++b) {
        const std::uint64_t count = starts_[b + 1] - starts_[b];
        kept[b] = fill_out_bucket(records_.data() + starts_[b] * words_, count, starts_[b], buckets.first_row(b),
                                  std::min(n_, buckets.first_row(b + 1)), options_.keep_self_supply, cursors, scratch,
                                  out, counts[chunk]);
        progress_.add(count);
      }
    });
    for (auto& part : counts) {
      summary_.self_supply_dropped += part.self_supply;
      summary_.parallel_merged += part.merged;
      mixed_.insert(mixed_.end(), part.mixed.begin(), part.mixed.end());
    }
    close_gaps(buckets, kept);
  }

  /// Buckets were written where they would lie if no link had been merged or dropped: moves them together.
  void close_gaps(const Buckets& buckets, const std::vector<std::uint64_t>& kept) {
    OutArrays& out = arrays_->out;
    links_ = 0;
    for (std::size_t b = 0; b < buckets.count; ++b) {
      const auto from = static_cast<std::ptrdiff_t>(starts_[b]);
      const auto length = static_cast<std::ptrdiff_t>(kept[b]);
      const auto move = [&](auto& array) {
        if (array.size() == 0 || starts_[b] == links_) return;
        std::copy(array.data() + from, array.data() + from + length, array.data() + links_);
      };
      move(out.targets);
      move(out.values);
      move(out.dependency);
      move(out.escape);
      for (std::uint64_t r = buckets.first_row(b); r < std::min(n_, buckets.first_row(b + 1)); ++r) {
        out.offsets[size(r)] += links_;
      }
      links_ += kept[b];
    }
    out.offsets[size(n_)] = links_;
    out.targets = cut_to(std::move(out.targets), links_);
    out.values = cut_to(std::move(out.values), links_);
    if (source_.shares) {
      out.dependency = cut_to(std::move(out.dependency), links_);
      out.escape = cut_to(std::move(out.escape), links_);
    }
  }

  /// The supplier rows, scattered to buckets of customers in supplier order, then to customers: stable, so rows come
  /// out sorted.
  void transpose() {
    const OutArrays& out = arrays_->out;
    const Buckets buckets(n_, links_);
    const std::size_t blocks = chunk_count(size(links_), links_per_block);
    std::vector<std::uint64_t> cursors(blocks * buckets.count, 0);
    for_chunks(control_, size(links_), links_per_block, [&](std::size_t begin, std::size_t end, std::size_t block) {
      std::uint64_t* mine = cursors.data() + block * buckets.count;
      for (std::size_t l = begin; l < end; ++l) ++mine[buckets.of(out.targets[l])];
    });
    place_blocks(cursors, blocks, buckets.count, starts_);
    for_chunks(control_, size(links_), links_per_block, [&](std::size_t begin, std::size_t end, std::size_t block) {
      std::uint64_t* mine = cursors.data() + block * buckets.count;
      const std::uint64_t* offsets = out.offsets.data();
      auto supplier = static_cast<std::uint64_t>(std::upper_bound(offsets, offsets + n_ + 1, begin) - offsets - 1);
      for (std::size_t l = begin; l < end; ++l) {
        while (offsets[supplier + 1] <= l) ++supplier;
        const std::uint32_t customer = out.targets[l];
        std::uint32_t* record = records_.data() + mine[buckets.of(customer)]++ * plain_words;
        record[0] = customer;
        record[1] = static_cast<std::uint32_t>(supplier);
        record[2] = std::bit_cast<std::uint32_t>(out.values[l]);
      }
      progress_.add(end - begin);
    });
    arrays_->in_offsets = LargeArray<std::uint64_t>(size(n_) + 1);
    arrays_->in_sources = LargeArray<std::uint32_t>(size(links_));
    arrays_->in_values = LargeArray<float>(size(links_));
    arrays_->in_offsets[size(n_)] = links_;
    for_chunks(control_, buckets.count, 8, [&](std::size_t begin, std::size_t end, std::size_t) {
      std::vector<std::uint64_t> places;
      for (std::size_t b = begin; b < end; ++b) fill_in_bucket(buckets, b, places);
    });
  }

  void fill_in_bucket(const Buckets& buckets, std::size_t bucket, std::vector<std::uint64_t>& places) {
    const std::uint64_t first_row = buckets.first_row(bucket);
    const auto rows = size(std::min(n_, buckets.first_row(bucket + 1)) - first_row);
    const std::uint64_t first = starts_[bucket];
    const std::uint64_t last = starts_[bucket + 1];
    const std::uint32_t* records = records_.data();
    places.assign(rows + 1, 0);
    places[0] = first;
    for (std::uint64_t l = first; l < last; ++l) ++places[records[l * plain_words] - first_row + 1];
    for (std::size_t r = 0; r < rows; ++r) {
      places[r + 1] += places[r];
      arrays_->in_offsets[size(first_row) + r] = places[r];
    }
    for (std::uint64_t l = first; l < last; ++l) {
      const std::uint32_t* record = records + l * plain_words;
      const auto place = size(places[record[0] - first_row]++);
      arrays_->in_sources[place] = record[1];
      arrays_->in_values[place] = std::bit_cast<float>(record[2]);
    }
    progress_.add(last - first);
  }

  /// Parallel links of which some lack a dependency get it now that the customers' inputs are known.
  void settle_mixed() {
    OutArrays& out = arrays_->out;
    for (const MixedLink& link : mixed_) {
      double inputs = 0;
      for (auto k = arrays_->in_offsets[link.customer]; k < arrays_->in_offsets[link.customer + 1]; ++k) {
        inputs += static_cast<double>(arrays_->in_values[size(k)]);
      }
      const auto* row = out.targets.data() + out.offsets[link.supplier];
      const auto* end = out.targets.data() + out.offsets[link.supplier + 1];
      const auto place =
          size(static_cast<std::uint64_t>(std::lower_bound(row, end, link.customer) - out.targets.data()));
      const double share = inputs > 0 ? link.value / inputs : 0.0;
      const double through = inputs > 0 ? link.value_through / inputs : 0.0;
      const double dependency = link.given + share;
      out.dependency[place] = share_of(dependency);
      if (!std::isnan(out.escape[place]) && dependency > 0) {
        out.escape[place] = share_of((link.given_through + through) / dependency);
      }
    }
  }

  void copy_columns() {
    arrays_->stage = copy_of(enterprises_.stage);
    arrays_->segment = copy_of(enterprises_.segment);
    arrays_->sector = copy_of(enterprises_.sector);
    arrays_->weight = LargeArray<double>(enterprises_.weight.size());
    for (std::size_t i = 0; i < enterprises_.weight.size(); ++i) arrays_->weight[i] = enterprises_.weight[i];
  }

  [[nodiscard]] Network network() {
    summary_.links_given = source_.links;
    summary_.values_assumed = source_.values_assumed;
    NetworkParts parts;
    parts.enterprises = static_cast<std::uint32_t>(n_);
    parts.out_offsets = arrays_->out.offsets.view();
    parts.out_targets = arrays_->out.targets.view();
    parts.out_values = arrays_->out.values.view();
    parts.in_offsets = arrays_->in_offsets.view();
    parts.in_sources = arrays_->in_sources.view();
    parts.in_values = arrays_->in_values.view();
    parts.dependency = arrays_->out.dependency.view();
    parts.escape = arrays_->out.escape.view();
    parts.stage = arrays_->stage.view();
    parts.segment = arrays_->segment.view();
    parts.sector = arrays_->sector.view();
    parts.weight = arrays_->weight.view();
    parts.summary = summary_;
    parts.owner = std::move(arrays_);
    return Network::from_parts(std::move(parts), PartsCheck::shape);
  }

  const EnterpriseColumns& enterprises_;
  LinkSource source_;
  BuildOptions options_;
  const Control& control_;
  std::uint64_t n_;
  std::size_t words_;
  Progress progress_;
  std::uint64_t links_ = 0;
  LargeArray<std::uint32_t> records_;
  std::vector<std::uint64_t> starts_;
  std::vector<MixedLink> mixed_;
  BuildSummary summary_;
  std::shared_ptr<NetworkArrays> arrays_ = std::make_shared<NetworkArrays>();
};

/// As build_network; `values_assumed` of the values were not given to the caller either.
[[nodiscard]] inline Network build_with_assumed(const NetworkColumns& columns, std::uint64_t values_assumed,
                                                const BuildOptions& options, const Control& control) {
  throw_if_errors(columns_findings(columns, control));
  LinkSource source;
  source.links = columns.supplier.size();
  source.values_assumed = values_assumed;
  source.shares = !columns.dependency.empty() || !columns.escape.empty();
  source.block = [&columns](std::size_t block) { return slice(columns, block * links_per_block, links_per_block); };
  return NetworkSort(columns, std::move(source), options, control).run();
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
