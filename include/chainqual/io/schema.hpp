#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chainqual/chain/enterprise.hpp"
#include "chainqual/chain/link.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/problem.hpp"
#include "chainqual/register/project.hpp"
#include "chainqual/register/result.hpp"

namespace chainqual {
inline namespace v1 {

/// The tables of a chain folder, in the order in which they refer to each other: a table refers to earlier ones only.
enum class TableId : std::uint8_t {
  segments,
  institutions,
  enterprises,
  links,
  problems,
  scores,
  projects,
  milestones,
  results,
  policy_tools,
  indicators,
  none
};

/// Number of tables in a chain folder.
inline constexpr std::size_t table_count = static_cast<std::size_t>(TableId::none);

/// A row of `links.csv`: the two ends by id, and the link itself.
struct LinkRow : Link {
  std::string supplier;
  std::string customer;
  friend bool operator==(const LinkRow&, const LinkRow&) = default;
};

/// What a text cell stands for, beyond being text. Cells of other types are told by their member's type.
enum class CellKind : std::uint8_t {
  text,         ///< kept as it stands
  key,          ///< names the row
  reference,    ///< a key, or list of keys, of `Field::refers`
  date,         ///< kept as ISO 8601
  credit_code,  ///< unified social credit code, GB 32100-2015
  region,       ///< province: kept as GB/T 2260 code
};

/// Where a number may lie.
enum class Range : std::uint8_t { any, non_negative, share, score };

/// One element of a fixed array member (the aspect shares of a problem).
template <class R>
struct Element {
  std::array<std::optional<Decimal>, 5> R::*array;
  std::size_t index;
};

/// Where a field lives in its record; the member's type says how its cell is read and written.
template <class R>
using Member = std::variant<std::string R::*, std::vector<std::string> R::*, bool R::*, std::optional<bool> R::*,
                            std::optional<double> R::*, std::optional<Decimal> R::*, Element<R>, Stage R::*, Role R::*,
                            Ladder R::*, Evidence R::*, Category R::*, ProblemStatus R::*, Grade R::*, ProjectKind R::*,
                            ProjectStatus R::*, Direction R::*>;

/// One column of a table. CSV, JSON and XLSX all follow it.
template <class R>
struct Field {
  std::string_view key;      ///< English heading and JSON key: the member's name
  std::string_view zh;       ///< Chinese heading, as written
  std::string_view aliases;  ///< further Chinese headings taken on reading (the standard's forms), separated by '|'
  Member<R> member;
  bool required = false;  ///< the heading must stand, and no cell may be empty
  CellKind kind = CellKind::text;
  TableId refers = TableId::none;
  Range range = Range::any;
};

/// Specialised for each record type: `id`, `name` (file name and JSON key), `zh` (sheet title), `fields` (an array of
/// Field<R>).
template <class R>
struct TableOf;

/// A heading without what people add to it: white space of any kind, case, full-width brackets and solidus.
///
/// @param heading  UTF-8.
/// @throws  none but std::bad_alloc.
/// @complexity  O(length).
/// @numerics    none.
/// @threads     Pure.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] inline std::string folded_heading(std::string_view heading) {
  struct Fold {
    std::string_view from, to;
  };
  static constexpr std::array<Fold, 8> folds{{{"　", ""},
                                              {"\xC2\xA0", ""},
                                              {"（", "("},
                                              {"）", ")"},
                                              {"／", "/"},
                                              {"，", ","},
                                              {"：", ""},
                                              {"\xEF\xBB\xBF", ""}}};
  std::string out;
  while (!heading.empty()) {
    const char c = heading.front();
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':') {
      heading.remove_prefix(1);
      continue;
    }
    bool folded = false;
    for (const auto& fold : folds) {
      if (!heading.starts_with(fold.from)) continue;
      out += fold.to;
      heading.remove_prefix(fold.from.size());
      folded = true;
      break;
    }
    if (folded) continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    heading.remove_prefix(1);
  }
  return out;
}

/// Whether a (folded) heading names the field: its key, its Chinese heading or one of the aliases.
template <class R>
[[nodiscard]] bool names_field(const Field<R>& field, std::string_view folded) {
  if (folded == field.key || folded == folded_heading(field.zh)) return true;
  std::string_view rest = field.aliases;
  while (!rest.empty()) {
    const auto bar = rest.find('|');
    if (folded == folded_heading(rest.substr(0, bar))) return true;
    if (bar == std::string_view::npos) break;
    rest.remove_prefix(bar + 1);
  }
  return false;
}

/// The field of a table that a heading names, by position; none when unknown.
///
/// @param heading  as it stands in the file, English or Chinese.
/// @throws  none but std::bad_alloc.
/// @complexity  O(fields · length).
/// @numerics    none.
/// @threads     Pure.
/// @source      Headings of the standard's appendices C, E and G, and of both published chains.
/// @since 0.1, experimental.
template <class R>
[[nodiscard]] std::optional<std::size_t> find_field(std::string_view heading) {
  const std::string folded = folded_heading(heading);
  if (folded.empty()) return std::nullopt;
  for (std::size_t i = 0; i < TableOf<R>::fields.size(); ++i) {
    if (names_field(TableOf<R>::fields[i], folded)) return i;
  }
  return std::nullopt;
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/io/schema_chain.hpp"
#include "chainqual/io/schema_register.hpp"
