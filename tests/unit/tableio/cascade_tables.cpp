#include "chainqual/io/cascade_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/chain/network.hpp"

namespace {

using namespace chainqual;

const std::vector<std::string> known{"电芯", "packs", "cars"};

NameLookup names() {
  return {[](std::string_view text) -> std::optional<std::uint32_t> {
            for (std::uint32_t k = 0; k < known.size(); ++k) {
              if (known[k] == text) return k;
            }
            return std::nullopt;
          },
          [](std::string_view text) {
            return text == "pack" ? std::vector<std::string>{"packs"} : std::vector<std::string>{};
          }};
}

template <class Read>
auto of(const std::string& content, Read&& read) {
  Findings findings;
  TextFile text = decode_text(FileBytes::of(content), "table.csv", std::nullopt, findings);
  return read(std::move(text), 3, names(), std::move(findings));
}

Essentiality needs(const std::string& content) {
  return of(content, [](auto&&... args) { return read_needs(std::forward<decltype(args)>(args)...); });
}

Accounts accounts(const std::string& content) {
  return of(content, [](auto&&... args) { return read_accounts(std::forward<decltype(args)>(args)...); });
}

/// The findings in English, as a user sees them.
template <class Read>
std::vector<std::string> refused(Read&& read) {
  std::vector<std::string> told;
  try {
    static_cast<void>(read());
  } catch (const Error& error) {
    for (const Finding& finding : error.findings().kept()) {
      told.push_back(to_string(finding, Language::en));
      EXPECT_FALSE(to_string(finding, Language::zh).empty());
    }
  }
  return told;
}

TEST(Needs, RowsApplyInTheirOrderAndAStarMeansEverySector) {
  const Essentiality table = needs("supplier,customer,need\n*,*,ordinary\n电芯,*,essential\n电芯,cars,0\n");
  EXPECT_EQ(table.sectors, 3U);
  EXPECT_EQ(table.by_sector, (std::vector<std::uint8_t>{2, 2, 0, 1, 1, 1, 1, 1, 1}));
}

TEST(Needs, WhatNoRowSaysIsEssential) {
  EXPECT_EQ(needs("supplier,customer,need\npacks,cars,negligible\n").by_sector,
            (std::vector<std::uint8_t>{2, 2, 2, 2, 2, 0, 2, 2, 2}));
}

TEST(Needs, ChineseHeadingsAndWordsAreTaken) {
  EXPECT_EQ(needs("供方行业,需方行业,必需程度\n＊,＊,一般\npacks,电芯,必需\n").by_sector,
            (std::vector<std::uint8_t>{1, 1, 1, 2, 1, 1, 1, 1, 1}));
}

TEST(NeedsBadInput, EveryErrorIsToldWithItsPlaceAndFix) {
  const auto told =
      refused([] { return needs("supplier,customer,need\npack,cars,2\n,cars,2\ncars,packs,maybe\n*,*,\n"); });
  ASSERT_EQ(told.size(), 4U);
  EXPECT_NE(told[0].find("table.csv:2:"), std::string::npos) << told[0];
  EXPECT_NE(told[0].find("did you mean 'packs'?"), std::string::npos) << told[0];
  EXPECT_NE(told[1].find("must not be empty"), std::string::npos) << told[1];
  EXPECT_NE(told[2].find("maybe"), std::string::npos) << told[2];
  EXPECT_NE(told[3].find("table.csv:5:"), std::string::npos) << told[3];
}

TEST(NeedsBadInput, AMissingColumnIsNamed) {
  const auto told = refused([] { return needs("supplier,need\ncars,2\n"); });
  ASSERT_FALSE(told.empty());
  EXPECT_NE(told[0].find("customer"), std::string::npos) << told[0];
}

TEST(Accounts, GiveWhatIsThereAndLeaveTheRestOpen) {
  const Accounts table = accounts("enterprise,revenue,final_demand\npacks,10,2.5\ncars,,\n");
  ASSERT_EQ(table.revenue.size(), 3U);
  EXPECT_TRUE(std::isnan(table.revenue[0]));
  EXPECT_EQ(table.revenue[1], 10);
  EXPECT_TRUE(std::isnan(table.revenue[2]));
  EXPECT_EQ(table.final_demand, (std::vector<double>{0, 2.5, 0}));
  EXPECT_TRUE(table.cost.empty());
}

std::vector<std::uint32_t> markets(const std::string& content) {
  return of(content, [](auto&&... args) { return read_markets(std::forward<decltype(args)>(args)...); });
}

TEST(Markets, OfTheSameWordAreOneAndThoseLeftOutAreAlone) {
  EXPECT_EQ(markets("enterprise,market\ncars,ore\n电芯,ore\n"), (std::vector<std::uint32_t>{0, Network::none, 0}));
  EXPECT_EQ(markets("企业,市场\n电芯,甲\npacks,乙\ncars,甲\n"), (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(markets("enterprise,market\n"), std::vector<std::uint32_t>(3, Network::none));
}

TEST(MarketsBadInput, UnknownTwiceAndEmptyAreToldTogether) {
  const auto told = refused([] { return markets("enterprise,market\npack,ore\ncars,ore\ncars,tin\npacks,\n"); });
  ASSERT_EQ(told.size(), 3U);
  EXPECT_NE(told[0].find("did you mean 'packs'?"), std::string::npos) << told[0];
  EXPECT_NE(told[1].find("line 3 already"), std::string::npos) << told[1];
  EXPECT_NE(told[2].find("must not be empty"), std::string::npos) << told[2];
  EXPECT_FALSE(refused([] { return markets("enterprise,weight\ncars,1\n"); }).empty());
}

TEST(AccountsBadInput, TwiceNegativeUnknownAndNoColumnAreErrors) {
  const auto told = refused([] { return accounts("enterprise,cost\npacks,1\npacks,2\ncars,-3\nnobody,4\n"); });
  ASSERT_EQ(told.size(), 3U);
  EXPECT_NE(told[0].find("line 2 already"), std::string::npos) << told[0];
  EXPECT_NE(told[1].find("-3"), std::string::npos) << told[1];
  EXPECT_NE(told[2].find("nobody"), std::string::npos) << told[2];
  const auto none = refused([] { return accounts("enterprise,weight\npacks,1\n"); });
  ASSERT_FALSE(none.empty());
  EXPECT_NE(none.back().find("revenue, final_demand and cost"), std::string::npos) << none.back();
}

}  // namespace
