#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "chainqual/io/schema.hpp"
#include "connection.hpp"

// The tables of a store. What the first migration made stands here as text that never changes; the compiler compares it
// with the tables of io/schema.hpp, so that a field added there without a migration does not build.

namespace chainqual {
inline namespace v1 {
namespace storage {

/// Every record type, in the order of TableId.
using RecordTypes =
    std::tuple<Segment, Institution, Enterprise, LinkRow, Problem, ScoreRow, Project, Milestone, SharedResult,
               PolicyTool, IndicatorRow, Consortium, Member, Scope, Change, ProjectRisk, ProgressReport,
               ProjectDocument, Licence, ChainEvent, Review, AssessedFact, StepRecord, ProjectPartner>;
static_assert(std::tuple_size_v<RecordTypes> == table_count);

/// One table as the migration that made it has it. Columns: `name`, `name*` for a list, `name>table` for a reference,
/// `name*>table` for a list of references. Key: the columns that no two rows share.
struct TableSpec {
  std::string_view name;
  std::string_view columns;
  std::string_view key;
  std::string_view indexes;  ///< further columns that are often asked for
  int migration = 1;
};

inline constexpr std::array<TableSpec, table_count> made_tables{{
    {"segments", "id name name_en stage industry regions* final_product note", "id", ""},
    {"institutions",
     "id credit_code name name_en kind region cma cnas segments*>segments products* parameters* methods* source", "id",
     ""},
    {"enterprises",
     "id credit_code name name_en stage segments*>segments region city role ladder products* weight source", "id",
     "credit_code"},
    {"links", "supplier>enterprises customer>enterprises product value dependency escape kind evidence source", "",
     "supplier customer"},
    {"problems",
     "number name name_en industry stage segments*>segments enterprises*>enterprises products* reporter unit date "
     "description description_en scope cost efficiency safety brand environment technical_causes managerial_causes "
     "related*>problems common ideas status category declared source",
     "number", "name status stage category declared date"},
    {"scores", "problem>problems expert impact diffusion urgency basis", "problem expert", ""},
    {"projects",
     "number name name_en kind problems*>problems problem_text problem_text_en lead participants* start end content "
     "expected expected_en budget status source",
     "number", "name status kind lead"},
    {"milestones", "project>projects number name name_en due done note", "project number", ""},
    {"results",
     "number name name_en project>projects contributor kind summary problems*>problems indicators scope rights_kind "
     "rights_status certificate owner level terms directed_to* contact pledged opinion status",
     "number", "name status kind level project"},
    {"policy_tools", "number need need_en measures measures_en form form_en effect effect_en problems*>problems source",
     "number", ""},
    {"indicators", "project>projects name name_en category unit direction baseline target value period evidence source",
     "", "project"},
    {"consortium",
     "name field principal principal_phone contact contact_phone goals plan structure rights ownership profit entry "
     "status",
     "", ""},
    {"members", "unit credit_code name kind lead region contact phone entered left reason", "", "unit"},
    {"scopes", "institution>institutions product parameter method mark until", "", "institution"},
    {"changes", "project>projects number kind before after reason applied by decision decided decided_by", "",
     "project"},
    {"risks", "project>projects number raised description grave measure closed", "", "project"},
    {"reports", "project>projects date done_share spent text by", "", "project"},
    {"documents", "project>projects kind name date place", "", "project"},
    {"licences",
     "number result>results licensor licensee kind territory field start end fee payment duties breach disputes status "
     "signed_on",
     "number", "status result"},
    {"events",
     "number date dimension name description segments*>segments enterprises*>enterprises projects*>projects trigger "
     "source",
     "", "date"},
    {"reviews", "subject date by note", "", ""},
    {"facts", "problem>problems date model inputs total grade mean_loss suggested_diffusion", "", "problem"},
    {"history", "table number step from to date who by reason", "", "number"},
    {"partners", "project>projects unit principal tasks", "", "project", 6},
}};

/// Columns that later migrations added to those tables, with the migration that did.
struct AddedColumns {
  int migration;
  std::string_view table;
  std::string_view columns;
};
inline constexpr std::array<AddedColumns, 10> added_columns{{
    {4, "projects", "route resources"},
    {4, "results", "terms_note"},
    {5, "enterprises", "size"},
    {5, "indicators", "steps* date action owner due"},
    {6, "history", "corrects"},
    {7, "segments", "industry_en"},
    {7, "institutions", "products_en*"},
    {7, "enterprises", "products_en*"},
    {7, "links", "product_en"},
    {7, "problems", "products_en*"},
}};

/// The next word of a list set apart by spaces, taken off its front.
[[nodiscard]] constexpr std::string_view next_word(std::string_view& rest) noexcept {
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  return word;
}

/// One column as a specification writes it.
struct ColumnSpec {
  std::string_view name;
  std::string_view refers;
  bool list = false;
};
[[nodiscard]] constexpr ColumnSpec column_of(std::string_view word) noexcept {
  const auto end = word.find_first_of("*>");
  const auto arrow = word.find('>');
  return {word.substr(0, end), arrow == std::string_view::npos ? std::string_view() : word.substr(arrow + 1),
          word.find('*') != std::string_view::npos};
}

/// A column of a table in use.
struct ColumnInfo {
  std::string_view name;
  std::string_view zh;
  TableId refers = TableId::none;
  bool list = false;
};

/// A table in use: what the SQL for it is made from.
struct TableInfo {
  TableId id = TableId::none;
  std::string_view name;
  std::string_view zh;
  std::vector<ColumnInfo> columns;
  std::vector<std::size_t> key;    ///< columns of the key; empty: rows are told apart by their record number alone
  std::vector<std::size_t> title;  ///< columns searched first; empty: not searched
  std::size_t status = SIZE_MAX;   ///< the lifecycle's column, if there is one
  std::string_view lifecycle;      ///< its key in the history
  bool append_only = false;

  [[nodiscard]] bool has_lists() const noexcept;  ///< of references
  /// The column of that name. @throws Error{unknown_column} with the nearest names.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};

[[nodiscard]] const TableInfo& info_of(TableId id);
/// @throws Error{not_found} no table is called so; the message lists all.
[[nodiscard]] const TableInfo& info_named(std::string_view name);

/// The table whose records have that lifecycle. @throws Error{invalid_value} there is none; the message lists all.
[[nodiscard]] const TableInfo& info_with(std::string_view lifecycle);

/// Name of the table of list references into `target`, "ref_problems".
[[nodiscard]] std::string reference_table(std::string_view target);
/// The tables that lists refer to.
inline constexpr std::array<TableId, 4> listed_targets{TableId::segments, TableId::enterprises, TableId::problems,
                                                       TableId::projects};

/// One step forward of the schema.
struct Migration {
  int number;
  std::string_view note;
  std::vector<std::string> (*statements)(Engine);
};
[[nodiscard]] const std::vector<Migration>& migrations();

/// Brings a database to the last migration, a fresh one from nothing, in one transaction: what fails leaves the
/// database as it was. The number it stood at before (0: fresh) comes
/// back.
/// @param must_exist  nothing is made where there is nothing.
/// @throws Error{version_mismatch} a newer version made it. @throws Error{wrong_format} its tables are not ours.
/// @throws Error{not_found} it is empty, with `must_exist`.
int migrate(Connection& connection, const std::vector<Migration>& steps, const std::string& now, bool must_exist);

/// The condition on rows of "search" whose text was cut to its longest (search_words.hpp), as its index has it.
[[nodiscard]] std::string is_cut(Engine engine);

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
