// Whole chains into a store and out of it.

#include "chainqual/impact/assess_report.hpp"
#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

TEST_P(EveryStore, GivesBothShippedChainsBackExactly) {
  const std::string name = "advanced_computing";
  const Dossier dossier = read_chain(shipped(name)).dossier;
  Store store = open();
  EXPECT_FALSE(store.import_chain(shipped(name)).has_errors());
  EXPECT_TRUE(same_content(store.content(), dossier));
  store.export_chain(path("out"));
  store.export_chain(path("out.json"));
  EXPECT_TRUE(same_content(read_chain(path("out")).dossier, dossier));
  EXPECT_TRUE(same_content(read_chain(path("out.json")).dossier, dossier));
  EXPECT_TRUE(store.check().empty());
  Store other =
      Store::open(GetParam() == Database::sqlite ? path("other.db").string() : Server::instance().fresh_address());
  other.import_chain(shipped("connected_vehicle"));
  EXPECT_TRUE(same_content(other.content(), read_chain(shipped("connected_vehicle")).dossier));
  EXPECT_TRUE(other.check().empty());
}

TEST_P(EveryStore, GivesEveryFieldOfEveryTableBack) {
  Dossier dossier = full_office();
  dossier.problems.front().description = "引号 \" ' 反斜杠 \\ 换行\n𠮷 </script> ? :p1 %s";
  dossier.problems.front().products = {"甲；乙", "a;b", "\\", "无"};
  dossier.problems.front().aspect_shares[0] = Decimal::from_string("0.50");
  dossier.info.sources = {"一", "二"};
  dossier.info.sources_en = {"one", "two; three"};
  dossier.chain.add_segment({"tools", "设备", "Tools", Stage::upstream, "装备", {}, false, "", "machinery"});
  Enterprise maker;
  maker.id = "toolmaker";
  maker.name = "机床厂";
  maker.products = {"机床"};
  maker.products_en = {"machine; tools"};
  const EnterpriseId supplier = dossier.chain.add_enterprise(maker);
  Institution lab;
  lab.id = lab.name = "所";
  lab.products_en = {"tests"};
  dossier.chain.add_institution(lab);
  Link link;
  link.product = "机床";
  link.product_en = "machine tools";
  dossier.chain.add_link(supplier, EnterpriseId{0}, link);
  {
    Store store = open();
    store.fill(dossier);
  }
  Store again = open();
  EXPECT_TRUE(same_content(again.content(), dossier));
  EXPECT_TRUE(again.check().empty());
}

TEST_P(EveryStore, IsFilledOnce) {
  Store store = open();
  store.fill(full_office());
  const Error error = error_of([&] { store.fill(full_office()); });
  EXPECT_EQ(error.code(), ErrorCode::duplicate);
  EXPECT_FALSE(error.message().zh.empty());
  EXPECT_TRUE(same_content(store.content(), full_office()));
}

TEST_P(EveryStore, TakesNothingOfAChainWithErrors) {
  Dossier dossier = full_office();
  dossier.problems.front().related = {"P9"};
  dossier.scores.push_back({"P1", "王", Decimal(6, 0), Decimal(1, 0), Decimal(1, 0), ""});
  Store store = open();
  const Error error = error_of([&] { store.fill(dossier); });
  EXPECT_TRUE(says(error, "P9"));
  EXPECT_GE(error.findings().count(FindingLevel::error), 2U) << "all at once";
  EXPECT_TRUE(store.content().problems.empty());
}

TEST_P(EveryStore, ChangesOfTheChainsInformationAreVersioned) {
  Store store = open();
  store.fill(full_office());
  Entry<ChainInfo> info = store.info();
  EXPECT_EQ(info.record, full_office().info);
  info.record.name_en = "Batteries";
  EXPECT_EQ(store.change_info(info.version, info.record).version, info.version + 1);
  EXPECT_EQ(open().info().record.name_en, "Batteries");
  EXPECT_EQ(error_of([&] { store.change_info(info.version, info.record); }).code(), ErrorCode::conflict);
}

