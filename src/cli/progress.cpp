#include "progress.hpp"

#include <algorithm>
#include <cstdio>

#include "terminal.hpp"

namespace chainqual::cli {

ProgressBar::ProgressBar(std::string doing, std::size_t width)
    : doing_(std::move(doing)), width_(width), next_(Clock::now() + std::chrono::milliseconds(300)) {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::show(double done_share) {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || closed_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  visible_ = true;
  constexpr std::size_t cells = 30;
  std::string line = doing_ + "  " + pad_to_width(bar(done_share, cells), cells) + " " +
                     pad_to_width(fixed(100 * std::clamp(done_share, 0.0, 1.0), 0) + "%", 4, Align::right);
  line = "\r" + cut_to_width(line, width_ > 1 ? width_ - 1 : 1) + "\x1b[K";
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

void ProgressBar::clear() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  if (!visible_) return;
  visible_ = false;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace chainqual::cli
