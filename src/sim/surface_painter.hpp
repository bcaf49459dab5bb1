#pragma once

#include "core/fader_position.hpp"
#include "core/pan.hpp"
#include "midi/message.hpp"
#include "sim/surface_face.hpp"
#include "sim/surface_place.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::sim {

/// In which order a bank is painted.
enum class RepaintOrder {
    by_strip,     ///< strip by strip, the name first
    names_first,  ///< of all strips, then the rest
    names_last,
};

/// What is said anew of a bank although it stands there already.
struct Resaid {
    bool names = true;
    bool faders = true;
    bool pans = true;
    bool lamps = true;
};

/// What is to stand at one place.
struct PlacePicture {
    std::string label;
    std::string value;
    std::optional<FaderPosition> fader;            ///< nullopt: the fader is left alone
    std::optional<Pan> pan;                        ///< nullopt: there is no strip
    std::array<bool, strip_lamps.size()> lamps{};  ///< by StripLamp
};

/// Keeps what was said to a surface, and says only what changed.
class SurfacePainter {
  public:
    explicit SurfacePainter(RepaintOrder order) : order_(order) {}

    /// A place each, from the left.
    void paint(const std::vector<PlacePicture>& pictures, SurfaceFace& face);
    /// Faders, LEDs and pans alone.
    void paint_controls(const std::vector<PlacePicture>& pictures, SurfaceFace& face);
    /// The fader of a place, the master's too.
    void paint_fader(SurfacePlace place, FaderPosition position, SurfaceFace& face);
    /// The surface has its fader there: nothing need be said.
    void assume_fader(SurfacePlace place, FaderPosition position) { said_[place].fader = position; }
    void forget_fader(SurfacePlace place) { said_[place].fader.reset(); }

    /// As if these had never been said, at any place but the master's.
    void forget(Resaid what);
    /// As if nothing had ever been said there.
    void forget(SurfacePlace place) { said_.erase(place); }
    void forget_all() { said_.clear(); }

  private:
    struct Said {
        std::optional<std::string> label;
        std::optional<std::string> value;
        std::optional<FaderPosition> fader;
        std::optional<std::optional<Pan>> pan;
        std::array<std::optional<bool>, strip_lamps.size()> lamps;
    };
    void paint_texts(const std::vector<PlacePicture>& pictures, SurfaceFace& face);
    void paint_texts_at(SurfacePlace place, const PlacePicture& picture, SurfaceFace& face);
    void paint_controls_at(SurfacePlace place, const PlacePicture& picture, SurfaceFace& face);

    RepaintOrder order_;
    std::map<SurfacePlace, Said> said_;
};

}  // namespace kedge::sim
