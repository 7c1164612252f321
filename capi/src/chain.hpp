#pragma once

#include <atomic>
#include <memory>

#include "chainqual.h"
#include "chainqual/register/dossier.hpp"
#include "guard.hpp"

/// The content is shared with copies of the handle, with reports and explanations, and copied before it changes.
struct chainqual_chain {
  chainqual_chain() = default;
  chainqual_chain(std::shared_ptr<chainqual::Dossier> content, bool is_shared) noexcept
      : dossier(std::move(content)), shared(is_shared) {}

  std::shared_ptr<chainqual::Dossier> dossier = std::make_shared<chainqual::Dossier>();
  /// Someone else got hold of the content, since it was last copied. Asking its count instead would not order what
  /// another thread read, before it let go, ahead of what is written next.
  mutable std::atomic<bool> shared = false;
};

namespace chainqual::capi {

/// The content, for a call that runs none of the caller's functions meanwhile.
[[nodiscard]] const Dossier& content_of(const chainqual_chain* chain);

/// The content as it is now; it stays so, whatever becomes of the handle.
[[nodiscard]] std::shared_ptr<Dossier> share(const chainqual_chain* chain);

/// The content to change: the handle's alone.
[[nodiscard]] Dossier& editable(chainqual_chain* chain);

}  // namespace chainqual::capi
