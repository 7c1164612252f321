#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chainqual/core/error.hpp"

// One database session behind SOCI, with every value as text: the same calls for SQLite and PostgreSQL. Errors of
// either come out as chainqual::Error.

namespace chainqual {
inline namespace v1 {
namespace storage {

enum class Engine : std::uint8_t { sqlite, postgresql };

/// One value of a row; none is SQL's NULL.
using Cell = std::optional<std::string>;
using Cells = std::vector<Cell>;

/// A name in double quotes: the tables have columns called "from", "table" and "end".
[[nodiscard]] std::string quoted_name(std::string_view name);

[[nodiscard]] inline std::int64_t whole(const Cell& cell) {
  return cell ? std::stoll(*cell) : 0;
}
[[nodiscard]] inline std::string text_or_empty(const Cell& cell) {
  return cell.value_or(std::string());
}

class Connection {
 public:
  /// @param address  path of a file, or postgresql:// (postgres://).
  /// @param wait_ms  how long to wait for another writer.
  /// @throws Error{not_found | io_failure | wrong_format | conflict}
  Connection(const std::string& address, bool must_exist, int wait_ms);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  [[nodiscard]] Engine engine() const noexcept { return engine_; }
  /// As given, a password taken out.
  [[nodiscard]] const std::string& shown() const noexcept { return shown_; }

  /// Runs one statement. `?` stands for the values in turn. Rows changed come back.
  std::int64_t run(const std::string& sql, std::span<const Cell> values = {});
  std::int64_t run(const std::string& sql, std::initializer_list<Cell> values) {
    return run(sql, std::span<const Cell>(values.begin(), values.size()));
  }
  /// Runs a query and gives every row of `columns` cells to `take`, which must not use the connection.
  void each(const std::string& sql, std::span<const Cell> values, std::size_t columns,
            const std::function<void(Cells&)>& take);
  [[nodiscard]] std::vector<Cells> rows(const std::string& sql, std::span<const Cell> values, std::size_t columns);
  [[nodiscard]] std::vector<Cells> rows(const std::string& sql, std::initializer_list<Cell> values,
                                        std::size_t columns) {
    return rows(sql, std::span<const Cell>(values.begin(), values.size()), columns);
  }
  /// The one cell of a query; none where there is no row.
  [[nodiscard]] Cell value(const std::string& sql, std::initializer_list<Cell> values = {});

  /// Forgets prepared statements, which a changed schema makes stale.
  void forget();
  /// Tells PostgreSQL that much was written: what it knows of the tables, and searches not yet in the index.
  void tidy();
  /// Copies a SQLite database, whole and as of one moment, into a new file.
  void copy_file(const std::string& path);
  /// Whether the file lets itself be written. PostgreSQL answers yes.
  [[nodiscard]] bool writable();

 private:
  friend class Transaction;
  struct Session;
  class Statement;

  Statement& prepared(const std::string& sql, std::size_t values, std::size_t columns);
  void give_up(const std::string& sql);
  void open_sqlite(const std::string& path, bool must_exist, int wait_ms);
  void open_postgresql(const std::string& address, int wait_ms);

  Engine engine_;
  std::string shown_;
  std::unique_ptr<Session> session_;
  // Kept until the connection ends: freeing a statement inside a failed PostgreSQL transaction would fail in turn.
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements_;
  std::vector<std::unique_ptr<Statement>> given_up_;  // failed, freed when their transaction has ended
};

/// One transaction; without a commit everything is taken back.
class Transaction {
 public:
  enum class Kind : std::uint8_t {
    read,     ///< sees one moment throughout
    write,    ///< one writer at a time; sees what the writers before it left
    migrate,  ///< as write, before the tables exist
  };
  Transaction(Connection& connection, Kind kind);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  /// @throws Error what the database says; nothing was changed then, unless the connection itself was lost.
  void commit();

 private:
  Connection* connection_;
  bool open_ = true;
};

/// The Error for what SQLite (by result code) or PostgreSQL (by SQLSTATE) reported.
[[nodiscard]] Error sqlite_error(int code, const std::string& shown, const std::string& said);
[[nodiscard]] Error postgresql_error(std::string_view state, const std::string& shown, const std::string& said);

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
