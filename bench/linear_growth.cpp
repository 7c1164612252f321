// How a sweep of the linear model grows: 10^4 … 10^7 enterprises at mean degree 10, random and local order, for one
// vector and for sixteen, on one thread and on two (pinned), beside a plain CSR loop on one. Wall time, medians of runs
// in turn. Time per link should rise with the cache level that the losses fit in, never with n itself.
//
//   bench_linear_growth [--largest=10000000] [--degree=10]

#include <chrono>
#include <cmath>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/linear_plan-inl.hpp"
#include "chainqual/impact/linear_plan.hpp"

namespace {

using namespace chainqual;

struct Contender {
  const char* name;
  double links;  ///< times vectors
  std::function<void()> run;
};

/// Nanoseconds per link and vector; small networks are swept often enough to be told from the clock's own steps.
std::vector<double> medians(const std::vector<Contender>& contenders, double links) {
  constexpr std::size_t repetitions = 7;
  const auto sweeps = static_cast<int>(std::max(1.0, 2e6 / links));
  std::vector<std::vector<double>> times(contenders.size());
  for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      for (int k = 0; k < sweeps; ++k) contenders[i].run();
      const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
      times[i].push_back(taken.count() / sweeps / contenders[i].links);
    }
  }
  std::vector<double> out;
  for (auto& each : times) {
    std::nth_element(each.begin(), each.begin() + repetitions / 2, each.end());
    out.push_back(each[repetitions / 2]);
  }
  return out;
}

Control on(Executor& executor) {
  Control control;
  control.executor = &executor;
  return control;
}

/// Single-precision rows in the chain's own order, as a plain loop takes them.
struct Plain {
  std::span<const std::uint64_t> offsets;
  std::span<const std::uint32_t> ids;
  LargeArray<float> weights;
  void sweep(const float* x, float* y) const {
    for (std::size_t v = 0; v + 1 < offsets.size(); ++v) {
      float sum = 0;
      for (auto k = offsets[v]; k < offsets[v + 1]; ++k) sum += weights[k] * x[ids[k]];
      y[v] = sum;
    }
  }
};

void grow(std::uint32_t n, double degree, Layout layout, Executor& two) {
  GenerateOptions options;
  options.enterprises = n;
  options.mean_degree = degree;
  options.cyclic_share = 0.3;
  options.layout = layout;
  const Network net = generate_network(options);
  const LinearPlan plan(net);
  Plain plain{net.in_offsets(), net.in_sources(), LargeArray<float>(net.links())};
  {
    const auto rows = impact_detail::make_rows(net, Along::downstream, impact_detail::Side::effect);
    for (std::uint64_t k = 0; k < net.links(); ++k) plain.weights[k] = static_cast<float>(rows.weights[k]);
  }
  const std::size_t places = std::max(plan.size(), std::size_t{n});
  LargeArray<float> x(impact_detail::roomy(places));
  LargeArray<float> y(impact_detail::roomy(places));
  LargeArray<float> wide_x(16 * plan.size());
  LargeArray<float> wide_y(16 * plan.size());
  for (auto* array : {&x, &y, &wide_x, &wide_y}) array->fill(0.5F);
  Executor& one = inline_executor();
  const auto sweep = [&](Executor& executor) {
    plan.sweep({x.data(), plan.size()}, {y.data(), plan.size()}, on(executor));
  };
  const auto sweep16 = [&](Executor& executor) {
    plan.sweep16({wide_x.data(), wide_x.size()}, {wide_y.data(), wide_y.size()}, on(executor));
  };
  // The oracle: with every entry one half, ours and the plain loop must agree however they are ordered.
  plain.sweep(x.data(), y.data());
  const std::vector<float> expected(y.data(), y.data() + n);
  sweep(two);
  sweep16(two);
  for (std::uint32_t v = 0; v < n; ++v) {
    const std::size_t place = plan.places()[v];
    bench::require(std::abs(y[place] - expected[v]) < 1e-4F && std::abs(wide_y[16 * place + 7] - expected[v]) < 1e-4F,
                   "a sweep");
  }
  const auto links = static_cast<double>(net.links());
  const std::vector<Contender> contenders{{"one vector, one thread", links, [&] { sweep(one); }},
                                          {"one vector, two threads", links, [&] { sweep(two); }},
                                          {"sixteen, one thread", 16 * links, [&] { sweep16(one); }},
                                          {"sixteen, two threads", 16 * links, [&] { sweep16(two); }},
                                          {"plain loop, one thread", links, [&] { plain.sweep(x.data(), y.data()); }}};
  const auto times = medians(contenders, links);
  std::printf("%9u %10.0f  %-6s", n, links, layout == Layout::local ? "local" : "random");
  for (const double time : times) std::printf("  %6.3f", time);
  std::printf("   %5.2f  %5.2f  %5.2f   %5.1f\n", times[4] / times[0], times[0] / times[1], times[2] / times[3],
              static_cast<double>(plan.memory()) / links);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const auto largest = std::stoul(bench::argument(argc, argv, "largest", "10000000"));
  const double degree = std::stod(bench::argument(argc, argv, "degree", "10"));
  bench::print_conditions("Growth of linear sweeps, ns a link and vector (wall time)");
  ThreadPool two(2, true);
  std::printf(
      "        n      links  order      1·1     1·2    16·1    16·2   plain   plain/ours  1·1/1·2  16·1/16·2  bytes a "
      "link\n");
  for (unsigned long n = 10'000; n <= largest; n *= 10) {
    for (const Layout layout : {Layout::random_order, Layout::local})
      grow(static_cast<std::uint32_t>(n), degree, layout, two);
  }
  return 0;
}
