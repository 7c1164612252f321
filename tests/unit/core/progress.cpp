#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "chainqual/core/executor.hpp"

namespace {

using chainqual::Control;
using chainqual::Progress;
using chainqual::ThreadPool;

TEST(Progress, NeverFallsNeverOverlapsAndEndsAtOne) {
  ThreadPool pool(7);
  std::atomic<int> inside = 0;
  std::vector<double> shares;
  const Control control{&pool, nullptr, [&](double share) {
                          EXPECT_EQ(++inside, 1);
                          shares.push_back(share);
                          --inside;
                        }};
  Progress progress(control, 100'000);
  chainqual::for_chunks(control, 100'000, 100,
                        [&](std::size_t begin, std::size_t end, std::size_t) { progress.add(end - begin); });
  progress.finish();
  ASSERT_GE(shares.size(), 2U);  // the first addition reports at once
  for (std::size_t i = 1; i < shares.size(); ++i) EXPECT_GT(shares[i], shares[i - 1]);
  EXPECT_GT(shares.front(), 0.0);
  EXPECT_EQ(shares.back(), 1.0);
}

TEST(Progress, ReportsAtMostSomeTwentyTimesASecond) {
  int calls = 0;
  const Control control{nullptr, nullptr, [&](double) { ++calls; }};
  const auto start = std::chrono::steady_clock::now();
  Progress progress(control, 1'000'000);
  for (int i = 0; i < 1'000'000; ++i) progress.add(1);
  progress.finish();
  const auto elapsed = std::chrono::steady_clock::now() - start;
  EXPECT_LE(calls, elapsed / std::chrono::milliseconds(50) + 2);
}

TEST(Progress, OfAPhaseStaysInItsShare) {
  std::vector<double> shares;
  const Control control{nullptr, nullptr, [&](double share) { shares.push_back(share); }};
  {
    const Control first = chainqual::phase_of(control, 0.0, 0.25);
    Progress progress(first, 4);
    progress.add(4);
    progress.finish();
  }
  {
    const Control rest = chainqual::phase_of(control, 0.25, 1.0);
    Progress progress(rest, 3);
    progress.add(1);
    progress.finish();
  }
  EXPECT_EQ(shares, (std::vector<double>{0.25, 0.5, 1.0}));
}

TEST(Progress, CountsBeyondTheTotalAndTotalsOfZeroStayAtOne) {
  std::vector<double> shares;
  const Control control{nullptr, nullptr, [&](double share) { shares.push_back(share); }};
  Progress too_many(control, 2);
  too_many.add(5);
  too_many.finish();
  Progress nothing(control, 0);
  nothing.finish();
  EXPECT_EQ(shares, (std::vector<double>{1.0, 1.0}));
}

TEST(Progress, WhatTheCallbackThrowsStopsTheWork) {
  ThreadPool pool(2);
  for (chainqual::Executor* executor : {static_cast<chainqual::Executor*>(&pool), &chainqual::inline_executor()}) {
    std::atomic<int> chunks = 0;
    const Control control{executor, nullptr, [](double) { throw std::runtime_error("stop"); }};
    Progress progress(control, 100);
    const auto work = [&] {
      chainqual::for_chunks(control, 100, 1, [&](std::size_t, std::size_t, std::size_t) {
        ++chunks;
        progress.add(1);
      });
    };
    EXPECT_THROW(work(), std::runtime_error);
    if (executor != &pool) {
      EXPECT_EQ(chunks, 1);
    }
  }
}

TEST(Progress, WithoutAListenerDoesNothing) {
  const Control control;
  EXPECT_FALSE(chainqual::phase_of(control, 0, 1).progress);
  Progress progress(control, 10);
  EXPECT_NO_THROW(progress.add(10));
  EXPECT_NO_THROW(progress.finish());
}

}  // namespace
