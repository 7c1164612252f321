// Systemic risk: closing one enterprise after another, beside one-at-a-time dense sweeps, lanes alone, fronts alone.
//
// Networks: 10 k enterprises and 78 k links of 616 sectors, cyclic, a quarter of all pairs of sectors essential; 100 k
// and 250 k links, 1 M and 3 M links, staged and cyclic, 15 % essential, the rest ordinary; ε = 0.01. In those called
// open half of every enterprise's revenue and of its cost lies outside the chain; in the others none. Every contender
// works out the same sample of scenarios. Dense sweeps: plain CSR rows in both directions, float weights, losses in
// single precision, sums in double, every row at every step, as one writes it who takes care. Times are processor time
// without the preparation, which is printed apart.
//
//   bench_systemic_risk [--network=dense|staged|cyclic|open|staged_1m|cyclic_1m|open_1m|growth|all]
//                       [--repetitions=5] [--threads=1]
//
// "growth": 10 k, 100 k and 1 M enterprises of mean degree 10, staged.

#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/core/random.hpp"
#include "chainqual/impact/systemic_risk-inl.hpp"
#include "chainqual/impact/systemic_risk.hpp"

namespace {

using namespace chainqual;

/// One scenario at a time, every row at every step.
class DenseSweeps {
 public:
  DenseSweeps(const Network& net, const impact_detail::CascadeModel& model, std::vector<double> weight)
      : n_(net.enterprises()),
        in_first_(model.first),
        essential_(model.essential),
        suppliers_(model.entries()),
        in_weights_(model.entries()),
        out_first_(net.out_offsets().begin(), net.out_offsets().end()),
        customers_(net.links()),
        out_weights_(net.links()),
        weight_(std::move(weight)) {
    groups_.push_back(0);
    for (std::uint32_t j = 0; j < n_; ++j) {
      for (auto k = model.first[j]; k < model.first[j + 1]; ++k) {
        suppliers_[k] = model.suppliers[k];
        in_weights_[k] = static_cast<float>(model.weights[k]);
      }
      for (auto k = model.essential[j]; k < model.first[j + 1];) {
        const auto end = model.group_end(k, j);
        group_ends_.push_back(end);
        k = end;
      }
      groups_.push_back(group_ends_.size());
    }
    std::vector<std::uint64_t> at(out_first_.begin(), out_first_.end());
    for (std::uint32_t j = 0; j < n_; ++j) {
      for (auto k = net.in_offsets()[j]; k < net.in_offsets()[j + 1]; ++k) {
        const auto l = at[net.in_sources()[k]]++;
        customers_[l] = j;
        out_weights_[l] = static_cast<float>(model.orders[k]);
      }
    }
    for (const double v : weight_) total_ += v;
    for (auto* array : {&down_, &next_down_, &up_, &next_up_}) *array = LargeArray<float>(impact_detail::roomy(n_));
  }

  struct Answer {
    double index;
    std::uint32_t steps;
  };

  Answer close(std::uint32_t closed, float tolerance) {
    for (auto* array : {&down_, &up_}) {
      array->fill(0);
      (*array)[closed] = 1;
    }
    std::uint32_t steps = 0;
    for (float fall = 1; fall > tolerance; ++steps) {
      fall = std::max(sweep_down(closed), sweep_up(closed));
      std::swap(down_, next_down_);
      std::swap(up_, next_up_);
    }
    double lost = 0;
    for (std::uint32_t v = 0; v < n_; ++v) lost += weight_[v] * static_cast<double>(std::max(down_[v], up_[v]));
    return {lost / total_, steps};
  }

 private:
  float sweep_down(std::uint32_t closed) {
    const float* const x = down_.data();
    float fall = 0;
    for (std::uint32_t j = 0; j < n_; ++j) {
      auto k = in_first_[j];
      double ordinary = 0;
      for (; k < essential_[j]; ++k) ordinary += static_cast<double>(in_weights_[k] * x[suppliers_[k]]);
      double most = ordinary;
      for (auto g = groups_[j]; g < groups_[j + 1]; ++g) {
        double lack = 0;
        for (; k < group_ends_[g]; ++k) lack += static_cast<double>(in_weights_[k] * x[suppliers_[k]]);
        most = std::max(most, lack);
      }
      const float loss = j == closed ? 1.0F : static_cast<float>(std::min(1.0, most));
      fall = std::max(fall, loss - x[j]);
      next_down_[j] = loss;
    }
    return fall;
  }

