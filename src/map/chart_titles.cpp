#include "chart_maker.hpp"
#include "chart_words.hpp"
#include "page_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

void Maker::edition() {
  const ChainInfo& info = dossier_.info;
  const std::string date = options_.date.empty() ? info.date : options_.date;
  std::vector<std::string> parts;
  if (!date.empty()) parts.push_back(std::string(say(language_, "数据日期 ", "Data of ")) + date);
  if (!info.version.empty()) parts.push_back(std::string(say(language_, "版本 ", "version ")) + isolated(info.version));
  // A sketch is not all of the content that a hash would name.
  if (sketch_ == nullptr && chain_.enterprises() != 0) {
    const MapVersion shown = options_.difference ? options_.difference->after : map_version(dossier_);
    parts.push_back(shown.hash.substr(0, 8));
  }
  chart_.edition = joined(parts, " · ");
  const auto update = page::next_update(dossier_);
  if (update && update->due) {
    chart_.due = std::string(say(language_, "下次更新应在 ", "Next update due ")) + update->due->to_string() +
                 std::string(say(language_, " 前", ""));
  }
}

std::string Maker::summary() const {
  const bool zh = language_ == Language::zh;
  if (options_.difference) return difference_words(*options_.difference, language_);
  const std::string between = zh ? "　" : "  ·  ";
  const std::uint64_t links = chart_.documented + chart_.inferred;
  std::string words = count_text(chart_.enterprises) + (zh ? " 家企业" : " enterprises") + between + count_text(links) +
                      (zh ? " 条供货关系" : " supply links");
  if (sketch_ != nullptr) return words;
  words += zh ? "（有据 " + count_text(chart_.documented) + "，推断 " + count_text(chart_.inferred) + "）"
              : " (" + count_text(chart_.documented) + " documented, " + count_text(chart_.inferred) + " inferred)";
  words += between + count_text(dossier_.problems.size()) + (zh ? " 个质量问题" : " quality problems") + between +
           count_text(dossier_.projects.size()) + (zh ? " 个攻关项目" : " breakthrough projects");
  return words;
}

void Maker::words() {
  const ChainInfo& info = dossier_.info;
  const bool zh = language_ == Language::zh;
  const std::string& name = in_language(info.name, info.name_en, language_);
  chart_.title = options_.title;
  if (chart_.title.empty()) {
    chart_.title = zh ? name + "质量图谱" : (name.empty() ? "Quality map" : name + ": quality map");
  }
  edition();
  for (const auto& source : in_language(info.sources, info.sources_en, language_))
    chart_.sources.push_back(isolated(source));
  chart_.note = in_language(info.note, info.note_en, language_);
  if (bundles_left_out_ != 0) {
    const std::string left = count_text(bundles_left_out_);
    const std::string most = count_text(most_lane_bundles);
    chart_.note += zh ? "环节之间的供货只画最粗的 " + most + " 束，另有 " + left + " 束未画。"
                      : (chart_.note.empty() ? "" : " ") + ("Of the bundles of links between segments the largest " +
                                                            most + " are drawn; " + left + " are left out.");
  }
  chart_.summary = summary();
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
