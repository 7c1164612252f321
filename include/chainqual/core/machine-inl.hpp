#pragma once

/// What executor.hpp needs to know of the machine: cores, quotas, pinning, signals, forks.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif
#if __has_include(<pthread.h>)
#include <pthread.h>

#include <csignal>
#endif

namespace chainqual {
inline namespace v1 {
namespace detail {

/// A whole number of decimal digits; 0 for anything else or beyond 9 digits.
inline unsigned read_count(std::string_view text) noexcept {
  unsigned value = 0;
  if (text.empty() || text.size() > 9) return 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// Cores of the affinity mask, rising; empty where the system has no such notion.
inline std::vector<int> allowed_cores() {
  std::vector<int> cores;
#if defined(__linux__)
  // The kernel may have more cores than cpu_set_t holds bits; grow until it accepts the size.
  for (std::size_t words = CPU_SETSIZE / 64; words <= 4096; words *= 2) {
    std::vector<std::uint64_t> mask(words);
    auto* const set = static_cast<cpu_set_t*>(static_cast<void*>(mask.data()));
    if (sched_getaffinity(0, words * sizeof(std::uint64_t), set) != 0) continue;
    for (std::size_t core = 0; core < words * 64; ++core) {
      if (CPU_ISSET_S(core, words * sizeof(std::uint64_t), set)) cores.push_back(static_cast<int>(core));
    }
    break;
  }
#endif
  return cores;
}

inline unsigned allowed_core_count() {
  const auto cores = static_cast<unsigned>(allowed_cores().size());
  return cores != 0 ? cores : std::max(1U, std::thread::hardware_concurrency());
}

/// ceil(quota / period) in whole threads; 0: unlimited or unreadable.
inline unsigned threads_of_quota(std::string_view quota, std::string_view period) noexcept {
  const auto digits = [](std::string_view text) {
    std::uint64_t value = 0;
    if (text.empty() || text.size() > 15) return std::uint64_t{0};
    for (const char c : text) {
      if (c < '0' || c > '9') return std::uint64_t{0};
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
  };
  const std::uint64_t top = digits(quota);
  const std::uint64_t bottom = digits(period);
  if (top == 0 || bottom == 0) return 0;
  return static_cast<unsigned>(std::min<std::uint64_t>((top + bottom - 1) / bottom, 1U << 20U));
}

/// The tightest CPU quota on the path from this process's control group up to `root`; 0: none. Reads both versions of
/// control groups; inside a container the path is usually "/".
inline unsigned quota_threads(const std::string& root = "/sys/fs/cgroup",
                              const std::string& membership = "/proc/self/cgroup") {
  unsigned tightest = 0;
  const auto take = [&](unsigned threads) {
    if (threads != 0) tightest = tightest == 0 ? threads : std::min(tightest, threads);
  };
  const auto words_of = [](const std::string& file) {
    std::vector<std::string> words;
    std::ifstream in(file);
    for (std::string word; words.size() < 2 && in >> word;) words.push_back(word);
    words.resize(2);
    return words;
  };
  std::ifstream groups(membership);
  for (std::string line; std::getline(groups, line);) {
    const auto first = line.find(':');
    const auto second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = ',' + line.substr(first + 1, second - first - 1) + ',';
    const bool unified = controllers == ",,";
    if (!unified && controllers.find(",cpu,") == std::string::npos) continue;
    const std::string base = unified ? root : root + "/cpu";
    for (std::string path = line.substr(second + 1);; path.resize(path.rfind('/'))) {
      if (!path.empty() && path.back() == '/') path.pop_back();
      if (unified) {
        const auto words = words_of(base + path + "/cpu.max");
        take(threads_of_quota(words[0], words[1]));
      } else {
        take(threads_of_quota(words_of(base + path + "/cpu.cfs_quota_us")[0],
                              words_of(base + path + "/cpu.cfs_period_us")[0]));
      }
      if (path.find('/') == std::string::npos) break;
    }
  }
  return tightest;
}

inline bool pin_this_thread([[maybe_unused]] int core) noexcept {
#if defined(__linux__)
  if (core < 0 || core >= CPU_SETSIZE) return false;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(core), &set);
  return sched_setaffinity(0, sizeof(set), &set) == 0;
#else
  return false;
#endif
}

/// Leaves the process's signals to the host's own threads: a worker that took an interrupt would keep it from the
/// thread that waits for it. Faults and the profilers' clock stay, since they belong to the thread that they hit.
inline void block_signals_here() noexcept {
#if __has_include(<pthread.h>)
  sigset_t set;
  sigfillset(&set);
  for (const int kept : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPROF}) sigdelset(&set, kept);
  pthread_sigmask(SIG_SETMASK, &set, nullptr);
#endif
}

/// Keeps the calling thread on one core while it lives, then gives it its old mask back. A core of −1 does nothing.
class PinnedHere {
 public:
  explicit PinnedHere([[maybe_unused]] int core) noexcept {
#if defined(__linux__)
    if (core >= 0 && sched_getaffinity(0, sizeof(before_), &before_) == 0) pinned_ = pin_this_thread(core);
#endif
  }
  ~PinnedHere() {
#if defined(__linux__)
    if (pinned_) sched_setaffinity(0, sizeof(before_), &before_);
#endif
  }
  PinnedHere(const PinnedHere&) = delete;
  PinnedHere& operator=(const PinnedHere&) = delete;

 private:
#if defined(__linux__)
  cpu_set_t before_{};
#endif
  bool pinned_ = false;
};

inline std::atomic<std::uint64_t>& fork_counter() noexcept {
  static std::atomic<std::uint64_t> counter{0};
  return counter;
}

/// How many forks lie between the process that first asked and this one: a number that differs in every child.
inline std::uint64_t fork_generation() noexcept {
#if __has_include(<pthread.h>)
  static const int registered =
      pthread_atfork(nullptr, nullptr, [] { fork_counter().fetch_add(1, std::memory_order_relaxed); });
  static_cast<void>(registered);
#endif
  return fork_counter().load(std::memory_order_relaxed);
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
