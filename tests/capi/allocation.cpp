// Every allocation of a whole assessment, and of a whole mitigation, fails once: the call that met it says so, what it
// made is freed, nothing else changes.
//
// This program's own malloc (under a sanitizer: operator new) stands in the place of the system's for the shared
// library too. The n-th allocation after arming fails, alone or with all that follow it.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "small_chain.h"

namespace {

std::atomic<bool> armed{false};
std::atomic<bool> lasting{false};
std::atomic<std::int64_t> left{0};
std::atomic<std::int64_t> held{0};  // allocations that were not freed

bool fails() noexcept {
  if (!armed.load(std::memory_order_relaxed)) return false;
  const std::int64_t rest = left.fetch_sub(1, std::memory_order_relaxed);
  return rest == 1 || (rest < 1 && lasting.load(std::memory_order_relaxed));
}

}  // namespace

// A sanitizer keeps malloc for itself; operator new it leaves to the program.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define FAIL_IN_OPERATOR_NEW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FAIL_IN_OPERATOR_NEW 1
#endif
#endif

#if defined(FAIL_IN_OPERATOR_NEW)

namespace {

void* take(std::size_t size, std::size_t alignment) {
  if (fails()) throw std::bad_alloc();
  size = (size + 15) / 16 * 16 + (size == 0 ? 16 : 0);
  void* const place = alignment <= 16 ? std::malloc(size)
                                      : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (place == nullptr) throw std::bad_alloc();
  held.fetch_add(1, std::memory_order_relaxed);
  return place;
}

void give_back(void* place) noexcept {
  if (place != nullptr) held.fetch_sub(1, std::memory_order_relaxed);
  std::free(place);
}

}  // namespace

void* operator new(std::size_t size) {
  return take(size, 0);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return take(size, static_cast<std::size_t>(alignment));
}
// A sanitizer has these of its own too, and they would not meet in ours.
void* operator new[](std::size_t size) {
  return take(size, 0);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return take(size, 0);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* place) noexcept {
  give_back(place);
}
void operator delete[](void* place) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete(void* place, const std::nothrow_t&) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t, std::align_val_t) noexcept {
  give_back(place);
}

#else

// glibc's own functions under their second names; operator new stands on malloc.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* place, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* place);

static void* counted(void* place) {
  if (place != nullptr) held.fetch_add(1, std::memory_order_relaxed);
  return place;
}

void* malloc(std::size_t size) {
  return fails() ? nullptr : counted(__libc_malloc(size));
}
void* calloc(std::size_t count, std::size_t size) {
  return fails() ? nullptr : counted(__libc_calloc(count, size));
}
void* realloc(void* place, std::size_t size) {
  if (fails()) return nullptr;
  if (place == nullptr) return counted(__libc_malloc(size));
  return __libc_realloc(place, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return fails() ? nullptr : counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** place, std::size_t alignment, std::size_t size) {
  void* const made = aligned_alloc(alignment, size);
  if (made == nullptr) return 12;
  *place = made;
  return 0;
}
void free(void* place) {
  if (place != nullptr) held.fetch_sub(1, std::memory_order_relaxed);
  __libc_free(place);
}
}

#endif

