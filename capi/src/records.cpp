#include "records.hpp"

#include "buffers.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_ROLE_MEMBER == static_cast<int>(chainqual::Role::member));
static_assert(CHAINQUAL_ROLE_OWNER == static_cast<int>(chainqual::Role::owner));
static_assert(CHAINQUAL_LADDER_UNSTATED == static_cast<int>(chainqual::Ladder::unstated));
static_assert(CHAINQUAL_LADDER_LEADER == static_cast<int>(chainqual::Ladder::leader));
static_assert(CHAINQUAL_LADDER_FOLLOWER == static_cast<int>(chainqual::Ladder::follower));
static_assert(CHAINQUAL_SIZE_UNSTATED == static_cast<int>(chainqual::EnterpriseSize::unstated));
static_assert(CHAINQUAL_SIZE_LARGE == static_cast<int>(chainqual::EnterpriseSize::large));
static_assert(CHAINQUAL_SIZE_MEDIUM == static_cast<int>(chainqual::EnterpriseSize::medium));
static_assert(CHAINQUAL_SIZE_SMALL == static_cast<int>(chainqual::EnterpriseSize::small));
static_assert(CHAINQUAL_SIZE_MICRO == static_cast<int>(chainqual::EnterpriseSize::micro));
static_assert(CHAINQUAL_EVIDENCE_DOCUMENTED == static_cast<int>(chainqual::Evidence::documented));
static_assert(CHAINQUAL_EVIDENCE_INFERRED == static_cast<int>(chainqual::Evidence::inferred));

namespace chainqual::capi {

std::vector<std::string> list_of(const chainqual_strings& list, const char* parameter) {
  std::vector<std::string> result;
  for (const char* const item : entries(list.items, list.count, parameter)) result.emplace_back(text_of(item));
  return result;
}

std::optional<double> number_of(const double* number) {
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<Decimal> decimal_of(const char* text) {
  return text_of(text).empty() ? std::nullopt : std::optional(Decimal::from_string(text));
}

Link link_of(const chainqual_link* link) {
  const auto own = settled(link);
  Link result;
  result.product = text_of(own.product);
  result.value = number_of(own.value);
  result.dependency = number_of(own.dependency);
  result.escape = number_of(own.escape);
  result.kind = text_of(own.kind);
  result.evidence = enumerator<Evidence>(own.evidence, "evidence");
  result.source = text_of(own.source);
  result.product_en = text_of(own.product_en);
  return result;
}

Enterprise enterprise_of(const chainqual_enterprise* enterprise) {
  const auto own = settled(&required(enterprise, "enterprise"));
  Enterprise made;
  made.id = text_of(own.id);
  made.credit_code = text_of(own.credit_code);
  made.name = text_of(own.name);
  made.name_en = text_of(own.name_en);
  made.stage = enumerator<Stage>(own.stage, "stage");
  made.segments = list_of(own.segments, "segments");
  made.region = text_of(own.region);
  made.city = text_of(own.city);
  made.role = enumerator<Role>(own.role, "role");
  made.ladder = enumerator<Ladder>(own.ladder, "ladder");
  made.products = list_of(own.products, "products");
  made.weight = number_of(own.weight);
  made.source = text_of(own.source);
  made.size = enumerator<EnterpriseSize>(own.size, "size");
  made.products_en = list_of(own.products_en, "products_en");
  return made;
}

}  // namespace chainqual::capi
