#include "findings.hpp"

#include <algorithm>
#include <vector>

namespace chainqual::cli {
namespace {

struct Group {
  const Finding* first;
  std::vector<const Finding*> members;
};

// One mistake made many times. The rule itself may name the places ("X supplies Y"), so the fix tells them apart.
bool same_rule(const Finding& a, const Finding& b) {
  return a.level == b.level && a.code == b.code && a.where.file == b.where.file && a.where.column == b.where.column &&
         a.fix == b.fix;
}

std::vector<Group> grouped_by_rule(const Findings& findings) {
  std::vector<Group> groups;
  for (const auto& finding : findings.kept()) {
    const auto known = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& group) { return same_rule(*group.first, finding); });
    if (known == groups.end()) {
      groups.push_back({&finding, {&finding}});
    } else {
      known->members.push_back(&finding);
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.first->level > b.first->level; });
  return groups;
}

std::string place(const Finding& finding, const Session& session) {
  std::string out;
  const auto add = [&](std::string_view zh_before, std::string_view zh_after, std::string_view en,
                       std::uint64_t number) {
    if (number == 0) return;
    if (!out.empty()) out += session.say("，", ", ");
    out += std::string(session.say(zh_before, en)) + std::to_string(number) + std::string(session.say(zh_after, ""));
  };
  add("第 ", " 行", "line ", finding.where.line);
  if (finding.where.line == 0) add("第 ", " 条记录", "record ", finding.where.record);
  add("第 ", " 字节", "byte ", finding.where.byte);
  if (!finding.value.empty()) out += (out.empty() ? "«" : " «") + screen_safe(finding.value) + "»";
  return out;
}

Ink ink_of(FindingLevel level) {
  return level == FindingLevel::error ? Ink::red : level == FindingLevel::warning ? Ink::yellow : Ink::cyan;
}

std::string group_text(const Group& group, const Session& session, std::size_t most_places) {
  const Finding& first = *group.first;
  const Style& ink = session.error_ink();
  std::string head(label_of(first.level, session.language));
  if (group.members.size() > 1) {
    head += std::string(session.say("（", " (")) + std::to_string(group.members.size()) +
            std::string(session.say(" 处）", " times)"));
  }
  std::string where = screen_safe(first.where.file);
  if (!first.where.column.empty()) {
    where += (where.empty() ? "" : std::string(session.say("，", ", "))) + std::string(session.say("列 ", "column ")) +
             screen_safe(first.where.column);
  }
  std::string out = ink(ink_of(first.level), head) + (where.empty() ? "" : "  " + ink(Ink::bold, where)) + "\n";
  const auto paragraph = [&](const std::string& text, Ink paint = Ink::plain) {
    out += "    " + ink(paint, wrapped(screen_safe(text), session.text_width(), "    ", 4)) + "\n";
  };
  const auto rule_of = [&](const Finding& finding) {
    return session.say(finding.rule).empty() ? session.say(describe(finding.code)) : session.say(finding.rule);
  };
  const bool alike = std::all_of(group.members.begin(), group.members.end(),
                                 [&](const Finding* member) { return member->rule == first.rule; });
  const std::size_t shown = std::min(most_places, group.members.size());
  const std::string more = std::string(session.say("另有 ", "and ")) + std::to_string(group.members.size() - shown) +
                           std::string(session.say(" 处", " more"));
  if (alike) {
    paragraph(rule_of(first));
    std::string places;
    for (std::size_t k = 0; k < shown; ++k) {
      const std::string text = place(*group.members[k], session);
      if (!text.empty()) places += (places.empty() ? "" : std::string(session.say("；", "; "))) + text;
    }
    if (shown < group.members.size()) places += std::string(session.say("；", "; ")) + more;
    if (!places.empty()) paragraph(places, Ink::dim);
  } else {
    for (std::size_t k = 0; k < shown; ++k) {
      const std::string text = place(*group.members[k], session);
      paragraph(
          rule_of(*group.members[k]) +
          (text.empty() ? "" : std::string(session.say("（", " (")) + text + std::string(session.say("）", ")"))));
    }
    if (shown < group.members.size()) paragraph(more, Ink::dim);
  }
  if (!session.say(first.fix).empty()) {
    paragraph(std::string(session.say("修改办法：", "Fix: ")) + session.say(first.fix));
  }
  return out;
}

}  // namespace

