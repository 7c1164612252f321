#pragma once

// Measures in a line each, for the tests of mitigation.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/impact/measure.hpp"

namespace impact_test {

inline chainqual::Measure alternate(std::string customer, std::string supplier, std::string other, double share,
                                    std::optional<double> cost) {
  chainqual::Measure made;
  made.alternate = {std::move(customer), std::move(supplier), std::move(other), share, {}};
  made.cost = cost;
  return made;
}

inline chainqual::Measure stock(std::string enterprise, double days, std::optional<double> cost) {
  chainqual::Measure made;
  made.kind = chainqual::MeasureKind::stock;
  made.stock = {std::move(enterprise), days};
  made.cost = cost;
  return made;
}

inline chainqual::Measure solving(std::vector<std::string> problems, double effect, std::optional<double> cost) {
  chainqual::Measure made;
  made.kind = chainqual::MeasureKind::project;
  made.project = {"", std::move(problems), effect};
  made.cost = cost;
  return made;
}

inline chainqual::Measure project(std::string number, double effect) {
  chainqual::Measure made;
  made.kind = chainqual::MeasureKind::project;
  made.project = {std::move(number), {}, effect};
  return made;
}

}  // namespace impact_test
