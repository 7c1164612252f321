#pragma once

#include "chainqual/impact/systemic_risk.hpp"
