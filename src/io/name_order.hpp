#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Names in the order in which they are first met.
class NameOrder {
 public:
  std::size_t place(std::string_view name) {
    const auto [at, fresh] = places_.try_emplace(std::string(name), names.size());
    if (fresh) names.emplace_back(name);
    return at->second;
  }
  std::vector<std::string> names;

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
