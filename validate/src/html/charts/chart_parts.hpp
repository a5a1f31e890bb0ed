// SPDX-License-Identifier: Apache-2.0
// What charts have in common. A chart is a specification in the grammar of Vega 5.
//
// A mark about one point has the description that is its tooltip, and the role description "point": the page walks
// through these by keyboard. Marks have names where the page colours them (dark, light, print).
#pragma once

#include <string>
#include <vector>

#include "plumbline/units.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

/// A unit that makes numbers short: values are divided by `size`.
struct ChartUnit {
    std::string name;  ///< "mJ", "Mcycles"
    double size = 1;
};

/// Such that `least` is 1 or more, where there is such a unit.
ChartUnit energy_unit(Picojoules least);
ChartUnit cycle_unit(Cycles least);
/// Three digits: "1.81", "20.3", "1,810".
std::string short_number(double value);

/// The range of values on a scale that is logarithmic where it can be.
struct ChartRange {
    double low = 0;
    double high = 0;
    bool logarithmic() const { return low > 0; }
};
/// Never without extent.
ChartRange range_of(const std::vector<double>& values);

/// A scale over the range; its "range" is for the caller to add.
Json number_scale(const std::string& name, const ChartRange& range);
/// The same along an axis: `extent` is "width" or "height", and `margin` pixels stay around the outermost points.
Json axis_scale(const std::string& name, const char* extent, const ChartRange& range, int margin);
/// {"value": …}
Json constant(const Json& value);
/// {"scale": …, "field": …}
Json scaled(const std::string& scale, const std::string& field);
/// An "encode" block whose marks follow their scales and are about one point each: described, and with a tooltip, by the field "tip".
Json point_marks(Json encoding);

/// Colours that are told apart on light and dark paper, and by those who see fewer of them: modes, then references.
Json series_colours();
/// Shapes of points, as many as colours.
Json series_shapes();
/// MACs, then operands I, W, O.
Json part_colours();
/// Before calibration, after it.
Json before_and_after_colours();

/// Without data, scales, axes and marks.
Json chart(const std::string& description);
/// The same, and as wide as the page lets it be: that is the signal "room", as "width" is of what axes and legends leave.
Json fitted_chart(const std::string& description, std::size_t height);
/// A number of pixels in a fitted chart that is narrow, as on a telephone, or wide.
Json roomy(int narrow, int wide);
/// An axis with a grid; `format` is one of d3.
Json number_axis(const char* scale, const char* side, const std::string& title, const char* format = ",.3~r");
/// Names of rows, on the left.
Json row_axis(const char* scale);
/// Rows of this height, from the top.
Json row_scale(const std::string& name, const std::vector<std::string>& rows, std::size_t row_height);

/// What a legend tells apart, parallel.
struct ChartSeries {
    std::vector<std::string> names;
    Json colours;
};
/// "I: features in", …: operands in their order.
ChartSeries operand_series();
/// "iterations", "stall", "loading", "offloading", "copying", "phase unknown".
ChartSeries phase_series();
Json colour_scale(const ChartSeries& series);
/// Of the scale "colour", below a fitted chart.
Json colour_legend();
/// Marks that say nothing of their own: neither pointed at nor read out.
Json silent_marks(const std::string& name, const char* type, const char* data, Json encoding);

}  // namespace plumbline::validate
