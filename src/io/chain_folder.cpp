#include "chainqual/io/chain_folder.hpp"

#include <system_error>

#include "chain_folder_read.hpp"
#include "chain_folder_tables.hpp"
#include "chainqual/io/chain_json.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

template <class R>
std::vector<R> good_rows(Rows<R>& rows) {
  std::vector<R> good;
  good.reserve(rows.records.size());
  for (std::size_t row = 0; row < rows.records.size(); ++row) {
    if (rows.bad[row] == 0) good.push_back(std::move(rows.records[row]));
  }
  return good;
}

void build_chain(Intake& intake, Chain& chain) {
  for (auto& segment : good_rows(intake.rows<Segment>())) chain.add_segment(std::move(segment));
  for (auto& institution : good_rows(intake.rows<Institution>())) chain.add_institution(std::move(institution));
  auto enterprises = good_rows(intake.rows<Enterprise>());
  chain.reserve(enterprises.size());
  for (auto& enterprise : enterprises) chain.add_enterprise(std::move(enterprise));
  for (auto& row : good_rows(intake.rows<LinkRow>())) {
    const EnterpriseId supplier = chain.at(row.supplier);
    const EnterpriseId customer = chain.at(row.customer);
    chain.add_link(supplier, customer, std::move(static_cast<Link&>(row)));
  }
}

template <class R>
void count(const Rows<R>& rows, std::vector<TableCount>& counts) {
  if (!rows.present) return;
  TableCount one{std::string(TableOf<R>::name), rows.records.size(), 0, 0};
  for (const char bad : rows.bad) one.rejected += bad != 0 ? 1 : 0;
  one.loaded = one.read - one.rejected;
  counts.push_back(std::move(one));
}

/// Rejected rows must not be written over what they were read from.
void check_apart(const std::filesystem::path& path, const std::filesystem::path& rejects) {
  std::error_code absent;
  const bool same = !rejects.empty() && (std::filesystem::equivalent(path, rejects, absent) ||
                                         std::filesystem::equivalent(path, rejects / "rejected.json", absent));
  if (!same) return;
  throw Error(ErrorCode::invalid_argument,
              {"剔除行的文件夹就是所读的产业链 " + path.string() + "：原文件会被覆盖，请另选文件夹。",
               "The folder for rejected rows is the chain being read, " + path.string() +
                   ": its files would be overwritten; choose another folder."});
}

}  // namespace

ChainFile finish(Intake& intake) {
  if (intake.has_file_errors() || (intake.has_errors() && !intake.rejecting())) throw error_from(intake.findings());
  if (intake.rejecting()) write_rejects(intake);
  ChainFile result;
  result.findings = intake.findings();
  std::apply([&](const auto&... rows) { (count(rows, result.tables), ...); }, intake.tables());
  Dossier& dossier = result.dossier;
  dossier.info = std::move(intake.info);
  build_chain(intake, dossier.chain);
  dossier.problems = good_rows(intake.rows<Problem>());
  dossier.scores = good_rows(intake.rows<ScoreRow>());
  dossier.projects = good_rows(intake.rows<Project>());
  dossier.milestones = good_rows(intake.rows<Milestone>());
  dossier.results = good_rows(intake.rows<SharedResult>());
  dossier.policy_tools = good_rows(intake.rows<PolicyTool>());
  dossier.indicators = good_rows(intake.rows<IndicatorRow>());
  for (Consortium& consortium : good_rows(intake.rows<Consortium>())) dossier.consortium = std::move(consortium);
  dossier.members = good_rows(intake.rows<Member>());
  dossier.scopes = good_rows(intake.rows<Scope>());
  dossier.changes = good_rows(intake.rows<Change>());
  dossier.risks = good_rows(intake.rows<ProjectRisk>());
  dossier.reports = good_rows(intake.rows<ProgressReport>());
  dossier.documents = good_rows(intake.rows<ProjectDocument>());
  dossier.licences = good_rows(intake.rows<Licence>());
  dossier.events = good_rows(intake.rows<ChainEvent>());
  dossier.reviews = good_rows(intake.rows<Review>());
  dossier.facts = good_rows(intake.rows<AssessedFact>());
  dossier.history = good_rows(intake.rows<StepRecord>());
  dossier.partners = good_rows(intake.rows<ProjectPartner>());
  return result;
}

}  // namespace intake

ChainFile read_chain(const std::filesystem::path& path, const ReadOptions& options, const Control& control) {
  intake::check_apart(path, options.rejects);
  intake::Intake intake(options, control);
  const auto status = std::filesystem::status(path);
  if (!std::filesystem::exists(status)) {
    throw Error(ErrorCode::not_found, {"找不到 " + path.string() + "：请给出产业链文件夹或 .json 文件。",
                                       "There is no " + path.string() + ": name a chain folder or a .json file."});
  }
  if (std::filesystem::is_directory(status)) {
    intake::read_folder(path, intake);
  } else if (path.extension() == ".json") {
    intake::read_document(FileBytes::open(path, options.limits.file_bytes), path.string(), intake);
  } else {
    throw Error(
        ErrorCode::wrong_format,
        {path.string() +
             " 既不是文件夹也不是 .json 文件：CSV 表请给出其所在文件夹；XLSX 由 Python 模块读取：python3 -c "
             "'import sys, chainqual; chainqual.Chain.from_tables(sys.argv[1]).save(sys.argv[2])' 工作簿.xlsx "
             "链.json",
         path.string() + " is neither a folder nor a .json file: for CSV tables name their folder. The Python module "
                         "reads XLSX: python3 -c 'import sys, chainqual; "
                         "chainqual.Chain.from_tables(sys.argv[1]).save(sys.argv[2])' book.xlsx chain.json"});
  }
  intake::check_tables(intake);
  return intake::finish(intake);
}

ChainFile chain_from_json(std::string_view text, const std::string& file, const ReadOptions& options,
                          const Control& control) {
  intake::Intake intake(options, control);
  intake::read_document(FileBytes::of(std::string(text)), file, intake);
  intake::check_tables(intake);
  return intake::finish(intake);
}

bool same_content(const Dossier& a, const Dossier& b) {
  return a.info == b.info && a.chain == b.chain && a.problems == b.problems && a.scores == b.scores &&
         a.projects == b.projects && a.milestones == b.milestones && a.results == b.results &&
         a.policy_tools == b.policy_tools && a.indicators == b.indicators && a.consortium == b.consortium &&
         a.members == b.members && a.scopes == b.scopes && a.changes == b.changes && a.risks == b.risks &&
         a.reports == b.reports && a.documents == b.documents && a.licences == b.licences && a.events == b.events &&
         a.reviews == b.reviews && a.facts == b.facts && a.history == b.history && a.partners == b.partners;
}

}  // namespace v1
}  // namespace chainqual
