#pragma once

#include <filesystem>
#include <string>

#include "chainqual/chain/chain.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The chain's graph as GraphML (nodes are enterprises, edges supply links), for Gephi, yEd, NetworkX, igraph.
///
/// Written by boost::write_graphml with typed attributes. Numbers have all their digits and a point whatever the
/// locale; an absent number is NaN, an absent text is empty. Lists are joined by "; ". Control characters, which
/// XML 1.0 cannot hold, appear as their pictures (␍).
///
/// @param chain  enterprises and links.
/// @returns the document, UTF-8; equal chains give equal bytes.
/// @throws  none but std::bad_alloc.
/// @complexity  O(n + m).
/// @numerics    Doubles as the shortest text that reads back to the same bits.
/// @threads     Reads only.
/// @source      GraphML 1.0 (Brandes et al. 2002) through Boost.Graph.
/// @since 0.1, experimental.
[[nodiscard]] std::string to_graphml(const Chain& chain);

/// The chain's graph in the DOT language of Graphviz: one box an enterprise, stages left to right in ranks, links with
/// their product.
///
/// Names are quoted so that Graphviz shows them as they are: quotes, backslashes, line breaks, entities such as &amp;
/// and words of the language (node, graph) included. Inferred links are dashed.
///
/// @param chain     enterprises and links.
/// @param language  which name of an enterprise labels it; the Chinese one where the English is empty.
/// @returns the document, UTF-8.
/// @throws  none but std::bad_alloc.
/// @complexity  O(n + m).
/// @numerics    none.
/// @threads     Reads only.
/// @source      The DOT language, Graphviz documentation, through Boost.Graph.
/// @since 0.1, experimental.
[[nodiscard]] std::string to_dot(const Chain& chain, Language language = Language::zh);

/// Writes `to_graphml(chain)` or `to_dot(chain)` by the suffix of `path` (.graphml or .xml; .dot or .gv), beside and
/// then renamed.
///
/// @param chain  enterprises and links.
/// @param path   the file.
/// @throws Error{invalid_argument}  another suffix.
/// @throws Error{io_failure}        the system refused; what stood at `path` is unchanged.
/// @complexity  O(n + m).
/// @numerics    as to_graphml.
/// @threads     Reads only.
/// @source      as to_graphml and to_dot.
/// @since 0.1, experimental.
void write_graph(const Chain& chain, const std::filesystem::path& path);

}  // namespace v1
}  // namespace chainqual
