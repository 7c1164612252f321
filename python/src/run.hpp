#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "chainqual/core/executor.hpp"

namespace chainqual::python {

namespace py = pybind11;

/// How long work may take.
enum class Span : std::uint8_t { any, brief };

/// Runs `body` on a thread of its own, without the GIL, while the calling thread waits for it and, fifty times a
/// second, lets Python handle its signals and calls the progress function. A signal handler or progress function that
/// raises cancels the body through its token and is raised again when the body has ended. So Ctrl-C stops any kernel
/// that polls its token, and whatever Python code runs, runs on the caller's own thread.
///
/// @param how   (threads: int | None, progress: callable | None)
/// @param body  must not touch Python objects.
/// @param span  `brief` work, which ends within some ten milliseconds at worst, is done by the calling thread: starting
///              another would cost more than the work.
void run_apart(const py::tuple& how, const std::function<void(const Control&)>& body, Span span = Span::any);

/// What `kernel(control)` returns, run by `run_apart`.
template <class Kernel>
[[nodiscard]] auto run(const py::tuple& how, Kernel&& kernel, Span span = Span::any) {
  using Result = std::invoke_result_t<Kernel&, const Control&>;
  std::optional<Result> result;
  run_apart(
      how, [&](const Control& control) { result.emplace(kernel(control)); }, span);
  return std::move(*result);
}

}  // namespace chainqual::python
