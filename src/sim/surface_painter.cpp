#include "sim/surface_painter.hpp"

#include <cstddef>
#include <utility>

namespace kedge::sim {

namespace {

template <typename Value>
bool is_new(std::optional<Value>& said, const Value& value) {
    if (said && *said == value) return false;
    said.emplace(value);
    return true;
}

template <typename Paint>
void at_each_place(const std::vector<PlacePicture>& pictures, Paint paint) {
    for (std::size_t i = 0; i < pictures.size(); ++i) paint(SurfacePlace(static_cast<int>(i)), pictures[i]);
}

}  // namespace

void SurfacePainter::paint(const std::vector<PlacePicture>& pictures, SurfaceFace& face) {
    switch (order_) {
        case RepaintOrder::by_strip:
            at_each_place(pictures, [&](SurfacePlace place, const PlacePicture& picture) {
                paint_texts_at(place, picture, face);
                paint_controls_at(place, picture, face);
            });
            return;
        case RepaintOrder::names_first:
            paint_texts(pictures, face);
            paint_controls(pictures, face);
            return;
        case RepaintOrder::names_last:
            break;
    }
    paint_controls(pictures, face);
    paint_texts(pictures, face);
}

void SurfacePainter::paint_controls(const std::vector<PlacePicture>& pictures, SurfaceFace& face) {
    at_each_place(pictures, [&](SurfacePlace place, const PlacePicture& picture) {
        paint_controls_at(place, picture, face);
    });
}

void SurfacePainter::paint_texts(const std::vector<PlacePicture>& pictures, SurfaceFace& face) {
    at_each_place(pictures, [&](SurfacePlace place, const PlacePicture& picture) {
        paint_texts_at(place, picture, face);
    });
}

void SurfacePainter::paint_texts_at(SurfacePlace place, const PlacePicture& picture, SurfaceFace& face) {
    Said& said = said_[place];
    if (is_new(said.label, picture.label)) face.show_label(place, picture.label);
    if (is_new(said.value, picture.value)) face.show_value(place, picture.value);
}

void SurfacePainter::paint_controls_at(SurfacePlace place, const PlacePicture& picture, SurfaceFace& face) {
    for (const StripLamp lamp : strip_lamps) {
        const auto which = static_cast<std::size_t>(lamp);
        if (is_new(said_[place].lamps.at(which), picture.lamps.at(which)))
            face.show_lamp(place, lamp, picture.lamps.at(which));
    }
    if (picture.fader) paint_fader(place, *picture.fader, face);
    if (is_new(said_[place].pan, picture.pan)) face.show_pan(place, picture.pan);
}

void SurfacePainter::paint_fader(SurfacePlace place, FaderPosition position, SurfaceFace& face) {
    if (is_new(said_[place].fader, position)) face.show_fader(place, position);
}

void SurfacePainter::forget(Resaid what) {
    for (auto& [place, said] : said_) {
        if (place.is_master()) continue;
        if (what.names) said.label.reset();
        if (what.names) said.value.reset();
        if (what.faders) said.fader.reset();
        if (what.pans) said.pan.reset();
        if (what.lamps) said.lamps = {};
    }
}

}  // namespace kedge::sim
