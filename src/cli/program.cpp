#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <string_view>

#include "commands.hpp"
#include "findings.hpp"
#include "program.hpp"

namespace chainqual::cli {
namespace {

int run_program(Session& session, int argc, const char* const* argv) {
  CommandLine line(session);
  add_assess(line);
  add_validate(line);
  add_grade(line);
  add_propagate(line);
  add_rank(line);
  add_systemic_risk(line);
  add_criticality(line);
  add_simulate(line);
  add_mitigate(line);
  add_why(line);
  add_evaluate(line);
  add_map(line);
  add_convert(line);
  add_generate(line);
#ifdef CHAINQUAL_STORE
  add_register(line);
#endif
  const Action action = line.parse(argc, argv);
  session.settle();
  const int code = action();
  session.clear_progress();
  session.flush_output();
  return code;
}

// Every exception ends here as a message that says what to do.
int guarded(Session& session, int argc, const char* const* argv) {
  try {
    return run_program(session, argc, argv);
  } catch (const UsageError& error) {
    return report_usage(session, error);
  } catch (const Error& error) {
    return report_error(session, error);
  } catch (const std::bad_alloc&) {
    return report_error(session, Error(ErrorCode::out_of_memory,
                                       {"内存不足。关闭其他程序，或换用内存更大的机器；大型链请用 .cqn 文件。",
                                        "Memory is exhausted. Close other programs or use a machine with more memory; "
                                        "for large chains use a .cqn file."}));
  } catch (const std::filesystem::filesystem_error& error) {
    const std::string path = error.path1().string();
    return report_error(session, Error(ErrorCode::io_failure,
                                       {path + "：系统拒绝访问（" + error.code().message() + "）。检查路径和权限。",
                                        path + ": the system refused access (" + error.code().message() +
                                            "). Check the path and its permissions."}));
  } catch (const std::exception& error) {
    return report_error(
        session,
        Error(ErrorCode::internal, {std::string("程序内部错误：") + error.what() + "。请把命令和输入一并报告给维护者。",
                                    std::string("Internal error: ") + error.what() +
                                        ". Please report the command and its input to the maintainers."}));
  }
}

}  // namespace

int program(int argc, const char* const* argv) {
  install_interrupt_handler();
  Session session(chosen_language(argc, argv));
  // Known before parsing, so that a mistyped command line is answered in JSON as well.
  session.json = std::any_of(argv + std::min(argc, 1), argv + argc,
                             [](const char* word) { return std::string_view(word) == "--json"; });
  int code = guarded(session, argc, argv);
  try {
    session.flush_output();
  } catch (const std::exception&) {
    code = std::max<int>(code, exit_bad_input);  // standard output is gone; standard error has been told already
  }
  return code;
}

}  // namespace chainqual::cli
