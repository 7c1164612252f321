#pragma once

#include "help.hpp"

/// One function a command, each in a file of its name: declares arguments and options, and what is run with them.
namespace chainqual::cli {

void add_assess(CommandLine& line);
void add_validate(CommandLine& line);
void add_grade(CommandLine& line);
void add_propagate(CommandLine& line);
void add_rank(CommandLine& line);
void add_systemic_risk(CommandLine& line);
void add_criticality(CommandLine& line);
void add_simulate(CommandLine& line);
void add_mitigate(CommandLine& line);
void add_why(CommandLine& line);
void add_evaluate(CommandLine& line);
void add_map(CommandLine& line);
void add_convert(CommandLine& line);
void add_generate(CommandLine& line);
void add_register(CommandLine& line);  ///< where the store was built

}  // namespace chainqual::cli
