#include "unit/store/databases.hpp"

#include <sqlite3.h>

#include <memory>

namespace chainqual::testing {

std::string run_sql(Database database, const std::string& address, const std::string& sql) {
  if (database == Database::postgresql) return run_postgresql(address, sql);
  sqlite3* raw = nullptr;
  sqlite3_open(address.c_str(), &raw);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(raw, &sqlite3_close);
  sqlite3_busy_timeout(raw, 10'000);
  std::string first;
  const auto take = [](void* into, int columns, char** values, char**) {
    auto& text = *static_cast<std::string*>(into);
    if (text.empty() && columns > 0 && values[0] != nullptr) text = values[0];
    return 0;
  };
  char* said = nullptr;
  if (sqlite3_exec(raw, sql.c_str(), take, &first, &said) != SQLITE_OK) {
    first = said == nullptr ? "error" : said;
    sqlite3_free(said);
  }
  return first;
}

void EveryStore::SetUp() {
  address_ =
      GetParam() == Database::sqlite ? workspace_.path("质量 store.db").string() : Server::instance().fresh_address();
}

Store EveryStore::open(const std::string& clerk) const {
  StoreOptions options;
  options.clerk = clerk;
  options.clock = [] { return std::string("2027-06-01T08:30:00Z"); };
  return Store::open(address_, options);
}

Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::ok, {}};
}

bool says(const Error& error, const std::string& words) {
  const auto in = [&](const std::string& text) { return text.find(words) != std::string::npos; };
  for (const Finding& finding : error.findings().kept()) {
    if (in(to_string(finding, Language::en)) || in(to_string(finding, Language::zh))) return true;
  }
  return in(error.message().en) || in(error.message().zh);
}

INSTANTIATE_TEST_SUITE_P(On, EveryStore, ::testing::Values(Database::sqlite, Database::postgresql),
                         [](const auto& one) { return one.param == Database::sqlite ? "Sqlite" : "Postgresql"; });

}  // namespace chainqual::testing
