#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <limits>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/machine-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// True on a thread while it runs a chunk of some pool: what makes nested runs inline.
inline bool& inside_chunk() noexcept {
  thread_local bool inside = false;
  return inside;
}

class InsideChunk {
 public:
  InsideChunk() noexcept : before_(std::exchange(inside_chunk(), true)) {}
  ~InsideChunk() { inside_chunk() = before_; }
  InsideChunk(const InsideChunk&) = delete;
  InsideChunk& operator=(const InsideChunk&) = delete;

 private:
  bool before_;
};

/// One run(): chunks are claimed in rising order, so when chunk k throws every lower one has been claimed and will
/// finish; hence the lowest exception is the same whatever the timing.
class Job {
 public:
  Job(std::size_t chunks, const std::function<void(std::size_t)>& body) : chunks_(chunks), body_(body) {}

  [[nodiscard]] bool has_unclaimed() const noexcept {
    return next_.load(std::memory_order_relaxed) < chunks_ && !failed_.load(std::memory_order_relaxed);
  }

  void work() {
    const InsideChunk mark;
    while (!failed_.load(std::memory_order_relaxed)) {
      const std::size_t chunk = next_.fetch_add(1, std::memory_order_relaxed);
      if (chunk >= chunks_) return;
      try {
        body_(chunk);
      } catch (...) {
        const std::scoped_lock lock(error_mutex_);
        if (!error_ || chunk < error_chunk_) {
          error_ = std::current_exception();
          error_chunk_ = chunk;
        }
        failed_.store(true, std::memory_order_relaxed);
      }
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

  unsigned helpers = 0;  ///< workers inside work(); guarded by the pool's mutex

 private:
  const std::size_t chunks_;
  const std::function<void(std::size_t)>& body_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex error_mutex_;
  std::exception_ptr error_;
  std::size_t error_chunk_ = 0;
};

inline void run_inline(std::size_t chunks, const std::function<void(std::size_t)>& body) {
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) body(chunk);
}

}  // namespace detail

/// The threads of one pool in one process. A fork's child abandons the object: its mutex may be held by a thread that
/// no longer exists, and its threads are gone.
class ThreadPool::Workers {
 public:
  explicit Workers(const PoolOptions& options) : options_(options), generation_(detail::fork_generation()) {
    if (options.pinned) cores_ = detail::allowed_cores();
  }

  ~Workers() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }

  void run(std::size_t chunks, const std::function<void(std::size_t)>& body) {
    detail::Job job(chunks, body);
    const std::size_t helpers = std::min<std::size_t>(chunks - 1, options_.threads - 1);
    {
      const std::scoped_lock lock(mutex_);
      start_threads(helpers);
      jobs_.push_back(&job);
    }
    if (helpers == 1) {
      wake_.notify_one();
    } else {
      wake_.notify_all();
    }
    {
      const detail::PinnedHere pin(cores_.empty() ? -1 : cores_.front());
      job.work();
    }
    std::unique_lock lock(mutex_);
    std::erase(jobs_, &job);  // from here on no worker can join the job
    idle_.wait(lock, [&] { return job.helpers == 0; });
    lock.unlock();
    job.rethrow();
  }

 private:
  /// Called with the mutex held.
  void start_threads(std::size_t wanted) {
    while (threads_.size() < wanted) {
      const std::size_t index = threads_.size() + 1;
      try {
        threads_.emplace_back([this, index] { serve(index); });
      } catch (const std::system_error&) {
        return;  // the system has no thread to give: the caller and those that exist do the work
      }
    }
  }

  void serve(std::size_t index) {
    detail::block_signals_here();
    if (!cores_.empty()) detail::pin_this_thread(cores_[index % cores_.size()]);
    std::unique_lock lock(mutex_);
    for (;;) {
      detail::Job* job = nullptr;
      wake_.wait(lock, [&] { return stopping_ || (job = oldest_unclaimed()) != nullptr; });
      if (job == nullptr) return;
      ++job->helpers;
      lock.unlock();
      job->work();
      lock.lock();
      if (--job->helpers == 0) idle_.notify_all();
    }
  }

  [[nodiscard]] detail::Job* oldest_unclaimed() const noexcept {
    for (detail::Job* job : jobs_) {
      if (job->has_unclaimed()) return job;
    }
    return nullptr;
  }

  const PoolOptions options_;
  const std::uint64_t generation_;
  std::vector<int> cores_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::vector<detail::Job*> jobs_;  ///< in order of arrival; guarded by mutex_
  std::vector<std::thread> threads_;
  bool stopping_ = false;
};

inline ThreadPool::ThreadPool(PoolOptions options) : options_(options) {
  if (options_.threads == 0) options_.threads = available_threads();
}

