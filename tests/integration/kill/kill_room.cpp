#include "integration/kill/kill_room.hpp"

#include <array>
#include <csignal>
#include <future>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace kedge::test {

namespace {

sim::Song quiet_song(int tracks) {
    sim::Song song;
    song.name = "Kill";
    const auto samples = std::make_shared<const std::vector<float>>(4'800, 0.0F);
    for (int i = 0; i < tracks; ++i) song.stems.push_back({"Track " + std::to_string(i + 1), 1, samples});
    return song;
}

}  // namespace

KillRoom::KillRoom(int tracks) : daw_(quiet_song(tracks)) {
    auto opened = io::UdpSimulator::open(daw_, 0);
    if (!opened) throw std::runtime_error(opened.error().message);
    simulator_ = std::move(*opened);
    thread_ = std::thread([this] { simulator_->run(); });
}

KillRoom::~KillRoom() {
    simulator_->stop();
    thread_.join();
}

HeldValues KillRoom::truth() {
    std::promise<HeldValues> told;
    auto held = told.get_future();
    simulator_->meddle([&told, &daw = daw_](std::vector<sim::Datagram>&) {
        HeldValues values;
        for (const sim::SimStrip& strip : daw.engine().strips())
            for (const Control control : all_controls)
                values.emplace(std::pair(strip.name, control), strip.value(control));
        told.set_value(std::move(values));
    });
    return held.get();
}

void KillRoom::forget_clients() {
    simulator_->meddle([&daw = daw_](std::vector<sim::Datagram>&) { daw.forget_surfaces(); });
}

Subject::Subject(const KillRoom& room, const std::string& what, std::uint32_t number,
                 const std::vector<std::string>& more) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    said_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<std::string> words = {KEDGE_KILL_SUBJECT, std::to_string(room.port()), room.journal_path(),
                                      what, std::to_string(number)};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int problem = posix_spawn(&pid_, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (problem != 0) throw std::runtime_error("kill_subject does not start");
}

Subject::~Subject() {
    if (pid_ != 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    close(said_);
}

char Subject::hear() const {
    char letter = 0;
    return read(said_, &letter, 1) == 1 ? letter : '\0';
}

bool Subject::ended_well() {
    int status = 0;
    if (waitpid(std::exchange(pid_, 0), &status, 0) < 0) throw std::runtime_error("the subject is nowhere");
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return false;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the subject ended badly");
    return true;
}

}  // namespace kedge::test
