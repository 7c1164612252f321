#pragma once

#include "chainqual/io/schema.hpp"

// The tables of the chain itself: segments, institutions, enterprises, links. A field is one line.

namespace chainqual {
inline namespace v1 {

template <>
struct WordsOf<Segment> {
  using type = EnumList<Stage>;
};

template <>
struct TableOf<Segment> {
  using F = Field<Segment>;
  static constexpr TableId id = TableId::segments;
  static constexpr std::string_view name = "segments";
  static constexpr std::string_view zh = "环节";
  static constexpr std::array fields{
      F{"id", "编号", "序号|环节编号|环节代码", &Segment::id, false, CellKind::key},
      F{"name", "环节名称", "环节|节点|环节、节点|产业名称|名称", &Segment::name, true},
      F{"name_en", "环节英文名称", "英文名称", &Segment::name_en},
      F{"stage", "产业链位置", "产业链位置(上/中/下游)|位置|位置(上/中/下游)|阶段", &Segment::stage, true},
      F{"industry", "产业", "行业|所属产业", &Segment::industry},
      F{"industry_en", "产业英文名称", "行业英文名称", &Segment::industry_en},
      F{"regions", "分布地域", "地理分布|地域|地区", &Segment::regions},
      F{"final_product", "终端产品", "是否终端产品", &Segment::final_product},
      F{"note", "备注", "说明", &Segment::note},
  };
};

template <>
struct TableOf<Institution> {
  using F = Field<Institution>;
  static constexpr TableId id = TableId::institutions;
  static constexpr std::string_view name = "institutions";
  static constexpr std::string_view zh = "质量技术机构";
  static constexpr std::array fields{
      F{"id", "编号", "序号|机构编号", &Institution::id, false, CellKind::key},
      F{"credit_code", "统一社会信用代码", "信用代码", &Institution::credit_code, false, CellKind::credit_code},
      F{"name", "机构名称", "质量技术机构|名称", &Institution::name, true},
      F{"name_en", "机构英文名称", "英文名称", &Institution::name_en},
      F{"kind", "机构类型", "类型", &Institution::kind},
      F{"region", "地区", "地域|分布地域|省份|所在地区", &Institution::region, false, CellKind::region},
      F{"cma", "CMA", "CMA资质|资质认定", &Institution::cma},
      F{"cnas", "CNAS", "CNAS资质|认可", &Institution::cnas},
      F{"segments", "服务环节", "环节|节点|环节、节点", &Institution::segments, false, CellKind::reference,
        TableId::segments},
      F{"products", "产品", "检测产品|服务产品", &Institution::products},
      F{"products_en", "产品英文名称", "", &Institution::products_en},
      F{"parameters", "项目参数", "参数|项目|项目/参数", &Institution::parameters},
      F{"methods", "方法", "检测方法|方法标准", &Institution::methods},
      F{"source", "来源", "资料来源", &Institution::source},
  };
};

template <>
struct WordsOf<Enterprise> {
  using type = EnumList<Stage, Role, Ladder, EnterpriseSize>;
};

template <>
struct TableOf<Enterprise> {
  using F = Field<Enterprise>;
  static constexpr TableId id = TableId::enterprises;
  static constexpr std::string_view name = "enterprises";
  static constexpr std::string_view zh = "企业";
  static constexpr std::array fields{
      F{"id", "编号", "序号|企业编号", &Enterprise::id, false, CellKind::key},
      F{"credit_code", "统一社会信用代码", "信用代码", &Enterprise::credit_code, false, CellKind::credit_code},
      F{"name", "企业名称", "主要企业名称|成员单位名称|名称|企业", &Enterprise::name, true},
      F{"name_en", "企业英文名称", "英文名称", &Enterprise::name_en},
      F{"stage", "产业链位置", "产业链位置(上/中/下游)|位置|位置(上/中/下游)|阶段", &Enterprise::stage, true},
      F{"segments", "环节", "节点|环节、节点|所属环节|产业名称", &Enterprise::segments, false, CellKind::reference,
        TableId::segments},
      F{"region", "地区", "地域|分布地域|地理分布|省份|所在地区", &Enterprise::region, false, CellKind::region},
      F{"city", "城市", "所在城市", &Enterprise::city},
      F{"role", "角色", "企业角色|企业类型", &Enterprise::role},
      F{"ladder", "质量阶梯", "质量阶梯位置|领导者、跟随者", &Enterprise::ladder},
      F{"size", "企业规模", "规模|规模类型|企业规模(大/中/小/微)", &Enterprise::size},
      F{"products", "重点产品", "产品|主要产品", &Enterprise::products},
      F{"products_en", "产品英文名称", "重点产品英文名称", &Enterprise::products_en},
      F{"weight", "权重", "", &Enterprise::weight, false, CellKind::text, TableId::none, Range::non_negative},
      F{"source", "来源", "资料来源", &Enterprise::source},
  };
};

template <>
struct WordsOf<LinkRow> {
  using type = EnumList<Evidence>;
};

template <>
struct TableOf<LinkRow> {
  using F = Field<LinkRow>;
  static constexpr TableId id = TableId::links;
  static constexpr std::string_view name = "links";
  static constexpr std::string_view zh = "供应关系";
  static constexpr std::array fields{
      F{"supplier", "供方", "供应商|供应企业|上游企业", &LinkRow::supplier, true, CellKind::reference,
        TableId::enterprises},
      F{"customer", "需方", "客户|采购方|下游企业", &LinkRow::customer, true, CellKind::reference,
        TableId::enterprises},
      F{"product", "产品", "供应产品", &LinkRow::product},
      F{"product_en", "产品英文名称", "供应产品英文名称", &LinkRow::product_en},
      F{"value", "供应额", "金额|价值|年供应额", &LinkRow::value, false, CellKind::text, TableId::none,
        Range::non_negative},
      F{"dependency", "依赖度", "依赖程度", &LinkRow::dependency, false, CellKind::text, TableId::none, Range::share},
      F{"escape", "漏检率", "逃逸率", &LinkRow::escape, false, CellKind::text, TableId::none, Range::share},
      F{"kind", "供应类别", "类别|类型", &LinkRow::kind},
      F{"evidence", "依据", "证据", &LinkRow::evidence},
      F{"source", "来源", "资料来源", &LinkRow::source},
  };
};

}  // namespace v1
}  // namespace chainqual
