#include <algorithm>
#include <filesystem>
#include <system_error>

#include "chain_folder_spell.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/chain_json.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/xlsx.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

void write_cell(CsvWriter& csv, const Spelt& value, Language language, const std::string& where) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    check_text(*text, where);
    csv.text(*text);
  } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    const std::string joined = join_list(*list);
    check_text(joined, where);
    csv.text(joined);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    const bool zh = language == Language::zh;
    csv.text(*yes ? (zh ? "是" : "true") : (zh ? "否" : "false"));
  } else if (const auto* number = std::get_if<double>(&value)) {
    csv.digits(digits_of(*number, where));
  } else if (const auto* decimal = std::get_if<Decimal>(&value)) {
    csv.digits(decimal->to_string());
  } else if (const auto* grade = std::get_if<Grade>(&value)) {
    csv.text(language == Language::zh ? stars(*grade) : key_of(*grade));
  } else {
    csv.empty();
  }
}

/// Fields that some row fills, and the required ones.
template <class R>
std::vector<std::size_t> used_fields(const std::vector<R>& rows) {
  std::vector<std::size_t> used;
  const auto& fields = TableOf<R>::fields;
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const bool fills = std::any_of(rows.begin(), rows.end(), [&](const R& record) {
      return !std::holds_alternative<std::monostate>(Speller<R>(record, Language::en).spell(fields[field]));
    });
    if (fills || fields[field].required) used.push_back(field);
  }
  return used;
}

template <class R>
void write_table(OutputFile& file, const std::vector<R>& rows, Language language) {
  CsvWriter csv(file);
  const auto used = used_fields(rows);
  const auto& fields = TableOf<R>::fields;
  for (const std::size_t field : used) csv.text(language == Language::zh ? fields[field].zh : fields[field].key);
  csv.end();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Speller<R> speller(rows[row], language);
    for (const std::size_t field : used)
      write_cell(csv, speller.spell(fields[field]), language, place_in(row, fields[field]));
    csv.end();
  }
}

/// A folder that is taken back when nothing comes to stand in it.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& path) : path_(path) {
    std::error_code problem;
    made_ = std::filesystem::create_directories(path, problem);
    if (problem || !std::filesystem::is_directory(path)) {
      const std::string reason = problem ? problem.message() : std::string("not a folder");
      throw Error(ErrorCode::io_failure,
                  {"无法建立文件夹 " + path.string() + "（" + reason + "）：请检查路径和权限。",
                   "Cannot make folder " + path.string() + " (" + reason + "): check the path and its permissions."});
    }
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    if (made_ && std::filesystem::is_empty(path_, ignored)) std::filesystem::remove(path_, ignored);
  }

 private:
  std::filesystem::path path_;
  bool made_ = false;
};

void write_folder(const Dossier& dossier, const std::filesystem::path& path, Language language) {
  const Folder folder(path);
  std::vector<OutputFile> files;
  std::vector<std::filesystem::path> stale;
  files.emplace_back(path / "chain.json").write(info_to_json(dossier.info) + "\n");
  for_each_table(dossier, [&]<class R>(const std::vector<R>& rows) {
    const auto file = path / (std::string(TableOf<R>::name) + ".csv");
    if (rows.empty() && TableOf<R>::id != TableId::enterprises) {
      stale.push_back(file);
    } else {
      write_table(files.emplace_back(file), rows, language);
    }
  });
  for (auto& file : files) file.complete();
  for (auto& file : files) file.commit();
  for (const auto& file : stale) {
    std::error_code problem;
    std::filesystem::remove(file, problem);
    if (problem) {
      throw Error(ErrorCode::io_failure,
                  {"无法删除旧表 " + file.string() + "：" + problem.message() + "。",
                   "Cannot remove the former table " + file.string() + ": " + problem.message() + "."});
    }
  }
}

}  // namespace
}  // namespace intake

void write_chain(const Dossier& dossier, const std::filesystem::path& path, const WriteOptions& options) {
  if (path.extension() == ".json") return write_atomically(path, chain_to_json(dossier));
  if (path.extension() == ".xlsx") return write_chain_xlsx(dossier, path, options.headings);
  intake::write_folder(dossier, path, options.headings);
}

}  // namespace v1
}  // namespace chainqual
