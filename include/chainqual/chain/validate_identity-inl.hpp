#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/chain/builder_check-inl.hpp"
#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/credit_code.hpp"
#include "chainqual/chain/name.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/chain/region.hpp"

namespace chainqual {
inline namespace v1 {

namespace detail {

/// Adds findings about one table.
class TableFindings {
 public:
  TableFindings(Findings& findings, std::string file) : findings_(findings), file_(std::move(file)) {}

  void add(FindingLevel level, ErrorCode code, std::string_view column, std::uint64_t record, std::string_view value,
           Text rule, Text fix) {
    Location where;
    where.file = file_;
    where.record = record;
    where.column = column;
    findings_.add({level, code, std::move(where), shown_value(value), std::move(rule), std::move(fix)});
  }
  void add(Finding finding) {
    finding.where.file = file_;
    findings_.add(std::move(finding));
  }

 private:
  Findings& findings_;
  std::string file_;
};

inline void check_code(TableFindings& out, std::uint64_t record, std::string_view code, bool report_missing) {
  const auto verdict = judge_credit_code(code);
  switch (verdict.state) {
    case CreditCodeState::valid:
      return;
    case CreditCodeState::missing:
      if (report_missing) {
        out.add(FindingLevel::warning, ErrorCode::missing_value, "credit_code", record, {},
                {"没有统一社会信用代码", "there is no unified social credit code"},
                {"填写营业执照上的 18 位代码，以免同名企业混淆",
                 "enter the 18-character code of the business licence, so that namesakes are told apart"});
      }
      return;
    case CreditCodeState::organization_check:
    case CreditCodeState::old_registration:
    case CreditCodeState::old_organization:
      out.add(FindingLevel::warning, ErrorCode::suspicious, "credit_code", record, code, credit_code_rule(verdict),
              credit_code_fix(verdict));
      return;
    case CreditCodeState::repairable:
    case CreditCodeState::precision_lost:
    case CreditCodeState::wrong_length:
    case CreditCodeState::wrong_character:
    case CreditCodeState::wrong_check:
      out.add(FindingLevel::error, ErrorCode::invalid_value, "credit_code", record, code, credit_code_rule(verdict),
              credit_code_fix(verdict));
      return;
  }
}

inline void check_region(TableFindings& out, std::uint64_t record, const std::string& region) {
  if (region.empty() || find_region(region) != nullptr) return;
  std::vector<std::string> all_zh;
  std::vector<std::string> all_en;
  for (const auto& known : regions()) {
    all_zh.emplace_back(known.short_name);
    all_en.emplace_back(known.name_en);
  }
  const auto near = nearest_regions(region);
  const auto joined = [](const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const auto& word : words) text.append(text.empty() ? "" : separator).append(word);
    return text;
  };
  Text fix{"写省级地区的名称、简称或 GB/T 2260 代码：" + joined(all_zh, "、"),
           "give a province-level region by name or GB/T 2260 code: " + joined(all_en, ", ")};
  if (!near.empty()) {
    fix.zh = "相近的地区：" + quoted_list(near, "、") + "；" + fix.zh;
    fix.en = "nearest: " + quoted_list(near, ", ") + "; " + fix.en;
  }
  out.add(FindingLevel::error, ErrorCode::invalid_value, "region", record, region,
          {"没有这个省级地区", "there is no such province-level region"}, std::move(fix));
}

inline void check_segments(TableFindings& out, std::uint64_t record, const std::vector<std::string>& ids,
                           const Chain& chain) {
  for (const auto& id : ids) {
    if (chain.find_segment(id)) continue;
    Nearest nearest(id);
    for (const auto& segment : chain.segments()) nearest.offer(segment.id);
    const auto near = std::move(nearest).take();
    Text fix{"先在环节表中添加它", "add it to the segments first"};
    if (!near.empty()) {
      fix = {"相近的编号：" + quoted_list(near, "、") + "；或" + fix.zh,
             "nearest ids: " + quoted_list(near, ", ") + "; or " + fix.en};
    }
    out.add(FindingLevel::error, ErrorCode::unknown_reference, "segments", record, id,
            {"没有这个编号的环节", "no segment has this id"}, std::move(fix));
  }
}

inline void check_enterprise(TableFindings& out, const Chain& chain, std::uint32_t v, bool report_missing_codes) {
  const Enterprise& enterprise = chain.graph()[v];
  const std::uint64_t record = std::uint64_t{v} + 1;
  check_code(out, record, enterprise.credit_code, report_missing_codes);
  check_region(out, record, enterprise.region);
  check_segments(out, record, enterprise.segments, chain);
  if (enterprise.weight && !(*enterprise.weight >= 0.0 && std::isfinite(*enterprise.weight))) {
    out.add(weight_finding(record, *enterprise.weight));
  }
  const SegmentId home = chain.home_segment(EnterpriseId{v});
  if (home.is_none() || chain.segment(home).stage == enterprise.stage) return;
  const Stage other = chain.segment(home).stage;
  const std::string id = in_quotes(chain.segment(home).id);
  out.add(FindingLevel::warning, ErrorCode::suspicious, "stage", record, key_of(enterprise.stage),
          {"企业在" + std::string(label_of(enterprise.stage, Language::zh)) + "，所属环节 " + id + " 却在" +
               std::string(label_of(other, Language::zh)),
           "the enterprise is " + std::string(key_of(enterprise.stage)) + ", its segment " + id + " is " +
               std::string(key_of(other))},
          {"核对企业的阶段，或换一个环节", "check the enterprise's stage, or put it in another segment"});
}

/// One code for two records, one name for two codes, names that are alike.
inline void check_identities(TableFindings& out, const Chain& chain, bool similar_names) {
  std::unordered_map<std::string, std::uint32_t> codes;
  std::unordered_map<std::string, std::uint32_t> names;
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    const Enterprise& enterprise = chain.graph()[v];
    const std::uint64_t record = std::uint64_t{v} + 1;
    if (!enterprise.credit_code.empty()) {
      const auto [first, is_new] = codes.emplace(enterprise.credit_code, v);
      if (!is_new) {
        const Enterprise& other = chain.graph()[first->second];
        const auto row = std::to_string(first->second + 1);
        const bool same = other.name == enterprise.name;
        out.add(FindingLevel::error, ErrorCode::duplicate, "credit_code", record, enterprise.credit_code,
                {"同一信用代码用于第 " + row + " 条 " + in_quotes(other.name) +
                     (same ? "，企业重复" : " 和本条 " + in_quotes(enterprise.name)),
                 "the code is also that of record " + row + ", " + in_quotes(other.name) +
                     (same ? ": the enterprise stands twice" : ", while this is " + in_quotes(enterprise.name))},
                same ? Text{"合并两条记录", "merge the two records"}
                     : Text{"核对两家企业的代码", "check the codes of both enterprises"});
        continue;
      }
    }
    if (!similar_names || enterprise.name.empty()) continue;
    std::string compared = normalised_name(enterprise.name);
    const auto [first, is_new] = names.emplace(compared.empty() ? enterprise.name : std::move(compared), v);
    if (is_new) continue;
    const Enterprise& other = chain.graph()[first->second];
    const auto row = std::to_string(first->second + 1);
    if (other.name == enterprise.name && !other.credit_code.empty() && !enterprise.credit_code.empty()) {
      out.add(
          FindingLevel::warning, ErrorCode::suspicious, "name", record, enterprise.name,
          {"与第 " + row + " 条同名，但信用代码不同", "record " + row + " has the same name and another credit code"},
          {"核对是否为重名企业", "check whether they are namesakes"});
    } else {
      out.add(
          FindingLevel::warning, ErrorCode::suspicious, "name", record, enterprise.name,
          {"与第 " + row + " 条 " + in_quotes(other.name) + " 名称相近，是否同一企业？",
           "the name is like that of record " + row + ", " + in_quotes(other.name) + ": same enterprise?"},
          {"若是同一企业则合并，否则补上信用代码", "merge them if they are one, else give both their credit codes"});
    }
  }
}

inline void check_institutions(TableFindings& out, const Chain& chain) {
  for (std::size_t k = 0; k < chain.institutions().size(); ++k) {
    const Institution& institution = chain.institutions()[k];
    check_code(out, k + 1, institution.credit_code, false);
    check_region(out, k + 1, institution.region);
    check_segments(out, k + 1, institution.segments, chain);
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
