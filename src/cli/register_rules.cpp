#include <algorithm>
#include <chrono>

#include "register_call.hpp"
#include "register_text.hpp"

namespace chainqual::cli {

Date RegisterCall::day() const {
  if (!typed.date.empty()) return date_from(typed.date, "--date", "--date");
  return Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

int RegisterCall::done(const Json& json, const std::string& text) const {
  if (session.json) {
    Json all = answer(session);
    all.update(json);
    print_json(session, all);
  } else {
    session.print(text);
  }
  return exit_done;
}

int take_step(const RegisterCall& call) {
  const bool one = call.word(0) == "consortium";
  const bool corrects = !call.typed.correct.empty();
  if (corrects && call.count() != (one ? 1U : 2U)) {
    throw UsageError({"用法：step 库 登记簿 编号 --correct 步骤 --reason 原因；联合体没有编号，也不写新状态。",
                      "Usage: step STORE LIFECYCLE NUMBER --correct STEP --reason TEXT; the consortium has no number, "
                      "and no new state is given."});
  }
  if (!corrects && call.count() != (one ? 2U : 3U)) {
    throw UsageError({"用法：step 库 登记簿 编号 新状态；联合体没有编号。",
                      "Usage: step STORE LIFECYCLE NUMBER STATE; the consortium has no number."});
  }
  // As typed: 2025-03 is no day of a step, and the rules say so.
  const std::string day = call.typed.date.empty() ? call.day().to_string() : call.typed.date;
  std::optional<std::int64_t> version;
  if (!call.typed.version.empty()) version = version_or(call, 0);
  if (corrects) {
    const StepRecord taken =
        call.store.correct({call.word(0), one ? "" : call.word(1), call.typed.correct, day,
                            call.typed.who.empty() ? "office" : call.typed.who, call.typed.by, call.typed.reason},
                           version);
    return call.done({{"step", step_json(taken)}}, history_text(call.session, {taken}));
  }
  const StepRecord taken =
      call.store.step({call.word(0), one ? "" : call.word(1), call.word(one ? 1 : 2), day,
                       call.typed.who.empty() ? "office" : call.typed.who, call.typed.by, call.typed.reason},
                      version);
  return call.done({{"step", step_json(taken)}}, history_text(call.session, {taken}));
}

int show_history(const RegisterCall& call) {
  const std::string number = call.count() > 1 && call.word(0) != "consortium" ? call.word(1) : std::string();
  const auto steps = call.store.history(call.word(0), number);
  // Who typed each is kept beside the row.
  const auto kept = call.store.list<StepRecord>(
      {.where = {{"table", Match::is, call.word(0)}, {"number", number.empty() ? Match::empty : Match::is, number}},
       .limit = std::max<std::size_t>(steps.size(), 1)});
  std::vector<std::string> clerks;
  for (const auto& entry : kept.entries) clerks.push_back(entry.changed_by);
  Json list = Json::array();
  for (std::size_t k = 0; k < steps.size(); ++k) {
    list.push_back(step_json(steps[k]));
    list.back()["clerk"] = k < clerks.size() ? clerks[k] : std::string();
  }
  return call.done({{"steps", list}}, history_text(call.session, steps, clerks));
}

int write_as_of(const RegisterCall& call) {
  const Date day = date_from(call.word(0), "日期", "The day");
  write_chain(call.store.as_of(day, call.typed.recorded ? Moment::recorded : Moment::registers), call.word(1));
  return call.done({{"written", Json::array({call.word(1)})}},
                   std::string(call.session.say("已写出 ", "Written: ")) + screen_safe(call.word(1)) + "\n");
}

int show_due(const RegisterCall& call) {
  const auto items = call.store.due(call.day());
  const auto warnings = call.store.warnings(call.day());
  return call.done({{"due", due_json(items)}, {"warnings", warnings_json(warnings)}},
                   due_text(call.session, items, warnings));
}

int show_access(const RegisterCall& call) {
  const std::string unit = call.count() > 1 ? call.word(1) : std::string();
  const Date day = call.day();
  const Access found = call.store.access(call.word(0), unit, day);
  const auto yes = [&](bool may) { return call.session.say(may ? "可以" : "不可以", may ? "yes" : "no"); };
  std::string text(call.session.say("查看：", "see: "));
  text += yes(found.see);
  text += call.session.say("；使用：", "; use: ");
  text += yes(found.use);
  text += call.session.say("。", ". ");
  text += call.session.say(found.reason);
  text += call.session.say("。\n", ".\n");
  return call.done({{"result", call.word(0)},
                    {"unit", unit},
                    {"day", day.to_string()},
                    {"see", found.see},
                    {"use", found.use},
                    {"reason", text_json(found.reason)}},
                   text);
}

int show_coverage(const RegisterCall& call) {
  const auto rows = call.store.coverage(call.day());
  return call.done({{"segments", coverage_json(rows)}}, coverage_text(call.session, rows));
}

int show_proposals(const RegisterCall& call) {
  Json list = Json::array();
  Table text;
  text.column(std::string(call.session.say("编号", "number")));
  text.column(std::string(call.session.say("项目", "project")), Align::left, true);
  text.column(std::string(call.session.say("牵头单位", "lead")), Align::left, true);
  text.column(std::string(call.session.say("已贡献有偿成果", "paid results contributed")), Align::right);
  for (const Proposal& one : call.store.proposals()) {
    const Project& project = one.project;
    text.row({project.number, call.session.say({project.name, project.name_en}), project.lead,
              std::to_string(one.contributed)});
    list.push_back(
        {{"number", project.number}, {"name", project.name}, {"lead", project.lead}, {"contributed", one.contributed}});
  }
  return call.done({{"proposals", list}},
                   text.empty() ? std::string(call.session.say("没有待立项的申请。\n", "Nothing is proposed.\n"))
                                : text.text(call.session.ink(), call.session.width()));
}

int show_conflicts(const RegisterCall& call) {
  Json list = Json::array();
  Table text;
  text.column(std::string(call.session.say("编号", "number")));
  text.column(std::string(call.session.say("被许可方", "licensee")), Align::left, true);
  text.column(std::string(call.session.say("许可方式", "kind")));
  for (const Licence& licence : call.store.conflicts(call.word(0))) {
    text.row({licence.number, licence.licensee, std::string(label_of(licence.kind, call.session.language))});
    list.push_back(
        {{"number", licence.number}, {"licensee", licence.licensee}, {"kind", std::string(key_of(licence.kind))}});
  }
  return call.done({{"conflicts", list}},
                   text.empty() ? std::string(call.session.say("没有互相排斥的协议。\n", "No licence excludes it.\n"))
                                : text.text(call.session.ink(), call.session.width()));
}

}  // namespace chainqual::cli
