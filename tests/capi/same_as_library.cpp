// The C interface gives what the C++ library gives, to the bit, with every option given and with none: the models.

#include "same_as_library.hpp"

#include <cstring>
#include <vector>

#include "chainqual/impact/propagate.hpp"

namespace chainqual::capi_test {
namespace {

TEST_F(SameAsLibrary, TheNetwork) {
  chainqual_network_arrays arrays = CHAINQUAL_NETWORK_ARRAYS_INIT;
  ok(chainqual_network_get_arrays(handle, &arrays, &error));
  ASSERT_EQ(arrays.links, net.links());
  EXPECT_EQ(std::memcmp(arrays.out_targets, net.out_targets().data(), net.out_targets().size_bytes()), 0);
  EXPECT_EQ(std::memcmp(arrays.in_values, net.in_values().data(), net.in_values().size_bytes()), 0);
}

TEST_F(SameAsLibrary, Linear) {
  auto result = out();
  ok(chainqual_linear(handle, shock.data(), n, nullptr, nullptr, &result, &error));
  same(result, linear(net, shock));
  chainqual_linear_options options = CHAINQUAL_LINEAR_OPTIONS_INIT;
  options.tolerance = 1e-3;
  options.max_sweeps = 2;
  LinearOptions expected;
  expected.tolerance = 1e-3;
  expected.max_sweeps = 2;
  result = out();
  ok(chainqual_linear(handle, shock.data(), n, &options, nullptr, &result, &error));
  same(result, linear(net, shock, expected));
}

TEST_F(SameAsLibrary, Cascade) {
  auto result = out();
  ok(chainqual_cascade(handle, shock.data(), n, nullptr, nullptr, &result, &error));
  same(result, cascade(net, shock));
  chainqual_cascade_options options = CHAINQUAL_CASCADE_OPTIONS_INIT;
  const std::vector<std::uint8_t> by_link(net.links(), 1);
  options.need = CHAINQUAL_NEED_ORDINARY;
  options.need_by_link = {by_link.data(), by_link.size()};
  options.replaceability = CHAINQUAL_REPLACEABILITY_SECTOR;
  options.final_demand = column(demand);
  options.weight = column(weight);
  options.tolerance = 1e-4;
  options.max_steps = 50;
  CascadeOptions expected;
  expected.essentiality = Essentiality::all(Need::ordinary);
  expected.essentiality.by_link = by_link;
  expected.replaceability = Replaceability::sector;
  expected.final_demand = demand;
  expected.weight = weight;
  expected.tolerance = 1e-4;
  expected.max_steps = 50;
  result = out();
  ok(chainqual_cascade(handle, shock.data(), n, &options, nullptr, &result, &error));
  same(result, cascade(net, shock, expected));
}

TEST_F(SameAsLibrary, Contagion) {
  auto result = out();
  ok(chainqual_contagion(handle, shock.data(), n, nullptr, nullptr, &result, &error));
  same(result, contagion(net, shock));
  chainqual_contagion_options options = CHAINQUAL_CONTAGION_OPTIONS_INIT;
  const std::vector<double> chance(net.links(), 0.3);
  options.runs = 200;
  options.first_run = 64;
  options.seed = 7;
  options.max_steps = 3;
  options.weight = column(weight);
  options.downstream_probability = options.upstream_probability = column(chance);
  ContagionOptions expected;
  expected.runs = 200;
  expected.first_run = 64;
  expected.seed = 7;
  expected.max_steps = 3;
  expected.weight = weight;
  expected.downstream_probability = expected.upstream_probability = chance;
  result = out();
  ok(chainqual_contagion(handle, shock.data(), n, &options, nullptr, &result, &error));
  same(result, contagion(net, shock, expected));
}

TEST_F(SameAsLibrary, Distress) {
  auto result = out();
  ok(chainqual_distress(handle, shock.data(), n, nullptr, nullptr, &result, &error));
  same(result, distress(net, shock));
  chainqual_distress_options options = CHAINQUAL_DISTRESS_OPTIONS_INIT;
  const std::vector<double> exposure(net.links(), 0.25);
  options.variant = CHAINQUAL_DISTRESS_ONCE;
  options.max_steps = 4;
  options.no_spectral_radius = 1;
  options.weight = column(weight);
  options.downstream_exposure = options.upstream_exposure = column(exposure);
  DistressOptions expected;
  expected.variant = DistressVariant::once;
  expected.max_steps = 4;
  expected.spectral_radius = false;
  expected.weight = weight;
  expected.downstream_exposure = expected.upstream_exposure = exposure;
  result = out();
  ok(chainqual_distress(handle, shock.data(), n, &options, nullptr, &result, &error));
  same(result, distress(net, shock, expected));
}

TEST_F(SameAsLibrary, Dynamics) {
  chainqual_disruption disruption{};
  disruption.enterprise = 3;
  disruption.start = 2;
  disruption.duration = 9;
  disruption.recovery = CHAINQUAL_RECOVERY_S_CURVE;
  disruption.recovery_days = 12;
  disruption.magnitude = 0.8;
  const std::vector<Disruption> given{{EnterpriseId{3}, 0.8, 2, 9, {RecoveryKind::s_curve, 12, {}}}};
  auto result = out();
  ok(chainqual_dynamics(handle, &disruption, 1, nullptr, nullptr, &result, &error));
  same(result, dynamics(net, given));
  chainqual_dynamics_options options = CHAINQUAL_DYNAMICS_OPTIONS_INIT;
  options.days = 40;
  options.stock_days = 5;
  options.smoothing_days = 3;
  options.rationing = CHAINQUAL_RATIONING_HOUSEHOLDS_LAST;
  options.inputs = CHAINQUAL_INPUTS_ENTERPRISE;
  options.final_demand = column(demand);
  options.days_per_year = 250;
  options.weight = column(weight);
  options.poisson_stock = 1;
  options.seed = 4;
  DynamicsOptions expected;
  expected.days = 40;
  expected.stock_days = 5;
  expected.smoothing_days = 3;
  expected.rationing = Rationing::households_last;
  expected.inputs = InputGroups::enterprise;
  expected.final_demand = demand;
  expected.days_per_year = 250;
  expected.weight = weight;
  expected.poisson_stock = true;
  expected.seed = 4;
  result = out();
  ok(chainqual_dynamics(handle, &disruption, 1, &options, nullptr, &result, &error));
  same(result, dynamics(net, given, expected));
}

TEST_F(SameAsLibrary, Inoperability) {
  const std::vector<double> table{0.5, 0.25};
  chainqual_disruption disruption{};
  disruption.enterprise = 5;
  disruption.duration = 3;
  disruption.recovery = CHAINQUAL_RECOVERY_TABLE;
  disruption.magnitude = 0.6;
  disruption.table = table.data();
  disruption.table_count = table.size();
  const std::vector<Disruption> given{{EnterpriseId{5}, 0.6, 0, 3, {RecoveryKind::table, 0, table}}};
  auto result = out();
  ok(chainqual_inoperability(handle, &disruption, 1, nullptr, nullptr, &result, &error));
  same(result, inoperability(net, given));
  chainqual_inoperability_options options = CHAINQUAL_INOPERABILITY_OPTIONS_INIT;
  options.days = 30;
  options.steps_per_day = 2;
  options.initial = column(shock);
  options.recovery_days = 20;
  options.recovered_share = 0.05;
  options.weight = column(weight);
  InoperabilityOptions expected;
  expected.days = 30;
  expected.steps_per_day = 2;
  expected.initial = shock;
  expected.recovery_days = 20;
  expected.recovered_share = 0.05;
  expected.weight = weight;
  result = out();
  ok(chainqual_inoperability(handle, &disruption, 1, &options, nullptr, &result, &error));
  same(result, inoperability(net, given, expected));
}

TEST_F(SameAsLibrary, PropagateTellsDaysAndNotes) {
  chainqual_placed_scenario* placed = nullptr;
  ok(chainqual_lasting(shock.data(), n, &placed, &error));
  for (const auto& row : Names<Model>::table) {
    chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
    options.model = static_cast<int32_t>(row.value);
    ModelOptions expected;
    expected.model = row.value;
    const ModelRun run = propagate(net, lasting(shock), expected);
    chainqual_model_run* given = nullptr;
    ok(chainqual_propagate(handle, placed, &options, nullptr, &given, &error));
    auto result = out();
    ok(chainqual_model_run_losses(given, &result, &error));
    same(result, run);
    std::vector<double> daily(run.daily.size());
    if (!daily.empty()) {
      ok(chainqual_model_run_f64(given, CHAINQUAL_COLUMN_DAILY, daily.data(), daily.size(), nullptr, &error));
    }
    EXPECT_EQ(daily, run.daily);
    ASSERT_EQ(chainqual_model_run_notes(given), run.notes.size());
    for (std::size_t k = 0; k < run.notes.size(); ++k) {
      const char* note = nullptr;
      ok(chainqual_model_run_note(given, k, CHAINQUAL_ZH, &note, &error));
      EXPECT_EQ(note, run.notes[k].zh);
    }
    chainqual_model_run_free(given);
  }
  chainqual_placed_scenario_free(placed);
}

}  // namespace
}  // namespace chainqual::capi_test
