// SPDX-License-Identifier: Apache-2.0
#include <regex>

#include "io/platform_facts.hpp"

namespace plumbline::test {
namespace {

/// Every part of `text` that matches, as its groups.
std::vector<std::smatch> matches(const std::string& text, const std::string& pattern)
{
    const std::regex regex{pattern};
    return {std::sregex_iterator{text.begin(), text.end(), regex}, std::sregex_iterator{}};
}

/// "ix=2*ox+1*fx" as the axis that it says.
std::string axis_text(const SlidingAxis& axis)
{
    return axis.name + '=' + std::to_string(axis.stride) + '*' + std::string{name_of(axis.position)} + '+' +
           std::to_string(axis.dilation) + '*' + std::string{name_of(axis.window)};
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// "[b][c][ix][iy]".
void expect_indices(const Operand& operand, const std::string& indices, const json& layer)
{
    DimSet relevant;
    std::vector<std::string> axes;
    for (const std::smatch& index : matches(indices, "\\w+")) {
        if (const auto dim = loop_dim_named(index.str())) {
            relevant.insert(*dim);
            continue;
        }
        for (const std::string relation : layer.at("equation_relations")) {
            if (relation.rfind(index.str() + '=', 0) == 0) axes.push_back(upper(relation));
        }
    }
    EXPECT_EQ(operand.relevant, relevant) << operand.name;
    ASSERT_EQ(operand.sliding.size(), axes.size()) << operand.name;
    for (std::size_t i = 0; i < axes.size(); ++i) EXPECT_EQ(axis_text(operand.sliding[i]), axes[i]);
}

void expect_input(const Operand& operand, const json& layer)
{
    EXPECT_EQ(operand.precision.count(), layer["operand_precision"][operand.name]);
    const json& constants = layer["constant_operands"];
    EXPECT_EQ(operand.constant, std::find(constants.begin(), constants.end(), operand.name) != constants.end());
    const json source = operand.constant ? json::array() : json{operand.source.value_or(-1)};
    EXPECT_EQ(source, layer["operand_source"][operand.name]) << "-1 is the network's input";
}

class BuiltInNetwork : public ::testing::TestWithParam<std::string> {};

TEST_P(BuiltInNetwork, IsThatOfDefines)
{
    const json layers = facts("workloads/" + GetParam() + ".json")["layers"];
    const Workload workload = network_called(GetParam());
    EXPECT_EQ(workload.name(), GetParam());
    ASSERT_EQ(workload.layers().size() + 1, layers.size()) << "layer -1 is the input";
    for (const Layer& layer : workload.layers()) {
        const json& fact = layers.at(std::to_string(layer.id));
        SCOPED_TRACE(layer.name);
        for (LoopDim dim : kAllLoopDims) {
            EXPECT_EQ(layer.sizes[dim], fact["loop_dim_size"].value(std::string{name_of(dim)}, 1));
        }
        EXPECT_EQ(layer.output.precision.count(), fact["operand_precision"]["O"]);
        EXPECT_EQ(layer.final_precision.count(), fact["operand_precision"]["O_final"]);
        const std::string equation = fact["equation"];
        const auto terms = matches(equation, "([A-Z])((\\[\\w+\\])+)");
        ASSERT_EQ(layer.inputs.size() + 1, terms.size());
        expect_indices(layer.output, terms[0].str(2), fact);
        for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
            EXPECT_EQ(layer.inputs[i].name, terms[i + 1].str(1));
            expect_indices(layer.inputs[i], terms[i + 1].str(2), fact);
            expect_input(layer.inputs[i], fact);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInNetwork, ::testing::ValuesIn(kNetworks),
                         [](const auto& test) { return test.param; });

TEST(Fsrcnn, ReadsWhatTheLayerBeforeMakes)
{
    const Workload workload = network_called("fsrcnn");
    for (const Layer& layer : workload.layers()) {
        const Operand& input = layer.inputs[1];
        const std::int64_t made_columns = input.source ? workload.layer(*input.source).sizes[LoopDim::ox] : 974;
        const std::int64_t made_rows = input.source ? workload.layer(*input.source).sizes[LoopDim::oy] : 554;
        EXPECT_EQ(columns(input, layer.sizes), made_columns) << layer.name;
        EXPECT_EQ(rows(input, layer.sizes), made_rows) << layer.name;
    }
}

TEST(FullResnet18, AddsMapsOfEqualChannels)
{
    const Workload workload = network_called("resnet18_full");
    for (const Layer& layer : workload.layers()) {
        if (layer.operator_type != "Add") continue;
        for (const Operand& input : layer.inputs) {
            const Layer& source = workload.layer(*input.source);
            // Convolutions have their channels in K, pooling and additions in G; the other is 1.
            EXPECT_EQ(source.sizes[LoopDim::k] * source.sizes[LoopDim::g], layer.sizes[LoopDim::g])
                << layer.name << '.' << input.name;
        }
    }
}

TEST(FullResnet18, HasTheLayersOfThatOfDefinesAndThreeMore)
{
    const Workload published = network_called("resnet18");
    const Workload full = network_called("resnet18_full");
    std::size_t found = 0;
    for (const Layer& layer : published.layers()) {
        const std::string name = "resnet18_full" + layer.name.substr(std::string{"resnet18"}.size());
        for (const Layer& other : full.layers()) {
            if (other.name == name && other.sizes == layer.sizes) ++found;
        }
    }
    EXPECT_EQ(found, published.layers().size());
    EXPECT_EQ(full.layers().size(), published.layers().size() + 3);
}

}  // namespace
}  // namespace plumbline::test
