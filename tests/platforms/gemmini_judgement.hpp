// SPDX-License-Identifier: Apache-2.0
// Predictions of Gemmini's rows against its RTL: what is not known of the machine is fitted to some shapes, others say how good
// that is. A shape is never on both sides.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <plumbline/validate/accuracy.hpp>
#include <plumbline/validate/fit.hpp>
#include <plumbline/validate/held_out.hpp>

#include "prediction.hpp"
#include "rows.hpp"

namespace plumbline::gemmini {

/// Which of a row's cycles: under its mapping, or under the tile that the hardware's tiler chose.
enum class Series : std::uint8_t { mapping, own_tiling };
/// "mapping", "own tiling".
const char* name_of(Series series);

/// One measured number with all that its prediction needs.
struct Sample {
    const Row* row = nullptr;
    Series series = Series::mapping;
    validate::Observation observation;  ///< its schedule is the shape
    PreparedRun run;
};

/// Samples of rows, which must outlive them: both series of each row that has both.
/// \param set tells rows of several files apart
std::vector<Sample> samples_of(const std::vector<Row>& rows, const std::string& set, const Accelerator& accelerator,
                               Estimator estimator);

/// A sample that was predicted by a fit that has not seen its shape.
struct JudgedSample {
    const Sample* sample = nullptr;
    double predicted = 0;

    /// (predicted - observed) / observed
    double deviation() const { return predicted / sample->observation.observed - 1; }
};

/// Pairs of different mappings of one shape whose cycles differ by more than 10 %.
struct Choices {
    std::size_t pairs = 0;
    std::size_t right = 0;  ///< of which the prediction names the better one
};

/// How good predictions of one series are.
struct Summary {
    validate::Accuracy accuracy;
    Choices choices;
};

/// Values fitted to samples, and what they predict of others.
struct Judgement {
    validate::Fit fit;  ///< to all that may be fitted to
    std::vector<JudgedSample> judged;

    Summary summary(Series series) const;
    bool has(Series series) const;
};

/// Each fold of shapes predicted by the fit to the others. `fit` is that to all.
Judgement judge_by_folds(const std::vector<Sample>& samples, std::size_t folds);
/// Fits to `samples` of shapes that `unseen` does not have, and predicts `unseen`.
Judgement judge_unseen(const std::vector<Sample>& samples, const std::vector<Sample>& unseen);

/// How far the authors' own estimate is off, on the rows that have one.
Summary their_summary(const std::vector<JudgedSample>& judged);

/// How far runs of a mapping are from the mean of other runs of the same mapping of the same shape: no prediction that knows no
/// more of a run than its mapping can be nearer. Choices are those between all rows, of which those that ran once are taken as
/// they are. Nothing where no mapping was run twice.
std::optional<Summary> equal_runs_summary(const std::vector<JudgedSample>& judged);

}  // namespace plumbline::gemmini
