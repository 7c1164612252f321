#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual::cli {

/// A set of files that appear together or not at all. They are written beside their place, in a hidden folder on the
/// same file system, and moved when all are complete; an exception or Ctrl-C before that leaves everything as it was.
class OutputFolder {
 public:
  /// Looks whether the folder can be made and written, so that a long computation is not begun in vain; makes nothing.
  /// @throws Error{io_failure} it cannot, or its name is a file's.
  explicit OutputFolder(std::filesystem::path folder);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to write the file that will be `folder/name`. @throws Error{io_failure}
  [[nodiscard]] std::filesystem::path file(const std::string& name);

  /// Puts every file in its place, over those of an earlier run. @throws Error{io_failure}
  void commit();

  /// Final paths, in the order asked for.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

  /// The same error with final paths in place of the hidden ones.
  [[nodiscard]] Error in_place(const Error& error) const;

 private:
  std::filesystem::path folder_;
  std::filesystem::path place_;    ///< the folder itself, or the nearest one above that stands
  std::filesystem::path staging_;  ///< empty: not made, or already in its place
  std::vector<std::string> names_;
  bool existed_ = false;
};

/// An Error{io_failure} that says in both languages what the system refused, and what to do.
[[nodiscard]] Error refused(const std::filesystem::path& path, int system_error);

/// `text` for error messages and for names made from it: the last part of a path that has one, "." resolved.
[[nodiscard]] std::string stem_of(const std::filesystem::path& path);

}  // namespace chainqual::cli
