#pragma once

#include "chainqual/impact/cascade.hpp"
