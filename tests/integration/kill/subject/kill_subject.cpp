// The process that the kill test ends: applies the pass of a seed, or reverts one, as the kedge command does
// (session, runner, journal, UDP), and says on stdout when it begins ("b"), when the pass is in the journal
// and the first value about to leave ("p"), and when it is done ("e").
//
//   kill_subject PORT JOURNAL apply SEED | revert PASS  [b | p NANOSECONDS, or c REPORTS]
//
// With the last two it ends itself with SIGKILL: so long after it said that letter (another process would be
// told, and scheduled, too late to hit a pass of a millisecond), or once the DAW has reported so many
// controls since the pass was recorded, however long that takes.

#include "ardour/ardour_session.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/observe_job.hpp"
#include "engine/revert_job.hpp"
#include "integration/kill/killed_pass.hpp"
#include "io/daw_loop.hpp"
#include "support/pass_job.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include <unistd.h>

using namespace kedge;

namespace {

/// Ends this process so long after a letter was said.
struct Fuse {
    char letter = 0;
    std::chrono::nanoseconds length{};

    void light() const {
        std::thread([burns = length] {
            std::this_thread::sleep_for(burns);
            kill(getpid(), SIGKILL);
        }).detach();
    }
};
Fuse fuse;

void say(char what) {
    if (write(STDOUT_FILENO, &what, 1) != 1) std::abort();
    if (what == fuse.letter) fuse.light();
}

class TellingRecorder : public surface::PassRecorder {
  public:
    explicit TellingRecorder(surface::PassRecorder& recorder) : recorder_(recorder) {}
    Result<PassId> record_prepared(const Pass& pass) override {
        auto id = recorder_.record_prepared(pass);
        say('p');
        if (when_recorded) when_recorded();
        return id;
    }
    Result<void> record_outcome(const Pass& pass) override { return recorder_.record_outcome(pass); }

    std::function<void()> when_recorded;

  private:
    surface::PassRecorder& recorder_;
};

/// Ends this process at the Nth control that the DAW reports once the pass was recorded.
class CountingFuse : public engine::EngineObserver {
  public:
    void recorded() {
        recorded_ = true;
        burn_down();
    }
    void event(Instant, const surface::Surface&, const surface::Event& event) override {
        if (!recorded_ || !std::holds_alternative<surface::ControlReported>(event)) return;
        ++reports_;
        burn_down();
    }
    void job_began() override {}
    void job_ended() override {}

    std::optional<unsigned long> after;

  private:
    void burn_down() const {
        if (after && reports_ >= *after) kill(getpid(), SIGKILL);
    }

    bool recorded_ = false;
    unsigned long reports_ = 0;
};
CountingFuse counting_fuse;

int complain(const std::string& what) {
    std::fprintf(stderr, "kill_subject: %s\n", what.c_str());
    return 1;
}

int run(std::uint16_t port, const std::string& journal_path, const std::string& what, std::uint32_t number) {
    auto journal = journal::open_journal(journal_path);
    if (!journal) return complain(journal.error().message);
    engine::JournalRecorder to_journal(**journal);
    TellingRecorder recorder(to_journal);
    ardour::ArdourSession session{Duration{}};
    engine::Engine engine(session);
    engine.observe(counting_fuse);
    recorder.when_recorded = [] { counting_fuse.recorded(); };
    auto loop = io::DawLoop::over_udp(engine, {"127.0.0.1", port});
    if (!loop) return complain(loop.error().message);
    engine::ObserveJob glance(Duration::zero());
    if (auto ran = (*loop)->run(glance); !ran) return complain(ran.error().message);

    say('b');
    if (what == "apply") {
        test::PassJob job(test::killed_pass(number, session.mixer()), recorder);
        if (auto ran = (*loop)->run(job); !ran) return complain(ran.error().message);
        if (job.runner().pass().state != PassState::applied) return complain("not applied");
    } else {
        engine::RevertJob job(PassId{number}, false, "test", {}, **journal, recorder);
        if (auto ran = (*loop)->run(job); !ran) return complain(ran.error().message);
        if (job.report().error) return complain(job.report().error->message);
    }
    say('e');
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count != 5 && count != 7)
        return complain("PORT JOURNAL apply SEED | revert PASS  [b | p NANOSECONDS, or c REPORTS]");
    const auto number = [&](int word) { return std::strtoul(words[word], nullptr, 10); };
    if (count == 7 && words[5][0] == 'c') {
        counting_fuse.after = number(6);
    } else if (count == 7) {
        fuse = {words[5][0], std::chrono::nanoseconds(number(6))};
    }
    return run(static_cast<std::uint16_t>(number(1)), words[2], words[3],
               static_cast<std::uint32_t>(number(4)));
}
