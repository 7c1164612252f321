// A store with 100,000 problems: what a clerk waits for, each under 50 ms. `CHAINQUAL_STORE_ADDRESS` names a PostgreSQL
// database to use instead of a temporary SQLite file; it must be empty. "Time" is what passes, "CPU" this process's own
// share of it: of PostgreSQL the server's work is not in it.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "chainqual/store/store.hpp"

namespace {

using namespace chainqual;

constexpr int problem_count = 100'000;
constexpr int segment_count = 200;

std::string two_digits(std::uint32_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// Problems with names and descriptions of 20 and 120 characters out of 600 words of two characters.
Dossier large_dossier() {
  std::mt19937 random(1);
  std::vector<std::string> words;
  for (int i = 0; i < 600; ++i) {
    std::string word;
    for (int j = 0; j < 2; ++j) {
      const std::uint32_t c = 0x4E00 + random() % 2500;
      for (const std::uint32_t byte : {0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F)}) {
        word += static_cast<char>(byte);
      }
    }
    words.push_back(word);
  }
  words[0] = "芯片";
  words[1] = "焊接";
  const auto text = [&](int length) {
    std::string all;
    for (int i = 0; i < length; ++i) all += words[random() % words.size()];
    return all;
  };
  Dossier dossier;
  for (int i = 0; i < segment_count; ++i) {
    Segment segment;
    segment.id = "S" + std::to_string(i);
    segment.name = segment.id;
    dossier.chain.add_segment(segment);
  }
  for (int i = 0; i < problem_count; ++i) {
    Problem problem;
    problem.number = "P" + std::to_string(i);
    problem.name = text(10);
    problem.description = text(60);
    problem.segments = {"S" + std::to_string(random() % segment_count)};
    problem.date = "2025-" + two_digits(1 + random() % 12) + "-" + two_digits(1 + random() % 28);
    problem.category = static_cast<Category>(random() % 5);
    problem.status = static_cast<ProblemStatus>(random() % 4);
    dossier.problems.push_back(problem);
  }
  return dossier;
}

/// The store of this run, filled once.
Store& store() {
  struct Filled {
    std::string address;
    bool ours = false;
    std::unique_ptr<Store> store;
    Filled() {
      const char* given = std::getenv("CHAINQUAL_STORE_ADDRESS");
      ours = given == nullptr;
      address =
          ours ? (std::filesystem::temp_directory_path() / ("bench-store-" + std::to_string(getpid()) + ".db")).string()
               : std::string(given);
      store = std::make_unique<Store>(Store::open(address));
      const Dossier dossier = large_dossier();
      const auto start = std::chrono::steady_clock::now();
      store->fill(dossier);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      std::printf("filled with %d problems in %.1f s; %s\n", problem_count, took.count(), store->address().c_str());
      // What is timed is right: counted once by looking at every record.
      std::size_t named = 0;
      for (const Problem& problem : dossier.problems) {
        named += (problem.name + problem.description).find("芯片") != std::string::npos ? 1U : 0U;
      }
      if (store->search({"芯片", {}, 0, problem_count}).hits.size() != named)
        throw std::runtime_error("search is wrong");
      for (const std::string part : {"芯片", "片", "芯片焊接", "P99", "，"}) {
        for (const bool in_name : {true, false}) {
          std::uint64_t holds = 0;
          for (const Problem& problem : dossier.problems) {
            holds += (in_name ? problem.name : problem.description).find(part) != std::string::npos ? 1U : 0U;
          }
          const Condition condition{in_name ? "name" : "description", Match::contains, part};
          if (store->list<Problem>({.where = {condition}, .limit = problem_count}).total != holds)
            throw std::runtime_error("contains is wrong");
        }
      }
    }
    ~Filled() {
      store.reset();
      if (ours) {
        for (const std::string end : {"", "-wal", "-shm"}) std::filesystem::remove(address + end);
      }
    }
  };
  static Filled filled;
  return *filled.store;
}

void listed(benchmark::State& state, const Listing& listing) {
  store();
  std::uint64_t total = 0;
  for (auto _ : state) total = store().list<Problem>(listing).total;
  state.counters["rows"] = static_cast<double>(total);
}

void searched(benchmark::State& state, const Search& search) {
  store();
  std::size_t hits = 0;
  for (auto _ : state) hits = store().search(search).hits.size();
  state.counters["hits"] = static_cast<double>(hits);
}

void one_record(benchmark::State& state) {
  store();
  for (auto _ : state) benchmark::DoNotOptimize(store().find<Problem>("P77777"));
}

void one_change(benchmark::State& state) {
  Entry<Problem> entry = *store().find<Problem>("P77777");
  int count = 0;
  for (auto _ : state) {
    entry.record.ideas = "想法" + std::to_string(++count);
    entry = store().change(entry.number, entry.version, entry.record);
  }
}

void one_step(benchmark::State& state) {
  store();
  Problem problem;
  problem.number = "STEP";
  if (!store().find<Problem>("STEP")) store().add(problem);
  for (auto _ : state) {
    const bool back = store().find<Problem>("STEP")->record.status == ProblemStatus::analysing;
    store().step(StepRequest<ProblemStatus>{"STEP", back ? ProblemStatus::identified : ProblemStatus::analysing,
                                            "2025-06-01", Actor::office, "王", "原因"});
  }
}

const auto ms = benchmark::kMillisecond;

BENCHMARK_CAPTURE(listed, first_page, Listing{})->Unit(ms);
BENCHMARK_CAPTURE(listed, last_page, Listing{.offset = problem_count - 100})->Unit(ms);
BENCHMARK_CAPTURE(listed, by_date, Listing{.order_by = "date", .descending = true})->Unit(ms);
BENCHMARK_CAPTURE(listed, of_a_status, Listing{.where = {{"status", Match::is, "攻关中"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, of_a_segment, Listing{.where = {{"segments", Match::is, "S7"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, of_three_conditions,
                  Listing{.where = {{"status", Match::is, "solved"},
                                    {"category", Match::is, "brand"},
                                    {"date", Match::from, "2025-07-01"}}})
    ->Unit(ms);
BENCHMARK_CAPTURE(listed, middle_page, Listing{.offset = problem_count / 2})->Unit(ms);
BENCHMARK_CAPTURE(listed, named_so, Listing{.where = {{"name", Match::contains, "芯片焊接"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, named_with_two, Listing{.where = {{"name", Match::contains, "芯片"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, named_with_one, Listing{.where = {{"name", Match::contains, "芯"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, described_so, Listing{.where = {{"description", Match::contains, "芯片焊接"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, described_with_two, Listing{.where = {{"description", Match::contains, "芯片"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, described_with_one, Listing{.where = {{"description", Match::contains, "芯"}}})->Unit(ms);
BENCHMARK_CAPTURE(listed, numbered_with, Listing{.where = {{"number", Match::contains, "432"}}})->Unit(ms);
BENCHMARK_CAPTURE(searched, two_characters, Search{"芯片"})->Unit(ms);
BENCHMARK_CAPTURE(searched, one_character, Search{"芯"})->Unit(ms);
BENCHMARK_CAPTURE(searched, four_characters, Search{"芯片焊接"})->Unit(ms);
BENCHMARK_CAPTURE(searched, two_words, Search{"芯片 焊接"})->Unit(ms);
BENCHMARK_CAPTURE(searched, nothing, Search{"芯芯"})->Unit(ms);
BENCHMARK_CAPTURE(searched, a_number, Search{"P4321"})->Unit(ms);
BENCHMARK(one_record)->Unit(ms);
BENCHMARK(one_change)->Unit(ms);
BENCHMARK(one_step)->Unit(ms);

}  // namespace

BENCHMARK_MAIN();
