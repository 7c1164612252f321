#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/impact/assess_report.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/io/network_file.hpp"
#include "chainqual/register/dossier.hpp"

// What Python's Chain, Network and Report hold. Kernels read these without the GIL, so none of them is ever changed in
// place while someone else may hold it.

namespace chainqual::python {

/// A chain with its registers. A kernel or report takes `content` and so keeps the chain as it was; a change that comes
/// meanwhile is made on a copy.
struct DossierBox {
  std::shared_ptr<Dossier> content = std::make_shared<Dossier>();
  Findings findings;  ///< of the reading, warnings and infos

  /// The chain, for changing. Called with the GIL held, as all copies of `content` are made and dropped.
  [[nodiscard]] Dossier& editable() {
    if (content.use_count() > 1) content = std::make_shared<Dossier>(*content);
    return *content;
  }
  [[nodiscard]] std::shared_ptr<const Dossier> shared() const { return content; }
};

/// A network with the names of what stands in it; immutable.
struct NetworkBox {
  StoredNetwork stored;
  std::shared_ptr<const Dossier> dossier;  ///< the chain that it was made from, or null

  [[nodiscard]] const Network& network() const noexcept { return stored.network; }
};

/// An assessment and the chain as it was when it was made; immutable.
struct ReportBox {
  std::shared_ptr<const Dossier> dossier;
  AssessReport report;
};

/// Names for explanations: of the chain, else the stored keys. The box must outlive the result.
[[nodiscard]] WhyNames names_of(const NetworkBox& box);

/// The enterprise that a number or a text (id, credit code, name) means.
///
/// @throws Error{out_of_range} a number beyond the network. Error{unknown_reference} a text that no enterprise has, or
///         that several have; the message gives the nearest keys.
[[nodiscard]] EnterpriseId enterprise_of(const NetworkBox& box, pybind11::handle value);
[[nodiscard]] EnterpriseId enterprise_of(const Dossier& dossier, pybind11::handle value);

}  // namespace chainqual::python
