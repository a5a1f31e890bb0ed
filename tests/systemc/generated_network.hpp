// SPDX-License-Identifier: Apache-2.0
// Networks for properties: chains of convolutions with random windows, strides and paddings, and residual blocks with and
// without a convolution on the branch.
//
// Equal seeds give equal networks. Widths that are not padded shrink; a branch is then cropped where it joins.
//
//     const Workload workload = generated::network(seed);
#pragma once

#include <random>

#include "small_machine.hpp"

namespace plumbline::generated {

class NetworkGenerator {
public:
    explicit NetworkGenerator(std::uint64_t seed) : random_{seed}
    {
        padded_ = below(2) == 0;
        size_ = kLeast + 1 + below(45);
    }

    Workload network()
    {
        const auto layers = static_cast<std::size_t>(2 + below(7));
        while (layers_.size() < layers && size_ > kLeast) {
            if (!layers_.empty() && below(3) == 0)
                add_block();
            else
                add_single();
        }
        return {"generated", layers_};
    }

private:
    static constexpr std::int64_t kLeast = 10;  ///< room for a block of two windows of 3, with stride

    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
    }
    std::int64_t one_of(std::initializer_list<std::int64_t> values)
    {
        return *(values.begin() + below(static_cast<std::int64_t>(values.size())));
    }
    LayerId last() const { return static_cast<LayerId>(layers_.size()) - 1; }
    std::int64_t outputs(std::int64_t size, std::int64_t window, std::int64_t stride) const
    {
        return padded_ ? divide_up(size, stride) : (size - window) / stride + 1;
    }

    LayerId convolve(std::int64_t channels, std::int64_t size, std::int64_t window, std::int64_t stride, LayerId source)
    {
        Layer layer = small::convolution({{LoopDim::k, channels},
                                          {LoopDim::c, channels_},
                                          {LoopDim::oy, size},
                                          {LoopDim::ox, size},
                                          {LoopDim::fy, window},
                                          {LoopDim::fx, window}},
                                         last() + 1, stride);
        if (source >= 0) layer.inputs[1].source = source;
        layers_.push_back(layer);
        return layer.id;
    }

    void add_single()
    {
        const std::int64_t window = one_of({1, 1, 3, 5});
        const std::int64_t stride = one_of({1, 1, 2, 3});
        const std::int64_t channels = one_of({16, 32, 64, 128});
        size_ = outputs(size_, window, stride);
        convolve(channels, size_, window, stride, last());
        channels_ = channels;
    }

    /// Two convolutions on the main path; the branch is the map before, or a pointwise convolution of it.
    void add_block()
    {
        const LayerId before = last();
        const std::int64_t before_channels = channels_;
        const std::int64_t stride = one_of({1, 1, 2});
        const std::int64_t first = one_of({1, 3});
        const std::int64_t second = one_of({1, 3});
        const std::int64_t middle = outputs(size_, first, stride);
        size_ = outputs(middle, second, 1);
        const LayerId half = convolve(channels_, middle, first, stride, before);
        const LayerId main = convolve(channels_, size_, second, 1, half);
        channels_ = before_channels;
        const bool direct = stride == 1 && below(4) > 0;
        join(direct ? before : convolve(channels_, size_, 1, stride, before), main);
    }

    void join(LayerId branch, LayerId main)
    {
        Layer add;
        add.id = last() + 1;
        add.name = "layer " + std::to_string(add.id);
        add.operator_type = "Add";
        add.operation = Operation::addition;
        add.sizes[LoopDim::g] = channels_;
        add.sizes[LoopDim::oy] = add.sizes[LoopDim::ox] = size_;
        DimSet all;
        for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox}) all.insert(dim);
        add.output = {"O", all, {}, Bits{16}, false, std::nullopt};
        add.final_precision = Bits{8};
        add.inputs = {{"X", all, {}, Bits{8}, false, branch}, {"Y", all, {}, Bits{8}, false, main}};
        layers_.push_back(add);
    }

    std::mt19937_64 random_;
    bool padded_ = false;
    std::int64_t size_ = 0;  ///< columns and rows of the last map
    std::int64_t channels_ = 16;
    std::vector<Layer> layers_;
};

inline Workload network(std::uint64_t seed) { return NetworkGenerator{seed}.network(); }

}  // namespace plumbline::generated
