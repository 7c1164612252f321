#include "run.hpp"

#include <csignal>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace chainqual::python {
namespace {

constexpr std::chrono::milliseconds look_every{20};

/// Signals are handled by Python's own threads: a thread started while this lives blocks them.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS}) sigdelset(&all, fault);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

/// A body at work on its own thread.
class Work {
 public:
  Work(const std::function<void(const Control&)>& body, const Control& control) {
    const SignalsBlocked blocked;
    thread_ = std::thread([this, &body, &control] {
      try {
        body(control);
      } catch (...) {
        error_ = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      done_ = true;
      ended_.notify_one();
    });
  }
  ~Work() { thread_.join(); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  /// Whether the body has ended, after waiting a moment for it.
  [[nodiscard]] bool ends() {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, look_every, [this] { return done_; });
  }
  /// What the body threw. @pre ended.
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace

void run_apart(const py::tuple& how, const std::function<void(const Control&)>& body, Span span) {
  const py::object threads = how[0];
  const py::object progress = how[1];
  std::unique_ptr<ThreadPool> pool;
  if (!threads.is_none()) pool = std::make_unique<ThreadPool>(threads.cast<unsigned>());
  CancelToken token;
  std::atomic<double> share{-1.0};
  Control control;
  control.executor = pool.get();
  control.cancel = &token;
  if (!progress.is_none()) control.progress = [&share](double done) { share.store(done, std::memory_order_relaxed); };

  if (span == Span::brief && progress.is_none()) {
    const py::gil_scoped_release released;
    return body(control);
  }

  double told = -1.0;
  std::optional<py::error_already_set> raised;  // made and destroyed with the GIL held
  const auto tell = [&] {
    const double now = share.load(std::memory_order_relaxed);
    if (now == told) return;
    told = now;
    progress(now);
  };
  std::exception_ptr error;
  {
    const py::gil_scoped_release released;
    Work work(body, control);
    while (!work.ends()) {
      if (token.is_cancelled()) continue;
      const py::gil_scoped_acquire held;
      try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        tell();
      } catch (py::error_already_set& caught) {
        raised.emplace(caught);
        token.cancel();
      }
    }
    error = work.error();
  }
  if (raised) throw py::error_already_set(*raised);
  if (error) std::rethrow_exception(error);
  tell();
}

}  // namespace chainqual::python
