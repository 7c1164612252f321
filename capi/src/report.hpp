#pragma once

#include <memory>
#include <vector>

#include "chainqual.h"
#include "chainqual/impact/assess_report.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/register/dossier.hpp"

/// A report with the content that was assessed, and its tables.
struct chainqual_report {
  std::shared_ptr<const chainqual::Dossier> dossier;
  chainqual::AssessReport report;
  std::vector<chainqual::ReportTable> tables;
};
