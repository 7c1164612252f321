#include "chainqual/io/text.hpp"

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

// 天津,质量 in GB 2312.
const std::string gb_names = "\xCC\xEC\xBD\xF2,\xD6\xCA\xC1\xBF\n";

TEST(Text, DropsTheUtf8Mark) {
  Findings findings;
  const auto file = text_of("\xEF\xBB\xBFid,名称\n", findings);
  EXPECT_EQ(file.text(), "id,名称\n");
  EXPECT_TRUE(file.had_mark());
  EXPECT_EQ(file.original(file.text().substr(0, 2)), "id");
  EXPECT_EQ(file.original_offset(0), 3U);
  EXPECT_TRUE(findings.empty());
}

TEST(Text, ReadsGb18030OfTheWholeFileAndSaysSo) {
  Findings findings;
  const auto file = text_of(gb_names, findings);
  EXPECT_EQ(file.text(), "天津,质量\n");
  EXPECT_EQ(file.encoding(), Encoding::gb18030);
  EXPECT_EQ(en(findings), "t.csv: the file is in GB18030 and was read as such.\n");
  EXPECT_EQ(zh(findings), "t.csv：文件编码为 GB18030，已按此读取。\n");
}

TEST(Text, GivesBackTheOriginalBytesOfGb18030) {
  Findings findings;
  std::string long_text;
  for (int i = 0; i < 20000; ++i) long_text += gb_names;
  const auto file = text_of(long_text, findings);
  ASSERT_TRUE(file.readable());
  const auto at = file.text().find("质量", file.text().size() / 2);
  EXPECT_EQ(file.original(file.text().substr(at, 6)), "\xD6\xCA\xC1\xBF");
  EXPECT_EQ(file.original(file.text()), long_text);
}

TEST(Text, OneBadByteInUtf8IsAnErrorAndNotGb18030) {
  // The file without the bad byte is UTF-8; with it, its bytes happen to be strict GB18030 too.
  const std::string bad = "id,name\nE1,天\xB0津港\n";
  std::string as_gb;
  ASSERT_EQ(append_gb18030(bad, as_gb), std::nullopt) << "the case must be one that GB18030 would take";
  Findings findings;
  const auto file = text_of(bad, findings);
  EXPECT_FALSE(file.readable());
  EXPECT_EQ(
      en(findings),
      "t.csv:2 (byte 15): value «0xB0»: the file is UTF-8 but for this byte; it is not taken for GB18030. Fix: mend "
      "the text there and save it as UTF-8; if it is GB18030, state the encoding.\n");
  EXPECT_EQ(zh(findings),
            "t.csv:2（第 15 字节）：值 «0xB0»：文件基本是 UTF-8，但该字节不是；不会当作 GB18030 猜读。修改办法："
            "请改正该处文字并保存为 UTF-8；若确为 GB18030，请指明编码。\n");
}

TEST(Text, AStrayByteInAsciiIsAnErrorAndNotGb18030) {
  Findings findings;
  const auto file = text_of("id,name\nE1,caf\xE9s\n", findings);
  EXPECT_FALSE(file.readable());
  EXPECT_EQ(
      en(findings),
      "t.csv:2 (byte 15): value «0xE9»: the byte is not UTF-8, and the text does not look like Chinese in GB18030. "
      "Fix: save the file as UTF-8; if it is GB18030, state the encoding.\n");
}

TEST(Text, BytesThatAreNeitherNameBothPlaces) {
  Findings findings;
  const auto file = text_of("id\n\xCC\xEC\xBD\xF2\xFF\n", findings);
  EXPECT_FALSE(file.readable());
  EXPECT_EQ(en(findings),
            "t.csv:2 (byte 8): value «0xFF»: the file is neither UTF-8 (byte 4 is not) nor GB18030 (this byte is not). "
            "Fix: save the file again as UTF-8.\n");
}

TEST(Text, AStatedEncodingIsNotGuessedAt) {
  Findings findings;
  const auto gb = decode_text(FileBytes::of("\xCC\xEC"), "t", Encoding::gb18030, findings);
  EXPECT_EQ(gb.text(), "天");
  const auto utf8 = decode_text(FileBytes::of(gb_names), "t", Encoding::utf8, findings);
  EXPECT_FALSE(utf8.readable());
  EXPECT_EQ(findings.count(FindingLevel::error), 1U);
}

