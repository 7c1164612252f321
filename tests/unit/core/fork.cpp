// The pool across fork(): a child must compute, on threads of its own, whatever the parent's pool was doing.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

#include "chainqual/core/executor.hpp"

#if defined(__SANITIZE_THREAD__) || defined(__has_feature)
#if defined(__SANITIZE_THREAD__)
#define CHAINQUAL_TEST_THREAD_SANITIZER
#elif __has_feature(thread_sanitizer)
#define CHAINQUAL_TEST_THREAD_SANITIZER
#endif
#endif
#if defined(CHAINQUAL_TEST_THREAD_SANITIZER)
// By default the thread sanitizer ends a child of a threaded parent that starts a thread, which is what is tested here.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() {
  return "die_after_fork=0";
}
#endif

namespace {

using chainqual::Executor;
using chainqual::ThreadPool;

/// Whether `executor` computes, with two chunks on two threads at one time.
bool works_in_parallel(Executor& executor) {
  std::atomic<int> present = 0;
  std::atomic<bool> met = true;
  executor.run(2, [&](std::size_t) {
    ++present;
    for (int i = 0; i < 20000 && present < 2; ++i) std::this_thread::sleep_for(std::chrono::microseconds(200));
    if (present < 2) met = false;
  });
  std::atomic<std::size_t> sum = 0;
  executor.run(100, [&](std::size_t chunk) { sum += chunk; });
  return met && sum == 4950;
}

/// Runs `body` in a child; true if it returned true there and the child ended by itself within a minute.
template <class Body>
bool in_child(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(body() ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(ThreadPool, AChildForkedAfterUseMakesAPoolOfItsOwn) {
  ThreadPool pool(2);
  ASSERT_TRUE(works_in_parallel(pool));
  EXPECT_TRUE(in_child([&] { return works_in_parallel(pool); }));
  EXPECT_TRUE(works_in_parallel(pool));
}

TEST(ThreadPool, AGrandchildMakesOneToo) {
  ThreadPool pool(2);
  ASSERT_TRUE(works_in_parallel(pool));
  EXPECT_TRUE(in_child([&] {
    return in_child([&] { return works_in_parallel(pool); }) && works_in_parallel(pool) &&
           in_child([&] { return works_in_parallel(pool); });
  }));
}

TEST(ThreadPool, AChildMayDestroyAPoolThatItsParentUsed) {
  auto pool = std::make_unique<ThreadPool>(2);
  ASSERT_TRUE(works_in_parallel(*pool));
  EXPECT_TRUE(in_child([&] {
    pool.reset();
    return true;
  }));
  EXPECT_TRUE(works_in_parallel(*pool));
}

TEST(ThreadPool, AChildForkedWhileThePoolIsBusyIsNotHeldUp) {
  ThreadPool pool(2);
  std::atomic<int> running = 0;
  std::atomic<bool> release = false;
  std::thread user([&] {
    pool.run(2, [&](std::size_t) {
      ++running;
      while (!release) std::this_thread::sleep_for(std::chrono::microseconds(100));
    });
  });
  // Both must run: a fork while a thread is being started leaves locks of a sanitizer's own held in the child.
  while (running != 2) std::this_thread::yield();
  EXPECT_TRUE(in_child([&] { return works_in_parallel(pool); }));
  release = true;
  user.join();
}

TEST(ThreadPool, TheDefaultPoolSurvivesForksAsWell) {
  std::atomic<int> sum = 0;
  chainqual::default_executor().run(50, [&](std::size_t) { ++sum; });
  ASSERT_EQ(sum, 50);
  EXPECT_TRUE(in_child([&] {
    std::atomic<int> count = 0;
    chainqual::default_executor().run(50, [&](std::size_t) { ++count; });
    return count == 50;
  }));
}

#if !defined(CHAINQUAL_TEST_THREAD_SANITIZER) && !defined(__SANITIZE_ADDRESS__)
// Sanitizers map memory of their own all the time and end the program when the system refuses it.
TEST(ThreadPool, GoesOnWithTheCallerAloneWhenTheSystemRefusesThreads) {
  EXPECT_TRUE(in_child([] {
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    // Room for small allocations, none for a thread's stack.
    const rlim_t bytes = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + (rlim_t{1} << 20U);
    const rlimit limit{bytes, bytes};
    if (pages == 0 || setrlimit(RLIMIT_AS, &limit) != 0) return false;
    std::atomic<bool> release = false;
    std::vector<std::thread> held;  // they use up the stacks that the C library keeps of ended threads
    try {
      while (held.size() < 1000) {
        held.emplace_back([&] {
          while (!release) std::this_thread::sleep_for(std::chrono::microseconds(100));
        });
      }
    } catch (const std::system_error&) {
    }
    ThreadPool pool(7);
    const auto caller = std::this_thread::get_id();
    bool alone = held.size() < 1000;
    std::size_t sum = 0;
    pool.run(100, [&](std::size_t chunk) {
      alone = alone && std::this_thread::get_id() == caller;
      sum += chunk;
    });
    release = true;
    for (std::thread& thread : held) thread.join();
    return alone && sum == 4950;
  }));
}
#endif

}  // namespace
