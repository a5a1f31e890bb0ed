// SPDX-License-Identifier: Apache-2.0
#include "calibration/fit_solver.hpp"

#include <ceres/ceres.h>

#include <exception>

namespace plumbline::validate::detail {
namespace {

/// Ceres asks for residuals row by row; predictions come all at once, so they are made before it asks. Ceres' interface is
/// inheritance. Nothing is thrown through Ceres: a failure is kept for whoever called it.
class Preparation final : public ceres::EvaluationCallback {
public:
    Preparation(FitModel& model, const std::vector<double>& values, const std::vector<bool>& free)
        : model_{&model},
          values_{&values},
          free_{&free}
    {}

    void PrepareForEvaluation(bool with_derivatives, bool new_point) override
    {
        if (failure_ || (!new_point && (differentiated_ || !with_derivatives))) return;
        try {
            if (with_derivatives) {
                model_->differentiate(*values_, *free_);
            } else {
                model_->evaluate(*values_);
            }
            differentiated_ = with_derivatives;
        } catch (...) {
            failure_ = std::current_exception();
        }
    }

    const FitModel& model() const { return *model_; }
    const std::exception_ptr& failure() const { return failure_; }

private:
    FitModel* model_;
    const std::vector<double>* values_;
    const std::vector<bool>* free_;
    std::exception_ptr failure_;
    bool differentiated_ = false;
};

class Row final : public ceres::CostFunction {
public:
    Row(const Preparation& prepared, std::size_t row) : prepared_{&prepared}, row_{row}
    {
        set_num_residuals(1);
        mutable_parameter_block_sizes()->assign(prepared.model().parameters(), 1);
    }

    bool Evaluate(double const* const*, double* residuals, double** derivatives) const override
    {
        if (prepared_->failure()) return false;
        const FitModel& model = prepared_->model();
        residuals[0] = model.residuals()[row_];
        if (derivatives == nullptr) return true;
        for (std::size_t i = 0; i < model.parameters(); ++i) {
            if (derivatives[i] != nullptr) derivatives[i][0] = model.derivative(row_, i);
        }
        return true;
    }

private:
    const Preparation* prepared_;
    std::size_t row_;
};

ceres::LossFunction* loss_function(Loss loss, double noise)
{
    const double scale = cut_off(loss) * noise;
    if (loss == Loss::huber) return new ceres::HuberLoss{scale};
    return new ceres::TukeyLoss{scale};
}

/// Of Huber's minimum a rough idea is enough: it is where the search for Tukey's begins.
ceres::Solver::Options solver_options(Loss loss)
{
    const bool rough = loss == Loss::huber;
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_QR;
    options.num_threads = 1;
    options.max_num_iterations = 200;
    options.function_tolerance = rough ? 1e-3 : 1e-10;
    options.gradient_tolerance = 1e-14;
    options.parameter_tolerance = rough ? 1e-4 : 1e-9;
    options.logging_type = ceres::SILENT;
    return options;
}

void add_parameters(ceres::Problem& problem, const FitModel& model, const std::vector<double*>& blocks,
                    const std::vector<bool>& free)
{
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        problem.AddParameterBlock(blocks[i], 1);
        problem.SetParameterLowerBound(blocks[i], 0, model.parameter(i).least);
        problem.SetParameterUpperBound(blocks[i], 0, model.parameter(i).most);
        if (!free[i]) problem.SetParameterBlockConstant(blocks[i]);
    }
}

}  // namespace

bool minimise(FitModel& model, std::vector<double>& values, const std::vector<bool>& free, Loss loss, double noise)
{
    Preparation preparation{model, values, free};
    ceres::Problem::Options problem_options;
    problem_options.evaluation_callback = &preparation;
    ceres::Problem problem{problem_options};
    std::vector<double*> blocks;
    blocks.reserve(values.size());
    for (double& value : values) blocks.push_back(&value);
    add_parameters(problem, model, blocks, free);
    for (std::size_t row = 0; row < model.rows(); ++row) {
        problem.AddResidualBlock(new Row{preparation, row}, loss_function(loss, noise), blocks);
    }
    ceres::Solver::Summary summary;
    ceres::Solve(solver_options(loss), &problem, &summary);
    if (preparation.failure()) std::rethrow_exception(preparation.failure());
    return summary.termination_type == ceres::CONVERGENCE;
}

}  // namespace plumbline::validate::detail
