#include "hui/display_sysex.hpp"

#include "hui/wire_numbers.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace kedge::hui {

namespace {

using Payload = std::span<const midi::Data7>;

constexpr std::size_t cell_length = 1 + std::tuple_size_v<ZoneText>;

bool is_from_hui_maker(Payload data) {
    const auto& header = wire::sysex_header;
    return data.size() >= header.size() &&
           std::equal(header.begin(), header.end(), data.begin(),
                      [](int expected, midi::Data7 got) { return expected == got.value(); });
}

std::optional<ToHui> read_label(Payload data) {
    ShowLabel show;
    if (data.size() != 1 + show.label.size()) return std::nullopt;
    const auto display = SmallDisplay::at(data[0].value());
    if (!display) return std::nullopt;
    show.display = *display;
    std::copy_n(data.begin() + 1, show.label.size(), show.label.begin());
    return show;
}

std::optional<ShowText::Cell> read_cell(Payload data) {
    const auto zone = TextZone::at(data[0].value());
    if (!zone) return std::nullopt;
    ShowText::Cell cell{*zone, {}};
    std::copy_n(data.begin() + 1, cell.text.size(), cell.text.begin());
    if (std::any_of(cell.text.begin(), cell.text.end(), [](auto code) { return code < first_main_code; }))
        return std::nullopt;
    return cell;
}

std::optional<ToHui> read_text(Payload data) {
    if (data.empty() || data.size() % cell_length != 0 || data.size() / cell_length > TextZone::count)
        return std::nullopt;
    ShowText show;
    for (; !data.empty(); data = data.subspan(cell_length)) {
        const auto cell = read_cell(data.first(cell_length));
        if (!cell) return std::nullopt;
        show.cells.push_back(*cell);
    }
    return show;
}

std::optional<ToHui> read_time(Payload data) {
    if (data.empty() || data.size() > TimeDisplay::length) return std::nullopt;
    ShowTime show;
    for (const auto code : data) {
        if (code.value() >= 2 * wire::time_point) return std::nullopt;
        // The right end has no point to light.
        const bool point = !show.from_right.empty() && code.value() >= wire::time_point;
        show.from_right.push_back({decltype(TimeDigit::digit)(code.value() % wire::time_point), point});
    }
    return show;
}

std::optional<ToHui> read_command(Payload data) {
    if (data.empty()) return std::nullopt;
    switch (data[0].value()) {
        case wire::label_command:
            return read_label(data.subspan(1));
        case wire::time_command:
            return read_time(data.subspan(1));
        case wire::text_command:
            return read_text(data.subspan(1));
        default:
            return std::nullopt;
    }
}

midi::SysEx begin_sysex(int command) {
    midi::SysEx sysex;
    for (const int number : wire::sysex_header) sysex.data.emplace_back(number);
    sysex.data.emplace_back(command);
    return sysex;
}

}  // namespace

std::optional<ToHui> read_display(const midi::SysEx& sysex, Dropped& dropped) {
    const Payload data(sysex.data);
    if (!is_from_hui_maker(data)) {
        ++dropped.foreign_sysex;
        return std::nullopt;
    }
    auto shown = read_command(data.subspan(wire::sysex_header.size()));
    if (!shown) ++dropped.malformed_sysex;
    return shown;
}

midi::SysEx to_sysex(const ShowLabel& show) {
    auto sysex = begin_sysex(wire::label_command);
    sysex.data.emplace_back(show.display.number());
    sysex.data.insert(sysex.data.end(), show.label.begin(), show.label.end());
    return sysex;
}

midi::SysEx to_sysex(std::span<const ShowText::Cell> cells) {
    assert(!cells.empty() && cells.size() <= ShowText::most_at_once);
    auto sysex = begin_sysex(wire::text_command);
    for (const auto& cell : cells) {
        assert(*std::min_element(cell.text.begin(), cell.text.end()) >= first_main_code);
        sysex.data.emplace_back(cell.zone.number());
        sysex.data.insert(sysex.data.end(), cell.text.begin(), cell.text.end());
    }
    return sysex;
}

midi::SysEx to_sysex(const ShowTime& show) {
    assert(!show.from_right.empty() && show.from_right.size() <= TimeDisplay::length);
    assert(!show.from_right[0].point);
    auto sysex = begin_sysex(wire::time_command);
    for (const auto& each : show.from_right)
        sysex.data.emplace_back(each.digit.number() + (each.point ? wire::time_point : 0));
    return sysex;
}

}  // namespace kedge::hui
