#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite as values: a connection, a prepared statement, a transaction. Every failure is a storage error that
/// names the file and what to do; none of this throws.
namespace kedge::journal::sqlite {

/// An open database file. Closed with the last reference to it gone.
class Connection {
  public:
    /// Opens or creates the file for reading and writing; a file that can only be read is an error.
    static Result<Connection> open(const std::string& path);

    /// Runs SQL that gives no rows, several statements at once.
    [[nodiscard]] Result<void> run(const std::string& sql) const;
    /// The number that a pragma or a count gives.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql) const;
    [[nodiscard]] Result<std::string> text(std::string_view sql) const;
    [[nodiscard]] std::int64_t last_row_id() const;
    [[nodiscard]] const std::string& path() const { return path_; }
    /// What SQLite complained about last, for a person.
    [[nodiscard]] Error last_error() const;

  private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* database) const;
    };
    Connection(std::unique_ptr<sqlite3, Close> handle, std::string path);

    std::unique_ptr<sqlite3, Close> handle_;
    std::string path_;
};

/// A prepared statement: bind in order, step through rows, read in order. A binding that fails is reported by
/// the next step.
class Statement {
  public:
    static Result<Statement> prepare(const Connection& connection, std::string_view sql);

    Statement& bind(std::int64_t number);
    Statement& bind(double number);
    Statement& bind(std::string_view text);
    Statement& bind(std::optional<std::int64_t> number);

    /// True for a row, false when there are no more.
    [[nodiscard]] Result<bool> step();
    /// Runs a statement that gives no row and makes it ready to be bound and run again.
    [[nodiscard]] Result<void> run();

    enum class ColumnType { integer, real, text, null, blob };
    [[nodiscard]] ColumnType type(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(std::unique_ptr<sqlite3_stmt, Finalize> handle, const Connection& connection);
    void note(int code);

    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    const Connection* connection_;
    int next_parameter_ = 1;
    int bind_failure_ = 0;
};

/// All or nothing: what was run since begin() is taken back unless commit() succeeded.
class Transaction {
  public:
    /// Takes the write lock at once, so that a later statement cannot meet another writer.
    static Result<Transaction> begin(const Connection& connection);
    /// Returns once the changes are on disk.
    [[nodiscard]] Result<void> commit();

    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;

  private:
    explicit Transaction(const Connection& connection) : connection_(&connection) {}
    const Connection* connection_;
};

}  // namespace kedge::journal::sqlite
