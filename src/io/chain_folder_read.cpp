#include "chain_folder_read.hpp"

#include <algorithm>

#include "chain_folder_cells.hpp"
#include "chain_folder_info.hpp"
#include "chainqual/io/csv.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

/// One table's file: heading, then record by record. Findings arise in `met_` and go to the intake with what they are
/// about.
template <class R>
class TableFile {
 public:
  TableFile(Intake& intake, const std::filesystem::path& path)
      : intake_(intake), rows_(intake.rows<R>()), met_(static_cast<std::size_t>(intake.options().limits.findings)) {
    rows_.present = true;
    rows_.file = path.string();
    rows_.headings.resize(TableOf<R>::fields.size());
    CsvOptions options;
    options.cell_bytes = intake.options().limits.cell_bytes;
    options.row_fields = intake.options().limits.row_fields;
    CsvReader reader(read_text(path, met_, std::nullopt, intake.options().limits.file_bytes), options, met_);
    const auto columns = match(reader);
    const bool usable = reader.readable() && !met_.has_errors();
    to_file();
    if (!usable) {
      rows_.whole = false;
      return;
    }
    constexpr auto table = static_cast<std::size_t>(TableOf<R>::id);
    intake.files[table] = reader.file();
    intake.headings[table] = reader.raw_heading();
    read(reader, columns);
  }

 private:
  std::vector<std::optional<std::size_t>> match(const CsvReader& reader) {
    if (!reader.readable()) return {};
    std::vector<CsvHeading> known;
    for (const auto& field : TableOf<R>::fields) known.push_back({field.key, field.zh, field.aliases, field.required});
    auto columns = match_headings(reader, known, met_);
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (columns[column]) rows_.headings[*columns[column]] = reader.headings()[column];
    }
    return columns;
  }

  void read(CsvReader& reader, const std::vector<std::optional<std::size_t>>& columns) {
    constexpr std::uint64_t rows_between_checks = 4096;
    CellConverter converter(rows_.file, met_, intake_.options().repair);
    const char* const start = reader.file().text().data();
    CsvRecord record;
    while (reader.next(record)) {
      if (record.record % rows_between_checks == 0) throw_if_cancelled(intake_.control());
      const auto begin = static_cast<std::uint64_t>(record.raw.data() - start);
      R row;
      if (!record.bad) {
        CellTaker<R> taker(row, converter);
        for (std::size_t column = 0; column < columns.size() && column < record.cells.size(); ++column) {
          if (!columns[column]) continue;
          const CellPlace place{record.record, record.line, reader.headings()[column]};
          taker.take(TableOf<R>::fields[*columns[column]], {record.cells[column], nullptr}, place);
        }
      }
      rows_.records.push_back(std::move(row));
      rows_.origins.push_back({record.record, record.line, begin, begin + record.raw.size()});
      rows_.bad.push_back(record.bad ? 1 : 0);
      to_row();
    }
    to_file();
  }

  void to_file() {
    intake_.add(met_);
    met_ = Findings(static_cast<std::size_t>(intake_.options().limits.findings));
  }
  void to_row() {
    if (met_.empty()) return;
    for (const auto& finding : met_.kept()) intake_.add(rows_, rows_.records.size() - 1, finding);
    met_ = Findings(static_cast<std::size_t>(intake_.options().limits.findings));
  }

  Intake& intake_;
  Rows<R>& rows_;
  Findings met_;
};

/// Files of the folder that look like tables but bear no table's name.
void report_strangers(const std::filesystem::path& folder, const std::vector<std::string_view>& names, Intake& intake) {
  std::vector<std::string> strangers;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto& path = entry.path();
    if (path.extension() == ".csv" && std::find(names.begin(), names.end(), path.stem().string()) == names.end()) {
      strangers.push_back(path.stem().string());
    }
  }
  std::sort(strangers.begin(), strangers.end());
  for (const auto& stranger : strangers) {
    intake.add({FindingLevel::warning,
                ErrorCode::unknown_column,
                place_in_file((folder / (stranger + ".csv")).string()),
                {},
                {"不是产业链文件夹的表，未读取", "not a table of a chain folder: not read"},
                spelling_fix(stranger, names)});
  }
}

}  // namespace

void read_folder(const std::filesystem::path& folder, Intake& intake) {
  std::vector<std::string_view> names;
  std::apply([&]<class... R>(Rows<R>&...) { (names.push_back(TableOf<R>::name), ...); }, intake.tables());
  const auto file_of = [&](std::string_view name) { return folder / (std::string(name) + ".csv"); };
  if (!std::filesystem::exists(file_of("enterprises"))) {
    throw Error(
        ErrorCode::not_found,
        {"文件夹 " + folder.string() + " 中没有 enterprises.csv：产业链文件夹至少要有企业表。",
         "Folder " + folder.string() + " holds no enterprises.csv: a chain folder needs at least its enterprises."});
  }
  if (const auto info = folder / "chain.json"; std::filesystem::exists(info)) read_info_file(info, intake);
  double done = 0;
  const auto read_one = [&]<class R>(Rows<R>&) {
    throw_if_cancelled(intake.control());
    if (const auto path = file_of(TableOf<R>::name); std::filesystem::exists(path)) TableFile<R>(intake, path);
    done += 1;
    if (intake.control().progress) intake.control().progress(done / static_cast<double>(table_count));
  };
  std::apply([&](auto&... rows) { (read_one(rows), ...); }, intake.tables());
  report_strangers(folder, names, intake);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
