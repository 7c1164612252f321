#pragma once

#include <algorithm>
#include <utility>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/nearest.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline const Chain::Graph& empty_graph() noexcept {
  static const Chain::Graph graph;
  return graph;
}

// `first` and `second` are positions from 0; people count from 1.
[[nodiscard]] inline Error duplicate_id(std::string_view table_zh, std::string_view table_en, const std::string& id,
                                        std::size_t first, std::size_t second) {
  const auto a = std::to_string(first + 1);
  const auto b = std::to_string(second + 1);
  return {ErrorCode::duplicate,
          {"编号 " + in_quotes(id) + " 重复：" + std::string(table_zh) + "第 " + a + " 条与第 " + b +
               " 条。请改其中一个编号，或删去重复的一条。",
           "The id " + in_quotes(id) + " stands twice: " + std::string(table_en) + " " + a + " and " + b +
               ". Change one of the ids, or take the repeated record out."}};
}

[[nodiscard]] inline Error beyond_chain(std::uint32_t id, std::uint32_t n) {
  return {ErrorCode::out_of_range,
          {"企业序号 " + std::to_string(id) + " 超出范围：链上共有 " + std::to_string(n) + " 家企业，序号从 0 起。",
           "Enterprise id " + std::to_string(id) + " is out of range: the chain has " + std::to_string(n) +
               " enterprises, counted from 0."}};
}

[[nodiscard]] inline Error unknown_enterprise(std::string_view key, const std::vector<std::string>& near) {
  Text message{"没有编号为 " + in_quotes(key) + " 的企业。", "No enterprise has the id " + in_quotes(key) + "."};
  if (near.empty()) {
    message.zh += "请先在企业表中添加它。";
    message.en += " Add it to the enterprises first.";
  } else {
    message.zh += "相近的编号：" + quoted_list(near, "、") + "。";
    message.en += " Nearest ids: " + quoted_list(near, ", ") + ".";
  }
  return {ErrorCode::unknown_reference, std::move(message)};
}

}  // namespace detail

inline Chain::Chain(const Chain& other)
    : graph_(other.graph_ ? std::make_unique<Graph>(*other.graph_) : nullptr),
      keys_(other.keys_),
      segments_(other.segments_),
      segment_ids_(other.segment_ids_),
      institutions_(other.institutions_),
      institution_ids_(other.institution_ids_),
      makers_(other.makers_) {}

inline Chain& Chain::operator=(const Chain& other) {
  if (this != &other) *this = Chain(other);
  return *this;
}

inline Chain::Graph& Chain::editable() {
  if (!graph_) graph_ = std::make_unique<Graph>();
  return *graph_;
}

inline const Chain::Graph& Chain::graph() const noexcept {
  return graph_ ? *graph_ : detail::empty_graph();
}

inline std::uint32_t Chain::enterprises() const noexcept {
  return static_cast<std::uint32_t>(boost::num_vertices(graph()));
}

inline std::uint64_t Chain::links() const noexcept {
  return boost::num_edges(graph());
}

inline void Chain::check(EnterpriseId id) const {
  if (id.value >= enterprises()) throw detail::beyond_chain(id.value, enterprises());
}

inline SegmentId Chain::add_segment(Segment segment) {
  if (segment.id.empty()) {
    throw Error(ErrorCode::missing_value,
                {"环节没有编号。请填写 id 一栏。", "A segment has no id. Fill in the column id."});
  }
  const SegmentId id{static_cast<std::uint32_t>(segments_.size())};
  if (const auto found = segment_ids_.find(segment.id); found != segment_ids_.end()) {
    throw detail::duplicate_id("环节表", "segments", segment.id, found->second.index(), id.index());
  }
  segments_.push_back(std::move(segment));
  try {
    segment_ids_.emplace(segments_.back().id, id);
  } catch (...) {
    segments_.pop_back();
    throw;
  }
  return id;
}

