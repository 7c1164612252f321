#include "help.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>
#include <utility>

#include "chainqual/chain/nearest.hpp"

namespace chainqual::cli {
namespace {

// Help with our own layout: CLI11's counts bytes, and its words are English.
class Help : public CLI::Formatter {
 public:
  explicit Help(const Session& session) : session_(session) {}

  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode) const override {
    std::string out = wrapped(app->get_description(), 100, "") + "\n\n";
    out += std::string(session_.say("用法：", "Usage: ")) + usage(*app, name) + "\n";
    const auto commands = app->get_subcommands([](const CLI::App*) { return true; });
    if (!commands.empty()) {
      out += "\n" +
             std::string(app->get_parent() == nullptr ? session_.say("命令：", "Commands:")
                                                      : session_.say("做什么：", "Actions:")) +
             "\n";
      for (const auto* sub : commands) out += entry(sub->get_name(), sub->get_description());
    }
    out += options(
        *app, [](const CLI::Option* o) { return o->get_positional(); }, session_.say("参数：", "Arguments:"));
    // A command's own options first: CLI11 lists groups in the order of their first option, which is --help.
    const std::string common(session_.say("通用选项", "Common options"));
    auto groups = app->get_groups();
    std::stable_partition(groups.begin(), groups.end(), [&](const std::string& group) { return group != common; });
    for (const auto& group : groups) {
      out += options(
          *app, [&](const CLI::Option* o) { return o->get_group() == group && o->nonpositional(); },
          group + (session_.language == Language::zh ? "：" : ":"));
    }
    if (!app->get_footer().empty()) out += "\n" + app->get_footer() + "\n";
    return out;
  }

 private:
  static std::string usage(const CLI::App& app, const std::string& name) {
    std::string out = name.empty() ? app.get_name() : name;
    if (app.get_parent() == nullptr) return out + " COMMAND …";
    if (!app.get_subcommands([](const CLI::App*) { return true; }).empty()) return out + " ACTION …";
    for (const auto* option : app.get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      const std::string words = option->get_type_name();
      const bool many = words.empty() && option->get_expected_max() > 1;
      // Positional arguments are all needed; their absence is told in two languages, which CLI11 could not.
      out += " " + (words.empty() ? option->get_name(true, false) : words) + (many ? "…" : "");
    }
    return out + " [--…]";
  }

  static std::string entry(const std::string& left, const std::string& right) {
    constexpr std::size_t column = 30;
    std::string out = "  " + left;
    out += display_width(out) + 2 > column ? "\n" + std::string(column, ' ')
                                           : std::string(column - display_width(out), ' ');
    return out + wrapped(right, 100, std::string(column, ' '), column) + "\n";
  }

  template <class Wanted>
  std::string options(const CLI::App& app, Wanted wanted, std::string_view heading) const {
    std::string out;
    for (const auto* option : app.get_options(wanted)) {
      std::string left = option->get_positional() ? option->get_name(true, false) : option->get_name(false, true);
      std::replace(left.begin(), left.end(), ',', ' ');
      if (!option->get_positional() && option->get_type_size() != 0) left += " " + option->get_type_name();
      out += entry(left, option->get_description());
    }
    return out.empty() ? out : "\n" + std::string(heading) + "\n" + out;
  }

  const Session& session_;
};

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  Nearest found(word, 1);
  for (const auto& candidate : candidates) found.offer(candidate);
  const auto words = std::move(found).take();
  return words.empty() ? std::string() : words.front();
}

CommandLine::CommandLine(Session& session) : session_(session) {
  app_.name("chainqual");
  app_.description(std::string(session.say(
      "产业链质量：按团体标准精确分级质量问题，沿供应关系推算影响，输出排名、表格和产业链图。",
      "Quality of industry chains: grades quality problems exactly, carries their impact along the supply links, and "
      "writes rankings, tables and a map.")));
  app_.require_subcommand(0, 1);  // a chain, or an action of another command, may be called as a command is
  app_.formatter(std::make_shared<Help>(session));
  app_.set_help_flag("-h,--help", std::string(session.say("显示帮助", "show this help")));
  app_.get_option("--help")->group(std::string(session.say("通用选项", "Common options")));
  app_.add_flag_callback(
          "--version",
          [this] {
            chosen_ = [this] {
              session_.print(session_.json ? "{\"version\":\"" CHAINQUAL_VERSION "\"}\n"
                                           : "chainqual " CHAINQUAL_VERSION "\n");
              return exit_done;
            };
          },
          std::string(session.say("显示版本", "show the version")))
      ->group(std::string(session.say("通用选项", "Common options")));
  app_.allow_extras();
  app_.footer(std::string(
      session.say("每个命令的说明：chainqual 命令 --help\n退出码：0 完成，1 输入有错误，2 用法有误，130 被中断。",
                  "Help for one command: chainqual COMMAND --help\n"
                  "Exit codes: 0 done, 1 the input has errors, 2 wrong use, 130 interrupted.")));
  add_common_options(app_);
}

