// SPDX-License-Identifier: Apache-2.0
// Files that make_models.py wrote, read, and what to expect of them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "onnx_models_folder.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/onnx.hpp"

namespace plumbline::test {

inline std::string model_path(const std::string& name) { return std::string{kModelsFolder} + '/' + name + ".onnx"; }

/// Tests that need the files; without python3-onnx there are none.
class OnnxFiles : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!std::filesystem::exists(std::filesystem::path{kModelsFolder} / "made"))
            GTEST_SKIP() << "python3-onnx is missing, which writes the files of this test";
    }
};

inline Workload model(const std::string& name, const io::OnnxOptions& options = {})
{
    return io::read_onnx(model_path(name), options);
}

/// "Conv K4 C3 OY6 OX8 FY3 FX3": operator type and sizes other than 1.
inline std::string text_of(const Layer& layer)
{
    std::string text = layer.operator_type;
    for (LoopDim dim : kAllLoopDims)
        if (layer.sizes[dim] != 1) text += ' ' + std::string{name_of(dim)} + std::to_string(layer.sizes[dim]);
    return text;
}

/// What many models begin with, as `layers_of` says it: a map of 4 channels, 6 rows and 8 columns.
inline const std::string kSource = "Conv K4 C3 OY6 OX8 FY3 FX3; ";

/// Of all layers, separated by "; ".
inline std::string layers_of(const std::string& name, const io::OnnxOptions& options = {})
{
    std::string all;
    const Workload net = model(name, options);
    for (const Layer& layer : net.layers()) all += (all.empty() ? "" : "; ") + text_of(layer);
    return all;
}

/// "IY 8 stride 2 dilation 1 padding 1 2 times 2; IX …" of what a layer reads; "times" where it is up-sampled, "in depth 2
/// from 1" where channels hold positions.
inline std::string axes_of(const Operand& map)
{
    std::string text;
    for (const SlidingAxis& axis : map.sliding) {
        text += (text.empty() ? "" : "; ") + axis.name + ' ' + std::to_string(axis.size.value_or(-1)) + " stride " +
                std::to_string(axis.stride) + " dilation " + std::to_string(axis.dilation) + " padding " +
                std::to_string(axis.padding_before) + ' ' + std::to_string(axis.padding_behind) +
                (axis.upsampling > 1 ? " times " + std::to_string(axis.upsampling) : "") +
                (axis.depth_to_space > 1 ? " in depth " + std::to_string(axis.depth_to_space) : "") +
                (axis.depth_offset > 0 ? " from " + std::to_string(axis.depth_offset) : "");
    }
    return text;
}

/// Of the first layer, whose second input is a map.
inline std::string axes_of(const std::string& name) { return axes_of(model(name).layers().front().inputs[1]); }

/// Of the last input of one layer.
inline std::string axes_of_layer(const std::string& name, std::size_t layer)
{
    const Workload net = model(name);
    return axes_of(net.layers()[layer].inputs.back());
}

inline void expect_refused(const std::string& name, const std::string& field, const std::string& part,
                           const io::OnnxOptions& options = {})
{
    SCOPED_TRACE(name);
    try {
        model(name, options);
    } catch (const InputError& error) {
        EXPECT_EQ(error.where().file, model_path(name));
        EXPECT_EQ(error.where().field, field) << error.what();
        EXPECT_THAT(error.problem(), ::testing::HasSubstr(part));
        return;
    }
    ADD_FAILURE() << "is taken";
}

}  // namespace plumbline::test
