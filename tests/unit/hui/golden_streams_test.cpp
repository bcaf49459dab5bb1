#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

MidiBytes golden_stream(const char* name) {
    const auto folder = std::filesystem::path(KEDGE_SOURCE_DIR) / "tests" / "golden" / "hui";
    std::ifstream file(folder / name, std::ios::binary);
    REQUIRE(file);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    MidiBytes bytes;
    for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
    return bytes;
}

/// Every zone and port that there is, of those that can be pressed or of all.
std::set<Switch> all_switches(bool to_be_pressed) {
    std::set<Switch> all;
    for (int zone = 0; zone < 128; ++zone)
        for (int port = 0; port < Switch::ports; ++port) {
            const auto which = Switch::at(midi::Data7(zone), port);
            if (which && (!to_be_pressed || which->can_be_pressed())) all.insert(*which);
        }
    return all;
}

}  // namespace

TEST_CASE("HUI: everything that a host can say is read, and written again byte by byte") {
    const auto bytes = golden_stream("to_hui.midi");
    ToHuiDecoder decoder;
    const auto said = heard<ToHui>(decoder, bytes);
    CHECK((decoder.dropped() == Dropped{}));
    CHECK(decoder.pending() == 0);
    CHECK(to_hex(bytes_of(to_midi(said))) == to_hex(bytes));

    std::set<std::size_t> kinds;
    std::set<Switch> lit;
    std::set<Switch> put_out;
    for (const auto& message : said) {
        kinds.insert(message.index());
        if (const auto* lamp = std::get_if<SetLamp>(&message)) (lamp->on ? lit : put_out).insert(lamp->lamp);
    }
    CHECK(kinds.size() == std::variant_size_v<ToHui>);
    CHECK((lit == all_switches(false)));
    CHECK((put_out == all_switches(false)));
    CHECK(lit.size() == 196);
}

TEST_CASE("HUI: everything that a HUI can say is read, and written again byte by byte") {
    const auto bytes = golden_stream("from_hui.midi");
    FromHuiDecoder decoder;
    const auto said = heard<FromHui>(decoder, bytes);
    CHECK((decoder.dropped() == Dropped{}));
    CHECK(decoder.pending() == 0);

    MidiBytes written;
    std::set<std::size_t> kinds;
    std::set<Switch> pressed;
    std::set<Switch> let_go;
    for (const auto& message : said) {
        const auto again = bytes_of(to_midi(message));
        written.insert(written.end(), again.begin(), again.end());
        kinds.insert(message.index());
        if (const auto* moved = std::get_if<SwitchMoved>(&message))
            (moved->pressed ? pressed : let_go).insert(moved->which);
    }
    CHECK(to_hex(written) == to_hex(bytes));
    CHECK(kinds.size() == std::variant_size_v<FromHui>);
    CHECK((pressed == all_switches(true)));
    CHECK((let_go == all_switches(true)));
}
