#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "chainqual/core/text.hpp"
#include "chainqual/io/schema.hpp"

namespace chainqual {
inline namespace v1 {

/// How a store is opened.
struct StoreOptions {
  std::string clerk;        ///< who acts: stands beside everything that is changed
  bool must_exist = false;  ///< do not make a new store where there is none
  int wait_ms = 5000;       ///< how long to wait while another process writes
  /// The time now, as written beside changes; UTC as 2025-03-01T08:30:00Z when empty.
  std::function<std::string()> clock;
};

/// A record as it stands in a store.
template <class R>
struct Entry {
  std::int64_t number = 0;   ///< the store's own, of all tables: never given twice
  std::int64_t version = 0;  ///< 1 when entered, one more with each change
  std::string changed_at;
  std::string changed_by;
  R record;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// A record as it once stood, until it was changed or removed.
template <class R>
struct Revision {
  Entry<R> entry;
  std::string ended_at;  ///< empty: it stands now
  std::string ended_by;
  bool removed = false;  ///< it ended by removal
  friend bool operator==(const Revision&, const Revision&) = default;
};

/// Which past `Store::as_of` shows.
enum class Moment : std::uint8_t {
  registers,  ///< what held on that day, as far as the registers tell now
  recorded    ///< what the store held at the end of that day
};

/// A proposed project, and how often its lead unit has contributed a paid result.
struct Proposal {
  Project project;
  std::uint64_t contributed = 0;
};

/// How a condition compares a field with its value.
enum class Match : std::uint8_t { is, is_not, contains, from, until, empty, filled };

template <>
struct Names<Match> {
  static constexpr std::array<Name<Match>, 7> table{{
      {Match::is, "is", "等于", "is", "="},
      {Match::is_not, "is_not", "不等于", "is not", "!="},
      {Match::contains, "contains", "包含", "contains", "~"},
      {Match::from, "from", "不早于", "from", ">="},
      {Match::until, "until", "不晚于", "until", "<="},
      {Match::empty, "empty", "为空", "is empty"},
      {Match::filled, "filled", "已填", "is filled"},
  }};
};

/// One condition on a field, by its English or Chinese heading. Words of enumerations are taken in any of their names.
/// Of a list of references `is` and `is_not` ask whether the list names the value; `contains` looks for the text
/// anywhere in the cell; `from` and `until` compare dates (and other text byte by byte).
struct Condition {
  std::string field = {};
  Match match = Match::is;
  std::string value = {};
};

/// What `Store::list` is asked for: the rows that meet every condition.
struct Listing {
  std::vector<Condition> where = {};
  std::string order_by =
      {};  ///< a field; empty: in the order of entry. Rows that agree in it stand in the order of entry
  bool descending = false;
  std::uint64_t offset = 0;
  std::uint64_t limit = 100;
};

template <class R>
struct Page {
  std::vector<Entry<R>> entries;
  std::uint64_t total = 0;  ///< rows that meet the conditions, on all pages
};

/// What `Store::search` is asked for.
struct Search {
  std::string text = {};
  std::vector<TableId> tables = {};  ///< of problems, projects, results, policy_tools; empty: all of them
  std::uint64_t offset = 0;
  std::uint64_t limit = 50;
};

struct SearchHit {
  TableId table = TableId::none;
  std::int64_t entry = 0;  ///< Entry::number
  std::string number;
  std::string name;   ///< Chinese, else English
  std::string field;  ///< the first field that holds the first word, by its English heading
  std::string text;   ///< that field
  friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

struct SearchPage {
  std::vector<SearchHit> hits;
  bool more = false;  ///< further hits stand behind these
};

/// A record as texts, by heading: what programs, forms and other languages pass. Values are written as cells of a CSV
/// table are; fields that are empty are left out.
using PlainRecord = std::vector<std::pair<std::string, std::string>>;

struct PlainEntry {
  TableId table = TableId::none;
  std::int64_t number = 0;
  std::int64_t version = 0;
  std::string changed_at;
  std::string changed_by;
  PlainRecord fields;  ///< by English heading, in the table's order
  /// The value of a field; empty when it has none.
  [[nodiscard]] std::string value(std::string_view field) const;
  friend bool operator==(const PlainEntry&, const PlainEntry&) = default;
};

/// As Revision, in texts.
struct PlainRevision {
  PlainEntry entry;
  std::string ended_at;  ///< empty: it stands now
  std::string ended_by;
  bool removed = false;
  friend bool operator==(const PlainRevision&, const PlainRevision&) = default;
};

struct PlainPage {
  std::vector<PlainEntry> entries;
  std::uint64_t total = 0;
};

/// The entry with words of enumerations, grades and yes or no as one reads them in Chinese; in English as it is.
/// @throws Error{checksum_mismatch} a value that the store cannot have written.
[[nodiscard]] PlainEntry in_words(const PlainEntry& entry, Language language);

/// A step in words; states and actors in any of their names.
struct PlainStep {
  std::string lifecycle;  ///< problem, project, result, licence, consortium, change
  std::string number;     ///< of a change: project and number, "J1/C1"
  std::string to;
  std::string date;
  std::string who;
  std::string by = {};
  std::string reason = {};
};

/// A correction in words; the actor in any of its names.
struct PlainCorrection {
  std::string lifecycle;
  std::string number;
  std::string step;  ///< the step to take back, by its key or either of its names
  std::string date;
  std::string who;
  std::string by = {};
  std::string reason = {};
};

/// The headings of one field.
struct FieldNames {
  std::string_view key;
  std::string_view zh;
};
[[nodiscard]] std::vector<FieldNames> fields_of(TableId table);
/// The table of that English or Chinese name. @throws Error{not_found} the message lists all.
[[nodiscard]] TableId table_named(std::string_view name);
/// The table's names. @throws Error{out_of_range} TableId::none.
[[nodiscard]] FieldNames names_of_table(TableId table);

/// Records that a clerk enters, changes and removes. History and facts are only added to, by steps and assessments.
template <class R>
concept Editable = requires {
  TableOf<R>::fields;
}
&&!std::is_same_v<R, StepRecord> && !std::is_same_v<R, AssessedFact>;

/// Records that a store holds.
template <class R>
concept Storable = requires {
  TableOf<R>::fields;
};

}  // namespace v1
}  // namespace chainqual
