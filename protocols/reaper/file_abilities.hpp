#pragma once

#include "core/capabilities.hpp"
#include "reaper/address_book.hpp"

#include <string>
#include <vector>

/// What can be done over a pattern file. Pure.
namespace kedge::reaper {

/// Worked out from a file's keys.
struct FileAbilities {
    Capabilities capabilities;
    /// What the file lacks and what that costs, a line each, for a person; empty for a file that has all.
    std::vector<std::string> lacks;
    /// False when strips could not even be told: then `lacks` says why.
    bool usable = true;
    bool tells_count = false;        ///< REAPER can be asked how many tracks there are
    bool tells_master_mute = false;  ///< when it is the device's current track
    bool tells_master_mode = false;  ///< likewise
    bool unselects_one = false;      ///< a track can be taken out of the selection by itself
    bool unselects_all = false;      ///< or all of them by an action
    bool grows = false;              ///< the bank can be made larger than the file has it
    bool can_refresh = false;        ///< all can be told anew, by an action
    bool can_ask = false;            ///< single values can be asked for: see README
};

[[nodiscard]] FileAbilities abilities_of(const PatternFile& file, const AddressBook& book);

}  // namespace kedge::reaper
