#pragma once

#include <string>

#include "chainqual/core/executor.hpp"
#include "chainqual/io/chain_folder.hpp"

namespace chainqual::cli {

/// Adds to the reader's findings what only the whole chain shows: reversed stages, names alike, single sources, cycles,
/// isolated enterprises, and declared stars that differ from the computed grade. What the reader told is not repeated.
void add_chain_findings(ChainFile& file, const std::string& path, const Control& control);

}  // namespace chainqual::cli
