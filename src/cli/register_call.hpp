#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess_flags.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/store/store.hpp"
#include "findings.hpp"
#include "register_form.hpp"
#include "session.hpp"

/// What the actions of `chainqual register` share, and the actions themselves; each returns the exit code.
namespace chainqual::cli {

struct RegisterOptions {
  std::vector<std::string> words;  ///< the store, and what the action takes
  std::vector<std::string> where;
  std::string order;
  bool descending = false;
  std::string offset = "0";
  std::string limit = "100";
  std::string version;
  std::string within;
  std::string clerk;
  std::string date;
  std::string who;
  std::string by;
  std::string reason;
  std::string correct;    ///< step: the step to take back instead
  bool fresh = false;     ///< --new
  bool recorded = false;  ///< as-of: what the store held then
  AssessFlags assess;
  FormWords form;
};

/// One run: the words behind the action, the open store, and a place for the answer.
struct RegisterCall {
  Session& session;
  const RegisterOptions& typed;
  const std::vector<std::string>& words;
  Store& store;
  const std::optional<ChainFile>& chain;  ///< what `import` read before the store was made

  [[nodiscard]] const std::string& word(std::size_t at) const { return words.at(at + 1); }
  [[nodiscard]] std::size_t count() const { return words.size() - 1; }
  [[nodiscard]] TableId table() const { return table_named(word(0)); }
  [[nodiscard]] Date day() const;

  /// Prints the answer: `json` where asked for, else the text.
  int done(const Json& json, const std::string& text) const;
};

/// Declares the options that the action `app` reads, and no others: what is said without effect misleads.
void add_register_flags(CLI::App& app, const Session& session, RegisterOptions& typed);

/// "field=value" of each word from `first` on. @throws UsageError
[[nodiscard]] PlainRecord fields_from(const RegisterCall& call, std::size_t first);
/// --version-seen, else `now`. @throws UsageError
[[nodiscard]] std::int64_t version_or(const RegisterCall& call, std::int64_t now);

/// @{ Records.
int list_records(const RegisterCall& call);
int show_record(const RegisterCall& call);
int add_record(const RegisterCall& call);
int change_record(const RegisterCall& call);
int remove_record(const RegisterCall& call);
int show_revisions(const RegisterCall& call);
int show_info(const RegisterCall& call);
/// @}

/// @{ Lifecycles and rules.
int take_step(const RegisterCall& call);
int show_history(const RegisterCall& call);
int write_as_of(const RegisterCall& call);
int show_due(const RegisterCall& call);
int show_access(const RegisterCall& call);
int show_coverage(const RegisterCall& call);
int show_proposals(const RegisterCall& call);
int show_conflicts(const RegisterCall& call);
int assess_store(const RegisterCall& call);
/// @}

}  // namespace chainqual::cli
