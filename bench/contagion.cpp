// Contagion: runs a second beside the obvious implementation, which makes one run after another with a queue and draws
// from a fast generator (xoshiro256++) as it goes.
//
// Three regimes on one synthetic chain: cascades that fade at once, that hover (the chain's own dependencies), and that
// reach most of the chain. Times of ours are whole calls: checks of all links, preparation and statistics included,
// which decide where cascades fade at once. The plain form checks nothing, keeps one number, and its draws belong to no
// run, so that no two scenarios can be compared run by run. Checked first: a run of ours
// remade link by link from the definition of its draws, and the two means within five standard errors.
//
//   bench_contagion [--n=100000] [--degree=10] [--runs=1024] [--repetitions=5] [--growth=1] [--dump=FOLDER]
//
// Growth: 10 k, 100 k and 1 M enterprises, every link with chance 0.3, one in a thousand hit at the start, 64 runs.
// --dump writes a chain of --n enterprises and our statistics on it for bench/peers/contagion_ndlib.py.

#include <cmath>
#include <ctime>
#include <filesystem>
#include <limits>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/link_column-inl.hpp"

namespace {

using namespace chainqual;

/// Blackman and Vigna's xoshiro256++: what a program in a hurry would draw with.
struct Xoshiro {
  std::uint64_t s[4] = {1, 2, 3, 4};
  std::uint64_t operator()() {
    const auto turn = [](std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    const std::uint64_t result = turn(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17U;
    s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= t, s[3] = turn(s[3], 45);
    return result;
  }
  double uniform() { return static_cast<double>((*this)() >> 11U) * 0x1p-53; }
};

/// One run after another over plain arrays.
struct Plain {
  const Network& net;
  const std::vector<double>& chance;
  const std::vector<EnterpriseId>& sources;
  std::vector<std::uint32_t> hit_in = std::vector<std::uint32_t>(net.enterprises(), 0);
  std::vector<std::uint32_t> queue{};
  Xoshiro random{};

  /// Mean number of enterprises hit.
  double run(std::uint64_t runs) {
    std::fill(hit_in.begin(), hit_in.end(), 0U);
    std::uint64_t hits = 0;
    for (std::uint32_t r = 1; r <= runs; ++r) {
      queue.clear();
      for (const EnterpriseId v : sources) hit_in[v.index()] = r, queue.push_back(v.value);
      for (std::size_t k = 0; k < queue.size(); ++k) {
        const std::uint32_t from = queue[k];
        for (auto l = net.out_offsets()[from]; l < net.out_offsets()[from + std::size_t{1}]; ++l) {
          const std::uint32_t to = net.out_targets()[l];
          if (hit_in[to] == r || !(random.uniform() < chance[l])) continue;
          hit_in[to] = r;
          queue.push_back(to);
        }
      }
      hits += queue.size();
    }
    return static_cast<double>(hits) / static_cast<double>(runs);
  }
};

/// Enterprises hit in one run, every draw made from its definition.
std::uint32_t remake(const Plain& plain, std::uint64_t seed, std::uint64_t run) {
  std::vector<bool> hit(plain.net.enterprises(), false);
  std::vector<std::uint32_t> queue;
  for (const EnterpriseId v : plain.sources) hit[v.index()] = true, queue.push_back(v.value);
  for (std::size_t k = 0; k < queue.size(); ++k) {
    for (auto l = plain.net.out_offsets()[queue[k]]; l < plain.net.out_offsets()[queue[k] + std::size_t{1}]; ++l) {
      const std::uint32_t to = plain.net.out_targets()[l];
      if (hit[to]) continue;
      Stream words(seed, contagion_link_stream, run / 64, l);
      double u = 0;
      for (int digit = 1; digit <= 53; ++digit)
        u += std::ldexp(static_cast<double>((words() >> (run % 64)) & 1U), -digit);
      if (!(u < plain.chance[l])) continue;
      hit[to] = true;
      queue.push_back(to);
    }
  }
  return static_cast<std::uint32_t>(queue.size());
}

struct Regime {
  std::string name;
  double chance;  ///< of every link; 0: the chain's own
};

std::vector<double> chances(const Network& net, const Regime& regime) {
  std::vector<double> chance(net.links(), regime.chance);
  if (regime.chance == 0) {
    impact_detail::for_link_values(net, Along::downstream, {}, [&](std::uint64_t l, double p) { chance[l] = p; });
  }
  return chance;
}

std::vector<EnterpriseId> some_sources(const Network& net, std::uint32_t count = 10) {
  std::vector<EnterpriseId> sources;
  for (std::uint32_t k = 0; k < count; ++k) sources.push_back(EnterpriseId{k * (net.enterprises() / count)});
  return sources;
}

/// What a try reads at least: the neighbour and its chance.
constexpr double bytes_a_try = sizeof(std::uint32_t) + sizeof(double);

void compare(const Network& net, const Regime& regime, const std::vector<EnterpriseId>& sources, std::uint64_t runs,
             int repetitions) {
  const auto chance = chances(net, regime);
  Plain plain{net, chance, sources};
  Control alone;
  alone.executor = &inline_executor();
  ContagionOptions options;
  options.upstream = false;
  options.runs = runs;
  options.downstream_probability = chance;
  const auto call = [&](std::uint32_t words) {
    options.words = words;
    return contagion(net, std::span<const EnterpriseId>(sources), options, alone);
  };
  const auto result = call(0);
  const Spread& spread = result.combined_spread.count_spread;
  for (const std::uint64_t run : {std::uint64_t{0}, runs / 2, runs - 1}) {
    bench::require(remake(plain, options.seed, run) == result.combined_spread.enterprises[run], "a run");
  }
  // The error of two independent samples of as many runs.
  bench::require(std::abs(plain.run(runs) - spread.mean) <= 5 * std::sqrt(2.0) * spread.standard_error + 1e-9,
                 "a mean");
  double tried = 0;  // links out of enterprises hit, in the mean run
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    tried += result.downstream[v] * static_cast<double>(net.out_degree(EnterpriseId{v}));
  }
  bench::Contest contest;
  const bench::Work work{tried * static_cast<double>(runs), bytes_a_try * tried * static_cast<double>(runs)};
  const auto name = [&](const char* who) { return regime.name + "/" + who; };
  contest.enter(
      name("ours"), work, [&] { benchmark::DoNotOptimize(call(0)); }, repetitions);
  contest.enter(
      name("ours_1_word"), work, [&] { benchmark::DoNotOptimize(call(1)); }, repetitions);
  contest.enter(
      name("ours_8_words"), work, [&] { benchmark::DoNotOptimize(call(8)); }, repetitions);
  contest.enter(
      name("plain"), work, [&] { benchmark::DoNotOptimize(plain.run(runs)); }, repetitions);
  contest.run();
  std::printf(
      "%s: n = %u, m = %.0f, %.0f runs, %.1f ± %.1f hit, %.0f links tried a run, %u steps; ns per link and run\n",
      regime.name.c_str(), net.enterprises(), static_cast<double>(net.links()), static_cast<double>(runs), spread.mean,
      spread.standard_error, tried, result.steps);
  for (const char* who : {"ours", "ours_1_word", "ours_8_words", "plain"}) contest.print(name(who), name("ours"));
  std::printf("%.1f thousand runs a second; %.0f bytes a link tried, network and chances at rest %.1f bytes a link\n\n",
              static_cast<double>(runs) / contest.seconds(name("ours")) / 1e3, bytes_a_try,
              static_cast<double>(net.memory()) / static_cast<double>(net.links()) + sizeof(double));
}

template <class T>
void dump_array(const std::filesystem::path& file, const T* data, std::size_t count) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(count * sizeof(T)));
  bench::require(out.good(), "cannot write " + file.string());
}

