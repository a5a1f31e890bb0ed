// SPDX-License-Identifier: Apache-2.0
// What came of many schedules: predicted by both estimators and simulated, compared row by row.
//
// A row is one quantity of one schedule from both sides: the words of a memory, operand and direction, the cycles of the run,
// of a layer, of a copy, or the energy. Tolerances judge rows; batch_summary.hpp says what they come to.
//
//     ValidatedSchedule one{"tpu_like", "fsrcnn", "h-cached 16x18 auto"};
//     one.rows = rows_of(accelerator, Estimator::refined, compare(…));
//     for (const BatchRow* row : outside(one, tolerances)) std::cout << label(*row) << percent(row->deviation());
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/io/tolerances_yaml.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/quantities.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// One quantity of one schedule from both sides.
struct BatchRow {
    Estimator estimator = Estimator::uniform;                         ///< that predicted
    io::ToleratedQuantity quantity = io::ToleratedQuantity::latency;  ///< which rules apply
    std::string step;       ///< of layers and copies: the layer's name; "" for the copy of the stack's input
    std::string memory;     ///< of accesses, as the next two
    std::string operand;    ///< "I", "W", "O"
    std::string direction;  ///< "read_down", …
    double predicted = 0;   ///< words, cycles or picojoules
    double simulated = 0;   ///< in the same unit

    /// (predicted - simulated) / simulated.
    double deviation() const { return validate::deviation(predicted, simulated); }
};

/// "sram I read_down", "latency", "layer conv1", "copy before conv2".
std::string label(const BatchRow& row);

/// On which side of a calibration a schedule was: whether parameters were fitted to what was seen of it
/// (batch_calibration.hpp).
enum class Part : std::uint8_t { neither, fitted, held_out };
/// "neither", "fitted", "held out".
std::string_view name_of(Part part);

/// What came of one schedule.
struct ValidatedSchedule {
    std::string accelerator;     ///< name
    std::string network;         ///< name
    std::string name;            ///< unique within accelerator and network
    std::string infeasible;      ///< why there is no such schedule; empty where there is
    std::string refused;         ///< why the machine does not run it, or a file cannot be compared; empty where it does
    std::vector<BatchRow> rows;  ///< of both estimators
    Quantities seen = {};        ///< of the reference: to calibrate to
    bool in_profile = false;     ///< the profile of all predictions was fitted to it: its latency shows no accuracy
    Part part = Part::neither;   ///< in the calibration of its accelerator
    std::optional<BatchRow> calibrated = {};  ///< held out: latency, refined, by the profile fitted to others

    /// There are rows: the schedule exists, and both sides ran it.
    bool compared() const { return infeasible.empty() && refused.empty(); }
};

/// "uniform", "refined", "refined, calibrated". \pre the row is of the schedule
std::string predictor_of(const BatchRow& row, const ValidatedSchedule& schedule);

/// Everything that both sides of a comparison state.
std::vector<BatchRow> rows_of(const Accelerator& accelerator, Estimator estimator, const Comparison& comparison);

/// One line, which keeps every bit.
std::string to_json_line(const std::vector<BatchRow>& rows);
/// The rows of such a line. \throws InputError where it is none
std::vector<BatchRow> rows_from_json_line(const std::string& line);

/// What was compared and seen, or why it was refused, as one line of JSON.
std::string to_json_line(const ValidatedSchedule& schedule);
/// Takes over what to_json_line() wrote of the schedule. \throws InputError where it is no such line
void take_from_json_line(ValidatedSchedule& schedule, const std::string& line);

/// The rules that judge one estimator by these tolerances, as a single comparison is judged.
std::vector<io::ToleranceRule> rules_of(const Tolerances& tolerances, Estimator estimator);
/// What the last rule that applies allows; none where none does.
std::optional<double> allowed(const BatchRow& row, const std::vector<io::ToleranceRule>& rules);
/// The rows that deviate by more than is allowed, that of `calibrated` as one of the refined estimator.
std::vector<const BatchRow*> outside(const ValidatedSchedule& schedule, const std::vector<io::ToleranceRule>& rules);

}  // namespace plumbline::validate
#pragma GCC visibility pop
