#include "register_text.hpp"

#include <algorithm>

#include "chainqual/register/lifecycle.hpp"
#include "terminal.hpp"

namespace chainqual::cli {
namespace {

std::string heading_of(const Session& session, const FieldNames& names) {
  return std::string(session.say(names.zh, names.key));
}

/// The fields that tell records of any table apart, most telling first.
std::vector<FieldNames> shown_fields(TableId table) {
  constexpr std::size_t most = 6;
  std::vector<FieldNames> shown;
  const auto fields = fields_of(table);
  for (const std::string_view key :
       {"table",    "number",   "id",     "unit",     "problem", "expert",    "project",    "institution",
        "supplier", "customer", "name",   "need",     "product", "kind",      "step",       "from",
        "to",       "subject",  "status", "declared", "impact",  "diffusion", "urgency",    "lead",
        "date",     "due",      "model",  "total",    "grade",   "result",    "description"}) {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const FieldNames& one) { return one.key == key; });
    if (at != fields.end() && shown.size() < most) shown.push_back(*at);
  }
  return shown;
}

/// A step in the session's language; what it was by itself where its lifecycle does not know it.
template <class State>
bool say_step(StepRecord& step) {
  if (step.table != Lifecycle<State>::key) return false;
  for (const auto& legal : Lifecycle<State>::steps) {
    if (legal.key == step.step) {
      step.step = legal.zh;
      break;
    }
  }
  for (const auto& legal : Lifecycle<State>::steps) {
    if (legal.key == step.corrects) {
      step.corrects = legal.zh;
      break;
    }
  }
  for (std::string* state : {&step.from, &step.to}) {
    if (const auto value = value_named<State>(*state)) *state = label_of(*value, Language::zh);
  }
  return true;
}

StepRecord in_words(StepRecord step, Language language) {
  if (language == Language::zh) {
    static_cast<void>(say_step<ProblemStatus>(step) || say_step<ProjectStatus>(step) || say_step<ResultStatus>(step) ||
                      say_step<LicenceStatus>(step) || say_step<ConsortiumStatus>(step) || say_step<Decision>(step));
  }
  if (!step.corrects.empty()) {
    step.step = language == Language::zh ? "更正“" + step.corrects + "”" : "correct '" + step.corrects + "'";
  }
  return step;
}

std::string overdue_text(const Session& session, int days) {
  if (days <= 0) return {};
  return std::string(session.say("逾期 ", "overdue by ")) + std::to_string(days) +
         std::string(session.say(" 天", days == 1 ? " day" : " days"));
}

}  // namespace

std::string page_text(const Session& session, TableId table, const PlainPage& page) {
  Table text;
  text.column(std::string(session.say("内部编号", "entry")), Align::right);
  text.column(std::string(session.say("版", "version")), Align::right);
  const auto fields = shown_fields(table);
  for (const auto& field : fields) text.column(heading_of(session, field), Align::left, true);
  for (const PlainEntry& stored : page.entries) {
    const PlainEntry entry = in_words(stored, session.language);
    std::vector<Table::Cell> cells{std::to_string(entry.number), std::to_string(entry.version)};
    for (const auto& field : fields) {
      const std::string english = session.language == Language::en ? entry.value(std::string(field.key) + "_en") : "";
      cells.emplace_back(english.empty() ? entry.value(field.key) : english);
    }
    text.row(std::move(cells));
  }
  const std::string count = std::string(session.say("共 ", "")) + grouped(page.total) +
                            std::string(session.say(" 条，列出 ", " in all, shown: ")) + grouped(page.entries.size()) +
                            std::string(session.say(" 条\n", "\n"));
  return (text.empty() ? "" : text.text(session.ink(), session.width()) + "\n") + count;
}

std::string entry_text(const Session& session, const PlainEntry& stored) {
  const PlainEntry entry = in_words(stored, session.language);
  const FieldNames table = names_of_table(entry.table);
  std::string text = session.ink()(Ink::bold, heading_of(session, table)) + "  " +
                     std::string(session.say("内部编号 ", "entry ")) + std::to_string(entry.number) +
                     std::string(session.say("，第 ", ", version ")) + std::to_string(entry.version) +
                     std::string(session.say(" 版，", ", ")) + screen_safe(entry.changed_at) + " " +
                     screen_safe(entry.changed_by) + "\n";
  for (const FieldNames& field : fields_of(entry.table)) {
    const std::string value = entry.value(field.key);
    if (value.empty()) continue;
    const std::string heading = heading_of(session, field);
    text += "  " + pad_to_width(heading, 24) +
            wrapped(screen_safe(value), session.text_width(), std::string(26, ' '), 26) + "\n";
  }
  return text;
}

