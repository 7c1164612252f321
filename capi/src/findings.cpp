#include "buffers.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "options.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_INFO == static_cast<int>(FindingLevel::info));
static_assert(CHAINQUAL_WARNING == static_cast<int>(FindingLevel::warning));
static_assert(CHAINQUAL_ERROR == static_cast<int>(FindingLevel::error));

namespace {

const Finding& finding_at(const chainqual_findings* findings, uint64_t index) {
  const auto& kept = capi::required(findings, "findings").findings.kept();
  capi::require_index(index, kept.size());
  return kept[static_cast<std::size_t>(index)];
}

}  // namespace

chainqual_status chainqual_findings_create(chainqual_findings** findings, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(findings, "findings"); });
}

void chainqual_findings_free(chainqual_findings* findings) {
  delete findings;
}

uint64_t chainqual_findings_count(const chainqual_findings* findings, int32_t level) {
  if (findings == nullptr || level < CHAINQUAL_INFO || level > CHAINQUAL_ERROR) return 0;
  return findings->findings.count(static_cast<FindingLevel>(level));
}

uint64_t chainqual_findings_total(const chainqual_findings* findings) {
  return findings == nullptr ? 0 : findings->findings.total();
}

uint64_t chainqual_findings_kept(const chainqual_findings* findings) {
  return findings == nullptr ? 0 : findings->findings.kept().size();
}

chainqual_status chainqual_findings_get(const chainqual_findings* findings, uint64_t index, chainqual_finding* finding,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Finding& found = finding_at(findings, index);
    chainqual_finding out = CHAINQUAL_FINDING_INIT;
    out.level = static_cast<int32_t>(found.level);
    out.code = static_cast<chainqual_status>(found.code);
    out.record = found.where.record;
    out.line = found.where.line;
    out.byte = found.where.byte;
    out.file = found.where.file.c_str();
    out.column = found.where.column.c_str();
    out.value = found.value.c_str();
    out.rule_zh = found.rule.zh.c_str();
    out.rule_en = found.rule.en.c_str();
    out.fix_zh = found.fix.zh.c_str();
    out.fix_en = found.fix.en.c_str();
    capi::hand_over(out, &capi::required(finding, "finding"));
  });
}

chainqual_status chainqual_findings_text(const chainqual_findings* findings, uint64_t index, int32_t language,
                                         char* buffer, uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    capi::hand_over_text(to_string(finding_at(findings, index), capi::language_of(language)), buffer, capacity, size);
  });
}