void CommandLine::add_common_options(CLI::App& app) {
  const std::string group(session_.say("通用选项", "Common options"));
  option(app, session_, "--lang", session_.language_option, "zh|en",
         {"语言；不给时取自 LC_ALL、LC_MESSAGES、LANG", "language; else from LC_ALL, LC_MESSAGES, LANG"})
      .group(group);
  flag(app, session_, "--json", session_.json,
       {"标准输出只写机器可读的 JSON", "machine-readable JSON on standard output, nothing else there"})
      .group(group);
  option(app, session_, "--threads", session_.threads_option, "N",
         {"线程数；不给时用全部处理器。结果与线程数无关",
          "threads; all processors when not given. Results do not depend on it"})
      .group(group);
  flag(app, session_, "-q,--quiet", session_.quiet, {"不显示提示和警告", "do not show notes and warnings"})
      .group(group);
}

CLI::App& CommandLine::command(const std::string& name, const Text& description,
                               const std::vector<std::string>& examples, std::function<int()> action) {
  auto& sub = prepared(*app_.add_subcommand(name, session_.say(description)), name, std::move(action));
  std::string footer(session_.say("示例：", "Examples:"));
  for (const auto& example : examples) footer += "\n  " + example;
  sub.footer(footer);
  return sub;
}

CLI::App& CommandLine::action(CLI::App& command, const std::string& name, const Text& description,
                              std::function<int()> action) {
  command.require_subcommand(0, 1);  // words behind it may be called as other actions are
  auto& sub = *command.add_subcommand(name, session_.say(description));
  std::istringstream lines(command.get_footer());  // which it has taken over: of the examples its own stay
  std::string own;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" " + command.get_name() + " " + name + " ") != std::string::npos) own += "\n" + line;
  }
  sub.footer(own.empty() ? own : std::string(session_.say("示例：", "Examples:")) + own);
  return prepared(sub, command.get_name(), std::move(action));
}

CLI::App& CommandLine::prepared(CLI::App& app, const std::string& command, std::function<int()> action) {
  app.formatter(std::make_shared<Help>(session_));
  app.set_help_flag("-h,--help", std::string(session_.say("显示帮助", "show this help")));
  app.get_option("--help")->group(std::string(session_.say("通用选项", "Common options")));
  app.allow_extras();
  app.prefix_command(false);
  add_common_options(app);
  app.callback([this, &app, command, action = std::move(action)] {
    if (!app.get_subcommands().empty()) return;  // an action of it was called
    session_.command = command;
    chosen_ = action;
  });
  return app;
}

Action CommandLine::parse(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return [text = app_.help(), this] {
      session_.print(text);
      return exit_done;
    };
  } catch (const CLI::ParseError& error) {
    // CLI11 puts the option's name before a colon.
    const std::string what = error.what();
    const std::string name = what.substr(0, what.find(':'));
    throw UsageError(
        {"选项用法不对：" + screen_safe(name) + " 需要的值没有给出，或不该带值。用 --help 查看用法。",
         "Wrong use of option " + screen_safe(name) + ": its value is missing, or it takes none. See --help."});
  }
  refuse_extras();
  if (!chosen_) {
    return [text = app_.help(), this] {
      session_.note(text);
      return exit_wrong_use;
    };
  }
  return chosen_;
}

