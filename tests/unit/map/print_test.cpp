// PDF and PNG: the same drawing, on sheets of any size.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "chainqual/core/error.hpp"
#include "chainqual/map/print.hpp"
#include "unit/tableio/workspace.hpp"

namespace chainqual {
namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

/// Every kind of item, wider than high; texts in both scripts.
Scene made_scene() {
  Scene scene;
  scene.width = 900;
  scene.height = 500;
  scene.title = "测试产业链质量图谱";
  scene.description = "12 家企业";
  scene.frames.push_back({FrameRole::page, {0, 0, 900, 500}, 0});
  scene.items.emplace_back(SceneRect{{10, 10, 300, 80}, 8, "#eaf4f8", "#0f6f94", 2});
  scene.items.emplace_back(SceneRect{{10, 110, 300, 80}, 0, "", "#b4641a", 1});
  PathData curve;
  curve.move(310, 50).curve(400, 50, 400, 150, 490, 150).line(500, 160).close();
  scene.items.emplace_back(ScenePath{std::move(curve).take(), "#ffffff", "#1f4e79", 1.5, "6 4", 0.9});
  scene.items.emplace_back(SceneGroup{true, "card", "tooltip"});
  scene.items.emplace_back(SceneText{"质量阶梯", 20, 50, 14, true, Anchor::start, "#1f2a37", 0});
  scene.items.emplace_back(SceneText{"Enterprise", 160, 150, 12, false, Anchor::middle, "#1f2a37", 0});
  scene.items.emplace_back(SceneText{"★★★", 880, 40, 12, false, Anchor::end, "#a8233c", 0});
  scene.items.emplace_back(SceneGroup{false, {}, {}});
  return scene;
}

/// What an independent reader (pdftotext, pdfinfo) says of a PDF.
std::string read_by(const std::string& tool, const std::string& pdf) {
  const testing::Workspace workspace;
  std::ofstream(workspace.path("map.pdf"), std::ios::binary) << pdf;
  const std::string out = workspace.path("out.txt").string();
  const std::string in = workspace.path("map.pdf").string();
  const std::string command =
      tool == "pdftotext" ? "pdftotext -layout '" + in + "' '" + out + "'" : "pdfinfo '" + in + "' > '" + out + "'";
  if (std::system(command.c_str()) != 0) return "failed: " + command;
  std::ifstream text(out);
  return {std::istreambuf_iterator<char>(text), {}};
}

TEST(Print, PdfHoldsEveryTextOnOnePage) {
  if (!can_print()) return;  // then PrintWithout holds
  const std::string pdf = to_pdf(made_scene());
  ASSERT_TRUE(pdf.starts_with("%PDF-"));
  const std::string info = read_by("pdfinfo", pdf);
  EXPECT_NE(info.find("Pages:           1\n"), std::string::npos) << info;
  EXPECT_NE(info.find(made_scene().title), std::string::npos) << info;
  const std::string text = read_by("pdftotext", pdf);
  for (const char* wanted : {"质量阶梯", "Enterprise", "★★★"})
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
}

TEST(Print, SheetsHaveTheirSizeAndLieAsTheDrawingDoes) {
  if (!can_print()) return;  // then PrintWithout holds
  struct Case {
    Paper paper;
    double less;
    double more;
  };
  for (const auto& [paper, less, more] :
       {Case{Paper::a4, 595.28, 841.89}, Case{Paper::a3, 841.89, 1190.55}, Case{Paper::a2, 1190.55, 1683.78},
        Case{Paper::a1, 1683.78, 2383.94}, Case{Paper::a0, 2383.94, 3370.39}}) {
    PrintOptions options;
    options.paper = paper;
    const std::string info = read_by("pdfinfo", to_pdf(made_scene(), options));
    const auto at = info.find("Page size:");
    ASSERT_NE(at, std::string::npos) << info;
    double width = 0;
    double height = 0;
    ASSERT_EQ(std::sscanf(info.c_str() + at, "Page size: %lf x %lf", &width, &height), 2) << info;
    EXPECT_NEAR(std::min(width, height), less, 0.1);
    EXPECT_NEAR(std::max(width, height), more, 0.1);
    EXPECT_EQ(width > height, made_scene().width > made_scene().height);
  }
}

TEST(Print, PngHasTheSheetsDotsAndStatesThem) {
  if (!can_print()) return;  // then PrintWithout holds
  PrintOptions options;
  options.paper = Paper::a4;
  options.dpi = 60;
  const std::string png = to_png(made_scene(), options);
  ASSERT_TRUE(png.starts_with("\x89PNG\r\n\x1A\n"));
  const auto width = number_at(png, 16);
  const auto height = number_at(png, 20);
  EXPECT_EQ(std::min(width, height), 496U);  // 210 mm
  EXPECT_EQ(std::max(width, height), 702U);  // 297 mm
  EXPECT_EQ(png.substr(37, 4), "pHYs");
  EXPECT_EQ(number_at(png, 41), 2362U);  // 60 / 0.0254
}

TEST(Print, SameSceneSameBytes) {
  if (!can_print()) return;  // then PrintWithout holds
  EXPECT_EQ(to_pdf(made_scene()), to_pdf(made_scene()));
  PrintOptions options;
  options.dpi = 40;
  EXPECT_EQ(to_png(made_scene(), options), to_png(made_scene(), options));
}

TEST(Print, WrongOptionsAreRefused) {
  if (!can_print()) return;  // then PrintWithout holds
  const auto code = [&](const PrintOptions& options) {
    try {
      (void)to_png(made_scene(), options);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  PrintOptions few;
  few.dpi = 29;
  EXPECT_EQ(code(few), ErrorCode::invalid_argument);
  PrintOptions wide;
  wide.paper = Paper::a4;
  wide.margin_mm = 105;
  EXPECT_EQ(code(wide), ErrorCode::invalid_argument);
  wide.margin_mm = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(code(wide), ErrorCode::invalid_argument);
  PrintOptions large;
  large.paper = Paper::a0;
  large.dpi = 1200;
  EXPECT_EQ(code(large), ErrorCode::limit_exceeded);
}

TEST(Print, HostileTextsAreDrawn) {
  if (!can_print()) return;  // then PrintWithout holds
  Scene scene = made_scene();
  scene.items.emplace_back(SceneText{"\xFF\xC0 \xF0\xA0\xAE\xB7 \xE2\x80\xAE right \x01 <b>&", 20, 300, 12, false,
                                     Anchor::start, "#000000", 0});
  EXPECT_TRUE(to_pdf(scene).starts_with("%PDF-"));
}

TEST(Print, FontsOfATestMachineShowEveryScriptAndEmoji) {
  if (!can_print()) return;  // then PrintWithout holds
  Scene scene = made_scene();
  scene.items.emplace_back(SceneText{"𠮷野家 ﷺ שלום شركة 👩‍🏭 Ω é ▼", 20, 300, 12, false,
                                     Anchor::start, "#000000", 0});
  EXPECT_EQ(missing_characters(scene), std::vector<std::string>{});
  // A plane that no font will ever fill for others.
  scene.items.emplace_back(SceneText{"a\U000F1234b", 20, 320, 12, false, Anchor::start, "#000000", 0});
  EXPECT_EQ(missing_characters(scene), std::vector<std::string>{"\U000F1234"});
}

TEST(Print, SmallestTextAndTheSheetItNeedsAreTold) {
  Scene scene = made_scene();  // 900 px wide, smallest text 12 px
  PrintOptions a4;
  a4.paper = Paper::a4;
  EXPECT_NEAR(smallest_text_pt(scene, a4), 12 * (297 - 16) * 72 / 25.4 / 900, 1e-9);
  EXPECT_EQ(smallest_readable(scene), Paper::a4);
  scene.width = 3000;
  EXPECT_LT(smallest_text_pt(scene, a4), readable_pt);
  EXPECT_EQ(smallest_readable(scene), Paper::a2);
  scene.width = 30000;
  EXPECT_EQ(smallest_readable(scene), std::nullopt);
}

TEST(Print, SeveralSheetsMakeOnePictureOfReadableText) {
  Scene scene = made_scene();
  PrintOptions a4;
  a4.paper = Paper::a4;
  EXPECT_EQ(tiles_to_read(scene, a4), 1u);
  EXPECT_EQ(tiles_to_read(scene, {}), std::nullopt) << "without a sheet there is nothing to put together";
  scene.width = 2700;
  scene.height = 1500;
  const double alone = smallest_text_pt(scene, a4);
  ASSERT_LT(alone, readable_pt);
  ASSERT_EQ(tiles_to_read(scene, a4), 2u);
  a4.tiles = 2;
  EXPECT_NEAR(smallest_text_pt(scene, a4), 2 * alone, 1e-9);
  EXPECT_EQ(smallest_readable(scene, a4), smallest_readable(scene)) << "of one sheet";
  for (const auto& [paper, tiles] : {std::pair(Paper::a4, 0u), {Paper::a4, 9u}, {Paper::fit, 2u}}) {
    PrintOptions wrong;
    wrong.paper = paper;
    wrong.tiles = tiles;
    EXPECT_THROW(static_cast<void>(smallest_text_pt(scene, wrong)), Error);
  }
  if (!can_print()) return;
  const std::string pdf = to_pdf(scene, a4);
  const std::string info = read_by("pdfinfo", pdf);
  EXPECT_NE(info.find("Pages:           4"), std::string::npos) << info;
  EXPECT_NE(info.find("A4"), std::string::npos) << info;
  EXPECT_EQ(to_pdf(scene, a4), pdf);
  EXPECT_THROW(static_cast<void>(to_png(scene, a4)), Error);
}

TEST(PrintWithout, SaysWhatToInstall) {
  if (can_print()) return;
  EXPECT_THROW((void)to_pdf(made_scene()), Error);
}

}  // namespace
}  // namespace chainqual
