#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace chainqual::cli {

/// One line on standard error that shows how far a long step is. Appears only after a moment, so that quick steps show
/// nothing. Calls from several threads are safe; a call that finds another one drawing returns at once.
class ProgressBar {
 public:
  ProgressBar(std::string doing, std::size_t width);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(double done_share);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string doing_;
  std::size_t width_;
  Clock::time_point next_;
  bool visible_ = false;
  bool closed_ = false;
  std::mutex mutex_;
};

}  // namespace chainqual::cli