TEST_P(EveryStore, BacksUpWhileInUseAndComesBackWhole) {
  Store store = open("王");
  store.fill(full_office());
  Entry<Problem> problem = *store.find<Problem>("P1");
  problem.record.name = "改过";
  problem = store.change(problem.number, problem.version, problem.record);
  store.back_up(path("backup.db"));
  EXPECT_FALSE(std::filesystem::exists(path("backup.db-wal"))) << "one file to carry away";
  EXPECT_EQ(error_of([&] { store.back_up(path("backup.db")); }).code(), ErrorCode::duplicate);
  store.change(problem.number, problem.version, [&] {
    Problem later = problem.record;
    later.name = "备份之后";
    return later;
  }());
  Store copy =
      Store::open(GetParam() == Database::sqlite ? path("copy.db").string() : Server::instance().fresh_address());
  copy.restore(path("backup.db"));
  EXPECT_EQ(copy.find<Problem>("P1"), problem) << "version, clerk and time too";
  EXPECT_EQ(copy.revisions<Problem>(problem.number).size(), 2U);
  EXPECT_EQ(copy.search({"改过"}).hits.size(), 1U);
  EXPECT_TRUE(copy.check().empty());
  EXPECT_EQ(error_of([&] { copy.restore(path("backup.db")); }).code(), ErrorCode::duplicate);
  Store opened = Store::open(path("backup.db").string());
  EXPECT_EQ(opened.find<Problem>("P1"), problem) << "a backup is a store";
}

TEST_P(EveryStore, WritesWhatAnAssessmentFoundBesideItsProblems) {
  Store store = open();
  store.fill(full_office());
  const Dossier assessed = store.content();
  AssessReport report;
  report.enterprises = assessed.chain.enterprises();
  report.links = assessed.chain.links();
  ProblemAssessment found;
  found.number = "P1";
  found.grade = Grade::important;
  found.total = Rational(11, 3);
  found.shocks = true;
  found.impact.whole_chain.downstream = 0.1;
  found.diffusion.suggested = 4;
  report.problems.push_back(found);
  const auto facts = store.write_facts(assessed, report, on("2025-06-01"));
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts.front(), (AssessedFact{"P1", "2025-06-01", "linear", inputs_hash(assessed, {}), "11/3",
                                         Grade::important, "0.1", "4"}));
  EXPECT_EQ(store.content().facts.back(), facts.front());
  EXPECT_EQ(inputs_hash(assessed, {}), inputs_hash(store.content(), {})) << "facts are no input";
  Dossier other = assessed;
  other.problems.front().declared = Grade::critical;
  EXPECT_NE(inputs_hash(other, {}), inputs_hash(assessed, {}));
  report.problems.clear();
  EXPECT_EQ(error_of([&] { store.write_facts(assessed, report, on("2025-06-01")); }).code(), ErrorCode::shape_mismatch);
  EXPECT_FALSE(sql("UPDATE \"facts\" SET \"total\" = '1'").empty()) << "the database refuses";
}

TEST(InputsHash, TellsApartEveryOptionThatFactsDependOnAndNoOther) {
  const Dossier office = full_office();
  const auto hash = [&](auto&& change) {
    AssessOptions options;
    change(options);
    return inputs_hash(office, options);
  };
  std::set<std::string> hashes{inputs_hash(office, {})};
  const auto differs = [&](auto&& change) { EXPECT_TRUE(hashes.insert(hash(change)).second); };
  differs([](AssessOptions& o) { o.panel.consensus = Consensus::median; });
  differs([](AssessOptions& o) { o.panel.trim = Rational(1, 4); });
  differs([](AssessOptions& o) { o.stars = StarsTotal::lowest; });
  differs([](AssessOptions& o) { o.shock.ungraded = 0.5; });
  differs([](AssessOptions& o) { o.shock.include_solved = true; });
  differs([](AssessOptions& o) { o.measure = LossKind::upstream; });
  differs([](AssessOptions& o) { o.diffusion.least_loss = 0.1; });
  differs([](AssessOptions& o) { o.propagation.linear.capped = false; });
  differs([](AssessOptions& o) { o.propagation.model = Model::contagion; });
  differs([](AssessOptions& o) {
    o.propagation.model = Model::contagion;
    o.propagation.contagion.seed = 2;
  });
  EXPECT_FALSE(hashes.insert(hash([](AssessOptions& o) { o.stability_draws = 1; })).second);
  EXPECT_FALSE(hashes.insert(hash([](AssessOptions& o) { o.propagation.contagion.seed = 2; })).second)
      << "the linear model does not read it";
}

}  // namespace
}  // namespace chainqual::testing
