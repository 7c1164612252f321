#pragma once

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

using StateMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using StateVector = Eigen::VectorXd;

inline Eigen::Index at(std::size_t k) noexcept {
  return static_cast<Eigen::Index>(k);
}

inline Eigen::Map<const StateMatrix> view(const DenseMatrix& matrix) noexcept {
  return {matrix.values.data(), at(matrix.rows), at(matrix.columns)};
}

inline StateVector vector_of(std::span<const double> values, std::size_t size) {
  StateVector vector = StateVector::Zero(at(size));
  for (std::size_t k = 0; k < values.size(); ++k) vector[at(k)] = values[k];
  return vector;
}

inline std::vector<double> values_of(const StateVector& vector) {
  return {vector.data(), vector.data() + vector.size()};
}

inline DenseMatrix matrix_of(const StateMatrix& matrix) {
  return {static_cast<std::size_t>(matrix.rows()),
          static_cast<std::size_t>(matrix.cols()),
          {matrix.data(), matrix.data() + matrix.size()}};
}

/// Collects what is wrong with the shapes and entries of a process.
class ProcessCheck {
 public:
  explicit ProcessCheck(const DeviationProcess& process) {
    if (process.stages.empty() || process.incoming_mean.empty()) {
      throw Error(ErrorCode::invalid_argument,
                  {"至少要一道工序和一个特征。请补充。", "One stage and one feature are wanted at least. Give them."});
    }
    std::size_t features = process.incoming_mean.size();
    check_finite(process.incoming_mean, 0, findings_);
    covariance(process.incoming_covariance, features, 0, "incoming_covariance");
    for (std::size_t k = 0; k < process.stages.size(); ++k) {
      const DeviationStage& stage = process.stages[k];
      const std::size_t sources = stage.b.columns;
      shape(stage.a, stage.a.rows, features, k + 1, "a");
      shape(stage.b, stage.a.rows, sources, k + 1, "b");
      if (stage.a.rows == 0 || (!stage.mean.empty() && stage.mean.size() != sources) ||
          (!stage.sources.empty() && stage.sources.size() != sources)) {
        blame(findings_, ErrorCode::shape_mismatch, k + 1, "b", std::to_string(sources),
              {"工序至少一个特征；来源的名称和均值要与 B 的列数相同",
               "a stage has a feature, and as many names and means of sources as B has columns"},
              {"检查该工序", "check the stage"});
      }
      check_finite(stage.mean, k + 1, findings_);
      covariance(stage.covariance, sources, k + 1, "covariance");
      features = stage.a.rows;
    }
    throw_if_errors(findings_);
  }

 private:
  bool shape(const DenseMatrix& matrix, std::size_t rows, std::size_t columns, std::size_t stage, const char* name) {
    if (matrix.rows != rows || matrix.columns != columns || matrix.values.size() != rows * columns) {
      blame(findings_, ErrorCode::shape_mismatch, stage, name,
            std::to_string(matrix.rows) + " × " + std::to_string(matrix.columns),
            {"应为 " + std::to_string(rows) + " × " + std::to_string(columns),
             "it should be " + std::to_string(rows) + " × " + std::to_string(columns)},
            {"检查行数和列数", "check rows and columns"});
      return false;
    }
    const std::size_t before = findings_.total();
    check_finite(matrix.values, stage, findings_);
    return findings_.total() == before;
  }

  void covariance(const DenseMatrix& matrix, std::size_t size, std::size_t stage, const char* name) {
    if (!shape(matrix, size, size, stage, name) || size == 0) return;
    const auto values = view(matrix);
    const double margin = 1e-9 * values.cwiseAbs().maxCoeff();
    const bool symmetric = (values - values.transpose()).cwiseAbs().maxCoeff() <= margin;
    if (symmetric) {
      const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(values, Eigen::EigenvaluesOnly);
      if (solver.eigenvalues().minCoeff() >= -margin) return;
    }
    blame(findings_, ErrorCode::invalid_value, stage, name, {},
          {"协方差矩阵应对称、半正定", "a covariance is symmetric and positive semidefinite"},
          {"检查方差与协方差", "check variances and covariances"});
  }

  Findings findings_;
};

/// [stages + 1] effects on the finished part: of x_0, then of each stage's sources.
inline std::vector<StateMatrix> effects_of(const DeviationProcess& process) {
  std::vector<StateMatrix> effects(process.stages.size() + 1);
  StateMatrix onward = StateMatrix::Identity(at(process.stages.back().a.rows), at(process.stages.back().a.rows));
  for (std::size_t k = process.stages.size(); k > 0; --k) {
    effects[k] = onward * view(process.stages[k - 1].b);
    onward = (onward * view(process.stages[k - 1].a)).eval();
  }
  effects[0] = onward;
  return effects;
}

