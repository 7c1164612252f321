#pragma once

#include <string>
#include <vector>

#include "chainqual/impact/propagate.hpp"
#include "input.hpp"
#include "session.hpp"

namespace chainqual::cli {

/// What `simulate --ensemble` was asked for.
struct EnsembleRequest {
  std::string study;            ///< file
  std::string scenario;         ///< file; else `at`
  std::vector<std::string> at;  ///< ENTERPRISE=SHARE, a shock each
  std::size_t top = 15;         ///< enterprises to show
  std::string out;              ///< CSV; may be empty
};

/// Runs every scenario over the samples of one study, and writes means, errors, quantiles and, of several scenarios,
/// how they differ from the first sample by sample. @return the exit code.
/// @throws UsageError not just one of scenario and at. Error: the findings of the files.
int run_ensemble(Session& session, const NamedNetwork& named, const ModelOptions& options,
                 const EnsembleRequest& request);

}  // namespace chainqual::cli
