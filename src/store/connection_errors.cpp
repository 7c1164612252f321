#include <string>

#include "chainqual/core/error.hpp"
#include "connection.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {
namespace {

// SQLite's primary result codes (sqlite3.h and soci-sqlite3.h cannot stand in one file).
constexpr int sqlite_busy = 5;
constexpr int sqlite_locked = 6;
constexpr int sqlite_nomem = 7;
constexpr int sqlite_readonly = 8;
constexpr int sqlite_ioerr = 10;
constexpr int sqlite_corrupt = 11;
constexpr int sqlite_full = 13;
constexpr int sqlite_cantopen = 14;
constexpr int sqlite_toobig = 18;
constexpr int sqlite_constraint = 19;
constexpr int sqlite_notadb = 26;

/// What the database said, without the name of the function that met it.
std::string said_by(const std::string& text) {
  std::string said = text;
  for (const std::string_view lead :
       {"sqlite3_statement_backend::loadOne: ", "sqlite3_statement_backend::loadRS: ",
        "sqlite3_statement_backend::prepare: ", "Cannot execute query. Fatal error. ", "Cannot execute query. ",
        "Cannot prepare statement. ", "Cannot establish connection to the database. ", "Fatal error. ", "ERROR:  "}) {
    if (said.starts_with(lead)) said.erase(0, lead.size());
  }
  return shown_value(said.substr(0, said.find_last_not_of(" \n") + 1), 300);
}

Error busy(const std::string& shown) {
  return Error(ErrorCode::conflict, {"另一进程正在写入 " + shown + "，等待超时：请稍后再试。",
                                     "Another process is writing to " + shown + " and did not finish: try again."});
}

Error full(const std::string& shown) {
  return Error(ErrorCode::io_failure,
               {"磁盘已满，无法写入 " + shown + "：本次操作未作任何更改；请腾出空间后再试。",
                "The disk is full: cannot write to " + shown + ". Nothing was changed; make room, then try again."});
}

Error broken_rule(bool twice, const std::string& shown, const std::string& said) {
  return twice ? Error(ErrorCode::duplicate,
                       {shown + " 中已有相同编号的记录（" + said + "）：请更改编号。",
                        shown + " holds such a record already (" + said + "): choose another number."})
               : Error(ErrorCode::unknown_reference,
                       {shown + " 拒绝了会破坏引用或只增记录的更改（" + said + "）：请先处理被引用的记录。",
                        shown + " refused a change that would break a reference or a record that is only added to (" +
                            said + "): see to the records referred to first."});
}

}  // namespace

Error sqlite_error(int code, const std::string& shown, const std::string& text) {
  const std::string said = said_by(text);
  switch (code & 0xFF) {
    case sqlite_busy:
    case sqlite_locked:
      return busy(shown);
    case sqlite_nomem:
      return Error(ErrorCode::out_of_memory, {"内存不足。", "Memory is exhausted."});
    case sqlite_readonly:
      return Error(ErrorCode::io_failure, {shown + " 是只读的：请取得写权限，或复制后使用副本。",
                                           shown + " is read-only: get the right to write it, or work on a copy."});
    case sqlite_full:
      return full(shown);
    case sqlite_ioerr:
      return Error(ErrorCode::io_failure,
                   {"系统拒绝读写 " + shown + "（" + said + "）：请检查磁盘空间、配额和权限；本次操作未作任何更改。",
                    "The system refused to read or write " + shown + " (" + said +
                        "): check the disk's space, quota and permissions. Nothing was changed."});
    case sqlite_corrupt:
      return Error(ErrorCode::checksum_mismatch, {shown + " 已损坏（" + said + "）：请用备份恢复。",
                                                  shown + " is damaged (" + said + "): go back to a backup."});
    case sqlite_cantopen:
      return Error(ErrorCode::io_failure, {"无法打开 " + shown + "：请检查路径及文件夹的权限。",
                                           "Cannot open " + shown + ": check the path and its folder's permissions."});
    case sqlite_toobig:
      return Error(ErrorCode::limit_exceeded,
                   {"文本过长，" + shown + " 无法保存。", "A text is too long for " + shown + "."});
    case sqlite_constraint:
      return broken_rule(said.find("UNIQUE") != std::string::npos, shown, said);
    case sqlite_notadb:
      return Error(ErrorCode::wrong_format, {shown + " 不是登记库（不是 SQLite 数据库文件）：请核对文件名。",
                                             shown + " is not a store (no SQLite database): check the file's name."});
    default:
      return Error(ErrorCode::internal,
                   {"数据库 " + shown + " 报告：" + said + "。", "The database " + shown + " reports: " + said + "."});
  }
}

Error postgresql_error(std::string_view state, const std::string& shown, const std::string& text) {
  const std::string said = said_by(text);
  const std::string_view kind = state.substr(0, 2);
  if (state == "55P03" || state == "40001" || state == "40P01") return busy(shown);
  if (state == "53100") return full(shown);
  if (state == "23505") return broken_rule(true, shown, said);
  if (kind == "23") return broken_rule(false, shown, said);
  if (state == "25006" || state == "42501") {
    return Error(ErrorCode::io_failure, {"没有写入 " + shown + " 的权限（" + said + "）：请向管理员申请。",
                                         "No right to write to " + shown + " (" + said + "): ask its administrator."});
  }
  if (kind == "54") {
    return Error(ErrorCode::limit_exceeded, {"内容超出 " + shown + " 的上限（" + said + "）。",
                                             "The content is beyond a bound of " + shown + " (" + said + ")."});
  }
  if (kind == "08" || kind == "57" || kind == "53" || kind == "28" || kind == "3D" || state.empty() ||
      state.find_first_not_of(std::string_view(" \0", 2)) == std::string_view::npos) {
    return Error(ErrorCode::io_failure,
                 {"无法连接或失去与数据库 " + shown + " 的连接（" + said + "）：请核对地址，并确认服务器在运行。",
                  "Cannot reach, or lost, the database " + shown + " (" + said +
                      "): check the address and that the server runs."});
  }
  return Error(ErrorCode::internal,
               {"数据库 " + shown + " 报告：" + said + "。", "The database " + shown + " reports: " + said + "."});
}

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
