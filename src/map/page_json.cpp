#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "chainqual/chain/region.hpp"
#include "chainqual/chain/single_source.hpp"
#include "chainqual/map/html.hpp"
#include "chart_words.hpp"
#include "page_order.hpp"
#include "page_parts.hpp"
#include "page_why.hpp"
#include "sketch_parts.hpp"
#include "weak_points.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using namespace page;

template <class E>
Json words_of() {
  Json all = Json::object();
  for (const auto& row : Names<E>::table) all[std::string(row.key)] = text(std::string(row.zh), std::string(row.en));
  return all;
}

/// Builds the document; positions in its arrays are what links and problems point to.
class Page {
 public:
  Page(const Dossier& dossier, const AssessReport* report, const ChainSketch* sketch, const HtmlOptions& options,
       const Control& control)
      : dossier_(dossier),
        chain_(dossier.chain),
        report_(report),
        sketch_(sketch),
        options_(options),
        control_(control),
        losses_(report != nullptr && !report->problems.empty()),
        segment_of_(groups_of(dossier.chain)) {
    const auto n = chain_.enterprises();
    if (report != nullptr &&
        (report->enterprise_rows.size() != n || report->problems.size() != dossier.problems.size())) {
      throw Error(ErrorCode::shape_mismatch, {"评估结果与产业链不符：企业数或问题数不同。请用同一条链重新评估",
                                              "the report does not belong to this chain: the numbers of enterprises or "
                                              "problems differ. Assess this chain again"});
    }
    home_ = find_region(dossier.info.home_region);
    // A sketch lacks enterprises that others may be supplied by.
    if (sketch == nullptr) weak_ = chart::weak_points(chain_);
    places_.emplace(dossier, sketch != nullptr ? everyone() : drawing_order(dossier, report, options.most_enterprises));
  }

  Json make() {
    Json doc;
    doc["format"] = "chainqual-map";
    doc["format_version"] = map_format_version;
    doc["language"] = options_.language == Language::zh ? "zh" : "en";
    Json segments = this->segments();
    Json links = this->links();
    doc["chain"] = head(links.size());
    doc["words"] = words();
    doc["segments"] = std::move(segments);
    doc["enterprises"] = enterprises();
    doc["links"] = std::move(links);
    doc["bundles"] = std::move(bundles_);
    doc["products_en"] = products_en();
    doc["institutions"] = page::institutions(dossier_, *places_);
    doc["problems"] = page::problems(dossier_, report_, *places_, options_.most_hit);
    doc["projects"] = page::projects(dossier_, *places_);
    doc["results"] = page::results(dossier_, *places_);
    doc["why"] = why();
    doc["version"] = page::version(options_.difference ? options_.difference->after : map_version(dossier_));
    doc["update"] = page::update(dossier_);
    doc["difference"] = options_.difference ? page::difference(*options_.difference) : Json(nullptr);
    return doc;
  }

 private:
  [[nodiscard]] Json head(std::size_t carried_links) const {
    const ChainInfo& info = dossier_.info;
    Json json;
    json["name"] = text(info.name, info.name_en);
    const std::string& zh = info.name.empty() ? info.name_en : info.name;
    const std::string& en = info.name_en.empty() ? info.name : info.name_en;
    json["title"] = !options_.title.empty() ? text(options_.title, options_.title)
                                            : text(zh + "质量图谱", en.empty() ? "Quality map" : en + ": quality map");
    json["home"] = home_ == nullptr ? Json(nullptr) : region_text(info.home_region);
    json["date"] = options_.date.empty() ? info.date : options_.date;
    json["version"] = info.version;
    json["note"] = text(info.note, info.note_en);
    json["sources"] = info.sources;
    json["sources_en"] = info.sources_en;
    const std::uint64_t enterprises = sketch_ != nullptr ? sketch_->enterprises : chain_.enterprises();
    const std::uint64_t links = sketch_ != nullptr ? sketch_->links : chain_.links();
    json["enterprises"] = enterprises;
    json["links"] = links;
    json["documented"] = documented_;
    json["inferred"] = links - documented_;
    json["carried"] = {{"enterprises", places_->shown().size()}, {"links", carried_links}};
    json["chosen_by"] = places_->shown().size() == enterprises ? Json(nullptr) : key(measure());
    json["covered"] = sketch_ != nullptr ? share(sketch_->covered_all) : Json(nullptr);
    json["bundles_left_out"] = sketch_ != nullptr ? sketch_->bundles_left_out : 0;
    json["assessed"] = losses_;
    json["measure"] = !losses_ ? Json(nullptr) : key(report_->options.measure);
    json["model"] = !losses_ ? Json(nullptr) : key(report_->options.propagation.model);
    return json;
  }

