#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "chainqual/io/file.hpp"
#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cells;
using storage::Connection;
using storage::Engine;
using storage::TableInfo;
using storage::Transaction;

namespace {

/// A table as SQL has it, copied cell by cell.
struct PlainTable {
  std::string name;
  std::vector<std::string> columns;
  std::string order;
};

/// Every table but the search index, which is made anew, in an order in which references find what they refer to.
std::vector<PlainTable> plain_tables() {
  std::vector<PlainTable> all{{"store", {"key", "value", "version", "changed_at", "changed_by"}, "key"}};
  for (std::size_t id = 0; id < table_count; ++id) {
    const TableInfo& table = storage::info_of(static_cast<TableId>(id));
    PlainTable plain{std::string(table.name), {"record", "version", "changed_at", "changed_by"}, "record"};
    for (const auto& column : table.columns) plain.columns.emplace_back(column.name);
    all.push_back(std::move(plain));
  }
  for (const TableId target : storage::listed_targets) {
    all.push_back({storage::reference_table(storage::info_of(target).name),
                   {"record", "field", "position", "table", "value"},
                   "record"});
  }
  all.push_back(
      {"revisions",
       {"record", "version", "table", "changed_at", "changed_by", "content", "ended_at", "ended_by", "removed"},
       "record"});
  return all;
}

void copy_table(Connection& from, Connection& to, const PlainTable& table) {
  std::string columns;
  std::string marks;
  for (const auto& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + storage::quoted_name(column);
    marks += marks.empty() ? "?" : ", ?";
  }
  const std::string name = storage::quoted_name(table.name);
  const std::string insert = "INSERT INTO " + name + " (" + columns + ") VALUES (" + marks + ")";
  from.each("SELECT " + columns + " FROM " + name + " ORDER BY " + storage::quoted_name(table.order), {},
            table.columns.size(), [&](Cells& row) { to.run(insert, row); });
}

void bring_to_disk(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool done = file >= 0 && ::fsync(file) == 0;
  const int problem = errno;
  if (file >= 0) ::close(file);
  if (done) return;
  const Text reason = reason_of(problem);
  throw Error(ErrorCode::io_failure, {"无法把 " + path.string() + " 写到磁盘：" + reason.zh + "。",
                                      "Cannot bring " + path.string() + " to the disk: " + reason.en + "."});
}

/// A file in the making, taken away unless it gets its name.
class Unfinished {
 public:
  explicit Unfinished(const std::filesystem::path& path)
      : path_(path), partial_(path.string() + ".partial-" + std::to_string(::getpid())) {
    std::error_code ignored;
    std::filesystem::remove(partial_, ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    for (const std::string end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(partial_ + end, ignored);
  }
  [[nodiscard]] const std::string& partial() const noexcept { return partial_; }
  void finish() {
    bring_to_disk(partial_, O_RDWR);
    std::error_code problem;
    // A link, unlike a renaming, does not replace what another process has put there meanwhile.
    std::filesystem::create_hard_link(partial_, path_, problem);
    if (problem == std::errc::file_exists) taken(path_);
    if (problem) std::filesystem::rename(partial_, path_);  // a file system without links
    bring_to_disk(std::filesystem::absolute(path_).parent_path(), O_RDONLY | O_DIRECTORY);
  }
  [[noreturn]] static void taken(const std::filesystem::path& path) {
    throw Error(ErrorCode::duplicate,
                {path.string() + " 已存在：备份不覆盖已有文件，请另取文件名。",
                 path.string() + " stands already: a backup replaces nothing, choose another name."});
  }

 private:
  std::filesystem::path path_;
  std::string partial_;
};

}  // namespace

void Store::State::take_over(State& from) {
  const Transaction moment(from.connection, Transaction::Kind::read);
  Transaction transaction(connection, Transaction::Kind::write);
  check_empty();
  connection.run("DELETE FROM \"store\"");
  for (const PlainTable& table : plain_tables()) copy_table(from.connection, connection, table);
  index_everything();
  transaction.commit();
  connection.tidy();
}

void Store::back_up(const std::filesystem::path& path) {
  std::error_code problem;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, problem))) Unfinished::taken(path);
  Unfinished file(path);
  if (state_->connection.engine() == Engine::sqlite) {
    state_->connection.copy_file(file.partial());
  } else {
    StoreOptions making = state_->options;
    making.must_exist = false;
    State copy(file.partial(), making);
    copy.prepare();
    copy.take_over(*state_);
  }
  file.finish();
}

void Store::restore(const std::filesystem::path& path) {
  StoreOptions reading = state_->options;
  reading.must_exist = true;
  State from(path.string(), reading);
  from.prepare();
  state_->take_over(from);
}

}  // namespace v1
}  // namespace chainqual