  float sweep_up(std::uint32_t closed) {
    const float* const x = up_.data();
    float fall = 0;
    for (std::uint32_t i = 0; i < n_; ++i) {
      double lack = 0;
      for (auto k = out_first_[i]; k < out_first_[i + 1]; ++k) {
        lack += static_cast<double>(out_weights_[k] * x[customers_[k]]);
      }
      const float loss = i == closed ? 1.0F : static_cast<float>(std::min(1.0, lack));
      fall = std::max(fall, loss - x[i]);
      next_up_[i] = loss;
    }
    return fall;
  }

  std::uint32_t n_;
  std::vector<std::uint64_t> in_first_, essential_, groups_, group_ends_;
  LargeArray<std::uint32_t> suppliers_;
  LargeArray<float> in_weights_;
  std::vector<std::uint64_t> out_first_;
  LargeArray<std::uint32_t> customers_;
  LargeArray<float> out_weights_;
  std::vector<double> weight_;
  double total_ = 0;
  LargeArray<float> down_, next_down_, up_, next_up_;
};

struct Shape {
  std::string name;
  std::uint32_t n;
  double degree;
  double cyclic_share;
  std::uint32_t sectors;
  double essential;
  std::uint32_t sample;
  std::uint32_t dense_sample;  ///< its first so many are worked out by the slow ones, too
  bool open = false;           ///< revenue and cost are twice what is sold and bought inside the chain
};

Network network_of(const Shape& shape) {
  GenerateOptions options;
  options.enterprises = shape.n;
  options.mean_degree = shape.degree;
  options.cyclic_share = shape.cyclic_share;
  options.sectors = shape.sectors;
  return generate_network(options);
}

SystemicRiskOptions options_for(const Shape& shape, const Network& net) {
  SystemicRiskOptions options;
  options.cascade.essentiality.sectors = shape.sectors;
  Stream random(1, 0, 0, 0);
  for (std::uint64_t k = 0; k < std::uint64_t{shape.sectors} * shape.sectors; ++k) {
    options.cascade.essentiality.by_sector.push_back(random.uniform() < shape.essential ? 2 : 1);
  }
  if (shape.open) {
    for (std::uint32_t v = 0; v < shape.n; ++v) {
      const auto twice = [v](std::span<const std::uint64_t> first, std::span<const float> values) {
        double sum = 0;
        for (auto k = first[v]; k < first[v + 1]; ++k) sum += 2 * static_cast<double>(values[k]);
        return sum;
      };
      options.cascade.revenue.push_back(twice(net.out_offsets(), net.out_values()));
      options.cascade.cost.push_back(twice(net.in_offsets(), net.in_values()));
    }
  }
  return options;
}

/// One way of ours, prepared.
struct Ours {
  std::optional<impact_detail::RiskEngine> engine;
  SystemicRiskResult result;
};

struct Bench {
  Shape shape;
  Network net;
  SystemicRiskOptions options;
  impact_detail::CascadeModel model;
  std::vector<double> weight;
  std::vector<std::uint32_t> sample;
  std::map<std::string, Ours> ours;
  double prepared = 0;

  explicit Bench(const Shape& of) : shape(of), net(network_of(of)), options(options_for(of, net)) {
    const auto start = std::clock();
    model = impact_detail::make_cascade(net, options.cascade, {});
    weight = default_weight(net);
    for (std::uint32_t k = 0; k < shape.sample; ++k) {
      sample.push_back(static_cast<std::uint32_t>((k * 2654435761ULL + 17) % shape.n));
    }
    enter("ours", CascadeMethod::automatic);
    prepared = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    enter("lanes", CascadeMethod::lanes);
    enter("front", CascadeMethod::front);
  }

  void enter(const std::string& name, CascadeMethod method) {
    options.method = method;
    ours[name].engine.emplace(net, model, weight, options);
  }

