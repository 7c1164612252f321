#include "chainqual/io/cell.hpp"

#include "chainqual/chain/stage.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

const CellPlace place{3, 4, "c"};

template <class Read>
std::string outcome(Findings& findings, bool repair, Read&& read) {
  CellConverter converter("t.csv", findings, repair);
  const auto value = read(converter);
  if (!value.has_value()) return value.is_bad() ? "bad" : "missing";
  if constexpr (std::is_same_v<std::decay_t<decltype(value.value())>, std::string>) {
    return value.value();
  } else if constexpr (std::is_same_v<std::decay_t<decltype(value.value())>, bool>) {
    return value.value() ? "true" : "false";
  } else {
    return std::string(key_of(value.value()));
  }
}

std::string date(std::string_view cell, Findings& findings, bool repair = false) {
  return outcome(findings, repair, [&](CellConverter& c) { return c.date(cell, place); });
}
std::string grade(std::string_view cell, Findings& findings, bool repair = false) {
  return outcome(findings, repair, [&](CellConverter& c) { return c.grade(cell, place); });
}

TEST(CellDate, TakesEveryFormThatIsPlain) {
  for (const auto& [cell, value] :
       std::vector<std::pair<std::string, std::string>>{{"2025-03-01", "2025-03-01"},
                                                        {"2025/3/1", "2025-03-01"},
                                                        {"2025.3.1", "2025-03-01"},
                                                        {"20250301", "2025-03-01"},
                                                        {"2025年3月1日", "2025-03-01"},
                                                        {"2025 年 3 月 1 号", "2025-03-01"},
                                                        {"2025年3月", "2025-03"},
                                                        {"2025-03", "2025-03"},
                                                        {"2025/3", "2025-03"},
                                                        {"2025.03", "2025-03"},
                                                        {"2025年", "2025"},
                                                        {"2025", "2025"},
                                                        {"45717", "2025-03-01"},
                                                        {"18264", "1950-01-01"},
                                                        {"36585", "2000-02-29"},
                                                        {"73050", "2099-12-31"},
                                                        {"2024-02-29", "2024-02-29"},
                                                        {"2025-03-01 00:00:00", "2025-03-01"},
                                                        {"2025.2", "2025-02"},
                                                        {"", "missing"},
                                                        {"待定", "missing"}}) {
    Findings findings;
    EXPECT_EQ(date(cell, findings), value) << cell;
    EXPECT_TRUE(findings.empty()) << cell << en(findings);
  }
}

TEST(CellDate, ATimeOfDayIsLeftOutAndSaid) {
  for (const std::string cell : {"2025-03-01 08:30", "2025-03-01T08:30:00Z", "45717.5"}) {
    Findings findings;
    EXPECT_EQ(date(cell, findings), "2025-03-01") << cell;
    EXPECT_EQ(findings.kept().at(0).rule.en, "the day was taken and the time of day left out");
  }
}

TEST(CellDate, WhatIsNoDateSaysWhy) {
  for (const auto& [cell, rule] :
       std::vector<std::pair<std::string, std::string>>{{"2025-XX-XX", "part of the date is unknown"},
                                                        {"2025-02-30", "there is no such day"},
                                                        {"2025-13-01", "there is no such day"},
                                                        {"2023-02-29", "there is no such day"},
                                                        {"20250230", "there is no such day"},
                                                        {"3/1/2025", "day and month can be read in two ways"},
                                                        {"2025.1", "January or October can be read"},
                                                        {"25-3-1", "the year has two digits only"},
                                                        {"25年3月", "the year has two digits only"},
                                                        {"1025-03-01", "the year must lie between 1900 and 2199"},
                                                        {"#REF!", "an error value of a spreadsheet"},
                                                        {"soon", "not a date"},
                                                        {"202503", "not a date"},
                                                        {"3月4日", "not a date"},
                                                        {"12", "not a date"}}) {
    Findings findings;
    EXPECT_EQ(date(cell, findings), "bad") << cell;
    ASSERT_EQ(findings.kept().size(), 1U) << cell;
    EXPECT_EQ(findings.kept()[0].rule.en, rule) << cell;
  }
  Findings findings;
  static_cast<void>(date("2025-02-30", findings));
  EXPECT_EQ(zh(findings), "t.csv:4：“c”列（第 3 条记录）：值 «2025-02-30»：没有这一天。修改办法：请改正年月日。\n");
}

TEST(CellDate, FullWidthIsRepairable) {
  Findings strict;
  EXPECT_EQ(date("２０２５－０３－０１", strict), "bad");
  Findings repaired;
  EXPECT_EQ(date("２０２５－０３－０１", repaired, true), "2025-03-01");
  EXPECT_EQ(repaired.count(FindingLevel::info), 1U);
}

