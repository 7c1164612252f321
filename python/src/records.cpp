#include "records.hpp"

#include <cmath>

#include "boxes.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/schema_chain.hpp"
#include "chainqual/io/schema_office.hpp"
#include "chainqual/io/schema_register.hpp"
#include "convert.hpp"
#include "record_rules.hpp"

namespace chainqual::python {
namespace {

// ---- one cell ---------------------------------------------------------------------------------------------------

// A number that is absent: None, or NaN as pandas writes it.
bool is_absent(py::handle value) {
  return value.is_none() || (PyFloat_Check(value.ptr()) != 0 && std::isnan(PyFloat_AsDouble(value.ptr())));
}

void read_cell(py::handle value, const char* name, std::string& into) {
  into = value.is_none() ? std::string() : text_of(value, name);
}

void read_cell(py::handle value, const char* name, std::vector<std::string>& into) {
  if (value.is_none()) {
    into.clear();
  } else if (py::isinstance<py::str>(value)) {
    into = split_list(py::cast<std::string>(value));
  } else {
    read_list(value, name, into);
  }
}

void read_cell(py::handle value, const char* name, bool& into) {
  into = !value.is_none() && truth(value, name);
}

void read_cell(py::handle value, const char* name, std::optional<bool>& into) {
  into.reset();
  if (!value.is_none()) into = truth(value, name);
}

void read_cell(py::handle value, const char* name, std::optional<double>& into) {
  into.reset();
  if (!is_absent(value)) into = real_number(value, name);
}

void read_cell(py::handle value, const char* name, std::optional<Decimal>& into) {
  into.reset();
  if (!is_absent(value)) into = decimal_of(value, name);
}

template <Named E>
void read_cell(py::handle value, const char* name, E& into) {
  from_py(value, name, into);
}

template <class T>
py::object cell(const T& value) {
  if constexpr (std::is_same_v<T, std::optional<Decimal>>) {
    if (!value) return py::none();
    return py::module_::import("decimal").attr("Decimal")(value->to_string());
  } else {
    return to_py(T(value));
  }
}

// ---- one record -------------------------------------------------------------------------------------------------

/// Calls fn(member) with the member of `record` that a field stands for.
template <class R, class Fn>
auto with_member(R& record, const Field<std::remove_const_t<R>>& field, Fn&& fn) {
  using Plain = std::remove_const_t<R>;
  return std::visit(
      [&](const auto& where) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(where)>, Element<Plain>>) {
          return fn((record.*where.array)[where.index]);
        } else {
          return fn(record.*where);
        }
      },
      field.member);
}

template <class R>
R record_from(const py::dict& given, R record = {}) {
  for (const auto& [key, value] : given) {
    const std::string word = text_of(key, "heading");
    const Field<R>* found = nullptr;
    std::vector<std::string> known;
    for (const auto& field : TableOf<R>::fields) {
      known.emplace_back(field.key);
      if (field.key == word) found = &field;
    }
    if (found == nullptr) refuse_option(word, known);
    with_member(record, *found, [&, held = value](auto& member) { read_cell(held, word.c_str(), member); });
  }
  return record;
}

template <class R>
py::dict dict_from(const R& record) {
  py::dict result;
  for (const auto& field : TableOf<R>::fields) {
    result[py::str(field.key.data(), field.key.size())] =
        with_member(record, field, [](const auto& member) { return cell(member); });
  }
  return result;
}

// ---- one table --------------------------------------------------------------------------------------------------

LinkRow link_row(const Chain& chain, const Chain::Edge& edge) {
  LinkRow row;
  static_cast<Link&>(row) = chain.link(edge);
  row.supplier = chain.enterprise(chain.supplier(edge)).id;
  row.customer = chain.enterprise(chain.customer(edge)).id;
  return row;
}

using Records =
    std::tuple<Segment, Institution, Enterprise, LinkRow, Problem, ScoreRow, Project, Milestone, SharedResult,
               PolicyTool, IndicatorRow, Consortium, chainqual::Member, Scope, Change, ProjectRisk, ProgressReport,
               ProjectDocument, Licence, ChainEvent, Review, AssessedFact, StepRecord, ProjectPartner>;
static_assert(std::tuple_size_v<Records> == table_count, "a table of the chain folder is missing here");

/// The registers, which are plain vectors; the chain's own tables and the consortium are not.
constexpr std::tuple registers{&Dossier::problems,  &Dossier::scores,       &Dossier::projects,   &Dossier::milestones,
                               &Dossier::results,   &Dossier::policy_tools, &Dossier::indicators, &Dossier::members,
                               &Dossier::scopes,    &Dossier::changes,      &Dossier::risks,      &Dossier::reports,
                               &Dossier::documents, &Dossier::licences,     &Dossier::events,     &Dossier::reviews,
                               &Dossier::facts,     &Dossier::history,      &Dossier::partners};