void CommandLine::refuse_extras() {
  const auto left = app_.remaining(true);
  if (left.empty()) return;
  const CLI::App* called = &app_;
  while (!called->get_subcommands().empty()) called = called->get_subcommands().back();
  const CLI::App& app = *called;
  const auto dashed = std::find_if(left.begin(), left.end(), [](const auto& word) { return word.starts_with("-"); });
  if (dashed != left.end()) {
    std::vector<std::string> names;
    for (const auto* known : app.get_options()) {
      for (const auto& name : known->get_lnames()) names.push_back("--" + name);
    }
    const std::string typed = dashed->substr(0, dashed->find('='));
    const std::string guess = nearest(typed, names);
    throw UsageError({"没有这个选项：" + screen_safe(typed) + "。" +
                          (guess.empty() ? "用 --help 查看全部选项。" : "是不是 " + guess + "？"),
                      "Unknown option " + screen_safe(typed) + "." +
                          (guess.empty() ? " See --help for all options." : " Did you mean " + guess + "?")});
  }
  std::vector<std::string> names;
  for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(sub->get_name());
  const std::string guess = nearest(left.front(), names);
  if (&app == &app_) {
    throw UsageError(
        {"没有这个命令：" + screen_safe(left.front()) + "。" +
             (guess.empty() ? "用 chainqual --help 查看全部命令。" : "是不是 " + guess + "？"),
         "Unknown command " + screen_safe(left.front()) + "." +
             (guess.empty() ? " See chainqual --help for all commands." : " Did you mean " + guess + "?")});
  }
  if (!names.empty()) {
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    throw UsageError({app.get_name() + " 没有“" + screen_safe(left.front()) + "”。" +
                          (guess.empty() ? "" : "是不是 " + guess + "？") + "可用：" + list + "。",
                      app.get_name() + " has no '" + screen_safe(left.front()) + "'. " +
                          (guess.empty() ? "" : "Did you mean " + guess + "? ") + "There are: " + list + "."});
  }
  throw UsageError({"多出的参数：" + screen_safe(left.front()) + "。用 --help 查看用法。",
                    "Unexpected argument " + screen_safe(left.front()) + ". See --help."});
}

CLI::Option& option(CLI::App& app, const Session& session, const std::string& name, std::string& value,
                    const std::string& kind, const Text& help) {
  auto& added = *app.add_option(name, value, session.say(help));
  added.type_name(kind)->group(std::string(session.say("选项", "Options")));
  return added;
}

CLI::Option& option(CLI::App& app, const Session& session, const std::string& name, std::vector<std::string>& values,
                    const std::string& kind, const Text& help) {
  auto& added = *app.add_option(name, values, session.say(help));
  added.type_name(kind)->group(std::string(session.say("选项", "Options")));
  return added;
}

CLI::Option& flag(CLI::App& app, const Session& session, const std::string& name, bool& value, const Text& help) {
  auto& added = *app.add_flag(name, value, session.say(help));
  added.group(std::string(session.say("选项", "Options")));
  return added;
}

double number_option(const std::string& name, const std::string& text, double least, double most) {
  double value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (done.ec != std::errc{} || done.ptr != text.data() + text.size() || !(value >= least && value <= most)) {
    const std::string bounds = "[" + shortest(least) + ", " + shortest(most) + "]";
    throw UsageError({name + " 需要 " + bounds + " 内的数，给的是“" + screen_safe(text) + "”。",
                      name + " takes a number in " + bounds + ", not '" + screen_safe(text) + "'."});
  }
  return value;
}

std::uint64_t count_option(const std::string& name, const std::string& text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (done.ec != std::errc{} || done.ptr != text.data() + text.size() || value < least || value > most) {
    throw UsageError(
        {name + " 需要 " + grouped(least) + " 到 " + grouped(most) + " 的整数，给的是“" + screen_safe(text) + "”。",
         name + " takes a whole number from " + grouped(least) + " to " + grouped(most) + ", not '" +
             screen_safe(text) + "'."});
  }
  return value;
}

std::size_t top_option(const std::string& text) {
  const std::uint64_t rows = count_option("--top", text, 0, 1'000'000'000);
  return rows == 0 ? SIZE_MAX : rows;
}

void require_one_of(const std::string& name, const std::string& value, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return;
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  throw UsageError({name + " 只能是 " + list + "，给的是“" + screen_safe(value) + "”。",
                    name + " must be one of " + list + ", not '" + screen_safe(value) + "'."});
}

void require_given(const std::string& name, const std::string& value) {
  if (!value.empty()) return;
  throw UsageError({"缺少参数 " + name + "。用 --help 查看用法。", "Missing argument " + name + ". See --help."});
}

}  // namespace chainqual::cli
