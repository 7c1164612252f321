#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/schema.hpp"
#include "chainqual/io/text.hpp"

// The tables of a chain between their files and the dossier: every row read, where it stood, and whether a rule broke
// it.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Where a row stood: `begin` and `end` are offsets into the decoded text of its file.
struct Origin {
  std::uint64_t record = 0;
  std::uint64_t line = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// All rows of one table, bad ones included: records, origins and bad are of one length.
template <class R>
struct Rows {
  bool present = false;
  bool whole = true;  ///< false: the file could not be read to its end, so unknown references into it say nothing
  bool json = false;
  std::string file;
  std::vector<std::string> headings;  ///< by field: as it stands in a CSV file; empty where the column is absent
  std::vector<R> records;
  std::vector<Origin> origins;
  std::vector<char> bad;

  [[nodiscard]] Location where(std::size_t row, std::size_t field) const {
    Location place;
    place.file = file;
    place.record = origins[row].record;
    place.line = origins[row].line;
    const auto& fields = TableOf<R>::fields;
    if (json) {
      place.column = "/" + std::string(TableOf<R>::name) + "/" + std::to_string(origins[row].record - 1);
      if (field < fields.size()) place.column += "/" + std::string(fields[field].key);
    } else if (field < fields.size()) {
      place.column = field < headings.size() && !headings[field].empty() ? headings[field] : fields[field].key;
    }
    return place;
  }
};

/// Position of a field by its member's name; the name must be a field's.
template <class R>
[[nodiscard]] constexpr std::size_t field_at(std::string_view key) {
  std::size_t i = 0;
  while (TableOf<R>::fields[i].key != key) ++i;
  return i;
}

using Tables = std::tuple<Rows<Segment>, Rows<Institution>, Rows<Enterprise>, Rows<LinkRow>, Rows<Problem>,
                          Rows<ScoreRow>, Rows<Project>, Rows<Milestone>, Rows<SharedResult>, Rows<PolicyTool>,
                          Rows<IndicatorRow>, Rows<Consortium>, Rows<Member>, Rows<Scope>, Rows<Change>,
                          Rows<ProjectRisk>, Rows<ProgressReport>, Rows<ProjectDocument>, Rows<Licence>,
                          Rows<ChainEvent>, Rows<Review>, Rows<AssessedFact>, Rows<StepRecord>, Rows<ProjectPartner>>;
static_assert(std::tuple_size_v<Tables> == table_count);

/// Everything gathered while reading one chain.
class Intake {
 public:
  Intake(const ReadOptions& options, const Control& control)
      : options_(&options),
        control_(&control),
        errors_(static_cast<std::size_t>(options.limits.findings)),
        notes_(static_cast<std::size_t>(options.limits.findings)) {}

  [[nodiscard]] const ReadOptions& options() const noexcept { return *options_; }
  [[nodiscard]] const Control& control() const noexcept { return *control_; }
  [[nodiscard]] bool rejecting() const noexcept { return !options_->rejects.empty(); }

  template <class R>
  [[nodiscard]] Rows<R>& rows() {
    return std::get<Rows<R>>(tables_);
  }
  [[nodiscard]] Tables& tables() noexcept { return tables_; }

  /// A finding about a file, not one row: an error among these stops the reading even with rejects.
  void add(Finding finding) {
    if (finding.level == FindingLevel::error) file_errors_ = true;
    file(std::move(finding));
  }
  void add(const Findings& findings) {
    for (const auto& finding : findings.kept()) add(finding);
  }

  /// A finding about one row; an error makes the row bad.
  template <class R>
  void add(Rows<R>& rows, std::size_t row, Finding finding) {
    if (finding.level == FindingLevel::error) {
      rows.bad[row] = 1;
      if (rejecting()) row_errors_.push_back(finding);
    }
    file(std::move(finding));
  }

  /// A finding about one cell of a row.
  template <class R>
  void add(Rows<R>& rows, std::size_t row, std::size_t field, FindingLevel level, ErrorCode code,
           std::string_view value, Text rule, Text fix) {
    add(rows, row, Finding{level, code, rows.where(row, field), shown_value(value), std::move(rule), std::move(fix)});
  }

  /// Errors first: warnings in their thousands must not push them out.
  [[nodiscard]] Findings findings() const {
    Findings all(static_cast<std::size_t>(options_->limits.findings));
    all.add(errors_);
    all.add(notes_);
    return all;
  }
  [[nodiscard]] bool has_errors() const noexcept { return errors_.has_errors(); }
  [[nodiscard]] bool has_file_errors() const noexcept { return file_errors_; }
  /// Every error of a rejected row, not limited: they stand beside the rows in the rejects folder.
  [[nodiscard]] const std::vector<Finding>& row_errors() const noexcept { return row_errors_; }

  ChainInfo info;
  std::array<TextFile, table_count> files;             ///< CSV files, kept until the rejects are written
  std::array<std::string_view, table_count> headings;  ///< of CSV files: the heading line in the text
  TextFile document;                                   ///< the JSON twin

 private:
  void file(Finding finding) { (finding.level == FindingLevel::error ? errors_ : notes_).add(std::move(finding)); }

  const ReadOptions* options_;
  const Control* control_;
  Tables tables_;
  Findings errors_;
  Findings notes_;
  std::vector<Finding> row_errors_;
  bool file_errors_ = false;
};

/// Checks rules between rows and tables: ids given once, references known, an enterprise's stage that of its home
/// segment, scores complete. Empty ids are filled first (credit code, else name). With rejects, rows that refer to bad
/// rows become bad.
void check_tables(Intake& intake);

/// Writes the bad rows and their findings into the rejects folder; what an earlier reading left there is replaced.
void write_rejects(Intake& intake);

/// Puts the good rows into a chain file, which they leave the intake for. Throws the findings where strict reading met
/// an error.
[[nodiscard]] ChainFile finish(Intake& intake);

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
