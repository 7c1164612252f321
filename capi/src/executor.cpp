#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include "control.hpp"
#include "handles.hpp"
#include "options.hpp"

namespace chainqual::capi {
namespace {

/// One job on a host's threads: keeps what bodies throw away from the host, and counts what it ran.
class HostJob {
 public:
  HostJob(std::size_t chunks, const std::function<void(std::size_t)>& body) : body_(body), begun_(chunks) {}

  static void run_chunk(void* context, std::uint64_t chunk) noexcept { static_cast<HostJob*>(context)->run(chunk); }

  /// Rethrows what the lowest chunk threw, and refuses a host that left chunks out or repeated one.
  void finish() {
    if (thrown_) std::rethrow_exception(thrown_);
    if (misused_.load() || done_.load() != begun_.size()) {
      throw_wrong_use("执行器的 run 必须把每个分块恰好执行一次，并在全部完成后返回。",
                      "An executor's run must run every chunk exactly once and return when all are done.");
    }
  }

 private:
  void run(std::uint64_t chunk) noexcept {
    if (chunk >= begun_.size() || begun_[static_cast<std::size_t>(chunk)].exchange(true)) {
      misused_.store(true);
      return;
    }
    if (!failed_.load(std::memory_order_relaxed)) {
      try {
        body_(static_cast<std::size_t>(chunk));
      } catch (...) {
        keep(chunk);
      }
    }
    done_.fetch_add(1, std::memory_order_acq_rel);
  }

  void keep(std::uint64_t chunk) noexcept {
    const std::lock_guard lock(mutex_);
    failed_.store(true, std::memory_order_relaxed);
    if (chunk >= lowest_) return;
    lowest_ = chunk;
    thrown_ = std::current_exception();
  }

  const std::function<void(std::size_t)>& body_;
  std::vector<std::atomic<bool>> begun_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> misused_{false};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::uint64_t lowest_ = std::numeric_limits<std::uint64_t>::max();
  std::exception_ptr thrown_;
};

class HostExecutor final : public Executor {
 public:
  explicit HostExecutor(const chainqual_executor_callbacks& callbacks) : callbacks_(callbacks) {}

  [[nodiscard]] unsigned concurrency() const noexcept override { return given_or(callbacks_.concurrency, 1U); }

  void run(std::size_t chunks, const std::function<void(std::size_t)>& body) override {
    if (chunks == 0) return;
    HostJob job(chunks, body);
    callbacks_.run(callbacks_.user, chunks, &HostJob::run_chunk, &job);
    job.finish();
  }

 private:
  chainqual_executor_callbacks callbacks_;
};

/// A control of the caller's version; one without a size that it can have is nobody's.
chainqual_control readable(const chainqual_control* control) noexcept {
  chainqual_control own{};
  if (control == nullptr || control->struct_size < least_struct_size ||
      control->struct_size % alignof(chainqual_control) != 0) {
    return own;
  }
  std::memcpy(&own, control, std::min<std::size_t>(control->struct_size, sizeof own));
  return own;
}

}  // namespace

Findings* findings_of(const chainqual_control* control) noexcept {
  chainqual_findings* const collector = readable(control).findings;
  return collector == nullptr ? nullptr : &collector->findings;
}

Control control_of(const chainqual_control* given) {
  const chainqual_control own = settled(given);
  if (own.findings != nullptr) own.findings->findings = Findings();
  Control control;
  if (own.executor != nullptr) control.executor = own.executor->executor.get();
  if (own.cancel != nullptr) control.cancel = &own.cancel->token;
  if (own.progress != nullptr) {
    control.progress = [call = own.progress, user = own.user](double share) {
      if (call(user, share) == 0) return;
      throw Error(ErrorCode::cancelled,
                  {"计算已按进度回调的要求取消。", "The computation was cancelled, as the progress callback asked."});
    };
  }
  return control;
}

void report(const chainqual_control* control, Findings findings) {
  if (Findings* const sink = findings_of(control)) *sink = std::move(findings);
}

}  // namespace chainqual::capi

using namespace chainqual;

chainqual_status chainqual_executor_create(const chainqual_executor_callbacks* callbacks, chainqual_executor** executor,
                                           chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(callbacks, "callbacks"));
    if (own.run == nullptr) capi::throw_null("callbacks->run");
    capi::make_handle(executor, "executor", std::make_unique<capi::HostExecutor>(own));
  });
}

chainqual_status chainqual_thread_pool_create(uint32_t threads, int32_t pinned, chainqual_executor** executor,
                                              chainqual_error* error) {
  return capi::guarded(error, [&] {
    if (threads > 1024) {
      throw Error(ErrorCode::limit_exceeded, {"线程数最多为 1024。", "A pool has at most 1024 threads."});
    }
    capi::make_handle(executor, "executor", std::make_unique<ThreadPool>(PoolOptions{threads, pinned != 0}));
  });
}

void chainqual_executor_free(chainqual_executor* executor) {
  delete executor;
}

uint32_t chainqual_executor_concurrency(const chainqual_executor* executor) {
  return executor == nullptr ? 0 : executor->executor->concurrency();
}

chainqual_status chainqual_cancel_token_create(chainqual_cancel_token** token, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(token, "token"); });
}

void chainqual_cancel_token_free(chainqual_cancel_token* token) {
  delete token;
}

void chainqual_cancel_token_cancel(chainqual_cancel_token* token) {
  if (token != nullptr) token->token.cancel();
}

void chainqual_cancel_token_reset(chainqual_cancel_token* token) {
  if (token != nullptr) token->token.reset();
}

int32_t chainqual_cancel_token_is_cancelled(const chainqual_cancel_token* token) {
  return token != nullptr && token->token.is_cancelled() ? 1 : 0;
}
