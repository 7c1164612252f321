#include "enterprises_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "table_headings.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::uint32_t round_keys = 1U << 14U;

}  // namespace

EnterprisesReading::EnterprisesReading(TextFile file, const ReadNetworkOptions& options, KeyIndex& index,
                                       NetworkTables& result)
    : options_(options),
      index_(index),
      result_(result),
      reader_(std::move(file), options.csv, result.findings),
      converter_(reader_.file().name(), result.findings, options.repair),
      rejects_(options.rejected_enterprises, reader_),
      segments_(result.segments) {}

bool EnterprisesReading::find_columns() {
  const std::vector<CsvHeading> table = table_headings<Enterprise>({});
  for (const auto& column : match_headings(reader_, table, result_.findings)) {
    const std::string_view key = column ? table[*column].key : std::string_view();
    roles_.push_back(key == "id"            ? Role::id
                     : key == "credit_code" ? Role::credit_code
                     : key == "name"        ? Role::name
                     : key == "stage"       ? Role::stage
                     : key == "segments"    ? Role::segments
                     : key == "weight"      ? Role::weight
                                            : Role::other);
  }
  const bool named = std::any_of(roles_.begin(), roles_.end(), [](Role role) {
    return role == Role::id || role == Role::credit_code || role == Role::name;
  });
  if (named || reader_.headings().empty()) return named || reader_.readable();
  Finding finding;
  finding.code = ErrorCode::missing_column;
  finding.where.file = reader_.file().name();
  finding.where.line = reader_.heading_line();
  finding.rule = {"没有能指明企业的列", "no column says which enterprise a row is"};
  finding.fix = {"请加上“编号”（id）、“统一社会信用代码”（credit_code）或“企业名称”（name）列",
                 "add a column headed 'id' (编号), 'credit_code' (统一社会信用代码) or 'name' (企业名称)"};
  result_.findings.add(std::move(finding));
  return false;
}

bool EnterprisesReading::run(const Control& control) {
  const std::uint64_t errors = result_.findings.count(FindingLevel::error);
  const bool usable = find_columns() && reader_.readable() && errors == result_.findings.count(FindingLevel::error);
  CsvRecord record;
  RowCounts& counts = result_.enterprise_rows;
  std::size_t dropped = 0;
  while (usable && reader_.next(record)) {
    ++counts.read;
    Row row;
    if (!record.bad && convert(record, row)) {
      ++counts.loaded;
      stage_.push_back(row.stage);
      segment_.push_back(row.segment);
      weight_.push_back(row.weight);
    } else {
      ++counts.rejected;
      rejects_.add(record.raw);
    }
    constexpr std::uint64_t between = 1U << 16U;
    if (counts.read % between != 0) continue;
    throw_if_cancelled(control);
    reader_.file().drop(reader_.file().text().substr(dropped, reader_.position() - dropped));
    dropped = reader_.position();
  }
  if (in_round_ != 0) index_.end_round();
  return usable;
}

bool EnterprisesReading::convert(const CsvRecord& record, Row& row) {
  bool good = true;
  row.weight = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t j = 0; j < roles_.size(); ++j) {
    const std::string_view cell = trimmed(record.cells[j]);
    const CellPlace place{record.record, record.line, reader_.headings()[j]};
    switch (roles_[j]) {
      case Role::other:
        break;
      case Role::id:
        row.id = says_nothing(cell) ? std::string_view() : cell;
        break;
      case Role::credit_code:
        row.credit_code = says_nothing(cell) ? std::string_view() : cell;
        break;
      case Role::name:
        row.name = cell;
        break;
      case Role::segments:
        row.segment = segments_.of(cell);
        break;
      case Role::stage: {
        const auto known = value_named<Stage>(cell);
        const auto stage = known ? CellValue<Stage>(*known) : converter_.word<Stage>(cell, place);
        good = good && !stage.is_bad();
        if (stage.has_value()) row.stage = static_cast<std::uint8_t>(stage.value());
        break;
      }
      case Role::weight: {
        const auto weight = converter_.real(cell, place, NumberRange::non_negative());
        good = good && !weight.is_bad();
        if (weight.has_value()) row.weight = weight.value();
        break;
      }
    }
  }
  const std::string_view key = !row.id.empty() ? row.id : !row.credit_code.empty() ? row.credit_code : row.name;
  if (!key.empty()) return good && number(record, key);
  converter_.report(FindingLevel::error, ErrorCode::missing_value, {record.record, record.line, {}}, {},
                    {"该行没有编号、信用代码和企业名称", "the row has no id, credit code or name"},
                    {"请填其中一项", "give one of them"});
  return false;
}

bool EnterprisesReading::number(const CsvRecord& record, std::string_view key) {
  if (in_round_ == 0) index_.begin_round(round_keys, inline_control());
  const std::string_view text = reader_.file().text();
  const bool in_text = key.data() >= text.data() && key.data() + key.size() <= text.data() + text.size();
  if (!in_text && key.size() > PackedKey::longest_inside) {
    kept_.emplace_back(key);
    key = kept_.back();
  }
  const PackedKey packed = pack(key, in_text ? text.data() + text.size() : key.data() + key.size());
  const std::uint32_t before = index_.size();
  const std::uint32_t id = index_.intern(packed, hash_of(packed), in_round_);
  if (index_.size() == before) {
    const std::string first = std::to_string(record_[id]);
    converter_.report(FindingLevel::error, ErrorCode::duplicate, {record.record, record.line, {}}, key,
                      {"与第 " + first + " 条记录是同一家企业", "record " + first + " is the same enterprise"},
                      {"请删去其中一行，或改正编号", "delete one of the two rows, or mend the id"});
    return false;
  }
  record_.push_back(record.record);
  if (++in_round_ == round_keys) {
    index_.end_round();
    in_round_ = 0;
  }
  return true;
}

EnterpriseColumns EnterprisesReading::columns() const {
  const auto has = [&](Role role) { return std::find(roles_.begin(), roles_.end(), role) != roles_.end(); };
  EnterpriseColumns columns;
  columns.enterprises = stage_.size();
  if (has(Role::stage)) columns.stage = stage_;
  if (has(Role::segments)) columns.segment = segment_;
  if (has(Role::weight)) columns.weight = RealColumn(weight_);
  return columns;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
