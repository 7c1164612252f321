#pragma once

// Keeping a product apart from the sum it goes into.

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// `product` as it is, rounded: the compiler may not fuse it into an addition. So a sum of products has the same bits
/// whether the machine has fused multiply-add or not, which models that amplify deviations would show after some days.
inline double apart(double product) noexcept {
#if defined(__GNUC__) && defined(__SSE2__)
  __asm__("" : "+x"(product));
#elif defined(__GNUC__) && defined(__aarch64__)
  __asm__("" : "+w"(product));
#elif defined(__GNUC__)
  __asm__("" : "+m"(product));
#endif
  return product;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
