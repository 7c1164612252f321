#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/chain/columns.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] inline std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

[[nodiscard]] inline Finding column_finding(ErrorCode code, std::string_view column, std::uint64_t record,
                                            std::string value, Text rule, Text fix) {
  Location where;
  where.column = column;
  where.record = record;
  return {FindingLevel::error, code, std::move(where), std::move(value), std::move(rule), std::move(fix)};
}

[[nodiscard]] inline Error sum_beyond_single(std::uint32_t supplier, std::uint32_t customer) {
  const auto i = std::to_string(supplier);
  const auto j = std::to_string(customer);
  return {ErrorCode::invalid_value,
          {"企业 " + i + " 供给企业 " + j + " 的各条供应额之和超出单精度范围（约 3.4e38）。请换用较大的货币单位。",
           "The values from enterprise " + i + " to enterprise " + j +
               " sum to more than single precision holds (about 3.4e38). Use a larger unit of currency."}};
}

[[nodiscard]] inline RealColumn slice(const RealColumn& column, std::size_t begin, std::size_t count) {
  return column.empty() ? RealColumn() : column.part(begin, count);
}

/// Rows [begin, begin + at most count) of the columns, whose lengths agree.
[[nodiscard]] inline LinkColumns slice(const LinkColumns& links, std::size_t begin, std::uint64_t count) {
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(count, links.supplier.size() - begin));
  return {links.supplier.subspan(begin, length), links.customer.subspan(begin, length),
          slice(links.value, begin, length), slice(links.dependency, begin, length),
          slice(links.escape, begin, length)};
}

inline void check_column_length(Findings& findings, std::string_view column, std::uint64_t length, std::uint64_t wanted,
                                bool may_be_absent, std::string_view owner_zh, std::string_view owner_en) {
  if (length == wanted || (may_be_absent && length == 0)) return;
  const auto is = std::to_string(length);
  const auto must = std::to_string(wanted);
  findings.add(column_finding(
      ErrorCode::shape_mismatch, column, 0, is,
      {"这一列有 " + is + " 项，应有 " + must + " 项，每" + std::string(owner_zh) + "一项",
       "the column has " + is + " entries where " + must + " are needed, one for each " + std::string(owner_en)},
      {may_be_absent ? "补齐各项，或不给这一列" : "让 supplier 与 customer 一样长",
       may_be_absent ? "give the missing entries, or leave the column out"
                     : "make supplier and customer equally long"}));
}

[[nodiscard]] inline bool is_share_or_absent(double share) noexcept {
  return std::isnan(share) || (share >= 0.0 && share <= 1.0);
}

[[nodiscard]] inline bool is_flow(double value) noexcept {
  return value >= 0.0 && static_cast<float>(value) <= std::numeric_limits<float>::max();
}

[[nodiscard]] inline Finding flow_finding(std::string_view column, std::uint64_t record, double value) {
  if (std::isfinite(value) && value > 0.0) {
    return column_finding(
        ErrorCode::invalid_value, column, record, number_text(value),
        {"供应额以单精度保存，不得超过约 3.4e38", "values are held in single precision: at most about 3.4e38"},
        {"换用较大的货币单位", "use a larger unit of currency"});
  }
  return column_finding(
      ErrorCode::invalid_value, column, record, number_text(value),
      {"供应额须为有限的非负数", "a value is a finite number, zero or more"},
      {"改成每年供应的金额；不知道就不给", "give the amount supplied per year, or no value where it is not known"});
}

[[nodiscard]] inline Finding share_finding(std::string_view column, std::uint64_t record, double share) {
  return column_finding(
      ErrorCode::invalid_value, column, record, number_text(share), {"比例须在 [0, 1] 之内", "a share lies in [0, 1]"},
      {"百分数请除以 100；不知道就不给", "divide percentages by 100, or give no share where it is not known"});
}

[[nodiscard]] inline Finding weight_finding(std::uint64_t record, double weight) {
  return column_finding(ErrorCode::invalid_value, "weight", record, number_text(weight),
                        {"权重须为有限的非负数", "a weight is a finite number, zero or more"},
                        {"改正权重；不知道就不给", "correct the weight, or give none where it is not known"});
}

/// What is wrong with rows of equally long columns; `first` is the number of the first row, from 0. `n` = 2^32 accepts
/// any id.
inline void list_bad_rows(Findings& findings, const LinkColumns& links, std::uint64_t n, std::uint64_t first) {
  const auto check_id = [&](std::string_view column, std::uint32_t id, std::uint64_t record) {
    if (id < n) return;
    findings.add(column_finding(ErrorCode::out_of_range, column, record, std::to_string(id),
                                n == 0 ? Text{"没有企业，却有供应关系", "there are no enterprises to link"}
                                       : Text{"企业序号须在 0 到 " + std::to_string(n - 1) + " 之间",
                                              "enterprise ids run from 0 to " + std::to_string(n - 1)},
                                {"改正序号，或增加企业数", "correct the id, or raise the number of enterprises"}));
  };
  for (std::size_t l = 0; l < links.supplier.size(); ++l) {
    const std::uint64_t record = first + l + 1;
    check_id("supplier", links.supplier[l], record);
    check_id("customer", links.customer[l], record);
    if (!links.value.empty() && !is_flow(links.value[l])) findings.add(flow_finding("value", record, links.value[l]));
    if (!links.dependency.empty() && !is_share_or_absent(links.dependency[l])) {
      findings.add(share_finding("dependency", record, links.dependency[l]));
    }
    if (!links.escape.empty() && !is_share_or_absent(links.escape[l])) {
      findings.add(share_finding("escape", record, links.escape[l]));
    }
  }
}

