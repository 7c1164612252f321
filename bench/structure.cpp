// Structure kernels. A visit is one link seen from one source (betweenness), or one link. Betweenness against Boost's
// Brandes and, where it is installed, igraph's on the same network (n enterprises, mean degree 8), in turn; components,
// dominators and articulation per link at 1 M enterprises. One and two pinned threads where a kernel is parallel.
// Medians of five.
//
// Growth: exact betweenness takes a visit of every link from every enterprise, 10 k and 30 k here (1 M would take
// hours); sampled with one error from 10 k to 1 M.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/chain/structure.hpp"

#if defined(CHAINQUAL_IGRAPH)
#include <igraph.h>
#endif

namespace {

using namespace chainqual;

const Network& network_of_size(std::uint32_t n) {
  static std::map<std::uint32_t, Network> made;
  auto& net = made[n];
  if (net.enterprises() != n) {
    GenerateOptions options;
    options.enterprises = n;
    options.mean_degree = 8;
    options.cyclic_share = 0.2;
    net = generate_network(options);
  }
  return net;
}

std::vector<double> boost_betweenness(const Network& net) {
  std::vector<double> values(net.enterprises(), 0.0);
  boost::brandes_betweenness_centrality(
      net, boost::centrality_map(boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, net)))
               .vertex_index_map(get(boost::vertex_index, net)));
  return values;
}

#if defined(CHAINQUAL_IGRAPH)
/// The network as igraph holds it.
class Igraph {
 public:
  explicit Igraph(const Network& net) {
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 2 * static_cast<igraph_integer_t>(net.links()));
    igraph_integer_t at = 0;
    for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
      for (const std::uint32_t u : net.customers(EnterpriseId{v})) {
        VECTOR(ends)[at++] = v;
        VECTOR(ends)[at++] = u;
      }
    }
    igraph_create(&graph_, &ends, net.enterprises(), IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
  }
  ~Igraph() { igraph_destroy(&graph_); }
  Igraph(const Igraph&) = delete;
  Igraph& operator=(const Igraph&) = delete;

  [[nodiscard]] std::vector<double> betweenness() const {
    igraph_vector_t result;
    igraph_vector_init(&result, 0);
    igraph_betweenness(&graph_, &result, igraph_vss_all(), IGRAPH_DIRECTED, nullptr);
    std::vector<double> values(VECTOR(result), VECTOR(result) + igraph_vector_size(&result));
    igraph_vector_destroy(&result);
    return values;
  }

 private:
  igraph_t graph_;
};

void betweenness_igraph(benchmark::State& state) {
  const Network& net = network_of_size(static_cast<std::uint32_t>(state.range(0)));
  const Igraph graph(net);
  for (auto _ : state) benchmark::DoNotOptimize(graph.betweenness());
}
#endif

/// Wall time of the timed loop per visit of a link.
class VisitClock {
 public:
  explicit VisitClock(double visits) : visits_(visits) {}
  void report(benchmark::State& state) const {
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start_;
    state.counters["ns/visit"] = spent.count() / static_cast<double>(state.iterations()) / visits_;
  }