  void run(const std::string& name, std::size_t count, Executor& executor) {
    Ours& way = ours.at(name);
    impact_detail::Scenarios scenarios;
    scenarios.n = shape.n;
    scenarios.count = count;
    scenarios.closed.assign(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(count));
    Control control;
    control.executor = &executor;
    way.result = impact_detail::columns_for(count);
    way.engine->run(scenarios, control, way.result);
  }

  [[nodiscard]] double links_steps(const std::vector<std::uint32_t>& steps, std::size_t count) const {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += steps[k];
    return sum * 2 * static_cast<double>(net.links());
  }
};

/// The oracle once before timing: cascades in double precision for a few, dense sweeps for the sample.
void check(Bench& bench, DenseSweeps& dense) {
  std::size_t near_the_edge = 0;
  for (std::size_t k = 0; k < std::min<std::size_t>(4, bench.sample.size()); ++k) {
    std::vector<double> shock(bench.shape.n, 0.0);
    shock[bench.sample[k]] = 1;
    const auto exact = cascade(bench.net, shock, bench.options.cascade);
    for (const auto& [name, way] : bench.ours) {
      bench::require(std::abs(way.result.index[k] - exact.index) < 1e-7 && way.result.steps[k] == exact.steps,
                     name + " beside the cascade in double precision");
    }
  }
  double worst = 0;
  for (std::size_t k = 0; k < bench.shape.dense_sample; ++k) {
    const auto [index, steps] = dense.close(bench.sample[k], 0.01F);
    for (const auto& [name, way] : bench.ours) {
      if (k >= way.result.index.size()) continue;
      if (way.result.steps[k] != steps) {
        ++near_the_edge;
        continue;
      }
      worst = std::max(worst, std::abs(way.result.index[k] - index));
    }
  }
  bench::require(worst < 1e-6, "an index beside dense sweeps in single precision");
  std::printf("checked: largest difference from dense single-precision sweeps %.1e, %zu with other steps\n", worst,
              near_the_edge);
}

/// What a sweep reads of each link at each step: neighbour and weight, for one scenario or, in lanes, for sixteen at
/// once. Fronts read few links, so that a rate of theirs would say nothing.
constexpr double bytes_a_step = sizeof(std::uint32_t) + sizeof(float);
constexpr double bytes_in_lanes = bytes_a_step / 16;

void time_all(const Shape& shape, int repetitions, unsigned threads) {
  Bench bench(shape);
  DenseSweeps dense(bench.net, bench.model, bench.weight);
  for (const char* name : {"ours", "lanes"}) bench.run(name, shape.sample, inline_executor());
  bench.run("front", shape.dense_sample, inline_executor());
  const std::vector<std::uint32_t> steps = bench.ours.at("ours").result.steps;
  const std::uint64_t in_lanes = bench.ours.at("ours").result.in_lanes;
  double mean_index = 0;
  for (const double index : bench.ours.at("ours").result.index) mean_index += index / shape.sample;
  std::printf(
      "%s: n = %u, m = %llu, %u sectors, %.0f %% essential; sample of %u, %.2f steps and index %.4f in the mean\n",
      shape.name.c_str(), shape.n, static_cast<unsigned long long>(bench.net.links()), shape.sectors,
      100 * shape.essential, shape.sample,
      bench.links_steps(steps, shape.sample) / shape.sample / 2 / static_cast<double>(bench.net.links()), mean_index);
  std::printf(
      "  network at rest %.1f bytes a link; rates in GB/s are of %.0f bytes a link and step in sweeps, of %.1f in "
      "lanes; none where rows are skipped (fronts)\n",
      static_cast<double>(bench.net.memory()) / static_cast<double>(bench.net.links()), bytes_a_step, bytes_in_lanes);
  check(bench, dense);
  bench::Contest contest;
  ThreadPool pool(PoolOptions{threads, true});
  const auto name = [&](const char* who) { return shape.name + "/" + who; };
  const bench::Work all{bench.links_steps(steps, shape.sample), 0};
  const bench::Work some{bench.links_steps(steps, shape.dense_sample), 0};
  contest.enter(
      name("ours"), all, [&] { bench.run("ours", shape.sample, inline_executor()); }, repetitions);
  contest.enter(
      name("lanes_alone"), all, [&] { bench.run("lanes", shape.sample, inline_executor()); }, repetitions);
  contest.enter(
      name("front_alone"), some, [&] { bench.run("front", shape.dense_sample, inline_executor()); }, repetitions);
  contest.enter(
      name("dense_sweeps"), some,
      [&] {
        for (std::size_t k = 0; k < shape.dense_sample; ++k) {
          benchmark::DoNotOptimize(dense.close(bench.sample[k], 0.01F));
        }
      },
      repetitions);
  contest.enter(
      name("ours_first"), some, [&] { bench.run("ours", shape.dense_sample, inline_executor()); }, repetitions);
  contest.run();
  const double ours = contest.seconds(name("ours")) / all.links;
  // Samples differ in their steps, so what is compared is the cost of a link and step.
  const auto line = [&](const char* who, std::uint32_t count, double base, double bytes = 0) {
    const double each = contest.seconds(name(who)) / count;
    const double links = count == shape.sample ? all.links : some.links;
    std::array<char, 16> rate{"       -"};
    if (bytes > 0) std::snprintf(rate.data(), rate.size(), "%8.2f", 1e-9 * bytes * links / (each * count));
    std::printf("  %-12s %10.4f ms a scenario  %7.4f ns a link and step  %s GB/s  %8.2f × ours\n", who, 1e3 * each,
                1e9 * each * count / links, rate.data(), each * count / links / base);
  };
  line("ours", shape.sample, ours);
  line("lanes_alone", shape.sample, ours, bytes_in_lanes);
  line("dense_sweeps", shape.dense_sample, ours, bytes_a_step);
  const double first = contest.seconds(name("ours_first")) / some.links;
  std::printf("  of these by dense sweeps the first %u; all ways on those:\n", shape.dense_sample);
  line("ours_first", shape.dense_sample, first);
  line("front_alone", shape.dense_sample, first);
  line("dense_sweeps", shape.dense_sample, first, bytes_a_step);
  std::printf("  %llu of %u came to the lanes; preparation %.3f s\n", static_cast<unsigned long long>(in_lanes),
              shape.sample, bench.prepared);
  if (threads > 1) {
    const auto wall = [&](Executor& executor) {
      double best = 1e9;
      for (int k = 0; k < repetitions; ++k) {
        const auto start = std::chrono::steady_clock::now();
        bench.run("ours", shape.sample, executor);
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      }
      return best;
    };
    const double one = wall(inline_executor());
    const double many = wall(pool);
    std::printf("  %u pinned threads: %.2f × one (best wall times of %d)\n", threads, one / many, repetitions);
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string wanted = bench::argument(argc, argv, "network", "all");
  const int repetitions = std::stoi(bench::argument(argc, argv, "repetitions", "5"));
  const auto threads = static_cast<unsigned>(std::stoul(bench::argument(argc, argv, "threads", "1")));
  std::string program = argv[0];
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{program.data(), interleaved.data()};
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  bench::print_conditions("Systemic risk, one thread, medians of " + std::to_string(repetitions));
  if (threads == 1) {
    std::printf("pinned    %s\n\n", bench::pin(std::thread::hardware_concurrency() - 1) ? "to the last core" : "no");
  }
  const std::vector<Shape> shapes{
      {"dense", 10'000, 7.8, 0.3, 616, 0.25, 10'000, 256},    {"staged", 100'000, 2.5, 0, 80, 0.15, 1024, 256},
      {"cyclic", 100'000, 2.5, 0.3, 80, 0.15, 256, 32},       {"open", 100'000, 2.5, 0.3, 80, 0.15, 1024, 128, true},
      {"staged_1m", 1'000'000, 3, 0, 80, 0.15, 512, 16},      {"cyclic_1m", 1'000'000, 3, 0.3, 80, 0.15, 64, 4},
      {"open_1m", 1'000'000, 3, 0.3, 80, 0.15, 512, 8, true},
  };
  for (const Shape& shape : shapes) {
    if (wanted == "all" || wanted == shape.name) time_all(shape, repetitions, threads);
  }
  for (const std::uint32_t n : {10'000U, 100'000U, 1'000'000U}) {
    if (wanted != "all" && wanted != "growth") break;
    time_all({"growth_" + std::to_string(n), n, 10, 0, 80, 0.15, 256, n > 100'000 ? 4U : 32U}, repetitions, threads);
  }
  return 0;
}
