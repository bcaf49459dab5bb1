#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

constexpr std::string_view effect_patterns = R"(
DEVICE_TRACK_COUNT 4
DEVICE_FX_COUNT 2
DEVICE_FX_PARAM_COUNT 2
DEVICE_FX_INST_PARAM_COUNT 2
DEVICE_TRACK_SELECT i/device/track/select
DEVICE_FX_SELECT i/device/fx/select t/device/fx/select/@
DEVICE_PREV_FX t/device/fx/-
DEVICE_NEXT_FX t/device/fx/+
DEVICE_FX_PARAM_BANK_SELECT i/device/fxparam/bank/select s/device/fxparam/bank/str
DEVICE_PREV_FX_PARAM_BANK t/device/fxparam/bank/-
DEVICE_NEXT_FX_PARAM_BANK t/device/fxparam/bank/+
DEVICE_FX_INST_PARAM_BANK_SELECT i/device/fxinstparam/bank/select s/device/fxinstparam/bank/str
DEVICE_PREV_FX_INST_PARAM_BANK t/device/fxinstparam/bank/-
DEVICE_NEXT_FX_INST_PARAM_BANK t/device/fxinstparam/bank/+
FX_NAME s/fx/name s/fx/@/name s/track/@/fx/@/name
FX_NUMBER s/fx/number/str
FX_BYPASS b/fx/bypass b/fx/@/bypass b/track/@/fx/@/bypass
FX_OPEN_UI b/fx/@/openui
FX_PRESET s/fx/preset s/fx/@/preset
FX_PREV_PRESET t/fx/preset-
FX_NEXT_PRESET t/fx/preset+
FX_WETDRY n/fx/wetdry n/track/@/fx/@/wetdry
FX_PARAM_NAME s/fxparam/@/name
FX_PARAM_VALUE n/fxparam/@/value n/track/@/fx/@/fxparam/@/value
FX_INST_NAME s/fxinst/name s/track/@/fxinst/name
FX_INST_BYPASS b/fxinst/bypass b/track/@/fxinst/bypass
FX_INST_PARAM_NAME s/fxinstparam/@/name
FX_INST_PARAM_VALUE n/fxinstparam/@/value n/track/@/fxinstparam/@/value
)";

/// The first track has a synthesiser and an echo, and is the device's current one.
struct EffectBench : ReaperBench {
    EffectBench() : ReaperBench(effect_patterns) {
        settle();
        ReaperEffect synth;
        synth.name = "Synth";
        synth.is_instrument = true;
        synth.parameters = {{"Cutoff", 0.5}, {"Attack", 0.1}, {"Decay", 0.2}};
        ReaperEffect echo;
        echo.name = "Echo";
        echo.presets = {"Slap", "Hall", "Dub"};
        echo.parameters = {{"Time", 0.25}, {"Feedback", 0.4}, {"Tone", 0.6}, {"Wet", 1.0}, {"Width", 0.8}};
        daw.insert_effect(0, synth);
        daw.insert_effect(0, echo);
        first = ask("/device/track/select", {std::int32_t{1}});
    }
    const ReaperEffect& effect(std::size_t at) { return daw.effects(0)[at]; }

    Lines first;
};

}  // namespace

TEST_CASE("REAPER: a bypass is 1 where the effect is enabled, both ways", "[R4.21]") {
    EffectBench bench;
    CHECK(holds(bench.first, "/fx/1/bypass f1.00"));
    // As it was switched on, the address without numbers says nothing: only the effect's own do.
    CHECK(holds(bench.ask("/fx/2/bypass", {0.0F}), "/track/1/fx/2/bypass f0.00"));
    CHECK_FALSE(bench.effect(1).enabled);
    CHECK(bench.effect(0).enabled);
    CHECK(bench.ask("/fx/2/bypass", {0.0F}) == Lines{});
    CHECK(bench.ask("/fx/2/bypass", {0.5F}) == Lines{});
    CHECK(holds(bench.ask("/track/1/fx/2/bypass", {1.0F}), "/fx/2/bypass f1.00"));
    CHECK(bench.effect(1).enabled);
    // Where there is none it is 0, and nothing can be enabled.
    CHECK(bench.ask("/track/2/fx/1/bypass", {1.0F}).empty());
    // The instrument's is told with the effect's.
    CHECK(holds(bench.ask("/fxinst/bypass", {0.0F}), "/track/1/fxinst/bypass f0.00"));
    CHECK_FALSE(bench.effect(0).enabled);
    CHECK(bench.ask("/fx/2/openui", {1.0F}) == Lines{"/fx/2/openui f1.00"});
    CHECK(bench.effect(1).open);
}