  static Json words() {
    return {{"stage", words_of<Stage>()},
            {"role", words_of<Role>()},
            {"ladder", words_of<Ladder>()},
            {"size", words_of<EnterpriseSize>()},
            {"category", words_of<Category>()},
            {"status", words_of<ProblemStatus>()},
            {"project_status", words_of<ProjectStatus>()},
            {"project_kind", words_of<ProjectKind>()},
            {"result_kind", words_of<ResultKind>()},
            {"level", words_of<SharingLevel>()},
            {"terms", words_of<SharingTerms>()},
            {"aspect", words_of<Aspect>()},
            {"model", words_of<Model>()},
            {"measure", words_of<LossKind>()},
            {"chosen_by", words_of<SketchMeasure>()},
            {"dimension", words_of<WatchDimension>()},
            {"due", words_of<DueKind>()},
            {"part", words_of<MapPart>()},
            {"change", words_of<MapChangeKind>()}};
  }

  struct Counts {
    std::uint32_t all = 0;
    std::array<std::uint32_t, 3> places{};
    std::array<std::uint32_t, 3> ladders{};
    std::uint32_t owners = 0;
    std::uint32_t cut_points = 0;
    std::uint32_t joints = 0;
    std::uint32_t sole = 0;
    double loss = 0;
  };

  enum Place : std::uint8_t { home, outside, unknown };
  [[nodiscard]] Place place_of(const Enterprise& enterprise) const {
    if (home_ == nullptr || enterprise.region.empty()) return unknown;
    return find_region(enterprise.region) == home_ ? home : outside;
  }

  Json segments() {
    const auto& given = chain_.segments();
    std::vector<Counts> counts(given.size() + 3);
    for (std::uint32_t i = 0; i < chain_.enterprises(); ++i) {
      const Enterprise& enterprise = chain_.enterprise(EnterpriseId{i});
      Counts& into = counts[segment_of_[i]];
      ++into.all;
      ++into.places[place_of(enterprise)];
      ++into.ladders[static_cast<std::size_t>(enterprise.ladder)];
      into.owners += enterprise.role == Role::owner ? 1 : 0;
      if (weak_) {
        into.cut_points += weak_->cut[i] != 0 ? 1 : 0;
        into.joints += weak_->joint[i] ? 1 : 0;
        into.sole += weak_->sole[i] ? 1 : 0;
      }
      if (losses_) into.loss += report_->enterprise_rows[i].mean_loss;
    }
    Json all = Json::array();
    for (std::size_t k = 0; k < counts.size(); ++k) {
      static const Segment nameless;
      const bool real = k < given.size();
      const Segment& segment = real ? given[k] : nameless;
      const Counts& count = counts[k];
      Json one;
      one["id"] = real ? Json(segment.id) : Json(nullptr);
      const std::size_t stage = real ? static_cast<std::size_t>(segment.stage) : k - given.size();
      one["name"] = real ? text(segment.name, segment.name_en) : unsegmented(stage);
      one["stage"] = stage;
      one["industry"] = segment.industry;
      one["industry_en"] = segment.industry_en;
      one["regions"] = segment.regions;
      one["regions_en"] = chart::listed_regions(segment.regions, Language::en);
      one["final"] = segment.final_product;
      one["note"] = segment.note;
      const std::uint64_t all_of_it = sketch_ != nullptr ? sketch_->segment_sizes[k] : count.all;
      one["enterprises"] = all_of_it;
      one["covered"] = sketch_ != nullptr ? share(sketch_->covered[k]) : Json(nullptr);
      one["home"] = count.places[home];
      one["outside"] = count.places[outside];
      one["unknown"] = all_of_it - count.places[home] - count.places[outside];
      one["owners"] = count.owners;
      one["leaders"] = count.ladders[static_cast<std::size_t>(Ladder::leader)];
      one["followers"] = count.ladders[static_cast<std::size_t>(Ladder::follower)];
      one["cut_points"] = weak_ ? Json(count.cut_points) : Json(nullptr);
      one["joints"] = weak_ ? Json(count.joints) : Json(nullptr);
      one["sole"] = weak_ ? Json(count.sole) : Json(nullptr);
      one["loss"] = !losses_ || count.all == 0 ? Json(nullptr) : share(count.loss / count.all);
      all.push_back(std::move(one));
    }
    return all;
  }

