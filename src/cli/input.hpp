#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/io/cascade_tables.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/key_table.hpp"
#include "help.hpp"

namespace chainqual::cli {

/// How a chain is to be read, as typed.
struct ReadFlags {
  bool repair = false;
  std::string rejects;
};

void add_read_flags(CLI::App& app, const Session& session, ReadFlags& flags);

/// Reads a chain folder or its JSON twin and looks at the chain as a whole: structure, names alike, and declared stars
/// that differ from the computed grade. Findings of the reader come first.
/// @throws Error with every finding when the tables have errors; Error{not_found}.
[[nodiscard]] ChainFile read_and_check(Session& session, const std::string& path, const ReadFlags& flags);

/// How much of what was noticed goes to standard error: every finding, or a line that says how many there are and which
/// command lists them (errors, repairs and rejected rows are always told in full).
enum class Tell { findings, count };

/// The same, and tells what was noticed.
/// @throws moreover Error with every finding when the chain as a whole has errors.
[[nodiscard]] ChainFile load_chain(Session& session, const std::string& path, const ReadFlags& flags,
                                   Tell much = Tell::count);

/// A network with what people call its enterprises; with the whole chain where the input had one.
class NamedNetwork {
 public:
  /// Reads a chain folder, a `.json` chain, a `.csv` table of links, or a `.cqn` file. @throws Error
  NamedNetwork(Session& session, const std::string& path, const ReadFlags& flags);

  [[nodiscard]] const Network& network() const noexcept { return network_; }
  [[nodiscard]] const ChainFile* chain_file() const noexcept { return file_ ? &*file_ : nullptr; }
  [[nodiscard]] std::string key(EnterpriseId id) const;
  /// In the session's language; the key where the input has no names.
  [[nodiscard]] std::string name(EnterpriseId id) const;
  [[nodiscard]] std::string segment_name(std::uint32_t segment) const;
  /// "upstream" … in the session's language; empty where it is not known.
  [[nodiscard]] std::string stage_name(EnterpriseId id) const;

  /// The enterprise meant by an id, credit code, name, or a part of a name that only one enterprise has.
  /// @throws UsageError naming the ones that come near.
  [[nodiscard]] EnterpriseId resolve(const std::string& text) const;

  /// What tables that a user gives beside the chain may call enterprises, and sectors: the chain's segments, the names
  /// that the file holds for them, or numbers. The network must outlive it.
  [[nodiscard]] NameLookup enterprise_names() const;
  [[nodiscard]] NameLookup sector_names() const;
  /// Sectors of the network, those of the cascade: its sector column, else its segment column.
  [[nodiscard]] std::uint32_t sectors() const;

 private:
  [[nodiscard]] std::optional<EnterpriseId> find(std::string_view text) const;
  [[nodiscard]] std::vector<EnterpriseId> with_part(const std::string& text) const;
  [[nodiscard]] std::vector<std::string> near(const std::string& text) const;

  Language language_;
  std::optional<ChainFile> file_;
  Network network_;
  KeyTable keys_;
  std::vector<std::string> segments_;
};

/// The same of a chain, which must outlive them.
[[nodiscard]] NameLookup enterprise_names_of(const Chain& chain);
[[nodiscard]] NameLookup sector_names_of(const Chain& chain);

/// The shocks of `--at ENTERPRISE=SHARE`, by enterprise. @throws UsageError a share outside [0, 1] or none given.
[[nodiscard]] std::vector<double> shocks_at(const NamedNetwork& named, const std::vector<std::string>& at);

/// The name of a record in a language; the other language where it has none.
template <class Record>
[[nodiscard]] std::string name_in(const Record& record, Language language) {
  const std::string& wanted = language == Language::zh ? record.name : record.name_en;
  const std::string& other = language == Language::zh ? record.name_en : record.name;
  return wanted.empty() ? other : wanted;
}

}  // namespace chainqual::cli
