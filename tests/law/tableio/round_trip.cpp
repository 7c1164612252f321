#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "chainqual/io/chain_json.hpp"
#include "random_dossier.hpp"

// Write → read is the identity on everything that a chain folder can say, however it is written.

namespace chainqual {
namespace {

std::filesystem::path scratch(const char* name) {
  const auto path = std::filesystem::temp_directory_path() / ("chainqual-law-" + std::to_string(getpid())) / name;
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path.parent_path());
  return path;
}

class RoundTrip : public ::testing::Test {
 protected:
  static void TearDownTestSuite() {
    std::filesystem::remove_all(std::filesystem::temp_directory_path() / ("chainqual-law-" + std::to_string(getpid())));
  }
};

RC_GTEST_FIXTURE_PROP(RoundTrip, TheJsonTwinGivesTheSameContentBackAndThenTheSameBytes, ()) {
  const Dossier dossier = testing::random_dossier();
  const std::string text = chain_to_json(dossier);
  const Dossier back = chain_from_json(text).dossier;
  RC_ASSERT(same_content(dossier, back));
  RC_ASSERT(chain_to_json(back) == text);
}

RC_GTEST_FIXTURE_PROP(RoundTrip, TheFolderGivesTheSameContentBackInEitherLanguage, ()) {
  const Dossier dossier = testing::random_dossier();
  const Language language = *rc::gen::element(Language::zh, Language::en);
  const auto path = scratch("folder");
  write_chain(dossier, path, {language});
  const ChainFile back = read_chain(path);
  RC_ASSERT(same_content(dossier, back.dossier));
  for (const auto& count : back.tables) RC_ASSERT(count.loaded == count.read);
}

RC_GTEST_FIXTURE_PROP(RoundTrip, ReadingWithRejectsRejectsNothingOfASoundChain, ()) {
  const Dossier dossier = testing::random_dossier();
  const auto path = scratch("sound");
  write_chain(dossier, path);
  ReadOptions options;
  options.rejects = scratch("rejected");
  const ChainFile back = read_chain(path, options);
  RC_ASSERT(same_content(dossier, back.dossier));
  for (const auto& count : back.tables) RC_ASSERT(count.rejected == 0U);
}

RC_GTEST_FIXTURE_PROP(RoundTrip, WhateverIsBrokenLoadedAndRejectedAreWhatWasRead, ()) {
  const Dossier dossier = testing::random_dossier();
  std::string text = chain_to_json(dossier);
  // Break some values: stages, ids, numbers. The syntax stays whole.
  const std::vector<std::string> stages{"\"stage\": \"upstream\"", "\"stage\": \"midstream\"", "\"role\": \"member\"",
                                        "\"impact\": ", "\"evidence\": \"inferred\""};
  const auto& victim = *rc::gen::elementOf(stages);
  std::size_t from = text.find("\n\"enterprises\"");  // behind the model's weights, which are no rows
  for (std::size_t at = 0; (at = text.find(victim, from)) != std::string::npos;) {
    from = at + victim.size();
    if (*rc::gen::arbitrary<bool>()) text[at + 1] = 'X';
    if (*rc::gen::arbitrary<bool>() && text[from - 1] == '"') text[from - 2] = 'X';
  }
  ReadOptions options;
  options.rejects = scratch("rejected");
  const ChainFile back = chain_from_json(text, "broken.json", options);
  for (const auto& count : back.tables) RC_ASSERT(count.loaded + count.rejected == count.read);
  RC_ASSERT(back.dossier.chain.enterprises() <= dossier.chain.enterprises());
  RC_ASSERT(back.dossier.problems.size() <= dossier.problems.size());
  RC_ASSERT(same_content(chain_from_json(chain_to_json(back.dossier)).dossier, back.dossier));
}

}  // namespace
}  // namespace chainqual