/// Whether all is well, without a branch per row.
[[nodiscard]] inline bool rows_are_good(const LinkColumns& links, std::uint64_t n) noexcept {
  std::uint32_t highest = 0;
  for (std::size_t l = 0; l < links.supplier.size(); ++l) {
    highest = std::max(highest, std::max(links.supplier[l], links.customer[l]));
  }
  bool good = links.supplier.empty() || highest < n;
  if (const float* values = links.value.floats()) {
    // The bits of a finite float ≥ +0 lie below those of infinity; a negative one's, −0 aside, lie above.
    for (std::size_t l = 0; l < links.value.size(); ++l) {
      good &= values[l] >= 0.0F && values[l] <= std::numeric_limits<float>::max();
    }
  } else {
    for (std::size_t l = 0; l < links.value.size(); ++l) good &= is_flow(links.value[l]);
  }
  for (std::size_t l = 0; l < links.dependency.size(); ++l) good &= is_share_or_absent(links.dependency[l]);
  for (std::size_t l = 0; l < links.escape.size(); ++l) good &= is_share_or_absent(links.escape[l]);
  return good;
}

/// Ids, values and shares of equally long columns.
[[nodiscard]] inline Findings check_ids(const LinkColumns& links, std::uint64_t n, std::uint64_t first,
                                        const Control& control) {
  constexpr std::size_t grain = 1U << 18U;
  std::vector<Findings> parts(chunk_count(links.supplier.size(), grain));
  for_chunks(control, links.supplier.size(), grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    const LinkColumns part = slice(links, begin, end - begin);
    if (!rows_are_good(part, n)) list_bad_rows(parts[chunk], part, n, first + begin);
  });
  Findings findings;
  for (const auto& part : parts) findings.add(part);
  return findings;
}

inline void check_link_lengths(Findings& findings, const LinkColumns& links) {
  const std::uint64_t m = links.supplier.size();
  check_column_length(findings, "customer", links.customer.size(), m, false, "条供应关系", "link");
  check_column_length(findings, "value", links.value.size(), m, true, "条供应关系", "link");
  check_column_length(findings, "dependency", links.dependency.size(), m, true, "条供应关系", "link");
  check_column_length(findings, "escape", links.escape.size(), m, true, "条供应关系", "link");
}

/// As check_columns, of links whose enterprises are not known yet.
[[nodiscard]] inline Findings check_links(const LinkColumns& links, const Control& control) {
  Findings findings;
  check_link_lengths(findings, links);
  if (findings.has_errors()) return findings;
  return check_ids(links, std::uint64_t{1} << 32U, 0, control);
}

[[nodiscard]] inline Findings check_enterprises(const EnterpriseColumns& columns) {
  Findings findings;
  const std::uint64_t n = columns.enterprises;
  if (n > Network::max_enterprises) {
    findings.add(column_finding(ErrorCode::limit_exceeded, "enterprises", 0, std::to_string(n),
                                {"一个网络最多容纳 2^32 − 2 家企业", "a network holds at most 2^32 − 2 enterprises"},
                                {"分成几个网络", "divide them into several networks"}));
    return findings;
  }
  check_column_length(findings, "stage", columns.stage.size(), n, true, "家企业", "enterprise");
  check_column_length(findings, "segment", columns.segment.size(), n, true, "家企业", "enterprise");
  check_column_length(findings, "sector", columns.sector.size(), n, true, "家企业", "enterprise");
  check_column_length(findings, "weight", columns.weight.size(), n, true, "家企业", "enterprise");
  for (std::size_t i = 0; i < columns.stage.size(); ++i) {
    if (columns.stage[i] <= 2 || columns.stage[i] == Network::no_stage) continue;
    findings.add(column_finding(ErrorCode::invalid_value, "stage", i + 1, std::to_string(columns.stage[i]),
                                {"阶段须为 0（上游）、1（中游）、2（下游）或 255（未给）",
                                 "a stage is 0 (upstream), 1 (midstream), 2 (downstream) or 255 (not given)"},
                                {"改成其中之一", "use one of them"}));
  }
  for (std::size_t i = 0; i < columns.weight.size(); ++i) {
    const double weight = columns.weight[i];
    if (std::isnan(weight) || (weight >= 0.0 && std::isfinite(weight))) continue;
    findings.add(weight_finding(i + 1, weight));
  }
  return findings;
}

/// As check_columns.
[[nodiscard]] inline Findings columns_findings(const NetworkColumns& columns, const Control& control) {
  Findings findings = check_enterprises(columns);
  check_link_lengths(findings, columns);
  if (!findings.has_errors()) findings.add(check_ids(columns, columns.enterprises, 0, control));
  return findings;
}

}  // namespace detail

}  // namespace v1
}  // namespace chainqual
