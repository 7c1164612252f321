// Grading columns of scores beside memcpy of the same bytes and beside the plain double loop.
//
// What is compared: 32 Mi rows of three whole scores (3 bytes read a row) make a grade and a total in hundredths (3
// bytes written). "memcpy of the same bytes" reads and writes as many: one block of 3 bytes a row, by the C library.
// For scores in hundredths 6 bytes are read and 5 written, and memcpy moves 5.5 each way. One thread is compared by
// processor time in interleaved runs, two threads by wall time.
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench_common.hpp"
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
bool right(const Data& data, bool fine) {
  for (std::size_t i = 0; i < rows; ++i) {
    const int exact = fine ? 40 * data.fine_a[i] + 30 * data.fine_b[i] + 30 * data.fine_c[i]
                           : 40 * data.a[i] + 30 * data.b[i] + 30 * data.c[i];
    const int unit = fine ? 100 : 1;
    const int grade = exact == 0 ? 0 : exact >= 400 * unit ? 3 : exact >= 250 * unit ? 2 : 1;
    const int total = fine ? static_cast<int>(data.fine_total[i]) : data.total[i];
    if (data.grade[i] != grade || total != exact) return false;
  }
  return true;
}

Control on(Executor& executor) {
  Control control;
  control.executor = &executor;
  return control;
}

void copy_on(Executor& executor, const Data& data, std::size_t bytes) {
  for_chunks(on(executor), bytes, std::size_t{1} << 20U, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::memcpy(data.to.data() + begin, data.from.data() + begin, end - begin);
  });
}

using Entry = std::pair<const char*, std::function<void()>>;

/// Wall time of several threads' work: medians of runs in turn, since processor time counts the caller's thread only.
void two_threads(const std::vector<Entry>& entries) {
  constexpr int repetitions = 7;
  std::vector<std::vector<double>> times(entries.size());
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      entries[i].second();
      times[i].push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::nth_element(times[i].begin(), times[i].begin() + repetitions / 2, times[i].end());
    std::printf("%-34s %7.3f ns a row, wall time\n", entries[i].first, times[i][repetitions / 2] / double{rows});
  }
  std::printf("\n");
}

/// Nanoseconds a row, effective bandwidth, and how many times `ours` fits into the rivals.
void print(const bench::Contest& contest, const std::string& ours, double bytes_a_row,
           const std::vector<std::string>& rivals) {
  const double seconds = contest.seconds(ours);
  if (!(seconds > 0)) return;
  std::printf("%-34s %7.3f ns a row %6.1f GB/s", ours.c_str(), seconds * 1e9 / double{rows},
              bytes_a_row * double{rows} / seconds / 1e9);
  for (const auto& rival : rivals) {
    if (contest.seconds(rival) > 0) std::printf("   %5.2f x %s", contest.seconds(rival) / seconds, rival.c_str());
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = std::stoi(bench::argument(argc, argv, "repetitions", "9"));
  std::string program = argv[0];
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{program.data(), interleaved.data()};
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  bench::print_conditions("Grading columns of " + std::to_string(rows) + " rows, medians of " +
                          std::to_string(repetitions) + " interleaved runs");

  const Data data;
  const SeverityModel standard;
  const Rational third(1, 3);
  const SeverityModel thirds({third, third, third});
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
    bench::require(right(data, false), "whole scores");
    fine(level, inline_executor());
    bench::require(right(data, true), "hundredths");
  }

  for (const unsigned threads : {1U, 2U}) {
    ThreadPool pool(threads, true);
    std::printf("threads   %u, pinned\n", threads);
    two_threads({{"memcpy", [&] { copy_on(pool, data, rows * 3); }},
                 {"whole_scores", [&] { whole(best, standard, pool); }},
                 {"hundredths", [&] { fine(best, pool); }}});
  }

  std::printf("pinned    %s\n\n", bench::pin(std::thread::hardware_concurrency() - 1) ? "to the last core" : "no");
  bench::Contest contest;
  const auto enter = [&](const char* name, const std::function<void()>& run) {
    contest.enter(name, {}, run, repetitions);
  };
  enter("memcpy", [&] { std::memcpy(data.to.data(), data.from.data(), rows * 3); });
  enter("naive_doubles", [&] { naive_whole(data); });
  enter("whole_scores", [&] { whole(best, standard, inline_executor()); });
  enter("whole_scores_portable", [&] { whole(portable, standard, inline_executor()); });
  enter("whole_scores_any_weights", [&] { whole(best, thirds, inline_executor()); });
  enter("memcpy_11", [&] { std::memcpy(data.to.data(), data.from.data(), rows * 11 / 2); });
  enter("naive_hundredths", [&] { naive_hundredths(data); });
  enter("hundredths", [&] { fine(best, inline_executor()); });
  enter("hundredths_portable", [&] { fine(portable, inline_executor()); });
  contest.run();
  for (const char* name : {"memcpy", "naive_doubles"}) print(contest, name, 6, {});
  for (const char* name : {"whole_scores", "whole_scores_portable", "whole_scores_any_weights"}) {
    print(contest, name, 6, {"memcpy", "naive_doubles"});
  }
  for (const char* name : {"memcpy_11", "naive_hundredths"}) print(contest, name, 11, {});
  for (const char* name : {"hundredths", "hundredths_portable"}) {
    print(contest, name, 11, {"memcpy_11", "naive_hundredths"});
  }
  return 0;
}
