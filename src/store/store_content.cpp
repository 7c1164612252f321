#include <utility>

#include "chainqual/io/chain_json.hpp"
#include "core.hpp"
#include "io/chain_folder_spell.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Stored;
using storage::TableInfo;
using storage::Transaction;

namespace {

/// Reads whole tables in one transaction of the caller's.
class Loader {
 public:
  template <class State>
  explicit Loader(State& state) : rows_([&state](const TableInfo& table) { return state.rows(table); }) {}

  template <class R>
  [[nodiscard]] std::vector<R> all() const {
    std::vector<R> found;
    for (const Stored& row : rows_(storage::info_of(TableOf<R>::id))) found.push_back(storage::record_of<R>(row.cells));
    return found;
  }

 private:
  std::function<std::vector<Stored>(const TableInfo&)> rows_;
};

void load_chain(const Loader& loader, Chain& chain) {
  for (auto& segment : loader.all<Segment>()) chain.add_segment(std::move(segment));
  for (auto& institution : loader.all<Institution>()) chain.add_institution(std::move(institution));
  auto enterprises = loader.all<Enterprise>();
  chain.reserve(enterprises.size());
  for (auto& enterprise : enterprises) chain.add_enterprise(std::move(enterprise));
  for (auto& row : loader.all<LinkRow>()) {
    chain.add_link(chain.at(row.supplier), chain.at(row.customer), std::move(static_cast<Link&>(row)));
  }
}

void load_registers(const Loader& loader, Dossier& dossier) {
  dossier.projects = loader.all<Project>();
  dossier.milestones = loader.all<Milestone>();
  dossier.results = loader.all<SharedResult>();
  dossier.policy_tools = loader.all<PolicyTool>();
  dossier.indicators = loader.all<IndicatorRow>();
  for (auto& consortium : loader.all<Consortium>()) dossier.consortium = std::move(consortium);
  dossier.members = loader.all<Member>();
  dossier.scopes = loader.all<Scope>();
  dossier.changes = loader.all<Change>();
  dossier.risks = loader.all<ProjectRisk>();
  dossier.reports = loader.all<ProgressReport>();
  dossier.documents = loader.all<ProjectDocument>();
  dossier.licences = loader.all<Licence>();
  dossier.events = loader.all<ChainEvent>();
  dossier.reviews = loader.all<Review>();
  dossier.partners = loader.all<ProjectPartner>();
}

}  // namespace

void Store::State::check_empty() {
  bool empty = setting("info").first.empty();
  for (std::size_t id = 0; empty && id < table_count; ++id) {
    empty = !connection.value("SELECT \"record\" FROM " +
                              storage::quoted_name(storage::info_of(static_cast<TableId>(id)).name) + " LIMIT 1");
  }
  if (empty) return;
  throw Error(ErrorCode::duplicate,
              {"登记库 " + connection.shown() + " 已有内容，不能整体导入：请导入到新的登记库，或逐条登记。",
               "The store " + connection.shown() +
                   " holds something already: take a whole chain into a new store, or enter records one by one."});
}

void Store::State::set_info(const std::string& text, std::int64_t version) {
  connection.run("DELETE FROM \"store\" WHERE \"key\" = 'info'");
  connection.run(
      "INSERT INTO \"store\" (\"key\", \"value\", \"version\", \"changed_at\", \"changed_by\") VALUES ('info', ?, ?, "
      "?, "
      "?)",
      {text, std::to_string(version), now(), options.clerk});
}

void Store::fill(const Dossier& dossier) {
  const Dossier taken = chain_from_json(chain_to_json(dossier), "dossier").dossier;
  State& state = *state_;
  Transaction transaction(state.connection, Transaction::Kind::write);
  state.check_empty();
  state.set_info(storage::info_text(taken.info), 1);
  const std::string now = state.now();
  intake::for_each_table(taken, [&]<class R>(const std::vector<R>& records_of_table) {
    const TableInfo& table = storage::info_of(TableOf<R>::id);
    Stored row{state.take_numbers(static_cast<std::int64_t>(records_of_table.size())), 1, now, state.options.clerk, {}};
    std::vector<Stored> with_lists;
    for (const R& record : records_of_table) {
      row.cells = storage::cells_of(record);
      state.insert(table, row);
      state.index(table, row);
      if (table.has_lists()) with_lists.push_back(row);
      ++row.number;
    }
    for (const Stored& one : with_lists) state.insert_lists(table, one);  // problems may refer to later ones
  });
  transaction.commit();
  state.connection.tidy();
}

Dossier Store::State::content(bool whole_libraries) {
  const Transaction moment(connection, Transaction::Kind::read);
  return loaded(whole_libraries);
}

Dossier Store::State::loaded(bool whole_libraries) {
  Dossier dossier;
  dossier.info = storage::info_from(setting("info").first);
  const Loader loader(*this);
  load_chain(loader, dossier.chain);
  load_registers(loader, dossier);
  if (!whole_libraries) return dossier;
  dossier.problems = loader.all<Problem>();
  dossier.scores = loader.all<ScoreRow>();
  dossier.facts = loader.all<AssessedFact>();
  dossier.history = loader.all<StepRecord>();
  return dossier;
}

Dossier Store::content() {
  return state_->content(true);
}

Findings Store::import_chain(const std::filesystem::path& path, const ReadOptions& read) {
  ChainFile file = read_chain(path, read);
  fill(file.dossier);
  return std::move(file.findings);
}

void Store::export_chain(const std::filesystem::path& path, const WriteOptions& write) {
  write_chain(content(), path, write);
}

}  // namespace v1
}  // namespace chainqual