std::string history_text(const Session& session, const std::vector<StepRecord>& steps,
                         const std::vector<std::string>& clerks) {
  Table text;
  for (const auto& [zh, en] : {std::pair{"日期", "date"},
                               {"步骤", "step"},
                               {"原状态", "from"},
                               {"新状态", "to"},
                               {"办理方", "who"},
                               {"办理人", "by"}}) {
    text.column(std::string(session.say(zh, en)));
  }
  if (!clerks.empty()) text.column(std::string(session.say("经办人", "clerk")));
  text.column(std::string(session.say("原因", "reason")), Align::left, true);
  const auto stands = standing(steps);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const StepRecord step = in_words(steps[k], session.language);
    const bool void_now = !stands[k] && step.corrects.empty();
    const std::string shown = step.step + (void_now ? std::string(session.say("（已更正）", " (corrected)")) : "");
    std::vector<Table::Cell> cells{
        step.date, shown, step.from, step.to, std::string(label_of(step.who, session.language)), step.by};
    if (!clerks.empty()) cells.emplace_back(k < clerks.size() ? clerks[k] : std::string());
    cells.emplace_back(step.reason);
    text.row(std::move(cells));
  }
  return text.empty() ? std::string(session.say("没有办理记录。\n", "No steps were taken.\n"))
                      : text.text(session.ink(), session.width());
}

std::string revisions_text(const Session& session, TableId table, const std::vector<PlainRevision>& all) {
  Table text;
  text.column(std::string(session.say("版", "version")), Align::right);
  text.column(std::string(session.say("时间", "at")));
  text.column(std::string(session.say("经办人", "by")));
  text.column(std::string(session.say("内容", "what")), Align::left, true);
  PlainEntry before;
  before.table = table;
  for (const PlainRevision& one : all) {
    const PlainEntry entry = in_words(one.entry, session.language);
    std::string what;
    for (const FieldNames& field : fields_of(table)) {
      const std::string value = entry.value(field.key);
      if (value == before.value(field.key)) continue;
      what += std::string(what.empty() ? "" : session.say("；", "; ")) + heading_of(session, field) + "=" + value;
    }
    text.row({std::to_string(entry.version), entry.changed_at, entry.changed_by, what});
    if (one.removed) text.row({"", one.ended_at, one.ended_by, std::string(session.say("删除", "removed"))});
    before = entry;
  }
  return text.text(session.ink(), session.width());
}

std::string info_text(const Session& session, const Entry<ChainInfo>& entry) {
  std::string text = session.ink()(Ink::bold, std::string(session.say(info_table.zh, info_table.key))) +
                     std::string(session.say("  第 ", "  version ")) + std::to_string(entry.version) +
                     std::string(session.say(" 版，", ", ")) + screen_safe(entry.changed_at) + " " +
                     screen_safe(entry.changed_by) + "\n";
  for (const auto& [field, value] : info_texts(entry.record, session.language)) {
    constexpr std::size_t heading = 30;
    text += "  " + pad_to_width(field, heading) +
            wrapped(screen_safe(value), session.text_width(), std::string(heading + 2, ' '), heading + 2) + "\n";
  }
  return text;
}

std::string coverage_text(const Session& session, const std::vector<SegmentCoverage>& rows) {
  Table text;
  for (const auto& [zh, en] :
       {std::pair{"环节", "segment"}, {"产品", "product"}, {"参数", "parameter"}, {"资质", "mark"}}) {
    text.column(std::string(session.say(zh, en)));
  }
  text.column(std::string(session.say("检测机构", "tested by")), Align::left, true);
  text.column(std::string(session.say("说明", "note")), Align::left, true);
  const auto listed = [&](const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += std::string(all.empty() ? "" : session.say("、", ", ")) + word;
    return all;
  };
  for (const SegmentCoverage& row : rows) {
    for (const TestedItem& item : row.items) {
      std::string note;
      const auto add = [&](std::string_view zh, std::string_view en, const std::string& what) {
        if (what.empty()) return;
        note += std::string(note.empty() ? "" : session.say("；", "; ")) + std::string(session.say(zh, en)) + what;
      };
      add("无资质可检：", "without a mark: ", listed(item.unmarked));
      add("其他环节可检：", "elsewhere: ", listed(item.elsewhere));
      add("资质到期：", "lapsed: ", item.lapsed);
      const std::string mark(item.mark == Mark::none ? std::string_view() : label_of(item.mark, session.language));
      const Table::Cell by = item.gap() ? Table::Cell(std::string(session.say("缺口", "gap")), Ink::red)
                                        : Table::Cell(listed(item.institutions));
      text.row({row.segment, item.product, item.parameter, mark, by, note});
    }
  }
  return text.empty() ? std::string(session.say("没有登记产品。\n", "No product is entered.\n"))
                      : text.text(session.ink(), session.width());
}

