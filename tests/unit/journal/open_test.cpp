#include "journal/journal.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "unit/journal/journal_file.hpp"

#include <filesystem>
#include <fstream>

using namespace kedge;
using kedge::test::run_sql;
using kedge::test::ScratchFolder;
using kedge::test::WithoutRoot;

namespace {

Error refusal(const std::string& path) {
    const auto opened = journal::open_journal(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::storage);
    CHECK_THAT(opened.error().message, Catch::Contains(path));
    CHECK_FALSE(opened.error().next.empty());
    return opened.error();
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A new journal is durable by WAL, and knows its version") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(journal::open_journal(path));
    CHECK(run_sql(path, "PRAGMA journal_mode") == "wal");
    CHECK(run_sql(path, "PRAGMA user_version") == "3");
    CHECK(run_sql(path, "PRAGMA application_id") == "1801806951");
}

TEST_CASE("Two connections see each other's passes") {
    const ScratchFolder folder;
    const auto one = journal::open_journal(folder.file("journal.db")).value();
    const auto other = journal::open_journal(folder.file("journal.db")).value();
    CHECK(one->append(Pass{}).value() == PassId{1});
    CHECK(other->append(Pass{}).value() == PassId{2});
    CHECK(one->passes().value().size() == 2);
}

TEST_CASE("A folder that is not there is reported") {
    const ScratchFolder folder;
    CHECK_THAT(refusal(folder.file("no/such/journal.db")).next, Catch::Contains("folder"));
}

TEST_CASE("A folder in the journal's place is reported") {
    const ScratchFolder folder;
    refusal(folder.path().string());
}

TEST_CASE("A file that may only be read is reported") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(journal::open_journal(path));
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    const WithoutRoot permissions_count;
    CHECK_THAT(refusal(path).next, Catch::Contains("writable"));
}

TEST_CASE("A file that is no database is refused and left as it is") {
    const ScratchFolder folder;
    const auto path = folder.file("song.wav");
    const std::string bytes = "RIFF" + std::string(4096, 'w');
    write_file(path, bytes);
    CHECK_THAT(refusal(path).message, Catch::Contains("not a database"));
    CHECK(read_file(path) == bytes);
}

TEST_CASE("A truncated journal is refused") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(journal::open_journal(path).value()->append(Pass{}));
    const auto whole = read_file(path);
    write_file(path, whole.substr(0, whole.size() / 2 + 100));
    const auto opened = journal::open_journal(path);
    if (opened) CHECK_FALSE((*opened)->append(Pass{}));
}

TEST_CASE("Another program's database is refused and left as it is") {
    const ScratchFolder folder;
    const auto path = folder.file("mail.db");
    run_sql(path, "CREATE TABLE letters (body TEXT); INSERT INTO letters VALUES ('hello')");
    const auto before = read_file(path);
    CHECK_THAT(refusal(path).message, Catch::Contains("another program"));
    CHECK(read_file(path) == before);
}

TEST_CASE("A journal of a newer kedge is refused and left as it is") {
    const ScratchFolder folder;
    const auto path = folder.file("journal.db");
    REQUIRE(journal::open_journal(path).value()->append(Pass{}));
    run_sql(path, "PRAGMA user_version = 1000");
    const auto error = refusal(path);
    CHECK_THAT(error.message, Catch::Contains("newer kedge") && Catch::Contains("1000"));
    CHECK_THAT(error.next, Catch::Contains("Update"));
    CHECK(run_sql(path, "SELECT count(*) FROM pass") == "1");
}
