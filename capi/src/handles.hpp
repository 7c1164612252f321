#pragma once

#include <memory>
#include <utility>

#include "chainqual.h"
#include "guard.hpp"

// A handle is one heap object that holds one C++ value. Each source file that makes a kind of handle defines its struct
// in a header of its own where others need it.

namespace chainqual::capi {

/// Makes a handle last of all, so that the output is written only when nothing can fail any more.
template <class Handle, class... Parts>
void make_handle(Handle** out, const char* parameter, Parts&&... parts) {
  Handle*& place = required(out, parameter);
  place = new Handle{std::forward<Parts>(parts)...};
}

}  // namespace chainqual::capi
