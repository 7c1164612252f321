#pragma once

namespace chainqual::cli {

/// The whole program as a function, so that a host (the Python module) can run it in its own process.
///
/// Takes over SIGINT, SIGTERM and SIGHUP; a host saves its handlers. Writes to the process's standard output and error.
/// One run at a time in a process.
///
/// @param argc, argv  as `main` gets them, argv[0] being the program's name.
/// @return the exit code: see `ExitCode`. Nothing is thrown.
[[nodiscard]] int program(int argc, const char* const* argv);

}  // namespace chainqual::cli
