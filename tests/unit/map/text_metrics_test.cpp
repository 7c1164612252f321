#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "chainqual/map/text_metrics.hpp"

namespace chainqual {
namespace {

TEST(TextWidth, HanIsOneEmAndLatinIsNarrower) {
  EXPECT_DOUBLE_EQ(text_width("质量图谱", 10), 40);
  EXPECT_DOUBLE_EQ(text_width("𠮷", 10), 10);
  EXPECT_DOUBLE_EQ(text_width("", 10), 0);
  EXPECT_LT(text_width("iiii", 10), text_width("WWWW", 10));
  EXPECT_LT(text_width("Latin", 10), 50);
  EXPECT_GT(text_width("Latin", 10, true), text_width("Latin", 10, false));
}

TEST(TextWidth, CombiningAndInvisibleCharactersTakeNoRoom) {
  EXPECT_DOUBLE_EQ(text_width("e\u0301", 10), text_width("e", 10));
  EXPECT_DOUBLE_EQ(text_width("\u202e中\u200b", 10), 10);
}

TEST(TextWidth, MalformedBytesCountAsOneCharacterEach) {
  EXPECT_DOUBLE_EQ(text_width("\xff\xfe", 10), 20);
  EXPECT_DOUBLE_EQ(text_width("\xe4\xb8", 10), 20);  // the beginning of a Han character
}

TEST(FitText, KeepsWhatFitsAndCutsWithEllipsis) {
  EXPECT_EQ(fit_text("质量图谱", 40, 10), "质量图谱");
  EXPECT_EQ(fit_text("质量图谱", 39, 10), "质量…");
  EXPECT_EQ(fit_text("质量图谱", 9, 10), "");
  EXPECT_EQ(fit_text("质量、图谱", 45, 10), "质量…") << "no separator before the ellipsis";
  EXPECT_EQ(fit_text("  a\tb\n", 100, 10), "a b");
}

TEST(WrapText, BreaksBetweenHanAndAtSpaces) {
  EXPECT_EQ(wrap_text("质量图谱", 20, 10, false, 5), (std::vector<std::string>{"质量", "图谱"}));
  EXPECT_EQ(wrap_text("one two three", 45, 10, false, 5), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap_text("   ", 45, 10, false, 5), std::vector<std::string>{});
}

TEST(WrapText, NoLineBeginsWithClosingOrEndsWithOpeningPunctuation) {
  EXPECT_EQ(wrap_text("上游，下游", 20, 10, false, 5), (std::vector<std::string>{"上", "游，", "下游"}));
  EXPECT_EQ(wrap_text("上（下）", 20, 10, false, 5), (std::vector<std::string>{"上", "（下", "）"}))
      << "where no allowed break fits, the line is broken all the same";
}

TEST(WrapText, LongWordIsBrokenAndLastLineCut) {
  EXPECT_EQ(wrap_text("aaaaaaaa", 24, 10, false, 9), (std::vector<std::string>{"aaaa", "aaaa"}));
  const auto lines = wrap_text("质量图谱质量图谱", 20, 10, false, 2);
  EXPECT_EQ(lines, (std::vector<std::string>{"质量", "图…"}));
}

RC_GTEST_PROP(WrapText, EveryLineFitsAndNothingIsLostWithoutALimit, (std::vector<std::uint8_t> picks)) {
  static constexpr const char* pieces[] = {"中", "文", "，", "（", "）", " ", "word", "W", "i", "é", "★", "\u3000"};
  std::string text;
  for (const auto pick : picks) text += pieces[pick % std::size(pieces)];
  const double width = 45;
  std::string kept;
  for (const auto& line : wrap_text(text, width, 10, false, 1000)) {
    RC_ASSERT(text_width(line, 10) <= width + 1e-9);
    kept += line;
  }
  const auto without_blanks = [](std::string words) {
    std::string left;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == ' ') continue;
      if (words.compare(i, 3, "\u3000") == 0) {
        i += 2;
        continue;
      }
      left += words[i];
    }
    return left;
  };
  RC_ASSERT(without_blanks(kept) == without_blanks(text));
  RC_ASSERT(text_width(fit_text(text, width, 10), 10) <= width + 1e-9);
}

}  // namespace
}  // namespace chainqual
