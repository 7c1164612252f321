// What a call through the C interface costs beside the C++ call: guard, copies of structs, checks of buffers.
//
// bench_capi [--calls=N]

#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "bench_common.hpp"
#include "chainqual.h"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace {

using namespace chainqual;

constexpr std::uint32_t small = 8;

/// A small network in both forms.
struct Networks {
  Network library;
  chainqual_network* handle = nullptr;

  Networks() {
    GenerateOptions options;
    options.enterprises = small;
    options.mean_degree = 2;
    library = generate_network(options);
    chainqual_generate_options same = CHAINQUAL_GENERATE_OPTIONS_INIT;
    same.enterprises = small;
    same.mean_degree = 2;
    bench::require(chainqual_generate_network(&same, nullptr, &handle, nullptr) == CHAINQUAL_OK, "generate");
  }
  ~Networks() { chainqual_network_free(handle); }
  Networks(const Networks&) = delete;
  Networks& operator=(const Networks&) = delete;
};

void compare(bench::Contest& contest, const std::string& what, double calls) {
  const double library = contest.seconds(what + ", C++") / calls;
  const double c = contest.seconds(what + ", C") / calls;
  std::printf("%-28s C++ %9.1f ns   C %9.1f ns   %+7.1f ns a call\n", what.c_str(), library * 1e9, c * 1e9,
              (c - library) * 1e9);
}

}  // namespace

int main(int argc, char** argv) {
  const int calls = std::stoi(bench::argument(argc, argv, "calls", "100000"));
  bench::print_conditions("C interface: cost of a call");
  bench::pin(0);
  const Networks networks;
  const SeverityModel model;
  const Score score{5, 4, 4};
  const chainqual_score c_score{{5, 1}, {4, 1}, {4, 1}};
  const std::vector<double> shock{0, 0.5, 0, 0, 0.25, 0, 0, 0};
  const std::array<std::uint8_t, 16> column{1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1};
  std::array<std::uint8_t, 16> grade{};
  std::array<std::uint16_t, 16> total{};
  std::array<double, small> loss{};

  bench::Contest contest;
  contest.enter("version, C", {}, [&] {
    for (int k = 0; k < calls; ++k) benchmark::DoNotOptimize(chainqual_version_number());
  });
  contest.enter("one grade, C++", {}, [&] {
    for (int k = 0; k < calls; ++k) benchmark::DoNotOptimize(model.grade(score));
  });
  contest.enter("one grade, C", {}, [&] {
    chainqual_error error = CHAINQUAL_ERROR_INIT;
    for (int k = 0; k < calls; ++k) {
      chainqual_severity severity;
      chainqual_severity_model_grade(nullptr, &c_score, &severity, &error);
      benchmark::DoNotOptimize(severity);
    }
  });
  contest.enter("a table of 16 rows, C++", {}, [&] {
    for (int k = 0; k < calls; ++k) grade_whole_scores(model, {column, column, column}, grade, total);
  });
  contest.enter("a table of 16 rows, C", {}, [&] {
    for (int k = 0; k < calls; ++k) {
      chainqual_grade_whole_scores(nullptr, column.data(), column.data(), column.data(), 16, nullptr, grade.data(),
                                   total.data(), 16, nullptr);
    }
  });
  contest.enter("linear, 8 enterprises, C++", {}, [&] {
    for (int k = 0; k < calls; ++k) benchmark::DoNotOptimize(linear(networks.library, shock));
  });
  contest.enter("linear, 8 enterprises, C", {}, [&] {
    chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
    result.combined = loss.data();
    result.capacity = small;
    for (int k = 0; k < calls; ++k) {
      chainqual_linear(networks.handle, shock.data(), small, nullptr, nullptr, &result, nullptr);
    }
  });
  contest.enter("an error, C++", {}, [&] {
    for (int k = 0; k < calls; ++k) {
      try {
        benchmark::DoNotOptimize(model.grade(Score{6, 1, 1}));
      } catch (const Error& error) {
        benchmark::DoNotOptimize(error.code());
      }
    }
  });
  contest.enter("an error, C", {}, [&] {
    const chainqual_score wrong{{6, 1}, {1, 1}, {1, 1}};
    chainqual_error error = CHAINQUAL_ERROR_INIT;
    for (int k = 0; k < calls; ++k) {
      chainqual_severity severity;
      benchmark::DoNotOptimize(chainqual_severity_model_grade(nullptr, &wrong, &severity, &error));
    }
  });
  contest.run();

  chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
  result.combined = loss.data();
  result.capacity = small;
  chainqual_linear(networks.handle, shock.data(), small, nullptr, nullptr, &result, nullptr);
  const LinearResult expected = linear(networks.library, shock);
  bench::require(std::memcmp(loss.data(), expected.combined.data(), sizeof loss) == 0, "losses differ");
  std::printf("version                                            C %9.1f ns\n",
              contest.seconds("version, C") / calls * 1e9);
  for (const char* what : {"one grade", "a table of 16 rows", "linear, 8 enterprises", "an error"}) {
    compare(contest, what, calls);
  }
  return 0;
}
