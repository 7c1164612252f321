// Building a Network from columns and from blocks, against Boost's own compressed graph. Links come in random order.
// One and two pinned threads. CHAINQUAL_BENCH_LARGE=1 adds 10 M enterprises and 100 M links (some 5 GiB).

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "bench_common.hpp"
#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/generate.hpp"

namespace {

using namespace chainqual;

struct Columns {
  std::uint32_t n = 0;
  LargeArray<std::uint32_t> supplier;
  LargeArray<std::uint32_t> customer;
  LargeArray<float> value;

  [[nodiscard]] NetworkColumns view() const {
    NetworkColumns columns;
    columns.enterprises = n;
    columns.supplier = supplier.view();
    columns.customer = customer.view();
    columns.value = value.view();
    return columns;
  }
};

/// The synthetic chain's links, link k at place k · stride mod m: as good as shuffled, and quick.
Columns make_columns(std::uint32_t n) {
  GenerateOptions options;
  options.enterprises = n;
  options.mean_degree = 10;
  const SyntheticChain chain(options);
  std::uint64_t m = 0;
  generate_links(chain, [&](const LinkBlock& block) { m += block.supplier.size(); });
  std::uint64_t stride = m / 2 + 12'345;
  while (std::gcd(stride, m) != 1) ++stride;
  Columns columns{n, LargeArray<std::uint32_t>(m), LargeArray<std::uint32_t>(m), LargeArray<float>(m)};
  std::uint64_t place = 0;
  generate_links(chain, [&](const LinkBlock& block) {
    for (std::size_t k = 0; k < block.supplier.size(); ++k) {
      columns.supplier[place] = block.supplier[k];
      columns.customer[place] = block.customer[k];
      columns.value[place] = block.value[k];
      place = (place + stride) % m;
    }
  });
  return columns;
}

const Columns& columns_of(std::uint32_t n) {
  static std::map<std::uint32_t, std::unique_ptr<Columns>> made;
  auto& columns = made[n];
  if (!columns) {
    made.clear();  // one size at a time
    made[n] = std::make_unique<Columns>(make_columns(n));
    return *made[n];
  }
  return *columns;
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

/// Wall time of the timed loop per link.
class LinkClock {
 public:
  explicit LinkClock(std::uint64_t links) : links_(static_cast<double>(links)) {}
  void report(benchmark::State& state) const {
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start_;
    state.counters["links"] = links_;
    state.counters["ns/link"] = spent.count() / static_cast<double>(state.iterations()) / links_;
  }

 private:
  double links_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void report_memory(benchmark::State& state, const Network& net) {
  state.counters["rest_B/link"] = static_cast<double>(net.memory()) / static_cast<double>(net.links());
  state.counters["peak_GiB"] = peak_gib();
}

void from_columns(benchmark::State& state) {
  const Columns& columns = columns_of(static_cast<std::uint32_t>(state.range(0)));
  ThreadPool pool(static_cast<unsigned>(state.range(1)), true);
  const Control control{&pool, nullptr, {}};
  Network net;
  const LinkClock clock(columns.supplier.size());
  for (auto _ : state) {
    net = Network();
    net = build_network(columns.view(), control);
    benchmark::DoNotOptimize(net);
  }
  clock.report(state);
  report_memory(state, net);
}

void from_blocks(benchmark::State& state) {
  const Columns& columns = columns_of(static_cast<std::uint32_t>(state.range(0)));
  ThreadPool pool(static_cast<unsigned>(state.range(1)), true);
  const Control control{&pool, nullptr, {}};
  constexpr std::size_t block = 65'536;
  Network net;
  const LinkClock clock(columns.supplier.size());
  for (auto _ : state) {
    net = Network();
    NetworkBuilder builder;
    for (std::size_t begin = 0; begin < columns.supplier.size(); begin += block) {
      const std::size_t count = std::min(block, columns.supplier.size() - begin);
      LinkColumns links;
      links.supplier = columns.supplier.view().subspan(begin, count);
      links.customer = columns.customer.view().subspan(begin, count);
      links.value = columns.value.view().subspan(begin, count);
      builder.add(links);
    }
    net = builder.build(columns.view(), control);
    benchmark::DoNotOptimize(net);
  }
  clock.report(state);
  report_memory(state, net);
}

/// Boost's compressed graph, both directions: the nearest thing in a published C++ library.
void boost_compressed(benchmark::State& state) {
  const Columns& columns = columns_of(static_cast<std::uint32_t>(state.range(0)));
  using Graph = boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                                   boost::property<boost::edge_weight_t, float>>;
  std::vector<std::pair<std::size_t, std::size_t>> ends;
  ends.reserve(columns.supplier.size());
  for (std::size_t k = 0; k < columns.supplier.size(); ++k) ends.emplace_back(columns.supplier[k], columns.customer[k]);
  const LinkClock clock(columns.supplier.size());
  for (auto _ : state) {
    const Graph graph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), columns.value.data(), columns.n);
    benchmark::DoNotOptimize(boost::num_edges(graph));
  }
  clock.report(state);
}

/// The result against a sorted list of triples, before anything is timed.
bool check() {
  const Columns columns = make_columns(10'000);
  const Network net = build_network(columns.view());
  static_cast<void>(Network::from_parts(net.parts(), PartsCheck::full));
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> sums;
  for (std::size_t k = 0; k < columns.supplier.size(); ++k) {
    if (columns.supplier[k] != columns.customer[k]) {
      sums[{columns.supplier[k], columns.customer[k]}] += static_cast<double>(columns.value[k]);
    }
  }
  if (sums.size() != net.links()) return false;
  std::uint64_t l = 0;
  for (const auto& [ends, sum] : sums) {
    if (net.supplier(LinkId{l}).value != ends.first || net.out_targets()[l] != ends.second) return false;
    if (std::abs(static_cast<double>(net.out_values()[l]) - sum) > 1e-6 * sum) return false;
    ++l;
  }
  return true;
}

void register_all() {
  constexpr std::int64_t million = 1'000'000;
  for (const std::int64_t n : {million / 10, million}) {
    for (const std::int64_t threads : {1, 2}) {
      benchmark::RegisterBenchmark("from_columns", from_columns)
          ->Args({n, threads})
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime()
          ->Iterations(1)
          ->Repetitions(5)
          ->ReportAggregatesOnly();
      benchmark::RegisterBenchmark("from_blocks", from_blocks)
          ->Args({n, threads})
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime()
          ->Iterations(1)
          ->Repetitions(5)
          ->ReportAggregatesOnly();
    }
    benchmark::RegisterBenchmark("boost_compressed", boost_compressed)
        ->Args({n, 1})
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->Iterations(1)
        ->Repetitions(5)
        ->ReportAggregatesOnly();
  }
  if (std::getenv("CHAINQUAL_BENCH_LARGE") == nullptr) return;
  for (const std::int64_t threads : {1, 2}) {
    benchmark::RegisterBenchmark("from_columns", from_columns)
        ->Args({10 * million, threads})
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->Iterations(1)
        ->Repetitions(5)
        ->ReportAggregatesOnly();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (!check()) {
    std::fputs("the built network differs from the oracle's\n", stderr);
    return 1;
  }
  bench::print_conditions("Building a Network: mean degree 10, power law, links in random order");
  register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
