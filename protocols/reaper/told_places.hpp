#pragma once

#include "core/song_places.hpp"
#include "osc/osc.hpp"
#include "reaper/address_book.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The project's markers and regions, as REAPER tells them: the Mth of each in the order of time. Pure.
namespace kedge::reaper {

class ToldPlaces {
  public:
    enum class Heard { good, wrong_type, out_of_range };

    explicit ToldPlaces(const AddressBook& book);

    /// Nothing was told; so many markers and regions each are told from now on, which forgets nothing.
    void forget();
    void cover(std::size_t most) { most_ = most; }

    /// A value of the Mth marker or region. Anything may be in the message.
    Heard hear(const Meaning& meaning, const osc::Message& message);

    /// A marker or region stands at the last place: there may be more than are told.
    [[nodiscard]] bool is_full() const;
    /// What was not told yet, of the places that are covered.
    [[nodiscard]] std::vector<std::pair<Word, int>> missing() const;
    /// nullopt while something is missing, or while there may be more.
    [[nodiscard]] std::optional<SongPlaces> all() const;
    /// Of the first marker there; empty where none is.
    [[nodiscard]] std::string marker_at(SongTime at) const;

  private:
    /// What was said of one place. REAPER says name and number of empty places too, both as nothing.
    struct Place {
        std::optional<std::string> name;
        std::optional<bool> numbered;
        std::optional<SongTime> at;
        std::optional<Duration> length;
    };
    /// Markers, or regions.
    struct Bank {
        bool told = false;  ///< the file has the words for it
        bool numbers = false;
        bool lengths = false;
        Word first = Word::marker_name;  ///< name, number, time, length follow on each other
        std::vector<Place> places;
    };

    [[nodiscard]] static bool is_there(const Bank& bank, const Place& place);
    [[nodiscard]] bool is_full(const Bank& bank) const;
    void add_missing(const Bank& bank, std::vector<std::pair<Word, int>>& missing) const;

    Bank markers_;
    Bank regions_;
    std::size_t most_ = 0;
};

}  // namespace kedge::reaper
