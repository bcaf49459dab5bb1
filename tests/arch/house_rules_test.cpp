#include "arch/house_rules.hpp"

#include "support/catch.hpp"

using namespace kedge::test;

namespace {

std::size_t count(const std::string& path, const std::string& text) {
    return breaches({path, text}).size();
}

}  // namespace

TEST_CASE("The house keeps its rules") {
    const auto files = read_house(KEDGE_SOURCE_DIR);
    REQUIRE(files.size() > 20);
    for (const auto& file : files) {
        if (file.path.ends_with(".md")) continue;
        for (const auto& breach : breaches(file)) FAIL_CHECK(breach);
    }
    for (const auto& breach : folders_without_readme(files)) FAIL_CHECK(breach);
}

TEST_CASE("The arrows point inward: a made-up breach is found") {
    CHECK(count("src/core/pan.cpp", "#include \"core/pan.hpp\"\n#include <cmath>\n") == 0);
    CHECK(count("src/core/pan.cpp", "#include \"mix/mix.hpp\"\n") == 1);
    CHECK(count("src/mix/mix.cpp", "#include \"measure/tape.hpp\"\n#include \"core/pan.hpp\"\n") == 0);
    CHECK(count("src/mix/mix.cpp", "#include \"surface/surface.hpp\"\n") == 1);
    CHECK(count("src/measure/tape.cpp", "  #  include \"mix/mix.hpp\"\n") == 1);
    CHECK(count("src/surface/pass_runner.cpp", "#include \"journal/journal.hpp\"\n") == 1);
    CHECK(count("src/engine/engine.cpp", "#include \"ardour/session.hpp\"\n") == 1);
    CHECK(count("src/engine/engine.cpp", "#include \"io/daw_loop.hpp\"\n") == 1);
    CHECK(count("protocols/osc/osc.cpp", "#include \"surface/surface.hpp\"\n") == 1);
    CHECK(count("protocols/ardour/session.cpp",
                "#include \"osc/osc.hpp\"\n#include \"surface/surface.hpp\"\n") == 0);
    CHECK(count("protocols/ardour/session.cpp", "#include \"sim/song.hpp\"\n") == 1);
    CHECK(count("src/sim/song.cpp", "#include \"osc/osc.hpp\"\n") == 0);
    CHECK(count("src/sim/song.cpp", "#include \"engine/engine.hpp\"\n") == 1);
    CHECK(count("src/sim/reaper_call.cpp", "#include \"reaper/pattern_file.hpp\"\n") == 0);
    CHECK(count("src/sim/reaper_call.cpp", "#include \"reaper/reaper_session.hpp\"\n") == 1);
    CHECK(count("src/io/daw_loop.cpp", "#include \"cli/settings.hpp\"\n") == 1);
    CHECK(count("src/cli/commands.cpp", "#include \"io/daw_loop.hpp\"\n") == 0);
    CHECK(count("src/attic/old.cpp", "") == 1);
}

TEST_CASE("Libraries, clocks, threads and files stay in their places: a made-up breach is found") {
    const auto only_in = [](const std::string& text, const std::string& place, const std::string& elsewhere) {
        CAPTURE(text);
        CHECK(count(place, text) == 0);
        CHECK(count(elsewhere, text) == 1);
    };
    only_in("#include <boost/asio.hpp>\n", "src/io/loop.cpp", "src/engine/engine.cpp");
    only_in("#include <RtMidi.h>\n", "src/io/midi.cpp", "src/control/banks.cpp");
    only_in("#include <jack/jack.h>\n", "src/io/jack_watch.cpp", "src/cli/doctor.cpp");
    only_in("#include <oscpack/osc/OscTypes.h>\n", "protocols/osc/osc.cpp", "protocols/ardour/session.cpp");
    only_in("#include <sqlite3.h>\n", "src/journal/sqlite.cpp", "src/cli/journal.cpp");
    only_in("#include <toml++/toml.h>\n", "src/mix/role_book.cpp", "src/core/role.cpp");
    only_in("#include <thread>\n", "src/io/loop.cpp", "src/sim/engine.cpp");
    only_in("std::thread worker;\n", "src/io/loop.cpp", "src/sim/engine.cpp");
    only_in("wait::sleep_for(1s);\n", "src/cli/sim.cpp", "src/surface/errands.cpp");
    only_in("auto now = std::chrono::steady_clock::now();\n", "src/io/loop.cpp", "src/engine/engine.cpp");
    only_in("const auto t = system_clock :: now();\n", "src/cli/mix.cpp", "src/journal/schema.cpp");
    only_in("#include <sys/socket.h>\n", "src/io/loop.cpp", "protocols/osc/osc.cpp");
    only_in("#include <fstream>\n", "src/sim/wav_stems.cpp", "src/measure/tape_file.cpp");
    only_in("#include <filesystem>\n", "src/io/state_files.cpp", "src/journal/sqlite.cpp");
    only_in("std::cout << 1;\n", "src/cli/text.cpp", "src/mix/mix.cpp");
}

TEST_CASE("Comments may name anything, and longer words are other words") {
    CHECK(count("src/core/time.hpp", "/// unlike steady_clock::now()\n// #include <thread>\n") == 0);
    CHECK(count("src/core/time.hpp", "std::snprintf(text, 3, \"x\");\n") == 0);
    CHECK(count("src/core/time.hpp", "std::chrono::steady_clock::time_point at;\n") == 0);
}

TEST_CASE("A file too long is found") {
    std::string text;
    for (int i = 0; i < 600; ++i) text += "\n";
    CHECK(count("src/core/long.cpp", text) == 0);
    CHECK(count("src/core/long.cpp", text + "\n") == 1);
}

TEST_CASE("A folder without a README is found") {
    CHECK(folders_without_readme({{"src/core/pan.hpp", ""}}).size() == 1);
    CHECK(folders_without_readme({{"src/core/pan.hpp", ""}, {"src/core/README.md", ""}}).empty());
    CHECK(folders_without_readme({{"src/cli/main/main.cpp", ""}, {"src/cli/README.md", ""}}).empty());
    CHECK(folders_without_readme({{"protocols/osc/osc.hpp", ""}, {"src/core/README.md", ""}}).size() == 1);
}
