#include "arrow_enterprises.hpp"

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "arrow_headings.hpp"
#include "arrow_keys.hpp"
#include "arrow_pieces.hpp"
#include "arrow_reals.hpp"
#include "chainqual/io/schema.hpp"
#include "segment_numbers.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

namespace enterprise_columns {
enum Place : std::size_t { id, credit_code, name, stage, segments, weight };
}  // namespace enterprise_columns
constexpr std::array<std::string_view, 6> enterprise_keys{"id", "credit_code", "name", "stage", "segments", "weight"};

using Columns = std::array<const ArrowColumn*, 6>;

Columns columns_of(const ArrowTable& table, Findings& findings) {
  std::vector<CsvHeading> headings;
  for (const std::string_view key : enterprise_keys) {
    for (const auto& heading : table_headings<Enterprise>({})) {
      if (heading.key == key) headings.push_back(heading);
    }
  }
  Columns columns{};
  const auto found = match_columns(table, headings, {}, findings);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns[c] = found[c];
    if (found[c] == nullptr || found[c]->type().kind == ArrowKind::null) continue;
    const ArrowType& type = found[c]->type();
    if (c <= enterprise_columns::name && !holds_keys(type))
      findings.add(type_finding(*found[c], {"文本或整数", "text or integers"}));
    if ((c == enterprise_columns::stage || c == enterprise_columns::segments) && !is_text(type.kind)) {
      findings.add(type_finding(*found[c], {"文本", "text"}));
    }
    if (c == enterprise_columns::weight && !holds_reals(type)) findings.add(type_finding(*found[c], {"数", "numbers"}));
  }
  if (columns[enterprise_columns::id] != nullptr || columns[enterprise_columns::credit_code] != nullptr ||
      columns[enterprise_columns::name] != nullptr)
    return columns;
  Finding finding;
  finding.code = ErrorCode::missing_column;
  finding.rule = {"没有能指明企业的列", "no column says which enterprise a row is"};
  finding.fix = {"请加上“编号”（id）、“统一社会信用代码”（credit_code）或“企业名称”（name）列",
                 "add a column headed 'id' (编号), 'credit_code' (统一社会信用代码) or 'name' (企业名称)"};
  findings.add(std::move(finding));
  return columns;
}

class Taking {
 public:
  Taking(const Columns& columns, bool repair, KeyIndex& index, NetworkTables& result)
      : columns_(columns),
        index_(index),
        result_(result),
        converter_({}, findings_, repair),
        repair_(repair),
        numbers_(result.segments) {}

  void add(const Piece<6>& piece) {
    index_.begin_round(piece.rows, inline_control());
    round_begin_ = index_.size();
    std::vector<double> weights(columns_[enterprise_columns::weight] == nullptr ? 0 : piece.rows);
    if (!weights.empty()) {
      fill_reals(*columns_[enterprise_columns::weight], piece.chunk[enterprise_columns::weight],
                 piece.at[enterprise_columns::weight], RealRule::weight, repair_, weights, findings_);
    }
    std::array<std::optional<ChunkKeys>, 5> texts;
    for (std::size_t c = 0; c < texts.size(); ++c) {
      const bool given = columns_[c] != nullptr && columns_[c]->type().kind != ArrowKind::null;
      if (given) texts[c].emplace(*columns_[c], piece.chunk[c]);
    }
    for (std::size_t i = 0; i < piece.rows; ++i) {
      const auto text = [&](std::size_t c) {
        return texts[c] ? texts[c]->key(piece.at[c] + static_cast<std::int64_t>(i)) : std::string_view();
      };
      std::string_view key;
      for (std::size_t c = enterprise_columns::id; c <= enterprise_columns::name && key.empty(); ++c) key = text(c);
      const std::uint64_t row = piece.row + i + 1;
      ++result_.enterprise_rows.read;
      if (!number(row, key)) continue;
      ++result_.enterprise_rows.loaded;
      if (columns_[enterprise_columns::stage] != nullptr)
        taken_.stage.push_back(stage_of(text(enterprise_columns::stage), row));
      if (columns_[enterprise_columns::segments] != nullptr)
        taken_.segment.push_back(numbers_.of(text(enterprise_columns::segments)));
      if (!weights.empty()) taken_.weight.push_back(weights[i]);
    }
    index_.end_round();
  }

  [[nodiscard]] EnterprisesTaken taken() && {
    result_.enterprise_rows.rejected = result_.enterprise_rows.read - result_.enterprise_rows.loaded;
    result_.findings.add(in_table(findings_, "enterprises"));
    return std::move(taken_);
  }

 private:
  /// Gives the row the next number. @return false where it has no key, or that of another row.
  bool number(std::uint64_t row, std::string_view key) {
    if (key.empty()) {
      converter_.report(FindingLevel::error, ErrorCode::missing_value, {row, 0, {}}, {},
                        {"该行没有编号、信用代码和企业名称", "the row has no id, credit code or name"},
                        {"请填其中一项", "give one of them"});
      return false;
    }
    if (key.size() > PackedKey::longest_inside) {
      taken_.long_keys.emplace_back(key);
      key = taken_.long_keys.back();
    }
    const PackedKey packed = pack(key, key.data() + key.size());
    const std::uint32_t before = index_.size();
    const std::uint32_t known = index_.intern(packed, hash_of(packed), before - round_begin_);
    if (index_.size() == before) {
      const std::string first = std::to_string(rows_[known]);
      converter_.report(FindingLevel::error, ErrorCode::duplicate, {row, 0, {}}, key,
                        {"与第 " + first + " 条记录是同一家企业", "record " + first + " is the same enterprise"},
                        {"请删去其中一行，或改正编号", "delete one of the two rows, or mend the id"});
      return false;
    }
    rows_.push_back(row);
    return true;
  }

  [[nodiscard]] std::uint8_t stage_of(std::string_view word, std::uint64_t row) {
    if (word.empty()) return Network::no_stage;
    if (const auto known = value_named<Stage>(word)) return static_cast<std::uint8_t>(*known);
    const auto found = converter_.word<Stage>(word, {row, 0, columns_[enterprise_columns::stage]->name()});
    return found.has_value() ? static_cast<std::uint8_t>(found.value()) : Network::no_stage;
  }

  const Columns& columns_;
  KeyIndex& index_;
  NetworkTables& result_;
  Findings findings_;
  CellConverter converter_;
  bool repair_;
  SegmentNumbers numbers_;
  EnterprisesTaken taken_;
  std::vector<std::uint64_t> rows_;  ///< of each enterprise
  std::uint32_t round_begin_ = 0;
};

}  // namespace

EnterpriseColumns EnterprisesTaken::columns() const noexcept {
  EnterpriseColumns columns;
  columns.stage = stage;
  columns.segment = segment;
  if (!weight.empty()) columns.weight = RealColumn(weight);
  return columns;
}

EnterprisesTaken take_enterprises(const ArrowTable& table, bool repair, KeyIndex& index, NetworkTables& result,
                                  const Control& control) {
  Findings headings;
  const Columns columns = columns_of(table, headings);
  throw_if_errors(in_table(headings, "enterprises"));
  Taking taking(columns, repair, index, result);
  for (const auto& piece : pieces_of<6>(columns, table.rows(), std::size_t{1} << 14U)) {
    throw_if_cancelled(control);
    taking.add(piece);
  }
  return std::move(taking).taken();
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
