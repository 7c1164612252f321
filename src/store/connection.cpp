#include "connection.hpp"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

#include "chainqual/io/file.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {

struct Connection::Session {
  std::unique_ptr<soci::session> soci;
};

namespace {

bool is_postgresql(std::string_view address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

/// The address without its password, for messages.
std::string without_password(std::string address) {
  const auto start = address.find("//");
  const auto at = address.find('@');
  const auto colon = start == std::string::npos ? start : address.find(':', start);
  if (at != std::string::npos && colon < at) address.replace(colon + 1, at - colon - 1, "…");
  if (const auto key = address.find("password="); key != std::string::npos) {
    const auto value = key + std::string_view("password=").size();
    address.replace(value, std::min(address.find('&', value), address.size()) - value, "…");
  }
  return address;
}

/// Runs what speaks to the database; its errors come out as ours.
template <class Do>
auto translated(const std::string& shown, Do&& what) {
  try {
    return what();
  } catch (const soci::sqlite3_soci_error& error) {
    throw sqlite_error(error.result(), shown, error.get_error_message());
  } catch (const soci::postgresql_soci_error& error) {
    throw postgresql_error(error.sqlstate(), shown, error.get_error_message());
  } catch (const soci::soci_error& error) {
    throw postgresql_error("08000", shown, error.get_error_message());
  }
}

/// `?` as the names that SOCI asks for, outside quotes.
std::string named(const std::string& sql) {
  std::string out;
  std::size_t count = 0;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out += ":p" + std::to_string(++count);
      continue;
    }
    out += c;
  }
  return out;
}

}  // namespace

std::string quoted_name(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

/// A prepared statement and the places that its values and columns go through.
class Connection::Statement {
 public:
  Statement(soci::session& session, const std::string& sql, std::size_t values, std::size_t columns)
      : values_(values),
        value_marks_(values, soci::i_ok),
        columns_(columns),
        column_marks_(columns, soci::i_ok),
        statement_(session) {
    statement_.alloc();
    statement_.prepare(named(sql));
    for (std::size_t i = 0; i < values; ++i) statement_.exchange(soci::use(values_[i], value_marks_[i]));
    for (std::size_t i = 0; i < columns; ++i) statement_.exchange(soci::into(columns_[i], column_marks_[i]));
    statement_.define_and_bind();
  }

  void bind(std::span<const Cell> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      values_[i] = values[i].value_or(std::string());
      value_marks_[i] = values[i] ? soci::i_ok : soci::i_null;
    }
  }
  std::int64_t run() {
    statement_.execute(true);
    return statement_.get_affected_rows();
  }
  void open() { statement_.execute(false); }
  bool fetch(Cells& row) {
    if (!statement_.fetch()) return false;
    row.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (column_marks_[i] == soci::i_null) {
        row[i].reset();
      } else {
        row[i] = columns_[i];
      }
    }
    return true;
  }

 private:
  std::vector<std::string> values_;
  std::vector<soci::indicator> value_marks_;
  std::vector<std::string> columns_;
  std::vector<soci::indicator> column_marks_;
  soci::statement statement_;  // last, since it holds the places of all others
};

Connection::Connection(const std::string& address, bool must_exist, int wait_ms)
    : engine_(is_postgresql(address) ? Engine::postgresql : Engine::sqlite),
      shown_(engine_ == Engine::postgresql ? without_password(address) : address),
      session_(std::make_unique<Session>()) {
  if (engine_ == Engine::postgresql) {
    open_postgresql(address, wait_ms);
  } else {
    open_sqlite(address, must_exist, wait_ms);
  }
}

Connection::~Connection() {
  statements_.clear();
}

