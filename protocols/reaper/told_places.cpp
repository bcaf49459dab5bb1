#include "reaper/told_places.hpp"

#include "reaper/session_limits.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace kedge::reaper {

namespace {

// Position and marker are the same double in REAPER, told as floats.
constexpr Duration on_the_mark = std::chrono::milliseconds(1);

enum class Part { name, number, time, length };

Word word_for(Word first, Part part) {
    return static_cast<Word>(static_cast<int>(first) + static_cast<int>(part));
}

}  // namespace

ToldPlaces::ToldPlaces(const AddressBook& book) {
    markers_.told =
        book.has(Word::marker_name) && book.has(Word::marker_time) && book.has(Word::marker_count);
    markers_.numbers = book.has(Word::marker_number);
    regions_.first = Word::region_name;
    regions_.told = book.has(Word::region_name) && book.has(Word::region_time) &&
                    book.has(Word::region_length) && book.has(Word::region_count);
    regions_.numbers = book.has(Word::region_number);
    regions_.lengths = true;
}

void ToldPlaces::forget() {
    markers_.places.clear();
    regions_.places.clear();
}

ToldPlaces::Heard ToldPlaces::hear(const Meaning& meaning, const osc::Message& message) {
    const bool region = meaning.word >= Word::region_name;
    Bank& bank = region ? regions_ : markers_;
    const auto part = static_cast<Part>(static_cast<int>(meaning.word) - static_cast<int>(bank.first));
    const auto at = static_cast<std::size_t>(meaning.number) - 1;
    if (at >= bank.places.size()) bank.places.resize(at + 1);
    Place& place = bank.places[at];
    if (part == Part::name || part == Part::number) {
        const auto text = message.string(0);
        if (!text) return Heard::wrong_type;
        if (part == Part::name) {
            place.name = *text;
        } else {
            place.numbered = !text->empty();
        }
        return Heard::good;
    }
    const auto seconds = message.number(0);
    if (!seconds) return Heard::wrong_type;
    // A region lasts; a marker may stand before the project's start.
    const double least = part == Part::length ? 0.0 : -most_seconds;
    if (!(*seconds >= least && *seconds <= most_seconds)) return Heard::out_of_range;
    const SongTime told = SongTime::from_seconds(*seconds);
    if (part == Part::time) {
        place.at = told;
    } else {
        place.length = told.since_start();
    }
    return Heard::good;
}

/// Only a place without a marker has no number; without numbers one without a name is overlooked.
bool ToldPlaces::is_there(const Bank& bank, const Place& place) {
    return bank.numbers ? place.numbered.value_or(false) : place.name && !place.name->empty();
}

bool ToldPlaces::is_full(const Bank& bank) const {
    return bank.told && most_ > 0 && bank.places.size() >= most_ && is_there(bank, bank.places[most_ - 1]);
}

bool ToldPlaces::is_full() const {
    return is_full(markers_) || is_full(regions_);
}

void ToldPlaces::add_missing(const Bank& bank, std::vector<std::pair<Word, int>>& missing) const {
    for (std::size_t i = 0; bank.told && i < most_; ++i) {
        const Place place = i < bank.places.size() ? bank.places[i] : Place{};
        const auto add = [&](Part part) {
            missing.emplace_back(word_for(bank.first, part), static_cast<int>(i) + 1);
        };
        if (!place.name) add(Part::name);
        if (bank.numbers && !place.numbered) add(Part::number);
        if (!is_there(bank, place)) continue;
        if (!place.at) add(Part::time);
        if (bank.lengths && !place.length) add(Part::length);
    }
}

std::vector<std::pair<Word, int>> ToldPlaces::missing() const {
    std::vector<std::pair<Word, int>> missing;
    add_missing(markers_, missing);
    add_missing(regions_, missing);
    return missing;
}

std::optional<SongPlaces> ToldPlaces::all() const {
    if (!markers_.told || is_full() || !missing().empty()) return std::nullopt;
    SongPlaces all;
    for (const Place& place : markers_.places)
        if (is_there(markers_, place)) all.markers.push_back({*place.name, *place.at});
    for (const Place& place : regions_.places)
        if (regions_.told && is_there(regions_, place))
            all.regions.push_back({*place.name, {*place.at, *place.at + *place.length}});
    return all;
}

std::string ToldPlaces::marker_at(SongTime at) const {
    const auto here = std::find_if(markers_.places.begin(), markers_.places.end(), [&](const Place& place) {
        return is_there(markers_, place) && place.at && std::chrono::abs(*place.at - at) <= on_the_mark;
    });
    return here == markers_.places.end() ? std::string() : here->name.value_or(std::string());
}

}  // namespace kedge::reaper
