#pragma once

// Small dossiers for tests of assessments, and what they are made of.

#include <string>
#include <utility>
#include <vector>

#include "chainqual/register/dossier.hpp"

namespace chainqual::dossiers {

inline Enterprise enterprise(const std::string& id, Stage stage, const std::string& segment,
                             std::vector<std::string> products = {}) {
  Enterprise made;
  made.id = made.name = id;
  made.stage = stage;
  if (!segment.empty()) made.segments = {segment};
  made.products = std::move(products);
  return made;
}

inline Link link(double value, Evidence evidence = Evidence::documented) {
  Link made;
  made.value = value;
  made.evidence = evidence;
  return made;
}

inline ScoreRow score(const std::string& problem, const std::string& expert, const char* impact, const char* diffusion,
                      const char* urgency) {
  return {problem, expert, Decimal::from_string(impact), Decimal::from_string(diffusion), Decimal::from_string(urgency),
          ""};
}

/// cells (c1, c2) → packs (p1) → cars (v1, v2): c1 supplies three quarters of what p1 buys, p1 all that v1 and half of
/// what v2 buys; t1 supplies the other half.
inline Dossier battery() {
  Dossier dossier;
  Chain& chain = dossier.chain;
  chain.add_segment({"cells", "电芯", "cells", Stage::upstream, "", {}, false, ""});
  chain.add_segment({"tyres", "轮胎", "tyres", Stage::upstream, "", {}, false, ""});
  chain.add_segment({"packs", "电池包", "packs", Stage::midstream, "", {}, false, ""});
  chain.add_segment({"cars", "整车", "cars", Stage::downstream, "", {}, true, ""});
  chain.add_enterprise(enterprise("c1", Stage::upstream, "cells", {"cell"}));
  chain.add_enterprise(enterprise("c2", Stage::upstream, "cells", {"cell"}));
  chain.add_enterprise(enterprise("t1", Stage::upstream, "tyres", {"tyre"}));
  chain.add_enterprise(enterprise("p1", Stage::midstream, "packs", {"pack"}));
  chain.add_enterprise(enterprise("v1", Stage::downstream, "cars", {"sedan"}));
  chain.add_enterprise(enterprise("v2", Stage::downstream, "cars", {"van"}));
  chain.add_link("c1", "p1", link(3));
  chain.add_link("c2", "p1", link(1));
  chain.add_link("p1", "v1", link(4));
  chain.add_link("p1", "v2", link(2, Evidence::inferred));
  chain.add_link("t1", "v2", link(2, Evidence::inferred));
  return dossier;
}

inline Problem problem(const std::string& number, std::vector<std::string> enterprises,
                       Grade declared = Grade::ungraded) {
  Problem made;
  made.number = number;
  made.name = number;
  made.enterprises = std::move(enterprises);
  made.declared = declared;
  return made;
}

}  // namespace chainqual::dossiers