inline EnterpriseId Chain::add_enterprise(Enterprise enterprise) {
  if (enterprise.id.empty()) enterprise.id = enterprise.credit_code.empty() ? enterprise.name : enterprise.credit_code;
  if (enterprise.id.empty()) {
    throw Error(ErrorCode::missing_value, {"企业没有编号、信用代码或名称。请至少填写一项。",
                                           "An enterprise has no id, no credit code and no name. Give at least one."});
  }
  const std::size_t position = boost::num_vertices(graph());
  if (const auto found = keys_.find(enterprise.id); found != keys_.end()) {
    throw detail::duplicate_id("企业表", "enterprises", enterprise.id, found->second.index(), position);
  }
  if (position >= 0xFFFFFFFEU) {
    throw Error(ErrorCode::limit_exceeded,
                {"企业数超过上限 2^32 − 2。请分成几条链。",
                 "There are more enterprises than 2^32 − 2. Divide them into several chains."});
  }
  const EnterpriseId id{static_cast<std::uint32_t>(position)};
  auto& graph = editable();
  const auto key = keys_.emplace(enterprise.id, id).first;
  try {
    index_products(id, enterprise);
    boost::add_vertex(enterprise, graph);
  } catch (...) {
    forget_products(id, enterprise);
    keys_.erase(key);
    throw;
  }
  return id;
}

inline void Chain::index_products(EnterpriseId id, const Enterprise& enterprise) {
  for (const auto& product : enterprise.products) {
    auto& makers = makers_[product];
    const auto place = std::lower_bound(makers.begin(), makers.end(), id);
    if (place == makers.end() || *place != id) makers.insert(place, id);
  }
}

inline void Chain::forget_products(EnterpriseId id, const Enterprise& enterprise) {
  for (const auto& product : enterprise.products) {
    const auto found = makers_.find(product);
    if (found == makers_.end()) continue;
    auto& makers = found->second;
    const auto place = std::lower_bound(makers.begin(), makers.end(), id);
    if (place != makers.end() && *place == id) makers.erase(place);
    if (makers.empty()) makers_.erase(found);
  }
}

inline std::size_t Chain::add_institution(Institution institution) {
  const std::size_t position = institutions_.size();
  if (!institution.id.empty()) {
    if (const auto found = institution_ids_.find(institution.id); found != institution_ids_.end()) {
      throw detail::duplicate_id("机构表", "institutions", institution.id, found->second, position);
    }
  }
  institutions_.push_back(std::move(institution));
  try {
    if (!institutions_.back().id.empty()) institution_ids_.emplace(institutions_.back().id, position);
  } catch (...) {
    institutions_.pop_back();
    throw;
  }
  return position;
}

inline Chain::Edge Chain::add_link(EnterpriseId supplier, EnterpriseId customer, const Link& link) {
  check(supplier);
  check(customer);
  return boost::add_edge(supplier.index(), customer.index(), link, editable()).first;
}

inline Chain::Edge Chain::add_link(std::string_view supplier, std::string_view customer, const Link& link) {
  const EnterpriseId from = at(supplier);
  return add_link(from, at(customer), link);
}

inline void Chain::remove_link(Edge edge) {
  boost::remove_edge(edge, editable());
}

inline void Chain::replace_enterprise(EnterpriseId id, Enterprise enterprise) {
  check(id);
  auto& old = editable()[id.index()];
  if (enterprise.id.empty()) enterprise.id = old.id;
  if (enterprise.id != old.id) {
    throw Error(ErrorCode::invalid_argument,
                {"企业 " + detail::in_quotes(old.id) + " 的编号不能改为 " + detail::in_quotes(enterprise.id) +
                     "：编号固定不变。请保留原编号。",
                 "The id of enterprise " + detail::in_quotes(old.id) + " cannot become " +
                     detail::in_quotes(enterprise.id) + ": ids are stable. Keep the old id."});
  }
  index_products(id, enterprise);
  Enterprise gone = std::exchange(old, std::move(enterprise));
  std::erase_if(gone.products, [&old](const std::string& product) {
    return std::find(old.products.begin(), old.products.end(), product) != old.products.end();
  });
  forget_products(id, gone);
}

inline void Chain::reserve(std::size_t enterprises) {
  editable().m_vertices.reserve(enterprises);
  keys_.reserve(enterprises);
}

inline const Enterprise& Chain::enterprise(EnterpriseId id) const {
  check(id);
  return graph()[id.index()];
}

