#include <algorithm>
#include <string>
#include <unordered_map>

#include "chain_folder_cells.hpp"
#include "chain_folder_tables.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

using Key = std::string_view;

/// The rows of one table by their key.
struct KeyIndex {
  std::unordered_map<Key, std::size_t> good;      ///< first row that may be loaded
  std::unordered_map<Key, std::size_t> rejected;  ///< rows that a rule broke, while reading with rejects
  std::unordered_map<Key, std::size_t> by_name;   ///< good rows by name and credit code; `several` where more than one
  bool present = false;
  bool whole = true;
  std::string_view name_zh;
  std::string_view file;
};

constexpr std::size_t several = static_cast<std::size_t>(-1);

/// Nearest keys cost a look at every key, so only the first findings get them.
struct NearestBudget {
  std::uint64_t left = 200'000'000;  ///< key comparisons times length, roughly a second
};

std::string list_of_nearest(Key key, const KeyIndex& index, NearestBudget& budget, std::string_view separator) {
  const std::uint64_t cost = static_cast<std::uint64_t>(index.good.size()) * (key.size() + 1);
  if (cost > budget.left) return {};
  budget.left -= cost;
  // A hash table's order is no order: sort, so that equal distances give the same list everywhere.
  std::vector<Key> keys;
  keys.reserve(index.good.size());
  for (const auto& [known, row] : index.good) keys.push_back(known);
  std::sort(keys.begin(), keys.end());
  Nearest nearest(key);
  for (const Key known : keys) nearest.offer(known);
  return quoted_list(std::move(nearest).take(), separator);
}

template <class R>
std::string place_of(const Rows<R>& rows, std::size_t row, Language language) {
  const std::string record = std::to_string(rows.origins[row].record);
  const std::string line = std::to_string(rows.origins[row].line);
  if (language == Language::zh) return "第 " + record + " 条记录（第 " + line + " 行）";
  return "record " + record + " (line " + line + ")";
}

class Checker {
 public:
  explicit Checker(Intake& intake) : intake_(intake) {}

  void run() {
    fill_ids();
    table<Segment>([](const Segment& s) { return s.id; }, "id");
    table<Institution>([](const Institution& i) { return i.id; }, "id");
    references<Enterprise>();
    home_stages();
    duplicates<Enterprise>([](const Enterprise& e) { return e.id; }, "id");
    credit_codes();
    index<Enterprise>([](const Enterprise& e) -> const std::string& { return e.id; });
    references<LinkRow>();
    table<Problem>([](const Problem& p) { return p.number; }, "number");
    related_problems();
    references<ScoreRow>();
    duplicates<ScoreRow>([](const ScoreRow& s) { return pair_key(s.problem, s.expert); }, "expert");
    complete_scores();
    table<Project>([](const Project& p) { return p.number; }, "number");
    references<Milestone>();
    duplicates<Milestone>(
        [](const Milestone& m) { return m.number.empty() ? std::string() : pair_key(m.project, m.number); }, "number");
    table<SharedResult>([](const SharedResult& r) { return r.number; }, "number");
    references<PolicyTool>();
    duplicates<PolicyTool>([](const PolicyTool& t) { return t.number; }, "number");
    references<IndicatorRow>();
    duplicates<Consortium>([](const Consortium&) { return std::string("consortium"); }, "name");
    references<Scope>();
    references<Change>();
    references<ProjectRisk>();
    references<ProgressReport>();
    references<ProjectDocument>();
    references<Licence>();
    duplicates<Licence>([](const Licence& l) { return l.number; }, "number");
    references<ChainEvent>();
    references<AssessedFact>();
    references<ProjectPartner>();
  }

 private:
  /// Two texts as one key; NUL cannot stand in a text that was read.
  static std::string pair_key(const std::string& a, const std::string& b) { return a + '\0' + b; }

  [[nodiscard]] bool skip(const auto& rows, std::size_t row) const { return intake_.rejecting() && rows.bad[row] != 0; }

  void fill_ids() {
    for (auto& e : intake_.rows<Enterprise>().records) {
      if (e.id.empty()) e.id = e.credit_code.empty() ? e.name : e.credit_code;
    }
    for (auto& s : intake_.rows<Segment>().records) {
      if (s.id.empty()) s.id = s.name;
    }
  }

