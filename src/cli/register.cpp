#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

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
  form.which = typed.words.at(1);
  form.out = typed.words.at(2);
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
  std::string_view name;
  int (*run)(const RegisterCall&);
  std::size_t least;  ///< words behind the store
  std::size_t most;
  bool makes;  ///< a store where there is none
  Text usage;
  Text what;
};

/// In the order in which an office meets them.
const std::vector<RegisterAction>& register_actions() {
  static const Text record{"登记簿 编号", "TABLE NUMBER"};
  static const std::vector<RegisterAction> all{
      {"import",
       import_chain,
       1,
       1,
       true,
       {"链", "CHAIN"},
       {"从链文件夹或 .json 建立登记库", "make a store from a chain folder or .json"}},
      {"export",
       export_chain,
       1,
       1,
       false,
       {"写到", "OUT"},
       {"写成链文件夹、.json 或 .xlsx", "write it as a chain folder, .json or .xlsx"}},
      {"list", list_records, 1, 1, false, {"登记簿", "TABLE"}, {"列出一个登记簿的记录", "the records of one table"}},
      {"show",
       show_record,
       2,
       2,
       false,
       record,
       {"一条记录的全部内容；问题另附最近一次评估", "all of one record; of a problem its last assessment, too"}},
      {"add",
       add_record,
       2,
       SIZE_MAX,
       false,
       {"登记簿 字段=值…", "TABLE FIELD=VALUE…"},
       {"登记一条记录", "enter a record"}},
      {"change",
       change_record,
       3,
       SIZE_MAX,
       false,
       {"登记簿 编号 字段=值…", "TABLE NUMBER FIELD=VALUE…"},
       {"更改一条记录的若干字段；“字段=”清空", "change fields of a record; FIELD= empties one"}},
      {"remove", remove_record, 2, 2, false, record, {"删除一条记录", "take a record out"}},
      {"revisions",
       show_revisions,
       2,
       2,
       false,
       record,
       {"一条记录的历次改动；已删除的写成 #内部编号", "what a record was; a removed one is written as #entry"}},
      {"info",
       show_info,
       0,
       SIZE_MAX,
       false,
       {"[字段=值…]", "[FIELD=VALUE…]"},
       {"产业链信息、评分模型和周期；给了字段就更改", "what the chain says of itself; changed where fields are given"}},
      {"step",
       take_step,
       1,
       3,
       false,
       {"流程 编号 新状态 | 流程 编号 --correct 步骤 --reason 原因",
        "LIFECYCLE NUMBER STATE | LIFECYCLE NUMBER --correct STEP --reason TEXT"},
       {"办理一步或更正误登的一步：problem、project、result、licence、change，或 consortium（没有编号）",
        "take a step, or one back, of a problem, project, result, licence, change, or the consortium (no number)"}},
      {"history",
       show_history,
       1,
       2,
       false,
       {"流程 编号", "LIFECYCLE NUMBER"},
       {"一条记录的办理经过", "the steps that a record has taken"}},
      {"as-of",
       write_as_of,
       2,
       2,
       false,
       {"日期 写到", "DAY OUT"},
       {"写出某一天的登记簿", "write the registers as they were on a day"}},
      {"due", show_due, 0, 0, false, {}, {"到期、逾期事项和项目预警", "what is due or overdue, and warnings"}},
      {"search",
       search,
       1,
       SIZE_MAX,
       false,
       {"词…", "WORDS…"},
       {"在问题、项目、成果、政策工具中全文检索", "full text of problems, projects, results and policy tools"}},
      {"access",
       show_access,
       1,
       2,
       false,
       {"成果 [单位]", "RESULT [UNIT]"},
       {"谁可查看和使用成果，及理由；不给单位指社会公众",
        "who may see and use a result, and why; no unit: the public"}},
      {"coverage",
       show_coverage,
       0,
       0,
       false,
       {},
       {"各环节的检测机构和检测缺口", "who tests what in each segment, and the gaps"}},
      {"proposals",
       show_proposals,
       0,
       0,
       false,
       {},
       {"待立项项目的先后次序", "proposed projects in the order to consider"}},
      {"conflicts",
       show_conflicts,
       1,
       1,
       false,
       {"协议", "LICENCE"},
       {"与之冲突的许可协议", "the licences that exclude it"}},
      {"form",
       form,
       2,
       2,
       false,
       {"表 写到", "FORM OUT"},
       {"填写标准的表 A、C、E、F、G、H、I（.xlsx、.html、.pdf）；库处也可给链",
        "the standard's forms A, C, E, F, G, H, I (.xlsx, .html, .pdf); a chain may stand for the store"}},
      {"assess",
       assess_store,
       0,
       0,
       false,
       {},
       {"评估全部问题，并把结果记在问题旁", "assess all problems and keep what it finds beside them"}},
      {"check", check, 0, 0, false, {}, {"查损坏和互相矛盾之处", "look for damage and for what cannot all be so"}},
      {"backup", back_up, 1, 1, false, {"写到", "OUT"}, {"备份成一个新文件", "back it up to a new file"}},
      {"restore", restore, 1, 1, true, {"备份", "BACKUP"}, {"从备份建立登记库", "make a store from a backup"}},
  };
  return all;
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

int run_register(Session& session, const RegisterAction& action, const RegisterOptions& typed) {
  const std::string_view name = action.name;
  const std::size_t given = typed.words.empty() ? 0 : typed.words.size() - 1;
  if (typed.words.empty() || given < action.least || given > action.most) {
    const auto usage = [&](std::string_view store, const std::string& words) {
      return "chainqual register " + std::string(name) + " " + std::string(store) + (words.empty() ? "" : " ") + words;
    };
    throw UsageError(
        {"应写成 " + usage("库", action.usage.zh) + "。", "Write " + usage("STORE", action.usage.en) + "."});
  }
  if (name == "form" && (std::filesystem::is_directory(typed.words[0]) || typed.words[0].ends_with(".json"))) {
    return fill_form(session, form_words(typed), [&] { return read_chain(typed.words[0]).dossier; });  // in no store
  }
  std::optional<ChainFile> chain;  // read first, so that what cannot be read leaves no store behind
  if (name == "import") chain = read_chain(typed.words[1]);
  StoreOptions options;
  options.clerk = clerk_of(typed);
  options.must_exist = !action.makes && !typed.fresh;
  const std::string& address = typed.words[0];
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
  if (!session.json && !session.quiet)
    session.note(std::string(session.say("新建登记库：", "New store: ")) + screen_safe(address) + "\n");
  return code;
}

}  // namespace

