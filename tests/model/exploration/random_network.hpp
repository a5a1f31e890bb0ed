// SPDX-License-Identifier: Apache-2.0
// Small networks with branches, for properties: convolutions and additions that read any map before them.
//
// Equal seeds give equal networks. Maps have edges, and all the same size but for those behind a stride. What nobody reads is an
// output of the network, of which there may be several.
#pragma once

#include <random>
#include <vector>

#include "model/hand_machine.hpp"

namespace plumbline::random_network {

class Generator {
public:
    explicit Generator(std::uint64_t seed) : random_{seed} {}

    Workload network(std::size_t layers)
    {
        while (layers_.size() < layers) {
            const auto pair = below(3) == 0 ? pair_to_join() : std::vector<LayerId>{};
            if (pair.empty())
                convolve();
            else
                join(pair[0], pair[1]);
        }
        return {"random", layers_};
    }

    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
    }

private:
    static constexpr std::int64_t kSize = 6;
    static constexpr std::int64_t kChannels = 2;

    /// Mostly the last one; -1: the network's input.
    void convolve()
    {
        const LayerId last = static_cast<LayerId>(layers_.size()) - 1;
        const LayerId source = last >= 0 && below(3) == 0 ? below(last + 1) : last;
        const std::int64_t size = source < 0 ? kSize : layers_[static_cast<std::size_t>(source)].sizes[LoopDim::ox];
        const std::int64_t window = below(2) == 0 ? 1 : 3;
        const std::int64_t stride = below(4) == 0 ? 2 : 1;
        const std::int64_t output = divide_up(size, stride);
        Layer layer = tiny::convolution(last + 1, {kChannels, kChannels, output, output, window, window, stride});
        if (source >= 0) layer.inputs[1].source = source;
        for (SlidingAxis& axis : layer.inputs[1].sliding) {
            axis.size = size;
            axis.padding_before = window / 2;
            axis.padding_behind = (output - 1) * stride + window - window / 2 - size;
        }
        layers_.push_back(layer);
    }

    /// Two maps of one size; none where there are none.
    std::vector<LayerId> pair_to_join()
    {
        for (std::size_t a = layers_.size(); a-- > 1;)
            for (std::size_t b = a; b-- > 0;)
                if (layers_[a].sizes[LoopDim::ox] == layers_[b].sizes[LoopDim::ox])
                    return {layers_[a].id, layers_[b].id};
        return {};
    }

    void join(LayerId a, LayerId b)
    {
        Layer add;
        add.id = static_cast<LayerId>(layers_.size());
        add.name = "add" + std::to_string(add.id);
        add.operator_type = "Add";
        add.operation = Operation::addition;
        const std::int64_t size = layers_[static_cast<std::size_t>(a)].sizes[LoopDim::ox];
        add.sizes[LoopDim::k] = kChannels;
        add.sizes[LoopDim::oy] = add.sizes[LoopDim::ox] = size;
        const DimSet all = tiny::dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
        add.output = {"O", all, {}, Bits{16}, false, std::nullopt};
        add.final_precision = Bits{8};
        add.inputs = {{"X", all, {}, Bits{8}, false, a}, {"Y", all, {}, Bits{8}, false, b}};
        layers_.push_back(add);
    }

    std::mt19937_64 random_;
    std::vector<Layer> layers_;
};

inline MappingRules rules()
{
    MappingRule convolutions = tiny::rules().rules().front();
    MappingRule additions = convolutions;
    additions.name = "Add";
    additions.links = {{"O", MemoryOperand::o}, {"X", MemoryOperand::i1}, {"Y", MemoryOperand::i1}};
    return MappingRules{{convolutions, additions}};
}

}  // namespace plumbline::random_network
