#include "chart_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "chainqual/chain/region.hpp"
#include "chart_model.hpp"
#include "utf8.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

std::string count_text(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); number >= 10'000 && at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += separator;
    all += part;
  }
  return all;
}

std::string isolated(const std::string& name) {
  const auto turns = [](char32_t code) {
    return (code >= 0x590 && code <= 0x8FF) || (code >= 0xFB1D && code <= 0xFDFF) ||
           (code >= 0xFE70 && code <= 0xFEFF) || (code >= 0x10800 && code <= 0x10FFF) ||
           (code >= 0x1E800 && code <= 0x1EFFF) || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
  };
  bool apart = false;
  std::string inner;
  for (std::string_view rest = name; !rest.empty();) {
    const char32_t code = take_character(rest);
    apart = apart || turns(code);
    // An isolate's own marks in the name would end ours.
    if (code < 0x2066 || code > 0x2069) append_character(inner, code);
  }
  return apart ? "\u2068" + inner + "\u2069" : name;
}

std::string region_name(const std::string& code, Language language) {
  const Region* region = code.empty() ? nullptr : find_region(code);
  if (region == nullptr) return code;
  return std::string(language == Language::zh ? region->short_name : region->name_en);
}

namespace {

/// A region as a segment lists it, in English where it names a province, a place in one, or one of the large cities.
std::string listed_region(const std::string& text, Language language) {
  if (language == Language::zh) return text;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> cities{{{"全国", "nationwide"},
                                                                                         {"武汉", "Wuhan"},
                                                                                         {"深圳", "Shenzhen"},
                                                                                         {"广州", "Guangzhou"},
                                                                                         {"杭州", "Hangzhou"},
                                                                                         {"宁波", "Ningbo"},
                                                                                         {"南京", "Nanjing"},
                                                                                         {"济南", "Jinan"},
                                                                                         {"青岛", "Qingdao"},
                                                                                         {"西安", "Xi'an"},
                                                                                         {"成都", "Chengdu"},
                                                                                         {"大连", "Dalian"},
                                                                                         {"沈阳", "Shenyang"},
                                                                                         {"长春", "Changchun"},
                                                                                         {"哈尔滨", "Harbin"},
                                                                                         {"厦门", "Xiamen"},
                                                                                         {"合肥", "Hefei"}}};
  for (const auto& [zh, en] : cities) {
    if (text == zh) return std::string(en);
  }
  if (const Region* region = find_region(text)) return std::string(region->name_en);
  for (const auto& region : regions()) {
    if (text.starts_with(region.short_name)) return std::string(region.name_en);
  }
  return text;
}

}  // namespace

std::string listed_regions(const std::vector<std::string>& texts, Language language) {
  std::vector<std::string> names;
  for (const auto& text : texts) {
    std::string name = listed_region(text, language);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return joined(names, say(language, "、", ", "));
}

std::string difference_words(const MapDifference& difference, Language language) {
  const MapVersion& before = difference.before;
  const std::string since = joined({before.date, before.version, before.hash.substr(0, 8)}, " · ");
  std::string words = language == Language::zh ? "与 " + since + " 版相比：" : "Since " + since + ": ";
  std::vector<std::string> parts;
  for (const auto& part : Names<MapPart>::table) {
    std::string counts;
    static constexpr std::pair<MapChangeKind, const char*> signs[] = {
        {MapChangeKind::added, " +"}, {MapChangeKind::gone, " −"}, {MapChangeKind::changed, " ~"}};
    for (const auto& [kind, sign] : signs) {
      const std::size_t count = difference.count(part.value, kind);
      if (count > 0) counts += sign + count_text(count);
    }
    if (!counts.empty()) parts.push_back(std::string(language == Language::zh ? part.zh : part.en) + counts);
  }
  if (parts.empty()) parts.emplace_back(say(language, "没有变化", "nothing changed"));
  return words + joined(parts, say(language, "；", "; "));
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
