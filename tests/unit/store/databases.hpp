#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "chainqual/store/store.hpp"
#include "unit/store/server.hpp"
#include "unit/tableio/workspace.hpp"

// Every test of this folder runs on SQLite and on a PostgreSQL server of its own, which lives in a temporary folder and
// listens on a socket there.

namespace chainqual::testing {

enum class Database { sqlite, postgresql };

/// Runs SQL behind the store's back; the first cell of the result, or what the database said against it.
std::string run_sql(Database database, const std::string& address, const std::string& sql);

/// A store of a test's own, on either database.
class EveryStore : public ::testing::TestWithParam<Database> {
 public:
  [[nodiscard]] const std::string& address() const { return address_; }
  Store open(const std::string& clerk = "王") const;
  std::string sql(const std::string& text) const { return run_sql(GetParam(), address_, text); }
  [[nodiscard]] std::filesystem::path path(std::string_view name) const { return workspace_.path(name); }

 protected:
  void SetUp() override;

 private:
  Workspace workspace_;
  std::string address_;
};

/// The error that a call throws, which must throw one.
[[nodiscard]] Error error_of(const std::function<void()>& call);
/// Whether message or findings hold the words, in English or Chinese.
[[nodiscard]] bool says(const Error& error, const std::string& words);

[[nodiscard]] inline std::filesystem::path shipped(const std::string& name) {
  return std::filesystem::path(CHAINQUAL_DATASETS) / name;
}

}  // namespace chainqual::testing
