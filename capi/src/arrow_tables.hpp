#pragma once

#include "chainqual.h"
#include "chainqual/io/arrow.hpp"

struct chainqual_table {
  chainqual::ArrowTable table;
};
