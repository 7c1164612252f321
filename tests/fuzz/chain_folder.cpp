// A folder of hostile tables is a chain or an error, with rejects too: loaded + rejected = read, and what loads writes
// and reads back. The input is the files one after another, each begun by a byte 0x1E and a byte that says which.

#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "chainqual/io/chain_folder.hpp"

namespace {

using namespace chainqual;

constexpr std::array<std::string_view, 12> names{
    "enterprises.csv", "segments.csv",   "institutions.csv", "links.csv",        "problems.csv",   "scores.csv",
    "projects.csv",    "milestones.csv", "results.csv",      "policy_tools.csv", "indicators.csv", "chain.json"};

const std::filesystem::path& root() {
  static const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("chainqual-fuzz-" + std::to_string(getpid()));
  return path;
}

void put_files(std::string_view input, const std::filesystem::path& folder) {
  std::filesystem::remove_all(root());
  std::filesystem::create_directories(folder);
  constexpr char mark = '\x1E';
  while (!input.empty()) {
    const auto begin = input.find(mark);
    if (begin == std::string_view::npos || begin + 1 >= input.size()) break;
    const auto which = static_cast<unsigned char>(input[begin + 1]) % names.size();
    input.remove_prefix(begin + 2);
    std::ofstream(folder / names[which], std::ios::binary) << input.substr(0, input.find(mark));
  }
}

void check_error(const Error& error) {
  if (error.message().en.empty() || error.message().zh.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto folder = root() / "in";
  put_files(std::string_view(reinterpret_cast<const char*>(data), size), folder);
  try {
    (void)read_chain(folder);
  } catch (const Error& error) {
    check_error(error);
  }
  try {
    ReadOptions options;
    options.rejects = root() / "rejects";
    options.repair = size % 2 == 0;
    const ChainFile file = read_chain(folder, options);
    for (const auto& table : file.tables) {
      if (table.loaded + table.rejected != table.read) std::abort();
    }
    write_chain(file.dossier, root() / "out");
    if (!same_content(read_chain(root() / "out").dossier, file.dossier)) std::abort();
  } catch (const Error& error) {
    check_error(error);
  }
  std::filesystem::remove_all(root());
  return 0;
}
