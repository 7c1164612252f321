// Daily simulation with stocks, in link-days per second, beside the obvious implementation on the same network.
//
// The obvious one keeps stocks, orders and deliveries of every link as doubles in the customers' rows, with the
// place of every link in its supplier's row, and does each of the day's steps in a loop of its own, over all links. It
// stands in for published firm-level simulators, which do the same over heavier objects. A tenth of all enterprises is
// disrupted at the start, so that ours finds everybody active at once; "one shock" shows what it saves where most are
// not yet reached.
//
//   bench_dynamics [--n=1000000] [--degree=10] [--days=20] [--repetitions=5] [--growth=1]

#include <chrono>
#include <cmath>
#include <ctime>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/chain/large_array.hpp"
#include "chainqual/impact/dynamics.hpp"

namespace {

using namespace chainqual;

/// The definition as arrays of links; proportional rationing, every supplier needed.
struct Obvious {
  const Network& net;
  std::uint32_t n;
  LargeArray<std::uint64_t> place;  ///< of the link in customers' rows, by LinkId
  LargeArray<double> stock, order, delivered;
  std::vector<double> usual, final_demand, level, demand;
  double tau = 6, stock_days = 15;

  explicit Obvious(const Network& given)
      : net(given),
        n(net.enterprises()),
        place(net.links()),
        stock(net.links()),
        order(net.links()),
        delivered(net.links()),
        usual(n),
        final_demand(n),
        level(n),
        demand(n) {
    std::vector<std::uint64_t> next(net.in_offsets().begin(), net.in_offsets().end() - 1);
    for (std::uint32_t i = 0; i < n; ++i) {
      double sold = 0;
      double bought = 0;
      for (auto l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) {
        place[l] = next[net.out_targets()[l]]++;
        sold += static_cast<double>(net.out_values()[l]);
      }
      for (auto k = net.in_offsets()[i]; k < net.in_offsets()[i + 1]; ++k) {
        bought += static_cast<double>(net.in_values()[k]);
      }
      final_demand[i] = std::max(0.0, bought - sold);
      usual[i] = sold + final_demand[i];
    }
  }

