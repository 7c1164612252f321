#include <csignal>

#include <array>
#include <vector>

#include "bind.hpp"
#include "cli/program.hpp"
#include "convert.hpp"

namespace chainqual::python {
namespace {

/// Gives the host its handlers back: the program sets its own for Ctrl-C and termination.
class HandlersKept {
 public:
  HandlersKept() {
    for (std::size_t k = 0; k < signals.size(); ++k) sigaction(signals[k], nullptr, &before_[k]);
  }
  ~HandlersKept() {
    for (std::size_t k = 0; k < signals.size(); ++k) sigaction(signals[k], &before_[k], nullptr);
  }
  HandlersKept(const HandlersKept&) = delete;
  HandlersKept& operator=(const HandlersKept&) = delete;

 private:
  static constexpr std::array<int, 3> signals{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, 3> before_{};
};

int run_program(const std::vector<std::string>& words) {
  std::vector<const char*> argv;
  for (const auto& word : words) argv.push_back(word.c_str());
  argv.push_back(nullptr);
  const HandlersKept kept;
  const py::gil_scoped_release released;
  return cli::program(static_cast<int>(words.size()), argv.data());
}

}  // namespace

void bind_program(py::module_& module) {
  module.def("program", [](const py::list& given) {
    std::vector<std::string> words;
    read_list(given, "argv", words);
    return run_program(words);
  });
}

}  // namespace chainqual::python
