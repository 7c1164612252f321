#pragma once

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "chainqual/core/executor.hpp"

namespace chainqual::python {

namespace py = pybind11;

/// Runs `body` on a thread of its own, without the GIL, while the calling thread waits for it and, fifty times a
/// second, lets Python handle its signals and calls the progress function. A signal handler or progress function that
/// raises cancels the body through its token and is raised again when the body has ended. So Ctrl-C stops any kernel
/// that polls its token, and whatever Python code runs, runs on the caller's own thread.
///
/// @param how  (threads: int | None, progress: callable | None)
void run_apart(const py::tuple& how, const std::function<void(const Control&)>& body);

/// What `kernel(control)` returns, run by `run_apart`. The kernel must not touch Python objects.
template <class Kernel>
[[nodiscard]] auto run(const py::tuple& how, Kernel&& kernel) {
  using Result = std::invoke_result_t<Kernel&, const Control&>;
  std::optional<Result> result;
  run_apart(how, [&](const Control& control) { result.emplace(kernel(control)); });
  return std::move(*result);
}

}  // namespace chainqual::python