void dump(const Network& net, const Regime& regime, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto chance = chances(net, regime);
  const auto sources = some_sources(net);
  ContagionOptions options;
  options.upstream = false;
  options.runs = 1U << 14U;
  options.downstream_probability = chance;
  Control alone;
  alone.executor = &inline_executor();
  const std::clock_t begin = std::clock();
  const auto result = contagion(net, std::span<const EnterpriseId>(sources), options, alone);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  const auto file = [&](const char* what) { return folder / (regime.name + "." + what); };
  dump_array(file("offsets.u64"), net.out_offsets().data(), net.out_offsets().size());
  dump_array(file("ids.u32"), net.out_targets().data(), net.out_targets().size());
  dump_array(file("chances.f64"), chance.data(), chance.size());
  dump_array(file("sources.u32"), sources.data(), sources.size());
  dump_array(file("hits.f64"), result.downstream.data(), result.downstream.size());
  const double ours[]{static_cast<double>(options.runs), seconds, result.combined_spread.count_spread.mean,
                      result.combined_spread.count_spread.deviation};
  dump_array(file("ours.f64"), ours, std::size(ours));
}

}  // namespace

int main(int argc, char** argv) {
  GenerateOptions options;
  options.enterprises = static_cast<std::uint32_t>(std::stoul(bench::argument(argc, argv, "n", "100000")));
  options.mean_degree = std::stod(bench::argument(argc, argv, "degree", "10"));
  options.cyclic_share = 0.3;
  const auto runs = std::stoull(bench::argument(argc, argv, "runs", "1024"));
  const int repetitions = std::stoi(bench::argument(argc, argv, "repetitions", "5"));
  const std::string folder = bench::argument(argc, argv, "dump", "");
  std::string program = argv[0];
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{program.data(), interleaved.data()};
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  bench::print_conditions("Contagion, one thread, medians of " + std::to_string(repetitions));
  std::printf("pinned    %s\n\n", bench::pin(std::thread::hardware_concurrency() - 1) ? "to the last core" : "no");
  const Network net = generate_network(options);
  for (const Regime& regime : {Regime{"fades", 0.03}, Regime{"own", 0}, Regime{"wide", 0.3}}) {
    if (!folder.empty()) {
      dump(net, regime, folder);
    } else {
      compare(net, regime, some_sources(net), runs, repetitions);
    }
  }
  if (!folder.empty() || bench::argument(argc, argv, "growth", "1") != "1") return 0;
  for (const std::uint32_t n : {10'000U, 100'000U, 1'000'000U}) {
    options.enterprises = n;
    const Network grown = generate_network(options);
    compare(grown, {"growth_" + std::to_string(n), 0.3}, some_sources(grown, n / 1000), 64, repetitions);
  }
  return 0;
}
