#include "reaper/file_abilities.hpp"

#include "reaper/fader_law.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kedge::reaper {

namespace {

// A float32 of decibels there and back, or of a position: by whatever law, it is the one that was sent. A
// text has two decimals.
constexpr double exact_level_db = 0.01;
constexpr double text_level_db = 0.02;
constexpr double pan_tolerance_of_unit = 0.002;
// REAPER's default rate of surface updates is 15 a second.
constexpr Duration meter_tick = std::chrono::microseconds(66'667);

constexpr std::array automation_words = {Word::auto_trim, Word::auto_read, Word::auto_latch, Word::auto_touch,
                                         Word::auto_write};

bool has_all_modes(const AddressBook& book) {
    return std::all_of(automation_words.begin(), automation_words.end(),
                       [&](Word word) { return book.has(word); });
}

double tolerance_of(Flag flag) {
    return flag == Flag::text ? text_level_db : exact_level_db;
}

void note_level(const AddressBook& book, FileAbilities& able) {
    double tolerance = exact_level_db;
    if (book.has(Word::track_volume)) {
        tolerance = std::max(tolerance, tolerance_of(book.flag(Word::track_volume, 1)));
        if (book.flag(Word::track_volume, 1) == Flag::normalized)
            able.lacks.emplace_back(
                "Faders are told only as positions, which are right only with REAPER's default fader "
                "range: add f/track/@/volume/db to TRACK_VOLUME.");
    }
    if (!book.has_for_master(Word::track_volume)) {
        able.lacks.emplace_back("The master's fader is not told: add f/master/volume/db to MASTER_VOLUME.");
    } else if (book.flag(Word::track_volume, 0) != Flag::raw) {
        tolerance = std::max(tolerance, tolerance_of(book.flag(Word::track_volume, 0)));
        able.lacks.emplace_back(
            "The master's fader is told only as a position, which is right only with REAPER's default "
            "fader range: add f/master/volume/db to MASTER_VOLUME.");
    }
    able.capabilities.level_tolerance = Decibels(tolerance);
}

/// Whether REAPER leaves the device's current track where it was sent.
bool current_track_is_ours(const PatternFile& file, const AddressBook& book) {
    const auto& settings = file.settings();
    const bool fx_move_it = settings.fx_follows != DeviceSettings::FxFollows::device;
    return (!settings.device_track_follows_last_touched || book.has(Word::current_track_follows)) &&
           (!fx_move_it || book.has(Word::fx_follows)) &&
           (!settings.reaper_track_follows_device || book.has(Word::reaper_track_follows));
}

void note_questions(const PatternFile& file, const AddressBook& book, FileAbilities& able) {
    able.grows = book.has(Word::track_count);
    able.can_refresh = book.has(Word::action);
    able.can_ask = book.has(Word::track_count) || book.has(Word::bank_select);
    able.tells_count = book.has(Word::current_track_number) && book.has(Word::current_track_select) &&
                       current_track_is_ours(file, book);
    able.capabilities.read_back = able.can_ask || able.can_refresh;
    if (!able.grows)
        able.lacks.emplace_back(
            "Only the first tracks can be reached, as many as the file's DEVICE_TRACK_COUNT says: add "
            "i/device/track/count to it.");
    if (!able.tells_count)
        able.lacks.emplace_back(
            "The number of tracks cannot be asked for, so that unnamed tracks at the end whose fader is "
            "down are overlooked: add s/track/number/str to TRACK_NUMBER and i/device/track/select to "
            "DEVICE_TRACK_SELECT.");
    if (!able.can_refresh)
        able.lacks.emplace_back("REAPER cannot be told to say everything anew: add i/action to ACTION.");
    if (!able.capabilities.read_back)
        able.lacks.emplace_back(
            "Nothing can be read back, so nothing can be confirmed: add i/device/track/count to "
            "DEVICE_TRACK_COUNT.");
}

/// REAPER has no keys for them: they are told of the current track, and set by the place 0.
void note_master(const AddressBook& book, FileAbilities& able) {
    able.tells_master_mute =
        able.tells_count && book.has(Word::track_mute) && book.of_current(Word::track_mute) != nullptr;
    able.tells_master_mode =
        able.tells_count && std::all_of(automation_words.begin(), automation_words.end(),
                                        [&](Word word) { return book.of_current(word) != nullptr; });
    if (!able.tells_master_mute)
        able.lacks.emplace_back("The master's mute is not told: add b/track/mute to TRACK_MUTE.");
    if (!able.tells_master_mode)
        able.lacks.emplace_back(
            "The master's automation mode is not told: add t/track/autotrim and so on to the five "
            "TRACK_AUTO_ keys.");
}

void note_selection(const AddressBook& book, FileAbilities& able) {
    able.unselects_one = book.has(Word::track_select);
    able.unselects_all = book.has(Word::action);
    if (able.unselects_one) return;
    able.lacks.emplace_back(able.unselects_all ? "Which tracks are selected is not told: before anything is "
                                                 "set all are unselected, for good. Add b/track/@/select "
                                                 "to TRACK_SELECT."
                                               : "Nothing can be set: a selected track would take all "
                                                 "selected ones along, and the file has no way to unselect "
                                                 "it. Add b/track/@/select to TRACK_SELECT.");
}

void note_transport(const AddressBook& book, FileAbilities& able) {
    able.capabilities.bars = book.has(Word::beat);
    able.capabilities.loop = book.has(Word::repeat);
    able.capabilities.finds_end = book.has(Word::time) && book.has(Word::action);
    able.capabilities.markers = book.has(Word::goto_marker) && book.has(Word::marker_name) &&
                                book.has(Word::marker_time) && book.has(Word::marker_count);
    if (!book.has(Word::time))
        able.lacks.emplace_back(
            "Where the song is, is not told: add f/time to TIME. Nothing can be listened to.");
    if (!book.has(Word::play) || !book.has(Word::stop))
        able.lacks.emplace_back("Whether the song plays is not told: add t/play to PLAY and t/stop to STOP.");
    if (!able.capabilities.bars) able.lacks.emplace_back("Bars are not told: add s/beat/str to BEAT.");
    if (!able.capabilities.loop || !book.has(Word::loop_start) || !book.has(Word::loop_end))
        able.lacks.emplace_back(
            "Whether the song loops, and where, is not told: add b/repeat to REPEAT, f/loop/start/time to "
            "LOOP_START_TIME and f/loop/end/time to LOOP_END_TIME.");
    if (!able.capabilities.markers)
        able.lacks.emplace_back(
            "Markers are not told: the file needs MARKER_NAME, MARKER_TIME, GOTO_MARKER (i/marker) and "
            "DEVICE_MARKER_COUNT (i/device/marker/count).");
    if (!book.has(Word::region_name) || !book.has(Word::region_time) || !book.has(Word::region_length) ||
        !book.has(Word::region_count))
        able.lacks.emplace_back(
            "Regions are not told: the file needs REGION_NAME, REGION_TIME, REGION_LENGTH and "
            "DEVICE_REGION_COUNT (i/device/region/count).");
}

}  // namespace

FileAbilities abilities_of(const PatternFile& file, const AddressBook& book) {
    FileAbilities able;
    able.usable = book.has(Word::track_name) && book.has(Word::track_volume);
    if (!book.has(Word::track_name))
        able.lacks.emplace_back(
            "Tracks are not named: add s/track/@/name to TRACK_NAME. kedge cannot use this file.");
    if (!book.has(Word::track_volume))
        able.lacks.emplace_back(
            "Faders are not told: add f/track/@/volume/db to TRACK_VOLUME. kedge cannot use this file.");
    note_level(book, able);
    note_questions(file, book, able);
    note_master(book, able);
    note_selection(book, able);
    note_transport(book, able);
    able.capabilities.fader_top = Decibels(fader_top_db);
    able.capabilities.pan = book.has(Word::track_pan);
    able.capabilities.pan_tolerance = pan_tolerance_of_unit;
    if (!able.capabilities.pan) able.lacks.emplace_back("Pans are not told: add n/track/@/pan to TRACK_PAN.");
    if (!book.has(Word::track_mute))
        able.lacks.emplace_back("Mutes are not told: add b/track/@/mute to TRACK_MUTE.");
    able.capabilities.meters =
        book.has(Word::track_vu) || (book.has(Word::track_vu_left) && book.has(Word::track_vu_right));
    able.capabilities.meter.tick = meter_tick;
    able.capabilities.meter_point = MeterPoint::after_fader;
    if (!able.capabilities.meters)
        able.lacks.emplace_back(
            "Meters are not told: add n/track/@/vu/L to TRACK_VU_L and n/track/@/vu/R to TRACK_VU_R.");
    able.capabilities.manual_plays = true;  // trim/read
    able.capabilities.moves_others = true;  // track groups
    able.capabilities.touch = has_all_modes(book) && book.has(Word::volume_touch);
    if (!able.capabilities.touch)
        able.lacks.emplace_back(
            "Nothing can be ridden: the file needs the five TRACK_AUTO_ keys (t/track/@/autotrim and so "
            "on) and TRACK_VOLUME_TOUCH (b/track/@/volume/touch).");
    if (file.settings().bank_follows_mixer && !book.has(Word::bank_follows))
        able.lacks.emplace_back(
            "The bank follows REAPER's mixer, which changes what track numbers mean: set "
            "DEVICE_TRACK_BANK_FOLLOWS to DEVICE.");
    return able;
}

}  // namespace kedge::reaper