inline void attribute(const DeviationProcess& process, DeviationResult& result) {
  const auto effects = effects_of(process);
  double total = 0;
  for (std::size_t k = 0; k < effects.size(); ++k) {
    const StateMatrix& g = effects[k];
    const bool incoming = k == 0;
    const StateVector mean =
        vector_of(incoming ? process.incoming_mean : process.stages[k - 1].mean, static_cast<std::size_t>(g.cols()));
    const StateMatrix spread =
        view(incoming ? process.incoming_covariance : process.stages[k - 1].covariance) * g.transpose();
    double brought = 0;
    for (Eigen::Index s = 0; s < g.cols(); ++s) {
      DeviationShare share;
      share.stage = k;
      share.source = static_cast<std::size_t>(s);
      for (Eigen::Index i = 0; i < g.rows(); ++i) {
        share.mean.push_back(g(i, s) * mean[s]);
        share.variance.push_back(g(i, s) * spread(s, i));
        brought += share.variance.back();
      }
      result.shares.push_back(std::move(share));
    }
    result.stage_share.push_back(brought);
    total += brought;
  }
  for (double& share : result.stage_share) share = total > 0 ? share / total : 0;
}

}  // namespace evaluate_detail

inline DeviationResult propagate_deviations(const DeviationProcess& process) {
  namespace d = evaluate_detail;
  static_cast<void>(d::ProcessCheck(process));
  DeviationResult result;
  d::StateVector mean = d::vector_of(process.incoming_mean, process.incoming_mean.size());
  d::StateMatrix covariance = d::view(process.incoming_covariance);
  result.states.push_back({d::values_of(mean), d::matrix_of(covariance)});
  for (const DeviationStage& stage : process.stages) {
    const auto a = d::view(stage.a);
    const auto b = d::view(stage.b);
    mean = (a * mean + b * d::vector_of(stage.mean, stage.b.columns)).eval();
    const d::StateMatrix next = a * covariance * a.transpose() + b * d::view(stage.covariance) * b.transpose();
    covariance = (next + next.transpose()) / 2;
    result.states.push_back({d::values_of(mean), d::matrix_of(covariance)});
  }
  d::attribute(process, result);
  return result;
}

inline std::vector<double> locate_sources(const DeviationProcess& process, std::span<const double> measured) {
  namespace d = evaluate_detail;
  static_cast<void>(d::ProcessCheck(process));
  const auto effects = d::effects_of(process);
  if (measured.size() != static_cast<std::size_t>(effects[0].rows())) {
    throw Error(ErrorCode::shape_mismatch,
                {"应有 " + std::to_string(effects[0].rows()) + " 个测量均值，现有 " + std::to_string(measured.size()) +
                     " 个。请检查。",
                 "There should be " + std::to_string(effects[0].rows()) + " measured means, and there are " +
                     std::to_string(measured.size()) + ". Check them."});
  }
  Findings findings;
  d::check_finite(measured, 0, findings);
  throw_if_errors(findings);
  Eigen::Index sources = 0;
  for (std::size_t k = 1; k < effects.size(); ++k) sources += effects[k].cols();
  Eigen::MatrixXd all(effects[0].rows(), sources);
  std::vector<std::string> names;
  for (std::size_t k = 1; k < effects.size(); ++k) {
    const DeviationStage& stage = process.stages[k - 1];
    all.middleCols(d::at(names.size()), effects[k].cols()) = effects[k];
    for (std::size_t s = 0; s < stage.b.columns; ++s) {
      names.push_back(stage.name + " / " + (stage.sources.empty() ? std::to_string(s + 1) : stage.sources[s]));
    }
  }
  if (sources == 0) return {};
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factors(all);
  if (factors.rank() < sources) {
    const auto dependent = static_cast<std::size_t>(factors.colsPermutation().indices()[factors.rank()]);
    const std::string name = shown_value(names[dependent]);
    throw Error(ErrorCode::no_solution,
                {"测量不能区分各偏差来源：“" + name + "”的影响可由其他来源合成。请增加测量特征，或合并来源。",
                 "What is measured cannot tell the sources apart: the effect of '" + name +
                     "' is one of the others together. Measure more features, or merge sources."});
  }
  const d::StateVector rest = d::vector_of(measured, measured.size()) -
                              effects[0] * d::vector_of(process.incoming_mean, process.incoming_mean.size());
  return d::values_of(factors.solve(rest));
}

}  // namespace v1
}  // namespace chainqual