 private:
  double visits_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Per source and link.
double visits_of(const Network& net) {
  return static_cast<double>(net.links()) * static_cast<double>(net.enterprises());
}

void betweenness_ours(benchmark::State& state) {
  const Network& net = network_of_size(static_cast<std::uint32_t>(state.range(0)));
  ThreadPool pool(static_cast<unsigned>(state.range(1)), true);
  const Control control{&pool, nullptr, {}};
  const VisitClock clock(visits_of(net));
  for (auto _ : state) benchmark::DoNotOptimize(betweenness(net, control));
  clock.report(state);
}

void betweenness_boost(benchmark::State& state) {
  const Network& net = network_of_size(static_cast<std::uint32_t>(state.range(0)));
  const VisitClock clock(visits_of(net));
  for (auto _ : state) benchmark::DoNotOptimize(boost_betweenness(net));
  clock.report(state);
}

void betweenness_sampled(benchmark::State& state) {
  const Network& net = network_of_size(static_cast<std::uint32_t>(state.range(0)));
  ThreadPool pool(static_cast<unsigned>(state.range(1)), true);
  const Control control{&pool, nullptr, {}};
  SampledBetweenness result;
  for (auto _ : state) result = sampled_betweenness(net, {.error = 0.01, .failure = 0.1, .seed = 1}, control);
  state.counters["samples"] = static_cast<double>(result.samples);
}

template <class Kernel>
void on_a_million(benchmark::State& state, Kernel kernel) {
  const Network& net = network_of_size(1'000'000);
  const VisitClock clock(static_cast<double>(net.links()));
  for (auto _ : state) benchmark::DoNotOptimize(kernel(net));
  clock.report(state);
}

bool check() {
  const Network& net = network_of_size(500);
  const auto ours = betweenness(net);
  const auto same = [&](const std::vector<double>& theirs) {
    for (std::size_t v = 0; v < ours.size(); ++v) {
      if (std::abs(ours[v] - theirs[v]) > 1e-9 * std::max(1.0, theirs[v])) return false;
    }
    return true;
  };
#if defined(CHAINQUAL_IGRAPH)
  if (!same(Igraph(net).betweenness())) return false;
#endif
  return same(boost_betweenness(net));
}

}  // namespace

int main(int argc, char** argv) {
  if (!check()) {
    std::fputs("betweenness differs from Boost's or igraph's\n", stderr);
    return 1;
  }
  bench::print_conditions("Structure: synthetic chains of mean degree 8, a fifth of the links leading back");
  const auto milliseconds = benchmark::kMillisecond;
  for (const std::int64_t n : {10'000, 30'000}) {
    benchmark::RegisterBenchmark("betweenness_growth", betweenness_ours)
        ->Args({n, 1})
        ->Iterations(1)
        ->Unit(milliseconds)
        ->UseRealTime();
  }
  for (const std::int64_t n : {2'000, 8'000}) {
    benchmark::RegisterBenchmark("betweenness", betweenness_ours)
        ->Args({n, 1})
        ->Args({n, 2})
        ->Unit(milliseconds)
        ->UseRealTime();
    benchmark::RegisterBenchmark("betweenness_boost", betweenness_boost)
        ->Args({n, 1})
        ->Unit(milliseconds)
        ->UseRealTime();
#if defined(CHAINQUAL_IGRAPH)
    benchmark::RegisterBenchmark("betweenness_igraph", betweenness_igraph)
        ->Args({n, 1})
        ->Unit(milliseconds)
        ->UseRealTime();
#endif
  }
  benchmark::RegisterBenchmark("betweenness_sampled", betweenness_sampled)
      ->Args({10'000, 1})
      ->Args({100'000, 1})
      ->Args({1'000'000, 1})
      ->Args({1'000'000, 2})
      ->Iterations(1)
      ->Unit(milliseconds)
      ->UseRealTime();
  const auto add = [&](const char* name, auto kernel) {
    benchmark::RegisterBenchmark(name, [kernel](benchmark::State& state) { on_a_million(state, kernel); })
        ->Iterations(1)
        ->Unit(milliseconds)
        ->UseRealTime();
  };
  add("strong_components", [](const Network& net) { return strong_components(net).count(); });
  add("dominators", [](const Network& net) {
    std::vector<std::uint32_t> sources;
    for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
      if (net.in_degree(EnterpriseId{v}) == 0) sources.push_back(v);
    }
    return dominators(net, sources).order.size();
  });
  add("articulation", [](const Network& net) { return articulation(net).points.size(); });
  std::string repetitions = "--benchmark_repetitions=5";
  std::string medians = "--benchmark_report_aggregates_only=true";
  std::vector<char*> arguments{argv[0], repetitions.data(), medians.data()};  // before what is given, which so wins
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
