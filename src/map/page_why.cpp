#include "page_why.hpp"

#include "chainqual/chain/network_of.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {
namespace {

/// Names that turn the direction of writing keep it to themselves, so that the sentence round them stays readable.
WhyNames names_in_sentences(const Chain& chain) {
  WhyNames names = names_of_chain(chain);
  const auto apart = [](auto name) {
    return [name](auto id, Language language) { return chart::isolated(name(id, language)); };
  };
  names.enterprise = apart(names.enterprise);
  names.segment = apart(names.segment);
  return names;
}

}  // namespace

std::vector<Why> explanations(const Dossier& dossier, const AssessReport& report, std::uint32_t paths,
                              const Control& control) {
  std::vector<Why> found;
  const ModelOptions& model = report.options.propagation;
  if (model.model != Model::linear) return found;
  const Network net = network_of(dossier.chain, control);
  const WhyNames names = names_in_sentences(dossier.chain);
  WhyOptions options;
  options.along = report.options.measure == LossKind::upstream ? Along::upstream : Along::downstream;
  options.paths = paths;
  options.separate_sources = 20;  // more would not be read in a side panel
  options.linear = model.linear;
  const std::vector<double>& losses =
      options.along == Along::upstream ? report.losses.upstream : report.losses.downstream;
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    throw_if_cancelled(control);
    if (losses[i] > 0) found.push_back(why(net, report.shock, EnterpriseId{i}, options, names));
  }
  return found;
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
