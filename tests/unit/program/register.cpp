// `chainqual register`: the registers of one chain from the command line, in a file and on a server.

#include <fstream>

#include "unit/program/run.hpp"
#include "unit/store/server.hpp"

namespace chainqual::testing {
namespace {

class Register : public ::testing::TestWithParam<bool> {
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
    store_ = GetParam() ? Server::instance().fresh_address() : "q.db";
    const Outcome made = run({"import", store_, std::string(CHAINQUAL_DATASETS) + "/advanced_computing"});
    ASSERT_EQ(made.code, 0) << made.err;
  }

  std::string store_;  ///< its address
  Workspace workspace_;
  Program program_{workspace_};
};

INSTANTIATE_TEST_SUITE_P(On, Register, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Postgresql" : "Sqlite"; });

TEST_P(Register, ImportsAndExportsWithoutLoss) {
  EXPECT_EQ(run({"export", store_, "out"}).code, 0);
  EXPECT_TRUE(same_content(read_chain(workspace_.path("out")).dossier,
                           read_chain(std::string(CHAINQUAL_DATASETS) + "/advanced_computing").dossier));
  EXPECT_EQ(run({"import", store_, "out"}).code, 1) << "a store is filled once";
}

TEST_P(Register, TakesARecordFromItsEntryToItsHistory) {
  const auto added = answer({"add", store_, "problems", "number=P9", "stage=上游", "name=虚焊", "--clerk", "王"});
  EXPECT_EQ(added["record"]["fields"]["stage"], "upstream");
  EXPECT_EQ(added["record"]["changed_by"], "王");
  EXPECT_EQ(answer({"change", store_, "problems", "P9", "ideas=换料"})["record"]["version"], 2);
  EXPECT_EQ(run({"change", store_, "problems", "P9", "ideas=x", "--version-seen", "1"}).code, 1);
  const auto step = answer({"step", store_, "problem", "P9", "分析中", "--who", "lead", "--date", "2025-06-01"});
  EXPECT_EQ(step["step"]["step"], "analyse");
  const Outcome refused = run({"step", store_, "problem", "P9", "solved", "--date", "2025-06-02"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("begin the breakthrough"), std::string::npos) << "legal steps are named: " << refused.err;
  EXPECT_EQ(answer({"history", store_, "problem", "P9"})["steps"].size(), 1U);
  EXPECT_EQ(answer({"show", store_, "problems", "P9"})["record"]["fields"]["status"], "analysing");
  EXPECT_EQ(run({"remove", store_, "problems", "P9"}).code, 1) << "it has taken steps";
  EXPECT_NE(run({"show", store_, "problems", "P9", "--lang", "zh"}).out.find("问题名称"), std::string::npos);
}

TEST_P(Register, FillsTheStandardsFormsOfAStoreAndOfAChainAlike) {
  const std::string chain = std::string(CHAINQUAL_DATASETS) + "/advanced_computing";
  for (const std::string form : {"A", "C", "E.1", "task_book", "G", "H", "I"}) {
    EXPECT_EQ(run({"form", store_, form, "a.html", "--date", "2025-06-01"}).code, 0) << form;
    EXPECT_EQ(run({"form", chain, form, "b.html", "--date", "2025-06-01"}).code, 0) << form;
    EXPECT_EQ(bytes_of(workspace_.path("a.html")), bytes_of(workspace_.path("b.html"))) << form;
  }
  EXPECT_EQ(answer({"form", store_, "F", "all.xlsx"})["forms"], 5);
  EXPECT_EQ(answer({"form", store_, "F", "one.xlsx", "--number", "AC-P-02"})["forms"], 1);
  EXPECT_EQ(bytes_of(workspace_.path("one.xlsx")).substr(0, 2), "PK");
  const Outcome printed = run({"form", store_, "C", "c.pdf"});  // where Cairo was built in
  EXPECT_EQ(printed.code == 0, std::filesystem::exists(workspace_.path("c.pdf"))) << printed.err;
  EXPECT_TRUE(printed.code == 0 || printed.err.find("Cairo") != std::string::npos) << printed.err;
  EXPECT_EQ(
      run({"form", store_, "I", "i.html", "--figure", "jobs=120", "--from", "2025-01", "--until", "2025-06"}).code, 0);
  const std::string summary = bytes_of(workspace_.path("i.html"));
  EXPECT_NE(summary.find(">120<"), std::string::npos);
  EXPECT_NE(summary.find(">2025-01-01</span> … <span class=\"no\">2025-06-30<"), std::string::npos);
}

TEST_P(Register, AFormThatCannotBeIsRefusedAndNothingIsWritten) {
  EXPECT_EQ(run({"form", store_, "Z", "z.html"}).code, 2);
  EXPECT_EQ(run({"form", store_, "C", "c.txt"}).code, 2);
  EXPECT_EQ(run({"form", store_, "I", "i.html", "--figure", "joy=1"}).code, 2);
  EXPECT_EQ(run({"form", store_, "F", "f.html", "--number", "AC-P-99"}).code, 1);
  EXPECT_EQ(run({"form", store_, "C", "c.html", "--number", "AC-U-T-01"}).code, 1);
  EXPECT_EQ(run({"form", "none.db", "C", "c.html"}).code, 1);
  for (const char* name : {"z.html", "c.txt", "i.html", "f.html", "c.html", "none.db"}) {
    EXPECT_FALSE(std::filesystem::exists(workspace_.path(name))) << name;
  }
}

TEST_P(Register, ListsSearchesAndTellsWhatIsDue) {
  const auto all = answer({"list", store_, "problems"});
  const auto one =
      answer({"list", store_, "problems", "--where", "stage=下游", "--where", "name~兼容", "--order", "number"});
  EXPECT_GT(all["total"], one["total"]);
  ASSERT_GT(one["total"], 0);
  EXPECT_EQ(one["entries"][0]["fields"]["stage"], "downstream");
  EXPECT_GT(answer({"search", store_, "芯片"})["hits"].size(), 0U);
  EXPECT_TRUE(answer({"due", store_, "--date", "2026-01-01"}).contains("warnings"));
  EXPECT_EQ(run({"check", store_, "--date", "2026-01-01"}).code, 0);
  EXPECT_EQ(run({"list", store_, "problems", "--where", "nonsense"}).code, 2);
  EXPECT_EQ(run({"list", store_, "birds"}).code, 1);
}

TEST_P(Register, WritesWhatAnAssessmentFindsBesideTheProblems) {
  const auto found = answer({"assess", store_, "--date", "2025-06-01"});
  const auto kept = answer({"list", store_, "facts"});
  ASSERT_EQ(found["facts"].size(), kept["total"]);
  EXPECT_EQ(kept["entries"][0]["fields"]["inputs"], found["facts"][0]["inputs"]);
  EXPECT_EQ(kept["entries"][0]["fields"]["date"], "2025-06-01");
  EXPECT_EQ(run({"add", store_, "facts", "problem=P9"}).code, 1) << "facts are written by assessments alone";
  const std::string number = found["facts"][0]["problem"];
  EXPECT_EQ(answer({"show", store_, "problems", number})["last_assessment"]["fields"]["date"], "2025-06-01");
  const auto other =
      answer({"assess", store_, "--date", "2025-06-02", "--model", "contagion", "--measure", "combined"});
  EXPECT_EQ(other["facts"][0]["model"], "contagion");
  EXPECT_NE(other["facts"][0]["inputs"], found["facts"][0]["inputs"]) << "options are inputs, too";
  EXPECT_EQ(answer({"show", store_, "problems", number})["last_assessment"]["fields"]["model"], "contagion");
  EXPECT_EQ(run({"assess", store_, "--model", "magic"}).code, 2);
}

TEST_P(Register, AnswersWhatTheRulesOfTheLibrariesAsk) {
  for (const char* field : {"number=R1", "number=R2"}) {
    EXPECT_EQ(run({"add", store_, "results", field, "name=方法", "contributor=甲", "level=open", "terms=free"}).code,
              0);
  }
  const auto access = answer({"access", store_, "R1", "甲", "--date", "2025-06-01"});
  EXPECT_TRUE(access["see"]);
  EXPECT_FALSE(answer({"access", store_, "R1", "--date", "2025-06-01"})["see"]) << "it is not shared yet";
  const Outcome unknown = run({"access", store_, "R3"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_NE(unknown.err.find("R1"), std::string::npos) << "the nearest are named: " << unknown.err;
  EXPECT_NE(run({"access", store_, "R1", "甲", "--lang", "zh"}).out.find("可以"), std::string::npos);
  EXPECT_GT(answer({"coverage", store_})["segments"].size(), 0U);
  EXPECT_TRUE(answer({"proposals", store_})["proposals"].is_array());
  EXPECT_EQ(run({"conflicts", store_, "L9"}).code, 1);
}

TEST_P(Register, ShowsWhatARecordWasAndWhatTheChainSaysOfItself) {
  EXPECT_EQ(run({"add", store_, "problems", "number=P9", "stage=上游", "name=虚焊", "--clerk", "王"}).code, 0);
  EXPECT_EQ(run({"change", store_, "problems", "P9", "ideas=换料", "--clerk", "李"}).code, 0);
  const auto revisions = answer({"revisions", store_, "problems", "P9"})["revisions"];
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[0]["ended_by"], "李");
  EXPECT_EQ(revisions[1]["fields"]["ideas"], "换料");
  EXPECT_NE(run({"revisions", store_, "problems", "P9", "--lang", "zh"}).out.find("换料"), std::string::npos);
  EXPECT_EQ(run({"revisions", store_, "problems", "#99999"}).code, 1);
  const auto info = answer({"info", store_});
  EXPECT_EQ(info["fields"]["home_region"], "120000");
  const auto changed = answer({"info", store_, "review_cycle_months=6", "severity.rounding=tenth", "说明="});
  EXPECT_EQ(changed["version"], info["version"].get<int>() + 1);
  EXPECT_EQ(changed["fields"]["review_cycle_months"], "6");
  EXPECT_FALSE(changed["fields"].contains("note"));
  EXPECT_EQ(changed["fields"]["sources"], info["fields"]["sources"]) << "what was not named stays";
  EXPECT_EQ(run({"info", store_, "date=2025-02-30"}).code, 1);
  const Outcome unknown = run({"info", store_, "review_cycle=6"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_NE(unknown.err.find("review_cycle_months"), std::string::npos) << unknown.err;
}

TEST_P(Register, SpeaksChineseInItsListsToo) {
  EXPECT_EQ(run({"add", store_, "problems", "number=P9", "stage=上游", "name=虚焊", "common=true"}).code, 0);
  EXPECT_EQ(run({"step", store_, "problem", "P9", "分析中", "--who", "lead", "--date", "2025-06-01"}).code, 0);
  const std::string list = run({"list", store_, "problems", "--where", "number=P9", "--lang", "zh"}).out;
  EXPECT_NE(list.find("分析中"), std::string::npos) << list;
  EXPECT_EQ(list.find("analysing"), std::string::npos) << list;
  const std::string shown = run({"show", store_, "problems", "P9", "--lang", "zh"}).out;
  EXPECT_NE(shown.find("上游"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("true"), std::string::npos) << shown;
  const std::string history = run({"history", store_, "problem", "P9", "--lang", "zh"}).out;
  EXPECT_NE(history.find("开始分析"), std::string::npos) << history;
  EXPECT_EQ(history.find("identified"), std::string::npos) << history;
}

TEST_P(Register, AFailedCommandLeavesNoStoreBehind) {
  std::ofstream(workspace_.path("book.xlsx")) << "PK";
  std::ofstream(workspace_.path("empty.db"));
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"import", "new.db", "book.xlsx"},
                                             {"import", "new.db", "nowhere"},
                                             {"restore", "new.db", "nowhere.db"},
                                             {"add", "new.db", "problems", "number=P1", "stage=upstream"},
                                             {"add", "new.db", "problems", "number=P1", "stage=sideways", "--new"},
                                             {"list", "empty.db", "problems"}}) {
    EXPECT_EQ(run(words).code, 1) << words[0];
    for (const auto& entry : std::filesystem::directory_iterator(workspace_.path())) {
      const std::string name = entry.path().filename().string();
      EXPECT_FALSE(name.starts_with("new.db")) << words[0] << " left " << name;
    }
  }
  EXPECT_NE(run({"import", "new.db", "book.xlsx"}).err.find("from_tables"), std::string::npos)
      << "the line of Python that reads it is named";
  const Outcome made = run({"add", "new.db", "problems", "number=P1", "stage=upstream", "--new"});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_NE(made.err.find("New store: new.db"), std::string::npos) << made.err;
  EXPECT_EQ(answer({"list", "new.db", "problems"})["total"], 1);
  EXPECT_EQ(run({"list", store_, "problems", "--new"}).code, 2);
}

TEST_P(Register, TakesBackAStepEnteredByMistakeAndNamesTheClerkOfEach) {
  answer({"add", store_, "problems", "number=P9", "stage=上游", "name=虚焊", "--clerk", "王"});
  answer({"step", store_, "problem", "P9", "分析中", "--date", "2025-06-01", "--by", "甲方", "--clerk", "王"});
  EXPECT_EQ(run({"step", store_, "problem", "P9", "identified", "--correct", "analyse"}).code, 2) << "no state as well";
  EXPECT_EQ(run({"list", store_, "problems", "--correct", "analyse"}).code, 2);
  const Outcome bare = run({"step", store_, "problem", "P9", "--correct", "analyse", "--date", "2025-06-02"});
  EXPECT_EQ(bare.code, 1);
  EXPECT_NE(bare.err.find("reason"), std::string::npos) << bare.err;
  const auto back = answer({"step", store_, "problem", "P9", "--correct", "开始分析", "--date", "2025-06-02",
                            "--reason", "误登", "--clerk", "李"});
  EXPECT_EQ(back["step"]["corrects"], "analyse");
  const auto steps = answer({"history", store_, "problem", "P9"})["steps"];
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0]["clerk"], "王");
  EXPECT_EQ(steps[0]["by"], "甲方");
  EXPECT_EQ(steps[1]["clerk"], "李");
  const std::string shown = run({"history", store_, "problem", "P9", "--lang", "zh"}).out;
  for (const char* word : {"经办人", "更正“开始分析”", "（已更正）", "李"}) {
    EXPECT_NE(shown.find(word), std::string::npos) << word << "\n" << shown;
  }
  EXPECT_EQ(answer({"show", store_, "problems", "P9"})["record"]["fields"]["status"], "identified");
}

TEST_P(Register, ProgressReportsFallDueByTheChainsCycle) {
  const auto changed = answer({"info", store_, "report_cycle_months=6"});
  EXPECT_EQ(changed["fields"]["report_cycle_months"], "6");
  EXPECT_EQ(run({"info", store_, "report_cycle_months=0"}).code, 1);
}

TEST_P(Register, AFailedFirstCommandLeavesAServerAsItWas) {
  if (!GetParam()) return;  // files are tested above
  const std::string server = Server::instance().fresh_address();
  EXPECT_EQ(run({"add", server, "problems", "number=P1", "stage=sideways", "--new"}).code, 1);
  const Outcome empty = run({"list", server, "problems"});
  EXPECT_EQ(empty.code, 1);
  EXPECT_NE(empty.err.find("holds no store"), std::string::npos) << empty.err;
}

TEST_P(Register, BacksUpRestoresAndShowsADayPast) {
  EXPECT_EQ(run({"backup", store_, "b.db"}).code, 0);
  EXPECT_EQ(run({"backup", store_, "b.db"}).code, 1) << "a backup replaces nothing";
  EXPECT_EQ(run({"restore", "again.db", "b.db"}).code, 0);
  EXPECT_EQ(answer({"list", "again.db", "problems"}), answer({"list", store_, "problems"}));
  EXPECT_EQ(run({"as-of", store_, "2030-01-01", "then"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(workspace_.path("then/problems.csv")));
}

TEST_P(Register, EveryActionExplainsItselfAndRefusesTheOptionsOfOthers) {
  if (GetParam()) return;  // no store is opened
  const std::string all = run({"--help", "--lang", "en"}).out;
  std::size_t actions = 0;
  for (const std::string action :
       {"import",    "export",    "list",    "show",   "add",   "change", "remove", "revisions",
        "info",      "step",      "history", "as-of",  "due",   "search", "access", "coverage",
        "proposals", "conflicts", "form",    "assess", "check", "backup", "restore"}) {
    EXPECT_NE(all.find("\n  " + action + " "), std::string::npos) << action;
    const Outcome english = run({action, "--help", "--lang", "en"});
    EXPECT_EQ(english.code, 0) << action;
    EXPECT_NE(english.out.find("Usage: chainqual register " + action + " STORE"), std::string::npos) << english.out;
    EXPECT_FALSE(has_chinese(english.out.substr(0, english.out.find("Examples:")))) << english.out;
    const std::string chinese = run({action, "--help", "--lang", "zh"}).out;
    EXPECT_NE(chinese.find("用法：chainqual register " + action + " 库"), std::string::npos) << chinese;
    EXPECT_EQ(english.out.find("--where FIELD=VALUE") != std::string::npos, action == "list") << english.out;
    EXPECT_EQ(run({action}).code, 2) << action;
    if (action != "list") {
      EXPECT_EQ(run({action, store_, "--where", "a=b"}).code, 2) << action;
    }
    ++actions;
  }
  const std::string listed = all.substr(all.find("Actions:"), all.find("Common options:") - all.find("Actions:"));
  std::size_t lines = 0;
  for (std::size_t at = listed.find("\n  "); at != std::string::npos; at = listed.find("\n  ", at + 1)) {
    lines += listed[at + 3] == ' ' ? 0U : 1U;  // deeper lines go on with the one before
  }
  EXPECT_EQ(lines, actions) << listed;
  EXPECT_NE(run({"lst", store_}).err.find("Did you mean list?"), std::string::npos);
  EXPECT_EQ(run({"search", store_, "form", "due"}).code, 0) << "words that are actions, too";
}

TEST_P(Register, SpeaksEnglishInItsListsWhereTheRecordsDo) {
  const std::string list = run({"list", store_, "problems", "--limit", "1"}).out;
  EXPECT_NE(list.find("Process and architecture lag"), std::string::npos) << list;
  EXPECT_NE(run({"list", store_, "policy_tools"}).out.find("Lead by standards"), std::string::npos);
  EXPECT_NE(run({"due", store_, "--date", "2040-01-01"}).out.find("quality map"), std::string::npos);
  EXPECT_NE(run({"assess", store_}).out.find("%"), std::string::npos) << "losses as one reads them";
}

TEST_P(Register, SaysWhereTheEnglishOfAChangedFieldWasLeftBehind) {
  const Outcome one = run({"change", store_, "projects", "AC-P-01", "expected=合格率达 99.9%"});
  EXPECT_NE(one.err.find("expected_en"), std::string::npos) << one.err;
  const Outcome both = run({"change", store_, "projects", "AC-P-01", "expected=再改", "expected_en=anew"});
  EXPECT_EQ(both.err, "");
  EXPECT_EQ(run({"change", store_, "projects", "AC-P-01", "expected_en=again"}).err, "");
}

TEST_P(Register, AMonthIsNoDayOfAStep) {
  const Outcome refused = run({"step", store_, "problem", "AC-U-T-01", "analysing", "--date", "2025-06"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("whole date"), std::string::npos) << refused.err;
  EXPECT_EQ(answer({"history", store_, "problem", "AC-U-T-01"})["steps"].size(), 0U);
}

TEST_P(Register, WrongUseIsToldWithWhatThereIs) {
  EXPECT_NE(run({"frob", store_}).err.find("backup"), std::string::npos);
  EXPECT_EQ(run({"frob", store_}).code, 2);
  EXPECT_EQ(run({"list"}).code, 2);
  EXPECT_EQ(run({"show", store_, "problems"}).code, 2);
  EXPECT_EQ(run({"list", "typo.db", "problems"}).code, 1);
  EXPECT_FALSE(std::filesystem::exists(workspace_.path("typo.db"))) << "a slip makes no store";
}

}  // namespace
}  // namespace chainqual::testing
