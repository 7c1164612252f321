// Linear propagation beside Eigen, GraphBLAS, Boost's CSR graph and a plain hand-written CSR, on the same network.
//
// Sweeps: y = Dᵀ x over a synthetic chain (power-law degrees, preferential customers, log-normal values), for one
// vector and for sixteen, in random and in local order, cyclic. All in single precision; ours adds up in double. Ours
// works in the plan's own order of enterprises, as an iteration does; the others in the chain's. Solves: all losses to
// 1e-6 under one or sixteen shocks, from and to the chain's own order.
//
//   bench_linear [--n=1000000] [--degree=10] [--repetitions=7] [--solves=1] [--serve=FOLDER]
//
// --serve is for bench/peers/linear_scipy.py, so that both run in turn: it writes each network into the folder as raw
// arrays, names it on a line, and answers every line "one" or "sixteen" with the nanoseconds of one sweep of ours,
// until the line "next".

#include <Eigen/SparseCore>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <numeric>

#include "bench_common.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/linear_plan-inl.hpp"
#include "chainqual/impact/linear_plan.hpp"

#if defined(CHAINQUAL_GRAPHBLAS)
extern "C" {
#include <GraphBLAS.h>
}
#endif

namespace {

using namespace chainqual;
using EigenRows = Eigen::SparseMatrix<float, Eigen::RowMajor>;
using Sixteen = Eigen::Matrix<float, Eigen::Dynamic, 16, Eigen::RowMajor>;

struct Weight {
  float weight;
};
using BoostRows = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight, boost::no_property,
                                                     std::uint32_t, std::uint64_t>;

/// The rows of y = Dᵀ x as every CSR code wants them: customers' suppliers with single-precision weights.
struct Csr {
  std::uint32_t n = 0;
  LargeArray<std::uint64_t> offsets;
  LargeArray<std::uint32_t> ids;
  LargeArray<float> weights;

  explicit Csr(const Network& net)
      : n(net.enterprises()), offsets(n + std::size_t{1}), ids(net.links()), weights(net.links()) {
    const auto rows = impact_detail::make_rows(net, Along::downstream, impact_detail::Side::effect);
    std::copy(rows.offsets.begin(), rows.offsets.end(), offsets.data());
    std::copy(rows.neighbours.begin(), rows.neighbours.end(), ids.data());
    for (std::size_t k = 0; k < weights.size(); ++k) weights[k] = static_cast<float>(rows.weights[k]);
  }
};

void hand_one(const Csr& a, const float* x, float* y) {
  for (std::uint32_t v = 0; v < a.n; ++v) {
    float sum = 0;
    for (auto k = a.offsets[v]; k < a.offsets[v + 1]; ++k) sum += a.weights[k] * x[a.ids[k]];
    y[v] = sum;
  }
}

void hand_sixteen(const Csr& a, const float* x, float* y) {
  for (std::uint32_t v = 0; v < a.n; ++v) {
    float sums[16] = {};
    for (auto k = a.offsets[v]; k < a.offsets[v + 1]; ++k) {
      const float* from = x + 16 * std::size_t{a.ids[k]};
      for (std::size_t lane = 0; lane < 16; ++lane) sums[lane] += a.weights[k] * from[lane];
    }
    std::copy(sums, sums + 16, y + 16 * std::size_t{v});
  }
}

/// The usual iteration x ← min(1, s + A x) of a sparse library, to the same tolerance.
std::vector<float> eigen_solve(const EigenRows& matrix, const std::vector<float>& shock, double tolerance) {
  const auto n = static_cast<Eigen::Index>(shock.size());
  const Eigen::Map<const Eigen::VectorXf> s(shock.data(), n);
  Eigen::VectorXf x = s;
  Eigen::VectorXf next(n);
  for (int sweep = 0; sweep < 10'000; ++sweep) {
    next.noalias() = matrix * x;
    next = (next + s).cwiseMin(1.0F);
    const double change = static_cast<double>((next - x).cwiseAbs().maxCoeff());
    x.swap(next);
    if (change <= tolerance) break;
  }
  return {x.data(), x.data() + n};
}

#if defined(CHAINQUAL_GRAPHBLAS)
struct GraphBlas {
  GrB_Matrix a = nullptr;
  GrB_Vector x = nullptr, y = nullptr;
  GrB_Matrix wide_x = nullptr, wide_y = nullptr;

