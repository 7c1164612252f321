#include "chain_folder_cells.hpp"

#include <string>

#include "chainqual/chain/nearest.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {

Position split_position(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  for (const std::string_view mark : {"-", "－", "—", "–", ":", "："}) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view stage = trimmed(text.substr(0, at));
    std::string_view rest = text.substr(at);
    while (rest.starts_with(mark)) rest.remove_prefix(mark.size());
    rest = trimmed(rest);
    if (value_named<Stage>(stage) && !rest.empty()) return {stage, rest};
  }
  return {text, {}};
}

bool report_excel_error(std::string_view cell, CellConverter& converter, const CellPlace& place) {
  const std::string_view text = trimmed(cell);
  if (!text.starts_with('#')) return false;
  for (const std::string_view word :
       {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}) {
    if (text != word) continue;
    converter.report(
        FindingLevel::error, ErrorCode::invalid_value, place, text,
        {"这是 Excel 的错误值，不是数据", "this is an error of Excel, not data"},
        {"在 Excel 中修正公式后重新导出，或清空此格", "mend the formula in Excel and export again, or empty the cell"});
    return true;
  }
  return false;
}

CellValue<std::string> region_code(std::string_view cell, CellConverter& converter, const CellPlace& place) {
  if (says_nothing(trimmed(cell))) return {};
  const std::string text = half_width(trimmed(cell));
  if (const Region* region = find_region(trimmed(text))) return CellValue<std::string>(std::string(region->code));
  std::string list;
  for (const auto& region : regions()) {
    if (!list.empty()) list += ' ';
    list += region.short_name;
  }
  Text fix{"可填省级行政区名称、简称或 GB/T 2260 代码：" + list,
           "write a province's name, short name or GB/T 2260 code: " + list};
  if (const auto near = nearest_regions(text); !near.empty()) {
    fix.zh = "相近的有：" + quoted_list(near, "、") + "；" + fix.zh;
    fix.en = "nearest: " + quoted_list(near, ", ") + "; " + fix.en;
  }
  converter.report(FindingLevel::error, ErrorCode::unknown_reference, place, trimmed(cell),
                   {"不是中国的省级行政区", "this is no province-level region of China"}, std::move(fix));
  return CellValue<std::string>::bad();
}

void report_missing(std::string_view key, std::string_view zh, CellConverter& converter, const CellPlace& place) {
  const std::string chinese(zh);
  const std::string english(key);
  converter.report(
      FindingLevel::error, ErrorCode::missing_value, place, {},
      {"“" + chinese + "”（" + english + "）必填，此格为空", "'" + english + "' is required, but the cell is empty"},
      {"填写“" + chinese + "”，或删除这一行", "fill it in, or delete the row"});
}

Text spelling_fix(std::string_view word, const std::vector<std::string_view>& known, bool list) {
  Nearest nearest(word, 1);
  for (const auto candidate : known) nearest.offer(candidate);
  const auto found = std::move(nearest).take();
  if (found.empty() && list) {
    std::string all;
    for (const auto each : known) all += (all.empty() ? "" : ", ") + std::string(each);
    return {"删除它，或改用已知的键：" + all, "remove it, or use a known key: " + all};
  }
  if (found.empty()) return {"删除它，或检查拼写", "remove it, or check its spelling"};
  return {"是否应为 “" + found[0] + "”？", "should it be '" + found[0] + "'?"};
}

Location place_in_file(std::string file, std::uint64_t line, std::string column) {
  Location place;
  place.file = std::move(file);
  place.line = line;
  place.column = std::move(column);
  return place;
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
