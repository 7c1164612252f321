#pragma once

#include <filesystem>
#include <string>

#include "chain_folder_tables.hpp"
#include "chain_json_parse.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Takes the chain's own information from an object; `pointer` is where it stands in its document.
void read_info(const JsonValue& object, const std::string& file, const std::string& pointer, Intake& intake);

/// Reads `chain.json` of a folder.
void read_info_file(const std::filesystem::path& path, Intake& intake);

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