  GraphBlas(const Csr& csr, const float* one_x, const float* sixteen_x) {
    GxB_Global_Option_set(static_cast<GxB_Option_Field>(GxB_NTHREADS), 1);
    const GrB_Index n = csr.n;
    std::vector<GrB_Index> offsets(csr.offsets.data(), csr.offsets.data() + csr.offsets.size());
    std::vector<GrB_Index> ids(csr.ids.data(), csr.ids.data() + csr.ids.size());
    GrB_Matrix_import_FP32(&a, GrB_FP32, n, n, offsets.data(), ids.data(), csr.weights.data(), offsets.size(),
                           ids.size(), ids.size(), GrB_CSR_FORMAT);
    // Values of their own: GraphBLAS would notice a constant vector and never read it.
    std::vector<GrB_Index> places(n);
    std::iota(places.begin(), places.end(), GrB_Index{0});
    GrB_Vector_new(&x, GrB_FP32, n);
    GrB_Vector_new(&y, GrB_FP32, n);
    GrB_Vector_build_FP32(x, places.data(), one_x, n, GrB_PLUS_FP32);
    std::vector<GrB_Index> rows(n + 1);
    std::vector<GrB_Index> columns(16 * n);
    for (GrB_Index k = 0; k < columns.size(); ++k) columns[k] = k % 16;
    for (GrB_Index v = 0; v <= n; ++v) rows[v] = 16 * v;
    GrB_Matrix_import_FP32(&wide_x, GrB_FP32, n, 16, rows.data(), columns.data(), sixteen_x, rows.size(),
                           columns.size(), columns.size(), GrB_CSR_FORMAT);
    GrB_Matrix_new(&wide_y, GrB_FP32, n, 16);
    GrB_Vector_wait(x, GrB_MATERIALIZE);
    GrB_Matrix_wait(wide_x, GrB_MATERIALIZE);
    GrB_Matrix_wait(a, GrB_MATERIALIZE);
  }
  ~GraphBlas() {
    GrB_Matrix_free(&a);
    GrB_Vector_free(&x);
    GrB_Vector_free(&y);
    GrB_Matrix_free(&wide_x);
    GrB_Matrix_free(&wide_y);
  }
  GraphBlas(const GraphBlas&) = delete;
  GraphBlas& operator=(const GraphBlas&) = delete;
  void one() const { GrB_mxv(y, nullptr, nullptr, GrB_PLUS_TIMES_SEMIRING_FP32, a, x, nullptr); }
  void sixteen() const { GrB_mxm(wide_y, nullptr, nullptr, GrB_PLUS_TIMES_SEMIRING_FP32, a, wide_x, nullptr); }
  [[nodiscard]] float at(std::uint32_t v) const {
    float value = 0;
    GrB_Vector_extractElement_FP32(&value, y, v);
    return value;
  }
};
#endif

/// Everything on one network; made once, so that all contenders run in turn on the same data.
struct Data {
  Network net;
  Csr csr;
  LinearPlan plan;
  EigenRows eigen;
  BoostRows boost;
  LargeArray<float> x, y, wide_x, wide_y, plan_x, plan_y, plan_wide_x, plan_wide_y;
  LargeArray<float> eigen_out, eigen_wide_out;
  // Eigen reads and writes arrays of ours, so that it has huge pages too.
  Eigen::Map<Eigen::VectorXf> eigen_x, eigen_y;
  Eigen::Map<Sixteen> eigen_wide_x, eigen_wide_y;

