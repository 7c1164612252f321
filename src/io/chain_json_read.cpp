#include <algorithm>
#include <set>

#include "chain_folder_cells.hpp"
#include "chain_folder_info.hpp"
#include "chain_folder_read.hpp"
#include "chain_json_parse.hpp"
#include "chainqual/io/chain_json.hpp"
#include "chainqual/io/csv.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

/// Rows of the document's arrays into the intake's tables.
class DocumentSink final : public JsonSink {
 public:
  DocumentSink(Intake& intake, std::string file, Findings& met)
      : intake_(intake), file_(std::move(file)), met_(met), converter_(file_, met, intake.options().repair) {
    std::apply([this]<class... R>(Rows<R>&...) { (names_.push_back(TableOf<R>::name), ...); }, intake.tables());
    members_ = names_;
    members_.insert(members_.end(), {"format", "format_version", "chain"});
  }

  [[nodiscard]] bool is_table(std::string_view key) const override {
    return std::find(names_.begin(), names_.end(), key) != names_.end();
  }

  void begin_table(const std::string& key) override {
    to_file();
    with_table(key, [this]<class R>(Rows<R>& rows) { start(rows); });
  }

  void element(const std::string& key, JsonValue value) override {
    with_table(key, [&]<class R>(Rows<R>& rows) { row(rows, value); });
  }

  void member(const std::string& key, JsonValue value) override {
    to_file();
    if (key == "chain") {
      if (value.kind == JsonValue::Kind::object) return read_info(value, file_, "/chain", intake_);
      if (value.kind != JsonValue::Kind::null)
        wrong(key, value, {"chain 应是一个对象（{ … }）", "'chain' must be an object ({ … })"});
    } else if (key == "format") {
      if (value.text != "chainqual-chain")
        wrong(key, value,
              {"这不是产业链文件（format 应为 chainqual-chain）", "not a chain: 'format' should be chainqual-chain"},
              ErrorCode::wrong_format);
    } else if (key == "format_version") {
      if (value.text != "1")
        wrong(key, value,
              {"由更新的版本写成，本版本只认 format_version 1",
               "written by a newer version: this one knows format_version 1"},
              ErrorCode::version_mismatch);
    } else if (is_table(key)) {
      if (value.kind != JsonValue::Kind::null)
        wrong(key, value, {"表应是对象的数组（[{ … }, …]）", "a table must be an array of objects ([{ … }, …])"});
    } else {
      unknown(pointer_step(key), key, value.line, members_);
    }
  }

  void to_file() {
    intake_.add(met_);
    met_ = Findings(static_cast<std::size_t>(intake_.options().limits.findings));
  }

  /// A document cut short has cut its tables short: references into them say nothing.
  void not_whole() {
    std::apply([](auto&... rows) { ((rows.whole = false), ...); }, intake_.tables());
  }

 private:
  template <class Use>
  void with_table(const std::string& key, Use use) {
    const auto one = [&]<class R>(Rows<R>& rows) {
      if (TableOf<R>::name == key) use(rows);
    };
    std::apply([&](auto&... rows) { (one(rows), ...); }, intake_.tables());
  }

  template <class R>
  void start(Rows<R>& rows) {
    rows.present = rows.json = true;
    rows.file = file_;
  }

  template <class R>
  void row(Rows<R>& rows, const JsonValue& value) {
    constexpr std::size_t rows_between_checks = 4096;
    if (rows.records.size() % rows_between_checks == 0) throw_if_cancelled(intake_.control());
    const std::uint64_t record = rows.records.size() + 1;
    rows.origins.push_back({record, value.line, value.begin, value.end});
    rows.bad.push_back(0);
    rows.records.emplace_back();
    const std::string pointer = "/" + std::string(TableOf<R>::name) + "/" + std::to_string(record - 1);
    if (value.kind == JsonValue::Kind::object) {
      cells(rows.records.back(), value, pointer, record);
    } else {
      converter_.report(FindingLevel::error, ErrorCode::invalid_value, {record, value.line, pointer}, value.text,
                        {"表的每一行应是一个对象（{ … }）", "every row of a table must be an object ({ … })"},
                        {"写成 {\"键\": \"值\"}", "write {\"key\": \"value\"}"});
    }
    for (const auto& finding : met_.kept()) intake_.add(rows, rows.records.size() - 1, finding);
    if (!met_.empty()) met_ = Findings(static_cast<std::size_t>(intake_.options().limits.findings));
  }

