#pragma once

// The sentence of `why` for the models beside the linear one, in both languages.

#include <string>

#include "chainqual/impact/explain_text-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

class ModelSentence : private WhyWords {
 public:
  using WhyWords::WhyWords;

  [[nodiscard]] std::string text() const {
    if (!(why_.loss > 0)) {
      return zh_ ? model() + along() + "：" + who() + "没有损失：没有冲击到达。"
                 : who() + " loses nothing in the " + model() + ", " + along() + ": no shock gets through to it.";
    }
    return beginning() + holding() + own_suffices() + path() + sources();
  }

 private:
  [[nodiscard]] std::string who() const { return name(why_.enterprise); }
  [[nodiscard]] std::string model() const { return std::string(label_of(why_.model, language_)); }
  [[nodiscard]] std::string in_brackets(double value) const {
    return zh_ ? "（" + share(value) + "）" : " (" + share(value) + ")";
  }

  [[nodiscard]] std::string beginning() const {
    const std::string loss = share(why_.loss);
    if (why_.chance) {
      const WhyChance& chance = *why_.chance;
      const std::string runs = std::to_string(chance.runs);
      return zh_ ? model() + along() + "：" + who() + "被波及的概率为 " + loss + "（" + runs + " 次模拟，" +
                       share(chance.level) + " 置信区间 " + share(chance.low) + " 至 " + share(chance.high) +
                       "）：起始即受冲击的概率 " + share(why_.own) + "，由" + neighbour() + "传来的概率 " +
                       share(why_.arrived) + "。"
                 : who() + " is hit with a probability of " + loss + " in the " + model() + ", " + along() + " (" +
                       runs + " runs; " + share(chance.level) + " interval " + share(chance.low) + " to " +
                       share(chance.high) + "): " + share(why_.own) + " at the start, " + share(why_.arrived) +
                       " through its " + neighbour() + "s.";
    }
    if (why_.worst) {
      const WhyDay& worst = *why_.worst;
      const std::string days = std::to_string(worst.days);
      const std::string day = std::to_string(worst.day + std::uint64_t{1});
      return zh_ ? model() + along() + "：" + who() + "在 " + days + " 天内平均损失 " + loss + "，第 " + day +
                       " 天最重，为 " + share(worst.loss) + "。"
                 : who() + " loses " + loss + " on average over " + days + " days in the " + model() + ", " + along() +
                       "; its worst day is day " + day + ", with " + share(worst.loss) + ".";
    }
    return zh_ ? model() + along() + "：" + who() + "的损失为 " + loss + "。"
               : who() + " loses " + loss + " in the " + model() + ", " + along() + ".";
  }

  [[nodiscard]] std::string holding() const {
    switch (why_.holds) {
      case Holds::nothing:
        return "";
      case Holds::own_shock:
        return own_shock();
      case Holds::essential:
      case Holds::ordinary:
      case Holds::stocks:
        return goods();
      case Holds::orders:
        return orders();
      case Holds::arrivals:
        break;
    }
    return sum() + binding();
  }

  [[nodiscard]] std::string own_shock() const {
    if (why_.model != Model::cascade && why_.model != Model::dynamics) return sum() + binding();
    const bool worst_day = why_.worst.has_value();
    return zh_ ? std::string(worst_day ? "这一天" : "") + "起决定作用的是自身冲击" + in_brackets(why_.own) + "。"
               : std::string(worst_day ? " What holds it down then" : " What holds it down") + " is its own shock" +
                     in_brackets(why_.own) + ".";
  }

  /// Where another cause binds, but the own shock would do nearly as much.
  [[nodiscard]] std::string own_suffices() const {
    const bool other = why_.holds == Holds::essential || why_.holds == Holds::ordinary || why_.holds == Holds::orders;
    if (!other || why_.worst || why_.own < 0.99 * why_.loss) return "";
    return zh_ ? "仅自身冲击" + in_brackets(why_.own) + "就足以造成几乎同样的损失。"
               : " Its own shock" + in_brackets(why_.own) + " does nearly as much by itself.";
  }

  /// Of models in which own shock and what arrives add up. Contagion has said so in its beginning.
  [[nodiscard]] std::string sum() const {
    if (why_.chance) return "";
    const bool mean = why_.worst.has_value();
    return zh_ ? std::string(mean ? "平均而言，" : "") + "自身冲击 " + share(why_.own) + "，" + along() + "传来 " +
                     share(why_.arrived) + (why_.capped ? "，合计以 100% 封顶。" : "。")
               : std::string(mean ? " On average, its own shock is " : " Its own shock is ") + share(why_.own) +
                     ", and " + share(why_.arrived) + " is handed on to it" +
                     (why_.capped ? "; the cap is 100 %." : ".");
  }

  /// What is short, and who should have delivered it.
  [[nodiscard]] std::string goods() const {
    const std::string what = kind();
    const BindingInput& input = why_.binding;
    std::string out =
        zh_ ? std::string(why_.worst ? "这一天" : "") + "起决定作用的是" + what + "，缺 " + share(why_.arrived)
            : std::string(why_.worst ? " What holds it down then is " : " What holds it down is ") + what + ", " +
                  share(why_.arrived) + " short";
    if (!input.neighbour.is_none()) {
      out += zh_ ? "，缺口最大的供应商是" + name(input.neighbour) + in_brackets(input.loss)
                 : ", most of it from the supplier " + name(input.neighbour) + in_brackets(input.loss);
    }
    return out + (zh_ ? "。" : ".");
  }

  [[nodiscard]] std::string kind() const {
    const std::string sector = sector_name();
    const bool named = !sector.empty();
    switch (why_.holds) {
      case Holds::essential:
        return zh_     ? std::string("必需投入") + (named ? "“" + sector + "”" : "")
               : named ? "the essential input “" + sector + "”"
                       : "an essential input";
      case Holds::ordinary:
        return zh_ ? "一般投入（合计）" : "ordinary inputs, taken together";
      default:
        return zh_     ? (named ? "“" + sector + "”类投入的库存" : "一种投入的库存")
               : named ? "the stock of inputs of the kind “" + sector + "”"
                       : "the stock of an input";
    }
  }

  [[nodiscard]] std::string sector_name() const {
    const BindingInput& input = why_.binding;
    if (input.sector != Network::none) {
      return names_.sector ? names_.sector(input.sector, language_) : std::to_string(input.sector);
    }
    if (why_.holds != Holds::stocks || input.segment.is_none()) return "";
    return name(input.segment);
  }

  [[nodiscard]] std::string orders() const {
    const BindingInput& input = why_.binding;
    std::string out = zh_ ? std::string(why_.worst ? "这一天" : "") + "起决定作用的是订货减少 " + share(why_.arrived)
                          : std::string(why_.worst ? " What holds it down then" : " What holds it down") +
                                " are missing orders, " + share(why_.arrived) + " of its output";
    if (!input.neighbour.is_none()) {
      out += zh_ ? "，减少最多的客户是" + name(input.neighbour) + in_brackets(input.loss)
                 : ", most of them from the customer " + name(input.neighbour) + in_brackets(input.loss);
    }
    return out + (zh_ ? "。" : ".");
  }
};

/// Fills the sentence and reports the end of the work.
inline Why end_why(Why why, const WhyNames& names, const Control& control) {
  why.sentence = {ModelSentence(why, names, Language::zh).text(), ModelSentence(why, names, Language::en).text()};
  Progress(control, 1).finish();
  return why;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
