#include <algorithm>
#include <utility>

#include "chainqual/register/lifecycle.hpp"
#include "core.hpp"
#include "io/chain_folder_spell.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cells;
using storage::TableInfo;

namespace {

/// Calls `use` with the record type of a table.
template <class Use, std::size_t... I>
void with_type(TableId table, Use&& use, std::index_sequence<I...>) {
  const auto one = [&]<class R>(std::type_identity<R> type) {
    if (TableOf<R>::id == table) use(type);
  };
  (one(std::type_identity<std::tuple_element_t<I, storage::RecordTypes>>{}), ...);
}
template <class Use>
void with_type(TableId table, Use&& use) {
  static_cast<void>(storage::info_of(table));  // throws for none
  with_type(table, use, std::make_index_sequence<table_count>());
}

template <class Use>
void with_editable(TableId table, Use&& use) {
  with_type(table, [&]<class R>(std::type_identity<R> type) {
    if constexpr (Editable<R>) {
      use(type);
    } else {
      throw Error(
          ErrorCode::invalid_argument,
          {"“" + std::string(TableOf<R>::zh) + "”只由办理步骤和评估写入，不能直接更改。",
           "Table " + std::string(TableOf<R>::name) + " is written by steps and assessments alone; it is not edited."});
    }
  });
}

template <class R>
PlainEntry plain(const Entry<R>& entry) {
  PlainEntry texts{TableOf<R>::id, entry.number, entry.version, entry.changed_at, entry.changed_by, {}};
  const Cells cells = storage::cells_of(entry.record);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) texts.fields.emplace_back(TableOf<R>::fields[i].key, *cells[i]);
  }
  return texts;
}

std::vector<std::pair<std::size_t, std::string>> by_column(TableId table, const PlainRecord& fields) {
  std::vector<std::pair<std::size_t, std::string>> values;
  for (const auto& [heading, value] : fields) values.emplace_back(storage::info_of(table).column(heading), value);
  return values;
}

/// A word of an enumeration; the Error lists those that there are.
template <class E>
E word_of(const std::string& word, std::string_view zh, std::string_view en) {
  if (const auto value = value_named<E>(word)) return *value;
  Text known;
  for (const auto& name : Names<E>::table) {
    known.zh += (known.zh.empty() ? "" : "、") + std::string(name.zh);
    known.en += (known.en.empty() ? "" : ", ") + std::string(name.key);
  }
  const std::string shown = shown_value(word);
  throw Error(ErrorCode::invalid_value,
              {std::string(zh) + "“" + shown + "”不存在。可用：" + known.zh + "。",
               "There is no " + std::string(en) + " '" + shown + "'. There are: " + known.en + "."});
}

template <class State>
StepRequest<State> request_of(const PlainStep& step) {
  return {step.number, word_of<State>(step.to, "状态", "state"),
          step.date,   word_of<Actor>(step.who, "办理方", "actor"),
          step.by,     step.reason};
}

}  // namespace

std::string PlainEntry::value(std::string_view field) const {
  for (const auto& [key, text] : fields) {
    if (key == field) return text;
  }
  return {};
}

std::vector<FieldNames> fields_of(TableId table) {
  std::vector<FieldNames> names;
  for (const auto& column : storage::info_of(table).columns) names.push_back({column.name, column.zh});
  return names;
}

TableId table_named(std::string_view name) {
  return storage::info_named(name).id;
}

FieldNames names_of_table(TableId table) {
  const TableInfo& info = storage::info_of(table);
  return {info.name, info.zh};
}

PlainEntry in_words(const PlainEntry& entry, Language language) {
  PlainEntry said = entry;
  if (language != Language::zh) return said;
  with_type(entry.table, [&]<class R>(std::type_identity<R>) {
    const auto& fields = TableOf<R>::fields;
    Cells cells(fields.size());
    for (const auto& [heading, value] : entry.fields) cells[storage::info_of(entry.table).column(heading)] = value;
    const R record = storage::record_of<R>(cells);
    const intake::Speller<R> speller(record, language);
    for (auto& [heading, value] : said.fields) {
      const auto spelt = speller.spell(fields[storage::info_of(entry.table).column(heading)]);
      if (const auto* text = std::get_if<std::string>(&spelt)) value = *text;
      if (const auto* yes = std::get_if<bool>(&spelt)) value = *yes ? "是" : "否";
      if (const auto* grade = std::get_if<Grade>(&spelt)) value = label_of(*grade, language);
    }
  });
  return said;
}

