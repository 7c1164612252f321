#pragma once

#include <functional>
#include <string>

#include "chainqual/core/ids.hpp"
#include "chainqual/impact/explain.hpp"

namespace chainqual {
inline namespace v1 {

/// An explanation as one JSON object; equal explanations give equal bytes.
///
/// "format": "chainqual-why", "format_version": 1, then model, along, loss, own, arrived, capped, holds, rule (keys of
/// their enumerations); "enterprise"; "binding": neighbour, loss, segment, segment_loss, sector; "chance" {runs, level,
/// low, high} and "worst" {days, day, loss}; "sources": enterprise, shock, loss, share, difference; "paths":
/// enterprises, passed, loss; "notes" and "sentence" {zh, en}. Enterprises are {id, key, name}, segments {id, name},
/// sectors {id, name} with name {zh, en}; keys are only added within one version. What does not exist is null.
///
/// @param why    what to write.
/// @param names  for name; where a function is empty, null stands.
/// @param key    for the enterprises' key; may be empty.
/// @returns the document, UTF-8, indented by two spaces, ending in a line feed.
/// @throws what `names` and `key` throw; std::bad_alloc.
/// @complexity  O(content).
/// @numerics    Doubles as the shortest text that reads back to the same bits.
/// @threads     Reads only.
/// @source      RFC 8259.
/// @since 0.1, experimental.
[[nodiscard]] std::string why_json(const Why& why, const WhyNames& names = {},
                                   const std::function<std::string(EnterpriseId)>& key = {});

}  // namespace v1
}  // namespace chainqual
