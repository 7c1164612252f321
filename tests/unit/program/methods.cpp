#include <gtest/gtest.h>

#include "unit/program/run.hpp"

// The quality methods as actions of `chainqual evaluate`.

namespace chainqual::testing {
namespace {

class Methods : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome run(std::vector<std::string> more) const {
    more.insert(more.begin(), "evaluate");
    return Program(workspace_)(more);
  }
  [[nodiscard]] nlohmann::json json(std::vector<std::string> more) const {
    more.emplace_back("--json");
    const Outcome found = run(std::move(more));
    EXPECT_EQ(found.code, 0) << found.err;
    return found.code == 0 ? found.json() : nlohmann::json();
  }

  Workspace workspace_;
};

TEST_F(Methods, WeightsOfPairsAndTheirConsistency) {
  workspace_.put("w.csv", "first,second,judgement\na,b,3\nb,c,3\na,c,9\n");
  const auto found = json({"weights", "w.csv"});
  EXPECT_NEAR(found.at("weights")[0].at("weight").get<double>(), 9.0 / 13, 1e-12);
  EXPECT_NEAR(found.at("consistency_ratio").get<double>(), 0, 1e-9);
  workspace_.put("odd.csv", "甲,乙,判断\na,b,9\nb,c,9\na,c,1/9\n");
  const Outcome odd = run({"weights", "odd.csv"});
  EXPECT_EQ(odd.code, 1);
  EXPECT_TRUE(holds(odd.err, "a : c") || holds(odd.err, "a : b") || holds(odd.err, "b : c")) << odd.err;
}

TEST_F(Methods, LinesByValueFunctions) {
  workspace_.put("l.json", R"({"criteria": [{"name": "yield", "weight": 3, "worst": 80, "best": 100},
      {"name": "stops", "points": [[0, 1], [10, 0]], "least": 0.3}],
      "thresholds": [{"name": "C", "from": 0}, {"name": "A", "from": 0.7}],
      "lines": [{"name": "one", "measurements": {"yield": 100, "stops": 8}},
                {"name": "two", "measurements": {"yield": 95, "stops": 2}}]})");
  const auto found = json({"lines", "l.json"}).at("lines");
  EXPECT_EQ(found[0].at("line"), "two");
  EXPECT_EQ(found[0].at("grade"), "A");
  EXPECT_NEAR(found[0].at("value").get<double>(), (3 * 0.75 + 0.8) / 4, 1e-12);
  EXPECT_EQ(found[1].at("held_back"), "yes") << "worth 0.2 of 0.3 for its stops";
}

TEST_F(Methods, StagesHandQualityOrDefectsOn) {
  workspace_.put("s.csv", "name,own,inherited\nmelt,0.8,\nroll,0.9,0.5\n");
  EXPECT_NEAR(json({"stages", "s.csv"}).at("stages")[1].at("after").get<double>(), 0.85, 1e-12);
  const auto defects = json({"stages", "s.csv", "--of", "defects"}).at("stages");
  EXPECT_NEAR(defects[0].at("from").get<double>(), 0.4, 1e-12);
  EXPECT_EQ(run({"stages", "s.csv", "--of", "luck"}).code, 2);
}

TEST_F(Methods, MilkAndOtherLimits) {
  workspace_.put("cells.csv", "name,value\nfarm 1,400000\nfarm 2,400001\nfarm 3,2000000\n");
  const auto milk = json({"limits", "milk", "cells.csv"});
  EXPECT_EQ(milk.at("graded")[0].at("value"), "400000");
  EXPECT_NE(milk.at("graded")[0].at("grade"), milk.at("graded")[1].at("grade"));
  EXPECT_TRUE(milk.at("graded")[2].at("grade").is_null());
  EXPECT_EQ(milk.at("ungraded"), 1);
  workspace_.put("own.csv", "name,limit\nfirst,99.5\nsecond,98\n");
  workspace_.put("v.csv", "value\n99.5\n99.4\n");
  const auto own = json({"limits", "own.csv", "v.csv", "--direction", "higher"});
  EXPECT_EQ(own.at("graded")[0].at("grade"), "first");
  EXPECT_EQ(own.at("graded")[1].at("grade"), "second");
  EXPECT_EQ(run({"limits", "own.csv", "v.csv"}).code, 1) << "looser downwards, where lower is better";
  EXPECT_EQ(run({"limits", "milk", "v.csv", "--direction", "lower"}).code, 2);
}

