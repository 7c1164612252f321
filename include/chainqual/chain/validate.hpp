#pragma once

#include <cstddef>
#include <string>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/name.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {

/// What `validate` looks at, and how it names places.
struct ValidateOptions {
  std::string enterprises_file = "enterprises.csv";  ///< `where.file` of findings about enterprises …
  std::string links_file = "links.csv";
  std::string institutions_file = "institutions.csv";
  std::size_t limit = 1000;             ///< findings kept; all are counted
  bool missing_codes = true;            ///< warn of enterprises without a credit code
  bool similar_names = true;            ///< warn of names that are alike after normalisation
  bool structure = true;                ///< cycles, isolated enterprises, single sources, reversed stages
  std::size_t cycle_members = 8;        ///< how many enterprises of a cycle a message names
  double input_share_tolerance = 1e-9;  ///< dependencies of one customer may sum to 1 + this
};

/// Everything that a chain's own rules say against it, in one pass over enterprises, links, segments, institutions and
/// the graph. Errors are what the kernels would refuse; warnings what is legal but likely a mistake; hints what is fine
/// and worth knowing. `where.record` is the position in the table from 1 (links: in the order added), `where.column`
/// the heading.
///
/// Errors: a credit code that is wrong (GB 32100-2015), written with lower case or full-width letters, or cut by a
/// spreadsheet; one code twice; unknown segments; unknown regions; values negative, NaN or infinite; shares outside [0,
/// 1]; negative weights. Warnings: missing or old codes, GB 11714's inner check; one name with two codes; names alike
/// after normalisation; self-supply; the same product twice between two enterprises; a downstream enterprise that
/// supplies an upstream one (any later stage an earlier one); an enterprise whose segment is of another stage;
/// dependencies of one customer that sum to more than 1; a product with a single supplier. Hints: cycles; isolated
/// enterprises.
///
/// @param chain    any chain.
/// @param options  which rules, names of the tables.
/// @param control  cancellation.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n log n + m log m) expected in the lengths of the texts.
/// @numerics Sums of shares in double in the order of the links, compared with the stated tolerance.
/// @threads Reads only.
/// @source GB 32100-2015, GB 11714-1997, GB/T 2260-2007; Unicode width forms.
/// @since 0.1, experimental.
[[nodiscard]] Findings validate(const Chain& chain, const ValidateOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/validate-inl.hpp"
