#pragma once

#include "chainqual/impact/linear.hpp"