TEST(Text, NamesUtf16WithAndWithoutItsMark) {
  const std::string little("i\0d\0,\0n\0\n\0", 10);
  for (const auto& [content, name] : std::vector<std::pair<std::string, std::string>>{
           {"\xFF\xFE" + little, "little"}, {std::string("\xFE\xFF\0i", 4), "big"}, {little, "little"}}) {
    Findings findings;
    EXPECT_FALSE(text_of(content, findings).readable());
    EXPECT_EQ(en(findings), "t.csv: a text file belongs here, but this is UTF-16 text (" + name +
                                "-endian). Fix: save the file again as UTF-8.\n");
  }
}

TEST(Text, ANulByteIsAnErrorWithItsPlace) {
  Findings findings;
  EXPECT_FALSE(
      text_of(std::string("id,name\nE1,ab\0c and more text that is not UTF-16 at all\n", 56), findings).readable());
  EXPECT_EQ(zh(findings),
            "t.csv:2（第 14 字节）：值 «0x00»：文本中有 NUL 字节。修改办法：请删除该字节，或重新导出文件。\n");
}

TEST(Text, NamesWhatAFileIsThatIsNotText) {
  const std::vector<std::pair<std::string, std::string>> files{
      {std::string("PK\x03\x04\x14\0\0\0[Content_Types].xml", 27), "an Excel workbook (XLSX)"},
      {std::string("PK\x03\x04\x14\0\0\0a.txt", 13), "a ZIP archive"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "an old Office file (such as XLS)"},
      {"%PDF-1.7\n", "a PDF document"},
      {"  <!DOCTYPE HTML><table>", "an HTML page"},
      {"\x1F\x8B\x08", "a gzip archive"}};
  for (const auto& [content, name] : files) {
    Findings findings;
    EXPECT_FALSE(text_of(content, findings).readable());
    ASSERT_EQ(findings.kept().size(), 1U);
    EXPECT_EQ(findings.kept()[0].code, ErrorCode::wrong_format);
    EXPECT_EQ(findings.kept()[0].rule.en, "a text file belongs here, but this is " + name);
  }
}

TEST(Text, Gb18030FollowsThe2022EditionWhereDecodersDisagree) {
  const std::vector<std::pair<std::string, std::string>> pinned{
      {"\xA6\xD9", "\uFE10"}, {"\xA6\xDA", "\uFE12"}, {"\xA6\xF3", "\uFE19"},        {"\xA8\xBC", "\u1E3F"},
      {"\xFE\x51", "\uE816"}, {"\xFE\x59", "\u9FB4"}, {"\xFE\x91", "\uE855"},        {"\xFE\xA0", "\u9FBB"},
      {"\xA2\xE3", "€"},      {"\xA3\xA0", "\u3000"}, {"\x81\x35\xF4\x37", "\uE7C7"}};
  for (const auto& [bytes, character] : pinned) {
    std::string decoded;
    EXPECT_EQ(append_gb18030(bytes, decoded), std::nullopt);
    EXPECT_EQ(decoded, character);
  }
}

TEST(Text, Gb18030KeepsRareCharactersOfNames) {
  std::string decoded;
  EXPECT_EQ(append_gb18030("\x95\x34\xB2\x35", decoded), std::nullopt);  // 𠮷
  EXPECT_EQ(decoded, "𠮷");
}

TEST(Text, StrictUtf8RefusesOverlongSurrogateAndTooLarge) {
  EXPECT_EQ(first_invalid_utf8("天津𠮷 and a long tail of plain ASCII text, more than 32 bytes"), std::nullopt);
  for (const std::string bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                                "\xE5\xA4", "\x80", "\xFF"}) {
    const std::string text = "津, ascii ascii ascii ascii ascii ascii " + bad;
    EXPECT_EQ(first_invalid_utf8(text), text.size() - bad.size()) << shown_value(bad);
  }
}

TEST(Text, AnEmptyFileIsText) {
  Findings findings;
  EXPECT_TRUE(text_of("", findings).readable());
  EXPECT_TRUE(findings.empty());
}

}  // namespace
