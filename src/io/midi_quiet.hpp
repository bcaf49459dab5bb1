#pragma once

#include <iostream>
#include <streambuf>

namespace kedge::io {

/// From now on what JACK's and ALSA's libraries have to say of themselves is not printed: that no server runs
/// is told by an error of ours.
void quiet_midi_libraries();

/// As long as it lives std::cerr prints nothing: RtMidi complains there until it has somebody to complain to.
class QuietCerr {
  public:
    QuietCerr() : before_(std::cerr.rdbuf(&nothing_)) {}
    ~QuietCerr() {
        std::cerr.rdbuf(before_);
        std::cerr.clear();
    }
    QuietCerr(const QuietCerr&) = delete;
    QuietCerr& operator=(const QuietCerr&) = delete;

  private:
    struct Nothing : std::streambuf {
        int overflow(int c) override { return traits_type::not_eof(c); }
    };
    Nothing nothing_;
    std::streambuf* before_;
};

}  // namespace kedge::io
