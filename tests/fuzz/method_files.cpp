// Any bytes are the input of a quality method, or an error with findings; what is read keeps its domain.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "attempt.hpp"
#include "chainqual/io/method_files.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::fuzz;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  table(content, failure_modes_from_table,
        [](const std::vector<FailureMode>& modes) { demand(rank_failure_modes(modes).size() == modes.size()); });
  table(content, priority_rules_from_table, [](const std::vector<PriorityRule>& rules) {
    for (const PriorityRule& rule : rules) demand(rule.severity_from >= 1 && rule.detection_to <= 10);
  });
  table(content, measurements_from_table, [](const Measurements& found) {
    demand(found.names.size() == found.samples.size());
    for (const auto& sample : found.samples) {
      demand(!sample.empty());
      for (const double value : sample) demand(std::isfinite(value));
    }
  });
  table(content, counts_from_table, [](const InspectionCounts& found) {
    demand(found.sizes.empty() || found.sizes.size() == found.counts.size());
    for (const double count : found.counts) demand(count >= 0 && std::isfinite(count));
  });
  attempt([&] {
    const FaultTree tree = fault_tree_from_json(content);
    for (const BasicEvent& event : tree.events) demand(event.probability >= 0 && event.probability <= 1);
    if (tree.gates.size() < 20 && tree.events.size() < 20) demand(analyse(tree).probability <= 1 + 1e-12);
  });
  return 0;
}
