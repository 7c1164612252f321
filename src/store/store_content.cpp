#include <utility>

#include "chainqual/io/chain_json.hpp"
#include "core.hpp"
#include "io/chain_folder_spell.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Engine;
using storage::Stored;
using storage::TableInfo;
using storage::Transaction;
using storage::whole;

namespace {

/// The chain's own information as text: a JSON chain with nothing else in it.
std::string info_text(const ChainInfo& info) {
  Dossier bare;
  bare.info = info;
  return chain_to_json(bare);
}
ChainInfo info_from(const std::string& text) {
  return text.empty() ? ChainInfo{} : chain_from_json(text, "store").dossier.info;
}

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
  dossier.problems = loader.all<Problem>();
  dossier.scores = loader.all<ScoreRow>();
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
  dossier.facts = loader.all<AssessedFact>();
  dossier.history = loader.all<StepRecord>();
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
  state.set_info(info_text(taken.info), 1);
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

Dossier Store::content() {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  Dossier dossier;
  dossier.info = info_from(state_->setting("info").first);
  const Loader loader(*state_);
  load_chain(loader, dossier.chain);
  load_registers(loader, dossier);
  return dossier;
}

Findings Store::import_chain(const std::filesystem::path& path, const ReadOptions& read) {
  ChainFile file = read_chain(path, read);
  fill(file.dossier);
  return std::move(file.findings);
}

void Store::export_chain(const std::filesystem::path& path, const WriteOptions& write) {
  write_chain(content(), path, write);
}

Entry<ChainInfo> Store::info() {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  return state_->info_entry();
}

Entry<ChainInfo> Store::State::info_entry() {
  Entry<ChainInfo> entry;
  const auto found = connection.rows(
      "SELECT \"value\", \"version\", \"changed_at\", \"changed_by\" FROM \"store\" WHERE \"key\" = 'info'", {}, 4);
  if (found.empty()) return entry;
  entry.record = info_from(storage::text_or_empty(found.front()[0]));
  entry.version = whole(found.front()[1]);
  entry.changed_at = storage::text_or_empty(found.front()[2]);
  entry.changed_by = storage::text_or_empty(found.front()[3]);
  return entry;
}

Entry<ChainInfo> Store::change_info(std::int64_t version, const ChainInfo& info) {
  const std::string text = info_text(info_from(info_text(info)));
  Transaction transaction(state_->connection, Transaction::Kind::write);
  const Entry<ChainInfo> now = state_->info_entry();
  if (now.version != version) {
    const std::string by = shown_value(now.changed_by);
    throw Error(ErrorCode::conflict,
                {"产业链信息已由“" + by + "”于 " + now.changed_at + " 修改（现为第 " + std::to_string(now.version) +
                     " 版，您依据的是第 " + std::to_string(version) + " 版）。请重新读取后再改。",
                 "The chain's information was changed by '" + by + "' at " + now.changed_at + " (it is at version " +
                     std::to_string(now.version) + ", yours was made from " + std::to_string(version) +
                     "). Read it again, then make your change."});
  }
  state_->set_info(text, version + 1);
  Entry<ChainInfo> entry = state_->info_entry();
  transaction.commit();
  return entry;
}

}  // namespace v1
}  // namespace chainqual
