#include "record_cells.hpp"

#include <nlohmann/json.hpp>
#include <variant>

#include "chainqual/io/cell.hpp"
#include "io/chain_folder_cells.hpp"
#include "io/chain_folder_spell.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {
namespace {

Cell cell_from(const intake::Spelt& value, const std::string& where) {
  Cell cell;
  if (const auto* text = std::get_if<std::string>(&value)) {
    cell = *text;
  } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    cell = join_list(*list);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    cell = *yes ? "true" : "false";
  } else if (const auto* number = std::get_if<double>(&value)) {
    cell = intake::digits_of(*number, where);
  } else if (const auto* decimal = std::get_if<Decimal>(&value)) {
    cell = decimal->to_string();
  } else if (const auto* grade = std::get_if<Grade>(&value)) {
    cell = std::string(key_of(*grade));
  }
  if (cell) intake::check_text(*cell, where);
  return cell;
}

/// Takes cells into a record; what is wrong goes to `findings`.
template <class R>
R taken(const Cells& cells, Findings& findings) {
  R record;
  CellConverter converter(std::string(TableOf<R>::name), findings);
  intake::CellTaker<R> taker(record, converter);
  const auto& fields = TableOf<R>::fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (cells[i] || fields[i].required) {
      taker.take(fields[i], {cells[i] ? std::string_view(*cells[i]) : std::string_view(), nullptr},
                 {0, 0, fields[i].key});
    }
  }
  return record;
}

}  // namespace

template <class R>
Cells cells_of(const R& record) {
  const intake::Speller<R> speller(record, Language::en);
  Cells cells;
  cells.reserve(TableOf<R>::fields.size());
  for (const auto& field : TableOf<R>::fields) {
    cells.push_back(cell_from(speller.spell(field), std::string(TableOf<R>::name) + "." + std::string(field.key)));
  }
  return cells;
}

template <class R>
R record_of(const Cells& cells) {
  Findings findings;
  R record = taken<R>(cells, findings);
  if (!findings.has_errors()) return record;
  const Error first = error_from(findings);
  throw Error(ErrorCode::checksum_mismatch,
              {"数据库中的内容被外部改动过：" + first.message().zh,
               "The database was edited from outside: " + first.message().en},
              findings);
}

template <class R>
R as_read(const R& record, Findings& findings) {
  return taken<R>(cells_of(record), findings);
}

template <class R>
R record_with(Cells cells, const std::vector<std::pair<std::size_t, std::string>>& values, Findings& findings) {
  CellConverter converter(std::string(TableOf<R>::name), findings);
  for (const auto& [field, value] : values) {
    R alone;
    const auto& description = TableOf<R>::fields[field];
    intake::CellTaker<R>(alone, converter).take(description, {value, nullptr}, {0, 0, description.key});
    cells[field] = trimmed(value).empty() ? Cell()
                                          : cell_from(intake::Speller<R>(alone, Language::en).spell(description),
                                                      std::string(description.key));
  }
  Findings again;  // a required cell that is empty was told above, or is told when the record is taken
  return taken<R>(cells, again);
}

template <class R>
std::string cell_word(std::size_t field, const std::string& value) {
  Findings findings;
  CellConverter converter(std::string(TableOf<R>::name), findings);
  R record;
  const auto& description = TableOf<R>::fields[field];
  intake::CellTaker<R>(record, converter).take(description, {value, nullptr}, {0, 0, description.key});
  throw_if_errors(findings);
  return cell_from(intake::Speller<R>(record, Language::en).spell(description), std::string(description.key))
      .value_or(std::string());
}

std::vector<std::string> elements_of(const Cell& cell) {
  return cell ? split_list(*cell) : std::vector<std::string>();
}

std::string cells_to_json(const TableInfo& table, const Cells& cells) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) object[std::string(table.columns[i].name)] = *cells[i];
  }
  return object.dump();
}

Cells cells_from_json(const TableInfo& table, const std::string& json) {
  const auto object = nlohmann::json::parse(json, nullptr, false);
  Cells cells(table.columns.size());
  for (std::size_t i = 0; i < cells.size() && object.is_object(); ++i) {
    const auto at = object.find(table.columns[i].name);
    if (at != object.end() && at->is_string()) cells[i] = at->get<std::string>();
  }
  return cells;
}

#define CHAINQUAL_CELLS(R)                                                                              \
  template Cells cells_of<R>(const R&);                                                                 \
  template R record_of<R>(const Cells&);                                                                \
  template R as_read<R>(const R&, Findings&);                                                           \
  template R record_with<R>(Cells, const std::vector<std::pair<std::size_t, std::string>>&, Findings&); \
  template std::string cell_word<R>(std::size_t, const std::string&);
CHAINQUAL_CELLS(Segment)
CHAINQUAL_CELLS(Institution)
CHAINQUAL_CELLS(Enterprise)
CHAINQUAL_CELLS(LinkRow)
CHAINQUAL_CELLS(Problem)
CHAINQUAL_CELLS(ScoreRow)
CHAINQUAL_CELLS(Project)
CHAINQUAL_CELLS(Milestone)
CHAINQUAL_CELLS(SharedResult)
CHAINQUAL_CELLS(PolicyTool)
CHAINQUAL_CELLS(IndicatorRow)
CHAINQUAL_CELLS(Consortium)
CHAINQUAL_CELLS(Member)
CHAINQUAL_CELLS(Scope)
CHAINQUAL_CELLS(Change)
CHAINQUAL_CELLS(ProjectRisk)
CHAINQUAL_CELLS(ProgressReport)
CHAINQUAL_CELLS(ProjectDocument)
CHAINQUAL_CELLS(Licence)
CHAINQUAL_CELLS(ChainEvent)
CHAINQUAL_CELLS(Review)
CHAINQUAL_CELLS(AssessedFact)
CHAINQUAL_CELLS(StepRecord)
CHAINQUAL_CELLS(ProjectPartner)
#undef CHAINQUAL_CELLS

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
