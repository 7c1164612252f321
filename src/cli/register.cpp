#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "commands.hpp"
#include "register_call.hpp"
#include "register_text.hpp"

namespace chainqual::cli {
namespace {

int search(const RegisterCall& call) {
  Search wanted{call.word(0)};
  for (std::size_t i = 1; i < call.count(); ++i) wanted.text += " " + call.word(i);
  wanted.offset = count_option("--offset", call.typed.offset, 0, INT64_MAX);
  wanted.limit = count_option("--limit", call.typed.limit, 1, 1'000'000);
  const SearchPage page = call.store.search(wanted);
  return call.done({{"hits", hits_json(page)}, {"more", page.more}}, hits_text(call.session, page));
}

int check(const RegisterCall& call) {
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

int import_chain(const RegisterCall& call) {
  call.store.fill(call.chain->dossier);
  const Findings& findings = call.chain->findings;
  if (!call.session.json) call.session.note(findings_text(findings, call.session, 20));
  return call.done({{"findings", findings_json(findings)}}, std::string(call.session.say("已导入。\n", "Imported.\n")));
}

int export_chain(const RegisterCall& call) {
  call.store.export_chain(call.word(0));
  return call.done({{"written", Json::array({call.word(0)})}},
                   std::string(call.session.say("已写出 ", "Written: ")) + screen_safe(call.word(0)) + "\n");
}

FormWords form_words(const RegisterOptions& typed) {
  FormWords form = typed.form;
  form.which = typed.words.at(2);
  form.out = typed.words.at(3);
  form.day = typed.date;
  return form;
}

int form(const RegisterCall& call) {
  return fill_form(call.session, form_words(call.typed), [&] { return call.store.content(); });
}

int back_up(const RegisterCall& call) {
  call.store.back_up(call.word(0));
  return call.done({{"written", Json::array({call.word(0)})}},
                   std::string(call.session.say("已备份到 ", "Backed up to ")) + screen_safe(call.word(0)) + "\n");
}

int restore(const RegisterCall& call) {
  call.store.restore(call.word(0));
  return call.done(Json::object(), std::string(call.session.say("已恢复。\n", "Restored.\n")));
}

struct RegisterAction {
  int (*run)(const RegisterCall&);
  std::size_t least;  ///< words behind the store
  std::size_t most;
  bool makes;  ///< a store where there is none
  std::string_view usage;
};

const std::map<std::string, RegisterAction>& register_actions() {
  static const std::map<std::string, RegisterAction> all{
      {"import", {import_chain, 1, 1, true, "CHAIN"}},
      {"export", {export_chain, 1, 1, false, "OUT"}},
      {"form", {form, 2, 2, false, "FORM OUT"}},
      {"list", {list_records, 1, 1, false, "TABLE"}},
      {"show", {show_record, 2, 2, false, "TABLE NUMBER"}},
      {"add", {add_record, 2, SIZE_MAX, false, "TABLE field=value…"}},
      {"change", {change_record, 3, SIZE_MAX, false, "TABLE NUMBER field=value…"}},
      {"remove", {remove_record, 2, 2, false, "TABLE NUMBER"}},
      {"revisions", {show_revisions, 2, 2, false, "TABLE NUMBER"}},
      {"info", {show_info, 0, SIZE_MAX, false, "[field=value…]"}},
      {"step", {take_step, 1, 3, false, "LIFECYCLE NUMBER STATE | LIFECYCLE NUMBER --correct STEP --reason TEXT"}},
      {"history", {show_history, 1, 2, false, "LIFECYCLE NUMBER"}},
      {"as-of", {write_as_of, 2, 2, false, "DAY OUT"}},
      {"due", {show_due, 0, 0, false, ""}},
      {"access", {show_access, 1, 2, false, "RESULT [UNIT]"}},
      {"coverage", {show_coverage, 0, 0, false, ""}},
      {"proposals", {show_proposals, 0, 0, false, ""}},
      {"conflicts", {show_conflicts, 1, 1, false, "LICENCE"}},
      {"search", {search, 1, SIZE_MAX, false, "WORDS…"}},
      {"assess", {assess_store, 0, 0, false, ""}},
      {"check", {check, 0, 0, false, ""}},
      {"backup", {back_up, 1, 1, false, "OUT"}},
      {"restore", {restore, 1, 1, true, "BACKUP"}},
  };
  return all;
}

const RegisterAction& register_action_named(const std::string& word) {
  const auto at = register_actions().find(word);
  if (at != register_actions().end()) return at->second;
  std::string list;
  for (const auto& [name, kind] : register_actions()) list += (list.empty() ? "" : ", ") + name;
  throw UsageError({"register 没有“" + screen_safe(word) + "”。可用：" + list + "。",
                    "register has no '" + screen_safe(word) + "'. There are: " + list + "."});
}

std::string clerk_of(const RegisterOptions& typed) {
  if (!typed.clerk.empty()) return typed.clerk;
  for (const char* variable : {"LOGNAME", "USER"}) {
    if (const char* name = std::getenv(variable); name != nullptr && *name != 0) return name;
  }
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> text{};
  if (getpwuid_r(getuid(), &entry, text.data(), text.size(), &found) == 0 && found != nullptr) return entry.pw_name;
  return {};
}

bool is_server(const std::string& address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

/// A store that is made under a passing name beside its own, and gets its own once it holds what was asked for: a
/// failed command leaves nothing.
class NewFile {
 public:
  explicit NewFile(const std::string& path) : path_(path), passing_(path + ".new-" + std::to_string(getpid())) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(passing_ + end, ignored);
  }

  [[nodiscard]] const std::string& passing_name() const noexcept { return passing_; }

  /// @throws Error{conflict} another process has made one meanwhile; it stays.
  void keep() const {
    if (::renameat2(AT_FDCWD, passing_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0) return;
    const int error = errno;
    if (error == EEXIST) {
      throw Error(ErrorCode::conflict, {path_ + " 刚刚由另一进程建立：本次未写入，请重试。",
                                        path_ + " was made by another process just now: nothing was written to it; "
                                                "try again."});
    }
    // File systems without that call: there is nothing there by all that is known.
    if (!std::filesystem::exists(path_) && std::rename(passing_.c_str(), path_.c_str()) == 0) return;
    throw Error(ErrorCode::io_failure, {"系统拒绝建立 " + path_ + "：请检查文件夹的权限。",
                                        "the system refused to make " + path_ + ": check the folder's permissions."});
  }

 private:
  std::string path_;
  std::string passing_;
};

/// A failed command leaves no new store behind, on a server neither.
void undo_new(Store& store) {
  try {
    store.discard_new();
  } catch (const Error&) {  // what failed first is what is told
  }
}

int run_register(Session& session, const RegisterOptions& typed) {
  if (typed.words.size() < 2) {
    throw UsageError({"用法：chainqual register 做什么 库 …。用 --help 查看。",
                      "Usage: chainqual register ACTION STORE …. See --help."});
  }
  const std::string& name = typed.words.front();
  const RegisterAction& action = register_action_named(name);
  const std::size_t given = typed.words.size() - 2;
  if (given < action.least || given > action.most) {
    throw UsageError({"用法：chainqual register " + name + " 库 " + std::string(action.usage) + "。",
                      "Usage: chainqual register " + name + " STORE " + std::string(action.usage) + "."});
  }
  if (name == "form" && (std::filesystem::is_directory(typed.words[1]) || typed.words[1].ends_with(".json"))) {
    return fill_form(session, form_words(typed), [&] { return read_chain(typed.words[1]).dossier; });  // in no store
  }
  if (!typed.correct.empty() && name != "step") {
    throw UsageError({"--correct 只用于 step。", "--correct is for step alone."});
  }
  if (typed.fresh && name != "add") {
    throw UsageError({"--new 只用于 add：import 和 restore 总是新建登记库。",
                      "--new is for add alone: import and restore make a store in any case."});
  }
  std::optional<ChainFile> chain;  // read first, so that what cannot be read leaves no store behind
  if (name == "import") chain = read_chain(typed.words[2]);
  StoreOptions options;
  options.clerk = clerk_of(typed);
  options.must_exist = !action.makes && !typed.fresh;
  const std::string& address = typed.words[1];
  const auto act = [&](const std::string& where) {
    Store store = Store::open(where, options);
    try {
      return action.run({session, typed, typed.words, store, chain});
    } catch (...) {
      undo_new(store);
      throw;
    }
  };
  if (name == "add" && options.must_exist && !is_server(address) && !std::filesystem::exists(address)) {
    const std::string shown = screen_safe(address);
    throw Error(ErrorCode::not_found, {"没有登记库 " + shown + "：请核对文件名；要新建请加 --new。",
                                       "There is no store " + shown + ": check its name; to make it, add --new."});
  }
  if (options.must_exist || is_server(address) || std::filesystem::exists(address)) return act(address);
  const NewFile file(address);
  const int code = act(file.passing_name());
  file.keep();
  if (!session.json)
    session.note(std::string(session.say("新建登记库：", "New store: ")) + screen_safe(address) + "\n");
  return code;
}

}  // namespace

void add_register(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<RegisterOptions>();
  auto& app = line.command(
      "register",
      {"登记簿：问题、项目、成果等，存于文件（SQLite）或 "
       "PostgreSQL。做什么：import、export、form（标准表单）、list、show、add、change、remove、revisions（改动）、"
       "info（产业链信息）、step、history、as-"
       "of、due、access（谁可使用成果）、coverage（检测缺口）、proposals（立项次序）、"
       "conflicts（许可冲突）、search、assess、check、backup、restore",
       "the registers in a file (SQLite) or PostgreSQL. ACTION: import, export, form (the standard's forms), list, "
       "show, add, change, remove, revisions, info (what the chain says of itself), step, history, as-of, due, access "
       "(who may use a result), coverage (what nobody tests), proposals (their order), conflicts (of licences), "
       "search, "
       "assess, check, backup, restore"},
      {"chainqual register import quality.db my_chain",
       "chainqual register list quality.db problems --where status=identified",
       "chainqual register add quality.db problems number=P9 stage=upstream name=虚焊 --clerk 王",
       "chainqual register add other.db problems number=P1 stage=upstream --new",
       "chainqual register change quality.db problems P9 ideas=换助焊剂",
       "chainqual register show quality.db problems P9",
       "chainqual register step quality.db problem P9 analysing --who lead --by 王",
       "chainqual register history quality.db problem P9", "chainqual register search quality.db 芯片",
       "chainqual register due quality.db", "chainqual register access quality.db R1 U2 --date 2025-06-30",
       "chainqual register info quality.db review_cycle_months=6",
       "chainqual register as-of quality.db 2025-06-30 then", "chainqual register backup quality.db quality-backup.db",
       "chainqual register form quality.db C problems.xlsx",
       "chainqual register form quality.db F task-book.html --number P-01",
       "chainqual register form my_chain I summary.xlsx --from 2025-01-01 --until 2025-12-31 --figure jobs=120"},
      [&session, typed] { return run_register(session, *typed); });
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
  option(app, session, "--by", typed->by, "NAME",
         {"step：办理人或单位；默认经办人", "step: the person or unit; default: the clerk"});
  option(app, session, "--number", typed->form.number, "NUMBER",
         {"form：项目（F）、成果（G）或协议（H）的编号；不给则每份一张",
          "form: of the project (F), result (G) or licence (H); else one form for each"});
  option(app, session, "--from", typed->form.from, "DAY",
         {"form I：期间首日；默认本年", "form I: first day of the period; default: this year"});
  option(app, session, "--until", typed->form.until, "DAY", {"form I：期间末日", "form I: its last day"});
  auto& figures = option(app, session, "--figure", typed->form.figures, "COLUMN=VALUE",
                         {"form I：登记簿以外的数，可多次", "form I: a figure from elsewhere, may be repeated"});
  figures.allow_extra_args(false);
  flag(app, session, "--recorded", typed->recorded,
       {"as-of：当日登记的原样，而不是按各记录自己的日期",
        "as-of: word for word what was recorded by that day, not what the records' own days tell"});
  flag(app, session, "--new", typed->fresh,
       {"add：没有这个登记库时新建；不给则拒绝，以免文件名写错",
        "add: make the store where there is none; refused without it, lest a slip in the name makes a second"});
  add_assess_flags(app, session, typed->assess);
  option(app, session, "--reason", typed->reason, "TEXT", {"step：原因", "step: the reason"});
  option(
      app, session, "--correct", typed->correct, "STEP",
      {"step：更正误登的最后一步（写步骤名，不写新状态）；两条记录都保留",
       "step: take back the last step, entered by mistake (its name; no new state is given); both entries are kept"});
}

}  // namespace chainqual::cli
