#pragma once

#include <memory>

#include "chainqual.h"
#include "chainqual/core/executor.hpp"

struct chainqual_executor {
  std::unique_ptr<chainqual::Executor> executor;
};

struct chainqual_cancel_token {
  chainqual::CancelToken token;
};

struct chainqual_findings {
  chainqual::Findings findings{};  // its default constructor is explicit
};

namespace chainqual::capi {

/// The C++ control of the caller's; its collector is emptied first.
/// @throws Error{invalid_argument} a size that no control has.
[[nodiscard]] Control control_of(const chainqual_control* control);

/// Puts the findings of a success where the control wants them.
void report(const chainqual_control* control, Findings findings);

}  // namespace chainqual::capi