  void run(const DisruptionPlan& plan, std::uint32_t days) {
    for (std::size_t k = 0; k < stock.size(); ++k) stock[k] = stock_days * static_cast<double>(net.in_values()[k]);
    delivered.fill(0);
    std::fill(level.begin(), level.end(), 1.0);
    std::vector<double> lost(n, 0.0);
    for (std::uint32_t day = 0; day < days; ++day) {
      for (std::size_t k = 0; k < plan.enterprises().size(); ++k) lost[plan.enterprises()[k]] = plan.loss(k, day);
      for (std::uint32_t i = 0; i < n; ++i) {
        double allowed = 1e300;
        for (auto k = net.in_offsets()[i]; k < net.in_offsets()[i + 1]; ++k) {
          const double use = static_cast<double>(net.in_values()[k]);
          if (day != 0) stock[k] = std::max(0.0, stock[k] + delivered[k] - use * level[i]);
          order[k] = std::max(0.0, use * level[i] + (stock_days * use * level[i] - stock[k]) / tau);
          allowed = std::min(allowed, stock[k] / use);
        }
        demand[i] = allowed;  // kept here until orders are known
      }
      for (std::uint32_t i = 0; i < n; ++i) {
        double ordered = final_demand[i];
        for (auto l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) ordered += order[place[l]];
        const double made = std::min({ordered, usual[i] * (1 - lost[i]), usual[i] * demand[i]});
        const double factor = made < ordered ? made / ordered : 1;
        for (auto l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) {
          delivered[place[l]] = order[place[l]] * factor;
        }
        level[i] = usual[i] > 0 ? made / usual[i] : 1;
      }
    }
  }
};

std::vector<Disruption> disrupt(std::uint32_t n, std::uint32_t every) {
  std::vector<Disruption> all;
  for (std::uint32_t i = 0; i < n; i += every) {
    Disruption one;
    one.enterprise = EnterpriseId{i};
    one.magnitude = 0.3 + 0.4 * static_cast<double>(i % 7) / 7;
    one.duration = 5;
    one.recovery = {RecoveryKind::linear, 20, {}};
    all.push_back(one);
  }
  return all;
}

Network make(std::uint32_t n, double degree, Layout layout) {
  GenerateOptions options;
  options.enterprises = n;
  options.mean_degree = degree;
  options.layout = layout;
  options.cyclic_share = 0.2;
  options.seed = 3;
  return generate_network(options);
}

DynamicsOptions settings(std::uint32_t days, InputGroups inputs, Rationing rationing = Rationing::proportional) {
  DynamicsOptions options;
  options.days = days;
  options.inputs = inputs;
  options.rationing = rationing;
  options.record = DynamicsRecord::none;
  return options;
}

Control alone() {
  Control control;
  control.executor = &inline_executor();
  return control;
}

/// The same answers first: levels of the last of a few days.
void check(const Network& net, Obvious& obvious, const std::vector<Disruption>& shocks) {
  const DisruptionPlan plan(shocks, net.enterprises());
  obvious.run(plan, 8);
  const auto ours = dynamics(net, shocks, settings(8, InputGroups::enterprise), alone());
  double worst = 0;
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    worst = std::max(worst, std::abs(obvious.level[i] - ours.last_level[i]));
  }
  bench::require(worst < 1e-8 && ours.index > 0.001, "levels differ by " + std::to_string(worst));
  bench::require(ours.conservation.violations == 0 && ours.conservation.stock_gap < 1e-12, "conservation");
  std::printf("checked: levels agree to %.1e after 8 days; mean loss %.3f; largest gap in deliveries %.1e\n", worst,
              ours.index, ours.conservation.largest);
}

/// Median seconds on the clock and on processors, all threads together.
struct Times {
  double wall = 0;
  double processor = 0;
};

Times times_of(const std::function<void()>& run, int repetitions) {
  std::vector<double> walls;
  std::vector<double> processors;
  for (int r = 0; r < repetitions; ++r) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t spent = std::clock();
    run();
    processors.push_back(static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC);
    walls.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  const auto middle = [](std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  };
  return {middle(walls), middle(processors)};
}

/// What a day moves of each link at least: stock read and written, order or delivery written and read, value and
/// neighbour read.
constexpr double bytes_a_day = 4 * sizeof(double) + sizeof(float) + sizeof(std::uint32_t);

void compare(const std::string& name, const Network& net, std::uint32_t days, int repetitions) {
  const auto shocks = disrupt(net.enterprises(), 10);
  const std::vector<Disruption> one = disrupt(net.enterprises(), net.enterprises());
  const DisruptionPlan plan(shocks, net.enterprises());
  Obvious obvious(net);
  check(net, obvious, shocks);
  const double link_days = static_cast<double>(net.links()) * days;
  const bench::Work work{link_days, bytes_a_day * link_days};
  bench::Contest contest;
  const std::string ours = name + " ours";
  // Setting up is part of ours: a run of days less a run of one day is the days' own time.
  const auto run = [&](const std::vector<Disruption>& what, const DynamicsOptions& options) {
    return [&net, &what, options] { benchmark::DoNotOptimize(dynamics(net, what, options, alone()).index); };
  };
  contest.enter(ours, work, run(shocks, settings(days, InputGroups::enterprise)), repetitions);
  contest.enter(name + " ours, sectors stand in", work, run(shocks, settings(days, InputGroups::sector)), repetitions);
  contest.enter(name + " ours, lowest order first", work,
                run(shocks, settings(days, InputGroups::enterprise, Rationing::lowest_relative_order_first)),
                repetitions);
  contest.enter(name + " ours, one shock", work, run(one, settings(days, InputGroups::enterprise)), repetitions);
  contest.enter(name + " ours, set-up and one day", {}, run(shocks, settings(1, InputGroups::enterprise)), repetitions);
  contest.enter(
      name + " obvious", work, [&] { obvious.run(plan, days); }, repetitions);
  contest.run();
  std::printf(
      "\n%s: %u enterprises, %llu links, %u days, one thread; rates in GB/s are of %.0f bytes a link and day, the "
      "network at rest has %.1f bytes a link\n",
      name.c_str(), net.enterprises(), static_cast<unsigned long long>(net.links()), days, bytes_a_day,
      static_cast<double>(net.memory()) / static_cast<double>(net.links()));
  for (const char* who : {" ours", " ours, sectors stand in", " ours, lowest order first", " ours, one shock",
                          " ours, set-up and one day", " obvious"}) {
    contest.print(name + who, ours);
  }
  const double daily = contest.seconds(ours) - contest.seconds(name + " ours, set-up and one day");
  std::printf("days alone: %.1f M link-days/s, obvious %.1f M: %.1f ×\n\n", link_days * (days - 1) / days / daily / 1e6,
              link_days / contest.seconds(name + " obvious") / 1e6,
              contest.seconds(name + " obvious") / (daily * days / (days - 1)));
}

