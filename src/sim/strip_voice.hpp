#pragma once

#include "sim/ardour_words.hpp"
#include "sim/surface_record.hpp"

#include <string>
#include <string_view>

namespace kedge::sim {

/// Says things of one strip to one surface: with the number at the path's end or as the first argument, as it
/// asked.
class StripVoice {
  public:
    StripVoice(Peer to, const SurfaceRecord& record, std::int32_t number, std::vector<Datagram>& out)
        : to_(to), in_path_(record.wants(bit_numbers_in_paths)), number_(number), out_(&out) {}

    void say(std::string_view word, const osc::Argument& value) const {
        std::string path = "/strip/" + std::string(word);
        if (in_path_) {
            send(to_, path + "/" + std::to_string(number_), {value}, *out_);
        } else {
            send(to_, path, {number_, value}, *out_);
        }
    }
    void number(std::string_view word, double value) const { say(word, static_cast<float>(value)); }
    void flag(std::string_view word, bool on) const { say(word, on ? 1.0F : 0.0F); }
    void whole(std::string_view word, std::int32_t value) const { say(word, value); }
    void text(std::string_view word, std::string_view value) const { say(word, value); }

  private:
    Peer to_;
    bool in_path_;
    std::int32_t number_;
    std::vector<Datagram>* out_;
};

}  // namespace kedge::sim