template <class R>
auto& rows_of(auto& dossier) {
  return dossier.*std::get<std::vector<R> Dossier::*>(registers);
}

/// Calls fn(row) for each row of the table of R, in order.
template <class R, class Fn>
void each_row(const Dossier& dossier, Fn&& fn) {
  const Chain& chain = dossier.chain;
  if constexpr (std::is_same_v<R, Segment>) {
    for (const auto& row : chain.segments()) fn(row);
  } else if constexpr (std::is_same_v<R, Institution>) {
    for (const auto& row : chain.institutions()) fn(row);
  } else if constexpr (std::is_same_v<R, Enterprise>) {
    for (std::uint32_t id = 0; id < chain.enterprises(); ++id) fn(chain.enterprise(EnterpriseId{id}));
  } else if constexpr (std::is_same_v<R, LinkRow>) {
    const auto [begin, end] = edges(chain.graph());
    for (auto edge = begin; edge != end; ++edge) fn(link_row(chain, *edge));
  } else if constexpr (std::is_same_v<R, Consortium>) {
    if (dossier.consortium) fn(*dossier.consortium);
  } else {
    for (const R& row : rows_of<R>(dossier)) fn(row);
  }
}

template <class R>
void add_row(Dossier& dossier, R&& row) {
  Chain& chain = dossier.chain;
  if constexpr (std::is_same_v<R, Segment>) {
    chain.add_segment(std::move(row));
  } else if constexpr (std::is_same_v<R, Institution>) {
    chain.add_institution(std::move(row));
  } else if constexpr (std::is_same_v<R, Enterprise>) {
    chain.add_enterprise(std::move(row));
  } else if constexpr (std::is_same_v<R, LinkRow>) {
    chain.add_link(row.supplier, row.customer, row);
  } else if constexpr (std::is_same_v<R, Consortium>) {
    if (dossier.consortium) {
      throw Error(ErrorCode::duplicate, {"一条产业链只有一个质量创新联合体，已经登记。",
                                         "A chain has one consortium, and it is registered already."});
    }
    dossier.consortium = std::move(row);
  } else {
    rows_of<R>(dossier).push_back(std::move(row));
  }
}

/// Calls fn.operator()<R>() for the record type of a table.
template <std::size_t k = 0, class Fn>
auto with_table(const std::string& table, Fn&& fn) {
  using R = std::tuple_element_t<k, Records>;
  if (table == TableOf<R>::name) return fn.template operator()<R>();
  if constexpr (k + 1 < table_count) {
    return with_table<k + 1>(table, std::forward<Fn>(fn));
  } else {
    std::vector<std::string> known;
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (known.emplace_back(TableOf<std::tuple_element_t<i, Records>>::name), ...);
    }
    (std::make_index_sequence<table_count>());
    refuse_word(table, "table", known);
  }
}

template <class T>
const char* kind_name(T*) {
  if constexpr (std::is_same_v<T, std::string>) return "text";
  if constexpr (std::is_same_v<T, std::vector<std::string>>) return "list";
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::optional<bool>>) return "truth";
  if constexpr (std::is_same_v<T, std::optional<double>>) return "number";
  if constexpr (std::is_same_v<T, std::optional<Decimal>>) return "decimal";
  return "word";
}

template <class Of>
EnterpriseId found_or_refused(const Of& found, py::handle value, const std::vector<std::string>& nearest) {
  if (found) return *found;
  const std::string word = shown_value(py::cast<std::string>(value));
  std::string guess;
  for (const auto& key : nearest) guess += (guess.empty() ? "" : ", ") + key;
  throw Error(
      ErrorCode::unknown_reference,
      {"没有企业（或不止一家）叫 “" + word + "”。" + (guess.empty() ? "请用编号。" : "相近的编号：" + guess + "。"),
       "No enterprise, or more than one, is called \"" + word + "\". " +
           (guess.empty() ? "Use an id." : "The nearest ids are " + guess + ".")});
}

EnterpriseId numbered(py::handle value, std::uint32_t enterprises) {
  const std::int64_t id = whole_number(value, "enterprise", INT64_MIN, INT64_MAX);
  if (id >= 0 && id < enterprises) return EnterpriseId{static_cast<std::uint32_t>(id)};
  throw Error(ErrorCode::out_of_range,
              {"企业序号 " + std::to_string(id) + " 超出范围：共 " + std::to_string(enterprises) + " 家，序号从 0 起。",
               "There is no enterprise number " + std::to_string(id) + ": there are " + std::to_string(enterprises) +
                   ", numbered from 0."});
}

