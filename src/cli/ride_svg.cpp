#include "cli/ride_picture.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr double page_left = 60.0;
constexpr double page_right = 980.0;
constexpr double svg_level_top = 50.0;
constexpr double svg_level_bottom = 260.0;
constexpr double svg_curve_top = 300.0;
constexpr double svg_curve_bottom = 420.0;
constexpr double svg_floor_under_top_db = 42.0;

/// Text that may stand in XML; control characters become spaces.
std::string xml_escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
        }
    }
    return out;
}

/// Where times and levels stand on the page.
class SvgPage {
  public:
    SvgPage(const mix::RideTrace& trace, const Ride& ride) : range_(trace.range) {
        Decibels loudest = Decibels::silence();
        for (const auto* levels : {&trace.level, &trace.backing})
            for (const Decibels level : *levels) loudest = std::max(loudest, level);
        top_db_ = loudest.is_silence() ? 0.0 : std::ceil(loudest.db() / 6.0) * 6.0;
        for (const RidePoint& point : ride.points) deepest_ = std::max(deepest_, std::abs(point.offset.db()));
        deepest_ = std::ceil(deepest_ / 3.0) * 3.0;
    }
    [[nodiscard]] double x(SongTime at) const {
        const double share =
            static_cast<double>((at - range_.from).count()) / static_cast<double>(range_.length().count());
        return page_left + (page_right - page_left) * std::clamp(share, 0.0, 1.0);
    }
    [[nodiscard]] double level_y(Decibels level) const {
        const double share = std::clamp((top_db_ - level.db()) / svg_floor_under_top_db, 0.0, 1.0);
        return svg_level_top + (svg_level_bottom - svg_level_top) * share;
    }
    [[nodiscard]] double curve_y(Decibels offset) const {
        return (svg_curve_top + svg_curve_bottom) / 2.0 -
               offset.db() / deepest_ * (svg_curve_bottom - svg_curve_top) / 2.0;
    }
    [[nodiscard]] double top_db() const { return top_db_; }
    [[nodiscard]] double deepest() const { return deepest_; }

  private:
    SongRange range_;
    double top_db_ = 0.0;
    double deepest_ = 3.0;
};

/// A line for each stretch in which something sounds.
std::string level_lines(const mix::RideTrace& trace, const std::vector<Decibels>& levels, const SvgPage& page,
                        std::string_view style) {
    std::string text;
    std::string line;
    const auto end_line = [&] {
        if (!line.empty()) text += fmt::format("<polyline points=\"{}\" {}/>\n", line, style);
        line.clear();
    };
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i].is_silence()) {
            end_line();
            continue;
        }
        const SongTime at = trace.range.from + measure::Tape::cell_length * static_cast<std::int64_t>(i);
        line += fmt::format("{}{:.1f},{:.1f}", line.empty() ? "" : " ", page.x(at), page.level_y(levels[i]));
    }
    end_line();
    return text;
}

std::string svg_grid(const SvgPage& page) {
    std::string text;
    const auto rule = [&](double y, const std::string& label) {
        text +=
            fmt::format("<line x1=\"{:.0f}\" y1=\"{:.1f}\" x2=\"{:.0f}\" y2=\"{:.1f}\" stroke=\"#ddd\"/>\n",
                        page_left, y, page_right, y);
        text += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                            page_left - 6.0, y + 4.0, label);
    };
    for (int under = 0; under <= svg_floor_under_top_db; under += 12) {
        const double db = page.top_db() - under;
        rule(page.level_y(Decibels(db)), fmt::format("{:.0f} dB", db));
    }
    for (const double db : {page.deepest(), 0.0, -page.deepest()})
        rule(page.curve_y(Decibels(db)), db == 0.0 ? std::string("0 dB") : fmt::format("{:+.0f} dB", db));
    return text;
}

