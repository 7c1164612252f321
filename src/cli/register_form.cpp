#include "register_form.hpp"

#include <chrono>

#include "chainqual/io/standard_forms.hpp"
#include "findings.hpp"
#include "form_file.hpp"

namespace chainqual::cli {
namespace {

StandardForm form_named(const std::string& word) {
  if (const auto which = value_named<StandardForm>(word)) return *which;
  std::string zh;
  std::string en;
  for (const auto& row : Names<StandardForm>::table) {
    zh += (zh.empty() ? "" : "、") + std::string(row.key) + "（" + std::string(row.zh) + "）";
    en += (en.empty() ? "" : ", ") + std::string(row.key) + " (" + std::string(row.en) + ")";
  }
  throw UsageError({"没有表单“" + screen_safe(word) + "”。可用：" + zh + "。",
                    "There is no form '" + screen_safe(word) + "'. There are: " + en + "."});
}

/// "jobs=120" or "funds=约三百万元": a figure, else words.
GivenFigure figure_from(const std::string& typed) {
  const auto at = typed.find('=');
  const auto field =
      at == std::string::npos ? std::nullopt : value_named<SummaryField>(std::string_view(typed).substr(0, at));
  if (!field) {
    std::string list;
    for (const auto& row : Names<SummaryField>::table) list += (list.empty() ? "" : ", ") + std::string(row.key);
    throw UsageError({"--figure 要写成 栏目=数值，给的是“" + screen_safe(typed) + "”。栏目：" + list + "。",
                      "--figure takes column=figure, not '" + screen_safe(typed) + "'. Columns: " + list + "."});
  }
  GivenFigure figure;
  figure.field = *field;
  const std::string value = typed.substr(at + 1);
  if (const auto number = Decimal::parse(value)) {
    figure.value = *number;
  } else {
    figure.text = value;
  }
  return figure;
}

FormOptions options_from(const Session& session, StandardForm which, const FormWords& typed) {
  FormOptions options;
  options.language = session.language;
  options.number = typed.number;
  if (!typed.day.empty()) options.day = date_from(typed.day, "--date", "--date");
  for (const std::string& figure : typed.figures) options.given.push_back(figure_from(figure));
  if (which != StandardForm::summary) return options;
  // The calendar year of --date, or of today, where no period was typed.
  const Date today(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const std::string year = options.day.value_or(today).to_string().substr(0, 4);
  options.from = date_from(typed.from.empty() ? year : typed.from, "--from", "--from");
  const std::string until = typed.until.empty() ? (typed.from.empty() ? year : typed.from.substr(0, 4)) : typed.until;
  options.until = Date::parse_last(until);
  if (!options.until) options.until = date_from(until, "--until", "--until");
  return options;
}

}  // namespace

int fill_form(Session& session, const FormWords& typed, const std::function<Dossier()>& content) {
  const StandardForm which = form_named(typed.which);
  require_form_file(typed.out);
  const FormOptions options = options_from(session, which, typed);
  const auto forms = standard_forms(which, content(), options);
  write_forms(forms, typed.out, typed.day);
  if (session.json) {
    Json all = answer(session);
    all.update(Json{{"written", Json::array({typed.out})}, {"forms", forms.size()}});
    print_json(session, all);
  } else {
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(typed.out) +
                  std::string(session.say("，表单 ", ", forms: ")) + std::to_string(forms.size()) +
                  std::string(session.say(" 份\n", "\n")));
  }
  return exit_done;
}

}  // namespace chainqual::cli
