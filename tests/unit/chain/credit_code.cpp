#include "chainqual/chain/credit_code.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace chainqual {
namespace {

using State = CreditCodeState;

State state_of(std::string_view code) {
  return judge_credit_code(code).state;
}

TEST(CreditCode, AcceptsValidCodesAndWarnsOfTheInnerCheckAlone) {
  for (const auto* code : {"914403001922038216", "9144030071526726XG", "91350100M000100Y43"}) {
    EXPECT_EQ(state_of(code), State::valid) << code;
  }
  for (const auto* code : {"91120116MA06AAAA09", "91120000000000001M", "5212000000000000AJ"}) {
    EXPECT_EQ(state_of(code), State::organization_check) << code;
    EXPECT_TRUE(is_acceptable(state_of(code)));
  }
}

TEST(CreditCode, NamesTheCheckCharacterThatTheOthersAskFor) {
  const auto verdict = judge_credit_code("91120116MA06AAAA08");
  EXPECT_EQ(verdict, (CreditCodeVerdict{State::wrong_check, 18, '9', {}}));
  EXPECT_EQ(credit_code_rule(verdict).en,
            "the check character is wrong (GB 32100-2015): the first 17 characters ask for 9 at position 18");
  EXPECT_EQ(credit_code_rule(verdict).zh, "信用代码校验位不符（GB 32100-2015）：第 18 位按前 17 位应为 9");
  EXPECT_EQ(credit_code_fix(verdict).en,
            "compare it with the business licence and correct it; it is never corrected for you");
}

TEST(CreditCode, NamesThePositionOfALetterThatIsNeverUsed) {
  const auto verdict = judge_credit_code("91120116MI06AAAA09");
  EXPECT_EQ(verdict, (CreditCodeVerdict{State::wrong_character, 10, 0, {}}));
  EXPECT_EQ(credit_code_rule(verdict).en,
            "position 10 of the credit code is not allowed (digits and capitals other than I, O, S, V, Z)");
  for (const char letter : std::string_view("IOSVZ")) {
    std::string code = "914403001922038216";
    code[5] = letter;
    EXPECT_EQ(judge_credit_code(code), (CreditCodeVerdict{State::wrong_character, 6, 0, {}})) << letter;
  }
  EXPECT_EQ(judge_credit_code("9144030019220382天6").position, 17U) << "positions count characters, not bytes";
}

TEST(CreditCode, KnowsOtherLengths) {
  EXPECT_EQ(state_of("91120116MA06AAAA"), State::wrong_length);
  EXPECT_EQ(state_of("9144030019220382160"), State::wrong_length);
  EXPECT_EQ(state_of("120000000000001"), State::old_registration);
  EXPECT_EQ(state_of("12345678X"), State::old_organization);
  EXPECT_EQ(state_of(""), State::missing);
  EXPECT_EQ(state_of("  "), State::missing);
  EXPECT_EQ(state_of(std::string(100'000, '9')), State::wrong_length);
}

TEST(CreditCode, TakesASpreadsheetsNumberForWhatItIs) {
  for (const auto* code : {"9.14403E+17", "9.14E17", "9E+17", "914403001922038000"}) {
    const auto verdict = judge_credit_code(code);
    EXPECT_EQ(verdict.state, State::precision_lost) << code;
    EXPECT_EQ(credit_code_rule(verdict).en, "precision lost: a spreadsheet took the credit code for a number");
    EXPECT_EQ(credit_code_fix(verdict).zh, "从原始资料重新录入，并先把该列设为文本格式");
  }
}

TEST(CreditCode, OffersToRaiseAndNarrowButNeverChangesACharacter) {
  for (const auto* code : {"9144030071526726xg", "９１４４０３００７１５２６７２６ＸＧ", " 9144030071526726XG\t",
                           "91440300 71526726 XG"}) {
    const auto verdict = judge_credit_code(code);
    EXPECT_EQ(verdict, (CreditCodeVerdict{State::repairable, 0, 0, "9144030071526726XG"})) << code;
    EXPECT_EQ(credit_code_fix(verdict).en, "write it as 9144030071526726XG");
  }
  EXPECT_EQ(state_of("9144030071526726xh"), State::wrong_check) << "narrowing does not make it valid";
}

TEST(CreditCode, FindsEverySingleWrongCharacter) {
  const std::string good = "9144030071526726XG";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
      if (c == good[i]) continue;
      std::string bad = good;
      bad[i] = c;
      EXPECT_EQ(state_of(bad), State::wrong_check) << bad;
    }
  }
}

TEST(CreditCode, CheckCharactersNeedTheirAlphabetAndLength) {
  static_assert(credit_code_check("91440300192203821") == '6');
  static_assert(organization_code_check("71526726") == 'X');
  static_assert(organization_code_check("00000000") == '0');
  EXPECT_EQ(credit_code_check("9144030019220382"), std::nullopt);
  EXPECT_EQ(credit_code_check("9144030019220382I"), std::nullopt);
  EXPECT_EQ(organization_code_check("1234567"), std::nullopt);
  EXPECT_EQ(organization_code_check("1234567a"), std::nullopt);
}

}  // namespace
}  // namespace chainqual