std::string section_marks(const mix::RideTrace& trace, const SvgPage& page) {
    std::string text;
    for (const mix::SongSection& section : trace.sections) {
        if (section.range.to <= trace.range.from || section.range.from >= trace.range.to) continue;
        const double x = page.x(section.range.from);
        text += fmt::format(
            "<line x1=\"{:.1f}\" y1=\"{:.0f}\" x2=\"{:.1f}\" y2=\"{:.0f}\" stroke=\"#999\" "
            "stroke-dasharray=\"3 3\"/>\n",
            x, svg_level_top, x, svg_curve_bottom);
        text += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\">{}</text>\n", x + 4.0, svg_curve_bottom + 16.0,
                            xml_escaped(section.name));
    }
    return text;
}

std::string cue_stretches(const mix::RideTrace& trace, const Ride& ride, const SvgPage& page) {
    std::string text;
    for (const RideCue& cue : ride.cues) {
        const bool shown = cue.range.to > trace.range.from && cue.range.from < trace.range.to;
        if (cue.kind == CueKind::section || !shown) continue;
        const double x = page.x(cue.range.from);
        text += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"{:.0f}\" fill=\"#f2c14e\" "
            "fill-opacity=\"0.2\"><title>{} "
            "{}: {}, {}</title></rect>\n",
            x, svg_level_top, std::max(1.0, page.x(cue.range.to) - x), svg_curve_bottom - svg_level_top,
            to_string(cue.kind), to_string(cue.range.from), to_string(cue.offset), xml_escaped(cue.reason));
    }
    return text;
}

std::string curve_line(const mix::RideTrace& trace, const Ride& ride, const SvgPage& page) {
    // Level before the first point and after the last.
    std::string line =
        fmt::format("{:.1f},{:.1f}", page_left, page.curve_y(offset_at(ride.points, trace.range.from)));
    std::string dots;
    for (const RidePoint& point : ride.points) {
        if (point.at < trace.range.from || point.at > trace.range.to) continue;
        const double x = page.x(point.at);
        const double y = page.curve_y(point.offset);
        line += fmt::format(" {:.1f},{:.1f}", x, y);
        dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"#c0392b\"/>\n", x, y);
    }
    line += fmt::format(" {:.1f},{:.1f}", page_right, page.curve_y(offset_at(ride.points, trace.range.to)));
    return fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"#c0392b\" stroke-width=\"1.5\"/>\n",
                       line) +
           dots;
}

std::string svg_times(const mix::RideTrace& trace, const SvgPage& page) {
    constexpr int parts = 8;
    std::string text;
    for (int i = 0; i <= parts; ++i) {
        const SongTime at = trace.range.from + trace.range.length() * i / parts;
        text += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"middle\">{}</text>\n", page.x(at),
                            svg_curve_bottom + 34.0, to_string(at));
    }
    return text;
}

}  // namespace

std::string ride_svg(const mix::RideTrace& trace, const Ride& ride) {
    std::string text =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 460\" font-family=\"sans-serif\" "
        "font-size=\"11\">\n"
        "<rect width=\"1000\" height=\"460\" fill=\"#fff\"/>\n";
    text += fmt::format("<text x=\"{:.0f}\" y=\"24\" font-size=\"16\">{}</text>\n", page_left,
                        xml_escaped(trace.strip));
    if (trace.level.empty())
        return text +
               fmt::format("<text x=\"{:.0f}\" y=\"60\">It is not on the tape.</text>\n</svg>\n", page_left);
    const SvgPage page(trace, ride);
    text += fmt::format(
        "<text x=\"{:.0f}\" y=\"24\" text-anchor=\"end\"><tspan fill=\"#1f6fb2\">its level</tspan> · <tspan "
        "fill=\"#888\">the rest</tspan> · <tspan fill=\"#c0392b\">the ride</tspan></text>\n",
        page_right);
    text += cue_stretches(trace, ride, page) + svg_grid(page) + section_marks(trace, page);
    text += level_lines(trace, trace.backing, page, R"(fill="none" stroke="#888")");
    text += level_lines(trace, trace.level, page, R"(fill="none" stroke="#1f6fb2" stroke-width="1.5")");
    text += curve_line(trace, ride, page) + svg_times(trace, page);
    return text + "</svg>\n";
}

}  // namespace kedge::cli