namespace {

struct Document {
  char text[1 << 16];
  std::uint64_t size = 0;
};

// A whole assessment: chain from JSON, checked, frozen, assessed, explained, written.
chainqual_status assess_all(const Document& chain_json, const chainqual_executor* executor, chainqual_error* error,
                            Document& report_json) {
  static const char scenario[] = R"({"name": "s", "shocks": [{"enterprise": "steel"}]})";
  static const double shock[5] = {0, 0.5, 0, 0.2, 0};
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  control.executor = executor;
  chainqual_chain* chain = nullptr;
  chainqual_findings* findings = nullptr;
  chainqual_network* network = nullptr;
  chainqual_scenarios* scenarios = nullptr;
  chainqual_placed_scenario* placed = nullptr;
  chainqual_model_run* run = nullptr;
  chainqual_explanation* why = nullptr;
  chainqual_report* report = nullptr;
  double index[5];
  chainqual_systemic_risk_result risk = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
  risk.index = index;
  risk.capacity = 5;
  chainqual_assess_options options = CHAINQUAL_ASSESS_OPTIONS_INIT;
  options.stability_draws = 8;
  chainqual_status status = chainqual_findings_create(&findings, error);
  control.findings = findings;
  const auto then = [&](auto&& call) {
    if (status == CHAINQUAL_OK) status = call();
  };
  then([&] {
    return chainqual_chain_from_json(chain_json.text, chain_json.size - 1, nullptr, nullptr, &control, &chain, error);
  });
  then([&] { return chainqual_validate(chain, nullptr, &control, findings, error); });
  then([&] { return chainqual_network_of(chain, 0, &control, &network, error); });
  then([&] { return chainqual_systemic_risk(network, nullptr, &control, &risk, error); });
  then([&] {
    return chainqual_scenarios_from_json(scenario, sizeof scenario - 1, nullptr, &control, &scenarios, error);
  });
  then([&] { return chainqual_lasting(shock, 5, &placed, error); });
  then([&] { return chainqual_propagate(network, placed, nullptr, &control, &run, error); });
  then([&] { return chainqual_why(network, placed, 4, nullptr, nullptr, chain, &control, &why, error); });
  options.scenarios = scenarios;
  then([&] { return chainqual_assess(chain, &options, &control, &report, error); });
  then([&] {
    return chainqual_report_json(report, report_json.text, sizeof report_json.text, &report_json.size, error);
  });
  chainqual_report_free(report);
  chainqual_explanation_free(why);
  chainqual_model_run_free(run);
  chainqual_placed_scenario_free(placed);
  chainqual_scenarios_free(scenarios);
  chainqual_network_free(network);
  chainqual_chain_free(chain);
  chainqual_findings_free(findings);
  return status;
}

// What else makes handles from a chain: registers filled, measures suggested, added and chosen, scenarios run many
// times, weights varied.
chainqual_status choose_all(const Document& chain_json, const chainqual_executor* executor, chainqual_error* error,
                            Document& measures_json) {
  static const double shock[5] = {0, 0.5, 0, 0.2, 0};
  static const double cost = 3;
  static const char* const solved[1] = {"P1"};
  chainqual_control control = CHAINQUAL_CONTROL_INIT;
  control.executor = executor;
  chainqual_chain* chain = nullptr;
  chainqual_chain* copy = nullptr;
  chainqual_measures* measures = nullptr;
  chainqual_mitigation* mitigation = nullptr;
  chainqual_network* network = nullptr;
  chainqual_placed_scenario* placed = nullptr;
  chainqual_ensemble_result* ensemble = nullptr;
  chainqual_project project = CHAINQUAL_PROJECT_INIT;
  project.number = "J1, with a number that no string holds in itself";
  project.problems = {solved, 1};
  chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
  measure.kind = CHAINQUAL_MEASURE_PROJECT;
  measure.problems = {solved, 1};
  measure.cost = &cost;
  chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
  options.budget = 5;
  chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
  study.draws = 8;
  const chainqual_score score{{5, 1}, {3, 1}, {4, 1}};
  chainqual_kept_share kept{};
  const chainqual_expert_score row{"P1", "an expert of so long a name that it takes memory", score};
  chainqual_status status =
      chainqual_chain_from_json(chain_json.text, chain_json.size - 1, nullptr, nullptr, &control, &chain, error);
  const auto then = [&](auto&& call) {
    if (status == CHAINQUAL_OK) status = call();
  };
  then([&] { return chainqual_chain_copy(chain, &copy, error); });
  then([&] { return chainqual_chain_add_project(copy, &project, error); });
  then([&] { return chainqual_chain_add_panel(copy, &row, 1, &control, error); });
  then([&] { return chainqual_chain_remove_links(copy, 0, 1, nullptr, nullptr, error); });
  then([&] { return chainqual_suggest_measures(copy, nullptr, &control, &measures, error); });
  then([&] { return chainqual_measures_add(measures, &measure, error); });
  then([&] { return chainqual_mitigate(copy, measures, nullptr, &options, &control, &mitigation, error); });
  then([&] { return chainqual_network_of(chain, 0, &control, &network, error); });
  then([&] { return chainqual_lasting(shock, 5, &placed, error); });
  then([&] {
    const chainqual_placed_scenario* const twice[2] = {placed, placed};
    return chainqual_ensemble_of_scenarios(network, twice, 2, nullptr, nullptr, &control, &ensemble, error);
  });
  then([&] {
    return chainqual_weight_stability(nullptr, &score, 1, &study, &control, nullptr, 0, nullptr, &kept, error);
  });
  then([&] {
    return chainqual_measures_to_json(measures, measures_json.text, sizeof measures_json.text, &measures_json.size,
                                      error);
  });
  chainqual_ensemble_result_free(ensemble);
  chainqual_placed_scenario_free(placed);
  chainqual_network_free(network);
  chainqual_mitigation_free(mitigation);
  chainqual_measures_free(measures);
  chainqual_chain_free(copy);
  chainqual_chain_free(chain);
  return status;
}

Document chain_document;
Document expected;
Document found;

using Work = chainqual_status (*)(const Document&, const chainqual_executor*, chainqual_error*, Document&);

// One run whose n-th allocation fails; whether it met that allocation.
bool run_with_failure(Work work, std::int64_t n, bool and_all_later, const chainqual_executor* executor) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  found.size = 0;
  const std::int64_t before = held.load();
  lasting.store(and_all_later);
  left.store(n);
  armed.store(true);
  const chainqual_status status = work(chain_document, executor, &error, found);
  armed.store(false);
  const bool met = left.load() <= 0;
  if (!met) {
    CHECK(status == CHAINQUAL_OK);
    return false;
  }
  // Nothing is left behind. Where a failure could be made up for (a hint, a smaller buffer) the result is the same.
  if (held.load() != before) std::fprintf(stderr, "allocation %lld leaks\n", static_cast<long long>(n));
  CHECK(held.load() == before);
  if (status == CHAINQUAL_OK) {
    CHECK(found.size == expected.size && std::memcmp(found.text, expected.text, found.size) == 0);
  } else {
    if (status != CHAINQUAL_OUT_OF_MEMORY) {
      std::fprintf(stderr, "allocation %lld: %s: %s\n", static_cast<long long>(n), chainqual_status_name(status),
                   error.message);
    }
    CHECK(status == CHAINQUAL_OUT_OF_MEMORY && error.code == CHAINQUAL_OUT_OF_MEMORY && error.message[0] != '\0');
    CHECK(found.size == 0);
  }
  return true;
}

