#include "living_content.hpp"

#include <algorithm>
#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <charconv>
#include <optional>

namespace chainqual {
inline namespace v1 {
namespace living {
namespace {

/// The shortest text that reads back as the same number.
std::string number(const std::optional<double>& value) {
  if (!value) return {};
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value).ptr;
  return {buffer.data(), end};
}

std::string list(const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& part : parts) all += (all.empty() ? "" : ";") + part;
  return all;
}

template <class E>
std::string key(E value) {
  return std::string(key_of(value));
}

std::string truth(bool value) {
  return value ? "true" : "false";
}

/// The fields with one more where it says something: the version of a chain without it stays what it was.
Fields with(Fields fields, const char* name, std::string value) {
  if (!value.empty()) fields.emplace_back(name, std::move(value));
  return fields;
}

void visit_chain(const Chain& chain, const Visit& emit) {
  for (const Segment& s : chain.segments()) {
    emit(MapPart::segment, s.id,
         Item{{s.name, s.name_en},
              with({{"name", s.name},
                    {"name_en", s.name_en},
                    {"stage", key(s.stage)},
                    {"industry", s.industry},
                    {"regions", list(s.regions)},
                    {"final_product", truth(s.final_product)},
                    {"note", s.note}},
                   "industry_en", s.industry_en)});
  }
  for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
    const Enterprise& e = chain.enterprise(EnterpriseId{i});
    emit(MapPart::enterprise, e.id,
         Item{{e.name, e.name_en},
              with(with({{"credit_code", e.credit_code},
                         {"name", e.name},
                         {"name_en", e.name_en},
                         {"stage", key(e.stage)},
                         {"segments", list(e.segments)},
                         {"region", e.region},
                         {"city", e.city},
                         {"role", key(e.role)},
                         {"ladder", key(e.ladder)},
                         {"products", list(e.products)},
                         {"weight", number(e.weight)}},
                        "size", e.size == EnterpriseSize::unstated ? std::string() : key(e.size)),
                   "products_en", list(e.products_en))});
  }
  for (const Institution& i : chain.institutions()) {
    emit(MapPart::institution, i.id,
         Item{{i.name, i.name_en},
              with({{"name", i.name},
                    {"name_en", i.name_en},
                    {"region", i.region},
                    {"kind", i.kind},
                    {"cma", truth(i.cma)},
                    {"cnas", truth(i.cnas)},
                    {"segments", list(i.segments)},
                    {"products", list(i.products)},
                    {"parameters", list(i.parameters)},
                    {"methods", list(i.methods)}},
                   "products_en", list(i.products_en))});
  }
}

Fields fields_of(const Link& link) {
  return with({{"value", number(link.value)},
               {"dependency", number(link.dependency)},
               {"escape", number(link.escape)},
               {"kind", link.kind},
               {"evidence", key(link.evidence)}},
              "product_en", link.product_en);
}

/// A link and others of the same ends and product.
void take_together(Link& into, const Link& other) {
  const auto larger = [](std::optional<double>& mine, const std::optional<double>& theirs) {
    if (theirs && (!mine || *mine < *theirs)) mine = theirs;
  };
  if (other.value) into.value = into.value.value_or(0) + *other.value;
  larger(into.dependency, other.dependency);
  larger(into.escape, other.escape);
  if (other.evidence == Evidence::documented) into.evidence = Evidence::documented;
  if (into.kind.empty()) into.kind = other.kind;
}

void add_links(Content& content, const Chain& chain) {
  struct Found {
    Link link;
    Text name;
  };
  std::map<std::string, Found> links;
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    const Link& link = chain.link(*edge);
    const Enterprise& from = chain.enterprise(chain.supplier(*edge));
    const Enterprise& to = chain.enterprise(chain.customer(*edge));
    const auto [at, fresh] = links.try_emplace(link_key(from.id, to.id, link.product), Found{link, {}});
    if (!fresh) {
      take_together(at->second.link, link);
      continue;
    }
    const auto name = [](const std::string& wanted, const std::string& other) {
      return wanted.empty() ? other : wanted;
    };
    at->second.name = {name(from.name, from.name_en) + " → " + name(to.name, to.name_en),
                       name(from.name_en, from.name) + " → " + name(to.name_en, to.name)};
  }
  for (const auto& [key_text, found] : links) {
    content[{MapPart::link, key_text}] = {found.name, fields_of(found.link)};
  }
}

void visit_registers(const Dossier& dossier, const Visit& emit) {
  for (const Problem& p : dossier.problems) {
    emit(MapPart::problem, p.number,
         Item{{p.name.empty() ? p.description : p.name, p.name_en},
              with({{"name", p.name},
                    {"name_en", p.name_en},
                    {"stage", key(p.stage)},
                    {"segments", list(p.segments)},
                    {"enterprises", list(p.enterprises)},
                    {"products", list(p.products)},
                    {"description", p.description},
                    {"scope", p.scope},
                    {"technical_causes", p.technical_causes},
                    {"managerial_causes", p.managerial_causes},
                    {"common", p.common ? truth(*p.common) : ""},
                    {"status", key(p.status)},
                    {"category", key(p.category)},
                    {"declared", key(p.declared)}},
                   "products_en", list(p.products_en))});
  }
  for (const Project& p : dossier.projects) {
    emit(MapPart::project, p.number,
         Item{{p.name, p.name_en},
              {{"name", p.name},
               {"name_en", p.name_en},
               {"kind", key(p.kind)},
               {"problems", list(p.problems)},
               {"lead", p.lead},
               {"participants", list(p.participants)},
               {"start", p.start},
               {"end", p.end},
               {"expected", p.expected},
               {"budget", p.budget ? p.budget->to_string() : ""},
               {"status", key(p.status)}}});
  }
  for (const SharedResult& r : dossier.results) {
    emit(MapPart::result, r.number,
         Item{{r.name, r.name_en},
              {{"name", r.name},
               {"name_en", r.name_en},
               {"project", r.project},
               {"kind", key(r.kind)},
               {"problems", list(r.problems)},
               {"summary", r.summary},
               {"level", key(r.level)},
               {"terms", key(r.terms)},
               {"status", key(r.status)}}});
  }
}

}  // namespace

void visit_rows(const Dossier& dossier, const Visit& emit) {
  const Chain& chain = dossier.chain;
  visit_chain(chain, emit);
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    const Link& link = chain.link(*edge);
    const std::string& from = chain.enterprise(chain.supplier(*edge)).id;
    emit(MapPart::link, link_key(from, chain.enterprise(chain.customer(*edge)).id, link.product),
         Item{{}, fields_of(link)});
  }
  visit_registers(dossier, emit);
}

std::string link_key(const std::string& supplier, const std::string& customer, const std::string& product) {
  return supplier + " → " + customer + (product.empty() ? "" : "：" + product);
}

Content content_of(const Dossier& dossier) {
  Content content;
  const Visit emit = [&](MapPart part, const std::string& key, Item item) { content[{part, key}] = std::move(item); };
  visit_chain(dossier.chain, emit);
  add_links(content, dossier.chain);
  visit_registers(dossier, emit);
  return content;
}

}  // namespace living
}  // namespace v1
}  // namespace chainqual
