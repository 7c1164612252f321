#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "chainqual/chain/components.hpp"
#include "chainqual/chain/single_source.hpp"
#include "chainqual/chain/validate.hpp"
#include "chainqual/chain/validate_identity-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] inline std::string id_of(const Chain& chain, EnterpriseId v) {
  return chain.graph()[v.index()].id;
}

inline void check_link_values(TableFindings& out, const Link& link, std::uint64_t record) {
  const auto bad_share = [](const std::optional<double>& share) { return share && !(*share >= 0.0 && *share <= 1.0); };
  if (link.value && !is_flow(*link.value)) out.add(flow_finding("value", record, *link.value));
  if (bad_share(link.dependency)) out.add(share_finding("dependency", record, *link.dependency));
  if (bad_share(link.escape)) out.add(share_finding("escape", record, *link.escape));
}

inline void check_link_stages(TableFindings& out, const Chain& chain, Chain::Edge edge, std::uint64_t record) {
  const Stage from = chain.graph()[chain.supplier(edge).index()].stage;
  const Stage to = chain.graph()[chain.customer(edge).index()].stage;
  if (from <= to) return;
  const auto supplier = in_quotes(id_of(chain, chain.supplier(edge)));
  const auto customer = in_quotes(id_of(chain, chain.customer(edge)));
  out.add(FindingLevel::warning, ErrorCode::suspicious, "supplier", record, id_of(chain, chain.supplier(edge)),
          {std::string(label_of(from, Language::zh)) + "企业 " + supplier + " 供给" +
               std::string(label_of(to, Language::zh)) + "企业 " + customer,
           std::string(key_of(from)) + " enterprise " + supplier + " supplies " + std::string(key_of(to)) +
               " enterprise " + customer},
          {"核对供应方与客户是否写反", "check whether supplier and customer are the wrong way round"});
}

/// Values, shares, self-supply, repeated products, reversed stages.
inline void check_chain_links(TableFindings& out, const Chain& chain, const ValidateOptions& options) {
  std::map<std::tuple<EnterpriseId, EnterpriseId, std::string_view>, std::uint64_t> seen;
  std::uint64_t record = 0;
  const auto [begin, end] = boost::edges(chain.graph());
  for (auto edge = begin; edge != end; ++edge) {
    ++record;
    const Link& link = chain.link(*edge);
    const auto supplier = chain.supplier(*edge);
    const auto customer = chain.customer(*edge);
    check_link_values(out, link, record);
    if (supplier == customer) {
      out.add(FindingLevel::warning, ErrorCode::suspicious, "customer", record, id_of(chain, customer),
              {"企业供给自身；传播计算时忽略", "the enterprise supplies itself; propagation leaves this out"},
              {"删去这一条，或改正客户", "take the link out, or correct the customer"});
      continue;
    }
    const auto [first, is_new] = seen.emplace(std::tuple(supplier, customer, std::string_view(link.product)), record);
    if (!is_new) {
      const auto row = std::to_string(first->second);
      out.add(FindingLevel::warning, ErrorCode::duplicate, "product", record, link.product,
              {"与第 " + row + " 条是同一供应方、客户和产品；两条相加",
               "record " + row + " has the same supplier, customer and product; the two are summed"},
              {"若为重复录入则删去一条", "take one out if it was entered twice"});
    }
    if (options.structure) check_link_stages(out, chain, *edge, record);
  }
}

inline void check_dependency_sums(TableFindings& out, const Chain& chain, const ValidateOptions& options) {
  std::vector<double> sums(chain.enterprises(), 0.0);
  const auto [begin, end] = boost::edges(chain.graph());
  for (auto edge = begin; edge != end; ++edge) {
    const auto& dependency = chain.link(*edge).dependency;
    if (chain.supplier(*edge) != chain.customer(*edge) && dependency && *dependency >= 0 && *dependency <= 1) {
      sums[chain.customer(*edge).index()] += *dependency;
    }
  }
  for (std::uint32_t v = 0; v < sums.size(); ++v) {
    if (!(sums[v] > 1 + options.input_share_tolerance)) continue;
    const std::string sum = number_text(sums[v]);
    out.add(
        FindingLevel::warning, ErrorCode::suspicious, "id", std::uint64_t{v} + 1, id_of(chain, EnterpriseId{v}),
        {"各项投入的依赖度之和为 " + sum + "，超过 1；损失相加后以 1 为限",
         "the dependencies on its inputs sum to " + sum + ", above 1; losses are added and capped at 1"},
        {"若依赖度是投入的份额，请改到和不超过 1", "if dependencies are shares of inputs, make them sum to 1 at most"});
  }
}

