#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Receives bad rows byte for byte under the heading of their table; does nothing where no file is asked for.
class RejectsFile {
 public:
  RejectsFile(const std::filesystem::path& path, const CsvReader& reader) : reader_(reader) {
    if (path.empty()) return;
    out_.emplace(path);
    if (reader.file().had_mark()) out_->write("\xEF\xBB\xBF");
    if (reader.file().readable()) out_->write(reader.file().original(reader.raw_heading()));
  }

  [[nodiscard]] bool wanted() const noexcept { return out_.has_value(); }
  /// @param row  a part of the reader's text.
  void add(std::string_view row) {
    if (out_) out_->write(reader_.file().original(row));
  }
  void commit() {
    if (out_) out_->commit();
  }

 private:
  const CsvReader& reader_;
  std::optional<OutputFile> out_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
