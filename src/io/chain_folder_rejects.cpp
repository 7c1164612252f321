#include <algorithm>
#include <string>
#include <system_error>

#include "chain_folder_tables.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

template <class R>
std::size_t bad_count(const Rows<R>& rows) {
  return static_cast<std::size_t>(std::count_if(rows.bad.begin(), rows.bad.end(), [](char bad) { return bad != 0; }));
}

/// The heading and the bad rows, as the bytes stand in the file that was read.
template <class R>
void write_rows(OutputFile& out, const Rows<R>& rows, const TextFile& file, std::string_view heading) {
  const auto original = file.original(heading);
  out.write(original);
  bool line_ended = original.ends_with('\n') || original.ends_with('\r');
  for (std::size_t row = 0; row < rows.bad.size(); ++row) {
    if (rows.bad[row] == 0) continue;
    if (!line_ended) out.write("\n");
    const auto bytes =
        file.original(file.text().substr(rows.origins[row].begin, rows.origins[row].end - rows.origins[row].begin));
    out.write(bytes);
    line_ended = bytes.ends_with('\n') || bytes.ends_with('\r');
  }
}

/// The bad rows of a JSON document under their tables' names: a document again, each row as its bytes stand.
class RejectedDocument {
 public:
  explicit RejectedDocument(const TextFile& file) : file_(file) {}
  template <class R>
  void add(const Rows<R>& rows) {
    if (bad_count(rows) == 0) return;
    text_ += text_.empty() ? "{" : ",";
    text_ += "\n\"" + std::string(TableOf<R>::name) + "\": [";
    bool first = true;
    for (std::size_t row = 0; row < rows.bad.size(); ++row) {
      if (rows.bad[row] == 0) continue;
      const auto& origin = rows.origins[row];
      const auto bytes = file_.original(file_.text().substr(origin.begin, origin.end - origin.begin));
      text_ += first ? "\n" : ",\n";
      text_ += bytes;
      first = false;
    }
    text_ += "\n]";
  }
  [[nodiscard]] std::string take() && { return text_.empty() ? text_ : text_ + "\n}\n"; }

 private:
  const TextFile& file_;
  std::string text_;
};

void write_findings(OutputFile& out, std::vector<Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.where.file, a.where.record) < std::tie(b.where.file, b.where.record);
  });
  CsvWriter csv(out);
  for (const auto* heading :
       {"file", "record", "line", "column", "value", "code", "rule_zh", "rule_en", "fix_zh", "fix_en"})
    csv.text(heading);
  csv.end();
  for (const auto& f : findings) {
    csv.text(f.where.file).number(f.where.record).number(f.where.line).text(shown_value(f.where.column)).text(f.value);
    csv.text(name_of(f.code)).text(f.rule.zh).text(f.rule.en).text(f.fix.zh).text(f.fix.en).end();
  }
}

}  // namespace

void write_rejects(Intake& intake) {
  const auto& folder = intake.options().rejects;
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem || !std::filesystem::is_directory(folder)) {
    throw Error(ErrorCode::io_failure, {"无法建立存放剔除行的文件夹 " + folder.string() + "：请检查路径和权限。",
                                        "Cannot make the folder for rejected rows, " + folder.string() +
                                            ": check the path and its permissions."});
  }
  std::vector<OutputFile> files;
  std::vector<std::filesystem::path> stale;
  RejectedDocument document(intake.document);
  const auto table = [&]<class R>(const Rows<R>& rows) {
    const auto path = folder / (std::string(TableOf<R>::name) + ".csv");
    if (rows.json || bad_count(rows) == 0) {
      stale.push_back(path);
      if (rows.json) document.add(rows);
      return;
    }
    constexpr auto id = static_cast<std::size_t>(TableOf<R>::id);
    write_rows(files.emplace_back(path), rows, intake.files[id], intake.headings[id]);
  };
  std::apply([&](const auto&... rows) { (table(rows), ...); }, intake.tables());
  if (const std::string text = std::move(document).take(); !text.empty()) {
    files.emplace_back(folder / "rejected.json").write(text);
  } else {
    stale.push_back(folder / "rejected.json");
  }
  write_findings(files.emplace_back(folder / "findings.csv"), intake.row_errors());
  for (auto& file : files) file.complete();
  for (auto& file : files) file.commit();
  for (const auto& path : stale) std::filesystem::remove(path, problem);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