  explicit Data(Network made)
      : net(std::move(made)),
        csr(net),
        plan(net),
        eigen(csr.n, csr.n),
        boost(make_boost(csr)),
        x(impact_detail::roomy(csr.n)),
        y(impact_detail::roomy(csr.n)),
        wide_x(16 * std::size_t{csr.n}),
        wide_y(16 * std::size_t{csr.n}),
        plan_x(impact_detail::roomy(plan.size())),
        plan_y(impact_detail::roomy(plan.size())),
        plan_wide_x(16 * plan.size()),
        plan_wide_y(16 * plan.size()),
        eigen_out(impact_detail::roomy(csr.n)),
        eigen_wide_out(16 * std::size_t{csr.n}),
        eigen_x(x.data(), csr.n),
        eigen_y(eigen_out.data(), csr.n),
        eigen_wide_x(wide_x.data(), csr.n, 16),
        eigen_wide_y(eigen_wide_out.data(), csr.n, 16) {
    eigen.reserve(static_cast<Eigen::Index>(csr.ids.size()));
    for (std::uint32_t v = 0; v < csr.n; ++v) {
      eigen.startVec(v);
      for (auto k = csr.offsets[v]; k < csr.offsets[v + 1]; ++k)
        eigen.insertBack(v, static_cast<Eigen::Index>(csr.ids[k])) = csr.weights[k];
    }
    eigen.finalize();
    for (auto* array : {&x, &y, &wide_x, &wide_y, &plan_x, &plan_y, &plan_wide_x, &plan_wide_y}) array->fill(0.5F);
    eigen_out.fill(0);
    eigen_wide_out.fill(0);
    // Not a constant vector, or an index mistake would go unseen.
    for (std::uint32_t v = 0; v < csr.n; ++v) {
      x[v] = plan_x[plan.places()[v]] = 0.25F + 0.5F * static_cast<float>(v % 64) / 64;
      for (std::size_t lane = 0; lane < 16; ++lane) {
        const float value = x[v] / static_cast<float>(lane + 1);
        wide_x[16 * std::size_t{v} + lane] = value;
        plan_wide_x[16 * std::size_t{plan.places()[v]} + lane] = value;
      }
    }
  }

  static BoostRows make_boost(const Csr& csr) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    std::vector<Weight> weights;
    edges.reserve(csr.ids.size());
    weights.reserve(csr.ids.size());
    for (std::uint32_t v = 0; v < csr.n; ++v) {
      for (auto k = csr.offsets[v]; k < csr.offsets[v + 1]; ++k) {
        edges.emplace_back(v, csr.ids[k]);
        weights.push_back({csr.weights[k]});
      }
    }
    return {boost::edges_are_sorted, edges.begin(), edges.end(), weights.begin(), csr.n};
  }

  void boost_one() {
    for (std::uint32_t v = 0; v < csr.n; ++v) {
      float sum = 0;
      const auto row = boost::out_edges(v, boost);
      for (auto edge = row.first; edge != row.second; ++edge) sum += boost[*edge].weight * x[target(*edge, boost)];
      y[v] = sum;
    }
  }

  void our_one() { plan.sweep({plan_x.data(), plan.size()}, {plan_y.data(), plan.size()}, alone()); }
  void our_sixteen() {
    plan.sweep16({plan_wide_x.data(), plan_wide_x.size()}, {plan_wide_y.data(), plan_wide_y.size()}, alone());
  }
  static Control alone() {
    Control control;
    control.executor = &inline_executor();
    return control;
  }

  /// The oracle: sums in double in the chain's own order.
  void check() {
    our_one();
    our_sixteen();
    hand_one(csr, x.data(), y.data());
    eigen_y.noalias() = eigen * eigen_x;
    for (std::uint32_t v = 0; v < csr.n; ++v) {
      double sum = 0;
      for (auto k = csr.offsets[v]; k < csr.offsets[v + 1]; ++k) {
        sum += static_cast<double>(csr.weights[k]) * static_cast<double>(x[csr.ids[k]]);
      }
      const std::size_t place = plan.places()[v];
      const auto near = [&](float value, double wanted) {
        return std::abs(static_cast<double>(value) - wanted) < 2e-5;
      };
      bench::require(near(plan_y[place], sum) && near(plan_wide_y[16 * place + 3], sum / 4), "our sweep");
      bench::require(near(y[v], sum) && near(eigen_y[v], sum), "a rival's sweep");
    }
  }
};

