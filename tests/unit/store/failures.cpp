// What stands in the way, and that it is told clearly in both languages and changes nothing.

#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

/// Runs a part of a test in a process of its own, where limits and rights can be taken away; what it returns.
std::string in_child(const std::function<std::string()>& part) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const int process = fork();
  if (process == 0) {
    std::string said;
    try {
      said = part();
    } catch (const std::exception& error) {
      said = std::string("threw ") + error.what();
    }
    static_cast<void>(!write(ends[1], said.data(), said.size()));
    _exit(0);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(ends[0], buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? said : "died";
}

void expect_clear(const Error& error, ErrorCode code, const std::string& words) {
  EXPECT_EQ(error.code(), code) << error.what();
  EXPECT_TRUE(says(error, words)) << error.what();
  EXPECT_GT(error.message().zh.size(), 20U);
  EXPECT_NE(error.message().zh, error.message().en);
}

TEST(StoreFile, ThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const Workspace workspace;
  const auto file = workspace.put("letter.txt", "This is a letter, not a database. " + std::string(5000, 'x'));
  const std::string before = bytes_of(file);
  expect_clear(error_of([&] { static_cast<void>(Store::open(file.string())); }), ErrorCode::wrong_format, "no SQLite");
  EXPECT_EQ(bytes_of(file), before);
  const auto other = workspace.path("other.db").string();
  run_sql(Database::sqlite, other, "CREATE TABLE birds(name); INSERT INTO birds VALUES ('owl')");
  const std::string birds = bytes_of(other);
  expect_clear(error_of([&] { static_cast<void>(Store::open(other)); }), ErrorCode::wrong_format, "another program");
  EXPECT_EQ(bytes_of(other), birds);
}

TEST(StoreFile, CutShortOrOverwrittenIsCalledDamaged) {
  const Workspace workspace;
  const auto file = workspace.path("store.db");
  { Store::open(file.string()).fill(full_office()); }
  std::string bytes = bytes_of(file);
  std::fill(bytes.begin() + 5000, bytes.end() - 100, 'x');
  workspace.put("store.db", bytes);
  const Error error = error_of([&] {
    Store store = Store::open(file.string());
    throw_if_errors(store.check());
    static_cast<void>(store.content());
  });
  expect_clear(error, ErrorCode::checksum_mismatch, "damaged");
}

TEST(StoreFile, MustLieInAFolderThatIsThere) {
  const Workspace workspace;
  expect_clear(error_of([&] { static_cast<void>(Store::open(workspace.path("no/store.db").string())); }),
               ErrorCode::not_found, "There is no");
  expect_clear(error_of([&] { static_cast<void>(Store::open(workspace.path().string())); }), ErrorCode::wrong_format,
               "is a folder");
  StoreOptions options;
  options.must_exist = true;
  expect_clear(error_of([&] { static_cast<void>(Store::open(workspace.path("typo.db").string(), options)); }),
               ErrorCode::not_found, "typo.db");
  EXPECT_FALSE(std::filesystem::exists(workspace.path("typo.db")));
}

TEST(StoreFile, ThatIsReadOnlyIsToldAtOnce) {
  const Workspace workspace;
  const auto file = workspace.path("store.db");
  { Store::open(file.string()).fill(full_office()); }
  std::filesystem::permissions(file, std::filesystem::perms(0444));
  const std::string said = in_child([&]() -> std::string {
    if (getuid() == 0 && setuid(65534) != 0) return "setuid";  // root may write everything
    const Error error = error_of([&] { static_cast<void>(Store::open(file.string())); });
    return std::string(name_of(error.code())) + ": " + error.what() + error.message().zh;
  });
  EXPECT_NE(said.find("io_failure"), std::string::npos) << said;
  EXPECT_NE(said.find("is read-only"), std::string::npos) << said;
  EXPECT_NE(said.find("只读"), std::string::npos) << said;
}

/// Fills a store until it may grow no more; then everything acknowledged is there and the store can be used.
std::string write_until_full(const std::string& file) {
  Store store = Store::open(file);
  int acknowledged = 0;
  std::string said;
  for (int i = 0; i < 100'000 && said.empty(); ++i) {
    Problem problem;
    problem.number = "P" + std::to_string(i);
    problem.description = std::string(20'000, 'a');
    try {
      store.add(problem);
      ++acknowledged;
    } catch (const Error& error) {
      said = std::string(name_of(error.code())) + " " + error.what();
    }
  }
  const auto total = store.list<Problem>().total;
  return said + (total == static_cast<std::uint64_t>(acknowledged) && acknowledged > 0 ? " kept" : " lost") +
         (store.check().empty() ? " sound" : " damaged");
}

TEST(StoreFile, OnADiskThatIsFullSaysSoAndKeepsWhatWasWritten) {
  const Workspace workspace;
  const std::string folder = workspace.path().string();
  const std::string said = in_child([&]() -> std::string {
    // A small disk of this process's own; where the system grants none, a bound on the size of files.
    const int spaces = CLONE_NEWNS | (getuid() == 0 ? 0 : CLONE_NEWUSER);
    const bool small = unshare(spaces) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                       mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=3m") == 0;
    if (!small) {
      signal(SIGXFSZ, SIG_IGN);
      const rlimit bound{1'500'000, 1'500'000};
      setrlimit(RLIMIT_FSIZE, &bound);
    }
    return write_until_full(folder + "/store.db");
  });
  EXPECT_NE(said.find("io_failure"), std::string::npos) << said;
  EXPECT_TRUE(said.find("disk is full") != std::string::npos ||
              said.find("refused to read or write") != std::string::npos)
      << said;
  EXPECT_NE(said.find("kept sound"), std::string::npos) << said;
}

TEST_P(EveryStore, MadeByANewerVersionIsRefused) {
  { open().fill(full_office()); }
  sql("INSERT INTO \"schema_version\" VALUES (999, 'from the future', '2099-01-01')");
  expect_clear(error_of([&] { open(); }), ErrorCode::version_mismatch, "newer version");
  expect_clear(error_of([&] { open(); }), ErrorCode::version_mismatch, "999");
  sql("DELETE FROM \"schema_version\" WHERE \"number\" = 999");
  EXPECT_TRUE(same_content(open().content(), full_office())) << "nothing was touched";
}

TEST_P(EveryStore, OfTheFirstSchemaIsBroughtToTheLast) {
  { open().fill(full_office()); }
  if (GetParam() == Database::sqlite) sql("DROP TABLE \"search_grams\"");
  sql("DROP TABLE \"search\"");
  sql("ALTER TABLE \"projects\" DROP COLUMN \"route\"");
  sql("ALTER TABLE \"projects\" DROP COLUMN \"resources\"");
  sql("ALTER TABLE \"results\" DROP COLUMN \"terms_note\"");
  sql("ALTER TABLE \"enterprises\" DROP COLUMN \"size\"");
  for (const std::string added : {"steps", "date", "action", "owner", "due"}) {
    sql("ALTER TABLE \"indicators\" DROP COLUMN \"" + added + "\"");
  }
  sql("ALTER TABLE \"history\" DROP COLUMN \"corrects\"");
  sql("DROP TABLE \"partners\"");
  sql("ALTER TABLE \"segments\" DROP COLUMN \"industry_en\"");
  sql("ALTER TABLE \"links\" DROP COLUMN \"product_en\"");
  for (const std::string table : {"institutions", "enterprises", "problems"}) {
    sql("ALTER TABLE \"" + table + "\" DROP COLUMN \"products_en\"");
  }
  sql("DELETE FROM \"schema_version\" WHERE \"number\" >= 2");
  Store store = open();
  EXPECT_EQ(store.search({"杂质"}).hits.size(), 1U) << "what stood already is found";
  EXPECT_TRUE(store.check().empty());
  Dossier without = full_office();
  without.problems.front().products_en.clear();
  without.projects.front().route.clear();
  without.projects.front().resources.clear();
  without.results.front().terms_note.clear();
  without.indicators.front().steps.clear();
  for (auto added : {&IndicatorRow::date, &IndicatorRow::action, &IndicatorRow::owner, &IndicatorRow::due}) {
    (without.indicators.front().*added).clear();
  }
  for (std::uint32_t k = 0; k < without.chain.enterprises(); ++k) {
    Enterprise enterprise = without.chain.enterprise(EnterpriseId{k});
    enterprise.size = EnterpriseSize::unstated;
    without.chain.replace_enterprise(EnterpriseId{k}, enterprise);
  }
  without.partners.clear();
  for (StepRecord& step : without.history) step.corrects.clear();
  EXPECT_TRUE(same_content(store.content(), without));
}

TEST(StoreServer, AStoreThatCouldNotBeMadeLeavesNothingBehind) {
  const auto tables = [](const std::string& address) {
    return run_postgresql(address,
                          "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()");
  };
  const std::string blocked = Server::instance().fresh_address();
  run_postgresql(blocked, "CREATE VIEW \"search_cut\" AS SELECT 1 AS \"x\"");  // in the way of the third migration
  EXPECT_ANY_THROW(Store::open(blocked));
  EXPECT_EQ(tables(blocked), "1") << "the migrations before it are taken back too";

  const std::string address = Server::instance().fresh_address();
  { EXPECT_TRUE(Store::open(address).discard_new()); }
  EXPECT_EQ(tables(address), "0");
  Store used = Store::open(address);
  static_cast<void>(used.add(TableId::problems, {{"number", "P1"}, {"stage", "upstream"}, {"name", "x"}}));
  EXPECT_FALSE(used.discard_new()) << "something was entered";
  EXPECT_FALSE(Store::open(address).discard_new()) << "another opening made it";
  EXPECT_EQ(used.list(TableId::problems).total, 1U);
  const Workspace workspace;
  EXPECT_FALSE(Store::open(workspace.path("q.db").string()).discard_new()) << "a file is removed by its name";
}

TEST_P(EveryStore, EditedFromOutsideIsTold) {
  Store store = open();
  store.fill(full_office());
  sql("UPDATE \"search\" SET \"body\" = 'x' WHERE \"table\" = 'problems'");
  sql("DELETE FROM \"ref_problems\" WHERE \"table\" = 'projects'");
  EXPECT_EQ(store.check().count(FindingLevel::error), 2U);
  sql("UPDATE \"problems\" SET \"status\" = 'forgotten'");
  expect_clear(error_of([&] { static_cast<void>(store.content()); }), ErrorCode::checksum_mismatch, "forgotten");
}

TEST(StoreServer, WithoutRoomOrRightsIsTold) {
  const std::string address = Server::instance().fresh_address();
  Store store = Store::open(address);
  store.fill(full_office());
  const auto refuse_with = [&](const std::string& state) {
    run_sql(Database::postgresql, address,
            "CREATE OR REPLACE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no'' USING "
            "ERRCODE = ''" +
                state +
                "''; END'; DROP TRIGGER IF EXISTS no ON \"problems\"; CREATE TRIGGER no BEFORE "
                "INSERT ON \"problems\" EXECUTE FUNCTION no()");
    return error_of([&] {
      Problem problem;
      problem.number = "P2";
      store.add(problem);
    });
  };
  expect_clear(refuse_with("53100"), ErrorCode::io_failure, "disk is full");
  expect_clear(refuse_with("25006"), ErrorCode::io_failure, "No right to write");
  expect_clear(refuse_with("40001"), ErrorCode::conflict, "try again");
  EXPECT_TRUE(same_content(store.content(), full_office()));
}

/// A server of this process's own whose tables lie on a small disk of its own, written until that is full; empty where
/// the system grants no such disk.
std::string said_by_a_full_server(const std::string& folder) {
  const passwd* user = getpwnam("postgres");
  const bool small = getuid() == 0 && user != nullptr && unshare(CLONE_NEWNS) == 0 &&
                     mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                     mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=4m") == 0;
  if (!small) return {};
  if (chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) return "no folder";
  Server server;
  const std::string address = server.fresh_address();
  const std::string made = run_sql(Database::postgresql, address, "CREATE TABLESPACE small LOCATION '" + folder + "'");
  if (!made.empty()) return made;
  return write_until_full(address + "%20-cdefault_tablespace%3Dsmall");
}

// The log of the server has room: a server without any ends, which is a lost connection.
TEST(StoreServer, OnADiskThatIsFullSaysSoAndKeepsWhatWasWritten) {
  const Workspace workspace;
  std::filesystem::permissions(workspace.path(), std::filesystem::perms::all);
  const std::string said = in_child([&] { return said_by_a_full_server(workspace.path().string()); });
  if (said.empty()) return;  // WithoutRoomOrRightsIsTold shows what is said then
  EXPECT_NE(said.find("io_failure"), std::string::npos) << said;
  EXPECT_NE(said.find("disk is full"), std::string::npos) << said;
  EXPECT_NE(said.find("kept sound"), std::string::npos) << said;
}

TEST(StoreServer, ARoleThatMayOnlyReadIsToldWhenItWrites) {
  const std::string address = Server::instance().fresh_address();
  Store::open(address).fill(full_office());
  run_sql(Database::postgresql, address,
          "DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  run_sql(
      Database::postgresql, address,
      "DO $$ BEGIN EXECUTE 'GRANT USAGE ON SCHEMA ' || current_schema() || ' TO reader'; EXECUTE 'GRANT SELECT ON ALL "
      "TABLES IN SCHEMA ' || current_schema() || ' TO reader'; END $$");
  std::string reader = address;
  const std::string owner = "user=postgres";
  reader.replace(reader.find(owner), owner.size(), "user=reader");
  Store store = Store::open(reader);
  EXPECT_TRUE(same_content(store.content(), full_office())) << "it reads all";
  Problem problem;
  problem.number = "P2";
  expect_clear(error_of([&] { store.add(problem); }), ErrorCode::io_failure, "No right to write");
  expect_clear(error_of([&] {
                 store.step({"problem", "P1", "identified", "2025-06-01", "office", "王", "退回"});
               }),
               ErrorCode::io_failure, "No right to write");
  EXPECT_TRUE(same_content(store.content(), full_office()));
}

TEST(StoreServer, ThatIsNotThereIsTold) {
  const Error error = error_of([] { static_cast<void>(Store::open("postgresql://clerk:secret@/none?host=/nowhere")); });
  expect_clear(error, ErrorCode::io_failure, "server runs");
  EXPECT_FALSE(says(error, "secret")) << "passwords are not shown";
  const std::string address = Server::instance().fresh_address();
  run_sql(Database::postgresql, address, "CREATE TABLE \"problems\" (bird text)");
  expect_clear(error_of([&] { static_cast<void>(Store::open(address)); }), ErrorCode::wrong_format, "another program");
}

}  // namespace
}  // namespace chainqual::testing
