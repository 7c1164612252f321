#pragma once

// What every bench needs: the conditions, a core of its own, medians, ratios.

#include <benchmark/benchmark.h>
#include <sched.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace bench {

/// First line of a file that starts with `key`, behind its colon; the whole first line for an empty key.
inline std::string line_of(const char* file, std::string_view key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (key.empty()) return line;
    if (line.compare(0, key.size(), key) != 0) continue;
    const auto colon = line.find(": ");
    return colon == std::string::npos ? line : line.substr(colon + 2);
  }
  return "unknown";
}

/// Keeps this thread on one core: unpinned threads may share one, and move between caches.
inline bool pin(unsigned core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

/// Bits of the widest vectors that this machine has and the kernels know; they choose at run time.
inline unsigned vector_bits() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) return 512;
  if (__builtin_cpu_supports("avx2") != 0) return 256;
#endif
  return 128;
}

/// Machine, lanes, compiler, pages and load: without them a time says nothing.
inline void print_conditions(const std::string& what) {
  std::printf("%s\n", what.c_str());
  std::printf("machine   %s, %u cores\n", line_of("/proc/cpuinfo", "model name").c_str(),
              std::thread::hardware_concurrency());
  std::printf("vectors   %u bits: %u lanes of single, %u of double precision\n", vector_bits(), vector_bits() / 32,
              vector_bits() / 64);
#if defined(__clang__)
  std::printf("compiler  clang %d.%d", __clang_major__, __clang_minor__);
#else
  std::printf("compiler  gcc %d.%d", __GNUC__, __GNUC_MINOR__);
#endif
#if defined(__OPTIMIZE__)
  std::printf(", optimised\n");
#else
  std::printf(", NOT optimised: the times below mean nothing\n");
#endif
  std::printf("pages     %s\n", line_of("/sys/kernel/mm/transparent_hugepage/enabled", "").c_str());
  std::printf("load      %s (processor time is compared, so that others' work counts as little as it can)\n\n",
              line_of("/proc/loadavg", "").c_str());
}

/// What one run processes, for the rates.
struct Work {
  double links = 0;  ///< links × vectors
  double bytes = 0;  ///< read and written at least once, where known
};

/// Runs contenders in turn, several times over in random order, and keeps the medians of their processor time.
class Contest : public benchmark::ConsoleReporter {
 public:
  Contest() : ConsoleReporter(OO_Tabular) {}

  /// Registers one contender; `repetitions` single runs of it are interleaved with those of all others.
  void enter(const std::string& name, Work work, std::function<void()> run, int repetitions = 7) {
    work_[name] = work;
    benchmark::RegisterBenchmark(name.c_str(),
                                 [run = std::move(run)](benchmark::State& state) {
                                   for ([[maybe_unused]] auto _ : state) {
                                     run();
                                     benchmark::ClobberMemory();
                                   }
                                 })
        ->Repetitions(repetitions)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }

  /// Runs all that were entered since the last time.
  void run() {
    benchmark::RunSpecifiedBenchmarks(this);
    benchmark::ClearRegisteredBenchmarks();
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) times_[run.run_name.function_name].push_back(run.cpu_accumulated_time);
    }
  }

  /// Median processor time of one run in seconds; 0 for a contender that did not run.
  [[nodiscard]] double seconds(const std::string& name) const {
    const auto found = times_.find(name);
    if (found == times_.end() || found->second.empty()) return 0;
    auto times = found->second;
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
  }

  /// One line: median, spread, time per link and vector, bandwidth, ratio to `ours`.
  void print(const std::string& name, const std::string& ours) const {
    const auto found = times_.find(name);
    if (found == times_.end()) return;
    const auto [least, most] = std::minmax_element(found->second.begin(), found->second.end());
    const Work work = work_.at(name);
    const double middle = seconds(name);
    std::printf("%-34s %9.2f ms  (%.2f … %.2f)", name.c_str(), middle * 1e3, *least * 1e3, *most * 1e3);
    if (work.links > 0) std::printf("  %7.3f ns/link", middle * 1e9 / work.links);
    if (work.bytes > 0) std::printf("  %6.2f GB/s", work.bytes / middle / 1e9);
    if (name != ours && seconds(ours) > 0) std::printf("  %6.2f × ours", middle / seconds(ours));
    std::printf("\n");
    std::fflush(stdout);
  }

 private:
  std::map<std::string, std::vector<double>> times_;
  std::map<std::string, Work> work_;
};

/// Stops the bench where a contender's answer is wrong: a fast wrong answer is no time.
inline void require(bool right, const std::string& what) {
  if (right) return;
  std::fprintf(stderr, "wrong answer: %s\n", what.c_str());
  std::exit(1);
}

/// Value of "--name=value" among the arguments, else `otherwise`.
inline std::string argument(int count, char** arguments, std::string_view name, const std::string& otherwise) {
  const std::string key = "--" + std::string(name) + "=";
  for (int k = 1; k < count; ++k) {
    const std::string_view given = arguments[k];
    if (given.substr(0, key.size()) == key) return std::string(given.substr(key.size()));
  }
  return otherwise;
}

}  // namespace bench