void add_register(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<RegisterOptions>();
  auto& app = line.command(
      "register",
      {"登记簿：联合体、问题、项目、成果、许可等，存于文件（SQLite）或 PostgreSQL",
       "the registers (consortium, problems, projects, results, licences …) in a file (SQLite) or PostgreSQL"},
      {"chainqual register import quality.db my_chain",
       "chainqual register list quality.db problems --where status=identified",
       "chainqual register add quality.db problems number=P9 stage=upstream name=虚焊 --clerk 王",
       "chainqual register change quality.db problems P9 ideas=换助焊剂",
       "chainqual register step quality.db problem P9 analysing --who lead --by 王",
       "chainqual register search quality.db 芯片", "chainqual register access quality.db R1 U2 --date 2025-06-30",
       "chainqual register info quality.db review_cycle_months=6",
       "chainqual register as-of quality.db 2025-06-30 then",
       "chainqual register form quality.db F task-book.html --number P-01",
       "chainqual register form my_chain I summary.xlsx --from 2025-01-01 --until 2025-12-31 --figure jobs=120"},
      []() -> int {
        throw UsageError({"应写成 chainqual register 做什么 库 …。用 --help 查看。",
                          "Write chainqual register ACTION STORE …. See --help."});
      });
  for (const RegisterAction& action : register_actions()) {
    auto& sub = line.action(app, std::string(action.name), action.what,
                            [&session, &action, typed] { return run_register(session, action, *typed); });
    const std::string words(session.say(action.usage));
    option(sub, session, "STORE", typed->words,
           std::string(session.say("库", "STORE")) + (words.empty() ? "" : " ") + words,
           {"登记库：SQLite 文件，或 postgresql:// 地址", "the store: an SQLite file, or a postgresql:// address"});
    add_register_flags(sub, session, *typed);
  }
}

}  // namespace chainqual::cli
