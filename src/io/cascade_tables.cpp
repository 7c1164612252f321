#include "chainqual/io/cascade_tables.hpp"

#include <array>
#include <limits>
#include <span>
#include <unordered_map>
#include <utility>

#include "chainqual/chain/network.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// A small table whose cells name things of the chain.
template <std::size_t Columns>
class TableReader : public intake::SmallTable<Columns> {
 public:
  TableReader(TextFile text, const std::array<CsvHeading, Columns>& headings, const NameLookup& lookup,
              Findings findings)
      : intake::SmallTable<Columns>(std::move(text), headings, std::move(findings)), lookup_(&lookup) {}

  /// The number of what a cell names; none where that is reported.
  [[nodiscard]] std::optional<std::uint32_t> named(std::size_t column, const Text& kind) {
    const std::string_view name = this->cell(column);
    if (name.empty()) {
      this->missing(column);
      return std::nullopt;
    }
    if (const auto known = lookup_->find(name)) return known;
    Text near;
    for (const auto& word : lookup_->nearest ? lookup_->nearest(name) : std::vector<std::string>{}) {
      near.zh += (near.zh.empty() ? "是否指 “" : "、“") + shown_value(word) + "”";
      near.en += (near.en.empty() ? "did you mean '" : ", '") + shown_value(word) + "'";
    }
    this->report(column, ErrorCode::unknown_reference,
                 {"链上没有这样的" + kind.zh, "the chain holds no such " + kind.en},
                 near.en.empty() ? Text{"请检查名称", "check the name"} : Text{near.zh + "？", near.en + "?"});
    return std::nullopt;
  }

 private:
  const NameLookup* lookup_;
};

enum NeedColumn : std::size_t { supplier, customer, need };

constexpr std::array<CsvHeading, 3> need_headings{{
    {"supplier", "供方行业", "supplier_sector|supplier sector|供方", true},
    {"customer", "需方行业", "customer_sector|customer sector|需方", true},
    {"need", "必需程度", "essentiality|依赖程度", true},
}};

/// Refuses a second row of one enterprise.
class OnceEach {
 public:
  explicit OnceEach(std::uint32_t enterprises) : line_(enterprises, 0) {}

  template <class Table>
  void row(Table& table, std::size_t column, std::uint32_t enterprise) {
    std::uint64_t& line = line_[enterprise];
    if (line != 0) {
      const std::string first = std::to_string(line);
      table.report(column, ErrorCode::duplicate,
                   {"该企业在第 " + first + " 行已有数据", "the enterprise stands in line " + first + " already"},
                   {"只留一行", "keep one of the rows"});
    }
    line = table.place(column).line;
  }

 private:
  std::vector<std::uint64_t> line_;  // in which each stood last; 0: not yet
};

enum AccountColumn : std::size_t { enterprise, revenue, final_demand, cost };

constexpr std::array<CsvHeading, 4> account_headings{{
    {"enterprise", "企业", "id|企业编号|企业名称|credit_code|统一社会信用代码", true},
    {"revenue", "营业收入", "sales|收入|销售额"},
    {"final_demand", "链外销售", "final demand|最终需求"},
    {"cost", "营业成本", "costs|成本"},
}};

enum MarketColumn : std::size_t { member, market };

constexpr std::array<CsvHeading, 2> market_headings{{
    {"enterprise", "企业", "id|企业编号|企业名称|credit_code|统一社会信用代码", true},
    {"market", "市场", "group|分组|细分市场", true},
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
  return intake::table_from(path, [&](TextFile text, Findings findings) {
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
  OnceEach once(enterprises);
  while (table.next()) {
    const auto who = table.named(enterprise, kind);
    if (who) once.row(table, enterprise, *who);
    for (const auto& [column, values] : columns) {
      const auto value = table.convert().real(table.cell(column), table.place(column), NumberRange::non_negative());
      if (who && value.has_value()) (*values)[*who] = value.value();
    }
  }
  table.finish();
  return result;
}

Accounts read_accounts(const std::filesystem::path& path, std::uint32_t enterprises, const NameLookup& lookup) {
  return intake::table_from(path, [&](TextFile text, Findings findings) {
    return read_accounts(std::move(text), enterprises, lookup, std::move(findings));
  });
}

std::vector<std::uint32_t> read_markets(TextFile text, std::uint32_t enterprises, const NameLookup& lookup,
                                        Findings findings) {
  const Text kind{"企业", "enterprise"};
  TableReader<2> table(std::move(text), market_headings, lookup, std::move(findings));
  std::vector<std::uint32_t> result(enterprises, Network::none);
  std::unordered_map<std::string, std::uint32_t> numbers;
  OnceEach once(enterprises);
  while (table.next()) {
    const auto who = table.named(member, kind);
    if (who) once.row(table, member, *who);
    const std::string name(table.cell(market));
    if (name.empty()) {
      table.missing(market);
    } else if (who) {
      result[*who] = numbers.emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second;
    }
  }
  table.finish();
  return result;
}

std::vector<std::uint32_t> read_markets(const std::filesystem::path& path, std::uint32_t enterprises,
                                        const NameLookup& lookup) {
  return intake::table_from(path, [&](TextFile text, Findings findings) {
    return read_markets(std::move(text), enterprises, lookup, std::move(findings));
  });
}

}  // namespace v1
}  // namespace chainqual
