#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "terminal.hpp"

namespace chainqual::cli {

/// What a run of the program ends with.
enum ExitCode : int { exit_done = 0, exit_bad_input = 1, exit_wrong_use = 2, exit_interrupted = 130 };

/// The command line itself is wrong: exit code 2.
class UsageError : public std::exception {
 public:
  explicit UsageError(Text message) : message_(std::move(message)) {}
  [[nodiscard]] const Text& message() const noexcept { return message_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.en.c_str(); }

 private:
  Text message_;
};

/// zh where the `--lang` of the command line says so; without it where the first of LC_ALL, LC_MESSAGES and LANG that
/// is set starts with "zh". English otherwise. Read before anything else, so that help itself is in the right language.
[[nodiscard]] Language chosen_language(int argc, const char* const* argv);

/// What every command shares: language, form of output, threads, cancelling and progress.
class Session {
 public:
  explicit Session(Language in);

  Language language;
  bool json = false;
  bool quiet = false;
  std::string language_option;  ///< as typed after --lang
  std::string threads_option;   ///< as typed after --threads
  std::string command;          ///< "assess", …; empty before a command is known

  /// One of two texts, by language. Both are given at the place of use, so that neither is forgotten.
  [[nodiscard]] std::string_view say(std::string_view zh, std::string_view en) const noexcept {
    return language == Language::zh ? zh : en;
  }
  [[nodiscard]] const std::string& say(const Text& text) const noexcept { return text.in(language); }

  /// Checks --lang and --threads and starts nothing. @throws UsageError
  void settle();

  /// Ink for standard output and for standard error: none when piped, with NO_COLOR, or on a dumb terminal.
  [[nodiscard]] const Style& ink() const noexcept { return out_style_; }
  [[nodiscard]] const Style& error_ink() const noexcept { return error_style_; }

  /// Cells in a line of standard output; absent when it is not a terminal, where nothing is cut.
  [[nodiscard]] std::optional<std::size_t> width() const noexcept { return out_width_; }
  /// For running text: the terminal's width, at most 100; 100 when piped.
  [[nodiscard]] std::size_t text_width() const noexcept;

  /// Executor, cancel token and, where standard error is a terminal, a progress bar labelled `doing`.
  [[nodiscard]] Control control(std::string_view doing = {});
  /// Removes the progress bar from the screen. Called before anything else is printed.
  void clear_progress();
  [[nodiscard]] const CancelToken& cancel() const noexcept;
  /// @throws Error{cancelled} once Ctrl-C was pressed.
  void check_cancelled() const;

  /// Adds to standard output; nothing is lost silently: flush_output() reports a full disk or closed pipe.
  void print(std::string_view text);
  /// Adds to standard error.
  void note(std::string_view text);
  /// @throws Error{io_failure} standard output did not take everything.
  void flush_output();

 private:
  Style out_style_;
  Style error_style_;
  std::optional<std::size_t> out_width_;
  std::shared_ptr<class ProgressBar> progress_;
  std::unique_ptr<Executor> pool_;
  bool output_failed_ = false;
};

/// Ctrl-C and termination ask the running command to stop; a second one ends the program at once.
void install_interrupt_handler();

}  // namespace chainqual::cli
