#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

struct StandardRow {
  std::string_view key, zh, en, unit;
  IndicatorCategory category;
  Direction direction = Direction::higher_is_better;
  bool share = false;  ///< of something, 0 … 100 %
};

inline constexpr std::string_view judged;  // qualitative: no unit
using Group = IndicatorCategory;
inline constexpr auto more = Direction::higher_is_better;

inline constexpr std::array<StandardRow, 31> standard_rows{{
    {"conformity_rate", "产品质量合格率", "conformity rate", "%", Group::quality, more, true},
    {"superior_rate", "优良品率", "superior-grade rate", "%", Group::quality, more, true},
    {"problems_solved", "解决质量问题数", "problems solved", "项", Group::quality},
    {"improvement_coverage", "质量提升覆盖率", "coverage of improvement", "%", Group::quality, more, true},
    {"technology_level", "产业技术先进程度", "advancement of technology", judged, Group::quality},
    {"quality_perception", "链上企业质量感知", "quality as perceived on the chain", judged, Group::quality},
    {"patents", "专利申请量", "patents applied for", "件", Group::innovation},
    {"conversion_rate", "技术成果转化率", "conversion rate of results", "%", Group::innovation, more, true},
    {"breakthroughs", "关键技术突破数", "key technologies broken through", "项", Group::innovation},
    {"standards", "标准制修订数", "standards made or revised", "项", Group::innovation},
    {"certifications_per_output", "区域单位产值认证数", "certifications per unit of output", "张/亿元",
     Group::innovation},
    {"innovative_enterprises", "创新型企业数", "innovative enterprises", "家", Group::innovation},
    {"cooperation", "上下游企业间的合作紧密度", "closeness of upstream–downstream cooperation", judged,
     Group::coordination},
    {"information_sharing", "信息共享程度", "information sharing", judged, Group::coordination},
    {"joint_innovation", "协同创新能力", "joint innovation", judged, Group::coordination},
    {"resource_sharing", "资源共享水平", "resource sharing", judged, Group::coordination},
    {"public_cooperation", "政产学研合作紧密度", "government–industry–academia cooperation", judged,
     Group::coordination},
    {"infrastructure_integration", "质量基础设施要素集成度", "integration of quality infrastructure", judged,
     Group::coordination},
    {"output_growth", "产值增长率", "growth of output value", "%", Group::economic},
    {"profit_growth", "利润增长率", "growth of profit", "%", Group::economic},
    {"cost_reduction", "成本降低率", "cost reduction", "%", Group::economic},
    {"market_share", "市场占有率", "market share", "%", Group::economic, more, true},
    {"cycle_reduction", "生产周期缩短", "shorter production cycle", "%", Group::economic},
    {"capacity_utilisation", "产能利用率提升", "rise of capacity utilisation", "百分点", Group::economic},
    {"brand_awareness", "品牌知名度提升", "brand awareness", judged, Group::social},
    {"industry_influence", "行业影响力增强", "industry influence", judged, Group::social},
    {"public_satisfaction", "社会满意度提高", "public satisfaction", judged, Group::social},
    {"fewer_accidents", "安全事故减少", "fewer safety accidents", "%", Group::social},
    {"emission_reduction", "节能减排", "energy saving and emission reduction", "%", Group::social},
    {"jobs", "解决就业或促进脱贫攻坚", "jobs or poverty relief", "人", Group::social},
    {"plan_attainment", "预期目标达成情况", "attainment of planned goals", judged, Group::organisation},
}};

using Steps = std::array<Text, 5>;

/// What is done together, or shared: how widely, and with what effect.
inline Steps practice_steps() {
  return {{{"差：没有开展，或没有可核实的材料", "poor: nothing done, or nothing that can be verified"},
           {"较差：个别单位零星开展", "weak: single units, now and then"},
           {"一般：部分单位开展，效果尚不稳定", "fair: some units, effects not steady yet"},
           {"较好：多数单位开展，效果有材料可证", "good: most units, effects on record"},
           {"好：全链制度化开展，效果持续并优于同类产业链",
            "very good: a rule along the whole chain, lasting effects ahead of similar chains"}}};
}

