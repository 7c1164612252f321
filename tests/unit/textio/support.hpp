#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/io/csv.hpp"

namespace textio_test {

/// A folder of its own for one test, removed with it.
class Folder {
 public:
  Folder() {
    static std::atomic<int> serial{0};
    path_ = std::filesystem::temp_directory_path() /
            ("chainqual-textio-" + std::to_string(::getpid()) + "-" + std::to_string(serial++));
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
  }

 private:
  std::filesystem::path path_;
};

inline void put(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good()) << path;
}

inline std::string get(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Every finding in one language, one a line.
inline std::string shown(const chainqual::Findings& findings, chainqual::Language language) {
  std::string text;
  for (const auto& finding : findings.kept()) text += to_string(finding, language) + "\n";
  return text;
}
inline std::string en(const chainqual::Findings& findings) {
  return shown(findings, chainqual::Language::en);
}
inline std::string zh(const chainqual::Findings& findings) {
  return shown(findings, chainqual::Language::zh);
}

inline chainqual::TextFile text_of(std::string content, chainqual::Findings& findings, std::string name = "t.csv") {
  return chainqual::decode_text(chainqual::FileBytes::of(std::move(content)), std::move(name), std::nullopt, findings);
}

/// What a CSV text reads as: cells of good records joined by '|', one record a line; bad ones as "bad".
struct Read {
  std::string rows;
  std::vector<std::string> headings;
  std::vector<std::string> raw_bad;
  chainqual::Findings findings;
  std::uint64_t blank = 0;
};

inline Read read_csv(std::string content, const chainqual::CsvOptions& options = {}) {
  Read read;
  chainqual::CsvReader reader(text_of(std::move(content), read.findings), options, read.findings);
  read.headings = reader.headings();
  chainqual::CsvRecord record;
  while (reader.next(record)) {
    if (record.bad) {
      read.rows += "bad\n";
      read.raw_bad.emplace_back(record.raw);
      continue;
    }
    const char* separator = "";
    for (const auto cell : record.cells) {
      read.rows += separator + std::string(cell);
      separator = "|";
    }
    read.rows += "\n";
  }
  read.blank = reader.blank_records();
  return read;
}

}  // namespace textio_test
