// SPDX-License-Identifier: Apache-2.0
// What `gemmini` prints: how far predictions of shapes are off that the fit has not seen, beside the authors' estimate; what was
// fitted; and every row that is far off with the cause.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "gemmini_judgement.hpp"

namespace plumbline::gemmini {

/// Rows of one file, judged.
struct JudgedFile {
    std::string file;
    Estimator estimator = Estimator::refined;
    std::vector<Sample> samples;
    Judgement judgement;
};

/// What was read of a file.
struct NamedRows {
    std::string file;
    std::vector<Row> rows;
};

/// Of a folder, and of a file whose rows nothing was fitted to.
struct Report {
    std::deque<NamedRows> rows;     ///< of the folder; samples point to them
    std::vector<Row> unseen;        ///< of the file to be judged; likewise
    std::deque<JudgedFile> folds;   ///< five by shape, per estimator and file
    std::deque<JudgedFile> judged;  ///< per estimator; empty where no file was given
};

/// \throws InputError where a file cannot be read
Report report_on(const std::string& folder, const std::optional<std::string>& judge);

std::string text_of(const Report& report);
/// Of `refined` where it does not say otherwise: {"judged": …, "folds": …}.
std::string json_of(const Report& report);

}  // namespace plumbline::gemmini
