// Grading columns of scores beside memcpy of the same bytes and beside the plain double loop.
//
// What is compared: 32 Mi rows of three whole scores (3 bytes read a row) make a grade and a total in hundredths (3
// bytes written). "memcpy of the same bytes" reads and writes as many: one block of 3 bytes a row, by the C library.
// For scores in hundredths 6 bytes are read and 5 written, and memcpy moves 5.5 each way. All runs are interleaved,
// medians of seven.
#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/random.hpp"
#include "chainqual/severity/batch.hpp"

namespace {

using namespace chainqual;

constexpr std::size_t rows = std::size_t{32} << 20U;

/// Memory in huge pages where the system gives them, touched once, kept until the program ends.
template <class T>
std::span<T> huge(std::size_t count) {
  constexpr std::size_t page = std::size_t{2} << 20U;
  std::size_t room = count * sizeof(T) + page;
  void* memory = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || std::align(page, count * sizeof(T), memory, room) == nullptr) std::abort();
  madvise(memory, count * sizeof(T), MADV_HUGEPAGE);
  std::memset(memory, 1, count * sizeof(T));
  return {static_cast<T*>(memory), count};
}

/// Every column of the bench; scores are uniform, about one row in sixty-four is not scored.
struct Data {
  std::span<std::uint8_t> a = huge<std::uint8_t>(rows), b = huge<std::uint8_t>(rows), c = huge<std::uint8_t>(rows);
  std::span<std::int16_t> fine_a = huge<std::int16_t>(rows), fine_b = huge<std::int16_t>(rows),
                          fine_c = huge<std::int16_t>(rows);
  std::span<std::uint8_t> grade = huge<std::uint8_t>(rows);
  std::span<std::uint16_t> total = huge<std::uint16_t>(rows);
  std::span<std::uint32_t> fine_total = huge<std::uint32_t>(rows);
  std::span<std::uint8_t> from = huge<std::uint8_t>(rows * 11 / 2), to = huge<std::uint8_t>(rows * 11 / 2);

  Data() {
    Stream random(20);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::uint64_t word = random();
      const bool scored = (word & 63U) != 0;
      const auto part = [&](unsigned shift) {
        return scored ? 100 + static_cast<int>((word >> shift & 0x7FFFFU) % 401) : 0;
      };
      fine_a[i] = static_cast<std::int16_t>(part(6));
      fine_b[i] = static_cast<std::int16_t>(part(25));
      fine_c[i] = static_cast<std::int16_t>(part(44));
      const std::uint64_t other = random();
      const auto whole_part = [&](unsigned shift) { return scored ? 1 + (other >> shift & 0xFFFFFU) % 5 : 0; };
      a[i] = static_cast<std::uint8_t>(whole_part(0));
      b[i] = static_cast<std::uint8_t>(whole_part(20));
      c[i] = static_cast<std::uint8_t>(whole_part(40));
    }
  }
  [[nodiscard]] WholeScoreColumns whole() const { return {a, b, c}; }
  [[nodiscard]] HundredthScoreColumns hundredths() const { return {fine_a, fine_b, fine_c}; }
};

/// The loop that one would write first; its sum happens to be in an order that grades whole scores rightly.
void naive_whole(const Data& data) {
  for (std::size_t i = 0; i < rows; ++i) {
    if (data.a[i] == 0) {
      data.grade[i] = 0;
      data.total[i] = 0;
      continue;
    }
    const double total = 0.4 * data.a[i] + 0.3 * data.b[i] + 0.3 * data.c[i];
    data.grade[i] = total >= 4.0 ? 3 : total >= 2.5 ? 2 : 1;
    data.total[i] = static_cast<std::uint16_t>(total * 100 + 0.5);
  }
}

void naive_hundredths(const Data& data) {
  for (std::size_t i = 0; i < rows; ++i) {
    if (data.fine_a[i] == 0) {
      data.grade[i] = 0;
      data.fine_total[i] = 0;
      continue;
    }
    const double total =
        0.4 * (data.fine_a[i] / 100.0) + 0.3 * (data.fine_b[i] / 100.0) + 0.3 * (data.fine_c[i] / 100.0);
    data.grade[i] = total >= 4.0 ? 3 : total >= 2.5 ? 2 : 1;
    data.fine_total[i] = static_cast<std::uint32_t>(total * 10000 + 0.5);
  }
}

/// The oracle: plain integers, one row at a time.
void check(const Data& data, bool fine, const char* what) {
  for (std::size_t i = 0; i < rows; ++i) {
    const int exact = fine ? 40 * data.fine_a[i] + 30 * data.fine_b[i] + 30 * data.fine_c[i]
                           : 40 * data.a[i] + 30 * data.b[i] + 30 * data.c[i];
    const int unit = fine ? 100 : 1;
    const int grade = exact == 0 ? 0 : exact >= 400 * unit ? 3 : exact >= 250 * unit ? 2 : 1;
    const int total = fine ? static_cast<int>(data.fine_total[i]) : data.total[i];
    if (data.grade[i] != grade || total != exact) {
      std::printf("%s: row %zu is wrong\n", what, i);
      std::exit(1);
    }
  }
}