inline Steps technology_steps() {
  return {
      {{"落后：关键技术依赖外部，近五年无改进",
        "behind: key technologies come from outside, unimproved for five years"},
       {"跟随：能消化引进技术，主要参数低于国内先进", "following: taken over and understood, below the best at home"},
       {"相当：主要参数达到国内先进", "level: main parameters equal the best at home"},
       {"领先：国内领先，部分参数达到国际先进", "leading at home, in part equal to the best abroad"},
       {"引领：主要参数国际先进，并牵头制定标准",
        "setting the pace: equal to the best abroad, and leading in its standards"}}};
}

/// What those asked say; surveys need a sample and a date.
inline Steps satisfaction_steps() {
  return {{{"不满意：满意者不足四成，或没有调查", "dissatisfied: fewer than 40 % content, or nobody asked"},
           {"较不满意：满意者四成以上、不足六成", "rather dissatisfied: 40 % or more, below 60 %"},
           {"一般：满意者六成以上、不足七成半", "fair: 60 % or more, below 75 %"},
           {"较满意：满意者七成半以上、不足九成", "rather content: 75 % or more, below 90 %"},
           {"满意：满意者九成以上，投诉逐期减少", "content: 90 % or more, and complaints falling"}}};
}

inline Steps reach_steps() {
  return {{{"无：仅链内单位知晓", "none: known to the chain's own units alone"},
           {"本地：在本市同行中知晓", "local: known to the trade in its city"},
           {"区域：在本省或本区域有知名品牌，有单位参与行业活动",
            "regional: known brands in the province; units take part in the trade's bodies"},
           {"全国：有全国知名品牌，在行业组织或标准中有发言权",
            "national: brands known in the country, a voice in the trade's bodies and standards"},
           {"国际：品牌在国外市场被认可，牵头国际或国家标准",
            "international: recognised abroad, leading national or international standards"}}};
}

inline Steps plan_steps() {
  return {{{"未达成：多数目标未启动", "missed: most goals not begun"},
           {"少数达成：达成不足一半", "few attained: fewer than half"},
           {"部分达成：达成一半以上，重点目标未完成", "part attained: half or more, key goals open"},
           {"基本达成：重点目标完成，其余有明确时限", "mostly attained: key goals met, the rest with a date"},
           {"全部达成：按期或提前完成，有超额", "all attained: in time or before, some exceeded"}}};
}

inline Steps described_steps(std::string_view key) {
  if (key == "technology_level") return technology_steps();
  if (key == "quality_perception" || key == "public_satisfaction") return satisfaction_steps();
  if (key == "brand_awareness" || key == "industry_influence") return reach_steps();
  if (key == "plan_attainment") return plan_steps();
  return practice_steps();
}

}  // namespace evaluate_detail

/// A unit as it is read in a language: the usual Chinese ones have English words, any other stands as given.
inline std::string unit_in(const std::string& unit, Language language) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 9> words{{{"项", "items"},
                                       {"件", "items"},
                                       {"个", "items"},
                                       {"家", "enterprises"},
                                       {"人", "people"},
                                       {"百分点", "points"},
                                       {"张/亿元", "per 100 million yuan"},
                                       {"万元", "10 000 yuan"},
                                       {"亿元", "100 million yuan"}}};
  if (language == Language::zh) return unit;
  for (const auto& [zh, en] : words) {
    if (unit == zh) return std::string(en);
  }
  return unit;
}

inline std::vector<Indicator> standard_indicators() {
  std::vector<Indicator> indicators;
  indicators.reserve(evaluate_detail::standard_rows.size());
  for (const auto& row : evaluate_detail::standard_rows) {
    Indicator indicator;
    indicator.key = row.key;
    indicator.name = {std::string(row.zh), std::string(row.en)};
    indicator.category = row.category;
    indicator.kind = row.unit.empty() ? IndicatorKind::qualitative : IndicatorKind::quantitative;
    indicator.unit = row.unit;
    indicator.direction = row.direction;
    if (row.unit.empty()) indicator.steps = evaluate_detail::described_steps(row.key);
    if (row.share) {
      indicator.worst = Decimal(0, 0);
      indicator.best = Decimal(100, 0);
    }
    indicators.push_back(std::move(indicator));
  }
  return indicators;
}

}  // namespace v1
}  // namespace chainqual
