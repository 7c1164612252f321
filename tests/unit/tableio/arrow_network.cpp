#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "arrow_producer.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/network_table.hpp"
#include "workspace.hpp"

namespace chainqual {
namespace {

using Texts = std::vector<std::string>;

ArrowTable links(Texts supplier, Texts customer) {
  return ArrowTable({arrow_text("supplier", supplier), arrow_text("customer", customer)});
}

Texts keys_of(const NetworkTables& tables) {
  Texts keys;
  for (std::uint32_t id = 0; id < tables.keys.size(); ++id) keys.emplace_back(tables.keys.key(EnterpriseId{id}));
  return keys;
}

Findings findings_of(const ArrowTable* enterprises, const ArrowTable& table, const NetworkTableOptions& options = {}) {
  try {
    static_cast<void>(enterprises == nullptr ? network_from_table(table, options)
                                             : network_from_table(*enterprises, table, options));
  } catch (const Error& error) {
    return error.findings();
  }
  return Findings();
}

TEST(ArrowNetwork, EnterprisesAreNumberedByFirstAppearance) {
  const NetworkTables tables = network_from_table(links({"c", "a", "c"}, {"a", "b", "b"}));
  EXPECT_EQ(keys_of(tables), (Texts{"c", "a", "b"}));
  EXPECT_EQ(tables.network.links(), 3U);
  EXPECT_TRUE(tables.network.find_link(EnterpriseId{0}, EnterpriseId{2}).has_value());
  EXPECT_EQ(tables.network.summary().values_assumed, 3U);
}

TEST(ArrowNetwork, TheSameRowsGiveTheSameNetworkAsACsvFile) {
  testing::Workspace workspace;
  std::string csv = "供方,customer,value,dependency,escape\n";
  Texts supplier;
  Texts customer;
  std::vector<double> value;
  std::vector<std::uint8_t> given;
  std::vector<float> dependency;
  std::vector<std::uint8_t> dependent;
  for (int k = 0; k < 5000; ++k) {
    const int s = k * 7919 % 613;
    const int c = k * 104729 % 577;
    supplier.push_back(s % 3 == 0 ? "企业编号很长很长的一家供应商" + std::to_string(s) : "S" + std::to_string(s));
    customer.push_back(c % 5 == 0 ? supplier.back() : "S" + std::to_string(c));
    value.push_back(0.25 * (k % 97));
    given.push_back(k % 11 == 0 ? 0 : 1);
    dependency.push_back(static_cast<float>(k % 5) / 4.0F);
    dependent.push_back(k % 2 == 0 ? 1 : 0);
    csv +=
        supplier.back() + "," + customer.back() + "," + (given.back() != 0 ? std::to_string(value.back()) : "") + ",";
    csv += (dependent.back() != 0 ? std::to_string(dependency.back()) : "") + ",\n";
  }
  const ArrowTable table({arrow_text("供方", supplier), arrow_text("customer", customer),
                          arrow_numbers("value", value, given), arrow_numbers("dependency", dependency, dependent),
                          arrow_text("escape", Texts(5000))});
  workspace.put("links.csv", csv);
  const NetworkTables from_file = read_network(workspace.path("links.csv"));
  const NetworkTables from_table = network_from_table(table);
  EXPECT_TRUE(identical(from_file.network, from_table.network));
  EXPECT_EQ(keys_of(from_file), keys_of(from_table));
  EXPECT_EQ(from_file.network.summary(), from_table.network.summary());
  EXPECT_EQ(from_file.findings.count(FindingLevel::warning), from_table.findings.count(FindingLevel::warning));
}

TEST(ArrowNetwork, IntegersAreKeysLikeText) {
  const ArrowTable numbers({arrow_numbers("supplier", std::vector<std::int64_t>{1001, 7}),
                            arrow_numbers("customer", std::vector<std::uint16_t>{7, 9})});
  const NetworkTables tables = network_from_table(numbers);
  EXPECT_EQ(keys_of(tables), (Texts{"1001", "7", "9"}));
  EXPECT_TRUE(identical(tables.network, network_from_table(links({"1001", "7"}, {"7", "9"})).network));
}

TEST(ArrowNetwork, PositionsAreTheIdsThemselves) {
  const ArrowTable numbers({arrow_numbers("supplier", std::vector<std::int32_t>{3, 0}),
                            arrow_numbers("customer", std::vector<std::int32_t>{0, 1}),
                            arrow_numbers("value", std::vector<std::int32_t>{2, 5})});
  NetworkTableOptions options;
  options.positions = 5;
  const NetworkTables tables = network_from_table(numbers, options);
  EXPECT_EQ(tables.network.enterprises(), 5U);
  EXPECT_TRUE(tables.keys.empty());
  EXPECT_TRUE(tables.network.find_link(EnterpriseId{3}, EnterpriseId{0}).has_value());
  options.positions = 3;
  const Findings found = findings_of(nullptr, numbers, options);
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].code, ErrorCode::out_of_range);
  EXPECT_EQ(found.kept()[0].where.record, 1U);
}