  /// References out of a table, its duplicates, then the index that later tables look into.
  template <class R, class KeyOf>
  void table(KeyOf key_of_row, std::string_view key_field) {
    references<R>();
    duplicates<R>(key_of_row, key_field);
    const auto member = std::get<std::string R::*>(TableOf<R>::fields[field_at<R>(key_field)].member);
    index<R>([member](const R& record) -> const std::string& { return record.*member; });
  }

  template <class R, class KeyOf>
  void index(KeyOf key_of_row) {
    const auto& rows = intake_.rows<R>();
    KeyIndex& into = indexes_[static_cast<std::size_t>(TableOf<R>::id)];
    into.present = rows.present;
    into.whole = rows.whole;
    into.name_zh = TableOf<R>::zh;
    into.file = TableOf<R>::name;
    into.good.reserve(rows.records.size());
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      const std::string& key = key_of_row(rows.records[row]);
      if (key.empty()) continue;
      (skip(rows, row) ? into.rejected : into.good).emplace(key, row);
      if (skip(rows, row)) continue;
      if constexpr (std::is_same_v<R, Enterprise> || std::is_same_v<R, Segment>)
        add_name(into, rows.records[row].name, row);
      if constexpr (std::is_same_v<R, Enterprise>) add_name(into, rows.records[row].credit_code, row);
    }
  }

  static void add_name(KeyIndex& into, Key name, std::size_t row) {
    if (name.empty()) return;
    const auto [at, fresh] = into.by_name.emplace(name, row);
    if (!fresh && at->second != row) at->second = several;
  }

  template <class R, class KeyOf>
  void duplicates(KeyOf key_of_row, std::string_view field_key) {
    auto& rows = intake_.rows<R>();
    const std::size_t field = field_at<R>(field_key);
    std::unordered_map<std::string, std::size_t> first;
    first.reserve(rows.records.size());
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      if (skip(rows, row)) continue;
      std::string key = key_of_row(rows.records[row]);
      if (key.empty()) continue;
      const std::string shown = key.substr(key.find('\0') + 1);
      const auto [at, fresh] = first.try_emplace(std::move(key), row);
      if (fresh) continue;
      intake_.add(rows, row, field, FindingLevel::error, ErrorCode::duplicate, shown,
                  {place_of(rows, at->second, Language::zh) + "与" + place_of(rows, row, Language::zh) + "重复：同一" +
                       what<R>(Language::zh) + "只能出现一次",
                   place_of(rows, at->second, Language::en) + " and " + place_of(rows, row, Language::en) +
                       " are the same " + what<R>(Language::en) + ", which may stand only once"},
                  what_to_do<R>());
    }
  }

  template <class R>
  static std::string what(Language language) {
    const bool zh = language == Language::zh;
    if constexpr (std::is_same_v<R, ScoreRow>) return zh ? "专家对同一问题的评分" : "expert's scores for one problem";
    if constexpr (std::is_same_v<R, Milestone>) return zh ? "项目的里程碑编号" : "milestone number of one project";
    if constexpr (std::is_same_v<R, Consortium>) return zh ? "产业链的联合体" : "chain's consortium";
    return zh ? "编号" : "id";
  }

  template <class R>
  static Text what_to_do() {
    if constexpr (std::is_same_v<R, ScoreRow>) return {"删除其中一行", "delete one of the rows"};
    if constexpr (std::is_same_v<R, Consortium>) return {"只保留一行", "keep one row"};
    return {"删除其中一行，或更改编号", "delete one of the rows, or change its number"};
  }

  template <class R>
  void references() {
    auto& rows = intake_.rows<R>();
    for (std::size_t field = 0; field < TableOf<R>::fields.size(); ++field) {
      const auto& description = TableOf<R>::fields[field];
      if (description.refers == TableId::none || description.refers == TableOf<R>::id) continue;
      const KeyIndex& known = indexes_[static_cast<std::size_t>(description.refers)];
      std::uint64_t named = 0;
      for (std::size_t row = 0; row < rows.records.size(); ++row) {
        if (skip(rows, row)) continue;
        for_each_key(rows.records[row], description, [&](std::string& key) {
          if (take_name(key, description.refers, known)) {
            ++named;
          } else {
            look_up(rows, row, field, key, known);
          }
        });
      }
      if (named == 0) continue;
      const std::string count = std::to_string(named);
      Location place = place_in_file(rows.file, 0, rows.headings.empty() ? std::string() : rows.headings[field]);
      if (place.column.empty()) place.column = description.key;
      intake_.add({FindingLevel::info,
                   ErrorCode::suspicious,
                   std::move(place),
                   {},
                   {"有 " + count + " 处写的是名称或信用代码，已按唯一对应的编号读取",
                    "a name or credit code stands for an id in " + count +
                        " places; each was taken for the one id that has it"},
                   {"写编号可避免重名时的歧义", "write ids, so that namesakes cannot be confused"}});
    }
  }

  /// A name or credit code that exactly one row has, in place of its id.
  bool take_name(std::string& key, TableId table, const KeyIndex& known) {
    if (known.good.contains(key) || known.rejected.contains(key)) return false;
    const auto at = known.by_name.find(key);
    if (at == known.by_name.end() || at->second == several) return false;
    if (table == TableId::enterprises) key = intake_.rows<Enterprise>().records[at->second].id;
    if (table == TableId::segments) key = intake_.rows<Segment>().records[at->second].id;
    return true;
  }

  template <class R, class Visit>
  static void for_each_key(R& record, const Field<R>& field, Visit visit) {
    if (const auto* one = std::get_if<std::string R::*>(&field.member)) {
      if (!(record.**one).empty()) visit(record.**one);
    } else if (const auto* many = std::get_if<std::vector<std::string> R::*>(&field.member)) {
      for (auto& key : record.**many) visit(key);
    }
  }

  template <class R>
  void look_up(Rows<R>& rows, std::size_t row, std::size_t field, const std::string& key, const KeyIndex& known) {
    if (known.good.contains(key)) return;
    if (known.rejected.contains(key)) {
      intake_.add(rows, row, field, FindingLevel::error, ErrorCode::unknown_reference, key,
                  {"所引用的" + std::string(known.name_zh) + "行已被剔除，本行随之剔除",
                   "the row of " + std::string(known.file) + " that it refers to was rejected, so this row is too"},
                  {"先修正被引用的行", "mend the row referred to first"});
      return;
    }
    if (known.whole) unknown(rows, row, field, key, known);
  }

  template <class R>
  void unknown(Rows<R>& rows, std::size_t row, std::size_t field, const std::string& key, const KeyIndex& known) {
    const std::string zh = list_of_nearest(key, known, budget_, "、");
    const std::string en = zh.empty() ? zh : list_of_nearest(key, known, budget_, ", ");
    const std::string file(known.file);
    Text fix{"在 " + file + " 表中添加该编号，或更正此处", "add it to table " + file + ", or correct it here"};
    if (!zh.empty()) fix = {"相近的编号：" + zh, "nearest known ids: " + en};
    if (!known.present) fix = {"增加 " + file + " 表，或清空此处", "give a table " + file + ", or empty this cell"};
    intake_.add(
        rows, row, field, FindingLevel::error, ErrorCode::unknown_reference, key,
        {"“" + std::string(known.name_zh) + "”表（" + file + "）中没有此编号", "table " + file + " holds no such id"},
        std::move(fix));
  }

  void home_stages() {
    auto& rows = intake_.rows<Enterprise>();
    const auto& segments = intake_.rows<Segment>();
    const KeyIndex& known = indexes_[static_cast<std::size_t>(TableId::segments)];
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      const Enterprise& e = rows.records[row];
      if (rows.bad[row] != 0 || e.segments.empty()) continue;
      const auto home = known.good.find(e.segments.front());
      if (home == known.good.end() || segments.bad[home->second] != 0) continue;
      const Segment& segment = segments.records[home->second];
      if (segment.stage == e.stage) continue;
      const auto label = [](Stage stage, Language l) { return std::string(label_of(stage, l)); };
      intake_.add(
          rows, row, field_at<Enterprise>("stage"), FindingLevel::error, ErrorCode::invalid_value, key_of(e.stage),
          {"企业的首个环节 «" + shown_value(segment.id) + "» 属于" + label(segment.stage, Language::zh) +
               "，与企业的产业链位置“" + label(e.stage, Language::zh) + "”不一致",
           "the enterprise's home segment «" + shown_value(segment.id) + "» is " + label(segment.stage, Language::en) +
               ", but the enterprise says " + label(e.stage, Language::en)},
          {"改正位置，或把所属环节列在首位", "correct the stage, or list the segment it belongs to first"});
    }
  }

  /// One credit code stands for one enterprise. Missing codes are one warning for the table, not one a row.
  void credit_codes() {
    auto& rows = intake_.rows<Enterprise>();
    std::unordered_map<Key, std::size_t> by_code;
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      const Enterprise& e = rows.records[row];
      if (skip(rows, row) || e.credit_code.empty()) continue;
      const auto [coded, new_code] = by_code.try_emplace(e.credit_code, row);
      if (!new_code && rows.records[coded->second].id != e.id) {
        const std::string other = shown_value(rows.records[coded->second].name);
        intake_.add(rows, row, field_at<Enterprise>("credit_code"), FindingLevel::error, ErrorCode::duplicate,
                    e.credit_code,
                    {place_of(rows, coded->second, Language::zh) + " «" + other +
                         "» 已使用同一统一社会信用代码：一个代码只对应一家企业",
                     place_of(rows, coded->second, Language::en) + " «" + other +
                         "» has the same credit code: one code stands for one enterprise"},
                    {"核对两行的代码，或合并为一行", "check the codes of both rows, or merge the rows"});
      }
    }
    if (!rows.whole) return;
    std::size_t without = 0;
    for (const auto& e : rows.records) without += e.credit_code.empty() ? 1 : 0;
    if (without == 0) return;
    const std::string count = std::to_string(without);
    const std::string all = std::to_string(rows.records.size());
    intake_.add(
        {FindingLevel::warning,
         ErrorCode::missing_value,
         place_in_file(rows.file, 0, "credit_code"),
         {},
         {all + " 家企业中有 " + count + " 家没有统一社会信用代码",
          count + " of " + all + " enterprises have no unified social credit code"},
         {"补填 18 位代码，同名企业才能区分", "fill in the 18 characters, so that namesakes can be told apart"}});
  }

  /// `related` refers to the problems' own table: unknown numbers first, then, with rejects, whatever hangs on a bad
  /// row, however far.
  void related_problems() {
    auto& rows = intake_.rows<Problem>();
    const std::size_t field = field_at<Problem>("related");
    KeyIndex& known = indexes_[static_cast<std::size_t>(TableId::problems)];
    std::unordered_map<Key, std::vector<std::size_t>> referring;
    std::vector<std::size_t> fallen;
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      if (skip(rows, row)) continue;
      for (const auto& key : rows.records[row].related) {
        look_up(rows, row, field, key, known);
        referring[key].push_back(row);
      }
      if (skip(rows, row)) fallen.push_back(row);
    }
    while (!fallen.empty()) {
      const std::size_t row = fallen.back();
      fallen.pop_back();
      const std::string& number = rows.records[row].number;
      known.good.erase(number);
      known.rejected.emplace(number, row);
      const auto at = referring.find(number);
      if (at == referring.end()) continue;
      for (const std::size_t next : at->second) {
        if (skip(rows, next)) continue;
        look_up(rows, next, field, number, known);
        fallen.push_back(next);
      }
    }
  }

  void complete_scores() {
    auto& rows = intake_.rows<ScoreRow>();
    for (std::size_t row = 0; row < rows.records.size(); ++row) {
      if (rows.bad[row] != 0) continue;
      const ScoreRow& s = rows.records[row];
      const auto cell = [](const std::optional<Decimal>& value) {
        return value ? std::optional<Rational>(*value) : std::nullopt;
      };
      const Findings broken = check_entry({cell(s.impact), cell(s.diffusion), cell(s.urgency)});
      for (Finding finding : broken.kept()) {
        finding.where = rows.where(row, field_at<ScoreRow>(finding.where.column));
        intake_.add(rows, row, std::move(finding));
      }
    }
  }

  Intake& intake_;
  std::array<KeyIndex, table_count> indexes_{};
  NearestBudget budget_;
};

}  // namespace

void check_tables(Intake& intake) {
  Checker(intake).run();
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
