#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chainqual/chain/enterprise.hpp"
#include "chainqual/chain/link.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/consortium.hpp"
#include "chainqual/register/event.hpp"
#include "chainqual/register/history.hpp"
#include "chainqual/register/licence.hpp"
#include "chainqual/register/problem.hpp"
#include "chainqual/register/project.hpp"
#include "chainqual/register/project_life.hpp"
#include "chainqual/register/result.hpp"
#include "chainqual/register/scope.hpp"

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
  consortium,
  members,
  scopes,
  changes,
  risks,
  reports,
  documents,
  licences,
  events,
  reviews,
  facts,
  history,
  partners,
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

/// Where a number may lie. Of `bare` numbers and `money` the heading or another column tells the unit.
enum class Range : std::uint8_t { any, non_negative, share, score, bare, money };

/// One element of a fixed array member (the aspect shares of a problem).
template <class R>
struct Element {
  std::array<std::optional<Decimal>, 5> R::*array;
  std::size_t index;
};

/// Enumerations as a list of types.
template <class... E>
struct EnumList {};

/// Specialised for each record type whose cells hold words of enumerations: `type` lists them.
template <class R>
struct WordsOf {
  using type = EnumList<>;
};

template <class R, class W>
struct MemberVariant;
template <class R, class... E>
struct MemberVariant<R, EnumList<E...>> {
  using type = std::variant<std::string R::*, std::vector<std::string> R::*, bool R::*, std::optional<bool> R::*,
                            std::optional<double> R::*, std::optional<Decimal> R::*, Element<R>, E R::*...>;
};

/// Where a field lives in its record; the member's type says how its cell is read and written.
template <class R>
using MemberOf = typename MemberVariant<R, typename WordsOf<R>::type>::type;

/// One column of a table. CSV, JSON and XLSX all follow it.
template <class R>
struct Field {
  std::string_view key;      ///< English heading and JSON key: the member's name
  std::string_view zh;       ///< Chinese heading, as written
  std::string_view aliases;  ///< further Chinese headings taken on reading (the standard's forms), separated by '|'
  MemberOf<R> member;
  bool required = false;  ///< the heading must stand, and no cell may be empty
  CellKind kind = CellKind::text;
  TableId refers = TableId::none;
  Range range = Range::any;
};

/// Specialised for each record type: `id`, `name` (file name and JSON key), `zh` (sheet title), `fields` (an array of
/// Field<R>).
template <class R>
struct TableOf;

}  // namespace v1
}  // namespace chainqual

#include "chainqual/io/schema_chain.hpp"
#include "chainqual/io/schema_office.hpp"
#include "chainqual/io/schema_register.hpp"
