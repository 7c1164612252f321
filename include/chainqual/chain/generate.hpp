#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/chain/stage.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/random.hpp"

namespace chainqual {
inline namespace v1 {

/// How the ids of a synthetic chain lie to one another; it decides how well caches serve.
enum class Layout : std::uint8_t {
  random_order,  ///< ids shuffled: a customer may be anywhere
  local,         ///< ids in tier order, and nine customers in ten near the supplier's place
};

template <>
struct Names<Layout> {
  static constexpr std::array<Name<Layout>, 2> table{{
      {Layout::random_order, "random_order", "随机次序", "random order", "random"},
      {Layout::local, "local", "局部集中", "local"},
  }};
};

/// What a synthetic chain is like. Equal options give equal chains on every machine (values: see SyntheticChain).
struct GenerateOptions {
  std::uint32_t enterprises = 1000;  ///< 0 … 2^32 − 2
  double mean_degree = 9.0;          ///< links per enterprise, >= 0; reached in the mean, see SyntheticChain
  double exponent = 2.3;             ///< of the out-degrees' power law, 0 … 10
  std::uint32_t degree_cap = 128;    ///< most links a supplier can have, 1 … 2^20
  double preference =
      0.5;  ///< of customers: chosen ∝ rank^−preference, 0 (uniform) … 0.9; 0.5 as preferential attachment
  Layout layout = Layout::random_order;
  std::uint32_t tiers = 12;     ///< links lead to later tiers; 1: no order at all, cycles everywhere
  double cyclic_share = 0.0;    ///< share of links that lead to the own or an earlier tier, 0 … 1; 0: acyclic
  std::uint32_t segments = 12;  ///< at least 3, at most 65,536
  std::uint32_t sectors = 80;   ///< 1 … 65,536
  double value_median = 100.0;  ///< of the links' log-normal values, 1e-6 … 1e12
  double value_spread = 1.0;    ///< standard deviation of the values' logarithm, 0 … 5
  std::uint64_t seed = 1;
  friend bool operator==(const GenerateOptions&, const GenerateOptions&) = default;
};

/// What one enterprise of a synthetic chain is.
struct GeneratedEnterprise {
  Stage stage = Stage::upstream;
  std::uint32_t tier = 0;
  std::uint32_t segment = 0;  ///< 0 … segments − 1; each segment belongs to one stage
  std::uint32_t sector = 0;   ///< 0 … sectors − 1
  std::string_view region;    ///< GB/T 2260 province code
  friend bool operator==(const GeneratedEnterprise&, const GeneratedEnterprise&) = default;
};

/// The links of some consecutive suppliers, by supplier and then customer. Valid during the visit only.
struct LinkBlock {
  std::uint32_t first_supplier = 0;
  std::uint32_t last_supplier = 0;  ///< one past
  std::uint64_t first_link = 0;  ///< links visited before; the LinkId of the first where the visit began at supplier 0
  std::span<const std::uint32_t> supplier;
  std::span<const std::uint32_t> customer;
  std::span<const float> value;

  [[nodiscard]] LinkColumns columns() const { return {supplier, customer, value, {}, {}}; }
};

/// A synthetic chain that is nowhere stored: every enterprise and its links are computed from the seed alone when asked
/// for, in any order, on any thread, in O(1) memory.
///
/// Structure. Enterprises stand at places 0 … n−1, cut into tiers of equal size, the tiers into stages. A supplier's
/// number of customers follows P(k) ∝ k^−exponent up to the cap; the mean is reached by the law's lower end
/// (PowerLaw::with_mean), and the last tier, whose enterprises have no later tier, is made up for by the others. A link
/// leads forward, one tier with probability 1/2, two with 1/4 and so on, or with the asked probability to a tier drawn
/// from the own and the earlier ones. In its tier the customer is drawn by place with probability ∝ rank^−preference;
/// so a customer's number of suppliers has a power law of exponent 1 + 1/preference: 3, that of linear preferential
/// attachment, at 1/2. With Layout::local nine in ten links instead lead to a uniform place near the supplier's own, at
/// most 2,048 off. No supplier supplies itself, nor one customer twice: repeats are drawn again, and given up after 16
/// rounds, which only chains of few enterprises per tier see.
///
/// Everything but the values is integer arithmetic (where preference is 0 or 1/2) and 32-bit thresholds, hence the same
/// on every machine; values come from the platform's exp and log and may differ in a float's last bit.
class SyntheticChain {
 public:
  /// @throws Error{invalid_value} an option is outside its bounds; the message names it.
  /// @throws Error{invalid_value} mean_degree cannot be reached below degree_cap.
  explicit SyntheticChain(const GenerateOptions& options);

  [[nodiscard]] const GenerateOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::uint32_t enterprises() const noexcept { return options_.enterprises; }
  /// Tiers in fact: no more than enterprises.
  [[nodiscard]] std::uint32_t tiers() const noexcept { return tiers_; }

  /// What enterprise `i` is. @pre i < enterprises(). O(1).
  [[nodiscard]] GeneratedEnterprise enterprise(EnterpriseId i) const noexcept;
  /// The stage that a segment belongs to. @pre segment < options().segments.
  [[nodiscard]] Stage stage_of_segment(std::uint32_t segment) const noexcept;

  /// Appends the customers of `i`, rising, and the values of these links.
  ///
  /// @param i          i < enterprises().
  /// @param customers  out; what it holds is left alone.
  /// @param values     out; as many are appended.
  /// @throws std::bad_alloc.
  /// @complexity  O(d log d), d the number of links.
  /// @numerics See the class.
  /// @threads  Any number at once, with vectors of their own.
  /// @source  Configuration of expected in-degrees by rank (Chung and Lu, PNAS 99(25), 2002), cut into tiers; own
  /// design.
  /// @since 0.1, experimental.
  void append_links(EnterpriseId i, std::vector<std::uint32_t>& customers, std::vector<float>& values) const;

 private:
  /// A bijection of 0 … n−1 in both directions: rounds of odd multiplication and xor-shift on the bits that n needs,
  /// walked on until the result is below n.
  struct Shuffle {
    std::uint64_t n = 0;
    std::uint64_t mask = 0;
    unsigned shift = 1;
    std::array<std::uint64_t, 4> factor{};
    std::array<std::uint64_t, 4> inverse{};
    std::array<std::uint64_t, 4> offset{};

    Shuffle(std::uint64_t count, std::uint64_t seed);
    [[nodiscard]] std::uint32_t id_of(std::uint32_t place) const noexcept;
    [[nodiscard]] std::uint32_t place_of(std::uint32_t id) const noexcept;
  };

  [[nodiscard]] std::uint32_t id_of(std::uint32_t place) const noexcept;
  [[nodiscard]] std::uint32_t place_of(std::uint32_t id) const noexcept;
  [[nodiscard]] std::uint32_t tier_begin(std::uint32_t tier) const noexcept;
  [[nodiscard]] std::uint32_t tier_of(std::uint32_t place) const noexcept;
  [[nodiscard]] std::uint32_t draw_place(Stream& random, std::uint32_t place, std::uint32_t own_tier,
                                         std::uint32_t tier) const noexcept;
  template <class DrawTier>
  void append_customers(Stream& random, std::uint32_t place, std::uint32_t tier, std::size_t wanted, DrawTier draw_tier,
                        std::vector<std::uint32_t>& customers) const;

  GenerateOptions options_;
  std::uint32_t tiers_;
  std::uint64_t backward_below_ = 0;  ///< a link leads backward when the upper half of its word is below this
  PowerLaw degrees_;
  Shuffle shuffle_;
};

/// Which suppliers to visit, and in blocks of how many; neither changes a link.
struct GenerateRange {
  std::uint32_t first = 0;
  std::uint32_t last = std::numeric_limits<std::uint32_t>::max();  ///< one past; beyond the last enterprise: all
  std::uint32_t suppliers_per_block = 16384;
};

/// Streams the links of a synthetic chain in supplier order; 100 million take the memory of a few blocks.
///
/// @param chain    what to generate.
/// @param visit    called with one block after another, on the calling thread; what it throws stops the work.
/// @param range    suppliers to visit; a part gives exactly the links that the whole gives there.
/// @param control  executor, cancel, progress (by suppliers).
/// @throws Error{invalid_argument} suppliers_per_block is 0.
/// @throws Error{cancelled}, std::bad_alloc, and what `visit` throws.
/// @complexity  O(n + m log(m / n)) time; O(threads · block) memory.
/// @numerics The same links for any range, block and number of threads.
/// @threads  Blocks are made on the control's executor and visited in order by the caller.
/// @source  SyntheticChain.
/// @since 0.1, experimental.
void generate_links(const SyntheticChain& chain, const std::function<void(const LinkBlock&)>& visit,
                    const GenerateRange& range = {}, const Control& control = {});
/// The same for a chain that is described only.
void generate_links(const GenerateOptions& options, const std::function<void(const LinkBlock&)>& visit,
                    const GenerateRange& range = {}, const Control& control = {});

/// The synthetic chain as a network with stage, segment and sector columns. LinkIds are the stream's positions.
///
/// @param options  what to generate.
/// @param control  executor, cancel, progress.
/// @throws Error{invalid_value} an option is outside its bounds.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity  O(n + m log(m / n)) time; some 30 bytes a link beside the result while building.
/// @numerics The same bits for any number of threads.
/// @threads  Kernels run on the control's executor.
/// @source  SyntheticChain, build_network.
/// @since 0.1, experimental.
[[nodiscard]] Network generate_network(const GenerateOptions& options, const Control& control = {});

/// What enterprise `i` of the chain is; for many, make one SyntheticChain and ask it.
/// @throws Error{invalid_value} an option is outside its bounds. Error{out_of_range} i is none of the chain's
/// enterprises.
[[nodiscard]] GeneratedEnterprise generated_enterprise(const GenerateOptions& options, EnterpriseId i);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/generate-inl.hpp"