/// On a busy machine the clock shows others' work; the processors' time shows what a second thread costs.
void threads(const Network& net, std::uint32_t days, int repetitions) {
  const auto shocks = disrupt(net.enterprises(), 10);
  double one = 0;
  for (const unsigned count : {1U, 2U}) {
    ThreadPool pool(PoolOptions{count, true});
    Control control;
    control.executor = &pool;
    const auto time = [&](std::uint32_t horizon) {
      return times_of(
          [&] {
            benchmark::DoNotOptimize(dynamics(net, shocks, settings(horizon, InputGroups::enterprise), control).index);
          },
          repetitions);
    };
    const Times many = time(days);
    const Times first = time(1);
    const double wall = (many.wall - first.wall) / (days - 1);
    const double processor = (many.processor - first.processor) / (days - 1);
    if (count == 1) one = wall;
    std::printf("%u pinned threads: %.1f ms a day by the clock (%.2f × one), %.1f ms on processors\n", count,
                wall * 1e3, one / wall, processor * 1e3);
  }
  std::printf("\n");
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](const char* name, const char* otherwise) {
    return std::stod(bench::argument(count, arguments, name, otherwise));
  };
  const auto n = static_cast<std::uint32_t>(number("n", "1000000"));
  const double degree = number("degree", "10");
  const auto days = static_cast<std::uint32_t>(number("days", "20"));
  const int repetitions = static_cast<int>(number("repetitions", "5"));
  bench::print_conditions("daily simulation with stocks: link-days per second");
  bench::pin(0);
  int none = 1;
  benchmark::Initialize(&none, arguments);
  for (const Layout layout : {Layout::random_order, Layout::local}) {
    const Network net = make(n, degree, layout);
    compare(std::string(key_of(layout)), net, days, repetitions);
    if (number("threads", "1") > 0) threads(net, days, repetitions);
  }
  if (number("growth", "1") < 1) return 0;
  for (const std::uint32_t size : {10'000U, 100'000U, 1'000'000U}) {
    const Network net = make(size, degree, Layout::random_order);
    const auto shocks = disrupt(size, 10);
    const std::uint32_t horizon = size < 1'000'000 ? 200 : 20;
    const auto run = [&](std::uint32_t d) {
      return times_of(
                 [&] {
                   benchmark::DoNotOptimize(dynamics(net, shocks, settings(d, InputGroups::enterprise), alone()).index);
                 },
                 repetitions)
          .processor;
    };
    const double daily = (run(horizon) - run(1)) / (horizon - 1);
    std::printf("growth: %8u enterprises, %9llu links: %6.2f ns of processor a link and day\n", size,
                static_cast<unsigned long long>(net.links()), daily * 1e9 / static_cast<double>(net.links()));
  }
  return 0;
}