Json coverage_json(const std::vector<SegmentCoverage>& rows) {
  Json list = Json::array();
  for (const SegmentCoverage& row : rows) {
    list.push_back({{"segment", row.segment},
                    {"institutions", row.institutions},
                    {"cma", row.cma},
                    {"cnas", row.cnas},
                    {"untested", row.untested},
                    {"items", Json::array()}});
    for (const TestedItem& item : row.items) {
      list.back()["items"].push_back({{"product", item.product},
                                      {"parameter", item.parameter},
                                      {"methods", item.methods},
                                      {"institutions", item.institutions},
                                      {"mark", std::string(key_of(item.mark))},
                                      {"unmarked", item.unmarked},
                                      {"elsewhere", item.elsewhere},
                                      {"lapsed", item.lapsed}});
    }
  }
  return list;
}

std::string due_text(const Session& session, const std::vector<DueItem>& due,
                     const std::vector<ProjectWarning>& warnings) {
  Table text;
  text.column(std::string(session.say("日期", "day")));
  text.column(std::string(session.say("事项", "what")));
  text.column(std::string(session.say("编号", "number")));
  text.column(std::string(session.say("逾期", "overdue")));
  text.column(std::string(session.say("说明", "in words")), Align::left, true);
  for (const DueItem& item : due) {
    const auto subject = value_named<ReviewSubject>(item.number);
    text.row({item.due.to_string(), std::string(label_of(item.kind, session.language)),
              subject ? std::string(label_of(*subject, session.language)) : item.number,
              Table::Cell(overdue_text(session, item.overdue_days), Ink::yellow), session.say(item.what)});
  }
  for (const ProjectWarning& warning : warnings) {
    text.row({warning.since.to_string(), Table::Cell(std::string(label_of(warning.kind, session.language)), Ink::red),
              warning.project, "", session.say(warning.what)});
  }
  return text.empty() ? std::string(session.say("没有到期事项和预警。\n", "Nothing is due and nothing threatens.\n"))
                      : text.text(session.ink(), session.width());
}

std::string hits_text(const Session& session, const SearchPage& page) {
  Table text;
  text.column(std::string(session.say("登记簿", "table")));
  text.column(std::string(session.say("编号", "number")));
  text.column(std::string(session.say("名称", "name")), Align::left, true);
  text.column(std::string(session.say("字段", "field")));
  text.column(std::string(session.say("内容", "text")), Align::left, true);
  for (const SearchHit& hit : page.hits) {
    const auto fields = fields_of(hit.table);
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.key == hit.field; });
    text.row({heading_of(session, names_of_table(hit.table)), hit.number, hit.name,
              field == fields.end() ? hit.field : heading_of(session, *field), cut_to_width(hit.text, 60)});
  }
  if (text.empty()) return std::string(session.say("没有找到。\n", "Nothing was found.\n"));
  return text.text(session.ink(), session.width()) +
         (page.more
              ? std::string(session.say("后面还有；用 --offset 继续。\n", "There are more: go on with --offset.\n"))
              : std::string());
}

Json entry_json(const PlainEntry& entry) {
  Json fields = Json::object();
  for (const auto& [key, value] : entry.fields) fields[key] = value;
  return Json{{"table", std::string(names_of_table(entry.table).key)},
              {"entry", entry.number},
              {"version", entry.version},
              {"changed_at", entry.changed_at},
              {"changed_by", entry.changed_by},
              {"fields", std::move(fields)}};
}

Json step_json(const StepRecord& step) {
  return Json{{"table", step.table},
              {"number", step.number},
              {"step", step.step},
              {"from", step.from},
              {"to", step.to},
              {"date", step.date},
              {"who", std::string(key_of(step.who))},
              {"by", step.by},
              {"reason", step.reason},
              {"corrects", step.corrects}};
}

Json due_json(const std::vector<DueItem>& due) {
  Json list = Json::array();
  for (const DueItem& item : due) {
    list.push_back({{"kind", std::string(key_of(item.kind))},
                    {"number", item.number},
                    {"due", item.due.to_string()},
                    {"overdue_days", item.overdue_days},
                    {"what", text_json(item.what)}});
  }
  return list;
}

Json warnings_json(const std::vector<ProjectWarning>& warnings) {
  Json list = Json::array();
  for (const ProjectWarning& warning : warnings) {
    list.push_back({{"kind", std::string(key_of(warning.kind))},
                    {"project", warning.project},
                    {"since", warning.since.to_string()},
                    {"what", text_json(warning.what)}});
  }
  return list;
}

Json hits_json(const SearchPage& page) {
  Json list = Json::array();
  for (const SearchHit& hit : page.hits) {
    list.push_back({{"table", std::string(names_of_table(hit.table).key)},
                    {"entry", hit.entry},
                    {"number", hit.number},
                    {"name", hit.name},
                    {"field", hit.field},
                    {"text", hit.text}});
  }
  return list;
}

}  // namespace chainqual::cli
