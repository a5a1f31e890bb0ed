// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/lack_of_fit.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

namespace plumbline::validate {
namespace {

using Column = Eigen::VectorXd;
using Columns = Eigen::MatrixXd;

constexpr std::size_t kSchedulesBesideParameters = 5;
constexpr std::size_t kMostFound = 3;
/// Sine of the angle to what parameters do, below which a feature does nothing of its own.
constexpr double kImitated = 0.05;
/// Correlation of two features from which on data do not tell them apart.
constexpr double kAlike = 0.99;

Column vector_of(const std::vector<double>& values)
{
    return Eigen::Map<const Column>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/// What columns that are explained already leave of others.
class Remainder {
public:
    Remainder(const std::vector<Column>& explaining, Eigen::Index rows) : base_{rows, 0}
    {
        if (explaining.empty()) return;
        Columns columns(rows, static_cast<Eigen::Index>(explaining.size()));
        for (std::size_t i = 0; i < explaining.size(); ++i) columns.col(static_cast<Eigen::Index>(i)) = explaining[i];
        const Eigen::ColPivHouseholderQR<Columns> qr{columns};
        base_ = Columns{qr.householderQ()}.leftCols(qr.rank());
    }

    Column of(const Column& column) const { return column - base_ * (base_.transpose() * column); }

private:
    Columns base_;
};

/// A feature whose effect, cycles as a part of the time, is not one that the columns before it have.
struct Candidate {
    std::size_t feature = 0;
    Column effect;
    Column own;  ///< of length 1: what the columns before leave of it
};

class Search {
public:
    Search(const Unexplained& data, const LackOfFitOptions& options)
        : data_{&data},
          options_{&options},
          residuals_{vector_of(data.residuals)}
    {
        for (const ParameterEffect& effect : data.effects) {
            explaining_.push_back(vector_of(effect.derivatives));
            found_.parameters.push_back(effect.name);
        }
    }

    LackOfFit run()
    {
        const auto rows = static_cast<std::size_t>(residuals_.size());
        found_.enough = rows >= data_->effects.size() + kSchedulesBesideParameters;
        if (rows > 0) found_.unexplained = residuals_.norm() / std::sqrt(static_cast<double>(rows));
        while (found_.enough && found_.found.size() < kMostFound && find_next()) {}
        return std::move(found_);
    }

private:
    bool find_next()
    {
        const Remainder remainder{explaining_, residuals_.size()};
        const std::vector<Candidate> candidates = candidates_beside(remainder);
        if (found_.found.empty()) found_.tried = candidates.size();
        const Column left = remainder.of(residuals_);
        if (candidates.empty() || left.norm() == 0) return false;
        const auto strongest = std::max_element(
            candidates.begin(), candidates.end(),
            [&](const auto& a, const auto& b) { return std::abs(a.own.dot(left)) < std::abs(b.own.dot(left)); });
        const double explained = std::abs(strongest->own.dot(left));
        const double part = explained / std::sqrt(static_cast<double>(left.size()));
        if (part < options_->least) return false;
        const double probability = chance_of(explained / left.norm(), remainder, candidates, left);
        if (probability > options_->probability) return false;
        found_.found.push_back(described(*strongest, candidates, part, probability));
        explaining_.push_back(strongest->effect);
        return true;
    }

    std::vector<Candidate> candidates_beside(const Remainder& remainder) const
    {
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < data_->features.size(); ++i) {
            Column effect = vector_of(data_->features[i].amounts).cwiseQuotient(vector_of(data_->predicted));
            const Column own = remainder.of(effect);
            if (own.norm() <= kImitated * effect.norm()) continue;
            candidates.push_back({i, std::move(effect), own.normalized()});
        }
        return candidates;
    }

    /// Share of permutations of what is left in which some feature explains as much, the data's own order among them.
    double chance_of(double correlation, const Remainder& remainder, const std::vector<Candidate>& candidates,
                     const Column& left) const
    {
        constexpr double kRounding = 1e-12;
        std::mt19937_64 bits{options_->seed};
        Column shuffled = left;
        std::size_t as_much = 1;
        for (std::size_t i = 0; i < options_->permutations; ++i) {
            // Not std::shuffle, which each standard library does in its own way.
            for (auto last = static_cast<std::uint64_t>(shuffled.size()) - 1; last > 0; --last)
                std::swap(shuffled[static_cast<Eigen::Index>(last)],
                          shuffled[static_cast<Eigen::Index>(bits() % (last + 1))]);
            const Column chance = remainder.of(shuffled);
            const double most = std::accumulate(
                candidates.begin(), candidates.end(), 0.0,
                [&](double sofar, const Candidate& each) { return std::max(sofar, std::abs(each.own.dot(chance))); });
            if (most >= (correlation - kRounding) * chance.norm()) ++as_much;
        }
        return static_cast<double>(as_much) / static_cast<double>(options_->permutations + 1);
    }

    MissingFeature described(const Candidate& strongest, const std::vector<Candidate>& candidates, double part,
                             double probability) const
    {
        MissingFeature missing;
        missing.name = data_->features[strongest.feature].name;
        missing.explained = part;
        missing.probability = probability;
        for (const Candidate& each : candidates)
            if (each.feature != strongest.feature && std::abs(each.own.dot(strongest.own)) > kAlike)
                missing.alike.push_back(data_->features[each.feature].name);
        const Column best = best_beside(strongest.effect);
        missing.cycles = best[best.size() - 1];
        missing.shifts.assign(best.data(), best.data() + data_->effects.size());
        return missing;
    }

    /// Changes of the parameters, and cycles of each feature, `effect` the last of them, that leave the smallest residuals.
    Column best_beside(const Column& effect) const
    {
        Columns columns(residuals_.size(), static_cast<Eigen::Index>(explaining_.size() + 1));
        for (std::size_t i = 0; i < explaining_.size(); ++i) columns.col(static_cast<Eigen::Index>(i)) = explaining_[i];
        columns.col(columns.cols() - 1) = effect;
        return Eigen::ColPivHouseholderQR<Columns>{columns}.solve(-residuals_);
    }

    const Unexplained* data_;
    const LackOfFitOptions* options_;
    Column residuals_;
    std::vector<Column> explaining_;
    LackOfFit found_;
};

}  // namespace

LackOfFit lack_of_fit(const Unexplained& data, const LackOfFitOptions& options) { return Search{data, options}.run(); }

}  // namespace plumbline::validate
