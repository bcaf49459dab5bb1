// simulated_controller PROFILE CLIENT: a device with the controls of a profile, on MIDI ports of its own.
// What hands do on it comes by stdin, a line each: "move fader 1 = 8000", "touch fader 1 = 1", "press mute
// 1". What it is told goes to stdout: "motor fader 1 = 8000", "light mute 1 = 127". Ends with its stdin.

#include "cli/profiles.hpp"
#include "control/control_feedback.hpp"
#include "control/control_reader.hpp"
#include "core/text_fields.hpp"
#include "io/event_loop.hpp"
#include "io/midi_wire.hpp"
#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

using namespace kedge;

namespace {

class Device {
  public:
    Device(control::ControllerMap map, std::unique_ptr<io::MidiWire> wire)
        : map_(std::move(map)), shown_(shown_controls(map_)), reader_(shown_), wire_(std::move(wire)) {
        wire_->listen({[this](std::size_t, std::span<const std::byte> bytes) { hear(bytes); },
                       [](std::size_t, bool) {}});
    }
    void does(std::string_view line) {
        const auto what = take_up_to(' ', line);
        const auto name = line.substr(0, line.find(" = "));
        const int value = line.find(" = ") == std::string_view::npos
                              ? 1
                              : number_in_whole<int>(line.substr(line.find(" = ") + 3)).value_or(0);
        if (what == "touch") {
            for (const auto& control : map_.controls)
                if (const auto* touch = std::get_if<control::TouchOf>(&control.make);
                    touch && touch->control == name)
                    say(control.source, value > 0 ? 127 : 0, 127);
            return;
        }
        const auto found = std::find_if(map_.controls.begin(), map_.controls.end(),
                                        [&](const auto& each) { return each.name == name; });
        if (found == map_.controls.end()) {
            std::cout << "no control " << name << std::endl;
        } else if (what == "press") {
            say(found->source, 127, 127);
            say(found->source, 0, 127);
        } else if (const auto* absolute = std::get_if<control::Absolute>(&found->make)) {
            say(found->source, value * absolute->top / FaderPosition::top, absolute->top);
        }
    }

  private:
    /// What it is told, read as if a device like it had said it.
    static std::vector<control::ControlSpec> shown_controls(const control::ControllerMap& map) {
        std::vector<control::ControlSpec> all;
        for (const auto& [name, feedback] : map.feedback) {
            if (const auto* motor = std::get_if<control::MotorBack>(&feedback))
                all.push_back({name, motor->to, control::Absolute{motor->top}});
            if (const auto* light = std::get_if<control::LightBack>(&feedback))
                all.push_back({name, light->to, control::Button{}});
        }
        return all;
    }
    void say(const control::ControlSource& source, int value, int top) {
        const auto at = FaderPosition(value * FaderPosition::top / top);
        std::vector<std::byte> bytes;
        for (const auto& message : messages_for(control::MotorBack{source, top}, at))
            midi::encode_onto(bytes, message);
        if (!wire_->send(0, bytes)) std::cout << "not sent" << std::endl;
    }
    void hear(std::span<const std::byte> bytes) {
        std::vector<midi::Message> messages;
        parser_.receive(bytes, messages);
        for (const auto& message : messages) {
            for (const auto& news : reader_.read(message)) {
                if (const auto* moved = std::get_if<control::ControlMoved>(&news))
                    std::cout << fmt::format("motor {} = {}", shown_.at(moved->control).name,
                                             moved->to.value())
                              << std::endl;
                if (const auto* pressed = std::get_if<control::ControlPressed>(&news))
                    std::cout << fmt::format("light {} = {}", shown_.at(pressed->control).name,
                                             pressed->down ? 1 : 0)
                              << std::endl;
            }
        }
    }

    control::ControllerMap map_;
    std::vector<control::ControlSpec> shown_;
    control::ControlReader reader_;
    midi::StreamParser parser_;
    std::unique_ptr<io::MidiWire> wire_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    auto profile = cli::load_controller_profile(argv[1]);
    io::EventLoop loop;
    auto wire = io::MidiWire::open({{""}, argv[2]}, loop);
    if (!profile || !wire) {
        std::cerr << (profile ? wire.error().message : profile.error().message) << "\n";
        return 1;
    }
    Device device(std::move(profile->map), std::move(*wire));
    std::cout << "ready" << std::endl;
    std::string line;
    for (;;) {
        loop.run_one_for(std::chrono::milliseconds(2));
        pollfd in{STDIN_FILENO, POLLIN, 0};
        if (poll(&in, 1, 0) <= 0) continue;
        char byte = 0;
        while (poll(&in, 1, 0) > 0) {
            if (read(STDIN_FILENO, &byte, 1) <= 0) return 0;
            if (byte != '\n') {
                line += byte;
                continue;
            }
            device.does(line);
            line.clear();
            break;
        }
    }
}
