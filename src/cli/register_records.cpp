#include "register_call.hpp"
#include "register_text.hpp"

namespace chainqual::cli {
namespace {

/// "status=identified", "date>=2025-01-01", "name~芯片", "end=" (empty), "lead!=" (filled).
Condition condition_from(const std::string& text) {
  for (const auto& [sign, match] : {std::pair{">=", Match::from},
                                    {"<=", Match::until},
                                    {"!=", Match::is_not},
                                    {"~", Match::contains},
                                    {"=", Match::is}}) {
    const auto at = text.find(sign);
    if (at == std::string::npos || at == 0) continue;
    Condition condition{text.substr(0, at), match, text.substr(at + std::string_view(sign).size())};
    if (condition.value.empty() && match == Match::is) condition.match = Match::empty;
    if (condition.value.empty() && match == Match::is_not) condition.match = Match::filled;
    return condition;
  }
  throw UsageError(
      {"--where 要写成 字段=值、字段!=值、字段~文字、字段>=值 或 字段<=值，给的是“" + screen_safe(text) + "”。",
       "--where takes field=value, field!=value, field~text, field>=value or field<=value, not '" + screen_safe(text) +
           "'."});
}

/// The record that a word names: its id or number, or #entry.
PlainEntry entry_named(const RegisterCall& call, std::size_t at) {
  const TableId table = call.table();
  const std::string& word = call.word(at);
  if (word.starts_with("#")) {
    return call.store.get(table, static_cast<std::int64_t>(count_option("#", word.substr(1), 1, INT64_MAX)));
  }
  if (auto found = call.store.find(table, word, call.typed.within)) return *found;
  const FieldNames names = names_of_table(table);
  throw Error(ErrorCode::not_found,
              {"“" + std::string(names.zh) + "”中没有 " + screen_safe(word) +
                   "：用 list 查看；没有编号的记录写成 #内部编号，里程碑和评分另给 --within。",
               "Table " + std::string(names.key) + " holds no " + screen_safe(word) +
                   ": see list; records without a number are written as #entry, milestones and scores ask for "
                   "--within."});
}

/// English forms print what stands beside a field in English: said where the field alone was changed.
void note_english_left_behind(Session& session, const PlainEntry& before, const PlainEntry& after) {
  if (session.quiet || session.json) return;
  for (const FieldNames& field : fields_of(after.table)) {
    const std::string english = std::string(field.key) + "_en";
    const std::string kept = after.value(english);
    if (kept.empty() || kept != before.value(english) || after.value(field.key) == before.value(field.key)) continue;
    session.note(std::string(session.say("提示：“", "note: ")) + std::string(session.say(field.zh, field.key)) +
                 std::string(session.say("”已更改，英文仍是原文（", " was changed, the English stands as it was (")) +
                 english + std::string(session.say("）\n", ")\n")));
  }
}

}  // namespace

PlainRecord fields_from(const RegisterCall& call, std::size_t first) {
  PlainRecord fields;
  for (std::size_t i = first; i < call.count(); ++i) {
    const std::string& word = call.word(i);
    const auto at = word.find('=');
    if (at == std::string::npos || at == 0) {
      throw UsageError({"字段要写成 字段=值，给的是“" + screen_safe(word) + "”。",
                        "A field is written as field=value, not '" + screen_safe(word) + "'."});
    }
    fields.emplace_back(word.substr(0, at), word.substr(at + 1));
  }
  return fields;
}

std::int64_t version_or(const RegisterCall& call, std::int64_t now) {
  if (call.typed.version.empty()) return now;
  return static_cast<std::int64_t>(count_option("--version-seen", call.typed.version, 1, INT64_MAX));
}

int list_records(const RegisterCall& call) {
  Listing listing;
  for (const auto& text : call.typed.where) listing.where.push_back(condition_from(text));
  listing.order_by = call.typed.order;
  listing.descending = call.typed.descending;
  listing.offset = count_option("--offset", call.typed.offset, 0, INT64_MAX);
  listing.limit = count_option("--limit", call.typed.limit, 1, 1'000'000);
  const PlainPage page = call.store.list(call.table(), listing);
  Json entries = Json::array();
  for (const auto& entry : page.entries) entries.push_back(entry_json(entry));
  return call.done({{"total", page.total}, {"entries", entries}}, page_text(call.session, call.table(), page));
}

int show_record(const RegisterCall& call) {
  const PlainEntry entry = entry_named(call, 1);
  Json json{{"record", entry_json(entry)}};
  std::string text = entry_text(call.session, entry);
  if (entry.table == TableId::problems) {
    const PlainPage facts = call.store.list(
        TableId::facts,
        {.where = {{"problem", Match::is, entry.value("number")}}, .descending = true, .limit = 1});  // the latest
    if (!facts.entries.empty()) {
      json["last_assessment"] = entry_json(facts.entries.front());
      text += "\n" + entry_text(call.session, facts.entries.front());
    }
  }
  return call.done(json, text);
}

int add_record(const RegisterCall& call) {
  const PlainEntry entry = call.store.add(call.table(), fields_from(call, 1));
  return call.done({{"record", entry_json(entry)}}, entry_text(call.session, entry));
}

int change_record(const RegisterCall& call) {
  const PlainEntry seen = entry_named(call, 1);
  const PlainEntry entry =
      call.store.change(seen.table, seen.number, version_or(call, seen.version), fields_from(call, 2));
  note_english_left_behind(call.session, seen, entry);
  return call.done({{"record", entry_json(entry)}}, entry_text(call.session, entry));
}

int remove_record(const RegisterCall& call) {
  const PlainEntry seen = entry_named(call, 1);
  call.store.remove(seen.table, seen.number, version_or(call, seen.version));
  return call.done(Json::object(), std::string(call.session.say("已删除。\n", "Removed.\n")));
}

int show_revisions(const RegisterCall& call) {
  const TableId table = call.table();
  // A removed record has no number to be found by; its entry stays.
  const std::string& word = call.word(1);
  const std::int64_t number = word.starts_with("#")
                                  ? static_cast<std::int64_t>(count_option("#", word.substr(1), 1, INT64_MAX))
                                  : entry_named(call, 1).number;
  const auto all = call.store.revisions(table, number);
  if (all.empty()) static_cast<void>(call.store.get(table, number));  // tells that there is none
  Json list = Json::array();
  for (const PlainRevision& one : all) {
    list.push_back(entry_json(one.entry));
    list.back()["ended_at"] = one.ended_at;
    list.back()["ended_by"] = one.ended_by;
    list.back()["removed"] = one.removed;
  }
  return call.done({{"revisions", list}}, revisions_text(call.session, table, all));
}

int show_info(const RegisterCall& call) {
  Entry<ChainInfo> entry = call.store.info();
  if (call.count() > 0) entry = call.store.change_info(version_or(call, entry.version), fields_from(call, 0));
  Json fields = Json::object();
  for (const auto& [field, value] : info_texts(entry.record)) {
    if (is_info_list(field)) {
      fields[field].push_back(value);
    } else {
      fields[field] = value;
    }
  }
  return call.done({{"version", entry.version},
                    {"changed_at", entry.changed_at},
                    {"changed_by", entry.changed_by},
                    {"fields", fields}},
                   info_text(call.session, entry));
}

}  // namespace chainqual::cli