void sweeps(Data& data, const std::string& label, int repetitions) {
  const auto links = static_cast<double>(data.net.links());
  const double one_bytes = 8 * links + 8 * static_cast<double>(data.csr.n);
  const auto name = [&](const char* who) { return label + "/" + who; };
  bench::Contest contest;
  const bench::Work one{links, one_bytes};
  const bench::Work sixteen{16 * links, 8 * links + 64 * links + 64 * static_cast<double>(data.csr.n)};
  contest.enter(
      name("ours"), one, [&] { data.our_one(); }, repetitions);
  contest.enter(
      name("hand_csr"), one, [&] { hand_one(data.csr, data.x.data(), data.y.data()); }, repetitions);
  contest.enter(
      name("eigen"), one, [&] { data.eigen_y.noalias() = data.eigen * data.eigen_x; }, repetitions);
  contest.enter(
      name("boost_csr"), one, [&] { data.boost_one(); }, repetitions);
  contest.enter(
      name("ours_16"), sixteen, [&] { data.our_sixteen(); }, repetitions);
  contest.enter(
      name("hand_csr_16"), sixteen, [&] { hand_sixteen(data.csr, data.wide_x.data(), data.wide_y.data()); },
      repetitions);
  contest.enter(
      name("eigen_16"), sixteen, [&] { data.eigen_wide_y.noalias() = data.eigen * data.eigen_wide_x; }, repetitions);
#if defined(CHAINQUAL_GRAPHBLAS)
  const GraphBlas graphblas(data.csr, data.x.data(), data.wide_x.data());
  contest.enter(
      name("graphblas"), one, [&] { graphblas.one(); }, repetitions);
  contest.enter(
      name("graphblas_16"), sixteen, [&] { graphblas.sixteen(); }, repetitions);
#endif
  contest.run();
#if defined(CHAINQUAL_GRAPHBLAS)
  for (std::uint32_t v = 0; v < data.csr.n; v += 997) {
    const float wanted = data.plan_y[data.plan.places()[v]];
    bench::require(std::abs(graphblas.at(v) - wanted) < 2e-5F, "GraphBLAS's sweep");
  }
#endif
  std::printf("%s: n = %u, m = %.0f, ours stores %.2f entries and %.1f bytes a link\n", label.c_str(), data.csr.n,
              links, static_cast<double>(data.plan.stored()) / links, static_cast<double>(data.plan.memory()) / links);
  for (const char* who : {"ours", "hand_csr", "eigen", "graphblas", "boost_csr"})
    contest.print(name(who), name("ours"));
  for (const char* who : {"ours_16", "hand_csr_16", "eigen_16", "graphblas_16"})
    contest.print(name(who), name("ours_16"));
  std::printf("\n");
}

/// The same network with an escape share on every link, so that losses fade and any iteration ends soon.
Network with_escape(const Network& net, float escape) {
  struct Held {
    Network net;
    std::vector<float> escape;
  };
  auto held = std::make_shared<Held>(Held{net, std::vector<float>(net.links(), escape)});
  NetworkParts parts = net.parts();
  parts.escape = held->escape;
  parts.owner = held;
  return Network::from_parts(std::move(parts), PartsCheck::shape);
}

void solves(const Network& bare, const std::string& label, int repetitions) {
  const Network net = with_escape(bare, 0.7F);
  const Csr csr(net);
  const LinearPlan plan(net);
  EigenRows eigen(csr.n, csr.n);
  eigen.reserve(static_cast<Eigen::Index>(csr.ids.size()));
  for (std::uint32_t v = 0; v < csr.n; ++v) {
    eigen.startVec(v);
    for (auto k = csr.offsets[v]; k < csr.offsets[v + 1]; ++k)
      eigen.insertBack(v, static_cast<Eigen::Index>(csr.ids[k])) = csr.weights[k];
  }
  eigen.finalize();
  std::vector<float> shock(csr.n, 0.0F);
  for (std::uint32_t v = 0; v < csr.n; v += 97) shock[v] = 0.75F;
  const std::vector<double> shock_double(shock.begin(), shock.end());
  std::vector<float> many;
  for (int k = 0; k < 16; ++k) many.insert(many.end(), shock.begin(), shock.end());
  LinearOptions options;
  options.upstream = false;
  LinearBatchOptions batch;
  const auto exact = linear(net, shock_double, options, Data::alone());
  const auto ours = linear_batch(plan, shock, batch, Data::alone());
  const auto theirs = eigen_solve(eigen, shock, 0.75e-6);
  for (std::uint32_t v = 0; v < csr.n; ++v) {
    bench::require(std::abs(static_cast<double>(ours.loss[v]) - exact.downstream[v]) < 2e-5 &&
                       std::abs(static_cast<double>(theirs[v]) - exact.downstream[v]) < 2e-5,
                   "a solve");
  }
  const auto name = [&](const char* who) { return label + "/" + who; };
  bench::Contest contest;
  const auto links = static_cast<double>(net.links());
  contest.enter(
      name("batch_1"), {links, 0}, [&] { benchmark::DoNotOptimize(linear_batch(plan, shock, batch, Data::alone())); },
      repetitions);
  contest.enter(
      name("batch_16"), {16 * links, 0},
      [&] { benchmark::DoNotOptimize(linear_batch(plan, many, batch, Data::alone())); }, repetitions);
  contest.enter(
      name("linear_double"), {links, 0},
      [&] { benchmark::DoNotOptimize(linear(net, shock_double, options, Data::alone())); }, repetitions);
  contest.enter(
      name("eigen_jacobi"), {links, 0}, [&] { eigen_solve(eigen, shock, 0.75e-6); }, repetitions);
  contest.enter(
      name("importance_of_all"), {links, 0},
      [&] { benchmark::DoNotOptimize(linear_importance(net, {}, Along::downstream, {}, Data::alone())); }, repetitions);
  contest.enter(
      name("make_plan"), {links, 0}, [&] { LinearPlan again(net); }, repetitions);
  contest.run();
  std::printf(
      "%s: sweeps %u (ours), components of two or more %u, largest %u; times per link and shock of a whole solve\n",
      label.c_str(), ours.runs[0].sweeps, exact.downstream_run.cyclic_components,
      exact.downstream_run.largest_component);
  for (const char* who : {"batch_1", "batch_16", "linear_double", "eigen_jacobi", "importance_of_all", "make_plan"}) {
    contest.print(name(who), name("batch_1"));
  }
  std::printf("\n");
}