Control on(Executor& executor) {
  Control control;
  control.executor = &executor;
  return control;
}

/// Prints as usual and keeps the medians for the ratios.
class Ratios : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& reports) override {
    for (const auto& run : reports) {
      if (run.run_type == Run::RT_Aggregate && run.aggregate_name == "median") {
        nanoseconds_[run.run_name.function_name] = run.GetAdjustedRealTime() * 1e6 / static_cast<double>(rows);
      }
    }
    ConsoleReporter::ReportRuns(reports);
  }
  /// How many times `ours` fits into `rival`.
  void print(const std::string& ours, const std::string& rival) const {
    const auto a = nanoseconds_.find(ours);
    const auto b = nanoseconds_.find(rival);
    if (a == nanoseconds_.end() || b == nanoseconds_.end()) return;
    std::printf("%-34s %.3f ns a row; %5.2f x %s (%.3f ns)\n", ours.c_str(), a->second, b->second / a->second,
                rival.c_str(), b->second);
  }

 private:
  std::map<std::string, double> nanoseconds_;
};

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

void bench(const char* name, double bytes_a_row, std::function<void()> work) {
  benchmark::RegisterBenchmark(name,
                               [work = std::move(work), bytes_a_row](benchmark::State& state) {
                                 for (auto _ : state) {
                                   work();
                                   benchmark::ClobberMemory();
                                 }
                                 state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
                                 state.SetBytesProcessed(static_cast<std::int64_t>(
                                     static_cast<double>(state.iterations()) * bytes_a_row * rows));
                               })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime()
      ->MinTime(0.1)
      ->Repetitions(7)
      ->ReportAggregatesOnly();
}

/// One thread, kept on one core.
std::function<void()> alone(std::function<void()> work) {
  return [work = std::move(work)] {
    const auto cores = detail::allowed_cores();
    const detail::PinnedHere pin(cores.empty() ? -1 : cores.back());
    work();
  };
}

void copy_on(Executor& executor, const Data& data, std::size_t bytes) {
  for_chunks(on(executor), bytes, std::size_t{1} << 20U, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::memcpy(data.to.data() + begin, data.from.data() + begin, end - begin);
  });
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  arguments.push_back(interleaved.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  std::printf("%s; %u threads; %s; %zu rows\n", processor().c_str(), available_threads(), __VERSION__, rows);

  const Data data;
  const SeverityModel standard;
  const Rational third(1, 3);
  const SeverityModel thirds({third, third, third});
  ThreadPool two(2, true);
  const auto whole = [&](detail::SimdLevel level, const SeverityModel& model, Executor& executor) {
    detail::grade_whole_scores_at(level, model, data.whole(), data.grade, data.total, on(executor));
  };
  const auto fine = [&](detail::SimdLevel level, Executor& executor) {
    detail::grade_hundredths_at(level, standard, data.hundredths(), data.grade, data.fine_total, on(executor));
  };
  const auto best = detail::best_simd_level();
  const auto portable = detail::SimdLevel::portable;

  for (const auto level : {portable, best}) {
    whole(level, standard, inline_executor());
    check(data, false, "whole scores");
  }
  for (const auto level : {portable, best}) {
    fine(level, two);
    check(data, true, "hundredths");
  }

  bench("memcpy_same_bytes", 6, alone([&] { std::memcpy(data.to.data(), data.from.data(), rows * 3); }));
  bench("naive_doubles", 6, alone([&] { naive_whole(data); }));
  bench("whole_scores", 6, alone([&] { whole(best, standard, inline_executor()); }));
  bench("whole_scores_portable", 6, alone([&] { whole(portable, standard, inline_executor()); }));
  bench("whole_scores_any_weights", 6, alone([&] { whole(best, thirds, inline_executor()); }));
  bench("memcpy_same_bytes_two_threads", 6, [&] { copy_on(two, data, rows * 3); });
  bench("whole_scores_two_threads", 6, [&] { whole(best, standard, two); });
  bench("memcpy_11_bytes", 11, alone([&] { std::memcpy(data.to.data(), data.from.data(), rows * 11 / 2); }));
  bench("naive_doubles_hundredths", 11, alone([&] { naive_hundredths(data); }));
  bench("hundredths", 11, alone([&] { fine(best, inline_executor()); }));
  bench("hundredths_portable", 11, alone([&] { fine(portable, inline_executor()); }));

  Ratios ratios;
  benchmark::RunSpecifiedBenchmarks(&ratios);
  for (const char* ours : {"whole_scores", "whole_scores_portable", "whole_scores_any_weights"}) {
    ratios.print(ours, "memcpy_same_bytes");
    ratios.print(ours, "naive_doubles");
  }
  ratios.print("whole_scores_two_threads", "memcpy_same_bytes_two_threads");
  ratios.print("whole_scores_two_threads", "whole_scores");
  for (const char* ours : {"hundredths", "hundredths_portable"}) {
    ratios.print(ours, "memcpy_11_bytes");
    ratios.print(ours, "naive_doubles_hundredths");
  }
  return 0;
}
