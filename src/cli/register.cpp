#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "chainqual/impact/assess.hpp"
#include "chainqual/store/store.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "register_form.hpp"
#include "register_text.hpp"

namespace chainqual::cli {
namespace {

struct Options {
  std::vector<std::string> words;  ///< what to do, the store, and what the action takes
  std::vector<std::string> where;
  std::string order;
  bool descending = false;
  std::string offset = "0";
  std::string limit = "100";
  std::string version;
  std::string within;
  std::string clerk;
  std::string date;
  std::string who;
  std::string by;
  std::string reason;
  FormWords form;
};

/// One run: the words behind the action, the open store, and a place for the answer.
struct Call {
  Session& session;
  const Options& typed;
  const std::vector<std::string>& words;
  Store& store;

  [[nodiscard]] const std::string& word(std::size_t at) const { return words.at(at + 2); }
  [[nodiscard]] std::size_t count() const { return words.size() - 2; }
  [[nodiscard]] TableId table() const { return table_named(word(0)); }
  [[nodiscard]] Date day() const {
    if (!typed.date.empty()) return date_from(typed.date, "--date", "--date");
    return Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  }

  int done(Json json, const std::string& text) const {
    if (session.json) {
      Json all = answer(session);
      all.update(json);
      print_json(session, all);
    } else {
      session.print(text);
    }
    return exit_done;
  }
  int said(std::string_view zh, std::string_view en) const {
    return done(Json::object(), std::string(session.say(zh, en)) + "\n");
  }
};

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

PlainRecord fields_from(const Call& call, std::size_t first) {
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

/// The record that a word names: its id or number, or #entry.
PlainEntry entry_named(const Call& call, std::size_t at) {
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

std::int64_t version_or(const Call& call, std::int64_t now) {
  if (call.typed.version.empty()) return now;
  return static_cast<std::int64_t>(count_option("--version-seen", call.typed.version, 1, INT64_MAX));
}

int list(const Call& call) {
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

int show(const Call& call) {
  const PlainEntry entry = entry_named(call, 1);
  return call.done({{"record", entry_json(entry)}}, entry_text(call.session, entry));
}

int add(const Call& call) {
  const PlainEntry entry = call.store.add(call.table(), fields_from(call, 1));
  return call.done({{"record", entry_json(entry)}}, entry_text(call.session, entry));
}

int change(const Call& call) {
  const PlainEntry seen = entry_named(call, 1);
  const PlainEntry entry =
      call.store.change(seen.table, seen.number, version_or(call, seen.version), fields_from(call, 2));
  return call.done({{"record", entry_json(entry)}}, entry_text(call.session, entry));
}

int remove(const Call& call) {
  const PlainEntry seen = entry_named(call, 1);
  call.store.remove(seen.table, seen.number, version_or(call, seen.version));
  return call.said("已删除。", "Removed.");
}

int step(const Call& call) {
  const bool one = call.word(0) == "consortium";
  if (call.count() != (one ? 2U : 3U)) {
    throw UsageError({"用法：step 库 登记簿 编号 新状态；联合体没有编号。",
                      "Usage: step STORE LIFECYCLE NUMBER STATE; the consortium has no number."});
  }
  std::optional<std::int64_t> version;
  if (!call.typed.version.empty()) version = version_or(call, 0);
  const StepRecord taken =
      call.store.step({call.word(0), one ? "" : call.word(1), call.word(one ? 1 : 2), call.day().to_string(),
                       call.typed.who.empty() ? "office" : call.typed.who, call.typed.by, call.typed.reason},
                      version);
  return call.done({{"step", step_json(taken)}}, history_text(call.session, {taken}));
}

int history(const Call& call) {
  const auto steps = call.store.history(call.word(0), call.count() > 1 ? call.word(1) : std::string());
  Json list = Json::array();
  for (const auto& one : steps) list.push_back(step_json(one));
  return call.done({{"steps", list}}, history_text(call.session, steps));
}

int as_of(const Call& call) {
  const Date day = date_from(call.word(0), "日期", "The day");
  write_chain(call.store.as_of(day), call.word(1));
  return call.done({{"written", Json::array({call.word(1)})}},
                   std::string(call.session.say("已写出 ", "Written: ")) + screen_safe(call.word(1)) + "\n");
}

int due(const Call& call) {
  const auto items = call.store.due(call.day());
  const auto warnings = call.store.warnings(call.day());
  return call.done({{"due", due_json(items)}, {"warnings", warnings_json(warnings)}},
                   due_text(call.session, items, warnings));
}

int search(const Call& call) {
  Search wanted{call.word(0)};
  for (std::size_t i = 1; i < call.count(); ++i) wanted.text += " " + call.word(i);
  wanted.offset = count_option("--offset", call.typed.offset, 0, INT64_MAX);
  wanted.limit = count_option("--limit", call.typed.limit, 1, 1'000'000);
  const SearchPage page = call.store.search(wanted);
  return call.done({{"hits", hits_json(page)}, {"more", page.more}}, hits_text(call.session, page));
}

int check(const Call& call) {
  Findings findings = call.store.check();
  findings.add(call.store.consistency(call.day()));
  if (call.session.json) {
    Json json = answer(call.session, !findings.has_errors());
    json["findings"] = findings_json(findings);
    print_json(call.session, json);
  } else {
    call.session.note(findings_text(findings, call.session, 20));
    call.session.print(findings_count(findings, call.session) + "\n");
  }
  return findings.has_errors() ? exit_bad_input : exit_done;
}

int assess_store(const Call& call) {
  const Dossier dossier = call.store.content();
  const AssessReport report = assess(dossier, {}, call.session.control(call.session.say("推算影响", "propagating")));
  call.session.clear_progress();
  const auto facts = call.store.write_facts(dossier, report, call.day());
  Json list = Json::array();
  Table text;
  for (const auto& [zh, en] : {std::pair{"问题", "problem"},
                               {"总分", "total"},
                               {"分级", "grade"},
                               {"平均损失", "mean loss"},
                               {"建议扩散分", "suggested diffusion"}}) {
    text.column(std::string(call.session.say(zh, en)));
  }
  for (const AssessedFact& fact : facts) {
    const std::string grade(label_of(fact.grade, call.session.language));
    text.row({fact.problem, fact.total, grade, fact.mean_loss, fact.suggested_diffusion});
    list.push_back({{"problem", fact.problem},
                    {"date", fact.date},
                    {"model", fact.model},
                    {"inputs", fact.inputs},
                    {"total", fact.total},
                    {"grade", std::string(key_of(fact.grade))},
                    {"mean_loss", fact.mean_loss},
                    {"suggested_diffusion", fact.suggested_diffusion}});
  }
  return call.done({{"facts", list}}, text.text(call.session.ink(), call.session.width()));
}

int import_chain(const Call& call) {
  const Findings findings = call.store.import_chain(call.word(0));
  if (!call.session.json) call.session.note(findings_text(findings, call.session, 20));
  return call.done({{"findings", findings_json(findings)}}, std::string(call.session.say("已导入。\n", "Imported.\n")));
}

int export_chain(const Call& call) {
  call.store.export_chain(call.word(0));
  return call.done({{"written", Json::array({call.word(0)})}},
                   std::string(call.session.say("已写出 ", "Written: ")) + screen_safe(call.word(0)) + "\n");
}

FormWords form_words(const Options& typed) {
  FormWords form = typed.form;
  form.which = typed.words.at(2);
  form.out = typed.words.at(3);
  form.day = typed.date;
  return form;
}

int form(const Call& call) {
  return fill_form(call.session, form_words(call.typed), [&] { return call.store.content(); });
}

int back_up(const Call& call) {
  call.store.back_up(call.word(0));
  return call.done({{"written", Json::array({call.word(0)})}},
                   std::string(call.session.say("已备份到 ", "Backed up to ")) + screen_safe(call.word(0)) + "\n");
}

int restore(const Call& call) {
  call.store.restore(call.word(0));
  return call.said("已恢复。", "Restored.");
}

struct Kind {
  int (*run)(const Call&);
  std::size_t least;  ///< words behind the store
  std::size_t most;
  bool makes;  ///< a store where there is none
  std::string_view usage;
};

const std::map<std::string, Kind>& actions() {
  static const std::map<std::string, Kind> all{
      {"import", {import_chain, 1, 1, true, "CHAIN"}},
      {"export", {export_chain, 1, 1, false, "OUT"}},
      {"form", {form, 2, 2, false, "FORM OUT"}},
      {"list", {list, 1, 1, false, "TABLE"}},
      {"show", {show, 2, 2, false, "TABLE NUMBER"}},
      {"add", {add, 2, SIZE_MAX, true, "TABLE field=value…"}},
      {"change", {change, 3, SIZE_MAX, false, "TABLE NUMBER field=value…"}},
      {"remove", {remove, 2, 2, false, "TABLE NUMBER"}},
      {"step", {step, 2, 3, false, "LIFECYCLE NUMBER STATE"}},
      {"history", {history, 1, 2, false, "LIFECYCLE NUMBER"}},
      {"as-of", {as_of, 2, 2, false, "DAY OUT"}},
      {"due", {due, 0, 0, false, ""}},
      {"search", {search, 1, SIZE_MAX, false, "WORDS…"}},
      {"assess", {assess_store, 0, 0, false, ""}},
      {"check", {check, 0, 0, false, ""}},
      {"backup", {back_up, 1, 1, false, "OUT"}},
      {"restore", {restore, 1, 1, true, "BACKUP"}},
  };
  return all;
}

const Kind& action_named(const std::string& word) {
  const auto at = actions().find(word);
  if (at != actions().end()) return at->second;
  std::string list;
  for (const auto& [name, kind] : actions()) list += (list.empty() ? "" : ", ") + name;
  throw UsageError({"register 没有“" + screen_safe(word) + "”。可用：" + list + "。",
                    "register has no '" + screen_safe(word) + "'. There are: " + list + "."});
}

std::string clerk_of(const Options& typed) {
  if (!typed.clerk.empty()) return typed.clerk;
  for (const char* variable : {"LOGNAME", "USER"}) {
    if (const char* name = std::getenv(variable); name != nullptr) return name;
  }
  return {};
}

int run(Session& session, const Options& typed) {
  if (typed.words.size() < 2) {
    throw UsageError({"用法：chainqual register 做什么 库 …。用 --help 查看。",
                      "Usage: chainqual register ACTION STORE …. See --help."});
  }
  const std::string& name = typed.words.front();
  const Kind& action = action_named(name);
  const std::size_t given = typed.words.size() - 2;
  if (given < action.least || given > action.most) {
    throw UsageError({"用法：chainqual register " + name + " 库 " + std::string(action.usage) + "。",
                      "Usage: chainqual register " + name + " STORE " + std::string(action.usage) + "."});
  }
  if (name == "form" && (std::filesystem::is_directory(typed.words[1]) || typed.words[1].ends_with(".json"))) {
    return fill_form(session, form_words(typed), [&] { return read_chain(typed.words[1]).dossier; });  // in no store
  }
  StoreOptions options;
  options.clerk = clerk_of(typed);
  options.must_exist = !action.makes;
  Store store = Store::open(typed.words[1], options);
  return action.run({session, typed, typed.words, store});
}

}  // namespace

void add_register(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<Options>();
  auto& app = line.command(
      "register",
      {"登记簿：问题、项目、成果等，存于文件（SQLite）或 "
       "PostgreSQL。做什么：import、export、form（标准表单）、list、show、add、change、remove、"
       "step、history、as-of、due、search、assess、check、backup、restore",
       "the registers in a file (SQLite) or PostgreSQL. ACTION: import, export, form (the standard's forms), list, "
       "show, add, change, remove, step, "
       "history, as-of, due, search, assess, check, backup, restore"},
      {"chainqual register import quality.db my_chain",
       "chainqual register list quality.db problems --where status=identified",
       "chainqual register add quality.db problems number=P9 stage=upstream name=虚焊 --clerk 王",
       "chainqual register change quality.db problems P9 ideas=换助焊剂",
       "chainqual register show quality.db problems P9",
       "chainqual register step quality.db problem P9 analysing --who lead --by 王",
       "chainqual register history quality.db problem P9", "chainqual register search quality.db 芯片",
       "chainqual register due quality.db", "chainqual register as-of quality.db 2025-06-30 then",
       "chainqual register backup quality.db quality-backup.db", "chainqual register form quality.db C problems.xlsx",
       "chainqual register form quality.db F task-book.html --number P-01",
       "chainqual register form my_chain I summary.xlsx --from 2025-01-01 --until 2025-12-31 --figure jobs=120"},
      [&session, typed] { return run(session, *typed); });
  option(app, session, "ACTION_STORE", typed->words, "",
         {"做什么、登记库（文件或 postgresql://…），再是各自的参数",
          "what to do, the store (file or postgresql://…), then what it takes"});
  auto& where = option(app, session, "--where", typed->where, "FIELD=VALUE",
                       {"list：条件，可多次；也可用 !=、~（包含）、>=、<=",
                        "list: a condition, may be repeated; also !=, ~ (contains), >=, <="});
  where.allow_extra_args(false);  // one condition each, so that words may stand behind it
  option(app, session, "--order", typed->order, "FIELD", {"list：按此字段排序", "list: sort by this field"});
  flag(app, session, "--descending", typed->descending, {"list：从大到小", "list: largest first"});
  option(app, session, "--offset", typed->offset, "N",
         {"list、search：跳过前 N 条", "list, search: leave out the first N"});
  option(app, session, "--limit", typed->limit, "N",
         {"list、search：最多 N 条，默认 100", "list, search: at most N; default 100"});
  option(app, session, "--version-seen", typed->version, "N",
         {"change、remove、step：所依据的版；他人改过则拒绝",
          "change, remove, step: the version it was made from; refused if changed since"});
  option(app, session, "--within", typed->within, "NUMBER",
         {"里程碑所属项目，评分所属问题", "the project of a milestone, the problem of a score"});
  option(app, session, "--clerk", typed->clerk, "NAME",
         {"经办人，记在更改旁；默认登录名", "who acts, kept beside changes; default: the login name"});
  option(app, session, "--date", typed->date, "DAY",
         {"哪一天；默认今天（form A：在册成员，默认未退出者）",
          "which day; default: today (form A: members of that day; default: who has not left)"});
  option(app, session, "--who", typed->who, "ACTOR",
         {"step：办理方，如 lead、office、experts；默认 office",
          "step: in what capacity, as lead, office, experts; default: office"});
  option(app, session, "--by", typed->by, "NAME", {"step：办理人或单位", "step: the person or unit"});
  option(app, session, "--number", typed->form.number, "NUMBER",
         {"form：项目（F）、成果（G）或协议（H）的编号；不给则每份一张",
          "form: of the project (F), result (G) or licence (H); else one form for each"});
  option(app, session, "--from", typed->form.from, "DAY",
         {"form I：期间首日；默认本年", "form I: first day of the period; default: this year"});
  option(app, session, "--until", typed->form.until, "DAY", {"form I：期间末日", "form I: its last day"});
  auto& figures = option(app, session, "--figure", typed->form.figures, "COLUMN=VALUE",
                         {"form I：登记簿以外的数，可多次", "form I: a figure from elsewhere, may be repeated"});
  figures.allow_extra_args(false);
  option(app, session, "--reason", typed->reason, "TEXT", {"step：原因", "step: the reason"});
}

}  // namespace chainqual::cli
