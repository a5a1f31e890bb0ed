// SPDX-License-Identifier: Apache-2.0
// A host may speak any language: it changes no number that is read or written.
#include <locale>

#include <gtest/gtest.h>

#include "model/tiny.hpp"
#include "plumbline/calibration.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/tolerances_yaml.hpp"
#include "plumbline/printable.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::test {
namespace {

/// 1.234,5 as in German, whether or not the system knows German.
struct German : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

class GermanHost : public testing::Test {
protected:
    GermanHost() : before_{std::locale::global(std::locale{std::locale::classic(), new German})} {}
    ~GermanHost() override { std::locale::global(before_); }

private:
    std::locale before_;
};

TEST_F(GermanHost, ChangesNoNumberThatIsRead)
{
    EXPECT_EQ(io::parse_tolerances("latency: 1.5\n", "t.yaml").front().at_most, 1.5);
}

TEST_F(GermanHost, ChangesNoNumberThatIsWritten)
{
    MemoryCalibration sram;
    sram.memory = "sram";
    sram.bandwidth = 0.5;
    sram.burst = Bits{65536};
    const Calibration profile{"tiny", {sram}, {}, {}, {}};
    EXPECT_EQ(io::parse_calibration(io::to_yaml(profile), "p.yaml", tiny_accelerator()), profile);
    TextStream text;
    text << 1234567 << ' ' << 1.5;
    EXPECT_EQ(text.str(), "1234567 1.5");
}

}  // namespace
}  // namespace plumbline::test