TEST(ArrowNetwork, DictionariesNumberByRowsNotByWords) {
  const std::array<std::string_view, 4> words{"unused", "b", "a", "c"};
  auto index = std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{2, 1, 2});
  const ArrowTable table({arrow_words("supplier", *index, index, words), arrow_text("customer", Texts{"b", "c", "c"})});
  EXPECT_EQ(keys_of(network_from_table(table)), (Texts{"a", "b", "c"}));
}

TEST(ArrowNetwork, EnterprisesGiveIdsStagesSegmentsAndWeights) {
  const std::vector<std::uint8_t> present{1, 0, 1};
  const ArrowTable firms(
      {arrow_text("企业名称", Texts{"甲", "乙", "丙"}), arrow_text("编号", Texts{"A", "", "C"}, present),
       arrow_text("stage", Texts{"上游", "downstream", ""}), arrow_text("环节", Texts{"芯片；整机", "整机", "无"}),
       arrow_numbers("weight", std::vector<double>{2.5, 1, 0}, present)});
  const NetworkTables tables = network_from_table(firms, links({"C", "A"}, {"A", "乙"}));
  EXPECT_EQ(keys_of(tables), (Texts{"A", "乙", "C"}));
  EXPECT_EQ(tables.segments, (Texts{"芯片", "整机"}));
  const auto& net = tables.network;
  EXPECT_EQ(std::vector<std::uint8_t>(net.stage().begin(), net.stage().end()),
            (std::vector<std::uint8_t>{0, 2, Network::no_stage}));
  EXPECT_EQ(std::vector<std::uint32_t>(net.segment().begin(), net.segment().end()),
            (std::vector<std::uint32_t>{0, 1, Network::none}));
  EXPECT_EQ(net.weight()[0], 2.5);
  EXPECT_TRUE(std::isnan(net.weight()[1]));
  EXPECT_EQ(tables.enterprise_rows.loaded, 3U);
}

TEST(ArrowNetwork, LongKeysOfATableOfEnterprisesAreFound) {
  const std::string one = "天津先进计算产业链上一家名称很长的企业甲";
  const std::string two = "天津先进计算产业链上一家名称很长的企业乙";
  const NetworkTables tables =
      network_from_table(ArrowTable({arrow_text("id", Texts{one, two})}), links({two}, {" " + one}));
  EXPECT_TRUE(tables.network.find_link(EnterpriseId{1}, EnterpriseId{0}).has_value());
}

