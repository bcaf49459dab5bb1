#include "measure/tape_file.hpp"

#include <bit>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::measure {

namespace {

constexpr std::string_view magic = "kedgetape";
constexpr std::uint32_t version = 4;
// An hour at ten cells a second is 36,000 cells; a day is the longest tape we believe in.
constexpr std::uint32_t most_cells = 864'000;
constexpr std::uint32_t most_tracks = 100'000;
constexpr std::uint32_t longest_name = 4'096;

constexpr std::size_t piece = std::size_t{64} * 1024;

class Checksum {  // FNV-1a
  public:
    void add(std::byte b) { hash_ = (hash_ ^ std::to_integer<std::uint64_t>(b)) * 1099511628211ULL; }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    std::uint64_t hash_ = 14695981039346656037ULL;
};

class Writer {
  public:
    explicit Writer(const ByteSink& sink) : sink_(sink) { bytes_.reserve(piece); }

    template <std::integral T>
    void number(T value) {
        const auto bits = static_cast<std::make_unsigned_t<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) byte(static_cast<std::byte>(bits >> (8 * i)));
    }
    void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
    void level(Decibels level) { real(level.db()); }
    void text(std::string_view text) {
        number(static_cast<std::uint32_t>(text.size()));
        for (const char c : text) byte(static_cast<std::byte>(c));
    }
    /// The checksum of everything before, and the end.
    void seal() {
        number(checksum_.value());
        flush();
    }

  private:
    void byte(std::byte b) {
        checksum_.add(b);
        bytes_.push_back(b);
        if (bytes_.size() == piece) flush();
    }
    void flush() {
        sink_(bytes_);
        bytes_.clear();
    }

    const ByteSink& sink_;
    std::vector<std::byte> bytes_;
    Checksum checksum_;
};

/// Reads past the end give zeros and set `bad`.
class Reader {
  public:
    explicit Reader(const ByteSource& source) : source_(source), bytes_(piece) {}

    template <std::integral T>
    T number() {
        std::make_unsigned_t<T> bits = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i)
            bits = static_cast<std::make_unsigned_t<T>>(
                bits | (std::to_integer<std::make_unsigned_t<T>>(byte()) << (8 * i)));
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
        std::string text(count(longest_name), '\0');
        for (std::size_t i = 0; i < text.size() && !bad_; ++i) text[i] = std::to_integer<char>(byte());
        return bad_ ? std::string() : text;
    }
    /// The checksum stands here, fits what was read, and is the last.
    [[nodiscard]] bool sealed() {
        const auto expected = checksum_.value();
        if (number<std::uint64_t>() != expected || bad_) return false;
        std::byte more{};
        return at_ == size_ && source_(std::span(&more, 1)) == 0;
    }
    [[nodiscard]] bool bad() const { return bad_; }
    void spoil() { bad_ = true; }

  private:
    std::byte byte() {
        if (at_ == size_) {
            at_ = 0;
            size_ = bad_ ? 0 : source_(bytes_);
        }
        if (at_ == size_) {
            bad_ = true;
            return {};
        }
        checksum_.add(bytes_[at_]);
        return bytes_[at_++];
    }

    const ByteSource& source_;
    std::vector<std::byte> bytes_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    Checksum checksum_;
    bool bad_ = false;
};

void write_cells(Writer& out, const CellSeries& series) {
    out.number(static_cast<std::uint32_t>(series.size()));
    std::vector<Cell> cells(series.size());
    series.read(0, cells);
    for (const Cell cell : cells) out.number(cell.raw());
}

void read_cells(Reader& in, CellSeries& series) {
    const auto count = in.count(most_cells);
    for (std::uint32_t i = 0; i < count && !in.bad(); ++i)
        series.push_back(Cell::from_raw(in.number<std::int16_t>()));
}

void write_track(Writer& out, const TapeTrack& track) {
    out.number(static_cast<std::uint8_t>(track.name.kind));
    out.text(track.name.name);
    out.number(static_cast<std::int32_t>(track.name.twin));
    out.level(track.fader);
    out.level(track.trim);
    out.number(static_cast<std::uint8_t>(track.muted));
    write_cells(out, track.cells);
    out.number(static_cast<std::uint32_t>(track.again.from));
    write_cells(out, track.again.cells);
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
    read_cells(in, track.cells);
    track.again.from = in.count(most_cells);
    read_cells(in, track.again.cells);
    return track;
}

tl::unexpected<Error> unusable(std::string_view why) {
    return fail(ErrorKind::storage, "The stored tape cannot be used: " + std::string(why) + ".",
                "It will be recorded anew at the next listen.");
}

}  // namespace

void encode_tape(const StoredTape& stored, const ByteSink& sink) {
    Writer out(sink);
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
    out.seal();
}

Result<StoredTape> decode_tape(const ByteSource& source) {
    Reader in(source);
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
    if (!in.bad() && !in.sealed())
        return unusable("its checksum does not fit, so it was cut short or changed");
    if (in.bad() || stored.session.rate.hertz <= 0) return unusable("its contents do not add up");
    return stored;
}

}  // namespace kedge::measure
