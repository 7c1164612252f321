#include <array>
#include <charconv>
#include <type_traits>

#include "chainqual/impact/assess_options.hpp"
#include "chainqual/io/chain_json.hpp"
#include "chainqual/io/network_file.hpp"
#include "chainqual/store/store.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Values one after the other, each with an end, so that different options never give one text.
class OptionText {
 public:
  template <class... T>
  void put(const T&... values) {
    (one(values), ...);
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  template <class T>
  void one(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      text_ += key_of(value);
    } else {
      std::array<char, 32> digits{};
      text_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    }
    text_ += ';';
  }
  void one(bool value) { one(value ? 1 : 0); }
  void one(const Rational& value) { text_ += value.to_string() + ';'; }
  void one(const std::optional<double>& value) {
    one(value.has_value());
    if (value) one(*value);
  }
  template <class T>
  void one(const std::vector<T>& values) {
    one(values.size());
    for (const T& value : values) one(value);
  }

  std::string text_;
};

void put(OptionText& text, const LinearOptions& o) {
  text.put(o.capped, o.tolerance, o.max_sweeps);
}
void put(OptionText& text, const CascadeOptions& o) {
  const Essentiality& needs = o.essentiality;
  text.put(needs.otherwise, needs.sectors, needs.by_sector, needs.by_link, o.sectors, o.revenue, o.final_demand, o.cost,
           o.replaceability, o.market, o.tolerance, o.max_steps, o.weight);
}
void put(OptionText& text, const ContagionOptions& o) {
  text.put(o.runs, o.first_run, o.seed, o.max_steps, o.weight, o.downstream_probability, o.upstream_probability);
}
void put(OptionText& text, const DistressOptions& o) {
  text.put(o.variant, o.tolerance, o.max_steps, o.downstream_exposure, o.upstream_exposure, o.weight);
}
void put(OptionText& text, const DynamicsOptions& o) {
  text.put(o.days, o.stock_days, o.stock_days_each, o.poisson_stock, o.poisson_floor, o.seed, o.smoothing_days,
           o.rationing, o.inputs, o.sectors, o.final_demand, o.days_per_year, o.working_level, o.settled_change,
           o.weight);
}
void put(OptionText& text, const InoperabilityOptions& o) {
  text.put(o.days, o.steps_per_day, o.capped, o.initial, o.resilience, o.recovery_days, o.recovery_days_each,
           o.recovered_share, o.settled_change, o.weight);
}

/// The options that a problem's facts depend on. Scenarios stand beside the problems, and stability says nothing of a
/// total or a loss.
std::string options_text(const AssessOptions& options) {
  OptionText text;
  const ShockOptions& shock = options.shock;
  const DiffusionThresholds& diffusion = options.diffusion;
  text.put(options.panel.consensus, options.panel.trim, options.stars, shock.lowest_total, shock.highest_total,
           shock.ungraded, shock.segment, shock.home_segment_only, shock.include_solved, options.measure,
           diffusion.least_loss, diffusion.segments_systemic, diffusion.enterprises_systemic, diffusion.segments_major,
           diffusion.products_major, options.propagation.model);
  const ModelOptions& model = options.propagation;
  switch (model.model) {
    case Model::linear:
      put(text, model.linear);
      break;
    case Model::cascade:
      put(text, model.cascade);
      break;
    case Model::contagion:
      put(text, model.contagion);
      break;
    case Model::distress:
      put(text, model.distress);
      break;
    case Model::dynamics:
      put(text, model.dynamics);
      break;
    case Model::inoperability:
      put(text, model.inoperability);
      break;
  }
  return text.text();
}

}  // namespace

std::string inputs_hash(const Dossier& dossier, const AssessOptions& options) {
  Dossier read;
  read.info.severity = dossier.info.severity;
  read.info.home_region = dossier.info.home_region;
  read.chain = dossier.chain;
  read.problems = dossier.problems;
  read.scores = dossier.scores;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  std::uint64_t hash = xxh64(chain_to_json(read) + options_text(options));
  for (std::size_t i = text.size(); i-- > 0; hash >>= 4U) text[i] = digits[hash & 0xFU];
  return text;
}

}  // namespace v1
}  // namespace chainqual
