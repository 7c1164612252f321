#pragma once

#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {

/// A name as it is compared with others: full-width forms narrowed, letters lowered, blanks, punctuation and brackets
/// dropped, and the legal form (集团, 股份有限公司, 有限责任公司, 有限公司, 公司, Co., Ltd., Inc. …) taken off the end.
///
/// @param name  UTF-8.
/// @complexity O(length).
/// @numerics None.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::string normalised_name(std::string_view name);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/name-inl.hpp"