void Connection::open_sqlite(const std::string& path, bool must_exist, int wait_ms) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  const auto folder = std::filesystem::absolute(path).parent_path();
  if (std::filesystem::is_directory(status)) {
    throw Error(ErrorCode::wrong_format, {path + " 是文件夹，不是登记库文件：请给出文件名，如 quality.db。",
                                          path + " is a folder, not a store: name a file, such as quality.db."});
  }
  if (!std::filesystem::exists(status) && (must_exist || !std::filesystem::exists(folder, problem))) {
    throw Error(ErrorCode::not_found, {"找不到 " + (must_exist ? path : folder.string()) + "：请核对路径。",
                                       "There is no " + (must_exist ? path : folder.string()) + ": check the path."});
  }
  if (path.find('"') != std::string::npos) {
    throw Error(ErrorCode::invalid_argument,
                {"登记库的路径 " + path + " 不能含有双引号：请改名。",
                 "The path of a store may hold no double quote, as " + path + " does: rename it."});
  }
  translated(shown_, [&] {
    session_->soci = std::make_unique<soci::session>(*soci::factory_sqlite3(), "dbname=\"" + path + "\"");
    *session_->soci << "PRAGMA busy_timeout = " + std::to_string(wait_ms);
    *session_->soci << "PRAGMA foreign_keys = ON";
    *session_->soci << "PRAGMA synchronous = FULL";
    *session_->soci << "PRAGMA cache_size = -65536";  // 64 MiB: a large import does not spill into the log page by page
    std::int64_t pages = 0;
    *session_->soci << "SELECT count(*) FROM sqlite_master", soci::into(pages);  // reads the file: is it one of SQLite?
  });
}

void Connection::open_postgresql(const std::string& address, int wait_ms) {
  translated(shown_, [&] {
    session_->soci = std::make_unique<soci::session>(*soci::factory_postgresql(), address);
    auto& session = *session_->soci;
    const auto* backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
    PQsetNoticeProcessor(
        backend->conn_, [](void*, const char*) {}, nullptr);  // libpq would print them
    session << "SET client_min_messages = warning";
    session << "SET client_encoding = 'UTF8'";
    session << "SET standard_conforming_strings = on";
    session << "SET synchronous_commit = on";
    session << "SET lock_timeout = " + std::to_string(wait_ms);
    // Every query here picks rows by an index and looks others up by their number. Left to itself the server plans
    // without the words that are looked for, or takes reading all the long texts and their index entries for cheap:
    // either is a hundred times slower. Helpers and compiled expressions take longer to start than a page takes.
    for (const char* wish : {"plan_cache_mode = force_custom_plan", "enable_hashjoin = off", "enable_mergejoin = off",
                             "random_page_cost = 1.1", "max_parallel_workers_per_gather = 0", "jit = off"}) {
      session << std::string("SET ") + wish;
    }
    std::string encoding;
    session << "SHOW server_encoding", soci::into(encoding);
    if (encoding != "UTF8") {
      throw Error(ErrorCode::wrong_format,
                  {"数据库 " + shown_ + " 的编码是 " + encoding + "：请用 ENCODING 'UTF8' 建库。",
                   "The database " + shown_ + " is encoded in " + encoding + ": make it with ENCODING 'UTF8'."});
    }
  });
}

Connection::Statement& Connection::prepared(const std::string& sql, std::size_t values, std::size_t columns) {
  constexpr std::size_t most = 512;  // queries differ by their filters; SQLite and PostgreSQL keep what each prepared
  auto& place = statements_[sql];
  if (!place) {
    try {
      place = std::make_unique<Statement>(*session_->soci, sql, values, columns);
    } catch (...) {
      statements_.erase(sql);
      throw;
    }
    if (statements_.size() > most) {
      auto kept = std::move(place);
      statements_.clear();
      return *(statements_[sql] = std::move(kept));
    }
  }
  return *place;
}

// SOCI gives the values' buffers of a failed run back with the statement alone.
void Connection::give_up(const std::string& sql) {
  if (auto held = statements_.extract(sql)) given_up_.push_back(std::move(held.mapped()));
}

void Connection::tidy() {
  if (engine_ == Engine::sqlite) return;
  try {
    run("ANALYZE");
    // Its owner alone may.
    static_cast<void>(
        value("SELECT gin_clean_pending_list(oid) FROM pg_class WHERE oid = 'search_grams'::regclass AND "
              "pg_has_role(relowner, 'USAGE')"));
  } catch (const Error&) {  // what was written stands; it is only read more slowly
  }
}

