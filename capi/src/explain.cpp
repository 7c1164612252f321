#include <memory>

#include "buffers.hpp"
#include "chain.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/io/why_json.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "models.hpp"
#include "network.hpp"
#include "options.hpp"
#include "scenario.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_HOLDS_NOTHING == static_cast<int>(Holds::nothing));
static_assert(CHAINQUAL_HOLDS_OWN_SHOCK == static_cast<int>(Holds::own_shock));
static_assert(CHAINQUAL_HOLDS_ARRIVALS == static_cast<int>(Holds::arrivals));
static_assert(CHAINQUAL_HOLDS_ESSENTIAL == static_cast<int>(Holds::essential));
static_assert(CHAINQUAL_HOLDS_ORDINARY == static_cast<int>(Holds::ordinary));
static_assert(CHAINQUAL_HOLDS_STOCKS == static_cast<int>(Holds::stocks));
static_assert(CHAINQUAL_HOLDS_ORDERS == static_cast<int>(Holds::orders));
static_assert(CHAINQUAL_SPLIT_SUPERPOSITION == static_cast<int>(SplitRule::superposition));
static_assert(CHAINQUAL_SPLIT_REMOVE_ONE == static_cast<int>(SplitRule::remove_one));
static_assert(CHAINQUAL_SPLIT_ALONE == static_cast<int>(SplitRule::alone));
static_assert(CHAINQUAL_SPLIT_EQUAL == static_cast<int>(SplitRule::equal));
static_assert(CHAINQUAL_NONE == SegmentId::none().value);

/// An explanation, and what its document calls things by.
struct chainqual_explanation {
  Why why;
  std::shared_ptr<const Dossier> dossier;  ///< null: no chain was given
  KeyTable keys;                           ///< the network's
};

namespace {

WhyOptions options_of(const chainqual_why_options* options) {
  const auto own = capi::settled(options);
  WhyOptions result;
  result.along = capi::enumerator<Along>(own.along, "along");
  if (own.paths != 0) result.paths = own.paths < 0 ? 0 : static_cast<std::uint32_t>(own.paths);
  result.separate_sources = capi::given_or(own.separate_sources, result.separate_sources);
  return result;
}

WhyNames names_of(const std::shared_ptr<const Dossier>& dossier) {
  return dossier ? names_of_chain(dossier->chain) : WhyNames{};
}

/// @throws Error{shape_mismatch} the names would be another chain's.
void require_same(const Network& net, const std::shared_ptr<const Dossier>& dossier) {
  if (dossier && dossier->chain.enterprises() != net.enterprises()) {
    throw Error(ErrorCode::shape_mismatch, {"链与网络的企业数不同：网络不是由这条链得来的。",
                                            "The chain and the network have different numbers of enterprises: the "
                                            "network is not this chain's."});
  }
}

}  // namespace

chainqual_status chainqual_why(const chainqual_network* network, const chainqual_placed_scenario* scenario,
                               uint32_t enterprise, const chainqual_model_options* model,
                               const chainqual_why_options* options, const chainqual_chain* chain,
                               const chainqual_control* control, chainqual_explanation** explanation,
                               chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const PlacedScenario& placed = capi::required(scenario, "scenario").placed;
    const std::shared_ptr<const Dossier> dossier = chain == nullptr ? nullptr : capi::share(chain);
    require_same(net, dossier);
    Why found = why(net, placed, EnterpriseId{enterprise}, capi::options_of(model), options_of(options),
                    names_of(dossier), capi::control_of(control));
    capi::make_handle(explanation, "explanation", std::move(found), dossier, network->keys);
  });
}

void chainqual_explanation_free(chainqual_explanation* explanation) {
  delete explanation;
}

chainqual_status chainqual_explanation_figures(const chainqual_explanation* explanation, chainqual_why_figures* figures,
                                               chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Why& own = capi::required(explanation, "explanation").why;
    chainqual_why_figures out = CHAINQUAL_WHY_FIGURES_INIT;
    out.enterprise = own.enterprise.value;
    out.model = static_cast<int32_t>(own.model);
    out.along = static_cast<int32_t>(own.along);
    out.loss = own.loss;
    out.own = own.own;
    out.arrived = own.arrived;
    out.capped = own.capped ? 1 : 0;
    out.holds = static_cast<int32_t>(own.holds);
    out.rule = static_cast<int32_t>(own.rule);
    out.neighbour = own.binding.neighbour.value;
    out.neighbour_loss = own.binding.loss;
    out.segment = own.binding.segment.value;
    out.sector = own.binding.sector;
    out.segment_loss = own.binding.segment_loss;
    if (const auto& chance = own.chance) {
      out.runs = chance->runs;
      out.low = chance->low;
      out.high = chance->high;
    }
    if (const auto& worst = own.worst) {
      out.days = worst->days;
      out.worst_day = worst->day;
      out.worst_loss = worst->loss;
    }
    capi::hand_over(out, &capi::required(figures, "figures"));
  });
}

chainqual_status chainqual_explanation_sources(const chainqual_explanation* explanation,
                                               chainqual_source_share* sources, uint64_t capacity, uint64_t* size,
                                               chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_source_share> out;
    for (const SourceShare& one : capi::required(explanation, "explanation").why.sources) {
      out.push_back({one.source.value, 0, one.shock, one.loss, one.share, one.difference});
    }
    capi::hand_over(out, sources, capacity, size);
  });
}

uint64_t chainqual_explanation_paths(const chainqual_explanation* explanation) {
  return explanation == nullptr ? 0 : explanation->why.paths.size();
}

chainqual_status chainqual_explanation_path(const chainqual_explanation* explanation, uint64_t index,
                                            uint32_t* enterprises, uint64_t capacity, uint64_t* size, double* passed,
                                            double* loss, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& paths = capi::required(explanation, "explanation").why.paths;
    capi::require_index(index, paths.size());
    const LossPath& path = paths[static_cast<std::size_t>(index)];
    std::vector<std::uint32_t> ids;
    for (const EnterpriseId id : path.enterprises) ids.push_back(id.value);
    capi::hand_over(ids, enterprises, capacity, size);
    if (passed != nullptr) *passed = path.passed;
    if (loss != nullptr) *loss = path.loss;
  });
}

chainqual_status chainqual_explanation_sentence(const chainqual_explanation* explanation, int32_t language,
                                                const char** sentence, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Text& text = capi::required(explanation, "explanation").why.sentence;
    capi::required(sentence, "sentence") = text.in(capi::language_of(language)).c_str();
  });
}

uint64_t chainqual_explanation_notes(const chainqual_explanation* explanation) {
  return explanation == nullptr ? 0 : explanation->why.notes.size();
}

chainqual_status chainqual_explanation_note(const chainqual_explanation* explanation, uint64_t index, int32_t language,
                                            const char** note, chainqual_error* error) {
  return capi::guarded(
      error, [&] { capi::hand_over(capi::required(explanation, "explanation").why.notes, index, language, note); });
}

chainqual_status chainqual_why_json(const chainqual_explanation* explanation, char* buffer, uint64_t capacity,
                                    uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const chainqual_explanation& own = capi::required(explanation, "explanation");
    std::function<std::string(EnterpriseId)> key;
    if (own.dossier) {
      key = [&](EnterpriseId id) { return own.dossier->chain.enterprise(id).id; };
    } else if (!own.keys.empty()) {
      key = [&](EnterpriseId id) { return std::string(own.keys.key(id)); };
    }
    capi::hand_over_text(why_json(own.why, names_of(own.dossier), key), buffer, capacity, size);
  });
}
