// SPDX-License-Identifier: Apache-2.0
#include "calibration/identifiability.hpp"

#include <Eigen/QR>
#include <Eigen/SVD>
#include <cmath>
#include <utility>

namespace plumbline::validate::detail {
namespace {

/// A parameter whose share in the combination of a collinear one is less is not named.
constexpr double kNegligible = 0.02;
/// Changes are reported for so many steps of the collinear parameter.
constexpr double kStepsTold = 10;

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;
using Indices = std::vector<std::size_t>;

struct Scaled {
    std::vector<Vector> unit;     ///< columns of length 1
    std::vector<double> lengths;  ///< that they had
};

Scaled scaled(const Columns& columns)
{
    Scaled found;
    for (const auto& column : columns) {
        const Vector vector = Eigen::Map<const Vector>(column.data(), static_cast<Eigen::Index>(column.size()));
        found.lengths.push_back(vector.norm());
        found.unit.push_back(found.lengths.back() > 0 ? Vector{vector / found.lengths.back()} : vector);
    }
    return found;
}

Matrix matrix_of(const std::vector<Vector>& columns, const Indices& chosen)
{
    Matrix matrix(columns.front().size(), static_cast<Eigen::Index>(chosen.size()));
    for (std::size_t i = 0; i < chosen.size(); ++i) matrix.col(static_cast<Eigen::Index>(i)) = columns[chosen[i]];
    return matrix;
}

/// Singular values and right singular vectors are those of the triangular factor, which is small.
Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner> svd_of(const Matrix& matrix)
{
    const Eigen::Index size = matrix.cols();
    const Matrix factor = Eigen::HouseholderQR<Matrix>{matrix}.matrixQR().topRows(size).triangularView<Eigen::Upper>();
    return Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner>{factor, Eigen::ComputeFullV};
}

/// Decides parameter by parameter, in their order; the columns of those that are kept explain those that follow.
class Examination {
public:
    Examination(const std::vector<FitParameter>& parameters, const Columns& derivatives, const FitOptions& options)
        : parameters_{&parameters},
          options_{&options},
          columns_{scaled(derivatives)}
    {
        found_.knowledge.assign(parameters.size(), Knowledge::identified);
    }

    Identifiability run(const std::vector<bool>& free)
    {
        Indices with_effect;
        for (bool wanted : {true, false}) {
            for (std::size_t i = 0; i < free.size(); ++i) {
                if (free[i] != wanted) continue;
                if (has_effect(i)) with_effect.push_back(i);
                examine(i, wanted);
            }
        }
        if (!with_effect.empty()) note_singular_values(with_effect);
        return std::move(found_);
    }

private:
    /// Whether moving through its whole range would change any prediction.
    bool has_effect(std::size_t i) const
    {
        const double range = (*parameters_)[i].most - (*parameters_)[i].least;
        const double rows = static_cast<double>(columns_.unit.front().size());
        return columns_.lengths[i] * range > options_->noise_floor * std::sqrt(rows);
    }

    void examine(std::size_t parameter, bool free)
    {
        if (!has_effect(parameter)) {
            note_insensitive(parameter);
            return;
        }
        Vector shares;
        double sine = 1;
        if (!kept_.empty()) {
            const Matrix others = matrix_of(columns_.unit, kept_);
            shares = others.householderQr().solve(columns_.unit[parameter]);
            sine = (columns_.unit[parameter] - others * shares).norm();
        }
        if (free && sine >= options_->collinear_below) {
            kept_.push_back(parameter);
        } else {
            note_collinear(parameter, shares);
        }
    }

    void note_insensitive(std::size_t parameter)
    {
        found_.knowledge[parameter] = Knowledge::insensitive;
        found_.indistinct.push_back({{{parameter, kStepsTold * (*parameters_)[parameter].step}}});
    }

    void note_collinear(std::size_t parameter, const Vector& shares)
    {
        found_.knowledge[parameter] = Knowledge::collinear;
        const double change = kStepsTold * (*parameters_)[parameter].step;
        Indistinct together{{{parameter, change}}};
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            const double share = shares[static_cast<Eigen::Index>(i)];
            if (std::abs(share) < kNegligible) continue;
            found_.knowledge[kept_[i]] = Knowledge::confounded;
            const double ratio = columns_.lengths[parameter] / columns_.lengths[kept_[i]];
            together.changes.push_back({kept_[i], -share * ratio * change});
        }
        found_.indistinct.push_back(std::move(together));
    }

    void note_singular_values(const Indices& with_effect)
    {
        const Vector values = svd_of(matrix_of(columns_.unit, with_effect)).singularValues();
        found_.singular_values.assign(values.data(), values.data() + values.size());
    }

    const std::vector<FitParameter>* parameters_;
    const FitOptions* options_;
    Scaled columns_;
    Indices kept_;
    Identifiability found_;
};

}  // namespace

Identifiability identify(const std::vector<FitParameter>& parameters, const Columns& derivatives,
                         const std::vector<bool>& free, const FitOptions& options)
{
    return Examination{parameters, derivatives, options}.run(free);
}

std::vector<double> standard_errors(const Columns& derivatives, const std::vector<bool>& fitted, double variance)
{
    Indices chosen;
    for (std::size_t i = 0; i < fitted.size(); ++i) {
        if (fitted[i]) chosen.push_back(i);
    }
    std::vector<double> errors(fitted.size());
    if (chosen.empty()) return errors;
    const Scaled columns = scaled(derivatives);
    const auto svd = svd_of(matrix_of(columns.unit, chosen));
    const Matrix spread = svd.matrixV() * svd.singularValues().cwiseInverse().asDiagonal();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const double unit_error = spread.row(static_cast<Eigen::Index>(i)).norm();
        errors[chosen[i]] = std::sqrt(variance) * unit_error / columns.lengths[chosen[i]];
    }
    return errors;
}

}  // namespace plumbline::validate::detail
