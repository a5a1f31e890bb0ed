// SPDX-License-Identifier: Apache-2.0
// All files that make_models.py wrote: each is read, or refused with its name, and what is read comes back from its YAML.
#include <fstream>
#include <set>

#include "description/operator_types.hpp"
#include "io/onnx/onnx_model.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::test {
namespace {

class AllOnnxFiles : public OnnxFiles {};

std::vector<std::string> all_models()
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kModelsFolder))
        if (entry.path().extension() == ".onnx") names.push_back(entry.path().stem().string());
    return names;
}

TEST_F(AllOnnxFiles, AreReadOrRefusedWithTheirNames)
{
    int read = 0;
    int refused = 0;
    for (const std::string& name : all_models()) {
        try {
            EXPECT_FALSE(model(name).layers().empty());
            ++read;
        } catch (const InputError& error) {
            EXPECT_EQ(error.where().file, model_path(name));
            EXPECT_NE(error.where().field, "") << error.what();
            ++refused;
        }
    }
    EXPECT_GE(read, 80);
    EXPECT_GE(refused, 40);
}

// Else a rule that is called like the type is taken for one of a layer, and the layer goes by no other.
TEST_F(AllOnnxFiles, MakeLayersOfTypesThatMappingRulesKnow)
{
    std::set<std::string> met;
    for (const std::string& name : all_models()) {
        SCOPED_TRACE(name);
        try {
            const Workload net = model(name);
            for (const Layer& layer : net.layers()) {
                EXPECT_TRUE(detail::is_operator_type(layer.operator_type)) << layer.operator_type;
                met.insert(layer.operator_type);
            }
        } catch (const InputError&) {  // makes no layers
        }
    }
    EXPECT_GE(met.size(), 30U);
}

TEST_F(AllOnnxFiles, AreReadBackFromTheirYaml)
{
    for (const std::string& name : all_models()) {
        SCOPED_TRACE(name);
        std::optional<Workload> net;
        try {
            net = model(name);
        } catch (const InputError&) {
            continue;
        }
        EXPECT_EQ(io::parse_workload(io::workload_text(*net), name + ".yaml"), *net);
    }
}

}  // namespace
}  // namespace plumbline::test
