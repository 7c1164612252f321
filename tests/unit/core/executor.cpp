#include "chainqual/core/executor.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using chainqual::CancelToken;
using chainqual::Control;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::Executor;
using chainqual::ThreadPool;

Control on(Executor& executor) {
  return Control{&executor, nullptr, {}};
}

/// Waits for a condition that another thread is about to make true; gives up after some seconds.
template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 20000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return condition();
}

/// A user's executor: one thread, last chunk first.
class Backwards final : public Executor {
 public:
  [[nodiscard]] unsigned concurrency() const noexcept override { return 1; }
  void run(std::size_t chunks, const std::function<void(std::size_t)>& body) override {
    ++runs;
    while (chunks-- > 0) body(chunks);
  }
  int runs = 0;
};

class OnAnyPool : public testing::TestWithParam<unsigned> {
 protected:
  ThreadPool pool{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(ThreadPool, OnAnyPool, testing::Values(1U, 2U, 7U));

TEST_P(OnAnyPool, RunsEveryChunkExactlyOnce) {
  EXPECT_EQ(pool.concurrency(), GetParam());
  for (const std::size_t chunks : {0U, 1U, 2U, 3U, 1000U}) {
    std::vector<std::atomic<int>> runs(chunks);
    pool.run(chunks, [&](std::size_t chunk) { ++runs[chunk]; });
    for (const auto& count : runs) EXPECT_EQ(count, 1);
  }
}

TEST_P(OnAnyPool, ChunksCoverTheItemsAndDependOnSizeAndGrainOnly) {
  for (const std::size_t n : {1U, 9U, 10U, 11U, 1000U}) {
    for (const std::size_t grain : {1U, 7U, 10U, 5000U}) {
      std::mutex mutex;
      std::set<std::vector<std::size_t>> seen;
      chainqual::for_chunks(on(pool), n, grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
        const std::scoped_lock lock(mutex);
        seen.insert({chunk, begin, end});
      });
      ASSERT_EQ(seen.size(), chainqual::chunk_count(n, grain));
      std::size_t at = 0;
      for (const auto& chunk : seen) {
        EXPECT_EQ(chunk[0] * grain, chunk[1]);
        EXPECT_EQ(chunk[1], at);
        EXPECT_GT(chunk[2], chunk[1]);
        EXPECT_LE(chunk[2] - chunk[1], grain);
        at = chunk[2];
      }
      EXPECT_EQ(at, n);
    }
  }
}

TEST_P(OnAnyPool, RethrowsTheExceptionOfTheLowestChunk) {
  for (int repeat = 0; repeat < 50; ++repeat) {
    std::atomic<bool> later_threw = false;
    std::string caught;
    try {
      pool.run(64, [&](std::size_t chunk) {
        if (chunk == 5) {  // gives a later chunk, if another thread has one, the time to throw first
          for (int i = 0; i < 1000 && !later_threw; ++i) std::this_thread::yield();
        }
        if (chunk >= 5) {
          later_threw = chunk > 5 || later_threw;
          throw std::runtime_error("chunk " + std::to_string(chunk));
        }
      });
    } catch (const std::runtime_error& error) {
      caught = error.what();
    }
    ASSERT_EQ(caught, "chunk 5");
  }
  int runs = 0;  // and the pool is whole afterwards
  std::mutex mutex;
  pool.run(10, [&](std::size_t) {
    const std::scoped_lock lock(mutex);
    ++runs;
  });
  EXPECT_EQ(runs, 10);
}

TEST_P(OnAnyPool, NestedRunsStayOnTheirThread) {
  ThreadPool other(3);
  std::atomic<int> inner = 0;
  pool.run(8, [&](std::size_t) {
    const auto outer_thread = std::this_thread::get_id();
    const bool many = pool.concurrency() > 1;
    for (Executor* executor : {static_cast<Executor*>(&pool), static_cast<Executor*>(&other)}) {
      executor->run(4, [&](std::size_t) {
        ++inner;
        if (many) {
          EXPECT_EQ(std::this_thread::get_id(), outer_thread);
        }
      });
    }
  });
  EXPECT_EQ(inner, 64);
}

TEST_P(OnAnyPool, MayBeUsedFromSeveralThreadsAtOnce) {
  std::vector<std::thread> callers;
  std::atomic<std::uint64_t> total = 0;
  for (std::uint64_t caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      for (int job = 0; job < 50; ++job) {
        std::atomic<std::uint64_t> sum = 0;
        pool.run(20, [&](std::size_t chunk) { sum += caller * 1000 + chunk; });
        EXPECT_EQ(sum, caller * 20000 + 190);
        total += sum;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(total, 50U * (0 + 20000 + 40000 + 60000 + 4 * 190));
}

TEST_P(OnAnyPool, CancelStopsBetweenChunksAndFinishesTheBegun) {
  CancelToken token;
  Control control = on(pool);
  control.cancel = &token;
  std::atomic<int> begun = 0;
  std::atomic<int> finished = 0;
  try {
    chainqual::for_chunks(control, 10000, 1, [&](std::size_t, std::size_t, std::size_t chunk) {
      ++begun;
      if (chunk == 20) token.cancel();
      if (chunk > 20) {  // else another thread might run all the rest before chunk 20 gets to its request
        EXPECT_TRUE(soon([&] { return token.is_cancelled(); }));
      }
      ++finished;
    });
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
    EXPECT_FALSE(error.message().zh.empty());
  }
  EXPECT_EQ(begun, finished);
  EXPECT_GE(begun, 21);
  EXPECT_LE(begun, 20 + static_cast<int>(GetParam()));
  EXPECT_THROW(chainqual::for_chunks(control, 0, 1, [](auto...) {}), Error);
  token.reset();
  EXPECT_NO_THROW(chainqual::for_chunks(control, 5, 1, [](auto...) {}));
}

TEST(ThreadPool, ReallyUsesItsThreads) {
  for (const bool pinned : {false, true}) {
    ThreadPool pool(3, pinned);
    std::atomic<int> present = 0;
    pool.run(3, [&](std::size_t) {
      ++present;
      EXPECT_TRUE(soon([&] { return present == 3; }));  // passes only when three chunks are inside at once
    });
  }
}

TEST(ThreadPool, StartsNoThreadBeforeItNeedsOne) {
  const auto threads_now = [] {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("Threads:")) return std::stoi(line.substr(8));
    }
    return -1;
  };
  const int before = threads_now();
  ThreadPool pool(7);
  pool.run(1, [](std::size_t) {});
  EXPECT_EQ(threads_now(), before);
  pool.run(3, [](std::size_t) {});
  EXPECT_EQ(threads_now(), before < 0 ? -1 : before + 2);
}

TEST(ThreadPool, TakesTheMachinesCountByDefault) {
  EXPECT_EQ(ThreadPool().concurrency(), chainqual::available_threads());
  EXPECT_GE(chainqual::available_threads(), 1U);
}

TEST(InlineExecutor, RunsInOrderOnTheCaller) {
  std::vector<std::size_t> order;
  chainqual::inline_executor().run(5, [&](std::size_t chunk) { order.push_back(chunk); });
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(chainqual::inline_executor().concurrency(), 1U);
}

TEST(Control, ADefaultOneUsesTheDefaultExecutor) {
  EXPECT_EQ(&chainqual::executor_of({}), &chainqual::default_executor());
  std::atomic<int> items = 0;
  chainqual::for_chunks(
      {}, 100, 7, [&](std::size_t begin, std::size_t end, std::size_t) { items += static_cast<int>(end - begin); });
  EXPECT_EQ(items, 100);
}

TEST(Control, AUsersExecutorIsUsed) {
  Backwards backwards;
  std::vector<std::size_t> order;
  chainqual::for_chunks(on(backwards), 6, 2,
                        [&](std::size_t begin, std::size_t, std::size_t) { order.push_back(begin); });
  EXPECT_EQ(order, (std::vector<std::size_t>{4, 2, 0}));
  EXPECT_EQ(backwards.runs, 1);
}

TEST(ForChunks, RefusesAGrainOfZero) {
  try {
    chainqual::for_chunks({}, 10, 0, [](auto...) {});
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  }
}

TEST(ReduceChunks, GivesTheSameBitsOnAnyExecutor) {
  std::vector<double> values(100'003);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / (static_cast<double>(i) + 0.3);
  const auto sum_on = [&](Executor& executor) {
    return chainqual::reduce_chunks(
        on(executor), values.size(), 1000, 0.0,
        [&](std::size_t begin, std::size_t end, std::size_t) {
          return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(begin),
                                 values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
        },
        std::plus<>{});
  };
  const double expected = sum_on(chainqual::inline_executor());
  Backwards backwards;
  EXPECT_EQ(sum_on(backwards), expected);
  for (const unsigned threads : {2U, 7U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(sum_on(pool), expected);
  }
  EXPECT_NE(expected, std::accumulate(values.begin(), values.end(), 0.0));  // the order does matter to these bits
}

TEST(ReduceChunks, OfFlagsDoesNotShareBytes) {
  ThreadPool pool(7);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const bool all = chainqual::reduce_chunks(
        on(pool), 1000, 1, true, [](std::size_t, std::size_t, std::size_t) { return true; }, std::logical_and<>{});
    EXPECT_TRUE(all);
  }
}

}  // namespace
