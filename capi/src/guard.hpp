#pragma once

#include "chainqual.h"
#include "chainqual/core/error.hpp"

// The one guard in which every body of the C interface runs, and the checks that all of them share.

namespace chainqual::capi {

/// The collector that a control names, or null; reads a control of any size.
[[nodiscard]] Findings* findings_of(const chainqual_control* control) noexcept;

/// Turns the exception being handled into a status: fills `error` and hands its findings to `sink`; either may be null.
chainqual_status failure(chainqual_error* error, Findings* sink) noexcept;

/// Marks `error` as "no error"; null is fine.
chainqual_status success(chainqual_error* error) noexcept;

/// Runs a body; nothing is thrown beyond this point. Findings of an Error go to `control`'s collector.
template <class Body>
chainqual_status guarded(chainqual_error* error, const chainqual_control* control, Body&& body) noexcept {
  try {
    body();
    return success(error);
  } catch (...) {
    return failure(error, findings_of(control));
  }
}

template <class Body>
chainqual_status guarded(chainqual_error* error, Body&& body) noexcept {
  return guarded(error, nullptr, static_cast<Body&&>(body));
}

/// @throws Error{invalid_argument}
[[noreturn]] void throw_null(const char* parameter);
[[noreturn]] void throw_wrong_use(const char* zh, const char* en);

/// What `pointer` points to. @throws Error{invalid_argument} it is null; the message names the parameter.
template <class T>
[[nodiscard]] T& required(T* pointer, const char* parameter) {
  if (pointer == nullptr) throw_null(parameter);
  return *pointer;
}

}  // namespace chainqual::capi
