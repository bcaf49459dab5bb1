// A journal that cannot take a pass, because the disk is full or nothing may be written: not one value
// leaves.

#include "engine/journal_recorder.hpp"
#include "faults/faulty_studio.hpp"
#include "support/scratch_folder.hpp"
#include "support/without_root.hpp"

#include <csignal>
#include <fstream>

#include <sys/mount.h>
#include <sys/resource.h>

using namespace kedge;
using namespace kedge::test;

namespace {

/// No file of this process grows beyond so many bytes: a disk that is full.
class NoRoomBeyond {
  public:
    explicit NoRoomBeyond(rlim_t bytes) : signal_was_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &limit_was_);
        const rlimit limit{bytes, limit_was_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~NoRoomBeyond() {
        setrlimit(RLIMIT_FSIZE, &limit_was_);
        std::signal(SIGXFSZ, signal_was_);
    }
    NoRoomBeyond(const NoRoomBeyond&) = delete;
    NoRoomBeyond& operator=(const NoRoomBeyond&) = delete;

  private:
    rlimit limit_was_{};
    void (*signal_was_)(int);
};

/// A disk of 128 KiB; only root may have one.
class TinyDisk {
  public:
    TinyDisk() : mounted_(mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=131072") == 0) {}
    ~TinyDisk() {
        if (mounted_) umount(folder_.path().c_str());
    }
    TinyDisk(const TinyDisk&) = delete;
    TinyDisk& operator=(const TinyDisk&) = delete;
    [[nodiscard]] bool is_there() const { return mounted_; }
    [[nodiscard]] const ScratchFolder& folder() const { return folder_; }

  private:
    ScratchFolder folder_;
    bool mounted_;
};

std::vector<surface::PassRunner::Wish> every_fader_down(const FaultyStudio& studio,
                                                        const std::string& reason) {
    std::vector<surface::PassRunner::Wish> wishes;
    for (const Strip& strip : studio.mixer().strips)
        wishes.push_back({strip.id, Control::fader, Decibels(-20.0), {}, "full", reason});
    return wishes;
}

/// A pass that the journal does not take.
void check_refused(FaultyStudio& studio, journal::Journal& journal, const std::string& reason) {
    engine::JournalRecorder recorder(journal);
    const TrueMixer before = studio.truth();
    PassJob job(every_fader_down(studio, reason), recorder);
    REQUIRE(studio.loop().run(job));
    REQUIRE(job.runner().refused());
    CHECK(job.runner().refused()->kind == ErrorKind::storage);
    CHECK_FALSE(job.runner().refused()->message.empty());
    CHECK_FALSE(job.runner().refused()->next.empty());
    CHECK(studio.sets() == 0);
    CHECK(studio.truth() == before);
}

void check_applied(FaultyStudio& studio, journal::Journal& journal) {
    engine::JournalRecorder recorder(journal);
    PassJob job(every_fader_down(studio, "short"), recorder);
    REQUIRE(studio.loop().run(job));
    CHECK_FALSE(job.runner().refused());
    CHECK(job.runner().pass().state == PassState::applied);
    CHECK(studio.sets() > 0);
}

}  // namespace

TEST_CASE(
    "with the disk full a pass is refused before the first value is sent, and goes once there is room") {
    const ScratchFolder folder;
    FaultyStudio studio(4, Duration{});
    const auto journal = journal::open_journal(folder.file("journal.db")).value();
    {
        const NoRoomBeyond room(4096);
        check_refused(studio, *journal, "short");
    }
    CHECK(journal->passes().value().empty());
    check_applied(studio, *journal);
    CHECK(journal->passes().value().size() == 1);
}

TEST_CASE("on a disk of 128 KiB a pass that does not fit is refused before the first value is sent") {
    const TinyDisk disk;
    if (!disk.is_there()) {
        WARN("only root can have a disk of 128 KiB: the limit on file sizes stands for it");
        return;
    }
    FaultyStudio studio(4, Duration{});
    const auto journal = journal::open_journal(disk.folder().file("journal.db"));
    REQUIRE(journal);
    check_refused(studio, **journal, std::string(60'000, 'x'));
    CHECK((*journal)->passes().value().empty());
}

TEST_CASE("a journal on a disk without any room is not opened, and says that the disk is full") {
    const TinyDisk disk;
    if (!disk.is_there()) {
        WARN("only root can have a disk of 128 KiB");
        return;
    }
    const auto path = disk.folder().file("journal.db");
    REQUIRE(journal::open_journal(path));
    {
        std::ofstream filler(disk.folder().file("filler"));
        const std::string page(4096, 'x');
        while (filler.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) continue;
    }
    const auto opened = journal::open_journal(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::storage);
    CHECK_THAT(opened.error().message, Catch::Contains("full"));
    CHECK_THAT(opened.error().next, Catch::Contains("Free some space"));
}

TEST_CASE("a journal in a file or folder that may only be read is refused before there is a pass at all") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(journal::open_journal(path));
    const bool whole_folder = GENERATE(false, true);
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    if (whole_folder) std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
    {
        const WithoutRoot permissions_count;
        const auto opened = journal::open_journal(path);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().kind == ErrorKind::storage);
        CHECK_FALSE(opened.error().next.empty());
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
}
