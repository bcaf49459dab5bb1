#include "cli/banked_surface.hpp"

#include "banked/fader_law.hpp"
#include "hui/hui_panel.hpp"
#include "mackie/mackie_panel.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr int usual_width_of_a_mackie = 6;
constexpr int usual_width_of_a_hui = 4;

int label_width(const banked::DawProfile& daw) {
    const bool hui = daw.protocol == banked::SurfaceProtocol::hui;
    return daw.labels.width.value_or(hui ? usual_width_of_a_hui : usual_width_of_a_mackie);
}

std::unique_ptr<banked::Panel> panel_for(const banked::DawProfile& daw, std::size_t units) {
    if (daw.protocol == banked::SurfaceProtocol::hui) return std::make_unique<hui::HuiPanel>(units);
    mackie::PanelMake make;
    make.units = units;
    make.label_width = static_cast<std::size_t>(label_width(daw));
    return std::make_unique<mackie::MackiePanel>(make);
}

}  // namespace

std::unique_ptr<banked::BankedSession> banked_surface(const banked::DawProfile& daw, std::size_t units) {
    banked::BankedSetup setup;
    setup.nominal_scale = !daw.fader.scale;
    setup.scale = daw.fader.scale.value_or(banked::nominal_scale());
    setup.fader_bits = daw.fader.bits.value_or(setup.fader_bits);
    if (daw.pan.text == banked::PanText::shares) setup.pan_ticks = daw.pan.ticks;
    setup.fader_top = setup.scale.top();
    // Going back strip by strip where it need not be costs a little time; the other way round strips are
    // lost.
    setup.last_bank = daw.banks.last == banked::LastBank::partial ? banked::LastBank::partial
                                                                  : banked::LastBank::overlapping;
    setup.bank_step = daw.banks.step;
    setup.labels = {label_width(daw), daw.labels.shortening};
    setup.to_start = daw.buttons.to_start;
    setup.meter_steps = daw.meters.steps;
    setup.meters_fall_here = daw.meters.fall == banked::MeterFall::unit;
    setup.meter.fall_off_per_second = daw.meters.fall_per_second.value_or(Decibels());
    // The wire does not say what the song is called. What the journal has by nominal levels is nothing to a
    // session that knows the true ones.
    setup.session_name = setup.nominal_scale ? fmt::format("{} (levels not known)", daw.name) : daw.name;
    return std::make_unique<banked::BankedSession>(panel_for(daw, units), std::move(setup));
}

}  // namespace kedge::cli
