#pragma once

#include <vector>

#include "chainqual.h"
#include "chainqual/impact/measure.hpp"

struct chainqual_measures {
  std::vector<chainqual::Measure> measures;
};