  Json enterprises() const {
    std::map<std::uint32_t, std::vector<std::string>> sole;
    for (const auto& product : single_source_products(chain_)) {
      sole[product.supplier.index()].push_back(product.product);
    }
    const std::vector<Json> cut_off = this->cut_off();
    Json all = Json::array();
    static constexpr const char* places[] = {"home", "outside", "unknown"};
    for (const EnterpriseId id : places_->shown()) {
      const Enterprise& enterprise = chain_.enterprise(id);
      Json one;
      one["id"] = enterprise.id;
      one["name"] = text(enterprise.name, enterprise.name_en);
      one["segment"] = segment_of_[id.index()];
      one["also"] = places_->segments(enterprise.segments, 1);
      one["region"] = region_text(enterprise.region);
      one["city"] = enterprise.city;
      one["place"] = places[place_of(enterprise)];
      one["role"] = key(enterprise.role);
      one["ladder"] = key(enterprise.ladder);
      one["size"] = key(enterprise.size);
      one["products"] = enterprise.products;
      one["products_en"] = enterprise.products_en;
      const EnterpriseRow* row = report_ == nullptr ? nullptr : &report_->enterprise_rows[id.index()];
      one["loss"] = losses_ ? share(row->mean_loss) : Json(nullptr);
      one["all"] = losses_ ? share(loss_of(*row)) : Json(nullptr);
      one["importance"] = importance(id, row);
      one["rank"] = losses_ ? Json(row->rank) : Json(nullptr);
      const auto found = sole.find(id.index());
      one["sole"] = found == sole.end() ? std::vector<std::string>{} : found->second;
      one["cut"] = cut(id, cut_off);
      one["joint"] = weak_ ? Json(static_cast<bool>(weak_->joint[id.index()])) : Json(nullptr);
      one["ties"] = ties(id);
      all.push_back(std::move(one));
    }
    return all;
  }

  /// What links call their products in English, by product, the first name of each.
  [[nodiscard]] Json products_en() const {
    std::map<std::string_view, std::string_view> names;
    const auto [first, last] = boost::edges(chain_.graph());
    for (auto edge = first; edge != last; ++edge) {
      const Link& link = chain_.link(*edge);
      if (!link.product.empty() && !link.product_en.empty()) names.try_emplace(link.product, link.product_en);
    }
    Json all = Json::array();
    for (const auto& [product, name] : names) all.push_back({std::string(product), std::string(name)});
    return all;
  }

  /// By EnterpriseId: positions of those that no supply would reach without it, in drawing order.
  [[nodiscard]] std::vector<Json> cut_off() const {
    constexpr std::size_t most_named = 50;
    std::vector<Json> all(weak_ ? chain_.enterprises() : 0, Json::array());
    if (!weak_) return all;
    for (const EnterpriseId id : places_->shown()) {
      for (auto above = weak_->above[id.index()]; above != Network::none; above = weak_->above[above]) {
        if (all[above].size() < most_named) all[above].push_back(places_->of(id));
      }
    }
    return all;
  }

  [[nodiscard]] Json cut(EnterpriseId id, const std::vector<Json>& cut_off) const {
    if (!weak_ || weak_->cut[id.index()] == 0) return nullptr;
    return {{"enterprises", weak_->cut[id.index()]},
            {"finals", weak_->final_cut[id.index()]},
            {"whom", cut_off[id.index()]}};
  }

  [[nodiscard]] Json importance(EnterpriseId id, const EnterpriseRow* row) const {
    if (sketch_ != nullptr && !sketch_->importance.empty()) {
      const double value = sketch_->importance[id.index()];
      return value <= 1 ? share(value) : Json(nullptr);  // not every measure is a share
    }
    return row == nullptr || !row->importance ? Json(nullptr) : share(*row->importance);
  }

  [[nodiscard]] std::vector<EnterpriseId> everyone() const {
    std::vector<EnterpriseId> all;
    for (std::uint32_t i = 0; i < chain_.enterprises(); ++i) all.emplace_back(i);
    return all;
  }

  [[nodiscard]] SketchMeasure measure() const {
    if (sketch_ != nullptr) return sketch_->measure;
    return losses_ ? SketchMeasure::loss : SketchMeasure::weight;
  }

  [[nodiscard]] Json unsegmented(std::size_t stage) const {
    const std::uint32_t merged = sketch_ == nullptr ? 0 : sketch_->merged[stage];
    if (merged == 0) return text("未分环节", "No segment stated");
    const std::string count = std::to_string(merged);
    return text("其余 " + count + " 个环节", merged == 1 ? "1 more segment" : count + " more segments");
  }

