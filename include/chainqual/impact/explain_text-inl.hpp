#pragma once

// The sentence of `why`, in both languages.

#include <algorithm>
#include <charconv>
#include <string>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/explain.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// "12.3 %" in English, "12.3%" in Chinese; never a decimal comma.
inline std::string percent(double share, Language language) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, share * 100, std::chars_format::fixed, 1).ptr;
  return std::string(text, end) + (language == Language::zh ? "%" : " %");
}

/// The parts of a sentence that every model needs.
class WhyWords {
 public:
  WhyWords(const Why& why, const WhyNames& names, Language language)
      : why_(why), names_(names), language_(language), zh_(language == Language::zh) {}

 protected:
  [[nodiscard]] std::string share(double value) const { return percent(value, language_); }

  [[nodiscard]] std::string name(EnterpriseId id) const {
    if (id.is_none()) return zh_ ? "其余来源" : "all other sources";
    if (names_.enterprise) return names_.enterprise(id, language_);
    return (zh_ ? "企业 " : "enterprise ") + std::to_string(id.index() + 1);
  }

  [[nodiscard]] std::string name(SegmentId id) const {
    if (names_.segment) return names_.segment(id, language_);
    return (zh_ ? "环节 " : "segment ") + std::to_string(id.index() + 1);
  }

  [[nodiscard]] std::string along() const { return std::string(label_of(why_.along, language_)); }

  [[nodiscard]] std::string neighbour() const {
    const bool down = why_.along == Along::downstream;
    return zh_ ? (down ? "供应商" : "客户") : (down ? "supplier" : "customer");
  }

  /// Who hands on most, and which segment.
  [[nodiscard]] std::string binding() const {
    const BindingInput& input = why_.binding;
    if (input.neighbour.is_none()) return "";
    std::string out =
        zh_ ? "最主要的" + neighbour() + "是" + name(input.neighbour) + "（" + share(input.loss) + "）"
            : " Most comes from the " + neighbour() + " " + name(input.neighbour) + " (" + share(input.loss) + ")";
    if (!input.segment.is_none()) {
      out += zh_ ? "，最主要的环节是" + name(input.segment) + "（" + share(input.segment_loss) + "）"
                 : "; among segments, from " + name(input.segment) + " (" + share(input.segment_loss) + ")";
    }
    return out + (zh_ ? "。" : ".");
  }

  [[nodiscard]] std::string path() const {
    if (why_.paths.empty() || why_.paths.front().enterprises.size() < 2) return "";
    std::string out = zh_ ? "损失最大的路径：" : " The path with most loss: ";
    bool first = true;
    for (const EnterpriseId id : why_.paths.front().enterprises) {
      if (!first) out += " → ";
      out += name(id);
      first = false;
    }
    return out + (zh_ ? "（" + share(why_.paths.front().loss) + "）。" : " (" + share(why_.paths.front().loss) + ").");
  }

  [[nodiscard]] std::string sources() const {
    constexpr std::size_t most = 3;
    std::string out = zh_ ? "损失来源：" : " Sources: ";
    const auto some = std::count_if(why_.sources.begin(), why_.sources.end(),
                                    [](const SourceShare& source) { return source.loss > 0; });
    const auto all = static_cast<std::size_t>(some);  // those without a part come last
    const std::size_t shown = std::min(most, all);
    for (std::size_t k = 0; k < shown; ++k) {
      if (k > 0) out += zh_ ? "，" : ", ";
      out += name(why_.sources[k].source) + " " + share(why_.sources[k].share);
    }
    const std::size_t rest = all - shown;
    if (rest > 0) {
      out += zh_ ? "，另有 " + std::to_string(rest) + " 个来源" : " and " + std::to_string(rest) + " more";
    }
    const std::string rule(label_of(why_.rule, language_));
    return out + (zh_ ? "；拆分方法：" + rule + "。" : "; split by " + rule + ".");
  }

  const Why& why_;
  const WhyNames& names_;
  Language language_;
  bool zh_;
};

class WhySentence : private WhyWords {
 public:
  using WhyWords::WhyWords;

  [[nodiscard]] std::string text() const {
    const std::string who = name(why_.enterprise);
    if (!(why_.loss > 0)) {
      return zh_ ? who + "没有损失：没有冲击沿供应关系到达。"
                 : who + " loses nothing: no shock reaches it along supply links.";
    }
    std::string out = zh_ ? who + "的损失为 " + share(why_.loss) + "：自身冲击 " + share(why_.own) + "，" + along() +
                                "传来 " + share(why_.arrived) + (why_.capped ? "，合计以 100% 封顶。" : "。")
                          : who + " loses " + share(why_.loss) + ": " + share(why_.own) + " by its own shock and " +
                                share(why_.arrived) + " handed on " + along() +
                                (why_.capped ? ", together capped at 100 %." : ".");
    return out + binding() + path() + sources();
  }
};

inline Text why_sentence(const Why& why, const WhyNames& names) {
  return {WhySentence(why, names, Language::zh).text(), WhySentence(why, names, Language::en).text()};
}

/// The name in the language asked for, else in the other one, else the id.
inline std::string best_name(const std::string& zh, const std::string& en, const std::string& id, Language language) {
  const std::string& first = language == Language::zh ? zh : en;
  const std::string& second = language == Language::zh ? en : zh;
  return !first.empty() ? first : !second.empty() ? second : id;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL WhyNames names_of_chain(const Chain& chain) {
  WhyNames names;
  names.enterprise = [&chain](EnterpriseId id, Language language) {
    const Enterprise& enterprise = chain.enterprise(id);
    return impact_detail::best_name(enterprise.name, enterprise.name_en, enterprise.id, language);
  };
  names.segment = [&chain](SegmentId id, Language language) {
    const Segment& segment = chain.segment(id);
    return impact_detail::best_name(segment.name, segment.name_en, segment.id, language);
  };
  names.sector = [segment = names.segment](std::uint32_t sector, Language language) {
    return segment(SegmentId{sector}, language);
  };
  return names;
}

}  // namespace v1
}  // namespace chainqual
