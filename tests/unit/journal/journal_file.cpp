#include "unit/journal/journal_file.hpp"

#include <cstdlib>
#include <stdexcept>

#include <sqlite3.h>
#include <unistd.h>

namespace kedge::test {

namespace {
constexpr uid_t nobody = 65534;
}

WithoutRoot::WithoutRoot() : was_root_(geteuid() == 0) {
    if (was_root_ && seteuid(nobody) != 0) throw std::runtime_error("cannot give up root");
}

WithoutRoot::~WithoutRoot() {
    if (was_root_ && seteuid(0) != 0) std::abort();
}

std::string run_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    std::string answer;
    const auto keep_first = [](void* into, int, char** columns, char**) {
        auto& text = *static_cast<std::string*>(into);
        if (text.empty() && columns[0] != nullptr) text = columns[0];
        return 0;
    };
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), keep_first, &answer, nullptr) != SQLITE_OK)
        answer = sqlite3_errmsg(database);
    sqlite3_close(database);
    return answer;
}

}  // namespace kedge::test
