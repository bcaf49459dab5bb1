#include "rpc/switchboard.hpp"

#include "rpc/answer.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

namespace kedge::rpc {

namespace json = boost::json;

namespace {

Fault refused_at_the_end() {
    return {nullptr, Code::ending, "The daemon was told to end.", "Start it again with `kedge daemon`.", {}};
}

}  // namespace

void Switchboard::line(ClientId client, const std::string& text) {
    Incoming incoming = parse(text);
    std::shared_ptr<Batch> batch;
    if (incoming.batch) {
        batch = std::make_shared<Batch>();
        batch->open = incoming.items.size();
    }
    for (auto& item : incoming.items) {
        if (auto* fault = std::get_if<Fault>(&item)) {
            deliver({client, fault->id, batch}, rpc::answer(*fault));
        } else {
            Call& call = std::get<Call>(item);
            Return to{client, call.id, batch};
            take(std::move(call), std::move(to));
        }
    }
}

void Switchboard::take(Call call, Return to) {
    const auto method = methods_.find(call.method);
    if (method == methods_.end()) {
        answer(to, unknown(call.method));
    } else if (method->second == Manner::at_once) {
        answer(to, on_call(to.client, call));
    } else {
        Order order{std::move(call), std::move(to)};
        if (auto fault = must_not_wait(order)) {
            answer(order.to, std::move(*fault));
        } else {
            waiting_.push_back(std::move(order));
        }
    }
}

/// A client may send its commands one after the other and read the answers later; of others it waits only for
/// what is over in a moment.
std::optional<Fault> Switchboard::must_not_wait(const Order& order) const {
    if (ending_) return refused_at_the_end();
    if (at_work_ && in_the_way(*at_work_, order.to.client)) return busy(*at_work_);
    for (const Order& ahead : waiting_)
        if (in_the_way(ahead, order.to.client)) return busy(ahead);
    if (waiting_.size() < most_waiting) return std::nullopt;
    return Fault{nullptr,
                 Code::busy,
                 fmt::format("{} commands wait already.", waiting_.size()),
                 "Try again in a moment.",
                 {}};
}

bool Switchboard::in_the_way(const Order& ahead, ClientId of) const {
    return ahead.to.client != of && methods_.at(ahead.call.method) == Manner::works;
}

Fault Switchboard::busy(const Order& ahead) const {
    const std::string words = doing ? doing() : std::string();
    return {nullptr,
            Code::busy,
            fmt::format("Busy: {} is at work{}{}.", ahead.call.method, words.empty() ? "" : ": ", words),
            "Try again when it is done, or stop it with `kedge cancel`: a pass that is not complete is taken "
            "back.",
            {{"method", ahead.call.method}, {"doing", words}}};
}

Fault Switchboard::unknown(const std::string& method) const {
    return {nullptr,
            Code::method_not_found,
            fmt::format("There is no method '{}'.", method),
            "Call daemon.methods for a list.",
            {}};
}

void Switchboard::answer(const Return& to, Outcome outcome) const {
    const json::value id = to.id.value_or(nullptr);
    if (auto* fault = std::get_if<Fault>(&outcome)) {
        fault->id = id;
        deliver(to, rpc::answer(*fault));
    } else {
        deliver(to, rpc::answer(id, std::move(std::get<json::value>(outcome))));
    }
}

void Switchboard::deliver(const Return& to, json::object document) const {
    if (!to.batch) {
        if (to.id) wire_.send(to.client, line_of(document));
        return;
    }
    if (to.id) to.batch->answers.push_back(std::move(document));
    if (--to.batch->open == 0 && !to.batch->answers.empty())
        wire_.send(to.client, line_of(to.batch->answers));
}

void Switchboard::gone(ClientId client) {
    std::erase_if(waiting_, [&](const Order& order) { return order.to.client == client; });
    for (auto& [topic, clients] : subscribers_) clients.erase(client);
}

const Call* Switchboard::begin_next() {
    assert(!at_work_);
    if (waiting_.empty()) return nullptr;
    at_work_ = std::move(waiting_.front());
    waiting_.pop_front();
    return &at_work_->call;
}

std::optional<Switchboard::ClientId> Switchboard::asked_by() const {
    if (!at_work_) return std::nullopt;
    return at_work_->to.client;
}

std::size_t Switchboard::withdraw(ClientId client) {
    std::size_t withdrawn = 0;
    for (Order& order : std::exchange(waiting_, {})) {
        if (order.to.client != client) {
            waiting_.push_back(std::move(order));
            continue;
        }
        ++withdrawn;
        answer(order.to, Fault{nullptr, Code::interrupted, "Stopped before it began.", "", {}});
    }
    return withdrawn;
}

void Switchboard::finish(Outcome outcome) {
    assert(at_work_);
    const Order done = std::move(*at_work_);
    at_work_.reset();
    answer(done.to, std::move(outcome));
}

void Switchboard::subscribe(ClientId client, const std::set<std::string>& topics) {
    for (const auto& topic : topics) subscribers_[topic].insert(client);
}

void Switchboard::unsubscribe(ClientId client, const std::set<std::string>& topics) {
    for (const auto& topic : topics) subscribers_[topic].erase(client);
}

bool Switchboard::anybody_for(const std::string& topic) const {
    const auto found = subscribers_.find(topic);
    return found != subscribers_.end() && !found->second.empty();
}

void Switchboard::tell(const std::string& topic, const json::object& params) {
    if (!anybody_for(topic)) return;
    const std::string text = line_of(notification(topic, params));
    for (const ClientId client : subscribers_.at(topic)) wire_.tell(client, text);
}

void Switchboard::end() {
    ending_ = true;
    for (const Order& order : std::exchange(waiting_, {})) answer(order.to, refused_at_the_end());
}

}  // namespace kedge::rpc
