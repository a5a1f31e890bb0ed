// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"

#include <gmock/gmock.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::io {
namespace {

using test::tiny_workload;
using testing::ElementsAre;

const Cuts kAutomatic{Cuts::Kind::automatic, {}};
const Cuts kNone{Cuts::Kind::none, {}};
const Cuts kEach{Cuts::Kind::each, {}};

Cuts after(std::vector<LayerId> layers) { return {Cuts::Kind::given, std::move(layers)}; }

TEST(CutsText, IsReadAsItIsWritten)
{
    for (const Cuts& cuts : {kAutomatic, kNone, kEach, after({0}), after({0, 1})})
        EXPECT_EQ(parse_cuts(to_text(cuts), tiny_workload(), "cuts"), cuts) << to_text(cuts);
    EXPECT_EQ(to_text(after({3, 7})), "3,7");
}

TEST(CutsText, NamesLayersByIdOrName)
{
    EXPECT_EQ(parse_cuts("conv,1", tiny_workload(), "cuts"), after({0, 1}));
    test::expect_input_error([] { parse_cuts("0,77", tiny_workload(), "cuts"); }, "cuts",
                             "'77' is no layer of pair, expected auto");
    test::expect_input_error([] { parse_cuts("0,comv", tiny_workload(), "cuts"); }, "cuts",
                             "'comv' is no layer of pair, did you mean 'conv'?");
    test::expect_input_error([] { parse_cuts("auto,conv", tiny_workload(), "cuts"); }, "cuts", "'auto' stands alone");
}

TEST(CutAlternatives, AreSeparatedBySemicolonsAndKeywords)
{
    const auto parse = [](const std::string& text) { return parse_cut_alternatives(text, tiny_workload(), "cuts"); };
    EXPECT_THAT(parse("auto"), ElementsAre(kAutomatic));
    EXPECT_THAT(parse("auto,none;each"), ElementsAre(kAutomatic, kNone, kEach));
    EXPECT_THAT(parse("0"), ElementsAre(after({0})));
    EXPECT_THAT(parse("conv;none;0,1"), ElementsAre(after({0}), kNone, after({0, 1})));
    test::expect_input_error([&] { parse(";"); }, "cuts", "names no cuts");
}

}  // namespace
}  // namespace plumbline::io
