#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/text.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// One field of what a chain says of itself beside its tables, as it stands in the sheet "chain" of a workbook and in
/// the program. A dot leads into an object of `chain.json`.
struct InfoField {
  std::string_view key;
  std::string_view zh;
};

inline constexpr std::array<InfoField, 17> info_fields{{{"name", "名称"},
                                                        {"name_en", "英文名称"},
                                                        {"home_region", "所在地区"},
                                                        {"date", "日期"},
                                                        {"version", "版本"},
                                                        {"review_cycle_months", "评审周期（月）"},
                                                        {"report_cycle_months", "进度填报周期（月）"},
                                                        {"severity.weights.impact", "影响权重"},
                                                        {"severity.weights.diffusion", "扩散权重"},
                                                        {"severity.weights.urgency", "紧迫权重"},
                                                        {"severity.thresholds.critical", "关键阈值"},
                                                        {"severity.thresholds.important", "重要阈值"},
                                                        {"severity.rounding", "总分取整"},
                                                        {"sources", "来源"},
                                                        {"sources_en", "英文来源"},
                                                        {"note", "说明"},
                                                        {"note_en", "英文说明"}}};

/// Names and headings of that sheet.
inline constexpr InfoField info_table{"chain", "产业链信息"};
inline constexpr std::array<InfoField, 2> info_headings{{{"field", "项目"}, {"value", "内容"}}};

/// Whether that field is a list, which stands once for each of its texts.
[[nodiscard]] constexpr bool is_info_list(std::string_view key) noexcept {
  return key == "sources" || key == "sources_en";
}

/// Fields by either name, with their values. A list stands once for each text.
using InfoTexts = std::vector<std::pair<std::string, std::string>>;

/// The fields of a chain's information that hold something, in the order of `info_fields`.
///
/// @param info      what the chain says of itself.
/// @param language  of field names and words.
/// @throws std::bad_alloc only.
/// @complexity O(content).
/// @numerics   Weights and thresholds as exact fractions.
/// @threads    Reads only.
/// @source     Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] InfoTexts info_texts(const ChainInfo& info, Language language = Language::en);

/// `info` with the fields of `texts` put in; an empty value empties its field. Values are taken by the rules of
/// `chain.json`.
///
/// @param info   what stands so far.
/// @param texts  fields by either name; those of a list together replace the list.
/// @param file   named in findings.
/// @throws Error{unknown_column}  a field that there is not: the nearest are named.
/// @throws Error{duplicate}       a field given twice.
/// @throws Error                  as read_chain for the values, as findings.
/// @complexity O(content).
/// @numerics   Exact.
/// @threads    Reads only.
/// @source     Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] ChainInfo info_with(const ChainInfo& info, const InfoTexts& texts, const std::string& file);

/// The same as `chain.json` has it.
/// @throws Error{invalid_value | limit_exceeded} a text that no reader takes back. @complexity O(content).
[[nodiscard]] std::string info_json(const ChainInfo& info);

}  // namespace v1
}  // namespace chainqual
