#pragma once

#include <filesystem>

#include "chain_folder_tables.hpp"
#include "chainqual/io/file.hpp"

// The two sources of an intake: the folder's CSV files and the JSON twin.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Reads `chain.json` and every table file of a folder; findings of rows and files go to the intake.
void read_folder(const std::filesystem::path& folder, Intake& intake);

/// Reads the JSON twin.
void read_document(FileBytes bytes, const std::string& file, Intake& intake);

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
