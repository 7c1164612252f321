#include "chainqual/io/cascade_tables.hpp"

#include <array>
#include <limits>
#include <span>
#include <utility>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// A small table read row by row: cells by column, names looked up, every error gathered.
template <std::size_t Columns>
class TableReader {
 public:
  TableReader(TextFile text, const std::array<CsvHeading, Columns>& headings, const NameLookup& lookup,
              Findings findings)
      : findings_(std::move(findings)),
        converter_(text.name(), findings_),
        reader_(std::move(text), {}, findings_),
        lookup_(&lookup) {
    at_.fill(absent);
    const auto columns = match_headings(reader_, headings, findings_);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c]) at_[*columns[c]] = c;
    }
    for (std::size_t c = 0; c < Columns; ++c) keys_[c] = headings[c].key;
  }

  /// Goes to the next record that keeps the rules of CSV.
  bool next() {
    while (reader_.readable() && reader_.next(record_)) {
      if (!record_.bad) return true;
    }
    return false;
  }

  [[nodiscard]] bool has(std::size_t column) const { return at_[column] != absent; }
  [[nodiscard]] std::string_view cell(std::size_t column) const {
    return has(column) ? trimmed(record_.cells[at_[column]]) : std::string_view();
  }
  [[nodiscard]] CellPlace place(std::size_t column) const {
    return {record_.record, record_.line,
            has(column) ? std::string_view(reader_.headings()[at_[column]]) : keys_[column]};
  }
  [[nodiscard]] CellConverter& convert() { return converter_; }

  void report(std::size_t column, ErrorCode code, Text rule, Text fix) {
    converter_.report(FindingLevel::error, code, place(column), cell(column), std::move(rule), std::move(fix));
  }

  void missing(std::size_t column) {
    report(column, ErrorCode::missing_value, {"不能为空", "must not be empty"}, {"请填写", "fill it in"});
  }

  /// The number of what a cell names; none where that is reported.
  [[nodiscard]] std::optional<std::uint32_t> named(std::size_t column, const Text& kind) {
    const std::string_view name = cell(column);
    if (name.empty()) {
      missing(column);
      return std::nullopt;
    }
    if (const auto known = lookup_->find(name)) return known;
    Text near;
    for (const auto& word : lookup_->nearest ? lookup_->nearest(name) : std::vector<std::string>{}) {
      near.zh += (near.zh.empty() ? "是否指 “" : "、“") + shown_value(word) + "”";
      near.en += (near.en.empty() ? "did you mean '" : ", '") + shown_value(word) + "'";
    }
    report(column, ErrorCode::unknown_reference, {"链上没有这样的" + kind.zh, "the chain holds no such " + kind.en},
           near.en.empty() ? Text{"请检查名称", "check the name"} : Text{near.zh + "？", near.en + "?"});
    return std::nullopt;
  }

  /// An error of the table as a whole.
  void report_heading(ErrorCode code, Text rule, Text fix) {
    findings_.add({FindingLevel::error,
                   code,
                   {reader_.file().name(), 0, reader_.heading_line(), {}, 0},
                   {},
                   std::move(rule),
                   std::move(fix)});
  }

  [[nodiscard]] bool readable() const { return reader_.readable(); }
  void finish() { throw_if_errors(findings_); }

 private:
  static constexpr std::size_t absent = std::numeric_limits<std::size_t>::max();

  Findings findings_;
  CellConverter converter_;
  CsvReader reader_;
  const NameLookup* lookup_;
  CsvRecord record_;
  std::array<std::size_t, Columns> at_{};
  std::array<std::string_view, Columns> keys_{};
};

template <class Read>
auto from_path(const std::filesystem::path& path, Read&& read) {
  Findings findings;
  TextFile text = read_text(path, findings);
  return read(std::move(text), std::move(findings));
}

enum NeedColumn : std::size_t { supplier, customer, need };

constexpr std::array<CsvHeading, 3> need_headings{{
    {"supplier", "供方行业", "supplier_sector|supplier sector|供方", true},
    {"customer", "需方行业", "customer_sector|customer sector|需方", true},
    {"need", "必需程度", "essentiality|依赖程度", true},
}};

