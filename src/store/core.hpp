#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/store/store.hpp"
#include "connection.hpp"
#include "record_cells.hpp"
#include "schema.hpp"
#include "search_words.hpp"

// What a store does, on rows of cells: the typed calls of store.hpp convert and come here.

namespace chainqual {
inline namespace v1 {
namespace storage {

/// A row with what the store keeps beside it.
struct Stored {
  std::int64_t number = 0;
  std::int64_t version = 0;
  std::string changed_at;
  std::string changed_by;
  Cells cells;
};

/// The four columns that stand before the fields, then the fields.
[[nodiscard]] std::string all_columns(const TableInfo& table);
[[nodiscard]] Stored stored_from(Cells& row);

template <class R>
[[nodiscard]] Entry<R> entry_of(const Stored& row) {
  return {row.number, row.version, row.changed_at, row.changed_by, record_of<R>(row.cells)};
}

/// A query for the search index in the database's own language; `mark` before each word for titles.
[[nodiscard]] std::string index_query(const std::vector<QueryWord>& words, std::string_view mark, Engine engine);

/// The chain's own information as text, a JSON chain with nothing else in it, and back.
[[nodiscard]] std::string info_text(const ChainInfo& info);
[[nodiscard]] ChainInfo info_from(const std::string& text);

}  // namespace storage

class Store::State {
 public:
  State(const std::string& address, const StoreOptions& options);

  class Slice;

  /// While it lives, whole tables are read as they stood before a moment, from rows and revisions.
  class AsRecorded {
   public:
    AsRecorded(State& state, std::string before) : state_(state) { state_.recorded_before_ = std::move(before); }
    AsRecorded(const AsRecorded&) = delete;
    AsRecorded& operator=(const AsRecorded&) = delete;
    ~AsRecorded() { state_.recorded_before_.clear(); }

   private:
    State& state_;
  };

  [[nodiscard]] std::string now() const;
  /// The day on which the first record was entered that the store still knows; none: nothing was.
  [[nodiscard]] std::optional<Date> first_entry();

  /// The rows of a table that a condition picks, in the order of entry.
  [[nodiscard]] std::vector<storage::Stored> rows(const storage::TableInfo& table, const std::string& condition = {},
                                                  std::initializer_list<storage::Cell> values = {});
  /// The member of that unit: its one time in the consortium, of several the one that is open.
  /// @throws Error{duplicate} several, and none or more than one of them open: they are named.
  [[nodiscard]] std::optional<Entry<Member>> member_called(std::string_view unit);
  /// The row with the same key as `cells`, or none.
  [[nodiscard]] std::optional<storage::Stored> same_key(const storage::TableInfo& table, const storage::Cells& cells);
  /// @throws Error{not_found} it was never there, or was removed: the message says by whom and when.
  [[nodiscard]] storage::Stored row(const storage::TableInfo& table, std::int64_t number);
  /// A page of rows; conditions by column name, words as they stand in cells. All that meet them are counted.
  [[nodiscard]] std::vector<storage::Stored> listed(const storage::TableInfo& table, const Listing& listing,
                                                    std::uint64_t& total);
  /// How a former row ended.
  struct End {
    std::string at;
    std::string by;
    bool removed = false;
  };
  /// What a row was before each change, oldest first.
  [[nodiscard]] std::vector<std::pair<storage::Stored, End>> former(const storage::TableInfo& table,
                                                                    std::int64_t number);
  /// The row, if nobody changed it since `version`.
  /// @throws Error{conflict} somebody did: who, when and what.
  [[nodiscard]] storage::Stored unchanged(const storage::TableInfo& table, std::int64_t number, std::int64_t version);

  // Changes. All want a write transaction around them.
  /// Numbers for `count` new rows; the first comes back.
  std::int64_t take_numbers(std::int64_t count);
  void insert(const storage::TableInfo& table, const storage::Stored& row);
  void insert_lists(const storage::TableInfo& table, const storage::Stored& row);
  storage::Stored replace(const storage::TableInfo& table, const storage::Stored& former, storage::Cells cells);
  void remove(const storage::TableInfo& table, const storage::Stored& former);
  /// As insert, for one new row with its lists.
  storage::Stored add(const storage::TableInfo& table, storage::Cells cells);

  /// What a new or changed row breaks among other rows: unknown references, a key that is taken, a credit code that
  /// stands already, an enterprise at another stage than its home segment, a second consortium.
  void check_rows(const storage::TableInfo& table, const storage::Cells& cells, std::int64_t number,
                  Findings& findings);
  /// @throws Error{unknown_reference | illegal_step} others refer to the row; it has taken steps.
  void check_removable(const storage::TableInfo& table, const storage::Stored& row);
  /// What refers to a row: "projects P-01 (problems)". At most a few are named.
  [[nodiscard]] std::vector<std::string> referrers(const storage::TableInfo& table, const std::string& key);

  /// Store::add and Store::change; `findings` holds what was wrong with the record before it came here, so that all is
  /// told at once. A transaction of their own.
  template <Editable R>
  Entry<R> enter(const R& given, Findings findings);
  template <Editable R>
  Entry<R> rewrite(std::int64_t number, std::int64_t version, const R& given, Findings findings);

  void index(const storage::TableInfo& table, const storage::Stored& row);
  void unindex(std::int64_t number);
  void index_everything();
  [[nodiscard]] bool is_indexed(const storage::TableInfo& table, const storage::Stored& row);

  /// Whether the file may be written, then the schema as this version has it. @throws as Store::open.
  void prepare();
  /// Everything of another store into this empty one, versions and revisions included.
  void take_over(State& from);
  void check_table(const storage::TableInfo& table, Findings& findings);
  void check_search(Findings& findings);

  [[nodiscard]] std::pair<std::string, std::int64_t> setting(const std::string& key);
  void set_info(const std::string& text, std::int64_t version);
  [[nodiscard]] Entry<ChainInfo> info_entry();
  /// @throws Error{duplicate} the store holds something.
  void check_empty();
  /// As of one moment. Without whole libraries: no problems, scores, facts and history, which grow without bound.
  [[nodiscard]] Dossier content(bool whole_libraries);
  /// The same, inside a transaction that stands.
  [[nodiscard]] Dossier loaded(bool whole_libraries);

  StoreOptions options;
  storage::Connection connection;
  bool made_here = false;  ///< this opening made the tables

 private:
  [[nodiscard]] std::vector<storage::Stored> recorded_rows(const storage::TableInfo& table);
  std::string recorded_before_;  ///< set by AsRecorded: a time as the clock writes it, or its beginning

  void check_references(const storage::TableInfo& table, const storage::Cells& cells, Findings& findings);
  void check_key(const storage::TableInfo& table, const storage::Cells& cells, std::int64_t number, Findings& findings);
  void check_enterprise(const storage::TableInfo& table, const storage::Cells& cells, std::int64_t number,
                        Findings& findings);
  void keep_revision(const storage::TableInfo& table, const storage::Stored& former, bool removed,
                     const std::string& at);
  [[noreturn]] void gone(const storage::TableInfo& table, std::int64_t number);
};

}  // namespace v1
}  // namespace chainqual