std::int64_t Connection::run(const std::string& sql, std::span<const Cell> values) {
  return translated(shown_, [&] {
    Statement& statement = prepared(sql, values.size(), 0);
    try {
      statement.bind(values);
      return statement.run();
    } catch (...) {
      give_up(sql);
      throw;
    }
  });
}

void Connection::each(const std::string& sql, std::span<const Cell> values, std::size_t columns,
                      const std::function<void(Cells&)>& take) {
  translated(shown_, [&] {
    Statement& statement = prepared(sql, values.size(), columns);
    std::exception_ptr thrown;
    try {
      statement.bind(values);
      statement.open();
      Cells row;
      // To the last row in any case: a statement left half-way would hold SQLite's snapshot open.
      while (statement.fetch(row)) {
        if (thrown) continue;
        try {
          take(row);
        } catch (...) {
          thrown = std::current_exception();
        }
      }
    } catch (...) {
      give_up(sql);
      throw;
    }
    if (thrown) std::rethrow_exception(thrown);
  });
}

std::vector<Cells> Connection::rows(const std::string& sql, std::span<const Cell> values, std::size_t columns) {
  std::vector<Cells> all;
  each(sql, values, columns, [&](Cells& row) { all.push_back(std::move(row)); });
  return all;
}

Cell Connection::value(const std::string& sql, std::initializer_list<Cell> values) {
  auto found = rows(sql, values, 1);
  return found.empty() ? Cell() : std::move(found.front().front());
}

void Connection::forget() {
  statements_.clear();
}

bool Connection::writable() {
  if (engine_ == Engine::postgresql) return true;
  auto* backend = static_cast<soci::sqlite3_session_backend*>(session_->soci->get_backend());
  return sqlite_api::sqlite3_db_readonly(backend->conn_, "main") == 0;
}

void Connection::copy_file(const std::string& path) {
  namespace api = sqlite_api;
  api::sqlite3* to = nullptr;
  const auto check = [&](int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    const std::string said = api::sqlite3_errmsg(to);
    api::sqlite3_close(to);
    throw sqlite_error(code, path, said);
  };
  auto* backend = static_cast<soci::sqlite3_session_backend*>(session_->soci->get_backend());
  check(api::sqlite3_open_v2(path.c_str(), &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr));
  api::sqlite3_backup* copy = api::sqlite3_backup_init(to, "main", backend->conn_, "main");
  if (copy == nullptr) check(api::sqlite3_errcode(to));
  const int stepped = api::sqlite3_backup_step(copy, -1);  // all pages at once: one moment, whatever others write
  api::sqlite3_backup_finish(copy);
  check(stepped);
  // One file to carry away, with no write-ahead log beside it.
  check(api::sqlite3_exec(to, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr));
  check(api::sqlite3_close(to));
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(&connection) {
  if (connection.engine() == Engine::sqlite) {
    connection.run(kind == Kind::read ? "BEGIN" : "BEGIN IMMEDIATE");
    return;
  }
  switch (kind) {
    case Kind::read:
      connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      return;
    case Kind::write:
    case Kind::migrate:
      break;
  }
  // The lock comes before the first read, which takes the snapshot.
  connection.run(kind == Kind::write ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
  try {
    if (kind == Kind::write) {
      connection.run("LOCK TABLE \"store\" IN EXCLUSIVE MODE");
    } else {
      static_cast<void>(connection.value("SELECT pg_advisory_xact_lock(7164758901)"));
    }
  } catch (...) {
    connection.run("ROLLBACK");
    throw;
  }
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_->run("ROLLBACK");
    connection_->given_up_.clear();
  } catch (...) {  // SQLite has rolled back by itself when the disk was full; a lost server has as well
  }
}

void Transaction::commit() {
  connection_->run("COMMIT");
  connection_->given_up_.clear();
  open_ = false;
}

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
