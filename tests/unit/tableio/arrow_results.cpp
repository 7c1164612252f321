#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/propagate.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/network_table.hpp"
#include "chainqual/io/result_table.hpp"

namespace chainqual {
namespace {

ChainFile chain() {
  return read_chain(CHAINQUAL_DATASETS "/advanced_computing");
}

TEST(ArrowResults, ANetworksLinksReadBackToTheSameNetwork) {
  const ArrowTable links({arrow_text("supplier", std::vector<std::string>{"a", "a", "b"}),
                          arrow_text("customer", std::vector<std::string>{"b", "c", "c"}),
                          arrow_numbers("value", std::vector<float>{1, 2, 3}),
                          arrow_numbers("dependency", std::vector<float>{0.5F, NAN, 1})});
  const NetworkTables made = network_from_table(links);
  const ArrowTable table = table_of(made.network, made.keys);
  EXPECT_EQ(table.at("dependency").nulls(), 1U);
  EXPECT_TRUE(identical(network_from_table(table).network, made.network));
  NetworkTableOptions positions;
  positions.positions = made.network.enterprises();
  EXPECT_TRUE(identical(network_from_table(table_of(made.network), positions).network, made.network));
  EXPECT_EQ(table.at("value").view<float>(0)->data(), made.network.out_values().data()) << "not copied";
}

TEST(ArrowResults, LossesStandBesideTheirEnterprises) {
  const NetworkTables made =
      network_from_table(ArrowTable({arrow_text("supplier", std::vector<std::string>{"a", "b"}),
                                     arrow_text("customer", std::vector<std::string>{"b", "c"})}));
  const ModelRun run = propagate(made.network, lasting({1, 0, 0}), {});
  const ArrowTable table = table_of(run, made.keys);
  ASSERT_EQ(table.rows(), 3U);
  EXPECT_EQ(arrow_cell_text(table.at("enterprise").cell(1)), "b");
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(std::get<double>(table.at("combined").cell(i)), run.combined[i]);
  EXPECT_EQ(arrow_cell_text(table_of(run).at("enterprise").cell(2)), "2");
  EXPECT_THROW(static_cast<void>(table_of(run, KeyTable::of(std::vector<std::string>{"x"}))), Error);
}

TEST(ArrowResults, CriticalityKeepsItsOrderAndMeasures) {
  const NetworkTables made =
      network_from_table(ArrowTable({arrow_text("supplier", std::vector<std::string>{"a", "b", "b"}),
                                     arrow_text("customer", std::vector<std::string>{"b", "c", "d"})}));
  const CriticalityTable found = criticality(made.network);
  const ArrowTable table = table_of(found, made.keys);
  ASSERT_EQ(table.rows(), found.rows.size());
  for (std::size_t k = 0; k < found.rows.size(); ++k) {
    EXPECT_EQ(arrow_cell_text(table.at("enterprise").cell(k)), made.keys.key(found.rows[k].enterprise));
    EXPECT_EQ(std::get<double>(table.at("systemic_risk").cell(k)), found.rows[k].systemic_risk);
    EXPECT_EQ(std::get<std::int64_t>(table.at("cut").cell(k)), found.rows[k].cut);
    EXPECT_EQ(std::get<double>(table.at("size_standing").cell(k)), found.rows[k].standing[5]);
  }
}

// Each column of a report must fit its Arrow type: a text cell in a column of numbers would come out as 0.
TEST(ArrowResults, EveryCellOfAReportKeepsItsValue) {
  const ChainFile file = chain();
  const AssessReport report = assess(file.dossier);
  for (const ReportTable& table : report_tables(file.dossier, report)) {
    const ArrowTable arrow = table_of(table);
    ASSERT_EQ(arrow.rows(), table.rows.size()) << table.key;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const ArrowCell cell = arrow.columns()[c].cell(r);
        const SheetCell& sheet = table.rows[r][c];
        const auto where = std::string(table.key) + "." + std::string(table.columns[c].key);
        EXPECT_EQ(std::holds_alternative<std::monostate>(cell), std::holds_alternative<std::monostate>(sheet)) << where;
        if (const auto* text = std::get_if<std::string>(&sheet)) {
          EXPECT_EQ(arrow_cell_text(cell), *text) << where;
        } else if (const auto* real = std::get_if<double>(&sheet)) {
          EXPECT_EQ(std::stod(arrow_cell_text(cell)), *real) << where;
        } else if (const auto* decimal = std::get_if<Decimal>(&sheet)) {
          EXPECT_EQ(std::get<double>(cell), decimal->to_rational().to_double()) << where;
        }
      }
    }
  }
}

TEST(ArrowResults, ColumnsOfReportsHaveTypesThatDoNotDependOnTheData) {
  const ChainFile file = chain();
  const auto tables = report_tables(file.dossier, assess(file.dossier));
  for (ReportTable table : tables) {
    const ArrowTable full = table_of(table);
    table.rows.clear();
    const ArrowTable empty = table_of(table);
    for (std::size_t c = 0; c < full.columns().size(); ++c) {
      EXPECT_EQ(full.columns()[c].type(), empty.columns()[c].type()) << table.columns[c].key;
    }
  }
  const ArrowTable graded = table_of(tables.front());
  EXPECT_TRUE(graded.at("grade").type().ordered);
  EXPECT_EQ(graded.at("rank").type().kind, ArrowKind::uint32);
}

}  // namespace
}  // namespace chainqual