PlainEntry Store::add(TableId table, const PlainRecord& fields) {
  auto values = by_column(table, fields);
  PlainEntry entry;
  with_editable(table, [&]<class R>(std::type_identity<R>) {
    for (std::size_t i = 0; i < TableOf<R>::fields.size(); ++i) {  // no default stands for what must be said
      const bool given = std::any_of(values.begin(), values.end(), [&](const auto& one) { return one.first == i; });
      if (TableOf<R>::fields[i].required && !given) values.emplace_back(i, std::string());
    }
    Findings findings;
    const R record = storage::record_with<R>(storage::cells_of(R{}), values, findings);
    entry = plain(state_->enter<R>(record, std::move(findings)));
  });
  return entry;
}

PlainEntry Store::change(TableId table, std::int64_t number, std::int64_t version, const PlainRecord& fields) {
  const auto values = by_column(table, fields);
  PlainEntry entry;
  with_editable(table, [&]<class R>(std::type_identity<R>) {
    Findings findings;
    const R record = storage::record_with<R>(storage::cells_of(get<R>(number).record), values, findings);
    entry = plain(state_->rewrite<R>(number, version, record, std::move(findings)));
  });
  return entry;
}

void Store::remove(TableId table, std::int64_t number, std::int64_t version) {
  with_editable(table, [&]<class R>(std::type_identity<R>) { remove<R>(number, version); });
}

PlainEntry Store::get(TableId table, std::int64_t number) {
  PlainEntry entry;
  with_type(table, [&]<class R>(std::type_identity<R>) { entry = plain(get<R>(number)); });
  return entry;
}

std::optional<PlainEntry> Store::find(TableId table, std::string_view key, std::string_view within) {
  std::optional<PlainEntry> entry;
  with_type(table, [&]<class R>(std::type_identity<R>) {
    if (const auto found = find<R>(key, within)) entry = plain(*found);
  });
  return entry;
}

PlainPage Store::list(TableId table, const Listing& listing) {
  PlainPage page;
  with_type(table, [&]<class R>(std::type_identity<R>) {
    const Page<R> found = list<R>(listing);
    page.total = found.total;
    for (const auto& entry : found.entries) page.entries.push_back(plain(entry));
  });
  return page;
}

std::vector<PlainRevision> Store::revisions(TableId table, std::int64_t number) {
  std::vector<PlainRevision> all;
  with_type(table, [&]<class R>(std::type_identity<R>) {
    for (const auto& one : revisions<R>(number))
      all.push_back({plain(one.entry), one.ended_at, one.ended_by, one.removed});
  });
  return all;
}

StepRecord Store::step(const PlainStep& given, std::optional<std::int64_t> version) {
  if (given.lifecycle == Lifecycle<ProblemStatus>::key) return step(request_of<ProblemStatus>(given), version);
  if (given.lifecycle == Lifecycle<ProjectStatus>::key) return step(request_of<ProjectStatus>(given), version);
  if (given.lifecycle == Lifecycle<ResultStatus>::key) return step(request_of<ResultStatus>(given), version);
  if (given.lifecycle == Lifecycle<LicenceStatus>::key) return step(request_of<LicenceStatus>(given), version);
  if (given.lifecycle == Lifecycle<ConsortiumStatus>::key) return step(request_of<ConsortiumStatus>(given), version);
  if (given.lifecycle == Lifecycle<Decision>::key) return step(request_of<Decision>(given), version);
  static_cast<void>(storage::info_with(given.lifecycle));  // throws, and lists those that there are
  return {};
}

StepRecord Store::correct(const PlainCorrection& given, std::optional<std::int64_t> version) {
  const Correction correction{given.number, given.step,  given.date, word_of<Actor>(given.who, "办理方", "actor"),
                              given.by,     given.reason};
  if (given.lifecycle == Lifecycle<ProblemStatus>::key) return correct<ProblemStatus>(correction, version);
  if (given.lifecycle == Lifecycle<ProjectStatus>::key) return correct<ProjectStatus>(correction, version);
  if (given.lifecycle == Lifecycle<ResultStatus>::key) return correct<ResultStatus>(correction, version);
  if (given.lifecycle == Lifecycle<LicenceStatus>::key) return correct<LicenceStatus>(correction, version);
  if (given.lifecycle == Lifecycle<ConsortiumStatus>::key) return correct<ConsortiumStatus>(correction, version);
  if (given.lifecycle == Lifecycle<Decision>::key) return correct<Decision>(correction, version);
  static_cast<void>(storage::info_with(given.lifecycle));  // throws, and lists those that there are
  return {};
}

}  // namespace v1
}  // namespace chainqual
