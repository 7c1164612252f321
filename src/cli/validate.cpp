#include "chainqual/io/chain_folder.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"

namespace chainqual::cli {
namespace {

struct TypedValidate {
  std::string path;
  std::string most;
  ReadFlags read;
};

Json tables_json(const std::vector<TableCount>& tables) {
  Json out = Json::array();
  for (const auto& table : tables) {
    out.push_back(
        {{"table", table.table}, {"read", table.read}, {"loaded", table.loaded}, {"rejected", table.rejected}});
  }
  return out;
}

std::string tables_text(const Session& session, const std::vector<TableCount>& tables) {
  Table text;
  text.column(std::string(session.say("表", "table")));
  text.column(std::string(session.say("读到", "read")), Align::right);
  text.column(std::string(session.say("载入", "loaded")), Align::right);
  text.column(std::string(session.say("拒绝", "rejected")), Align::right);
  for (const auto& table : tables) {
    text.row({table.table, grouped(table.read), grouped(table.loaded),
              Table::Cell(grouped(table.rejected), table.rejected > 0 ? Ink::red : Ink::plain)});
  }
  return text.text(session.ink(), session.width());
}

int run_validate(Session& session, const TypedValidate& typed) {
  require_given("CHAIN", typed.path);
  const std::size_t places = typed.most.empty() ? 1000 : count_option("--places", typed.most, 1, 1'000'000);
  Findings findings;
  std::vector<TableCount> tables;
  try {
    auto file = read_and_check(session, typed.path, typed.read);
    findings = std::move(file.findings);
    tables = std::move(file.tables);
  } catch (const Error& error) {
    if (error.findings().empty()) throw;  // nothing could be looked at: no folder, no permission, interrupted
    findings = error.findings();
  }
  session.clear_progress();
  const bool sound = !findings.has_errors();
  if (session.json) {
    Json json = answer(session, sound);
    json["tables"] = tables_json(tables);
    json["findings"] = findings_json(findings);
    print_json(session, json);
    return sound ? exit_done : exit_bad_input;
  }
  session.note(findings_text(findings, session, places));
  if (!tables.empty()) session.print(tables_text(session, tables) + "\n");
  const std::string verdict = sound ? std::string(session.say("可以使用：", "Fit for use: "))
                                    : std::string(session.say("不能使用：", "Not fit for use: "));
  session.print(session.ink()(sound ? Ink::green : Ink::red, verdict) + findings_count(findings, session) + "\n");
  return sound ? exit_done : exit_bad_input;
}

}  // namespace

void add_validate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedValidate>();
  auto& app = line.command(
      "validate",
      {"检查一条链，列出全部错误和警告，每条附修改办法", "check a chain; lists every error and warning with its fix"},
      {"chainqual validate my_chain", "chainqual validate my_chain --json",
       "chainqual validate my_chain --rejects bad_rows"},
      [&session, typed] { return run_validate(session, *typed); });
  option(app, session, "CHAIN", typed->path, "", {"链文件夹，或 .json 文件", "chain folder, or .json file"});
  option(app, session, "--places", typed->most, "N",
         {"同一规则最多列出几处，默认 1000", "how many places of one rule to list; default 1000"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
