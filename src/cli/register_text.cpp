#include "register_text.hpp"

#include <algorithm>

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
  for (const PlainEntry& entry : page.entries) {
    std::vector<Table::Cell> cells{std::to_string(entry.number), std::to_string(entry.version)};
    for (const auto& field : fields) cells.emplace_back(entry.value(field.key));
    text.row(std::move(cells));
  }
  const std::string count = std::string(session.say("共 ", "")) + grouped(page.total) +
                            std::string(session.say(" 条，列出 ", " in all, shown: ")) + grouped(page.entries.size()) +
                            std::string(session.say(" 条\n", "\n"));
  return (text.empty() ? "" : text.text(session.ink(), session.width()) + "\n") + count;
}

std::string entry_text(const Session& session, const PlainEntry& entry) {
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

std::string history_text(const Session& session, const std::vector<StepRecord>& steps) {
  Table text;
  for (const auto& [zh, en] : {std::pair{"日期", "date"},
                               {"步骤", "step"},
                               {"原状态", "from"},
                               {"新状态", "to"},
                               {"办理方", "who"},
                               {"办理人", "by"}}) {
    text.column(std::string(session.say(zh, en)));
  }
  text.column(std::string(session.say("原因", "reason")), Align::left, true);
  for (const StepRecord& step : steps) {
    text.row({step.date, step.step, step.from, step.to, std::string(label_of(step.who, session.language)), step.by,
              step.reason});
  }
  return text.empty() ? std::string(session.say("没有办理记录。\n", "No steps were taken.\n"))
                      : text.text(session.ink(), session.width());
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
    text.row({item.due.to_string(), std::string(label_of(item.kind, session.language)), item.number,
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
    text.row(
        {heading_of(session, names_of_table(hit.table)), hit.number, hit.name, hit.field, cut_to_width(hit.text, 60)});
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
              {"reason", step.reason}};
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
