#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/chain_info.hpp"
#include "chainqual/register/access.hpp"
#include "chainqual/register/correct.hpp"
#include "chainqual/register/coverage.hpp"
#include "chainqual/register/due.hpp"
#include "chainqual/register/step.hpp"
#include "chainqual/store/records.hpp"

namespace chainqual {
inline namespace v1 {

struct AssessOptions;
struct AssessReport;

/// The registers of one chain in a database: an SQLite file by default, a PostgreSQL server when given its address.
///
/// Every call that changes something is one transaction: when it returns the change is on the disk; when it throws
/// nothing was changed. Writers wait for each other (`StoreOptions::wait_ms`); readers see one moment and wait for
/// nobody. A record carries a version: a change made from an old one is refused, so that two clerks cannot overwrite
/// each other. What a change replaced is kept (`revisions`). Steps, facts and revisions are only ever added; the
/// database itself refuses anything else.
///
/// All calls throw, besides what they say: Error{conflict} another process kept writing too long; Error{io_failure}
/// disk full, no permission, connection lost; Error{checksum_mismatch} the file is damaged.
///
/// One owner at a time; several stores, in one process or many, may be open on one database.
class Store {
 public:
  /// Opens a store, making it where there is none, and brings an older one's schema to this version's.
  ///
  /// SQLite files are used with write-ahead logging, foreign keys and full synchronisation: beside `quality.db` stand
  /// `quality.db-wal` and `-shm` while it is open, and they belong to it. Keep such files on a local disk, never on a
  /// network share; several offices share a PostgreSQL database. There the tables live in the first schema of the
  /// connection's search path.
  ///
  /// @param address  path of a file, or `postgresql://user@host/database` (libpq's form).
  /// @param options  who acts, waiting, clock.
  /// @throws Error{not_found}         no such folder; no such store, with `must_exist`.
  /// @throws Error{wrong_format}      not a database, or that of another program.
  /// @throws Error{version_mismatch}  a newer version of chainqual made it.
  /// @throws Error{io_failure}        read-only, or the server cannot be reached.
  /// @complexity O(1).
  /// @numerics none.
  /// @threads  Safe beside other stores on the same database, also while it is made.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static Store open(const std::string& address, const StoreOptions& options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  /// @{ Whole contents.

  /// Fills an empty store with a chain and all its registers.
  ///
  /// @param dossier  it is taken by the rules of the chain folder's reader.
  /// @throws Error{duplicate} the store holds something already.
  /// @throws Error            all that the reader would find wrong, as findings; nothing is taken then.
  /// @complexity O(content).
  /// @numerics Exact: `content` gives the same dossier back.
  /// @threads  One owner.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  void fill(const Dossier& dossier);
  /// Everything, as of one moment. @complexity O(content).
  [[nodiscard]] Dossier content();
  /// Reads a chain folder or JSON file into an empty store; its findings come back. @throws Error as read_chain, fill.
  Findings import_chain(const std::filesystem::path& path, const ReadOptions& options = {});
  /// Writes everything as a chain folder, `.json` or `.xlsx`. @throws Error as write_chain.
  void export_chain(const std::filesystem::path& path, const WriteOptions& options = {});
  /// Writes a store file that holds all of this one, versions and revisions included, as of one moment; the store stays
  /// in use. Of a PostgreSQL store too it is an SQLite file. @throws Error{duplicate} something stands at `path`.
  void back_up(const std::filesystem::path& path);
  /// Fills an empty store with everything that a store file holds. @throws Error{duplicate} it is not empty.
  void restore(const std::filesystem::path& path);
  /// @}

  /// @{ What the chain is called, its model and cycles.
  [[nodiscard]] Entry<ChainInfo> info();
  /// @throws Error{conflict} it was changed since `version`. @throws Error as read_chain for its values.
  Entry<ChainInfo> change_info(std::int64_t version, const ChainInfo& info);
  /// The same in texts: the fields given alone, by either name (`info_fields`); an empty value empties its field.
  /// @throws Error as info_with; conflict as change_info.
  Entry<ChainInfo> change_info(std::int64_t version, const InfoTexts& fields);
  /// @}

  /// @{ Records, one at a time. R: Problem, Project, SharedResult, Licence, Member … (TableOf<R> exists).

  /// Enters a record. Its texts are taken by the rules of the chain folder's reader (trimmed, codes and days checked).
  ///
  /// A record with a lifecycle enters in its first status; `step` leads it on.
  ///
  /// @throws Error  all that is wrong at once, as findings: missing_value, invalid_value, unknown_reference (the
  /// nearest
  ///                ids are named), duplicate, illegal_step (another status than the first).
  /// @complexity O(record · log rows).
  /// @numerics Decimals are kept exactly, as written.
  /// @threads  One owner.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  template <Editable R>
  Entry<R> add(const R& record);

  /// Puts another content in a record's place. Its key and status stay; what an approved project, a decided
  /// application, a signed licence and a shared result keep is told in register/edit.hpp.
  ///
  /// @param number   Entry::number.
  /// @param version  the version that the change was made from.
  /// @throws Error{conflict}   somebody changed it since: the message names who, when and what.
  /// @throws Error{not_found}  there is no such record, or it was removed: by whom and when.
  /// @throws Error             as add; illegal_step where the status differs, invalid_argument where the key does.
  template <Editable R>
  Entry<R> change(std::int64_t number, std::int64_t version, const R& record);

  /// Takes a record out; its revisions stay.
  /// @throws Error{unknown_reference}  others refer to it: they are named.
  /// @throws Error{illegal_step}       it has taken steps: it stays, and ends by a step.
  /// @throws Error{conflict | not_found} as change.
  template <Editable R>
  void remove(std::int64_t number, std::int64_t version);

  /// @throws Error{not_found}
  template <Storable R>
  [[nodiscard]] Entry<R> get(std::int64_t number);
  /// The record with that id or number (milestones: of a project; scores: of an expert for a problem; members: by unit,
  /// the time that is open where a unit has several), or none.
  /// @throws Error{duplicate} a unit with several times in the consortium, and not just one of them open.
  template <Storable R>
  [[nodiscard]] std::optional<Entry<R>> find(std::string_view key, std::string_view within = {});
  /// @throws Error{unknown_column | invalid_value} a condition that cannot be.
  /// @complexity O(log rows + page) by key, status, stage, category and other indexed fields; O(log rows + rows that
  ///             hold its pairs of characters) for what a searched table's field contains; else O(rows).
  template <Storable R>
  [[nodiscard]] Page<R> list(const Listing& listing = {});
  /// What a record was and is, oldest first; of a removed one what it was.
  template <Storable R>
  [[nodiscard]] std::vector<Revision<R>> revisions(std::int64_t number);
  /// @}

  /// @{ The same in texts, for any table.

  /// As add<R>. @throws Error{unknown_column} a heading that the table has not.
  /// @throws Error{invalid_argument} history and facts, which steps and assessments write.
  PlainEntry add(TableId table, const PlainRecord& fields);
  /// As change<R>, of the fields given alone; an empty value empties its field.
  PlainEntry change(TableId table, std::int64_t number, std::int64_t version, const PlainRecord& fields);
  void remove(TableId table, std::int64_t number, std::int64_t version);
  [[nodiscard]] PlainEntry get(TableId table, std::int64_t number);
  [[nodiscard]] std::optional<PlainEntry> find(TableId table, std::string_view key, std::string_view within = {});
  [[nodiscard]] PlainPage list(TableId table, const Listing& listing = {});
  [[nodiscard]] std::vector<PlainRevision> revisions(TableId table, std::int64_t number);
  /// As step. @throws Error{invalid_value} a state or actor that there is not: those that there are are listed.
  StepRecord step(const PlainStep& step, std::optional<std::int64_t> version = {});
  /// As correct. @throws Error{invalid_value} an actor or a lifecycle that there is not: those that there are are
  /// listed.
  StepRecord correct(const PlainCorrection& correction, std::optional<std::int64_t> version = {});
  /// @}

  /// @{ Lifecycles and what follows from them.

  /// Takes a step, by the guards of register/step.hpp. Without `by` the clerk took it. A day behind tomorrow (by the
  /// store's clock) is refused as mistyped, unless `latest` allows it.
  /// @param version  when given, the step is refused if the record was changed since.
  /// @throws Error as take_step. @throws Error{conflict}
  template <class State>
  StepRecord step(const StepRequest<State>& request, std::optional<std::int64_t> version = {});
  /// Takes a step back that was entered by mistake, by the rules of register/correct.hpp. Without `by` the clerk did.
  /// State: the record's status, as ProjectStatus.
  /// @param version  when given, the correction is refused if the record was changed since.
  /// @throws Error as correct_step. @throws Error{conflict}
  /// @complexity O(content).
  template <class State>
  StepRecord correct(const Correction& correction, std::optional<std::int64_t> version = {});
  /// The steps of a record, oldest first, corrections and what they took back among them. `lifecycle`: problem,
  /// project, result, licence, consortium, change.
  /// @throws Error{invalid_value} no such lifecycle; those that there are are listed. @throws Error{not_found} no
  /// record.
  [[nodiscard]] std::vector<StepRecord> history(std::string_view lifecycle, std::string_view number);
  /// The registers as they were at the end of a day: as their own days tell it (register/as_of.hpp), or, with
  /// Moment::recorded, word for word as they were recorded at the end of that day by the store's clock (UTC), from rows
  /// and revisions. What was taken in as a whole was recorded on that day. What the chain says of itself (`info`) is
  /// that of now.
  [[nodiscard]] Dossier as_of(Date day, Moment moment = Moment::registers);
  [[nodiscard]] std::vector<DueItem> due(Date today, const DueOptions& options = {});
  [[nodiscard]] std::vector<ProjectWarning> warnings(Date today);
  [[nodiscard]] Findings consistency(Date today);

  /// What a unit may do with a result on a day, and why (register/access.hpp).
  /// @param result  its number. @param unit  id, name or credit code; empty: the public.
  /// @throws Error{not_found} no result has that number: the nearest are named.
  [[nodiscard]] Access access(std::string_view result, std::string_view unit, Date day);
  /// The institutions of each segment, and what none of them tests (register/coverage.hpp).
  [[nodiscard]] std::vector<SegmentCoverage> coverage(Date day);
  /// Proposals in the order in which they are to be considered (register/access.hpp).
  [[nodiscard]] std::vector<Proposal> proposals();
  /// The licences in force that exclude one, signed or not (register/conflicts.hpp).
  /// @throws Error{not_found} no licence has that number: the nearest are named.
  [[nodiscard]] std::vector<Licence> conflicts(std::string_view licence);
  /// @}

  /// Full-text search: every word of the query, set apart by spaces, stands in the record. Chinese is found anywhere,
  /// also single characters; Latin words and digits from their beginnings. Width and ASCII case aside. Records whose
  /// number or name holds all words come first, then the others, each in the order of entry.
  ///
  /// @throws Error{invalid_argument} a query without a letter, digit or character; a table that is not searched.
  /// @complexity O(log rows + matches looked at).
  /// @numerics none.
  /// @threads  One owner.
  /// @source  Definition, no paper; the same on every database.
  /// @since 0.1, experimental.
  [[nodiscard]] SearchPage search(const Search& wanted);

  /// Writes what an assessment of `content()` found beside each of its problems: model, hash of inputs, day,
  /// exact total, grade, mean loss of the whole chain (by the report's measure) and suggested diffusion. A problem that
  /// shocks nobody has no loss.
  ///
  /// @param assessed  what was assessed: `inputs_hash` of it and the report's options is kept.
  /// @param report    what `assess` returned for it.
  /// @param day       of the assessment.
  /// @return The facts added, one a problem.
  /// @throws Error{shape_mismatch}     the report is not of this dossier.
  /// @throws Error{unknown_reference}  a problem that the store does not hold.
  std::vector<AssessedFact> write_facts(const Dossier& assessed, const AssessReport& report, Date day);

  /// Looks for damage: the database's own check, references, the search index, versions.
  /// @return Findings; none when all is well. @complexity O(content).
  [[nodiscard]] Findings check();

  /// Takes the store's tables out of the database again, where this opening made them and nothing was entered since:
  /// for who made a store for something that then failed. Of a PostgreSQL store; a file is removed by its name.
  /// @return Whether they were taken out; then nothing but the destructor may be called. @complexity O(1).
  bool discard_new();

  /// The address, a password taken out.
  [[nodiscard]] const std::string& address() const noexcept;

 private:
  class State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The hash of what an assessment's facts follow from: chain, problems, scores and severity model of the dossier, and
/// the options that bear on them (panel, shocks, measure, diffusion, propagation model with its own); 16 hexadecimal
/// digits. Facts of one hash agree.
[[nodiscard]] std::string inputs_hash(const Dossier& dossier, const AssessOptions& options);

}  // namespace v1
}  // namespace chainqual