TEST_F(Methods, SuppliersOnTheLadder) {
  workspace_.put("ladder.csv",
                 "step,measure,limit,direction\nbronze,ppm,500,lower\nsilver,ppm,100,lower\nsilver,otd,95,\n");
  workspace_.put("us.csv", "supplier,measure,value\nalpha,ppm,90\nalpha,otd,94\nbeta,ppm,900\n");
  const auto found = json({"ladder", "ladder.csv", "us.csv"}).at("suppliers");
  EXPECT_EQ(found[0].at("step"), "bronze");
  EXPECT_EQ(found[0].at("wanting"), "otd ≥ 95");
  EXPECT_TRUE(found[1].at("step").is_null());
  EXPECT_EQ(found[1].at("next"), "bronze");
}

TEST_F(Methods, KanoClasses) {
  workspace_.put("k.csv", "feature,with,without\nbrake,expect,dislike\nbrake,expect,dislike\nradio,like,neutral\n");
  const auto found = json({"kano", "k.csv"}).at("features");
  EXPECT_EQ(found[0].at("class"), "must_be");
  EXPECT_EQ(found[0].at("must_be"), 2);
  EXPECT_EQ(found[1].at("class"), "attractive");
}

TEST_F(Methods, HousesCascade) {
  workspace_.put("h.json", R"({"houses": [
      {"wants": [{"name": "quiet", "importance": 3}, {"name": "strong", "importance": 1}],
       "characteristics": ["gap", "steel"], "relations": [[9, 0], [0, 9]], "roof": [[0, -1], [-1, 0]]},
      {"wants": ["gap", "steel"], "characteristics": ["grinding"], "relations": [[9], [1]]}]})");
  const auto found = json({"house", "h.json"});
  EXPECT_EQ(found.at("house_1")[0].at("share"), 0.75);
  EXPECT_EQ(found.at("conflicts").size(), 1U);
  EXPECT_NEAR(found.at("cascade")[0].at("share: grinding").get<double>(), 27.0 / 28, 1e-12);
  workspace_.put("bad.json", R"({"houses": [{"wants": ["a"], "characteristics": ["b"], "relations": [[1]]}]})");
  EXPECT_EQ(run({"house", "bad.json"}).code, 1) << "the first house's wants have importances";
}

TEST_F(Methods, DeviationsAndTheirSources) {
  workspace_.put("d.json", R"({"incoming": {"mean": [0], "deviations": [1]}, "measured": [5], "stages": [
      {"name": "cut", "a": [[1]], "b": [[2]], "sources": ["tool"], "mean": [1], "deviations": [0.5]}]})");
  const auto found = json({"deviation", "d.json"});
  EXPECT_EQ(found.at("states")[1].at("variance"), 2);
  EXPECT_EQ(found.at("stage_shares")[1].at("share"), 0.5);
  EXPECT_EQ(found.at("sources")[1].at("source"), "tool");
  EXPECT_EQ(found.at("located")[0].at("mean"), 2.5);
}

TEST_F(Methods, TrainingBaseWithCoverage) {
  put_small_chain(workspace_, "c");
  workspace_.put("t.json",
                 R"({"courses": [{"number": "C1", "name": "x", "problems": ["P1"]}, {"number": "C2", "name": "y"}],
      "lecturers": [{"id": "L", "name": "Li", "years": 4}],
      "sessions": [{"number": "S1", "course": "C1", "lecturer": "L", "date": "2026-03-01", "observed": 4}],
      "sheets": [{"session": "S1", "answers": [5, 5, 5, 5]}, {"session": "S1", "answers": [4, 4, 4, 4]}],
      "rules": {"fewest_sheets": 2, "fewest_sessions": 1}})");
  const auto found = json({"training", "t.json", "c", "--from", "2026", "--until", "2026-12-31"});
  EXPECT_EQ(found.at("sessions")[0].at("survey"), "4.5");
  EXPECT_EQ(found.at("lecturers")[0].at("lecturer"), "L");
  EXPECT_EQ(found.at("uncovered")[0], "P2");
  EXPECT_EQ(found.at("idle")[0], "C2");
  EXPECT_EQ(run({"training", "t.json", "--from", "2026"}).code, 2);
}