TEST(ArrowNetwork, EveryBadCellIsNamedByTableColumnAndRow) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const ArrowTable table(
      {arrow_text("supplier", Texts{"a", "", "c", "d"}), arrow_text("customer", Texts{"b", "b", "-", "e"}),
       arrow_numbers("value", std::vector<double>{-1, nan, 2, std::numeric_limits<double>::infinity()}),
       arrow_text("dependency", Texts{"0.5", "120%", "", "much"})});
  const Findings found = findings_of(nullptr, table);
  ASSERT_EQ(found.count(FindingLevel::error), 6U);
  std::set<std::pair<std::string, std::uint64_t>> places;
  for (const auto& finding : found.kept()) {
    EXPECT_EQ(finding.where.file, "links");
    EXPECT_FALSE(finding.fix.zh.empty());
    places.emplace(finding.where.column, finding.where.record);
  }
  const std::set<std::pair<std::string, std::uint64_t>> wanted{{"value", 1},    {"supplier", 2}, {"dependency", 2},
                                                               {"customer", 3}, {"value", 4},    {"dependency", 4}};
  EXPECT_EQ(places, wanted);
}

TEST(ArrowNetwork, UnknownEnterprisesComeWithTheNearest) {
  const ArrowTable firms({arrow_text("id", Texts{"tianjin-1", "tianjin-2"})});
  const Findings found = findings_of(&firms, links({"tianjin-1", "tianjn-2"}, {"tianjin-2", "tianjin-1"}));
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].code, ErrorCode::unknown_reference);
  EXPECT_NE(found.kept()[0].fix.en.find("tianjin-2"), std::string::npos);
}

TEST(ArrowNetwork, EnterprisesTwiceAndWithoutKeyAreErrorsWithBothRows) {
  const ArrowTable firms({arrow_text("id", Texts{"a", "", "a"})});
  const Findings found = findings_of(&firms, links({"a"}, {"a"}));
  EXPECT_EQ(found.count(FindingLevel::error), 2U);
  EXPECT_EQ(found.kept()[0].code, ErrorCode::missing_value);
  EXPECT_EQ(found.kept()[1].code, ErrorCode::duplicate);
  EXPECT_NE(found.kept()[1].rule.en.find("record 1"), std::string::npos);
  EXPECT_EQ(found.kept()[1].where.file, "enterprises");
}

TEST(ArrowNetwork, SelfSupplyIsAWarningAndLeftOut) {
  const NetworkTables tables = network_from_table(links({"a", "a"}, {"a", "b"}));
  EXPECT_EQ(tables.network.links(), 1U);
  EXPECT_EQ(tables.findings.count(FindingLevel::warning), 1U);
  EXPECT_EQ(tables.findings.kept()[0].where.record, 1U);
}

TEST(ArrowNetwork, ColumnsMissingOrOfAnotherTypeAreToldAtOnce) {
  const ArrowTable table({arrow_text("suplier", Texts{"a"}), arrow_truths("customer", std::vector<std::uint8_t>{1}),
                          arrow_truths("value", std::vector<std::uint8_t>{1})});
  const Findings found = findings_of(nullptr, table);
  EXPECT_EQ(found.count(FindingLevel::error), 3U);
  const ArrowTable nameless({arrow_text("city", Texts{"天津"})});
  EXPECT_EQ(findings_of(&nameless, links({"a"}, {"b"})).kept().at(0).code, ErrorCode::missing_column);
  NetworkTableOptions positions;
  positions.positions = 2;
  const ArrowTable firms({arrow_text("id", Texts{"a"})});
  EXPECT_THROW(static_cast<void>(network_from_table(firms, links({"a"}, {"a"}), positions)), Error);
  EXPECT_EQ(findings_of(nullptr, links({"0"}, {"1"}), positions).count(FindingLevel::error), 2U);
}

TEST(ArrowNetwork, KeysMustBeUtf8) {
  const Findings found = findings_of(nullptr, links({"\xFF\xFE"}, {"b"}));
  ASSERT_EQ(found.kept().size(), 1U);
  EXPECT_EQ(found.kept()[0].code, ErrorCode::bad_encoding);
}

TEST(ArrowNetwork, AnEmptyTableIsAnEmptyNetwork) {
  const NetworkTables tables = network_from_table(links({}, {}));
  EXPECT_TRUE(tables.network.empty());
}

}  // namespace
}  // namespace chainqual