  template <class R>
  void cells(R& record, const JsonValue& object, const std::string& pointer, std::uint64_t number) {
    const auto& fields = TableOf<R>::fields;
    CellTaker<R> taker(record, converter_);
    std::array<bool, std::tuple_size_v<std::remove_cvref_t<decltype(fields)>>> seen{};
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
      const JsonValue& value = object.values[i];
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.key == object.keys[i]; });
      const std::string place = pointer + pointer_step(object.keys[i]);
      if (field == fields.end()) {
        unknown_field<R>(place, object.keys[i], value.line);
        continue;
      }
      seen[static_cast<std::size_t>(field - fields.begin())] = true;
      cell(taker, *field, value, {number, value.line, place});
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].required && !seen[i])
        report_missing(fields[i].key, fields[i].zh, converter_, {number, object.line, pointer});
    }
  }

  template <class R>
  void cell(CellTaker<R>& taker, const Field<R>& field, const JsonValue& value, const CellPlace& place) {
    const bool takes_list = std::holds_alternative<std::vector<std::string> R::*>(field.member);
    if (value.is_scalar()) return taker.take(field, {value.text, nullptr}, place);
    std::vector<std::string> elements;
    const bool flat = value.kind == JsonValue::Kind::list && std::all_of(value.values.begin(), value.values.end(),
                                                                         [](const auto& v) { return v.is_scalar(); });
    if (takes_list && flat) {
      for (const auto& element : value.values) elements.push_back(element.text);
      return taker.take(field, {{}, &elements}, place);
    }
    converter_.report(FindingLevel::error, ErrorCode::invalid_value, place, {},
                      takes_list ? Text{"应是文本的数组", "must be an array of texts"}
                                 : Text{"应是一个文本或数", "must be a text or a number"},
                      takes_list ? Text{"写成 [\"甲\", \"乙\"]", "write [\"a\", \"b\"]"}
                                 : Text{"去掉括号", "take the brackets away"});
  }

  template <class R>
  void unknown_field(const std::string& place, const std::string& key, std::uint64_t line) {
    if (!reported_.insert(std::string(TableOf<R>::name) + '\0' + key).second) return;
    std::vector<std::string_view> known;
    for (const auto& field : TableOf<R>::fields) known.push_back(field.key);
    unknown(place, key, line, known);
  }

  void unknown(const std::string& place, const std::string& key, std::uint64_t line,
               const std::vector<std::string_view>& known) {
    intake_.add({FindingLevel::warning,
                 ErrorCode::unknown_column,
                 {file_, 0, line, place, 0},
                 {},
                 {"未知的键 “" + shown_value(key) + "”，未读取", "unknown key '" + shown_value(key) + "': not read"},
                 spelling_fix(key, known)});
  }

  void wrong(const std::string& key, const JsonValue& value, Text rule, ErrorCode code = ErrorCode::invalid_value) {
    intake_.add({FindingLevel::error,
                 code,
                 {file_, 0, value.line, pointer_step(key), 0},
                 shown_value(value.text),
                 std::move(rule),
                 {"参照 chainqual convert 写出的文件", "see a file that `chainqual convert` writes"}});
  }

  Intake& intake_;
  std::string file_;
  Findings& met_;
  CellConverter converter_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> members_;
  std::set<std::string> reported_;
};

}  // namespace

void read_document(FileBytes bytes, const std::string& file, Intake& intake) {
  const ReadLimits& limits = intake.options().limits;
  Findings met(static_cast<std::size_t>(limits.findings));
  intake.document = decode_text(std::move(bytes), file, std::nullopt, met);
  DocumentSink sink(intake, file, met);
  sink.to_file();
  if (!intake.document.readable()) return;
  const bool whole = parse_json(intake.document.text(), file, limits, sink, met);
  sink.to_file();
  if (!whole) return sink.not_whole();
  if (!intake.rows<Enterprise>().present) {
    intake.add({FindingLevel::error,
                ErrorCode::not_found,
                place_in_file(file),
                {},
                {"没有企业表（enterprises）", "there is no table of enterprises"},
                {"产业链至少要有 \"enterprises\": [ … ]", "a chain needs at least \"enterprises\": [ … ]"}});
  }
  if (intake.control().progress) intake.control().progress(1.0);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