TEST_CASE("REAPER: a parameter's edit ends with a whole number -1", "[R4.28]") {
    EffectBench bench;
    // Nothing is said: the address it came on is silent, and the effect is not the current one.
    CHECK(bench.ask("/track/1/fx/2/fxparam/1/value", {0.75F}).empty());
    CHECK(bench.effect(1).parameters[0].value == Approx(0.75));
    CHECK(bench.effect(1).parameters[0].edited);
    // Other whole numbers set nothing and end nothing.
    bench.ask("/track/1/fx/2/fxparam/1/value", {std::int32_t{1}});
    CHECK(bench.effect(1).parameters[0].value == Approx(0.75));
    CHECK(bench.effect(1).parameters[0].edited);
    bench.ask("/track/1/fx/2/fxparam/1/value", {std::int32_t{-1}});
    CHECK_FALSE(bench.effect(1).parameters[0].edited);
    CHECK(bench.effect(1).parameters[0].value == Approx(0.75));
    // Both in one message: set, and done with.
    bench.ask("/track/1/fx/2/fxparam/2/value", {0.5F, std::int32_t{-1}});
    CHECK(bench.effect(1).parameters[1].value == Approx(0.5));
    CHECK_FALSE(bench.effect(1).parameters[1].edited);
    bench.ask("/track/1/fx/2/wetdry", {0.25F});
    CHECK(bench.effect(1).parameters[3].value == Approx(0.25));
}

TEST_CASE("REAPER: the current effect is chosen by number, and by the one beside", "[R5.8]") {
    EffectBench bench;
    CHECK(holds(bench.first, "/fx/name sSynth"));
    CHECK(holds(bench.first, "/device/fx/select/1 f1.00"));
    const Lines chosen = bench.ask("/device/fx/select", {std::int32_t{2}});
    CHECK(holds(chosen, "/fx/name sEcho"));
    CHECK(holds(chosen, "/fx/number/str s2"));
    CHECK(holds(chosen, "/fx/preset sSlap"));
    CHECK(holds(chosen, "/device/fx/select/1 f0.00"));
    CHECK(holds(chosen, "/device/fx/select/2 f1.00"));
    CHECK(holds(chosen, "/fxparam/1/name sTime"));
    // Past an end it begins again at the other; a number too high is the first.
    CHECK(holds(bench.ask("/device/fx/+", {}), "/fx/name sSynth"));
    CHECK(holds(bench.ask("/device/fx/-", {}), "/fx/name sEcho"));
    CHECK(holds(bench.ask("/device/fx/select/9", {}), "/fx/name sSynth"));
    bench.ask("/device/fx/select/2", {});
    CHECK(holds(bench.ask("/fx/preset-", {}), "/fx/preset sDub"));
    CHECK(holds(bench.ask("/fx/preset+", {}), "/fx/preset sSlap"));
    bench.ask("/fx/preset", {std::string_view("Hall")});
    CHECK(bench.effect(1).preset == 1);
}

TEST_CASE("REAPER: parameters are told and set by banks", "[R5.9]") {
    EffectBench bench;
    bench.ask("/device/fx/select", {std::int32_t{2}});
    const Lines chosen = bench.ask("/device/fxparam/bank/select", {std::int32_t{2}});
    CHECK(holds(chosen, "/device/fxparam/bank/str s2"));
    CHECK(holds(chosen, "/fxparam/1/name sTone"));
    CHECK(holds(chosen, "/fxparam/1/value f0.60"));
    CHECK(holds(chosen, "/fxparam/2/name sWet"));
    CHECK(holds(chosen, "/fx/wetdry f1.00"));
    // What is set is the bank's, and the track's own address tells it too.
    CHECK(holds(bench.ask("/fxparam/1/value", {0.9F}), "/track/1/fx/2/fxparam/1/value f0.90"));
    CHECK(bench.effect(1).parameters[2].value == Approx(0.9));
    CHECK(holds(bench.ask("/device/fxparam/bank/+", {}), "/fxparam/1/name sWidth"));
    CHECK(holds(bench.ask("/device/fxparam/bank/+", {}), "/fxparam/1/name sTime"));
    CHECK(holds(bench.ask("/device/fxparam/bank/-", {}), "/fxparam/1/name sWidth"));
    // An effect with fewer parameters begins at its first.
    CHECK(holds(bench.ask("/device/fx/select", {std::int32_t{1}}), "/device/fxparam/bank/str s1"));
}

TEST_CASE("REAPER: the instrument's parameters have a bank of their own", "[R5.10]") {
    EffectBench bench;
    CHECK(holds(bench.first, "/fxinst/name sSynth"));
    CHECK(holds(bench.first, "/fxinstparam/2/name sAttack"));
    const Lines chosen = bench.ask("/device/fxinstparam/bank/select", {std::int32_t{2}});
    CHECK(holds(chosen, "/device/fxinstparam/bank/str s2"));
    CHECK(holds(chosen, "/fxinstparam/1/name sDecay"));
    CHECK(holds(chosen, "/fxinstparam/2/name s"));
    bench.ask("/track/1/fxinstparam/1/value", {0.7F});
    CHECK(bench.effect(0).parameters[2].value == Approx(0.7));
    CHECK(holds(bench.ask("/device/fxinstparam/bank/-", {}), "/fxinstparam/1/name sCutoff"));
    CHECK(holds(bench.ask("/device/fxinstparam/bank/-", {}), "/fxinstparam/1/name sDecay"));
    CHECK(holds(bench.ask("/device/fxinstparam/bank/+", {}), "/fxinstparam/1/name sCutoff"));
    // The bank of the current effect's stays where it is.
    CHECK(bench.ask("/device/fxparam/bank/select", {std::int32_t{1}}).empty());
}
