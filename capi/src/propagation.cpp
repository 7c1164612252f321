#include "propagation.hpp"

#include <algorithm>
#include <vector>

namespace chainqual::capi {

Directions directions_of(std::uint32_t bits) {
  constexpr std::uint32_t both = CHAINQUAL_DOWNSTREAM | CHAINQUAL_UPSTREAM;
  if (bits > both) throw_unknown_number(bits, "directions");
  if (bits == 0) bits = both;
  return {(bits & CHAINQUAL_DOWNSTREAM) != 0, (bits & CHAINQUAL_UPSTREAM) != 0};
}

PropagationOut::PropagationOut(chainqual_propagation* result, std::uint32_t enterprises,
                               std::initializer_list<Bytes> inputs)
    : result_(&required(result, "result")), own_(settled(result)), enterprises_(enterprises) {
  for (const double* buffer : {own_.downstream, own_.upstream, own_.combined}) {
    if (buffer != nullptr && own_.capacity < enterprises) throw_too_small(own_.capacity, enterprises);
  }
  require_apart({Bytes::of(own_.downstream, enterprises), Bytes::of(own_.upstream, enterprises),
                 Bytes::of(own_.combined, enterprises)},
                inputs);
}

bool PropagationOut::wants_losses() const noexcept {
  return own_.downstream != nullptr || own_.upstream != nullptr || own_.combined != nullptr;
}

void PropagationOut::size_only() {
  own_.size = enterprises_;
  hand_over(own_, result_);
}

void PropagationOut::write(const Propagation& losses) {
  const auto missing = [&](const double* buffer, const std::vector<double>& column) {
    return buffer != nullptr && column.size() != enterprises_;
  };
  if (missing(own_.downstream, losses.downstream) || missing(own_.upstream, losses.upstream)) {
    throw_wrong_use("为某个方向给了缓冲区，而该方向没有计算。",
                    "There is a buffer for a direction that was not computed.");
  }
  const auto copy = [](const std::vector<double>& column, double* buffer) {
    if (buffer != nullptr) std::copy(column.begin(), column.end(), buffer);
  };
  copy(losses.downstream, own_.downstream);
  copy(losses.upstream, own_.upstream);
  copy(losses.combined, own_.combined);
  own_.size = enterprises_;
  own_.index_downstream = losses.index_downstream;
  own_.index_upstream = losses.index_upstream;
  own_.index = losses.index;
  own_.steps = losses.steps;
  own_.last_change = losses.last_change;
  own_.converged = losses.converged ? 1 : 0;
  hand_over(own_, result_);
}

}  // namespace chainqual::capi
