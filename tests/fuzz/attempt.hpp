#pragma once

// What the fuzz targets of files share: an error must have a text, and what was read must hold.

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "chainqual/io/text.hpp"

namespace chainqual::fuzz {

/// Calls `read`, which may refuse its input, but not without saying why.
template <class Read>
void attempt(Read&& read) {
  try {
    read();
  } catch (const Error& error) {
    if (error.message().en.empty() || error.message().zh.empty()) std::abort();
  }
}

inline void demand(bool held) {
  if (!held) std::abort();
}

/// What `read` makes of the bytes as a table, put to `hold`.
template <class Read, class Hold>
void table(std::string_view content, Read&& read, Hold&& hold) {
  attempt([&] {
    Findings findings(20);
    TextFile text = decode_text(FileBytes::of(std::string(content)), "f", std::nullopt, findings);
    hold(read(std::move(text), std::move(findings)));
  });
}

}  // namespace chainqual::fuzz
