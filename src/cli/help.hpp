#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "session.hpp"

namespace chainqual::cli {

/// What a parsed command line asks for; returns an ExitCode.
using Action = std::function<int()>;

/// The program's commands over CLI11: one place for help in two languages, common options and mistyped names.
class CommandLine {
 public:
  explicit CommandLine(Session& session);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// A command. `examples` are shown under its help, one a line.
  CLI::App& command(const std::string& name, const Text& description, const std::vector<std::string>& examples,
                    std::function<int()> action);

  /// An action of a command, with arguments, options and help of its own.
  CLI::App& action(CLI::App& command, const std::string& name, const Text& description, std::function<int()> action);

  /// Parses and returns what to do; help and version are actions too. @throws UsageError
  [[nodiscard]] Action parse(int argc, const char* const* argv);

  [[nodiscard]] Session& session() noexcept { return session_; }

 private:
  void add_common_options(CLI::App& app);
  CLI::App& prepared(CLI::App& app, const std::string& command, std::function<int()> action);
  void refuse_extras();

  Session& session_;
  CLI::App app_;
  Action chosen_;
};

/// Adds an option whose help is in the session's language. `name` as in CLI11 ("--out", "DIR"), `kind` stands after it.
CLI::Option& option(CLI::App& app, const Session& session, const std::string& name, std::string& value,
                    const std::string& kind, const Text& help);
CLI::Option& option(CLI::App& app, const Session& session, const std::string& name, std::vector<std::string>& values,
                    const std::string& kind, const Text& help);
CLI::Option& flag(CLI::App& app, const Session& session, const std::string& name, bool& value, const Text& help);

/// The value of a numeric option. @throws UsageError naming the option when `text` is no number or outside [least,
/// most].
[[nodiscard]] double number_option(const std::string& name, const std::string& text, double least, double most);
[[nodiscard]] std::uint64_t count_option(const std::string& name, const std::string& text, std::uint64_t least,
                                         std::uint64_t most);

/// How many rows `--top` asks for; 0 asks for all. @throws UsageError when `text` is no whole number
[[nodiscard]] std::size_t top_option(const std::string& text);

/// The one of `words` an option allows. @throws UsageError listing them.
void require_one_of(const std::string& name, const std::string& value, const std::vector<std::string>& words);

/// @throws UsageError when a required argument is empty.
void require_given(const std::string& name, const std::string& value);

/// The candidate nearest to `word` by edit distance, where near enough to be a slip; else empty.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace chainqual::cli
