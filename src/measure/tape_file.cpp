#include "measure/tape_file.hpp"

#include <bit>
#include <concepts>
#include <cstring>
#include <string_view>

namespace kedge::measure {

namespace {

constexpr std::string_view magic = "kedgetape";
constexpr std::uint32_t version = 3;
// An hour at ten cells a second is 36,000 cells; a day is the longest tape we believe in.
constexpr std::uint32_t most_cells = 864'000;
constexpr std::uint32_t most_tracks = 100'000;
constexpr std::uint32_t longest_name = 4'096;

std::uint64_t checksum(std::span<const std::byte> bytes) {  // FNV-1a
    std::uint64_t hash = 14695981039346656037ULL;
    for (const std::byte b : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(b)) * 1099511628211ULL;
    return hash;
}

class Writer {
  public:
    template <std::integral T>
    void number(T value) {
        const auto bits = static_cast<std::make_unsigned_t<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) bytes_.push_back(static_cast<std::byte>(bits >> (8 * i)));
    }
    void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
    void level(Decibels level) { real(level.db()); }
    void text(std::string_view text) {
        number(static_cast<std::uint32_t>(text.size()));
        const auto* data = reinterpret_cast<const std::byte*>(text.data());
        bytes_.insert(bytes_.end(), data, data + text.size());
    }
    [[nodiscard]] std::vector<std::byte> sealed() && {
        number(checksum(bytes_));
        return std::move(bytes_);
    }

  private:
    std::vector<std::byte> bytes_;
};

/// Reads past the end give zeros and set `bad`.
class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <std::integral T>
    T number() {
        std::make_unsigned_t<T> bits = 0;
        if (bytes_.size() < sizeof(T)) {
            bad_ = true;
            return 0;
        }
        for (std::size_t i = 0; i < sizeof(T); ++i)
            bits = static_cast<std::make_unsigned_t<T>>(
                bits | (std::to_integer<std::make_unsigned_t<T>>(bytes_[i]) << (8 * i)));
        bytes_ = bytes_.subspan(sizeof(T));
        return static_cast<T>(bits);
    }
    Decibels level() {
        const auto value = std::bit_cast<double>(number<std::uint64_t>());
        if (Decibels::is_level(value)) return Decibels(value);
        bad_ = true;
        return {};
    }
    std::uint32_t count(std::uint32_t most) {
        const auto value = number<std::uint32_t>();
        if (value <= most) return value;
        bad_ = true;
        return 0;
    }
    std::string text() {
        const auto length = count(longest_name);
        if (length > bytes_.size()) bad_ = true;
        if (bad_) return {};
        std::string text(reinterpret_cast<const char*>(bytes_.data()), length);
        bytes_ = bytes_.subspan(length);
        return text;
    }
    [[nodiscard]] std::size_t left() const { return bytes_.size(); }
    [[nodiscard]] bool bad() const { return bad_; }
    void spoil() { bad_ = true; }

  private:
    std::span<const std::byte> bytes_;
    bool bad_ = false;
};

void write_track(Writer& out, const TapeTrack& track) {
    out.number(static_cast<std::uint8_t>(track.name.kind));
    out.text(track.name.name);
    out.number(static_cast<std::int32_t>(track.name.twin));
    out.level(track.fader);
    out.level(track.trim);
    out.number(static_cast<std::uint8_t>(track.muted));
    out.number(static_cast<std::uint32_t>(track.cells.size()));
    std::vector<Cell> cells(track.cells.size());
    track.cells.read(0, cells);
    for (const Cell cell : cells) out.number(cell.raw());
}

TapeTrack read_track(Reader& in, StripId id) {
    TapeTrack track;
    track.strip = id;
    const auto kind = in.number<std::uint8_t>();
    if (kind > static_cast<std::uint8_t>(StripKind::foldback)) {
        in.spoil();
        return track;
    }
    track.name.kind = static_cast<StripKind>(kind);
    track.name.name = in.text();
    track.name.twin = in.number<std::int32_t>();
    track.fader = in.level();
    track.trim = in.level();
    track.muted = in.number<std::uint8_t>() != 0;
    const auto cells = in.count(most_cells);
    if (in.left() / sizeof(std::int16_t) < cells) in.spoil();
    if (in.bad()) return track;
    for (std::uint32_t i = 0; i < cells; ++i)
        track.cells.push_back(Cell::from_raw(in.number<std::int16_t>()));
    return track;
}

tl::unexpected<Error> unusable(std::string_view why) {
    return fail(ErrorKind::storage, "The stored tape cannot be used: " + std::string(why) + ".",
                "It will be recorded anew at the next listen.");
}

}  // namespace

std::vector<std::byte> encode_tape(const StoredTape& stored) {
    Writer out;
    out.text(magic);
    out.number(version);
    out.text(stored.session.name);
    out.number(stored.session.rate.hertz);
    out.number(static_cast<std::uint8_t>(stored.session.end.has_value()));
    out.number(stored.session.end.value_or(SongTime()).since_start().count());
    out.number(stored.heard.from.since_start().count());
    out.number(stored.heard.to.since_start().count());
    out.number(static_cast<std::uint8_t>(stored.bus_over_sum.has_value()));
    const TruePeak bus = stored.bus_over_sum.value_or(TruePeak());
    out.level(bus.likely);
    out.level(bus.at_most);
    out.number(static_cast<std::uint32_t>(stored.tape.tracks().size()));
    for (const TapeTrack& track : stored.tape.tracks()) write_track(out, track);
    return std::move(out).sealed();
}

Result<StoredTape> decode_tape(std::span<const std::byte> bytes) {
    constexpr std::size_t seal = sizeof(std::uint64_t);
    if (bytes.size() < seal) return unusable("it is too short");
    Reader sealed(bytes.last(seal));
    if (sealed.number<std::uint64_t>() != checksum(bytes.first(bytes.size() - seal)))
        return unusable("its checksum does not fit, so it was cut short or changed");
    Reader in(bytes.first(bytes.size() - seal));
    if (in.text() != magic) return unusable("it is not a tape");
    if (in.number<std::uint32_t>() != version) return unusable("it is of another version of kedge");
    StoredTape stored;
    stored.session.name = in.text();
    stored.session.rate.hertz = in.number<std::int64_t>();
    const bool has_end = in.number<std::uint8_t>() != 0;
    const SongTime end(Duration(in.number<std::int64_t>()));
    if (has_end) stored.session.end = end;
    stored.heard.from = SongTime(Duration(in.number<std::int64_t>()));
    stored.heard.to = SongTime(Duration(in.number<std::int64_t>()));
    const bool has_bus = in.number<std::uint8_t>() != 0;
    TruePeak bus;
    bus.likely = in.level();
    bus.at_most = in.level();
    if (has_bus) stored.bus_over_sum = bus;
    const auto tracks = in.count(most_tracks);
    for (std::uint32_t i = 0; i < tracks && !in.bad(); ++i) stored.tape.adopt(read_track(in, StripId{i + 1}));
    if (in.bad() || in.left() != 0 || stored.session.rate.hertz <= 0)
        return unusable("its contents do not add up");
    return stored;
}

}  // namespace kedge::measure
