#include "chainqual/impact/cascade.hpp"

#include "buffers.hpp"
#include "models.hpp"
#include "network.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_NEED_NEGLIGIBLE == static_cast<int>(chainqual::Need::negligible));
static_assert(CHAINQUAL_NEED_ORDINARY == static_cast<int>(chainqual::Need::ordinary));
static_assert(CHAINQUAL_NEED_ESSENTIAL == static_cast<int>(chainqual::Need::essential));
static_assert(CHAINQUAL_NEED_NOT_GIVEN == chainqual::Essentiality::not_given);
static_assert(CHAINQUAL_REPLACEABILITY_NONE == static_cast<int>(chainqual::Replaceability::none));
static_assert(CHAINQUAL_REPLACEABILITY_SECTOR == static_cast<int>(chainqual::Replaceability::sector));
static_assert(CHAINQUAL_REPLACEABILITY_MARKET == static_cast<int>(chainqual::Replaceability::market));

namespace chainqual::capi {
namespace {

Need need_of(std::int32_t need) {
  if (need == 0) return Need::essential;
  if (need == -1) return Need::negligible;
  return enumerator<Need>(need, "need");
}

}  // namespace

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

}  // namespace chainqual::capi