inline ThreadPool::~ThreadPool() {
  Workers* const own = workers_.load(std::memory_order_acquire);
  if (own != nullptr && own->generation() == detail::fork_generation()) delete own;
}

inline ThreadPool::Workers& ThreadPool::workers() {
  Workers* current = workers_.load(std::memory_order_acquire);
  while (current == nullptr || current->generation() != detail::fork_generation()) {
    auto fresh = std::make_unique<Workers>(options_);
    // A parent's object left behind in a forked child is leaked on purpose: it cannot be destroyed safely.
    if (workers_.compare_exchange_strong(current, fresh.get(), std::memory_order_acq_rel)) return *fresh.release();
  }
  return *current;
}

inline void ThreadPool::run(std::size_t chunks, const std::function<void(std::size_t)>& body) {
  if (chunks <= 1 || options_.threads <= 1 || detail::inside_chunk()) {
    detail::run_inline(chunks, body);
  } else {
    workers().run(chunks, body);
  }
}

inline unsigned available_threads() noexcept {
  try {
    const unsigned allowed = detail::allowed_core_count();
    const unsigned quota = detail::quota_threads();
    return std::max(1U, quota == 0 ? allowed : std::min(allowed, quota));
  } catch (...) {
    return 1;
  }
}

inline unsigned configured_threads() noexcept {
  const char* const text = std::getenv("CHAINQUAL_THREADS");
  const unsigned asked = text == nullptr ? 0 : detail::read_count(text);
  return asked >= 1 && asked <= 1024 ? asked : available_threads();
}

inline Executor& default_executor() {
  static ThreadPool pool(configured_threads());
  return pool;
}

inline Executor& inline_executor() noexcept {
  class Inline final : public Executor {
    [[nodiscard]] unsigned concurrency() const noexcept override { return 1; }
    void run(std::size_t chunks, const std::function<void(std::size_t)>& body) override {
      detail::run_inline(chunks, body);
    }
  };
  static Inline executor;
  return executor;
}

inline Executor& executor_of(const Control& control) {
  return control.executor != nullptr ? *control.executor : default_executor();
}

inline void throw_if_cancelled(const Control& control) {
  if (control.cancel != nullptr && control.cancel->is_cancelled()) {
    throw Error(ErrorCode::cancelled, {"计算已按请求取消。", "The computation was cancelled as requested."});
  }
}

inline Progress::Progress(const Control& control, std::uint64_t total, double from, double to)
    : callback_(control.progress ? &control.progress : nullptr), total_(total), from_(from), to_(to) {}

inline void Progress::add(std::uint64_t units) {
  if (callback_ == nullptr) return;
  const std::uint64_t done = done_.fetch_add(units, std::memory_order_relaxed) + units;
  const double share = total_ == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total_);
  report(from_ + (to_ - from_) * std::min(share, 1.0), false);
}

inline void Progress::finish() {
  if (callback_ != nullptr) report(to_, true);
}

inline void Progress::report(double share, bool forced) {
  constexpr std::int64_t interval = 50'000'000;
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
  std::unique_lock lock(mutex_, std::defer_lock);
  if (forced) {
    lock.lock();
  } else if (now < next_report_.load(std::memory_order_relaxed) || !lock.try_lock()) {
    return;  // too soon, or another thread is reporting: the next call will do
  }
  if (share <= last_) return;
  last_ = share;
  next_report_.store(now + interval, std::memory_order_relaxed);
  (*callback_)(share);
}

inline Control phase_of(const Control& control, double from, double to) {
  Control phase{control.executor, control.cancel, {}};
  if (control.progress) {
    phase.progress = [outer = control.progress, from, to](double share) { outer(from + (to - from) * share); };
  }
  return phase;
}

template <class Fn>
void for_chunks(const Control& control, std::size_t n, std::size_t grain, Fn&& fn) {
  if (grain == 0) {
    throw Error(ErrorCode::invalid_argument, {"分块大小必须大于零。", "The grain must be greater than zero."});
  }
  throw_if_cancelled(control);
  if (n == 0) return;
  executor_of(control).run(chunk_count(n, grain), [&](std::size_t chunk) {
    throw_if_cancelled(control);
    const std::size_t begin = chunk * grain;
    fn(begin, begin + std::min(grain, n - begin), chunk);
  });
}

template <class T, class Map, class Combine>
T reduce_chunks(const Control& control, std::size_t n, std::size_t grain, T initial, Map&& map, Combine&& combine) {
  struct Slot {  // a wrapper, since vector<bool> would share bytes between threads
    T value{};
  };
  std::vector<Slot> parts(grain == 0 ? 0 : chunk_count(n, grain));
  for_chunks(control, n, grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    parts[chunk].value = map(begin, end, chunk);
  });
  for (Slot& part : parts) initial = combine(std::move(initial), std::move(part.value));
  return initial;
}

}  // namespace v1
}  // namespace chainqual
