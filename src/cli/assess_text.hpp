#pragma once

#include <cstddef>

#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"
#include "output_folder.hpp"
#include "session.hpp"

namespace chainqual::cli {

/// Prints an assessment for people: problems, enterprises, segments, stages, aspects, what the figures rest on, and
/// where the files are. Rankings stop after `top` rows.
void print_assessment(Session& session, const Dossier& dossier, const AssessReport& report, std::size_t top,
                      const OutputFolder& folder);

}  // namespace chainqual::cli
