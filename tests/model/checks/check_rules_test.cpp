// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "model/checks/findings.hpp"
#include "model/hand_machine.hpp"
#include "plumbline/check.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using testing::ElementsAre;
using testing::IsEmpty;

MappingRule rule_called(const std::string& name, std::vector<Unrolling> unrollings)
{
    MappingRule rule = tiny::rules().rules().front();
    rule.name = name;
    rule.unrollings = std::move(unrollings);
    return rule;
}

/// A network of one convolution called conv0, of operator type Conv.
Workload one_layer() { return {"one", {tiny::convolution(0, {2, 2, 1, 4})}}; }

TEST(CheckRules, FindsNothingWhereTheArrayIsUsed)
{
    EXPECT_THAT(check_rules(tiny::rules(), tiny::accelerator()), IsEmpty());
}

TEST(CheckRules, FindsUnrollingsWiderThanTheArray)
{
    const MappingRules rules{{rule_called("default", {{"D1", LoopDim::k, 3}})}};
    EXPECT_THAT(check_rules(rules, tiny::accelerator()),
                ElementsAre(suspicious("rules[0].spatial_mapping.D1", "unrolls K 3 times over D1, which has 2 MACs")));
}

TEST(CheckRules, FindsDimensionsThatTheDefaultLeavesIdle)
{
    const MappingRules rules{{rule_called("default", {}), rule_called("Add", {})}};
    EXPECT_THAT(
        check_rules(rules, tiny::accelerator()),
        ElementsAre(suspicious("rules[0].spatial_mapping", "unrolls nothing over D1: of its 2 MACs one works")));
}

TEST(CheckUnusedRules, RemarksOnOperatorTypesAndSuspectsOtherNames)
{
    const MappingRules rules{{rule_called("default", {}), rule_called("conv0", {}), rule_called("Add", {}),
                              rule_called("Cnov", {}), rule_called("conv00", {}), rule_called("LRN", {})}};
    EXPECT_THAT(check_unused_rules(rules, one_layer()),
                ElementsAre(remark("rules[0]", "no layer of one uses the rule 'default'"),
                            remark("rules[2]", "no layer of one uses the rule 'Add'"),
                            suspicious("rules[3]", "no operator type either: did you mean 'Conv'?"),
                            suspicious("rules[4]", "did you mean 'conv0'?"),
                            remark("rules[5]", "no layer of one uses the rule 'LRN'")));
}

}  // namespace
}  // namespace plumbline
