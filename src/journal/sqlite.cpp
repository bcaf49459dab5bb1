#include "journal/sqlite.hpp"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

namespace kedge::journal::sqlite {

namespace {

constexpr int busy_timeout_ms = 5000;

std::string next_step(int code, const std::string& path) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return "Free some space on the disk and try again.";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return fmt::format("Make {} and its folder writable for you.", path);
        case SQLITE_CANTOPEN:
            return fmt::format("Make sure that the folder of {} exists and that you may write in it.", path);
        case SQLITE_NOTADB:
            return fmt::format(
                "Move {} out of the way, or name another journal; kedge then starts a new one.", path);
        case SQLITE_CORRUPT:
            return fmt::format(
                "Keep a copy of {0}, then move it out of the way; kedge then starts a new one. "
                "'sqlite3 {0} .recover' may save what is in it.",
                path);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "Another kedge is writing the journal: wait until it is done and try again.";
        default:
            return "Check the disk, and that no other program has the file open.";
    }
}

Error storage_error(int code, const char* what, const std::string& path) {
    return {ErrorKind::storage, fmt::format("The journal {} failed: {}.", path, what), next_step(code, path)};
}

}  // namespace

void Connection::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Connection::Connection(std::unique_ptr<sqlite3, Close> handle, std::string path)
    : handle_(std::move(handle)), path_(std::move(path)) {}

Result<Connection> Connection::open(const std::string& path) {
    sqlite3* raw = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    // SQLite gives a handle even when it fails, and it has to be closed.
    std::unique_ptr<sqlite3, Close> handle(raw);
    if (code != SQLITE_OK) return tl::unexpected(storage_error(code, sqlite3_errstr(code), path));
    if (sqlite3_db_readonly(handle.get(), "main") == 1)
        return tl::unexpected(storage_error(SQLITE_READONLY, "it can be read but not written", path));
    sqlite3_extended_result_codes(handle.get(), 1);
    sqlite3_busy_timeout(handle.get(), busy_timeout_ms);
    return Connection(std::move(handle), path);
}

Error Connection::last_error() const {
    const int code = sqlite3_errcode(handle_.get());
    // SQLite calls it an I/O error when its helper files find no room; the system's own error tells.
    if ((code & 0xff) == SQLITE_IOERR && sqlite3_system_errno(handle_.get()) == ENOSPC)
        return storage_error(SQLITE_FULL, sqlite3_errstr(SQLITE_FULL), path_);
    return storage_error(code, sqlite3_errmsg(handle_.get()), path_);
}

Result<void> Connection::run(const std::string& sql) const {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(last_error());
    return {};
}

Result<std::int64_t> Connection::number(std::string_view sql) const {
    auto statement = Statement::prepare(*this, sql);
    if (!statement) return tl::unexpected(statement.error());
    return statement->step().map([&](bool row) { return row ? statement->integer(0) : 0; });
}

Result<std::string> Connection::text(std::string_view sql) const {
    auto statement = Statement::prepare(*this, sql);
    if (!statement) return tl::unexpected(statement.error());
    return statement->step().map([&](bool row) { return row ? statement->text(0) : std::string(); });
}

std::int64_t Connection::last_row_id() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(std::unique_ptr<sqlite3_stmt, Finalize> handle, const Connection& connection)
    : handle_(std::move(handle)), connection_(&connection) {}

Result<Statement> Statement::prepare(const Connection& connection, std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v2(connection.handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(connection.last_error());
    return Statement(std::unique_ptr<sqlite3_stmt, Finalize>(raw), connection);
}

void Statement::note(int code) {
    if (code != SQLITE_OK && bind_failure_ == SQLITE_OK) bind_failure_ = code;
}

Statement& Statement::bind(std::int64_t number) {
    note(sqlite3_bind_int64(handle_.get(), next_parameter_++, number));
    return *this;
}

Statement& Statement::bind(double number) {
    note(sqlite3_bind_double(handle_.get(), next_parameter_++, number));
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    // A null pointer would bind NULL, which an empty string is not.
    const char* data = text.empty() ? "" : text.data();
    note(sqlite3_bind_text64(handle_.get(), next_parameter_++, data, text.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
    if (number) return bind(*number);
    note(sqlite3_bind_null(handle_.get(), next_parameter_++));
    return *this;
}

Result<bool> Statement::step() {
    if (bind_failure_ != SQLITE_OK)
        return tl::unexpected(
            storage_error(bind_failure_, sqlite3_errstr(bind_failure_), connection_->path()));
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return tl::unexpected(connection_->last_error());
}

Result<void> Statement::run() {
    const auto stepped = step();
    sqlite3_reset(handle_.get());
    next_parameter_ = 1;
    bind_failure_ = SQLITE_OK;
    if (!stepped) return tl::unexpected(stepped.error());
    return {};
}

Statement::ColumnType Statement::type(int column) const {
    switch (sqlite3_column_type(handle_.get(), column)) {
        case SQLITE_INTEGER:
            return ColumnType::integer;
        case SQLITE_FLOAT:
            return ColumnType::real;
        case SQLITE_TEXT:
            return ColumnType::text;
        case SQLITE_BLOB:
            return ColumnType::blob;
        default:
            return ColumnType::null;
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(handle_.get(), column);
}

std::string Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (type(column) == ColumnType::null) return std::nullopt;
    return integer(column);
}

Result<Transaction> Transaction::begin(const Connection& connection) {
    if (auto begun = connection.run("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
    return Transaction(connection);
}

Result<void> Transaction::commit() {
    auto committed = connection_->run("COMMIT");
    if (committed) connection_ = nullptr;
    return committed;
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    // A rollback that fails leaves what SQLite rolled back by itself: there is nothing more to do about it
    // here.
    if (connection_ != nullptr) (void)connection_->run("ROLLBACK");
}

}  // namespace kedge::journal::sqlite