enum AccountColumn : std::size_t { enterprise, revenue, final_demand, cost };

constexpr std::array<CsvHeading, 4> account_headings{{
    {"enterprise", "企业", "id|企业编号|企业名称|credit_code|统一社会信用代码", true},
    {"revenue", "营业收入", "sales|收入|销售额"},
    {"final_demand", "链外销售", "final demand|最终需求"},
    {"cost", "营业成本", "costs|成本"},
}};

}  // namespace

Essentiality read_needs(TextFile text, std::uint32_t sectors, const NameLookup& lookup, Findings findings) {
  const Text kind{"行业", "sector"};
  Essentiality result;
  result.sectors = sectors;
  result.by_sector.assign(std::size_t{sectors} * sectors, static_cast<std::uint8_t>(Need::essential));
  TableReader<3> table(std::move(text), need_headings, lookup, std::move(findings));
  // First and past-the-last sector that a cell means.
  const auto range = [&](NeedColumn column) -> std::optional<std::pair<std::uint32_t, std::uint32_t>> {
    if (table.cell(column) == "*" || table.cell(column) == "＊") return std::pair(0U, sectors);
    const auto one = table.named(column, kind);
    return one ? std::optional(std::pair(*one, *one + 1)) : std::nullopt;
  };
  while (table.next()) {
    const auto from = range(supplier);
    const auto to = range(customer);
    const auto how = table.convert().word<Need>(table.cell(need), table.place(need));
    if (how.is_missing()) table.missing(need);
    if (!from || !to || !how.has_value()) continue;
    for (std::uint32_t s = from->first; s < from->second; ++s) {
      for (std::uint32_t c = to->first; c < to->second; ++c) {
        result.by_sector[std::size_t{s} * sectors + c] = static_cast<std::uint8_t>(how.value());
      }
    }
  }
  table.finish();
  return result;
}

Essentiality read_needs(const std::filesystem::path& path, std::uint32_t sectors, const NameLookup& lookup) {
  return from_path(path, [&](TextFile text, Findings findings) {
    return read_needs(std::move(text), sectors, lookup, std::move(findings));
  });
}

Accounts read_accounts(TextFile text, std::uint32_t enterprises, const NameLookup& lookup, Findings findings) {
  const Text kind{"企业", "enterprise"};
  constexpr double not_given = std::numeric_limits<double>::quiet_NaN();
  TableReader<4> table(std::move(text), account_headings, lookup, std::move(findings));
  Accounts result;
  const std::array columns{std::pair(revenue, &result.revenue), std::pair(final_demand, &result.final_demand),
                           std::pair(cost, &result.cost)};
  bool any = false;
  for (const auto& [column, values] : columns) {
    if (!table.has(column)) continue;
    values->assign(enterprises, column == final_demand ? 0.0 : not_given);
    any = true;
  }
  if (table.readable() && !any) {
    table.report_heading(
        ErrorCode::missing_column,
        {"缺少营业收入、链外销售、营业成本三列中的任何一列", "none of revenue, final_demand and cost is a column"},
        {"至少给出其中一列", "give at least one of them"});
  }
  std::vector<std::uint64_t> line(enterprises, 0);
  while (table.next()) {
    const auto who = table.named(enterprise, kind);
    if (who && line[*who] != 0) {
      const std::string first = std::to_string(line[*who]);
      table.report(enterprise, ErrorCode::duplicate,
                   {"该企业在第 " + first + " 行已有数据", "the enterprise stands in line " + first + " already"},
                   {"只留一行", "keep one of the rows"});
    }
    if (who) line[*who] = table.place(enterprise).line;
    for (const auto& [column, values] : columns) {
      const auto value = table.convert().real(table.cell(column), table.place(column), NumberRange::non_negative());
      if (who && value.has_value()) (*values)[*who] = value.value();
    }
  }
  table.finish();
  return result;
}

Accounts read_accounts(const std::filesystem::path& path, std::uint32_t enterprises, const NameLookup& lookup) {
  return from_path(path, [&](TextFile text, Findings findings) {
    return read_accounts(std::move(text), enterprises, lookup, std::move(findings));
  });
}

}  // namespace v1
}  // namespace chainqual
