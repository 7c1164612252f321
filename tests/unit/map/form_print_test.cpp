// What a sheet of paper shows of a form: every character leaves ink, as an independent reader (pdftoppm) draws it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/standard_forms.hpp"
#include "chainqual/map/form_pages.hpp"
#include "chainqual/map/print.hpp"
#include "unit/tableio/workspace.hpp"

namespace chainqual {
namespace {

/// One page in grey, a byte a dot.
struct Picture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::string dots;
  [[nodiscard]] bool is_dark(std::size_t x, std::size_t y) const {
    return x < width && y < height && static_cast<unsigned char>(dots[y * width + x]) < 160;
  }
};

constexpr int dots_per_inch = 144;

Picture picture_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string magic;
  std::size_t most = 0;
  Picture picture;
  in >> magic >> picture.width >> picture.height >> most;
  in.get();
  picture.dots.resize(picture.width * picture.height);
  in.read(picture.dots.data(), static_cast<std::streamsize>(picture.dots.size()));
  return picture;
}

std::vector<std::string> characters_of(const std::string& text) {
  std::vector<std::string> all;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) all.emplace_back();
    all.back() += c;
  }
  return all;
}

bool is_ideograph(const std::string& character) {
  return character.size() == 3 && character >= "\xE4\xB8\x80" && character <= "\xE9\xBF\xBF";
}

/// Ideographs of a page whose square on the paper is blank. Texts of ideographs alone are looked at: there it is known
/// where each stands.
std::string blanks_of(const Scene& page, const Picture& picture) {
  constexpr double scale = dots_per_inch / 96.0;
  std::string blanks;
  for (const auto& item : page.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr || text->anchor != Anchor::start) continue;
    const auto characters = characters_of(text->text);
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const auto wide = [](const std::string& c) { return c.size() == 3 && c >= "\xE3\x80\x80"; };
      if (!std::all_of(characters.begin(), characters.begin() + static_cast<std::ptrdiff_t>(i) + 1, wide)) break;
      if (!is_ideograph(characters[i])) continue;
      const double left = text->x + static_cast<double>(i) * text->size;
      std::size_t dark = 0;
      for (double y = text->baseline - 0.9 * text->size; y < text->baseline + 0.1 * text->size; y += 1 / scale) {
        for (double x = left; x < left + text->size; x += 1 / scale) {
          dark += picture.is_dark(static_cast<std::size_t>(x * scale), static_cast<std::size_t>(y * scale)) ? 1U : 0U;
        }
      }
      if (dark == 0) blanks += characters[i];
    }
  }
  return blanks;
}

std::string blanks_on_paper(const std::vector<Scene>& pages) {
  const testing::Workspace workspace;
  std::ofstream(workspace.path("form.pdf"), std::ios::binary) << to_pdf(pages);
  const std::string command = "pdftoppm -gray -r " + std::to_string(dots_per_inch) + " '" +
                              workspace.path("form.pdf").string() + "' '" + workspace.path("page").string() + "'";
  if (std::system(command.c_str()) != 0) return "failed: " + command;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(workspace.path())) {
    if (entry.path().extension() == ".pgm") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.size() != pages.size()) return "pages are missing";
  std::string blanks;
  for (std::size_t i = 0; i < pages.size(); ++i) blanks += blanks_of(pages[i], picture_of(files[i]));
  return blanks;
}

// Cairo 1.16 left "如" out of the licence agreement: a subroutine of the font that no other character there needs.
TEST(FormPrint, NoCharacterOfAFormIsBlankOnPaper) {
  if (!can_print()) return;  // then PrintWithout holds
  const Dossier dossier = read_chain(std::filesystem::path(CHAINQUAL_DATASETS) / "advanced_computing").dossier;
  for (const auto& name : Names<StandardForm>::table) {
    FormOptions options;
    if (name.value == StandardForm::summary) {
      options.from = Date::parse("2025-01-01");
      options.until = Date::parse("2025-12-31");
    }
    const auto forms = standard_forms(name.value, dossier, options);
    EXPECT_EQ(blanks_on_paper(form_pages(forms)), "") << name.en;
  }
}

TEST(FormPrint, ABlankCharacterIsSeen) {
  if (!can_print()) return;  // then PrintWithout holds
  Scene page;
  page.width = 400;
  page.height = 200;
  page.items.emplace_back(SceneText{"约定如下", 20, 50, 14, false, Anchor::start, "#ffffff", 0});
  EXPECT_EQ(blanks_on_paper({page}), "约定如下") << "white on white";
}

}  // namespace
}  // namespace chainqual
