#include "mix/panning.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

// Meters tell energies roughly: what is aimed at leaves room below what is allowed.
constexpr double aim = 0.3;
constexpr double centred = 0.005;

double power(Decibels level) {
    return level.is_silence() ? 0.0 : std::pow(10.0, level.db() / 10.0);
}

/// The part of a strip's energy by which the right side has more, equal-power panning: -1 left .. +1 right.
double lean(double position) {
    return std::sin(position * std::numbers::pi / 2.0);
}

double rounded(double position) {
    return std::round(position * 100.0) / 100.0 + 0.0;
}

bool is_kit(Role role) {
    return role == Role::tom || role == Role::cymbal || role == Role::room;
}

/// The i-th of n from -width to +width.
double spread(std::size_t i, std::size_t n, double width) {
    return n < 2 ? 0.0 : width * (2.0 * static_cast<double>(i) / static_cast<double>(n - 1) - 1.0);
}

struct Seat {
    double position = 0.0;
    bool free = false;  ///< its side, and how far out, may be chosen
    std::string reason;
};

/// Toms are spread over the kit whatever they are called.
Seat tom_seat(const std::vector<PanStrip>& strips, std::size_t which, double width) {
    std::size_t toms = 0;
    std::size_t before = 0;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const StripFacts& facts = strips[i].facts;
        if (facts.role != Role::tom || strips[i].stereo || facts.family.second) continue;
        ++toms;
        before += i < which;
    }
    if (toms < 2) return {0.0, false, "toms stand in the middle of the kit"};
    return {spread(std::min(before, toms - 1), toms, width), false,
            "toms follow the kit's picture from left to right"};
}

Seat seat_of(const std::vector<PanStrip>& strips, std::size_t which, const BalanceProfile& profile) {
    const StripFacts& facts = strips[which].facts;
    const auto entry = profile.pan_width.find(facts.role);
    const double width = entry == profile.pan_width.end() ? 0.0 : entry->second;
    if (strips[which].stereo) return {0.0, false, "a stereo strip stays centred"};
    if (width == 0.0) return {0.0, false, fmt::format("{} stands in the middle", to_string(facts.role))};
    if (facts.family.side == Side::left) return {-width, false, "left, as its name says"};
    if (facts.family.side == Side::right) return {width, false, "right, as its name says"};
    if (facts.role == Role::hihat) return {-width, false, "the hi-hat stands slightly to one side"};
    if (facts.role == Role::tom) return tom_seat(strips, which, width);
    if (facts.family.second) return {0.0, false, "a second microphone stands in the middle"};
    std::size_t partners = 0;
    std::size_t before = 0;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const StripFacts& other = strips[i].facts;
        if (other.family.family != facts.family.family || other.family.second || strips[i].stereo) continue;
        if (other.family.side != Side::none) continue;
        ++partners;
        before += i < which;
    }
    if (partners > 1) {
        return {spread(before, partners, width), false,
                fmt::format("{} strips of one source are spread from left to right", partners)};
    }
    if (facts.family.equals > 1) return {0.0, false, "its partners stand left and right of it"};
    if (is_kit(facts.role)) return {0.0, false, "alone, it stands in the middle of the kit"};
    return {width * profile.lone_width, true, "balanced by the strips on the other side"};
}

/// Louder strips choose first, each the side with less energy so far.
void choose_sides(const std::vector<PanStrip>& strips, std::vector<Seat>& seats) {
    double right = 0.0;
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < seats.size(); ++i) {
        if (seats[i].free) {
            free.push_back(i);
        } else {
            right += power(strips[i].place) * lean(seats[i].position);
        }
    }
    const auto weight = [&](std::size_t i) { return power(strips[i].place) * lean(seats[i].position); };
    std::stable_sort(free.begin(), free.end(),
                     [&](std::size_t a, std::size_t b) { return weight(a) > weight(b) * (1.0 + 1e-9); });
    const double nothing = 1e-9;
    for (const std::size_t i : free) {
        if (right > -nothing) seats[i].position = -seats[i].position;
        right += weight(i);
    }
}

/// Draws the free strips of the heavier side towards the middle until both sides are even enough.
void narrow_heavy_side(const std::vector<PanStrip>& strips, std::vector<Seat>& seats, Decibels allowed) {
    double total = 0.0;
    double right = 0.0;
    for (std::size_t i = 0; i < seats.size(); ++i) {
        total += power(strips[i].energy);
        right += power(strips[i].energy) * lean(seats[i].position);
    }
    const double ratio = std::pow(10.0, aim * allowed.db() / 10.0);
    const double limit = total * (ratio - 1.0) / (ratio + 1.0);
    if (std::abs(right) <= limit) return;
    const double side = right > 0.0 ? 1.0 : -1.0;
    const auto movable = [&](const Seat& seat) { return seat.free && seat.position * side > 0.0; };
    const auto excess = [&](double part) {
        double sum = 0.0;
        for (std::size_t i = 0; i < seats.size(); ++i)
            sum += power(strips[i].energy) *
                   lean(movable(seats[i]) ? part * seats[i].position : seats[i].position);
        return sum * side - limit;
    };
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 40; ++i) {
        const double middle = 0.5 * (low + high);
        (excess(middle) > 0.0 ? high : low) = middle;
    }
    for (Seat& seat : seats)
        if (movable(seat)) seat.position *= low;
}

}  // namespace

bool may_be_stereo(const StripFacts& facts) {
    if (facts.family.side != Side::none) return false;
    switch (facts.role) {
        case Role::cymbal:
        case Role::room:
        case Role::drums:
        case Role::keys:
        case Role::organ:
        case Role::pad:
        case Role::synth_lead:
        case Role::fx:
        case Role::reference:
        case Role::return_bus:
        case Role::other:
            return true;
        default:
            return false;
    }
}

Decibels imbalance(const std::vector<PanStrip>& strips, const std::vector<Pan>& pans) {
    double left = 0.0;
    double right = 0.0;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const double energy = power(strips[i].energy);
        left += energy * (1.0 - lean(pans[i].position())) / 2.0;
        right += energy * (1.0 + lean(pans[i].position())) / 2.0;
    }
    if (left <= 0.0 || right <= 0.0) return left == right ? Decibels() : Decibels(400.0);
    return Decibels(10.0 * std::log10(left / right));
}

std::vector<PanPlace> pan_places(const std::vector<PanStrip>& strips, const BalanceProfile& profile) {
    std::vector<Seat> seats;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        if (strips[i].fixed) {
            seats.push_back({strips[i].stands.position(), false, {}});
        } else {
            seats.push_back(seat_of(strips, i, profile));
        }
    }
    choose_sides(strips, seats);
    narrow_heavy_side(strips, seats, profile.most_imbalance);
    std::vector<PanPlace> places;
    for (Seat& seat : seats) {
        const double position = std::abs(seat.position) < centred ? 0.0 : rounded(seat.position);
        places.push_back({Pan(position), std::move(seat.reason)});
    }
    return places;
}

}  // namespace kedge::mix
