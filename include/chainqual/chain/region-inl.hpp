#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/chain/region.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::array<Region, 34> region_table{{
    {"110000", "北京市", "北京", "京", "Beijing"},
    {"120000", "天津市", "天津", "津", "Tianjin"},
    {"130000", "河北省", "河北", "冀", "Hebei"},
    {"140000", "山西省", "山西", "晋", "Shanxi"},
    {"150000", "内蒙古自治区", "内蒙古", "蒙", "Inner Mongolia"},
    {"210000", "辽宁省", "辽宁", "辽", "Liaoning"},
    {"220000", "吉林省", "吉林", "吉", "Jilin"},
    {"230000", "黑龙江省", "黑龙江", "黑", "Heilongjiang"},
    {"310000", "上海市", "上海", "沪", "Shanghai"},
    {"320000", "江苏省", "江苏", "苏", "Jiangsu"},
    {"330000", "浙江省", "浙江", "浙", "Zhejiang"},
    {"340000", "安徽省", "安徽", "皖", "Anhui"},
    {"350000", "福建省", "福建", "闽", "Fujian"},
    {"360000", "江西省", "江西", "赣", "Jiangxi"},
    {"370000", "山东省", "山东", "鲁", "Shandong"},
    {"410000", "河南省", "河南", "豫", "Henan"},
    {"420000", "湖北省", "湖北", "鄂", "Hubei"},
    {"430000", "湖南省", "湖南", "湘", "Hunan"},
    {"440000", "广东省", "广东", "粤", "Guangdong"},
    {"450000", "广西壮族自治区", "广西", "桂", "Guangxi"},
    {"460000", "海南省", "海南", "琼", "Hainan"},
    {"500000", "重庆市", "重庆", "渝", "Chongqing"},
    {"510000", "四川省", "四川", "川", "Sichuan"},
    {"520000", "贵州省", "贵州", "贵", "Guizhou"},
    {"530000", "云南省", "云南", "云", "Yunnan"},
    {"540000", "西藏自治区", "西藏", "藏", "Xizang"},
    {"610000", "陕西省", "陕西", "陕", "Shaanxi"},
    {"620000", "甘肃省", "甘肃", "甘", "Gansu"},
    {"630000", "青海省", "青海", "青", "Qinghai"},
    {"640000", "宁夏回族自治区", "宁夏", "宁", "Ningxia"},
    {"650000", "新疆维吾尔自治区", "新疆", "新", "Xinjiang"},
    {"710000", "台湾省", "台湾", "台", "Taiwan"},
    {"810000", "香港特别行政区", "香港", "港", "Hong Kong"},
    {"820000", "澳门特别行政区", "澳门", "澳", "Macao"},
}};

[[nodiscard]] constexpr char lower_letter(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] constexpr bool same_letters(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower_letter(x) == lower_letter(y); });
}

// Spellings in wide use besides the official ones.
struct RegionSpelling {
  std::string_view text;
  std::string_view code;
};
inline constexpr std::array<RegionSpelling, 11> region_spellings{{
    {"Nei Mongol", "150000"},
    {"Neimenggu", "150000"},
    {"Tibet", "540000"},
    {"HongKong", "810000"},
    {"Macau", "820000"},
    {"Guangxi Zhuang", "450000"},
    {"Ningxia Hui", "640000"},
    {"Xinjiang Uygur", "650000"},
    {"秦", "610000"},
    {"陇", "620000"},
    {"黔", "520000"},
}};

[[nodiscard]] constexpr bool all_digits(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace detail

constexpr const std::array<Region, 34>& regions() noexcept {
  return detail::region_table;
}

inline const Region* find_region(std::string_view text) noexcept {
  if (text.empty()) return nullptr;
  // Codes of cities (four digits that matter) and districts (six) begin with their province's two.
  if (detail::all_digits(text)) {
    if (text.size() != 2 && text.size() != 4 && text.size() != 6) return nullptr;
    for (const auto& region : detail::region_table) {
      if (region.code.substr(0, 2) == text.substr(0, 2)) return &region;
    }
    return nullptr;
  }
  for (const auto& region : detail::region_table) {
    if (text == region.name || text == region.short_name || text == region.sign ||
        detail::same_letters(text, region.name_en)) {
      return &region;
    }
  }
  for (const auto& spelling : detail::region_spellings) {
    if (detail::same_letters(text, spelling.text)) return find_region(spelling.code);
  }
  return nullptr;
}

inline std::vector<std::string> nearest_regions(std::string_view text, std::size_t count) {
  Nearest nearest(text, count);
  for (const auto& region : detail::region_table) {
    nearest.offer(region.short_name);
    nearest.offer(region.name);
    nearest.offer(region.name_en);
    nearest.offer(region.code);
  }
  return std::move(nearest).take();
}

}  // namespace v1
}  // namespace chainqual
