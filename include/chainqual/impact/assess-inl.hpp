#pragma once

#include "chainqual/impact/assess.hpp"
