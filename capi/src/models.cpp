#include "models.hpp"

#include "buffers.hpp"
#include "network.hpp"
#include "options.hpp"
#include "propagation.hpp"

namespace chainqual::capi {
namespace {

template <auto value, auto enumerator>
constexpr bool same_number = static_cast<int>(value) == static_cast<int>(enumerator);
static_assert(same_number<CHAINQUAL_ALONG_DOWNSTREAM, Along::downstream> &&
              same_number<CHAINQUAL_ALONG_UPSTREAM, Along::upstream>);
static_assert(same_number<CHAINQUAL_MODEL_LINEAR, Model::linear> &&
              same_number<CHAINQUAL_MODEL_CASCADE, Model::cascade>);
static_assert(same_number<CHAINQUAL_MODEL_CONTAGION, Model::contagion> &&
              same_number<CHAINQUAL_MODEL_DISTRESS, Model::distress>);
static_assert(same_number<CHAINQUAL_MODEL_DYNAMICS, Model::dynamics>);
static_assert(same_number<CHAINQUAL_MODEL_INOPERABILITY, Model::inoperability>);
static_assert(same_number<CHAINQUAL_NEED_NEGLIGIBLE, Need::negligible> &&
              same_number<CHAINQUAL_NEED_ORDINARY, Need::ordinary>);
static_assert(same_number<CHAINQUAL_NEED_ESSENTIAL, Need::essential>);
static_assert(CHAINQUAL_NEED_NOT_GIVEN == Essentiality::not_given);
static_assert(same_number<CHAINQUAL_REPLACEABILITY_NONE, Replaceability::none>);
static_assert(same_number<CHAINQUAL_REPLACEABILITY_SECTOR, Replaceability::sector>);
static_assert(same_number<CHAINQUAL_REPLACEABILITY_MARKET, Replaceability::market>);
static_assert(same_number<CHAINQUAL_RECOVERY_STEP, RecoveryKind::step> &&
              same_number<CHAINQUAL_RECOVERY_LINEAR, RecoveryKind::linear>);
static_assert(same_number<CHAINQUAL_RECOVERY_EXPONENTIAL, RecoveryKind::exponential>);
static_assert(same_number<CHAINQUAL_RECOVERY_S_CURVE, RecoveryKind::s_curve>);
static_assert(same_number<CHAINQUAL_RECOVERY_TABLE, RecoveryKind::table> &&
              CHAINQUAL_PERMANENT == Disruption::permanent);
static_assert(same_number<CHAINQUAL_RATIONING_PROPORTIONAL, Rationing::proportional>);
static_assert(same_number<CHAINQUAL_RATIONING_HOUSEHOLDS_LAST, Rationing::households_last>);
static_assert(same_number<CHAINQUAL_RATIONING_LOWEST_RELATIVE_ORDER_FIRST, Rationing::lowest_relative_order_first>);
static_assert(same_number<CHAINQUAL_INPUTS_AUTOMATIC, InputGroups::automatic> &&
              same_number<CHAINQUAL_INPUTS_GIVEN, InputGroups::given>);
static_assert(same_number<CHAINQUAL_INPUTS_SECTOR, InputGroups::sector> &&
              same_number<CHAINQUAL_INPUTS_SEGMENT, InputGroups::segment>);
static_assert(same_number<CHAINQUAL_INPUTS_ENTERPRISE, InputGroups::enterprise>);

// In C zero is the default, so here the two stand the other way round than in the library.
DistressVariant variant_of(std::int32_t variant) {
  if (variant == CHAINQUAL_DISTRESS_UNLIMITED) return DistressVariant::unlimited;
  if (variant == CHAINQUAL_DISTRESS_ONCE) return DistressVariant::once;
  throw_unknown_number(variant, "variant");
}

Need need_of(std::int32_t need) {
  if (need == 0) return Need::essential;
  if (need == -1) return Need::negligible;
  return enumerator<Need>(need, "need");
}

}  // namespace

LinearOptions options_of(const chainqual_linear_options* options) {
  const auto own = settled(options);
  const Directions directions = directions_of(own.directions);
  LinearOptions result;
  result.downstream = directions.downstream;
  result.upstream = directions.upstream;
  result.capped = own.uncapped == 0;
  result.tolerance = given_or(own.tolerance, result.tolerance);
  result.max_sweeps = given_or(own.max_sweeps, result.max_sweeps);
  return result;
}

CascadeOptions options_of(const chainqual_cascade_options* options) {
  const auto own = settled(options);
  CascadeOptions result;
  result.essentiality.otherwise = need_of(own.need);
  result.essentiality.sectors = own.sectors_in_table;
  result.essentiality.by_sector = vector_of(own.need_by_sector, "need_by_sector");
  result.essentiality.by_link = vector_of(own.need_by_link, "need_by_link");
  result.sectors = vector_of(own.sectors, "sectors");
  result.revenue = vector_of(own.revenue, "revenue");
  result.final_demand = vector_of(own.final_demand, "final_demand");
  result.cost = vector_of(own.cost, "cost");
  result.replaceability = enumerator<Replaceability>(own.replaceability, "replaceability");
  result.market = vector_of(own.market, "market");
  result.tolerance = own.until_rest != 0 ? 0.0 : given_or(own.tolerance, result.tolerance);
  result.max_steps = given_or(own.max_steps, result.max_steps);
  result.weight = vector_of(own.weight, "weight");
  return result;
}

ContagionOptions options_of(const chainqual_contagion_options* options) {
  const auto own = settled(options);
  const Directions directions = directions_of(own.directions);
  ContagionOptions result;
  result.downstream = directions.downstream;
  result.upstream = directions.upstream;
  result.runs = given_or(own.runs, result.runs);
  result.first_run = own.first_run;
  result.seed = given_or(own.seed, result.seed);
  result.max_steps = own.max_steps;
  result.level = given_or(own.level, result.level);
  auto quantiles = vector_of(own.quantiles, "quantiles");
  if (!quantiles.empty()) result.quantiles = std::move(quantiles);
  result.weight = vector_of(own.weight, "weight");
  result.downstream_probability = vector_of(own.downstream_probability, "downstream_probability");
  result.upstream_probability = vector_of(own.upstream_probability, "upstream_probability");
  return result;
}

DistressOptions options_of(const chainqual_distress_options* options) {
  const auto own = settled(options);
  const Directions directions = directions_of(own.directions);
  DistressOptions result;
  result.variant = variant_of(own.variant);
  result.downstream = directions.downstream;
  result.upstream = directions.upstream;
  result.tolerance = given_or(own.tolerance, result.tolerance);
  result.max_steps = given_or(own.max_steps, result.max_steps);
  result.spectral_radius = own.no_spectral_radius == 0;
  result.downstream_exposure = vector_of(own.downstream_exposure, "downstream_exposure");
  result.upstream_exposure = vector_of(own.upstream_exposure, "upstream_exposure");
  result.weight = vector_of(own.weight, "weight");
  return result;
}

DynamicsOptions options_of(const chainqual_dynamics_options* options) {
  const auto own = settled(options);
  DynamicsOptions result;
  result.days = given_or(own.days, result.days);
  result.stock_days = given_or(own.stock_days, result.stock_days);
  result.stock_days_each = vector_of(own.stock_days_each, "stock_days_each");
  result.poisson_stock = own.poisson_stock != 0;
  result.poisson_floor = given_or(own.poisson_floor, result.poisson_floor);
  result.seed = given_or(own.seed, result.seed);
  result.smoothing_days = given_or(own.smoothing_days, result.smoothing_days);
  result.rationing = enumerator<Rationing>(own.rationing, "rationing");
  result.inputs = enumerator<InputGroups>(own.inputs, "inputs");
  result.sectors = vector_of(own.sectors, "sectors");
  result.final_demand = vector_of(own.final_demand, "final_demand");
  result.days_per_year = given_or(own.days_per_year, result.days_per_year);
  result.working_level = given_or(own.working_level, result.working_level);
  result.settled_change = given_or(own.settled_change, result.settled_change);
  result.weight = vector_of(own.weight, "weight");
  result.record = own.record_every != 0 ? DynamicsRecord::enterprises : DynamicsRecord::totals;
  result.record_every = given_or(own.record_every, result.record_every);
  return result;
}

InoperabilityOptions options_of(const chainqual_inoperability_options* options) {
  const auto own = settled(options);
  const Directions directions = directions_of(own.directions);
  InoperabilityOptions result;
  result.days = given_or(own.days, result.days);
  result.steps_per_day = given_or(own.steps_per_day, result.steps_per_day);
  result.downstream = directions.downstream;
  result.upstream = directions.upstream;
  result.capped = own.uncapped == 0;
  result.initial = vector_of(own.initial, "initial");
  result.resilience = vector_of(own.resilience, "resilience");
  result.recovery_days = given_or(own.recovery_days, result.recovery_days);
  result.recovery_days_each = vector_of(own.recovery_days_each, "recovery_days_each");
  result.recovered_share = given_or(own.recovered_share, result.recovered_share);
  result.settled_change = given_or(own.settled_change, result.settled_change);
  result.weight = vector_of(own.weight, "weight");
  result.record_every = own.record_every;
  return result;
}

// Options of models that are not asked for are not even read.
ModelOptions options_of(const chainqual_model_options* options) {
  const auto own = settled(options);
  ModelOptions result;
  result.model = enumerator<Model>(own.model, "model");
  if (result.model == Model::linear) result.linear = options_of(own.linear);
  if (result.model == Model::cascade) result.cascade = options_of(own.cascade);
  if (result.model == Model::contagion) result.contagion = options_of(own.contagion);
  if (result.model == Model::distress) result.distress = options_of(own.distress);
  if (result.model == Model::dynamics) result.dynamics = options_of(own.dynamics);
  if (result.model == Model::inoperability) result.inoperability = options_of(own.inoperability);
  return result;
}

std::vector<Disruption> disruptions_of(const chainqual_disruption* disruptions, std::uint64_t count) {
  std::vector<Disruption> result;
  for (const auto& one : entries(disruptions, count, "disruptions")) {
    Disruption made{EnterpriseId{one.enterprise}, one.magnitude, one.start, one.duration, {}};
    made.recovery.kind = enumerator<RecoveryKind>(one.recovery, "recovery");
    made.recovery.days = one.recovery_days;
    const auto table = entries(one.table, one.table_count, "table");
    made.recovery.table.assign(table.begin(), table.end());
    result.push_back(std::move(made));
  }
  return result;
}

}  // namespace chainqual::capi
