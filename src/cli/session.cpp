#include "session.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "help.hpp"
#include "output_folder.hpp"
#include "progress.hpp"

namespace chainqual::cli {
namespace {

// Constant-initialised and lock-free, so that a signal handler may touch it at any moment.
CancelToken interrupted;

extern "C" void on_interrupt(int) {
  interrupted.cancel();
}

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool wants_colour(int descriptor) {
  if (::isatty(descriptor) == 0 || set("NO_COLOR")) return false;
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) != "dumb";
}

std::optional<std::size_t> cells_of(int descriptor) {
  if (::isatty(descriptor) == 0) return std::nullopt;
  ::winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 80;
}

}  // namespace

Language chosen_language(int argc, const char* const* argv) {
  const auto named = [](std::string_view word) { return word.starts_with("zh") ? Language::zh : Language::en; };
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word.starts_with("--lang=")) return named(word.substr(7));
    if (word == "--lang" && i + 1 < argc) return named(argv[i + 1]);
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (set(variable)) return named(std::getenv(variable));
  }
  return Language::en;
}

Session::Session(Language in)
    : language(in),
      out_style_(wants_colour(STDOUT_FILENO)),
      error_style_(wants_colour(STDERR_FILENO)),
      out_width_(cells_of(STDOUT_FILENO)) {}

void Session::settle() {
  if (!language_option.empty()) require_one_of("--lang", language_option, {"zh", "en"});
  if (!threads_option.empty()) {
    pool_ = std::make_unique<ThreadPool>(static_cast<unsigned>(count_option("--threads", threads_option, 1, 1024)));
  }
}

std::size_t Session::text_width() const noexcept {
  return std::min<std::size_t>(out_width_.value_or(100), 100);
}

Control Session::control(std::string_view doing) {
  clear_progress();
  Control control;
  control.executor = pool_.get();
  control.cancel = &interrupted;
  if (!doing.empty() && ::isatty(STDERR_FILENO) != 0 && !quiet) {
    progress_ = std::make_shared<ProgressBar>(std::string(doing), cells_of(STDERR_FILENO).value_or(80));
    control.progress = [shown = progress_](double share) { shown->show(share); };
  }
  return control;
}

void Session::clear_progress() {
  if (progress_) progress_->clear();
  progress_.reset();
}

const CancelToken& Session::cancel() const noexcept {
  return interrupted;
}

void Session::check_cancelled() const {
  Control control;
  control.cancel = &interrupted;
  throw_if_cancelled(control);
}

void Session::print(std::string_view text) {
  clear_progress();
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) output_failed_ = true;
}

void Session::note(std::string_view text) {
  clear_progress();
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Session::flush_output() {
  errno = 0;
  const bool failed = std::fflush(stdout) != 0 || output_failed_;
  if (failed) throw refused(std::string(say("标准输出", "standard output")), errno == 0 ? EIO : errno);
}

void install_interrupt_handler() {
  interrupted.reset();  // of an earlier run in this process
  struct ::sigaction action {};
  action.sa_handler = on_interrupt;
  // A second signal finds the default action again: a user who insists is not kept waiting.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct ::sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);  // nohup and background jobs stay immune
  }
}

}  // namespace chainqual::cli
