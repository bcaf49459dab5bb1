#include "unit/journal/journal_file.hpp"

#include <sqlite3.h>

namespace kedge::test {

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
