#pragma once

#include "chainqual/impact/shock.hpp"