// Every allocation of some work failing, alone and with all later ones.
void fail_everywhere(const char* what, Work work, const chainqual_executor* executor) {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  for (int k = 0; k < 2; ++k) CHECK_OK(work(chain_document, executor, &error, expected));  // statics come to be
  std::int64_t n = 1;
  std::int64_t out_of_memory = 0;
  for (; run_with_failure(work, n, false, executor); ++n) out_of_memory += found.size == 0;
  CHECK(n > 1000 && out_of_memory > n / 2);
  // And with every allocation failing from the n-th on: nothing may be needed to tell of it.
  std::int64_t m = 1;
  for (; run_with_failure(work, m, true, executor); m += m < 500 ? 1 : 7) continue;
  CHECK(m >= n);
  CHECK_OK(work(chain_document, executor, &error, found));
  CHECK(found.size == expected.size && std::memcmp(found.text, expected.text, found.size) == 0);
  std::printf("%s: %lld allocations, %lld of which a call could not do without\n", what, static_cast<long long>(n - 1),
              static_cast<long long>(out_of_memory));
}

}  // namespace

int main() {
  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_executor* executor = nullptr;
  CHECK_OK(chainqual_thread_pool_create(1, 0, &executor, &error));
  chainqual_chain* chain = small_chain();
  CHECK_OK(
      chainqual_chain_to_json(chain, chain_document.text, sizeof chain_document.text, &chain_document.size, &error));
  chainqual_chain_free(chain);
  fail_everywhere("assess", assess_all, executor);
  fail_everywhere("choose", choose_all, executor);
  chainqual_executor_free(executor);
  return CHECK_END();
}
