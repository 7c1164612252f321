#pragma once

// What tests of explanations look at.

#include <string>
#include <vector>

#include "chainqual/impact/explain.hpp"

namespace impact_test {

inline std::vector<std::uint32_t> ids(const chainqual::LossPath& path) {
  std::vector<std::uint32_t> out;
  for (const chainqual::EnterpriseId id : path.enterprises) out.push_back(id.value);
  return out;
}

/// What the parts sum to.
inline double whole(const chainqual::Why& why) {
  double sum = 0;
  for (const chainqual::SourceShare& share : why.sources) sum += share.loss;
  return sum;
}

/// Factory A, B … in English, 甲厂, 乙厂 … in Chinese, and goods by number.
inline chainqual::WhyNames named() {
  chainqual::WhyNames names;
  names.enterprise = [](chainqual::EnterpriseId id, chainqual::Language language) {
    static const std::vector<std::string> stems{"甲", "乙", "丙", "丁", "戊", "己", "庚"};
    if (language == chainqual::Language::zh) return stems.at(id.index()) + "厂";
    return "Factory " + std::string(1, static_cast<char>('A' + id.value));
  };
  names.sector = [](std::uint32_t sector, chainqual::Language language) {
    return (language == chainqual::Language::zh ? "货物 " : "goods ") + std::to_string(sector);
  };
  return names;
}

}  // namespace impact_test