TEST_F(Methods, StatisticsAndConstants) {
  workspace_.put("v.csv", "value,group\n1,a\n2,a\n4,b\n");
  const auto series = json({"describe", "v.csv"}).at("series");
  ASSERT_EQ(series.size(), 3U);
  EXPECT_EQ(series[0].at("mean"), 1.5);
  EXPECT_EQ(series[2].at("count"), 3);
  const auto constants = json({"constants", "2", "5"}).at("constants");
  EXPECT_NEAR(constants[1].at("d2").get<double>(), 2.326, 5e-4);
  EXPECT_NEAR(constants[1].at("D4").get<double>(), 2.114, 5e-4);
  EXPECT_EQ(run({"constants", "1"}).code, 2);
}

TEST_F(Methods, TwoFactorsWantAsManyValuesInEachPair) {
  workspace_.put("b.csv", "value,group,second\n1,a,x\n2,a,y\n3,b,x\n5,b,y\n2,a,x\n3,a,y\n4,b,x\n7,b,y\n");
  const auto found = json({"anova", "b.csv"});
  EXPECT_EQ(found.at("replicates"), 2);
  ASSERT_EQ(found.at("variation").size(), 4U);
  EXPECT_NEAR(found.at("variation")[0].at("sum_of_squares").get<double>(), 15.125, 1e-9);
  workspace_.put("u.csv", "value,group,second\n1,a,x\n2,a,y\n3,b,x\n");
  const Outcome ragged = run({"anova", "u.csv"});
  EXPECT_EQ(ragged.code, 1);
  EXPECT_TRUE(holds(ragged.err, "b × y")) << ragged.err;
}

TEST_F(Methods, EveryFaultOfAFileIsToldAtOnce) {
  const auto told = [&](const std::string& action, const std::string& file, const std::string& content,
                        const std::vector<std::string>& parts) {
    workspace_.put(file, content);
    const Outcome found = run({action, file});
    EXPECT_EQ(found.code, 1) << action;
    for (const std::string& part : parts) EXPECT_TRUE(holds(found.err, part)) << action << ": " << part << found.err;
  };
  told("weights", "w.csv", "first,second,judgement\na,a,1\na,b,x\nc,d,-1\n", {"itself", "positive", "no row judges"});
  told("stages", "s.csv", "name,own,inherited\n,2,\nb,0.5,\n", {"must not be empty", "2"});
  told("kano", "k.csv", "feature,with,without\nf,lke,dislike\n,like,\n", {"like", "must not be empty"});
  told("lines", "l.json", R"({"criteria": [{"name": "a", "worst": 1, "best": 1}], "thresholds": [{"nam": "C"}],
       "lines": [{"name": "x", "measurements": {"b": 1}}]})",
       {"no such curve", "nam", "'from' is missing", "'a' is missing", "'b'"});
  told("house", "h.json", R"({"houses": [{"wants": [3], "characteristics": "c", "relations": [[1, "x"], [1]]}]})",
       {"importance", "/houses/0/characteristics", "/houses/0/relations/0/1"});
  told("deviation", "d.json", R"({"stages": [{"name": "s", "b": [[1]], "deviations": [1, 2]}]})",
       {"'incoming' is missing", "'a' is missing", "standard deviation"});
  told("training", "t.json",
       R"({"courses": [{"name": "x"}], "sheets": [{"session": "S", "answers": [6, 1], "name": "Li"}]})",
       {"'number' is missing", "four numbers", "name"});
}

}  // namespace
}  // namespace chainqual::testing
