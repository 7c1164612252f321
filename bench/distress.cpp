// Distress (DebtRank) beside the obvious implementation, which goes over every row at every step, on the same network.
//
// The obvious one keeps each direction's exposures as compressed rows of doubles and two arrays of losses:
// h' = min(1, h + Σ F (h − h before)), every row at every step, to the same tolerance. One enterprise in distress, and
// one in a hundred; both published forms of ours, the 2015 one of the obvious. Both directions, one thread.
//
//   bench_distress [--n=1000000] [--degree=10] [--repetitions=5] [--growth=1]

#include <cmath>
#include <memory>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace {

using namespace chainqual;

/// One direction's exposures in the rows of those who are exposed.
class Obvious {
 public:
  Obvious(const Network& net, Along along) : rows_(impact_detail::make_rows(net, along, impact_detail::Side::effect)) {}

  /// @return losses; `steps` = steps taken.
  std::vector<double> run(const std::vector<double>& shock, double tolerance, std::uint32_t& steps) const {
    std::vector<double> before(shock.size(), 0.0);
    std::vector<double> now = shock;
    std::vector<double> next(shock.size());
    double change = 1;
    for (steps = 0; change > tolerance; ++steps) {
      change = 0;
      for (std::size_t v = 0; v < now.size(); ++v) {
        double sum = now[v];
        for (auto k = rows_.offsets[v]; k < rows_.offsets[v + 1]; ++k) {
          const std::uint32_t u = rows_.neighbours[k];
          sum += std::min(1.0, rows_.weights[k]) * (now[u] - before[u]);
        }
        next[v] = std::min(1.0, sum);
        change = std::max(change, next[v] - now[v]);
      }
      before.swap(now);
      now.swap(next);
    }
    return now;
  }

 private:
  impact_detail::Rows rows_;
};

std::vector<double> one_in(std::uint32_t n, std::uint32_t every) {
  std::vector<double> shock(n, 0.0);
  for (std::uint32_t v = every / 2; v < n; v += every) shock[v] = 0.5;
  return shock;
}

Control alone() {
  Control control;
  control.executor = &inline_executor();
  return control;
}

void time_on(std::uint32_t n, double degree, int repetitions) {
  GenerateOptions generate;
  generate.enterprises = n;
  generate.mean_degree = degree;
  generate.cyclic_share = 0.3;
  const Network net = generate_network(generate);
  const Obvious downstream(net, Along::downstream);
  const Obvious upstream(net, Along::upstream);
  for (const std::uint32_t every : {n, 100U}) {
    const std::vector<double> shock = one_in(n, every);
    DistressOptions options;
    options.spectral_radius = false;
    options.tolerance = 1e-6;
    const DistressResult ours = distress(net, shock, options, alone());
    std::uint32_t steps[2] = {};
    const auto down = downstream.run(shock, options.tolerance, steps[0]);
    const auto up = upstream.run(shock, options.tolerance, steps[1]);
    for (std::uint32_t v = 0; v < n; ++v) {
      bench::require(std::abs(ours.downstream[v] - down[v]) < 1e-9 && std::abs(ours.upstream[v] - up[v]) < 1e-9,
                     "a loss of distress");
    }
    const double link_steps = static_cast<double>(net.links()) * (steps[0] + steps[1]);
    const std::string label = every == n ? "one" : "every_100th";
    const auto name = [&](const char* who) { return std::to_string(n) + "/" + label + "/" + who; };
    bench::Contest contest;
    contest.enter(
        name("ours_2015"), {link_steps, 0}, [&] { benchmark::DoNotOptimize(distress(net, shock, options, alone())); },
        repetitions);
    DistressOptions once = options;
    once.variant = DistressVariant::once;
    contest.enter(
        name("ours_2012"), {link_steps, 0}, [&] { benchmark::DoNotOptimize(distress(net, shock, once, alone())); },
        repetitions);
    contest.enter(
        name("obvious_2015"), {link_steps, 0},
        [&] {
          std::uint32_t taken = 0;
          benchmark::DoNotOptimize(downstream.run(shock, options.tolerance, taken));
          benchmark::DoNotOptimize(upstream.run(shock, options.tolerance, taken));
        },
        repetitions);
    contest.run();
    std::printf("n = %u, m = %llu, shocked: %s; %u steps down, %u up; times per link and step of the obvious one\n", n,
                static_cast<unsigned long long>(net.links()), label.c_str(), steps[0], steps[1]);
    for (const char* who : {"ours_2015", "ours_2012", "obvious_2015"}) contest.print(name(who), name("ours_2015"));
    std::printf("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto n = static_cast<std::uint32_t>(std::stoul(bench::argument(argc, argv, "n", "1000000")));
  const double degree = std::stod(bench::argument(argc, argv, "degree", "10"));
  const int repetitions = std::stoi(bench::argument(argc, argv, "repetitions", "5"));
  const bool growth = bench::argument(argc, argv, "growth", "1") == "1";
  std::string program = argv[0];
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{program.data(), interleaved.data()};
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  bench::print_conditions("Distress, one thread, medians of " + std::to_string(repetitions));
  std::printf("pinned    %s\n\n", bench::pin(std::thread::hardware_concurrency() - 1) ? "to the last core" : "no");
  for (std::uint32_t size = 10'000; growth && size < n; size *= 10) time_on(size, degree, repetitions);
  time_on(n, degree, repetitions);
  return 0;
}
