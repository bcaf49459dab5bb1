#include "sim/faults.hpp"

#include <algorithm>

namespace kedge::sim {

FaultyWire::FaultyWire(SimulatedDaw& daw, const FaultPlan& plan)
    : daw_(daw), plan_(plan), chance_(plan.seed) {}

void FaultyWire::pass(Instant now, bool to_daw, std::vector<Datagram>& said, std::vector<Datagram>& through) {
    const FaultRates& rates = to_daw ? plan_.to_daw : plan_.to_client;
    for (Datagram& datagram : said) {
        if (chance_.happens(rates.drop)) {
            ++counts_.dropped;
            continue;
        }
        if (chance_.happens(rates.duplicate)) {
            ++counts_.duplicated;
            late_or_not(now, to_daw, datagram, through);
        }
        late_or_not(now, to_daw, std::move(datagram), through);
    }
    said.clear();
}

/// Each of a pair that came twice goes its own way.
void FaultyWire::late_or_not(Instant now, bool to_daw, Datagram datagram, std::vector<Datagram>& through) {
    const FaultRates& rates = to_daw ? plan_.to_daw : plan_.to_client;
    if (chance_.happens(rates.delay)) {
        ++counts_.delayed;
        const double share = (chance_.next() + 1.0) / 2.0;
        const auto wait = static_cast<std::int64_t>(share * static_cast<double>(rates.longest_delay.count()));
        hold_back({now + rates.latency + Duration(wait + 1), to_daw, false, std::move(datagram)});
    } else if (chance_.happens(rates.reorder)) {
        ++counts_.reordered;
        hold_back({now + rates.latency + rates.longest_delay, to_daw, true, std::move(datagram)});
    } else {
        if (rates.latency > Duration{}) {
            hold_back({now + rates.latency, to_daw, false, std::move(datagram)});
        } else {
            through.push_back(std::move(datagram));
        }
        let_overtaken_go(now, to_daw, through);
    }
}

void FaultyWire::hold_back(UnderWay late) {
    const auto place = std::upper_bound(under_way_.begin(), under_way_.end(), late.due,
                                        [](Instant when, const UnderWay& each) { return when < each.due; });
    under_way_.insert(place, std::move(late));
}

void FaultyWire::let_overtaken_go(Instant now, bool to_daw, std::vector<Datagram>& through) {
    const Duration latency = (to_daw ? plan_.to_daw : plan_.to_client).latency;
    std::vector<UnderWay> overtaken;
    for (UnderWay& each : under_way_)
        if (each.until_next && each.to_daw == to_daw) overtaken.push_back(std::move(each));
    std::erase_if(under_way_, [&](const UnderWay& each) { return each.until_next && each.to_daw == to_daw; });
    for (UnderWay& each : overtaken) {
        each.until_next = false;
        each.due = std::min(each.due, now + latency);
        if (latency > Duration{}) {
            hold_back(std::move(each));
        } else {
            through.push_back(std::move(each.datagram));
        }
    }
}

void FaultyWire::receive(Instant now, Peer from, std::span<const std::byte> bytes,
                         std::vector<Datagram>& out) {
    std::vector<Datagram> said = {{from, {bytes.begin(), bytes.end()}}};
    std::vector<Datagram> arrived;
    pass(now, true, said, arrived);
    deliver(now, arrived, out);
}

void FaultyWire::deliver(Instant now, std::vector<Datagram>& arrived, std::vector<Datagram>& out) {
    std::vector<Datagram> answers;
    for (const Datagram& datagram : arrived) daw_.receive(now, datagram.to, datagram.bytes, answers);
    pass(now, false, answers, out);
}

void FaultyWire::advance(Instant to, std::vector<Datagram>& out) {
    while (next_wake() <= to) {
        const Instant now = next_wake();
        if (!under_way_.empty() && under_way_.front().due == now) {
            UnderWay due = std::move(under_way_.front());
            under_way_.erase(under_way_.begin());
            if (due.to_daw) {
                std::vector<Datagram> arrived = {std::move(due.datagram)};
                deliver(now, arrived, out);
            } else {
                out.push_back(std::move(due.datagram));
            }
            continue;
        }
        std::vector<Datagram> said;
        daw_.advance(now, said);
        pass(now, false, said, out);
    }
}

Instant FaultyWire::next_wake() const {
    return under_way_.empty() ? daw_.next_wake() : std::min(under_way_.front().due, daw_.next_wake());
}

}  // namespace kedge::sim
