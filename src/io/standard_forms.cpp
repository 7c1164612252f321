#include "chainqual/io/standard_forms.hpp"

#include <algorithm>

#include "standard_forms_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace forms {

std::string Speaker::unit(const std::string& id) const {
  if (id.empty()) return {};
  const Chain& chain = dossier_->chain;
  for (const Member& member : dossier_->members) {
    if (member.unit == id && !member.name.empty()) return member.name;
  }
  if (const auto enterprise = chain.find(id)) {
    const Enterprise& found = chain.enterprise(*enterprise);
    const std::string& name = either(found.name, found.name_en);
    return name.empty() ? id : name;
  }
  if (const auto institution = chain.find_institution(id)) {
    const Institution& found = chain.institutions()[*institution];
    const std::string& name = either(found.name, found.name_en);
    return name.empty() ? id : name;
  }
  return id;
}

std::string Speaker::units(std::span<const std::string> ids) const {
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(unit(id));
  return list(names);
}

std::string Speaker::list(std::span<const std::string> elements) const {
  std::string text;
  for (const std::string& element : elements) {
    if (element.empty()) continue;
    if (!text.empty()) text += say("、", ", ");
    text += element;
  }
  return text;
}

std::string Speaker::date(const std::string& iso) const {
  if (!zh() || !Date::parse(iso)) return iso;
  // Date::parse took it: "YYYY", "YYYY-MM" or "YYYY-MM-DD".
  const auto number = [&](std::size_t at) { return std::to_string(std::stoi(iso.substr(at, at == 0 ? 4 : 2))); };
  std::string text = number(0) + "年";
  if (iso.size() >= 7) text += number(5) + "月";
  if (iso.size() >= 10) text += number(8) + "日";
  return text;
}

std::string Speaker::date_line(const std::string& iso) const {
  if (!iso.empty()) return date(iso);
  return say("　　　年　　月　　日", "Date: ____________");
}

std::string Speaker::period(const std::string& from, const std::string& until) const {
  if (from.empty() && until.empty()) return {};
  const auto end = [&](const std::string& iso) { return iso.empty() ? std::string("________") : date(iso); };
  return end(from) + say(" 至 ", " to ") + end(until);
}

const Problem* Speaker::problem(std::string_view number) const {
  const auto at = std::find_if(dossier_->problems.begin(), dossier_->problems.end(),
                               [&](const Problem& one) { return one.number == number; });
  return at == dossier_->problems.end() ? nullptr : &*at;
}

std::string Speaker::problems(std::span<const std::string> numbers) const {
  std::string text;
  for (const std::string& number : numbers) {
    if (!text.empty()) text += '\n';
    text += number;
    if (const Problem* found = problem(number)) text += headed(" ", either(found->name, found->name_en));
  }
  return text;
}

Form Speaker::form(StandardForm which, std::string_view number_zh, std::string_view number_en) const {
  Form form;
  form.number = say(number_zh, number_en);
  form.title = word(which);
  form.language = language_;
  return form;
}

std::string lines(std::initializer_list<std::string> texts) {
  std::string all;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    if (!all.empty()) all += '\n';
    all += text;
  }
  return all;
}

FormRow head_row(std::initializer_list<std::string> labels) {
  FormRow row;
  row.head = true;
  for (const std::string& label : labels) row.cells.push_back(form_label(label));
  return row;
}

}  // namespace forms

namespace {

[[noreturn]] void no_such_record(StandardForm which, const std::string& number, const std::vector<std::string>& known) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t i = 0; i < std::min(known.size(), most); ++i) list += (i == 0 ? "" : ", ") + known[i];
  if (known.size() > most) list += " …";
  const std::string shown = shown_value(number);
  throw Error(ErrorCode::not_found, {std::string(label_of(which, Language::zh)) + "：没有编号 " + shown +
                                         (list.empty() ? "，该登记库是空的。" : "。已有：" + list + "。"),
                                     std::string(label_of(which, Language::en)) + ": there is no number " + shown +
                                         (list.empty() ? "; that register is empty." : ". There are: " + list + ".")});
}

/// One form for each record, or for that of the number; a blank one where there are no records.
template <class R, class Make>
std::vector<Form> one_each(StandardForm which, const std::vector<R>& records, const std::string& number, Make make) {
  std::vector<Form> made;
  std::vector<std::string> known;
  for (const R& record : records) {
    known.push_back(record.number);
    if (!number.empty() && record.number != number) continue;
    made.push_back(make(&record));
    made.back().tab = std::string(key_of(which)) + " " + record.number;
  }
  if (made.empty() && !number.empty()) no_such_record(which, number, known);
  if (made.empty()) made.push_back(make(nullptr));
  return made;
}

void refuse_number(StandardForm which) {
  throw Error(
      ErrorCode::invalid_argument,
      {std::string(label_of(which, Language::zh)) + "只有一份，不按编号填写；请去掉编号。",
       std::string(label_of(which, Language::en)) + ": there is one of the whole chain; leave the number out."});
}

}  // namespace

std::vector<Form> standard_forms(StandardForm which, const Dossier& dossier, const FormOptions& options) {
  const forms::Speaker speaker(dossier, options.language);
  const bool of_records =
      which == StandardForm::task_book || which == StandardForm::result || which == StandardForm::licence;
  if (!of_records && !options.number.empty()) refuse_number(which);
  switch (which) {
    case StandardForm::consortium:
      return {forms::consortium_form(speaker, options.day)};
    case StandardForm::problems:
      return {forms::problems_form(speaker)};
    case StandardForm::projects:
      return {forms::projects_form(speaker)};
    case StandardForm::task_book:
      return one_each(which, dossier.projects, options.number,
                      [&](const Project* project) { return forms::task_book_form(speaker, project); });
    case StandardForm::result:
      return one_each(which, dossier.results, options.number,
                      [&](const SharedResult* result) { return forms::result_form(speaker, result); });
    case StandardForm::licence:
      return one_each(which, dossier.licences, options.number,
                      [&](const Licence* licence) { return forms::licence_form(speaker, licence); });
    case StandardForm::summary:
      break;
  }
  if (!options.from || !options.until) {
    throw Error(ErrorCode::invalid_argument,
                {"表 I.1 要给出汇总期间的首日和末日。", "Table I.1 needs the first and the last day of its period."});
  }
  SummaryRow row = summary_of(dossier, *options.from, *options.until, options.given);
  row.chain = speaker.either(dossier.info.name, dossier.info.name_en);
  return {summary_form(std::span(&row, 1), options.language)};
}

}  // namespace v1
}  // namespace chainqual