  /// What is left out round an enterprise; null where the page carries everybody.
  [[nodiscard]] Json ties(EnterpriseId id) const {
    if (sketch_ != nullptr) {
      if (sketch_->chosen.size() == sketch_->enterprises) return nullptr;
      return {{"suppliers", side(sketch_->suppliers[id.index()])}, {"customers", side(sketch_->customers[id.index()])}};
    }
    if (places_->shown().size() == chain_.enterprises()) return nullptr;
    const auto& graph = chain_.graph();
    std::vector<Partner> suppliers;
    std::vector<Partner> customers;
    const auto [in, in_end] = boost::in_edges(id.index(), graph);
    for (auto edge = in; edge != in_end; ++edge) {
      suppliers.push_back({chain_.supplier(*edge).value, chain_.link(*edge).value.value_or(0)});
    }
    const auto [out, out_end] = boost::out_edges(id.index(), graph);
    for (auto edge = out; edge != out_end; ++edge) {
      customers.push_back({chain_.customer(*edge).value, chain_.link(*edge).value.value_or(0)});
    }
    const auto made = [&](std::vector<Partner>& partners) {
      return side(ties_of(std::move(partners), places_->all(), segment_of_, SketchOptions{}.most_partners,
                          [this](EnterpriseId each) { return chain_.enterprise(each).id; }));
    };
    return {{"suppliers", made(suppliers)}, {"customers", made(customers)}};
  }

  static Json side(const SketchTies& ties) { return {ties.partners, Json(ties.left_out), Json(ties.largest)}; }

  [[nodiscard]] double loss_of(const EnterpriseRow& row) const {
    return GroupLoss{row.downstream, row.upstream, row.combined}.of(report_->options.measure);
  }

  Json links() {
    Json all = Json::array();
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint64_t, std::uint64_t>> bundles;
    const auto [first, last] = boost::edges(chain_.graph());
    for (auto edge = first; edge != last; ++edge) {
      const Link& link = chain_.link(*edge);
      const auto from = chain_.supplier(*edge).index();
      const auto to = chain_.customer(*edge).index();
      const int documented = link.evidence == Evidence::documented ? 1 : 0;
      documented_ += static_cast<std::uint64_t>(documented);
      if (segment_of_[from] != segment_of_[to]) {
        auto& bundle = bundles[{segment_of_[from], segment_of_[to]}];
        ++bundle.first;
        bundle.second += static_cast<std::uint64_t>(documented);
      }
      const std::uint32_t supplier = places_->of(chain_.supplier(*edge));
      const std::uint32_t customer = places_->of(chain_.customer(*edge));
      if (supplier == Places::none || customer == Places::none || all.size() >= options_.most_links) continue;
      const Json dependency = link.dependency ? share(*link.dependency) : Json(nullptr);
      all.push_back({supplier, customer, dependency, documented, link.product});
    }
    bundles_ = Json::array();
    if (sketch_ != nullptr) {
      for (const SketchBundle& each : sketch_->bundles) bundles_.push_back({each.from, each.to, each.links, 0});
      return all;
    }
    for (const auto& [ends, count] : bundles) {
      bundles_.push_back({ends.first, ends.second, count.first, count.second});
    }
    return all;
  }

  Json why() const {
    Json all = Json::array();
    if (report_ == nullptr || chain_.enterprises() > options_.explained) return all;
    for (const Why& why : page::explanations(dossier_, *report_, options_.paths, control_)) {
      if (places_->of(why.enterprise) == Places::none) continue;
      Json one{{"enterprise", places_->of(why.enterprise)}, {"sentence", text(why.sentence)}};
      one["sources"] = Json::array();
      for (const auto& source : why.sources) {
        if (source.source.is_none() || places_->of(source.source) == Places::none) continue;
        one["sources"].push_back({places_->of(source.source), share(source.share)});
      }
      one["paths"] = Json::array();
      for (const auto& path : why.paths) {
        Json ids = Json::array();
        for (const EnterpriseId id : path.enterprises) {
          if (places_->of(id) != Places::none) ids.push_back(places_->of(id));
        }
        if (ids.size() == path.enterprises.size()) {
          one["paths"].push_back({{"enterprises", std::move(ids)}, {"loss", share(path.loss)}});
        }
      }
      all.push_back(std::move(one));
    }
    return all;
  }

  const Dossier& dossier_;
  const Chain& chain_;
  const AssessReport* report_;
  const ChainSketch* sketch_;
  const HtmlOptions& options_;
  const Control& control_;
  bool losses_ = false;  ///< without problems nobody loses anything, and no figure says so
  const Region* home_ = nullptr;
  std::optional<chart::WeakPoints> weak_;  ///< of the whole chain; not of a sketch
  std::optional<Places> places_;
  std::vector<std::uint32_t> segment_of_;  ///< by EnterpriseId: position in "segments"
  Json bundles_;
  std::uint64_t documented_ = 0;
};

}  // namespace

std::string map_json(const Dossier& dossier, const AssessReport* report, const HtmlOptions& options,
                     const Control& control) {
  const Json doc = Page(dossier, report, nullptr, options, control).make();
  return safe(doc.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string map_json(const ChainSketch& sketch, const HtmlOptions& options) {
  const Control control;
  const Json doc = Page(sketch.dossier, nullptr, &sketch, options, control).make();
  return safe(doc.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace v1
}  // namespace chainqual