TEST(CellGrade, ManySpellingsAreOneGrade) {
  for (const std::string cell :
       {"★★", "**", "II", "Ⅱ", "2级", "二级", "重要", "2", "important", "Important", "重要问题", " 2 级 ", "II级"}) {
    Findings findings;
    EXPECT_EQ(grade(cell, findings), "important") << cell << en(findings);
  }
  for (const std::string cell : {"", "-", "无"}) {
    Findings findings;
    EXPECT_EQ(grade(cell, findings), "missing") << cell;
  }
  Findings repaired;
  EXPECT_EQ(grade("＊＊", repaired, true), "important");
}

TEST(CellGrade, AnythingElseIsAnError) {
  for (const std::string cell : {"4", "★★★★", "2星", "高"}) {
    Findings findings;
    EXPECT_EQ(grade(cell, findings), "bad") << cell;
  }
  Findings findings;
  EXPECT_EQ(grade("重耍", findings), "bad");
  EXPECT_EQ(zh(findings),
            "t.csv:4：“c”列（第 3 条记录）：值 "
            "«重耍»：不认识的取值。修改办法：是否指“重要”？可用的值：未分级、一般、重要、关键。\n");
}

TEST(CellWord, TakesAnyNameAndSuggestsTheNearest) {
  const auto stage = [](std::string_view cell, Findings& findings) {
    return outcome(findings, false, [&](CellConverter& c) { return c.word<Stage>(cell, place); });
  };
  Findings findings;
  EXPECT_EQ(stage(" 上游 ", findings), "upstream");
  EXPECT_EQ(stage("Upstream", findings), "upstream");
  EXPECT_EQ(stage("中", findings), "midstream");
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(stage("upsteam", findings), "bad");
  EXPECT_EQ(
      en(findings),
      "t.csv:4: column 'c' (record 3): value «upsteam»: the word is none of those known. Fix: is 'upstream' meant? "
      "Else use one of: upstream, midstream, downstream.\n");
}

TEST(CellBoolean, TakesYesAndNoInBothLanguages) {
  const auto boolean = [](std::string_view cell, Findings& findings) {
    return outcome(findings, false, [&](CellConverter& c) { return c.boolean(cell, place); });
  };
  Findings findings;
  for (const std::string cell : {"是", "有", "TRUE", "yes", "1", "√", "Y"}) EXPECT_EQ(boolean(cell, findings), "true");
  for (const std::string cell : {"否", "无", "false", "No", "0", "×", "n"}) EXPECT_EQ(boolean(cell, findings), "false");
  for (const std::string cell : {"", "-", "待定"}) EXPECT_EQ(boolean(cell, findings), "missing");
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(boolean("maybe", findings), "bad");
}

TEST(CellCreditCode, JudgesAndNeverCorrects) {
  const auto code = [](std::string_view cell, Findings& findings, bool repair = false) {
    return outcome(findings, repair, [&](CellConverter& c) { return c.credit_code(cell, place); });
  };
  Findings good;
  EXPECT_EQ(code(" 914403001922038216 ", good), "914403001922038216");
  EXPECT_EQ(code("", good), "missing");
  EXPECT_TRUE(good.empty()) << en(good);
  for (const std::string cell : {"91120116MA06AAAA08", "91120116MI06AAAA09", "91120116MA06AAAA", "9.14403E+17"}) {
    Findings findings;
    EXPECT_EQ(code(cell, findings), "bad") << cell;
    EXPECT_EQ(findings.count(FindingLevel::error), 1U);
    EXPECT_FALSE(findings.kept()[0].rule.zh.empty());
  }
  Findings warned;
  EXPECT_EQ(code("91120116MA06AAAA09", warned), "91120116MA06AAAA09");
  EXPECT_EQ(warned.count(FindingLevel::warning), 1U) << "its inner check fails";
  Findings lower;
  EXPECT_EQ(code("91350100m000100y43", lower), "bad");
  Findings mended;
  EXPECT_EQ(code("91350100m000100y43", mended, true), "91350100M000100Y43");
  EXPECT_EQ(mended.count(FindingLevel::info), 1U);
}

TEST(CellText, TrimsEverySpaceAroundAndKeepsThoseInside) {
  EXPECT_EQ(trimmed("　 \t\xC2\xA0 天津 海光　公司\xE2\x80\x8B\r\n"), "天津 海光　公司");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed("\u200F名"), "\u200F名") << "right-to-left marks belong to the name";
  EXPECT_EQ(half_width("ＡＢ１２　，；～−"), "AB12 ,;~-");
}

TEST(CellList, SplitsAtEverySeparatorAndDropsEmptyElements) {
  EXPECT_EQ(split_list("a; b；c、d;;"), (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_EQ(split_list("-"), (std::vector<std::string>{}));
  EXPECT_EQ(split_list("a\\;b;c:\\d"), (std::vector<std::string>{"a;b", "c:\\d"}));
  EXPECT_EQ(split_list("\\无"), (std::vector<std::string>{"无"}));
}

}  // namespace
