#include <algorithm>

#include "help.hpp"
#include "register_call.hpp"

namespace chainqual::cli {
namespace {

void add_list_flags(CLI::App& app, const Session& session, RegisterOptions& typed) {
  option(app, session, "--where", typed.where, "FIELD=VALUE",
         {"条件，可多次；也可用 !=、~（包含）、>=、<=；“字段=”为空，“字段!=”为已填",
          "a condition, may be repeated; also !=, ~ (contains), >=, <=; FIELD= is empty, FIELD!= is filled"})
      .allow_extra_args(false);  // one condition each, so that words may stand behind it
  option(app, session, "--order", typed.order, "FIELD", {"按此字段排序", "sort by this field"});
  flag(app, session, "--descending", typed.descending, {"从大到小", "largest first"});
}

void add_step_flags(CLI::App& app, const Session& session, RegisterOptions& typed) {
  option(
      app, session, "--who", typed.who, "ACTOR",
      {"办理方，如 lead、office、experts；默认 office", "in what capacity, as lead, office, experts; default: office"});
  option(app, session, "--by", typed.by, "NAME",
         {"办理人或单位；默认经办人", "the person or unit; default: the clerk"});
  option(app, session, "--reason", typed.reason, "TEXT", {"原因", "the reason"});
  option(app, session, "--correct", typed.correct, "STEP",
         {"更正误登的最后一步（写步骤名，不写新状态）；两条记录都保留",
          "take back the last step, entered by mistake (its name; no new state is given); both entries are kept"});
}

void add_form_flags(CLI::App& app, const Session& session, FormWords& form) {
  option(app, session, "--number", form.number, "NUMBER",
         {"项目（F）、成果（G）或协议（H）的编号；不给则每份一张",
          "of the project (F), result (G) or licence (H); else one form for each"});
  option(app, session, "--from", form.from, "DAY",
         {"表 I：期间首日；默认本年", "form I: first day of the period; default: this year"});
  option(app, session, "--until", form.until, "DAY", {"表 I：期间末日", "form I: its last day"});
  option(app, session, "--figure", form.figures, "COLUMN=VALUE",
         {"表 I：登记簿以外的数，可多次", "form I: a figure from elsewhere, may be repeated"})
      .allow_extra_args(false);
}

}  // namespace

void add_register_flags(CLI::App& app, const Session& session, RegisterOptions& typed) {
  const std::string name = app.get_name();
  const auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (is({"list"})) add_list_flags(app, session, typed);
  if (is({"list", "search"})) {
    option(app, session, "--offset", typed.offset, "N", {"跳过前 N 条", "leave out the first N"});
    option(app, session, "--limit", typed.limit, "N", {"最多 N 条，默认 100", "at most N; default 100"});
  }
  if (is({"step"})) add_step_flags(app, session, typed);
  if (is({"form"})) add_form_flags(app, session, typed.form);
  if (is({"step", "due", "access", "coverage", "assess", "check"})) {
    option(app, session, "--date", typed.date, "DAY", {"哪一天；默认今天", "which day; default: today"});
  } else if (is({"form"})) {
    option(app, session, "--date", typed.date, "DAY",
           {"哪一天；默认今天（表 A：当日在册成员，默认未退出者）",
            "which day; default: today (form A: members of that day; default: who has not left)"});
  }
  if (is({"show", "change", "remove", "revisions"})) {
    option(app, session, "--within", typed.within, "NUMBER",
           {"里程碑所属项目，评分所属问题", "the project of a milestone, the problem of a score"});
  }
  if (is({"change", "remove", "info", "step"})) {
    option(app, session, "--version-seen", typed.version, "N",
           {"所依据的版；他人改过则拒绝", "the version it was made from; refused if changed since"});
  }
  if (is({"import", "add", "change", "remove", "info", "step", "assess", "restore"})) {
    option(app, session, "--clerk", typed.clerk, "NAME",
           {"经办人，记在更改旁；默认登录名", "who acts, kept beside changes; default: the login name"});
  }
  if (is({"as-of"})) {
    flag(app, session, "--recorded", typed.recorded,
         {"当日登记的原样，而不是按各记录自己的日期",
          "word for word what was recorded by that day, not what the records' own days tell"});
  }
  if (is({"add"})) {
    flag(app, session, "--new", typed.fresh,
         {"没有这个登记库时新建；不给则拒绝，以免文件名写错",
          "make the store where there is none; refused without it, lest a slip in the name makes a second"});
  }
  if (is({"assess"})) add_assess_flags(app, session, typed.assess);
}

}  // namespace chainqual::cli
