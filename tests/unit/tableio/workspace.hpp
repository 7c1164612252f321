#pragma once

#include <gtest/gtest.h>

#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/io/chain_folder.hpp"

namespace chainqual::testing {

/// A folder of one test's own, gone at its end.
class Workspace {
 public:
  Workspace() {
    static std::atomic<int> count{0};
    root_ = std::filesystem::temp_directory_path() /
            ("chainqual-test-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(root_);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace() {
    std::error_code ignored;
    std::filesystem::permissions(root_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(root_, ignored);
  }

  [[nodiscard]] std::filesystem::path path(std::string_view name = {}) const {
    return name.empty() ? root_ : root_ / name;
  }

  /// Writes bytes, making folders on the way.
  std::filesystem::path put(std::string_view name, std::string_view bytes) const {
    const auto file = path(name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
  }

 private:
  std::filesystem::path root_;
};

[[nodiscard]] inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Every file of a folder by name, with its bytes.
[[nodiscard]] inline std::map<std::string, std::string> snapshot(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files[entry.path().filename().string()] = entry.is_directory() ? "(folder)" : bytes_of(entry.path());
  }
  return files;
}

/// A finding as a line, its file without the folder: what messages are compared with.
[[nodiscard]] inline std::string line_of(Finding finding, Language language) {
  finding.where.file = std::filesystem::path(finding.where.file).filename().string();
  return to_string(finding, language);
}

/// The error that reading throws; a failure of the test when it throws none.
[[nodiscard]] inline Error error_of_reading(const std::filesystem::path& path, const ReadOptions& options = {}) {
  try {
    (void)read_chain(path, options);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "reading " << path << " threw nothing";
  return Error(ErrorCode::ok, {});
}

/// Findings of one level as lines.
[[nodiscard]] inline std::vector<std::string> lines_of(const Findings& findings, FindingLevel level,
                                                       Language language) {
  std::vector<std::string> lines;
  for (const auto& finding : findings.kept()) {
    if (finding.level == level) lines.push_back(line_of(finding, language));
  }
  return lines;
}

/// The least of a chain: two segments, two enterprises.
inline void put_base(const Workspace& workspace) {
  workspace.put("segments.csv", "id,name,stage\nS1,硅片,upstream\nS2,封装,midstream\n");
  workspace.put("enterprises.csv",
                "id,name,stage,segments,region\nE1,甲公司,upstream,S1,天津\nE2,乙公司,midstream,,北京\n");
}

using Files = std::vector<std::pair<std::string, std::string>>;
struct Message {
  std::string en;
  std::string zh;
};

/// Reads the base chain with some files put in their places, and compares every error, in order, in both languages.
inline void expect_errors(const Files& files, const std::vector<Message>& expected) {
  const Workspace workspace;
  put_base(workspace);
  for (const auto& [name, text] : files) workspace.put(name, text);
  const Error error = error_of_reading(workspace.path());
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const auto& message : expected) {
    en.push_back(message.en);
    zh.push_back(message.zh);
  }
  EXPECT_EQ(lines_of(error.findings(), FindingLevel::error, Language::en), en);
  EXPECT_EQ(lines_of(error.findings(), FindingLevel::error, Language::zh), zh);
}

}  // namespace chainqual::testing
