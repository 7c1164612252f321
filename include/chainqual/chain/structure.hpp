#pragma once

// Structure of a chain, one kernel a header. Those over Boost concepts run on a Chain's graph() and on a Network alike.

#include "chainqual/chain/articulation.hpp"   // articulation points and bridges of the undirected view
#include "chainqual/chain/betweenness.hpp"    // exact, and sampled with a bound
#include "chainqual/chain/components.hpp"     // cycles, supply order, sources
#include "chainqual/chain/concentration.hpp"  // suppliers of an input, regions
#include "chainqual/chain/dominators.hpp"     // whom nobody can do without
#include "chainqual/chain/network_graph.hpp"  // Network as a Boost graph
#include "chainqual/chain/single_source.hpp"  // inputs and products with one supplier