template <class T>
void dump_array(const std::filesystem::path& file, const LargeArray<T>& array) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(array.data()), static_cast<std::streamsize>(array.size() * sizeof(T)));
  bench::require(out.good(), "cannot write " + file.string());
}

void dump(const Csr& csr, const std::filesystem::path& folder, const std::string& label) {
  std::filesystem::create_directories(folder);
  dump_array(folder / (label + ".offsets.u64"), csr.offsets);
  dump_array(folder / (label + ".ids.u32"), csr.ids);
  dump_array(folder / (label + ".weights.f32"), csr.weights);
}

void serve(Data& data, const std::filesystem::path& folder, const std::string& label) {
  dump(data.csr, folder, label);
  std::printf("ready %s\n", label.c_str());
  std::fflush(stdout);
  for (std::string asked; std::getline(std::cin, asked) && asked != "next";) {
    const auto start = std::clock();
    asked == "one" ? data.our_one() : data.our_sixteen();
    std::printf("%.0f\n", 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto n = static_cast<std::uint32_t>(std::stoul(bench::argument(argc, argv, "n", "1000000")));
  const double degree = std::stod(bench::argument(argc, argv, "degree", "10"));
  const int repetitions = std::stoi(bench::argument(argc, argv, "repetitions", "7"));
  const bool with_solves = bench::argument(argc, argv, "solves", "1") == "1";
  const std::string folder = bench::argument(argc, argv, "serve", "");
  std::string program = argv[0];
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{program.data(), interleaved.data()};
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  bench::print_conditions("Linear propagation, one thread, medians of " + std::to_string(repetitions));
  std::printf("pinned    %s\n\n", bench::pin(std::thread::hardware_concurrency() - 1) ? "to the last core" : "no");
#if defined(CHAINQUAL_GRAPHBLAS)
  GrB_init(GrB_NONBLOCKING);
#endif
  for (const Layout layout : {Layout::random_order, Layout::local}) {
    GenerateOptions options;
    options.enterprises = n;
    options.mean_degree = degree;
    options.cyclic_share = 0.3;
    options.layout = layout;
    const std::string order = layout == Layout::local ? "local" : "random";
    {
      Data data(generate_network(options));
      data.check();
      if (folder.empty()) {
        sweeps(data, order, repetitions);
      } else {
        serve(data, folder, order);
      }
    }
    if (!with_solves || !folder.empty()) continue;
    solves(generate_network(options), order + "_cyclic", std::min(repetitions, 5));
    options.cyclic_share = 0;
    solves(generate_network(options), order + "_staged", std::min(repetitions, 5));
  }
#if defined(CHAINQUAL_GRAPHBLAS)
  GrB_finalize();
#endif
  return 0;
}