/// One shortest cycle through `start` inside its component, start first.
[[nodiscard]] inline std::vector<std::uint32_t> cycle_through(const Chain& chain, const StrongComponents& components,
                                                              std::uint32_t start) {
  const auto& graph = chain.graph();
  std::map<std::uint32_t, std::uint32_t> before{{start, start}};
  std::vector<std::uint32_t> queue{start};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const auto v = queue[head];
    const auto [begin, end] = boost::out_edges(v, graph);
    for (auto edge = begin; edge != end; ++edge) {
      const auto w = static_cast<std::uint32_t>(boost::target(*edge, graph));
      if (w == start && v != start) {
        std::vector<std::uint32_t> cycle;
        for (auto u = v; u != start; u = before[u]) cycle.push_back(u);
        cycle.push_back(start);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (components.component[w] == components.component[start] && before.emplace(w, v).second) queue.push_back(w);
    }
  }
  return {start};
}

inline void report_cycles(TableFindings& out, const Chain& chain, const ValidateOptions& options) {
  const auto components = strong_components(chain.graph());
  for (const auto c : cyclic_components(chain.graph(), components)) {
    const auto members = components.of(c);
    if (members.size() < 2) continue;  // self-supply, reported with its link
    const auto cycle = cycle_through(chain, components, members.front());
    std::string shown;
    for (std::size_t k = 0; k < cycle.size() && k < options.cycle_members; ++k) {
      shown += in_quotes(id_of(chain, EnterpriseId{cycle[k]})) + " → ";
    }
    if (cycle.size() > options.cycle_members) shown += "… → ";
    shown += in_quotes(id_of(chain, EnterpriseId{members.front()}));
    const auto size = std::to_string(members.size());
    out.add(
        FindingLevel::info, ErrorCode::suspicious, "id", std::uint64_t{members.front()} + 1,
        id_of(chain, EnterpriseId{members.front()}),
        {size + " 家企业互为供应，例如 " + shown,
         size + " enterprises supply one another in a cycle, for example " + shown},
        {"无需修改；传播按循环迭代到收敛", "nothing needs to change; propagation iterates cycles until they settle"});
  }
}

inline void report_isolated(TableFindings& out, const Chain& chain) {
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    const auto [out_begin, out_end] = boost::out_edges(v, chain.graph());
    const auto [in_begin, in_end] = boost::in_edges(v, chain.graph());
    const auto is_self = [&](const Chain::Edge& edge) { return chain.supplier(edge) == chain.customer(edge); };
    if (!std::all_of(out_begin, out_end, is_self) || !std::all_of(in_begin, in_end, is_self)) continue;
    out.add(FindingLevel::info, ErrorCode::suspicious, "id", std::uint64_t{v} + 1, id_of(chain, EnterpriseId{v}),
            {"企业没有任何供应关系", "the enterprise has no supply link"},
            {"无需修改；若有供应关系，请补入供应表", "nothing needs to change; add its links where there are any"});
  }
}

inline void report_single_sources(TableFindings& out, const Chain& chain) {
  for (const auto& single : single_source_products(chain)) {
    const auto supplier = in_quotes(id_of(chain, single.supplier));
    const auto customers = std::to_string(single.customers.size());
    Text rule{"产品只由 " + supplier + " 一家供应，客户 " + customers + " 家",
              "the product has the single supplier " + supplier + ", for " + customers +
                  (single.customers.size() == 1 ? " customer" : " customers")};
    Text fix{"考虑培育第二供应方", "consider a second supplier"};
    if (!single.makers.empty()) {
      std::vector<std::string> names;
      for (std::size_t k = 0; k < single.makers.size() && k < 3; ++k) names.push_back(id_of(chain, single.makers[k]));
      fix.zh += "，链上还有 " + quoted_list(names, "、") + " 生产它";
      fix.en += "; " + quoted_list(names, ", ") + (names.size() == 1 ? " makes it too" : " make it too");
    }
    out.add(FindingLevel::warning, ErrorCode::suspicious, "product", 0, single.product, std::move(rule),
            std::move(fix));
  }
}

}  // namespace detail

inline Findings validate(const Chain& chain, const ValidateOptions& options, const Control& control) {
  Findings findings(options.limit);
  detail::TableFindings enterprises(findings, options.enterprises_file);
  detail::TableFindings links(findings, options.links_file);
  detail::TableFindings institutions(findings, options.institutions_file);
  constexpr std::uint32_t between_polls = 4096;
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    if (v % between_polls == 0) throw_if_cancelled(control);
    detail::check_enterprise(enterprises, chain, v, options.missing_codes);
  }
  detail::check_identities(enterprises, chain, options.similar_names);
  detail::check_institutions(institutions, chain);
  throw_if_cancelled(control);
  detail::check_chain_links(links, chain, options);
  throw_if_cancelled(control);
  detail::check_dependency_sums(enterprises, chain, options);
  if (!options.structure) return findings;
  throw_if_cancelled(control);
  detail::report_single_sources(links, chain);
  detail::report_cycles(enterprises, chain, options);
  detail::report_isolated(enterprises, chain);
  return findings;
}

}  // namespace v1
}  // namespace chainqual
