#include "engine/comparison.hpp"

#include "engine/session_history.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::engine {

namespace {

Result<Remembered> after_pass(const journal::Journal& journal, PassId id, const Capabilities& capabilities) {
    const auto pass = journal.pass(id);
    if (!pass) return tl::unexpected(pass.error());
    if (pass->state == PassState::prepared)
        return fail(ErrorKind::refused, fmt::format("Pass {} was cut off and is not settled.", id.value),
                    "`kedge recover` says where it stands, and finishes it or rolls it back.");
    auto passes = journal.history(pass->session);
    if (!passes) return tl::unexpected(passes.error());
    const SessionHistory whole(std::move(*passes), capabilities);
    const SessionHistory then = whole.until(journal::chain_of(*pass));
    Remembered memory{id, {}, pass->session, {}};
    for (const auto& [name, control] : whole.controls()) {
        const ControlHistory* known = then.of(name);
        const auto value = known && known->value() ? known->value() : control.origin();
        if (value) memory.values.emplace(name, *value);
    }
    return memory;
}

}  // namespace

std::optional<PassId> pass_named(const std::string& word) {
    PassId id;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id.value);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return id;
}

Result<Remembered> remember(const journal::Journal& journal, const std::string& session,
                            const std::string& word, const Capabilities& capabilities) {
    if (const auto id = pass_named(word)) {
        auto memory = after_pass(journal, *id, capabilities);
        if (memory && memory->session != session)
            return fail(ErrorKind::refused,
                        fmt::format("Pass {} belongs to the session '{}', not to '{}'.", word,
                                    memory->session, session),
                        "Compare what belongs to one session.");
        return memory;
    }
    const auto snapshot = journal.snapshot(session, word);
    if (!snapshot) return tl::unexpected(snapshot.error());
    Remembered memory{std::nullopt, word, session, {}};
    for (const SnapshotValue& value : snapshot->values)
        memory.values.emplace(journal::ControlName{value.strip, value.control}, value.value);
    return memory;
}

Result<std::string> session_of(const journal::Journal& journal, const std::string& a, const std::string& b) {
    for (const std::string& word : {a, b})
        if (const auto id = pass_named(word))
            return journal.pass(*id).map([](const Pass& pass) { return pass.session; });
    const auto snapshots = journal.snapshots();
    if (!snapshots) return tl::unexpected(snapshots.error());
    std::set<std::string> with_a;
    std::set<std::string> with_b;
    for (const auto& each : *snapshots) {
        if (each.name == a) with_a.insert(each.session);
        if (each.name == b) with_b.insert(each.session);
    }
    std::vector<std::string> both;
    std::set_intersection(with_a.begin(), with_a.end(), with_b.begin(), with_b.end(),
                          std::back_inserter(both));
    if (both.size() == 1) return both.front();
    if (both.empty())
        return fail(ErrorKind::usage, fmt::format("No session has the snapshots '{}' and '{}'.", a, b),
                    "`kedge snapshots` lists them all.");
    return fail(ErrorKind::usage,
                fmt::format("Several sessions have the snapshots '{}' and '{}': '{}'.", a, b,
                            fmt::join(both, "', '")),
                "Say which one with --session NAME.");
}

std::vector<Compared> compare(const Remembered& a, const Remembered& b, const Capabilities& capabilities) {
    std::set<journal::ControlName> names;
    for (const auto& [name, value] : a.values) names.insert(name);
    for (const auto& [name, value] : b.values) names.insert(name);
    std::vector<Compared> all;
    for (const auto& name : names) {
        const auto in_a = a.values.find(name);
        const auto in_b = b.values.find(name);
        Compared each{name.first, name.second, {}, {}, false};
        if (in_a != a.values.end()) each.a = in_a->second;
        if (in_b != b.values.end()) each.b = in_b->second;
        each.differ = each.a && each.b && !surface::same_value(*each.a, *each.b, capabilities);
        all.push_back(std::move(each));
    }
    return all;
}

}  // namespace kedge::engine
