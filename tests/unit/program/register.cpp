// `chainqual register`: the registers of one chain from the command line.

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

class Register : public ::testing::Test {
 protected:
  Outcome run(std::vector<std::string> words) {
    words.insert(words.begin(), "register");
    return program_(words);
  }
  nlohmann::json answer(std::vector<std::string> words) {
    words.push_back("--json");
    const Outcome outcome = run(std::move(words));
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.json();
  }
  void SetUp() override {
    const Outcome made = run({"import", "q.db", std::string(CHAINQUAL_DATASETS) + "/advanced_computing"});
    ASSERT_EQ(made.code, 0) << made.err;
  }

  Workspace workspace_;
  Program program_{workspace_};
};

TEST_F(Register, ImportsAndExportsWithoutLoss) {
  EXPECT_EQ(run({"export", "q.db", "out"}).code, 0);
  EXPECT_TRUE(same_content(read_chain(workspace_.path("out")).dossier,
                           read_chain(std::string(CHAINQUAL_DATASETS) + "/advanced_computing").dossier));
  EXPECT_EQ(run({"import", "q.db", "out"}).code, 1) << "a store is filled once";
}

TEST_F(Register, TakesARecordFromItsEntryToItsHistory) {
  const auto added = answer({"add", "q.db", "problems", "number=P9", "stage=上游", "name=虚焊", "--clerk", "王"});
  EXPECT_EQ(added["record"]["fields"]["stage"], "upstream");
  EXPECT_EQ(added["record"]["changed_by"], "王");
  EXPECT_EQ(answer({"change", "q.db", "problems", "P9", "ideas=换料"})["record"]["version"], 2);
  EXPECT_EQ(run({"change", "q.db", "problems", "P9", "ideas=x", "--version-seen", "1"}).code, 1);
  const auto step = answer({"step", "q.db", "problem", "P9", "分析中", "--who", "lead", "--date", "2025-06-01"});
  EXPECT_EQ(step["step"]["step"], "analyse");
  const Outcome refused = run({"step", "q.db", "problem", "P9", "solved", "--date", "2025-06-02"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("begin the breakthrough"), std::string::npos) << "legal steps are named: " << refused.err;
  EXPECT_EQ(answer({"history", "q.db", "problem", "P9"})["steps"].size(), 1U);
  EXPECT_EQ(answer({"show", "q.db", "problems", "P9"})["record"]["fields"]["status"], "analysing");
  EXPECT_EQ(run({"remove", "q.db", "problems", "P9"}).code, 1) << "it has taken steps";
  EXPECT_NE(run({"show", "q.db", "problems", "P9", "--lang", "zh"}).out.find("问题名称"), std::string::npos);
}

TEST_F(Register, FillsTheStandardsFormsOfAStoreAndOfAChainAlike) {
  const std::string chain = std::string(CHAINQUAL_DATASETS) + "/advanced_computing";
  for (const std::string form : {"A", "C", "E.1", "task_book", "G", "H", "I"}) {
    EXPECT_EQ(run({"form", "q.db", form, "a.html", "--date", "2025-06-01"}).code, 0) << form;
    EXPECT_EQ(run({"form", chain, form, "b.html", "--date", "2025-06-01"}).code, 0) << form;
    EXPECT_EQ(bytes_of(workspace_.path("a.html")), bytes_of(workspace_.path("b.html"))) << form;
  }
  EXPECT_EQ(answer({"form", "q.db", "F", "all.xlsx"})["forms"], 5);
  EXPECT_EQ(answer({"form", "q.db", "F", "one.xlsx", "--number", "AC-P-02"})["forms"], 1);
  EXPECT_EQ(bytes_of(workspace_.path("one.xlsx")).substr(0, 2), "PK");
  const Outcome printed = run({"form", "q.db", "C", "c.pdf"});  // where Cairo was built in
  EXPECT_EQ(printed.code == 0, std::filesystem::exists(workspace_.path("c.pdf"))) << printed.err;
  EXPECT_TRUE(printed.code == 0 || printed.err.find("Cairo") != std::string::npos) << printed.err;
  EXPECT_EQ(
      run({"form", "q.db", "I", "i.html", "--figure", "jobs=120", "--from", "2025-01", "--until", "2025-06"}).code, 0);
  const std::string summary = bytes_of(workspace_.path("i.html"));
  EXPECT_NE(summary.find(">120<"), std::string::npos);
  EXPECT_NE(summary.find("2025-01-01 … 2025-06-30"), std::string::npos);
}

TEST_F(Register, AFormThatCannotBeIsRefusedAndNothingIsWritten) {
  EXPECT_EQ(run({"form", "q.db", "Z", "z.html"}).code, 2);
  EXPECT_EQ(run({"form", "q.db", "C", "c.txt"}).code, 2);
  EXPECT_EQ(run({"form", "q.db", "I", "i.html", "--figure", "joy=1"}).code, 2);
  EXPECT_EQ(run({"form", "q.db", "F", "f.html", "--number", "AC-P-99"}).code, 1);
  EXPECT_EQ(run({"form", "q.db", "C", "c.html", "--number", "AC-U-T-01"}).code, 1);
  EXPECT_EQ(run({"form", "none.db", "C", "c.html"}).code, 1);
  for (const char* name : {"z.html", "c.txt", "i.html", "f.html", "c.html", "none.db"}) {
    EXPECT_FALSE(std::filesystem::exists(workspace_.path(name))) << name;
  }
}

TEST_F(Register, ListsSearchesAndTellsWhatIsDue) {
  const auto all = answer({"list", "q.db", "problems"});
  const auto one =
      answer({"list", "q.db", "problems", "--where", "stage=下游", "--where", "name~兼容", "--order", "number"});
  EXPECT_GT(all["total"], one["total"]);
  ASSERT_GT(one["total"], 0);
  EXPECT_EQ(one["entries"][0]["fields"]["stage"], "downstream");
  EXPECT_GT(answer({"search", "q.db", "芯片"})["hits"].size(), 0U);
  EXPECT_TRUE(answer({"due", "q.db", "--date", "2026-01-01"}).contains("warnings"));
  EXPECT_EQ(run({"check", "q.db", "--date", "2026-01-01"}).code, 0);
  EXPECT_EQ(run({"list", "q.db", "problems", "--where", "nonsense"}).code, 2);
  EXPECT_EQ(run({"list", "q.db", "birds"}).code, 1);
}

TEST_F(Register, WritesWhatAnAssessmentFindsBesideTheProblems) {
  const auto found = answer({"assess", "q.db", "--date", "2025-06-01"});
  const auto kept = answer({"list", "q.db", "facts"});
  ASSERT_EQ(found["facts"].size(), kept["total"]);
  EXPECT_EQ(kept["entries"][0]["fields"]["inputs"], found["facts"][0]["inputs"]);
  EXPECT_EQ(kept["entries"][0]["fields"]["date"], "2025-06-01");
  EXPECT_EQ(run({"add", "q.db", "facts", "problem=P9"}).code, 1) << "facts are written by assessments alone";
}

TEST_F(Register, BacksUpRestoresAndShowsADayPast) {
  EXPECT_EQ(run({"backup", "q.db", "b.db"}).code, 0);
  EXPECT_EQ(run({"backup", "q.db", "b.db"}).code, 1) << "a backup replaces nothing";
  EXPECT_EQ(run({"restore", "again.db", "b.db"}).code, 0);
  EXPECT_EQ(answer({"list", "again.db", "problems"}), answer({"list", "q.db", "problems"}));
  EXPECT_EQ(run({"as-of", "q.db", "2030-01-01", "then"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(workspace_.path("then/problems.csv")));
}

TEST_F(Register, WrongUseIsToldWithWhatThereIs) {
  EXPECT_NE(run({"frob", "q.db"}).err.find("backup"), std::string::npos);
  EXPECT_EQ(run({"frob", "q.db"}).code, 2);
  EXPECT_EQ(run({"list"}).code, 2);
  EXPECT_EQ(run({"show", "q.db", "problems"}).code, 2);
  EXPECT_EQ(run({"list", "typo.db", "problems"}).code, 1);
  EXPECT_FALSE(std::filesystem::exists(workspace_.path("typo.db"))) << "a slip makes no store";
}

}  // namespace
}  // namespace chainqual::testing