/// A number is refused where it is also the key of another enterprise, as in networks of tables with whole numbers for
/// keys: nobody could tell which of the two is meant.
template <class Find>
EnterpriseId only_numbered(py::handle value, std::uint32_t enterprises, Find find) {
  const std::int64_t id = whole_number(value, "enterprise", INT64_MIN, INT64_MAX);
  const std::string text = std::to_string(id);
  const std::optional<EnterpriseId> keyed = find(text);
  if (!keyed || id == static_cast<std::int64_t>(keyed->value)) return numbered(value, enterprises);
  throw Error(ErrorCode::invalid_argument,
              {text + " 既可指序号，又是另一家企业的键。用键请写 '" + text + "'，用序号请写 net.keys()[" + text + "]。",
               text + " could be a number or the key of another enterprise. Write '" + text +
                   "' for the key, or net.keys()[" + text + "] for the number."});
}

}  // namespace

EnterpriseId enterprise_of(const Dossier& dossier, py::handle value) {
  if (!py::isinstance<py::str>(value)) {
    return only_numbered(value, dossier.chain.enterprises(),
                         [&dossier](const std::string& key) { return dossier.chain.find(key); });
  }
  const auto text = py::cast<std::string>(value);
  const auto found = dossier.chain.resolve(text);
  return found_or_refused(found, value, found ? std::vector<std::string>{} : dossier.chain.nearest_keys(text));
}

EnterpriseId enterprise_of(const NetworkBox& box, py::handle value) {
  if (box.dossier) return enterprise_of(*box.dossier, value);
  if (!py::isinstance<py::str>(value)) {
    return only_numbered(value, box.network().enterprises(),
                         [&box](const std::string& key) { return box.stored.keys.find(key); });
  }
  const auto text = py::cast<std::string>(value);
  const auto found = box.stored.keys.find(text);
  return found_or_refused(found, value, found ? std::vector<std::string>{} : box.stored.keys.nearest(text));
}

void add_record(Dossier& dossier, const std::string& table, const py::dict& record) {
  with_table(table, [&]<class R>() {
    R row = record_from<R>(record);
    check_record(dossier, row);
    add_row(dossier, std::move(row));
  });
}

void replace_enterprise(Dossier& dossier, EnterpriseId id, const py::dict& record) {
  Enterprise row = record_from<Enterprise>(record, dossier.chain.enterprise(id));
  check_record(dossier, row, false);
  dossier.chain.replace_enterprise(id, std::move(row));
}

std::size_t record_count(const Dossier& dossier, const std::string& table) {
  return with_table(table, [&]<class R>() {
    if constexpr (std::is_same_v<R, LinkRow>) {
      return static_cast<std::size_t>(dossier.chain.links());
    } else {
      std::size_t count = 0;
      each_row<R>(dossier, [&count](const R&) { ++count; });
      return count;
    }
  });
}

py::dict record_of(const Dossier& dossier, const std::string& table, std::size_t position) {
  return with_table(table, [&]<class R>() {
    py::dict result;
    std::size_t at = 0;
    each_row<R>(dossier, [&](const R& row) {
      if (at++ == position) result = dict_from(row);
    });
    if (position >= at) {
      throw py::index_error(
          say("表 {0} 只有 {1} 行。", "The table {0} has {1} rows only.", {table, std::to_string(at)}));
    }
    return result;
  });
}

py::dict table_columns(const Dossier& dossier, const std::string& table) {
  return with_table(table, [&]<class R>() {
    const auto& fields = TableOf<R>::fields;
    std::vector<py::list> columns(fields.size());
    each_row<R>(dossier, [&](const R& row) {
      for (std::size_t k = 0; k < fields.size(); ++k) {
        columns[k].append(with_member(row, fields[k], [](const auto& member) { return cell(member); }));
      }
    });
    py::dict result;
    for (std::size_t k = 0; k < fields.size(); ++k) {
      result[py::str(fields[k].key.data(), fields[k].key.size())] = columns[k];
    }
    return result;
  });
}

py::list table_fields(const std::string& table) {
  return with_table(table, []<class R>() {
    py::list result;
    R record{};
    for (const auto& field : TableOf<R>::fields) {
      const char* kind = with_member(record, field, [](auto& member) { return kind_name(&member); });
      result.append(
          py::make_tuple(py::str(field.key.data(), field.key.size()), py::str(field.zh.data(), field.zh.size()), kind));
    }
    return result;
  });
}

py::list table_names() {
  py::list result;
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    const auto add = [&result]<class R>() {
      result.append(py::make_tuple(std::string(TableOf<R>::name), std::string(TableOf<R>::zh)));
    };
    (add.template operator()<std::tuple_element_t<i, Records>>(), ...);
  }
  (std::make_index_sequence<table_count>());
  return result;
}

}  // namespace chainqual::python
