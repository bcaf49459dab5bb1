#include "io/companion_desk.hpp"

#include "io/asio_context.hpp"
#include "io/companion_file.hpp"

#include <utility>

#include <boost/asio/steady_timer.hpp>

namespace kedge::io {

namespace {

constexpr auto between_looks = std::chrono::milliseconds(20);

}  // namespace

struct CompanionDesk::State {
    State(EventLoop& loop, std::function<void(const std::string&)> on_answer_of_it)
        : on_answer(std::move(on_answer_of_it)), timer(loop.context().asio) {}

    /// Until something else is handed over: what lies there may be the answer to another request.
    void look_soon() {
        timer.expires_after(between_looks);
        timer.async_wait([this](boost::system::error_code problem) {
            if (problem || !awaits_answer) return;
            look_soon();
            if (const auto answer = take_answer(*file)) on_answer(*answer);
        });
    }

    std::function<void(const std::string&)> on_answer;
    std::optional<std::filesystem::path> file;
    boost::asio::steady_timer timer;
    bool awaits_answer = false;
};

CompanionDesk::CompanionDesk(EventLoop& loop, std::function<void(const std::string&)> on_answer)
    : state_(std::make_unique<State>(loop, std::move(on_answer))) {}
CompanionDesk::~CompanionDesk() = default;

void CompanionDesk::use(std::optional<std::filesystem::path> file) {
    state_->file = std::move(file);
    if (!state_->file) state_->awaits_answer = false;
}

bool CompanionDesk::hand_over(const surface::HandOver& hand, std::uint16_t reply_port) {
    State& s = *state_;
    s.awaits_answer = false;
    if (hand.request.empty()) {
        if (s.file) (void)take_request(*s.file);
        return true;
    }
    if (!s.file) return false;
    if (!hand.answered_by_file) return lay_down_request(*s.file, hand.request, reply_port).has_value();
    if (!lay_down_request(*s.file, hand.request)) return false;
    s.awaits_answer = true;
    s.look_soon();
    return true;
}

}  // namespace kedge::io
