// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/batch_report.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace plumbline::validate::test {
namespace {

using io::ToleratedQuantity;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

BatchRow energy(Estimator estimator, double predicted)
{
    return {estimator, ToleratedQuantity::energy, {}, {}, {}, {}, predicted, 200};
}

/// Two accelerators; one schedule is off by 50 %, one is infeasible, one refused.
ValidationBatch hand_made()
{
    const std::vector<BatchRow> near{energy(Estimator::refined, 200)};
    const std::vector<BatchRow> far{energy(Estimator::uniform, 300), energy(Estimator::refined, 200)};
    return {{{"tiny", "a<b", "near", {}, {}, near},
             {"tiny", "a<b", "far", {}, {}, far},
             {"tiny", "other", "large", "needs \"9\" > 8 bits", {}, {}},
             {"huge", "other", "odd", {}, "does not fit", {}}},
            {{ToleratedQuantity::energy, 0.4}}};
}

TEST(BatchReport, IsWithinToleranceOnlyWhereEverythingIs)
{
    ValidationBatch batch = hand_made();
    EXPECT_FALSE(batch.within_tolerance());
    batch.schedules.pop_back();
    EXPECT_FALSE(batch.within_tolerance());
    batch.rules[0].at_most = 0.5;
    EXPECT_TRUE(batch.within_tolerance());
    batch.schedules.push_back(hand_made().schedules.back());  // refused: nobody knows how far off it would be
    EXPECT_FALSE(batch.within_tolerance());
}

TEST(BatchReport, SaysInTextWhatIsOutsideAndWhatIsLeftOut)
{
    const std::string text = batch_text(hand_made());
    EXPECT_THAT(text, AllOf(HasSubstr("needs \"9\" > 8 bits"), HasSubstr("does not fit"), HasSubstr("+50.00 %"),
                            HasSubstr("1 of 2 schedules within tolerance; 1 infeasible; 1 refused\n")));
    EXPECT_THAT(text, Not(HasSubstr("near")));
}

TEST(BatchReport, ListsOnceInTextWhatSeveralSchedulesOfANetworkAreLeftOutFor)
{
    ValidationBatch batch = hand_made();
    for (const char* name : {"larger", "largest"}) {
        batch.schedules.push_back(batch.schedules[2]);
        batch.schedules.back().name = name;
    }
    const std::string text = batch_text(batch);
    EXPECT_THAT(text, AllOf(HasSubstr("tiny other large  and 2 more  needs"), HasSubstr("3 infeasible")));
    EXPECT_THAT(text, Not(HasSubstr("largest")));
}

TEST(BatchReport, AsJsonHasEveryRowWithItsTolerance)
{
    const auto json = nlohmann::json::parse(batch_json(hand_made()));
    EXPECT_EQ(json["schema"], "plumbline/validate-set/1");
    EXPECT_EQ(json["within_tolerance"], false);
    ASSERT_EQ(json["schedules"].size(), 4U);
    EXPECT_EQ(json["schedules"][1]["within_tolerance"], false);
    const auto& row = json["schedules"][1]["rows"][0];
    EXPECT_EQ(row["estimator"], "uniform");
    EXPECT_EQ(row["predicted"], 300);
    EXPECT_EQ(row["deviation"], 0.5);
    EXPECT_EQ(row["tolerance"], 0.4);
    EXPECT_EQ(json["schedules"][2]["infeasible"], "needs \"9\" > 8 bits");
    EXPECT_EQ(json["schedules"][3]["refused"], "does not fit");
    // tiny, huge, and all.
    ASSERT_EQ(json["summary"].size(), 3U);
    EXPECT_EQ(json["summary"][2]["accelerator"], nullptr);
    EXPECT_EQ(json["summary"][2]["uniform"]["energy"]["worst"]["schedule"], "far");
}

TEST(BatchReport, AsJUnitHasASuitePerNetworkAndACasePerSchedule)
{
    EXPECT_EQ(batch_junit(hand_made()),
              R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plumbline validate" tests="4" failures="1" errors="1" skipped="1">
  <testsuite name="tiny a&lt;b" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="tiny.a&lt;b" name="near"/>
    <testcase classname="tiny.a&lt;b" name="far">
      <failure message="1 row outside tolerance" type="tolerance">uniform energy, energy: predicted 300, simulated 200, deviation +50.00 % (0.5), allowed 0.4
</failure>
    </testcase>
  </testsuite>
  <testsuite name="tiny other" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="tiny.other" name="large">
      <skipped message="infeasible: needs &quot;9&quot; &gt; 8 bits"/>
    </testcase>
  </testsuite>
  <testsuite name="huge other" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="huge.other" name="odd">
      <error message="does not fit" type="refused"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

/// Of three schedules of one network, one was fitted to.
ValidationBatch calibrated()
{
    const auto latency = [](double predicted) {
        return BatchRow{Estimator::refined, ToleratedQuantity::latency, {}, {}, {}, {}, predicted, 200};
    };
    ValidationBatch batch{{{"tiny", "x", "one", {}, {}, {latency(300)}},
                           {"tiny", "x", "two", {}, {}, {latency(250)}},
                           {"tiny", "x", "three", {}, {}, {latency(150)}}},
                          {{ToleratedQuantity::latency, 0.2}}};
    batch.schedules[0].part = Part::fitted;
    for (std::size_t i : {1U, 2U}) {
        batch.schedules[i].part = Part::held_out;
        batch.schedules[i].calibrated = latency(i == 1 ? 220 : 100);
    }
    CalibrationResult result;
    result.profile = Calibration{"tiny", {}, {}, {}, {"x one"}};
    result.schedules = 3;
    batch.calibrations.push_back(result);
    return batch;
}

TEST(BatchReport, SetsUncalibratedAndCalibratedBesideEachOther)
{
    const std::string text = batch_text(calibrated());
    // Held out, refined: +25 %, -25 %; calibrated: +10 %, -50 %. What was fitted to, +50 %, is in neither.
    EXPECT_THAT(text, AllOf(HasSubstr("fitted, accelerator by accelerator, to 33.33 % of the schedules (seed 1)"),
                            HasSubstr("25.00 %       0 %  +25.00 %"), HasSubstr("30.00 %  -20.00 %  -50.00 %"),
                            HasSubstr("refined, calibrated")));
    EXPECT_THAT(batch_text(hand_made()), Not(HasSubstr("calibrated")));
}

TEST(BatchReport, AsJsonSaysWhatWasFittedAndWhatWasHeldOut)
{
    const auto json = nlohmann::json::parse(batch_json(calibrated()));
    EXPECT_EQ(json["calibrations"][0]["fitted_to"], nlohmann::json{"x one"});
    EXPECT_EQ(json["schedules"][0]["calibration"], "fitted");
    EXPECT_FALSE(json["schedules"][0].contains("calibrated"));
    EXPECT_EQ(json["schedules"][1]["calibration"], "held out");
    EXPECT_EQ(json["schedules"][1]["calibrated"]["predicted"], 220);
    const auto& held_out = json["summary"][0]["held_out"];
    EXPECT_EQ(held_out["fitted_to"], 1);
    EXPECT_EQ(held_out["calibrated"]["schedules"], 2);
    EXPECT_NEAR(held_out["calibrated"]["mape"], 0.3, 1e-12);
    EXPECT_FALSE(nlohmann::json::parse(batch_json(hand_made())).contains("calibrations"));
}

TEST(BatchReport, AsJUnitHasFiguresOfHeldOutSchedulesAsProperties)
{
    const std::string xml = batch_junit(calibrated());
    EXPECT_THAT(xml, AllOf(HasSubstr(R"(<property name="fitted to" value="one"/>)"),
                           HasSubstr(R"(<property name="held out, latency MAPE, refined, calibrated" value="0.3"/>)"),
                           HasSubstr("refined, calibrated latency, latency: predicted 100, simulated 200")));
    EXPECT_THAT(batch_junit(hand_made()), Not(HasSubstr("<propert")));
}

TEST(BatchReport, NamesWhatTheProfileWasFittedTo)
{
    ValidationBatch batch = calibrated();
    batch.calibrations.clear();
    batch.schedules[2].in_profile = true;
    EXPECT_THAT(batch_text(batch),
                HasSubstr("no accuracy: the profile was fitted to 1 schedule, whose latency is in none of "
                          "these figures:\n  x three\n"));
    EXPECT_EQ(nlohmann::json::parse(batch_json(batch))["schedules"][2]["in_profile"], true);
}

TEST(XmlText, EscapesWhatXmlKnows)
{
    EXPECT_EQ(xml_escaped("a<b> & \"c\" 'd'\n"), "a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;&#10;");
    EXPECT_EQ(xml_escaped("größer → 𝄞"), "größer → 𝄞");
}

TEST(XmlText, ReplacesWhatXmlCannotSay)
{
    const std::string replacement = "\xEF\xBF\xBD";
    EXPECT_EQ(xml_escaped(std::string{"a\x01"} + '\0' + "b"), "a" + replacement + replacement + "b");
    EXPECT_EQ(xml_escaped("\xC3"), replacement);                                      // cut off
    EXPECT_EQ(xml_escaped("\xC0\xAF"), replacement + replacement);                    // overlong
    EXPECT_EQ(xml_escaped("\xED\xA0\x80"), replacement + replacement + replacement);  // half a surrogate pair
    EXPECT_EQ(xml_escaped("\xEF\xBF\xBF"), replacement + replacement + replacement);  // U+FFFF is no character
}

}  // namespace
}  // namespace plumbline::validate::test
