#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What can be done against losses.
enum class MeasureKind : std::uint8_t { alternate, stock, project };

template <>
struct Names<MeasureKind> {
  static constexpr std::array<Name<MeasureKind>, 3> table{{
      {MeasureKind::alternate, "alternate", "备选供方", "qualified alternate"},
      {MeasureKind::stock, "stock", "备货", "stock days"},
      {MeasureKind::project, "project", "攻关项目", "breakthrough project"},
  }};
};

/// Part of what a customer draws from one supplier comes from another in future.
struct Alternate {
  std::string customer;          ///< id, credit code or name, as the two others
  std::string supplier;          ///< who supplies it now
  std::string alternate;         ///< who is to supply part of it; a supplier of the customer already, or a new one
  double share = 0;              ///< of the present link that moves, in [0, 1]
  std::optional<double> escape;  ///< of what moves; absent: the alternate's own link's, else the present link's
  friend bool operator==(const Alternate&, const Alternate&) = default;
};

/// An enterprise holds more of every input. The model `dynamics` alone knows stocks.
struct ExtraStock {
  std::string enterprise;
  double days = 0;  ///< of use, ≥ 0, beside what it holds now
  friend bool operator==(const ExtraStock&, const ExtraStock&) = default;
};

/// Registered problems are solved, wholly or in part.
struct Breakthrough {
  std::string project;                ///< number of a project of the dossier; may be empty where problems are listed
  std::vector<std::string> problems;  ///< numbers; empty: the project's own
  double effect = 1;                  ///< share of their shocks that vanishes, in [0, 1]
  friend bool operator==(const Breakthrough&, const Breakthrough&) = default;
};

/// One measure and its price. Of the three records the one of its kind counts.
struct Measure {
  MeasureKind kind = MeasureKind::alternate;
  Alternate alternate;
  ExtraStock stock;
  Breakthrough project;
  std::optional<double> cost;  ///< 10 000 yuan, ≥ 0; absent: see `MitigationOptions`
  std::string name;            ///< may be empty
  std::string name_en;
  std::string note;
  Location where;  ///< in the file it was read from
  friend bool operator==(const Measure&, const Measure&) = default;
};

/// What `suggest_measures` proposes.
struct SuggestOptions {
  bool projects = true;             ///< of the dossier, with a problem that is not solved
  bool alternates = true;           ///< for inputs with one source
  bool same_product = true;         ///< alternates must list the product of the link; false: its segment is enough
  std::size_t most_alternates = 3;  ///< for one input
  double share = 0.5;               ///< that an alternate takes over, in [0, 1]
  double stock_days = 0;            ///< for customers with an input of one source; 0: no stocks are proposed
  double effect = 1;                ///< of projects, in [0, 1]
  friend bool operator==(const SuggestOptions&, const SuggestOptions&) = default;
};

/// Measures that the chain itself suggests, none of them priced but projects whose budget is known.
///
/// Projects that are not refused, accepted or archived and have a problem that is not solved. For every input that a
/// customer has from one supplier only (`single_sources`), alternates: others that list the supplier's home segment and
/// the product that the link is of (where it names none: some product of the supplier). Stocks for the customers of
/// such inputs. Whether an alternate is qualified is for people to say.
///
/// @param dossier  chain, problems and projects are read.
/// @param options  see `SuggestOptions`.
/// @param control  cancel.
/// @return projects in the order of their table; then, by customer and supplier, alternates in the order of the
///         chain; then stocks by customer.
/// @throws Error{invalid_argument} a share or effect outside [0, 1], stock days that are negative or not finite.
/// @throws Error as `network_of`.
/// @complexity O(n + m log m + inputs · makers of the product or members of the segment).
/// @numerics   None.
/// @threads    Reads only.
/// @source     Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Measure> suggest_measures(const Dossier& dossier, const SuggestOptions& options = {},
                                                    const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/measure-inl.hpp"
