#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Runs the chunks of a job, on however many threads it likes. Derive from it to lend chainqual your own threads.
class Executor {
 public:
  virtual ~Executor() = default;

  /// How many chunks may be running at one time, the calling thread counted; at least 1. A hint for sizing scratch
  /// space.
  [[nodiscard]] virtual unsigned concurrency() const noexcept = 0;

  /// Calls body(0) … body(chunks − 1), each exactly once, in any order and on any threads, and returns when all are
  /// done. If bodies throw, later chunks may be left out, and the exception of the lowest throwing chunk is rethrown.
  virtual void run(std::size_t chunks, const std::function<void(std::size_t)>& body) = 0;
};

/// A request to stop, set from any thread, read by kernels between chunks. Cheap to poll.
class CancelToken {
 public:
  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
  void reset() noexcept { cancelled_.store(false, std::memory_order_relaxed); }
  [[nodiscard]] bool is_cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_{false};
};

/// How a kernel runs, not what it computes: results are the same for every Control. Passed last, by const reference.
struct Control {
  Executor* executor = nullptr;         ///< null: default_executor(); borrowed
  const CancelToken* cancel = nullptr;  ///< null: cannot be cancelled; borrowed
  /// Called with the share done, 0 … 1, never falling, from any thread but never from two at once, at most some twenty
  /// times a second. What it throws stops the work and reaches the caller.
  std::function<void(double done_share)> progress = {};
};

/// How many threads a ThreadPool uses, and whether they stay on their cores.
struct PoolOptions {
  unsigned threads = 0;  ///< the calling thread counted; 0: available_threads()
  bool pinned = false;   ///< each worker, and the caller while in run(), on a core of its own (Linux; else ignored)
};

/// Threads this process may really use: the affinity mask, cut to the control group's CPU quota (rounded up); at
/// least 1.
[[nodiscard]] unsigned available_threads() noexcept;

/// Reads the environment variable CHAINQUAL_THREADS, 1 … 1024; anything else counts as not set and gives
/// available_threads().
[[nodiscard]] unsigned configured_threads() noexcept;

/// A pool of std::threads started by the first run() that needs them.
///
/// The caller works too, so a pool of one starts no thread. A run() from inside a job that a pool has spread over its
/// threads runs inline, on whichever pool it is called. Several threads may call run() at once: each works on its own
/// job, and idle workers help the oldest unfinished one. After fork() the child forgets the parent's threads and starts
/// its own when needed; a child forked from inside a body must exec or _exit. If the system refuses a thread, the pool
/// goes on with those that it has. Its threads block the process's signals (not faults), which so reach the host's own.
class ThreadPool final : public Executor {
 public:
  explicit ThreadPool(unsigned threads = 0, bool pinned = false) : ThreadPool(PoolOptions{threads, pinned}) {}
  explicit ThreadPool(PoolOptions options);
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] unsigned concurrency() const noexcept override { return options_.threads; }
  void run(std::size_t chunks, const std::function<void(std::size_t)>& body) override;

 private:
  class Workers;
  [[nodiscard]] Workers& workers();

  PoolOptions options_;
  std::atomic<Workers*> workers_{nullptr};
};

/// The process's own pool: CHAINQUAL_THREADS if set at first use, else available_threads(). Unpinned.
[[nodiscard]] Executor& default_executor();

/// Runs every chunk on the calling thread, in order.
[[nodiscard]] Executor& inline_executor() noexcept;

/// The executor that `control` asks for.
[[nodiscard]] Executor& executor_of(const Control& control);

/// @throws Error{cancelled} if the control's token is set.
void throw_if_cancelled(const Control& control);

/// Reports the progress of `total` units of work to a Control: counts from any thread, calls back serialised, throttled
/// and never falling. Costs one relaxed addition a call when nobody listens.
class Progress {
 public:
  /// Reports the shares `from` … `to` of the whole job, so that a kernel of several phases gives each its part.
  Progress(const Control& control, std::uint64_t total, double from = 0.0, double to = 1.0);
  /// Counts `units` more as done.
  void add(std::uint64_t units);
  /// Reports `to`, whatever was counted; called once, after the work, by the thread that started it.
  void finish();

 private:
  void report(double share, bool forced);

  const std::function<void(double)>* callback_;
  std::uint64_t total_;
  double from_;
  double to_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::int64_t> next_report_{0};  ///< nanoseconds of the steady clock
  std::mutex mutex_;
  double last_ = -1.0;  ///< guarded by mutex_
};

/// `control` with its progress mapped to the shares `from` … `to`: what to hand to a kernel called as one phase of
/// several.
[[nodiscard]] Control phase_of(const Control& control, double from, double to);

/// How many chunks for_chunks makes of n items: ceil(n / grain).
[[nodiscard]] constexpr std::size_t chunk_count(std::size_t n, std::size_t grain) noexcept {
  return n / grain + (n % grain != 0 ? 1 : 0);
}

/// Calls fn(begin, end, chunk) for chunk 0, 1, …: [chunk · grain, min(n, (chunk + 1) · grain)), on the control's
/// executor.
///
/// The boundaries depend on n and grain only, so per-chunk results combined in chunk order are the same bits on any
/// number of threads (reduce_chunks does that). Does not report progress: give fn a Progress where it is wanted.
///
/// @param control  executor and cancel token.
/// @param n        items; 0 calls nothing.
/// @param grain    items in a chunk, > 0; some ten microseconds of work hide the cost of handing out a chunk.
/// @param fn       callable as fn(std::size_t begin, std::size_t end, std::size_t chunk), from several threads at once.
/// @throws Error{invalid_argument} grain is 0.
/// @throws Error{cancelled} the token was set before some chunk began. Chunks already begun are finished first.
/// @throws whatever fn throws: of several, that of the lowest chunk.
/// @complexity  O(n / grain) beside fn.
/// @numerics none.
/// @threads  May be called from several threads at once; from inside a chunk it runs inline.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
template <class Fn>
void for_chunks(const Control& control, std::size_t n, std::size_t grain, Fn&& fn);

/// Folds per-chunk values in chunk order: combine(… combine(combine(initial, map(0 …)), map(…)) …).
///
/// @param control  executor and cancel token.
/// @param n        items; 0 gives `initial`.
/// @param grain    items in a chunk, > 0.
/// @param initial  what the fold starts from; its type is the result's and must be default-constructible.
/// @param map      callable as map(begin, end, chunk) → T, from several threads at once.
/// @param combine  callable as combine(T, T) → T; called on the calling thread, in chunk order.
/// @throws as for_chunks.
/// @complexity  O(n / grain) values held beside map.
/// @numerics The same bits for every executor, since neither chunks nor the order of the fold depend on it.
/// @threads  As for_chunks.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
template <class T, class Map, class Combine>
[[nodiscard]] T reduce_chunks(const Control& control, std::size_t n, std::size_t grain, T initial, Map&& map,
                              Combine&& combine);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/executor-inl.hpp"