std::string findings_text(const Findings& findings, const Session& session, std::size_t places) {
  std::string out;
  for (const auto& group : grouped_by_rule(findings)) {
    if (session.quiet && group.first->level != FindingLevel::error) continue;
    out += group_text(group, session, places);
  }
  const std::uint64_t hidden = findings.total() - findings.kept().size();
  if (hidden > 0) {
    out += std::string(session.say("另有 ", "And ")) + grouped(hidden) +
           std::string(session.say(" 处没有列出。\n", " more that are not listed.\n"));
  }
  return out;
}

std::string findings_count(const Findings& findings, const Session& session) {
  std::string out;
  const auto add = [&](FindingLevel level, std::string_view zh, std::string_view one, std::string_view many) {
    const std::uint64_t count = findings.count(level);
    if (count == 0) return;
    if (!out.empty()) out += session.say("，", ", ");
    out += grouped(count) + " " + std::string(session.say(zh, count == 1 ? one : many));
  };
  add(FindingLevel::error, "处错误", "error", "errors");
  add(FindingLevel::warning, "处警告", "warning", "warnings");
  add(FindingLevel::info, "处提示", "note", "notes");
  return out.empty() ? std::string(session.say("没有发现问题", "nothing to report")) : out;
}

Json text_json(const Text& text) {
  return Json{{"zh", text.zh}, {"en", text.en}};
}

Json findings_json(const Findings& findings) {
  Json list = Json::array();
  for (const auto& finding : findings.kept()) {
    Json row{{"level", std::string(key_of(finding.level))}, {"code", std::string(name_of(finding.code))}};
    if (!finding.where.file.empty()) row["file"] = finding.where.file;
    if (finding.where.line != 0) row["line"] = finding.where.line;
    if (finding.where.record != 0) row["record"] = finding.where.record;
    if (!finding.where.column.empty()) row["column"] = finding.where.column;
    if (finding.where.byte != 0) row["byte"] = finding.where.byte;
    if (!finding.value.empty()) row["value"] = finding.value;
    row["rule"] = text_json(finding.rule);
    row["fix"] = text_json(finding.fix);
    list.push_back(std::move(row));
  }
  return Json{{"errors", findings.count(FindingLevel::error)},
              {"warnings", findings.count(FindingLevel::warning)},
              {"infos", findings.count(FindingLevel::info)},
              {"list", std::move(list)}};
}

Json answer(const Session& session, bool ok) {
  return Json{{"command", session.command}, {"version", CHAINQUAL_VERSION}, {"ok", ok}};
}

void print_json(Session& session, const Json& json) {
  session.print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

int report_error(Session& session, const Error& error) {
  session.clear_progress();
  const bool cancelled = error.code() == ErrorCode::cancelled;
  if (session.json) {
    Json json = answer(session, false);
    json["error"] = {{"code", std::string(name_of(error.code()))}, {"message", text_json(error.message())}};
    if (!error.findings().empty()) json["findings"] = findings_json(error.findings());
    print_json(session, json);
  }
  if (cancelled) {
    session.note(std::string(session.say("已中断。没有留下半成品。\n", "Interrupted. Nothing was left half-made.\n")));
    return exit_interrupted;
  }
  if (error.findings().empty()) {
    session.note(session.error_ink()(Ink::red, session.say("错误：", "Error: ")) +
                 wrapped(screen_safe(session.say(error.message())), session.text_width(), "  ", 7) + "\n");
  } else {
    session.note(findings_text(error.findings(), session, 20));
    session.note(std::string(session.say("共 ", "In all: ")) + findings_count(error.findings(), session) +
                 std::string(session.say("。输入有错误，没有写入任何内容。\n",
                                         ". The input has errors; nothing was written.\n")));
  }
  return exit_bad_input;
}

int report_usage(Session& session, const UsageError& error) {
  session.clear_progress();
  if (session.json) {
    Json json = answer(session, false);
    json["error"] = {{"code", "wrong_use"}, {"message", text_json(error.message())}};
    print_json(session, json);
  }
  session.note(session.error_ink()(Ink::red, session.say("用法错误：", "Wrong use: ")) + session.say(error.message()) +
               "\n");
  return exit_wrong_use;
}

}  // namespace chainqual::cli