inline std::optional<EnterpriseId> Chain::find(std::string_view key) const {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return std::nullopt;
  return found->second;
}

inline EnterpriseId Chain::at(std::string_view key) const {
  if (const auto found = find(key)) return *found;
  throw detail::unknown_enterprise(key, nearest_keys(key));
}

inline std::optional<EnterpriseId> Chain::resolve(std::string_view text) const {
  if (const auto found = find(text)) return found;
  if (text.empty()) return std::nullopt;
  for (const auto member : {&Enterprise::credit_code, &Enterprise::name, &Enterprise::name_en}) {
    std::optional<EnterpriseId> found;
    for (std::uint32_t v = 0; v < enterprises(); ++v) {
      if (graph()[v].*member != text) continue;
      if (found) return std::nullopt;
      found = EnterpriseId{v};
    }
    if (found) return found;
  }
  return std::nullopt;
}

inline std::vector<std::string> Chain::nearest_keys(std::string_view key, std::size_t count) const {
  Nearest nearest(key, count);
  for (std::uint32_t v = 0; v < enterprises(); ++v) nearest.offer(graph()[v].id);
  return std::move(nearest).take();
}

inline EnterpriseId Chain::supplier(Edge edge) const {
  return EnterpriseId{static_cast<std::uint32_t>(boost::source(edge, graph()))};
}

inline EnterpriseId Chain::customer(Edge edge) const {
  return EnterpriseId{static_cast<std::uint32_t>(boost::target(edge, graph()))};
}

inline const Link& Chain::link(Edge edge) const {
  return graph()[edge];
}

inline Link& Chain::link(Edge edge) {
  return editable()[edge];
}

inline const Segment& Chain::segment(SegmentId id) const {
  if (id.index() >= segments_.size()) {
    throw Error(ErrorCode::out_of_range,
                {"环节序号 " + std::to_string(id.value) + " 超出范围：链上共有 " + std::to_string(segments_.size()) +
                     " 个环节，序号从 0 起。",
                 "Segment id " + std::to_string(id.value) + " is out of range: the chain has " +
                     std::to_string(segments_.size()) + " segments, counted from 0."});
  }
  return segments_[id.index()];
}

inline std::optional<SegmentId> Chain::find_segment(std::string_view id) const {
  const auto found = segment_ids_.find(id);
  if (found == segment_ids_.end()) return std::nullopt;
  return found->second;
}

inline SegmentId Chain::home_segment(EnterpriseId id) const {
  const auto& segments = enterprise(id).segments;
  return segments.empty() ? SegmentId::none() : find_segment(segments.front()).value_or(SegmentId::none());
}

inline std::optional<std::size_t> Chain::find_institution(std::string_view id) const {
  const auto found = institution_ids_.find(id);
  if (found == institution_ids_.end()) return std::nullopt;
  return found->second;
}

inline const std::vector<EnterpriseId>& Chain::makers(std::string_view product) const {
  static const std::vector<EnterpriseId> nobody;
  const auto found = makers_.find(product);
  return found == makers_.end() ? nobody : found->second;
}

inline std::vector<std::string> Chain::products() const {
  std::vector<std::string> names;
  names.reserve(makers_.size());
  for (const auto& entry : makers_) names.push_back(entry.first);
  std::sort(names.begin(), names.end());
  return names;
}

inline bool operator==(const Chain& a, const Chain& b) {
  if (a.enterprises() != b.enterprises() || a.links() != b.links() || a.segments_ != b.segments_ ||
      a.institutions_ != b.institutions_) {
    return false;
  }
  for (std::uint32_t v = 0; v < a.enterprises(); ++v) {
    if (!(a.graph()[v] == b.graph()[v])) return false;
  }
  auto other = boost::edges(b.graph()).first;
  const auto [begin, end] = boost::edges(a.graph());
  return std::all_of(begin, end, [&](const Chain::Edge& edge) {
    const auto twin = *other++;
    return a.supplier(edge) == b.supplier(twin) && a.customer(edge) == b.customer(twin) && a.link(edge) == b.link(twin);
  });
}

}  // namespace v1
}  // namespace chainqual
