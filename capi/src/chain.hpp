#pragma once

#include <memory>

#include "chainqual.h"
#include "chainqual/register/dossier.hpp"
#include "guard.hpp"

/// The content is shared with copies of the handle, with reports and explanations, and copied before it changes.
struct chainqual_chain {
  std::shared_ptr<chainqual::Dossier> dossier = std::make_shared<chainqual::Dossier>();
};

namespace chainqual::capi {

/// The content as it is now; it stays so, whatever becomes of the handle.
[[nodiscard]] std::shared_ptr<const Dossier> content_of(const chainqual_chain* chain);

/// The content to change: the handle's alone.
[[nodiscard]] Dossier& editable(chainqual_chain* chain);

}  // namespace chainqual::capi
