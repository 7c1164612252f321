#include "arrow_headings.hpp"

#include <array>
#include <utility>

#include "arrow_format.hpp"
#include "chainqual/chain/nearest.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

/// "is 'x' meant?" or the names there are.
Text names_near(const ArrowTable& table, std::initializer_list<std::string_view> wanted) {
  std::vector<std::string> words;
  for (const std::string_view word : wanted) {
    Nearest nearest(word, 1);
    for (const ArrowColumn& column : table.columns()) nearest.offer(column.name());
    for (auto& found : std::move(nearest).take()) words.push_back(shown_value(found));
    if (!words.empty()) {
      return {"是否指 " + quoted_list(words, "、") + "？请改列名，或指明列名",
              "is " + quoted_list(words, ", ") + " meant? Rename it, or name the column in the call"};
    }
  }
  for (const ArrowColumn& column : table.columns()) {
    if (words.size() < 12) words.push_back(shown_value(column.name()));
  }
  if (words.empty()) return {"表中没有任何列", "the table has no columns at all"};
  return {"请加上该列，或指明列名；表中有 " + quoted_list(words, "、"),
          "add it, or name the column in the call; the table has " + quoted_list(words, ", ")};
}

Finding missing(std::string name, Text rule, Text fix) {
  Finding finding;
  finding.code = ErrorCode::missing_column;
  finding.where.column = std::move(name);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

const ArrowColumn* chosen_column(const ArrowTable& table, const std::string& name, Findings& findings) {
  const ArrowColumn* found = nullptr;
  for (const ArrowColumn& column : table.columns()) {
    if (column.name() != name) continue;
    if (found != nullptr) {
      findings.add(column_finding_of(column, 0, ErrorCode::duplicate, {},
                                     {"有两列叫这个名字", "two columns have this name"},
                                     {"请改掉其中一个列名", "rename one of them"}));
      return found;
    }
    found = &column;
  }
  if (found == nullptr) {
    findings.add(missing(name, {"没有这一列", "there is no such column"}, names_near(table, {name})));
  }
  return found;
}

}  // namespace

Finding column_finding_of(const ArrowColumn& column, std::uint64_t record, ErrorCode code, std::string_view value,
                          Text rule, Text fix) {
  Finding finding;
  finding.code = code;
  finding.where.column = column.name();
  finding.where.record = record;
  finding.value = shown_value(value);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

Findings in_table(const Findings& findings, std::string_view table, const std::function<void(Finding&)>& mend) {
  Findings result;
  std::array<std::uint64_t, 3> dropped{};
  for (std::size_t level = 0; level < dropped.size(); ++level) {
    dropped[level] = findings.count(static_cast<FindingLevel>(level));
  }
  for (Finding finding : findings.kept()) {
    --dropped[static_cast<std::size_t>(finding.level)];
    finding.where.file = table;
    if (mend) mend(finding);
    result.add(std::move(finding));
  }
  Findings uncounted(0);
  for (std::size_t level = 0; level < dropped.size(); ++level) {
    Finding nameless;
    nameless.level = static_cast<FindingLevel>(level);
    for (std::uint64_t k = 0; k < dropped[level]; ++k) uncounted.add(nameless);
  }
  result.add(uncounted);
  return result;
}

Finding type_finding(const ArrowColumn& column, Text wanted) {
  Text is = arrow_type_name(column.type());
  Text fix{"请先转换为" + wanted.zh, "cast it to " + wanted.en + " first"};
  const std::string_view format = column.type().format;
  const ArrowKind kind = column.type().kind;
  const bool moments = kind == ArrowKind::date32 || kind == ArrowKind::date64 ||
                       (kind == ArrowKind::other && (format.starts_with("ts") || format.starts_with("tt")));
  if (moments) {
    is = {"日期", "dates"};
    fix = {"电子表格会把 3-4 变成日期；请改成" + wanted.zh, "spreadsheets turn 3-4 into a date; give " + wanted.en};
  } else if (kind == ArrowKind::other) {
    fix = fix_of_other(format);
  }
  return column_finding_of(
      column, 0, ErrorCode::wrong_format, {},
      {"该列是" + is.zh + "，应为" + wanted.zh, "the column is of " + is.en + "; it must be " + wanted.en},
      std::move(fix));
}

std::vector<const ArrowColumn*> match_columns(const ArrowTable& table, std::span<const CsvHeading> headings,
                                              std::span<const std::string> chosen, Findings& findings) {
  std::vector<const ArrowColumn*> found(headings.size(), nullptr);
  std::vector<std::string> folded;
  for (const ArrowColumn& column : table.columns()) folded.push_back(folded_word(column.name()));
  for (std::size_t k = 0; k < headings.size(); ++k) {
    if (k < chosen.size() && !chosen[k].empty()) {
      found[k] = chosen_column(table, chosen[k], findings);
      continue;
    }
    for (std::size_t c = 0; c < folded.size(); ++c) {
      if (folded[c].empty() || !names_column(headings[k], folded[c])) continue;
      const ArrowColumn& column = table.columns()[c];
      if (found[k] == nullptr) {
        found[k] = &column;
        continue;
      }
      const std::string other = shown_value(found[k]->name());
      findings.add(
          column_finding_of(column, 0, ErrorCode::duplicate, {},
                            {"与“" + other + "”是同一列", "it is the same column as '" + other + "'"},
                            {"请去掉其中一列，或指明列名", "drop one of the two, or name the column in the call"}));
    }
    if (found[k] != nullptr || !headings[k].required) continue;
    const std::string key(headings[k].key);
    const std::string zh(headings[k].zh);
    findings.add(missing(
        key, {"缺少必需的列“" + zh + "”（" + key + "）", "the required column '" + key + "' (" + zh + ") is missing"},
        names_near(table, {headings[k].key, headings[k].zh})));
  }
  return found;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
