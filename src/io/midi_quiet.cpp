#include "io/midi_quiet.hpp"

#ifdef KEDGE_HAS_JACK
#include <jack/jack.h>
#endif
#ifdef KEDGE_HAS_ALSA
#include <alsa/asoundlib.h>
#endif

namespace kedge::io {

namespace {

#ifdef KEDGE_HAS_JACK
void ignore_jack(const char*) {}
#endif
#ifdef KEDGE_HAS_ALSA
void ignore_alsa(const char*, int, const char*, int, const char*, ...) {}  // NOLINT: ALSA's own signature
#endif

}  // namespace

void quiet_midi_libraries() {
#ifdef KEDGE_HAS_JACK
    jack_set_error_function(ignore_jack);
    jack_set_info_function(ignore_jack);
#endif
#ifdef KEDGE_HAS_ALSA
    snd_lib_error_set_handler(ignore_alsa);
#endif
}

}  // namespace kedge::io
