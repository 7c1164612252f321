#include "chainqual/core/machine-inl.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <csignal>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "chainqual/core/executor.hpp"

namespace {

namespace detail = chainqual::detail;
namespace fs = std::filesystem;

/// A control-group tree in a temporary folder.
class Groups : public testing::Test {
 protected:
  fs::path root = fs::temp_directory_path() / ("chainqual_groups_" + std::to_string(getpid()));
  void SetUp() override { fs::create_directories(root); }
  void TearDown() override { fs::remove_all(root); }
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path) << text;
  }
  [[nodiscard]] unsigned threads() const {
    return detail::quota_threads(root.string(), (root / "membership").string());
  }
};

TEST_F(Groups, WithoutAQuotaNothingLimits) {
  EXPECT_EQ(threads(), 0U);
  write("membership", "0::/\n");
  EXPECT_EQ(threads(), 0U);
  write("cpu.max", "max 100000\n");
  EXPECT_EQ(threads(), 0U);
}

TEST_F(Groups, TheQuotaIsRoundedUpToWholeThreads) {
  write("membership", "0::/\n");
  write("cpu.max", "250000 100000\n");
  EXPECT_EQ(threads(), 3U);
  write("cpu.max", "200000 100000\n");
  EXPECT_EQ(threads(), 2U);
  write("cpu.max", "1000 100000\n");
  EXPECT_EQ(threads(), 1U);
}

TEST_F(Groups, TheTightestQuotaOnThePathCounts) {
  write("membership", "0::/pods/one\n");
  write("pods/one/cpu.max", "max 100000\n");
  write("pods/cpu.max", "400000 100000\n");
  write("cpu.max", "800000 100000\n");
  EXPECT_EQ(threads(), 4U);
  write("pods/one/cpu.max", "100000 100000\n");
  EXPECT_EQ(threads(), 1U);
}

TEST_F(Groups, TheFirstVersionsFilesAreReadToo) {
  write("membership", "5:memory:/a\n4:cpuset:/a\n3:cpu,cpuacct:/a\n");
  write("cpu/a/cpu.cfs_quota_us", "150000\n");
  write("cpu/a/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(threads(), 2U);
  write("cpu/a/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(threads(), 0U);
}

TEST_F(Groups, NonsenseIsNoQuota) {
  write("membership", "nonsense\n0\n0:\n0::/\n");
  write("cpu.max", "lots of it\n");
  EXPECT_EQ(threads(), 0U);
  write("cpu.max", "100000 0\n");
  EXPECT_EQ(threads(), 0U);
}

TEST(Machine, CountsAreReadStrictly) {
  EXPECT_EQ(detail::read_count("12"), 12U);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "0x2", "two", "9999999999"})
    EXPECT_EQ(detail::read_count(text), 0U);
}

TEST(Machine, TheEnvironmentSetsTheDefaultCountIfItIsSane) {
  const char* const before = std::getenv("CHAINQUAL_THREADS");
  const std::string kept = before == nullptr ? "" : before;
  setenv("CHAINQUAL_THREADS", "5", 1);
  EXPECT_EQ(chainqual::configured_threads(), 5U);
  for (const char* text : {"0", "1025", "many", "-2", ""}) {
    setenv("CHAINQUAL_THREADS", text, 1);
    EXPECT_EQ(chainqual::configured_threads(), chainqual::available_threads()) << text;
  }
  unsetenv("CHAINQUAL_THREADS");
  EXPECT_EQ(chainqual::configured_threads(), chainqual::available_threads());
  if (before != nullptr) setenv("CHAINQUAL_THREADS", kept.c_str(), 1);
}

TEST(Machine, APinnedPoolKeepsThreadsOnOneCoreEachAndGivesTheCallerItsMaskBack) {
  const std::vector<int> before = detail::allowed_cores();
  ASSERT_FALSE(before.empty());
  chainqual::ThreadPool pool(2, true);
  std::mutex mutex;
  std::set<int> cores;
  std::atomic<int> present = 0;
  pool.run(2, [&](std::size_t) {
    ++present;
    for (int i = 0; i < 20000 && present < 2; ++i) std::this_thread::sleep_for(std::chrono::microseconds(200));
    const std::vector<int> mine = detail::allowed_cores();
    const std::scoped_lock lock(mutex);
    ASSERT_EQ(mine.size(), 1U);
    cores.insert(mine.front());
  });
  EXPECT_EQ(cores.size(), std::min<std::size_t>(2, before.size()));
  EXPECT_EQ(detail::allowed_cores(), before);
}

TEST(Machine, WorkersLeaveInterruptsToTheHostsThreadsAndKeepFaults) {
  const auto blocked = [](int signal) {
    sigset_t set;
    pthread_sigmask(SIG_SETMASK, nullptr, &set);
    return sigismember(&set, signal) == 1;
  };
  const auto caller = std::this_thread::get_id();
  const bool before = blocked(SIGINT);
  chainqual::ThreadPool pool(2);
  std::atomic<int> present = 0;
  std::atomic<int> workers = 0;
  pool.run(2, [&](std::size_t) {
    ++present;
    for (int i = 0; i < 20000 && present < 2; ++i) std::this_thread::sleep_for(std::chrono::microseconds(200));
    if (std::this_thread::get_id() == caller) {
      EXPECT_EQ(blocked(SIGINT), before);
    } else {
      ++workers;
      EXPECT_TRUE(blocked(SIGINT) && blocked(SIGTERM) && blocked(SIGCHLD));
      EXPECT_FALSE(blocked(SIGSEGV) || blocked(SIGFPE) || blocked(SIGPROF));
    }
  });
  EXPECT_EQ(workers, 1);
}

}  // namespace
