#include "chainqual/chain/nearest.hpp"
#include "chainqual/register/conflicts.hpp"
#include "core.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// The row of a number; the Error names the nearest ones.
template <class R>
const R& numbered(const std::vector<R>& rows, std::string_view number) {
  Nearest nearest(number);
  for (const R& row : rows) {
    if (row.number == number) return row;
    nearest.offer(row.number);
  }
  const auto near = std::move(nearest).take();
  const std::string shown = shown_value(number);
  throw Error(
      ErrorCode::not_found,
      {"“" + std::string(TableOf<R>::zh) + "”中没有 " + shown +
           (near.empty() ? "：请用 list 查看编号。" : "：相近的有 " + quoted_list(near, "、") + "。"),
       "Table " + std::string(TableOf<R>::name) + " holds no " + shown +
           (near.empty() ? ": see the numbers in its list." : ": the nearest are " + quoted_list(near, ", ") + ".")});
}

}  // namespace

Access Store::access(std::string_view result, std::string_view unit, Date day) {
  const Dossier dossier = state_->content(false);
  return access_to(dossier, numbered(dossier.results, result), unit, day);
}

std::vector<SegmentCoverage> Store::coverage(Date day) {
  return v1::coverage(state_->content(false), day);
}

std::vector<Proposal> Store::proposals() {
  const Dossier dossier = state_->content(false);
  std::vector<Proposal> ranked;
  for (const ProposalRank& rank : ranked_proposals(dossier)) ranked.push_back({*rank.project, rank.contributed});
  return ranked;
}

std::vector<Licence> Store::conflicts(std::string_view licence) {
  const Dossier dossier = state_->content(false);
  std::vector<Licence> found;
  for (const Licence* other : conflicts_of(dossier, numbered(dossier.licences, licence))) found.push_back(*other);
  return found;
}

}  // namespace v1
}  // namespace chainqual
