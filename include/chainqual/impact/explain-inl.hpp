#pragma once

#include "chainqual/impact/explain.hpp"
