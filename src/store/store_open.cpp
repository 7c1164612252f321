#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Engine;
using storage::Transaction;

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::address() const noexcept {
  return state_->connection.shown();
}

void Store::State::prepare() {
  if (!connection.writable()) {
    throw Error(ErrorCode::io_failure,
                {connection.shown() + " 是只读的：请取得写权限，或复制后使用副本。",
                 connection.shown() + " is read-only: get the right to write it, or work on a copy."});
  }
  const int before = storage::migrate(connection, storage::migrations(), now(), options.must_exist);
  made_here = before == 0;
  constexpr int without_search = 1;
  if (before == without_search) {
    Transaction transaction(connection, Transaction::Kind::write);
    index_everything();
    transaction.commit();
  }
}

bool Store::discard_new() {
  storage::Connection& connection = state_->connection;
  if (!state_->made_here || connection.engine() != Engine::postgresql) return false;
  Transaction transaction(connection, Transaction::Kind::write);
  const auto settings = connection.rows("SELECT \"key\", \"value\" FROM \"store\"", {}, 2);
  if (settings.size() != 1 || settings.front().back() != "1") return false;  // a number was given, or a chain named
  std::string tables = "\"store\", \"schema_version\", \"revisions\", \"search\"";
  for (const auto& table : storage::made_tables) tables += ", " + storage::quoted_name(table.name);
  for (const TableId target : storage::listed_targets) {
    tables += ", " + storage::quoted_name(storage::reference_table(storage::info_of(target).name));
  }
  connection.run("DROP TABLE " + tables);
  connection.run("DROP FUNCTION chainqual_kept()");
  transaction.commit();
  connection.forget();
  return true;
}

Store Store::open(const std::string& address, const StoreOptions& options) {
  auto state = std::make_unique<State>(address, options);
  state->prepare();
  storage::Connection& connection = state->connection;
  if (connection.engine() == Engine::sqlite && connection.value("PRAGMA journal_mode") != "wal") {
    static_cast<void>(connection.value("PRAGMA journal_mode = WAL"));
  }
  return Store(std::move(state));
}

}  // namespace v1
}  // namespace chainqual
