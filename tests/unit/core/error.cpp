#include "chainqual/core/error.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>

namespace {

using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::Finding;
using chainqual::FindingLevel;
using chainqual::Findings;
using chainqual::Language;
using chainqual::shown_value;

Finding whole_finding() {
  return {FindingLevel::error,
          ErrorCode::invalid_value,
          {"problems.csv", 3, 5, "impact", 0},
          "6",
          {"评分必须在 1 到 5 之间", "a score must lie between 1 and 5"},
          {"请改为 1 到 5 的数", "write a number from 1 to 5"}};
}

TEST(ErrorCode, AnyIntegerIsDescribedInBothLanguages) {
  std::set<std::string> names;
  for (int number = -3; number <= 40; ++number) {
    const auto text = chainqual::describe(static_cast<ErrorCode>(number));
    EXPECT_FALSE(text.zh.empty());
    EXPECT_FALSE(text.en.empty());
    const bool known = number >= 0 && number <= static_cast<int>(ErrorCode::conflict);
    EXPECT_EQ(chainqual::name_of(static_cast<ErrorCode>(number)) != "unknown", known) << number;
    if (known) names.emplace(chainqual::name_of(static_cast<ErrorCode>(number)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorCode::conflict) + 1);
  EXPECT_EQ(chainqual::describe(static_cast<ErrorCode>(std::numeric_limits<std::int32_t>::min())).en,
            "unknown error code -2147483648");
}

TEST(Finding, IsOneLineWithPlaceValueRuleAndFix) {
  EXPECT_EQ(to_string(whole_finding(), Language::en),
            "problems.csv:5: column 'impact' (record 3): value «6»: a score must lie between 1 and 5. "
            "Fix: write a number from 1 to 5.");
  EXPECT_EQ(
      to_string(whole_finding(), Language::zh),
      "problems.csv:5：“impact”列（第 3 条记录）：值 «6»：评分必须在 1 到 5 之间。修改办法：请改为 1 到 5 的数。");
}

TEST(Finding, LeavesOutWhatItLacks) {
  Finding finding;
  finding.code = ErrorCode::missing_value;
  EXPECT_EQ(to_string(finding, Language::en), "a required value is missing.");
  EXPECT_EQ(to_string(finding, Language::zh), "缺少必填的值。");
  finding.where.byte = 7;
  EXPECT_EQ(to_string(finding, Language::en), "(byte 7): a required value is missing.");
  finding.where.line = 2;
  EXPECT_EQ(to_string(finding, Language::en), "line 2 (byte 7): a required value is missing.");
  EXPECT_EQ(to_string(finding, Language::zh), "第 2 行（第 7 字节）：缺少必填的值。");
  finding.where.record = 1;
  EXPECT_EQ(to_string(finding, Language::en), "line 2 (record 1, byte 7): a required value is missing.");
}

TEST(Finding, DoesNotDoubleFullStops) {
  Finding finding = whole_finding();
  finding.rule = {"规则。", "The rule."};
  finding.fix = {"办法！", "The fix?"};
  EXPECT_TRUE(to_string(finding, Language::en).ends_with(": The rule. Fix: The fix?"));
  EXPECT_TRUE(to_string(finding, Language::zh).ends_with("：规则。修改办法：办法！"));
}

TEST(Finding, NeverBreaksItsLineWhateverTheFileHeld) {
  Finding finding = whole_finding();
  finding.where.file = "evil\n.csv";
  finding.where.column = "a\r\nb";
  finding.value = "x\x1B[2Jy";
  finding.rule.en = "broken\nrule";
  for (const Language language : {Language::zh, Language::en}) {
    for (const char c : to_string(finding, language)) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20);
  }
}

TEST(ShownValue, EscapesWhatWouldBreakHideOrReorder) {
  EXPECT_EQ(shown_value("plain 文字 é"), "plain 文字 é");
  EXPECT_EQ(shown_value("a\nb\rc\td"), "a\\nb\\rc\\td");
  EXPECT_EQ(shown_value(std::string_view("\0\x1B\x7F", 3)), "\\x00\\x1B\\x7F");
  EXPECT_EQ(shown_value("\xE2\x80\xAE"
                        "exe.csv"),
            "\\u{202E}exe.csv");  // right-to-left override
  EXPECT_EQ(shown_value("\xEF\xBB\xBF"
                        "id"),
            "\\u{FEFF}id");  // byte order mark
  EXPECT_EQ(shown_value("\xC2\x85"), "\\u{0085}");
  EXPECT_EQ(shown_value("\xF3\xA0\x80\xA1"), "\\u{E0021}");  // a tag character
}

TEST(ShownValue, ShowsBytesThatAreNotUtf8AsSuch) {
  EXPECT_EQ(shown_value("\xB3\xA7\xC9\xCC"), "\\xB3\\xA7\\xC9\\xCC");  // GB18030, none of it a strict sequence
  EXPECT_EQ(shown_value("\xE4\xB8"), "\\xE4\\xB8");                    // cut in the middle
  EXPECT_EQ(shown_value("\xC0\xAF"), "\\xC0\\xAF");                    // overlong
  EXPECT_EQ(shown_value("\xED\xA0\x80"), "\\xED\\xA0\\x80");           // a surrogate
  EXPECT_EQ(shown_value("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80");  // beyond the last character
  EXPECT_EQ(shown_value("\xFF"), "\\xFF");
}

TEST(ShownValue, CutsAfterEightyCharactersNotBytes) {
  std::string eighty;
  for (int i = 0; i < 80; ++i) eighty += "质";
  EXPECT_EQ(shown_value(eighty), eighty);
  EXPECT_EQ(shown_value(eighty + "量"), eighty + "…");
  EXPECT_EQ(shown_value("abc", 2), "ab…");
  EXPECT_EQ(shown_value("", 0), "");
}

TEST(Findings, KeepTheFirstAndCountAll) {
  Findings findings(2);
  EXPECT_TRUE(findings.empty());
  for (int i = 0; i < 5; ++i) findings.add(whole_finding());
  findings.add(Finding{FindingLevel::warning, ErrorCode::suspicious, {}, {}, {}, {}});
  Findings sum(3);
  sum.add(findings);
  sum.add(findings);
  EXPECT_EQ(findings.kept().size(), 2U);
  EXPECT_EQ(findings.count(FindingLevel::error), 5U);
  EXPECT_EQ(sum.total(), 12U);
  EXPECT_EQ(sum.kept().size(), 3U);
}

TEST(Findings, ThrowOnlyForErrorsAndSayHowMany) {
  Findings findings;
  findings.add(Finding{FindingLevel::warning, ErrorCode::suspicious, {}, {}, {}, {}});
  EXPECT_NO_THROW(chainqual::throw_if_errors(findings));
  findings.add(whole_finding());
  try {
    chainqual::throw_if_errors(findings);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_EQ(error.message().en, to_string(whole_finding(), Language::en));
    EXPECT_EQ(error.findings().total(), 2U);
  }
  findings.add(whole_finding());
  const Error error = chainqual::error_from(findings);
  EXPECT_TRUE(std::string(error.what()).starts_with("2 errors, the first: problems.csv:5"));
  EXPECT_TRUE(error.message().zh.starts_with("共 2 处错误，第一处：problems.csv:5"));
}

// A finding that no list kept (limit 0) still makes an error, without a place to quote.
TEST(Findings, CountedButNotKeptErrorsStillThrow) {
  Findings none_kept(0);
  none_kept.add(whole_finding());
  EXPECT_THROW(chainqual::throw_if_errors(none_kept), Error);
}

}  // namespace
