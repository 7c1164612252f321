#pragma once

#include <charconv>
#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "chainqual/io/schema.hpp"
#include "chainqual/register/dossier.hpp"

// From a member of a record to what stands in its cell. Shared by the CSV, JSON and XLSX writers.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// A value to be written; nothing for an absent one.
using Spelt = std::variant<std::monostate, std::string, std::vector<std::string>, bool, double, Decimal, Grade>;

/// Makes the value of one field of one record; words of enumerations in one language, or as keys.
template <class R>
class Speller {
 public:
  Speller(const R& record, Language language) : record_(&record), language_(language) {}

  [[nodiscard]] Spelt spell(const Field<R>& field) const {
    return std::visit([this](auto member) { return this->from(member); }, field.member);
  }

 private:
  Spelt from(std::string R::*member) const {
    const std::string& text = record_->*member;
    return text.empty() ? Spelt{} : Spelt{text};
  }
  Spelt from(std::vector<std::string> R::*member) const {
    std::vector<std::string> elements;
    for (const auto& element : record_->*member) {
      if (!element.empty()) elements.push_back(element);
    }
    return elements.empty() ? Spelt{} : Spelt{std::move(elements)};
  }
  Spelt from(bool R::*member) const { return record_->*member; }
  template <class T>
  Spelt from(std::optional<T> R::*member) const {
    const auto& value = record_->*member;
    return value ? Spelt{*value} : Spelt{};
  }
  Spelt from(Element<R> element) const {
    const auto& value = (record_->*(element.array))[element.index];
    return value ? Spelt{*value} : Spelt{};
  }
  Spelt from(Grade R::*member) const { return record_->*member == Grade::ungraded ? Spelt{} : Spelt{record_->*member}; }
  Spelt from(Ladder R::*member) const {
    return record_->*member == Ladder::unstated ? Spelt{} : word(record_->*member);
  }
  Spelt from(EnterpriseSize R::*member) const {
    return record_->*member == EnterpriseSize::unstated ? Spelt{} : word(record_->*member);
  }
  template <class E>
  requires std::is_enum_v<E> Spelt from(E R::*member)
  const { return word(record_->*member); }
  template <class E>
  Spelt word(E value) const {
    return std::string(language_ == Language::zh ? label_of(value, Language::zh) : key_of(value));
  }

  const R* record_;
  Language language_;
};

/// The rows of every table, in the order of the folder. Links are made into rows with the ids of their ends.
template <class Visit>
void for_each_table(const Dossier& dossier, Visit visit) {
  std::vector<Enterprise> enterprises;
  std::vector<LinkRow> links;
  const auto& graph = dossier.chain.graph();
  enterprises.reserve(dossier.chain.enterprises());
  for (std::uint32_t i = 0; i < dossier.chain.enterprises(); ++i) enterprises.push_back(graph[i]);
  links.reserve(dossier.chain.links());
  for (const auto& edge : boost::make_iterator_range(boost::edges(graph))) {
    LinkRow row;
    static_cast<Link&>(row) = graph[edge];
    row.supplier = graph[boost::source(edge, graph)].id;
    row.customer = graph[boost::target(edge, graph)].id;
    links.push_back(std::move(row));
  }
  visit(dossier.chain.segments());
  visit(dossier.chain.institutions());
  visit(enterprises);
  visit(links);
  visit(dossier.problems);
  visit(dossier.scores);
  visit(dossier.projects);
  visit(dossier.milestones);
  visit(dossier.results);
  visit(dossier.policy_tools);
  visit(dossier.indicators);
  std::vector<Consortium> consortium;
  if (dossier.consortium) consortium.push_back(*dossier.consortium);
  visit(consortium);
  visit(dossier.members);
  visit(dossier.scopes);
  visit(dossier.changes);
  visit(dossier.risks);
  visit(dossier.reports);
  visit(dossier.documents);
  visit(dossier.licences);
  visit(dossier.events);
  visit(dossier.reviews);
  visit(dossier.facts);
  visit(dossier.history);
  visit(dossier.partners);
}

/// Shortest digits that read back to the same bits.
/// @throws Error{invalid_value} not finite: no table holds that; `where` names the place.
[[nodiscard]] std::string digits_of(double value, const std::string& where);

/// @throws Error what no reader would take back: bytes that are not UTF-8, NUL, more than the reader's limit; `where`
/// names the place.
void check_text(const std::string& text, const std::string& where);

/// "table problems, row 3, field stage": a place in a table for messages.
template <class R>
[[nodiscard]] std::string place_in(std::size_t row, const Field<R>& field) {
  return std::string(TableOf<R>::name) + "[" + std::to_string(row + 1) + "]." + std::string(field.key);
}

/// The chain's own information as the JSON object that `chain.json` holds.
[[nodiscard]] std::string info_to_json(const ChainInfo& info);

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
