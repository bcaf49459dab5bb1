#include "rpc/answer.hpp"

#include "rpc/reply.hpp"
#include "support/catch.hpp"

#include <set>

using namespace kedge;
namespace json = boost::json;

namespace {

std::string one_line(const json::value& document) {
    std::string line = rpc::line_of(document);
    REQUIRE(line.ends_with('\n'));
    line.pop_back();
    REQUIRE(line.find('\n') == std::string::npos);
    return line;
}

}  // namespace

TEST_CASE("Answers and notifications are written as JSON-RPC 2.0 wants them") {
    CHECK(one_line(rpc::answer(7, json::object{{"pass", 3}})) ==
          R"({"jsonrpc":"2.0","id":7,"result":{"pass":3}})");
    CHECK(
        one_line(rpc::answer(rpc::Fault{"a", rpc::Code::busy, "At work.", "Wait.", {{"method", "mix"}}})) ==
        R"({"jsonrpc":"2.0","id":"a","error":{"code":-32010,"message":"At work.","data":{"method":"mix","next":"Wait."}}})");
    CHECK(one_line(rpc::notification("pass", {{"id", 3}})) ==
          R"({"jsonrpc":"2.0","method":"pass","params":{"id":3}})");
    CHECK(one_line(rpc::request(1, "show", {{"pass", 3}})) ==
          R"({"jsonrpc":"2.0","id":1,"method":"show","params":{"pass":3}})");
}

TEST_CASE("A name that is no UTF-8, or holds a line's end, stays within one line of UTF-8") {
    CHECK(one_line(json::object{{"strip", "G\xFFtr\n2"}}) == "{\"strip\":\"G\xEF\xBF\xBDtr\\n2\"}");
}

TEST_CASE("What is written is read back: results, faults, notifications, calls") {
    auto result = rpc::parse_reply(one_line(rpc::answer(7, json::object{{"pass", 3}})));
    REQUIRE(result);
    const auto& answer = std::get<rpc::Answer>(*result);
    CHECK(answer.id == 7);
    CHECK_FALSE(answer.fault);
    CHECK(answer.result.as_object().at("pass") == 3);

    const rpc::Fault fault{"a", rpc::Code::busy, "At work.", "Wait.", {{"method", "mix"}}};
    auto refused = rpc::parse_reply(one_line(rpc::answer(fault)));
    REQUIRE(refused);
    const auto& read = std::get<rpc::Answer>(*refused).fault;
    REQUIRE(read);
    CHECK(read->code == fault.code);
    CHECK(read->message == fault.message);
    CHECK(read->next == fault.next);
    CHECK(read->data.at("method") == "mix");

    auto told = rpc::parse_reply(one_line(rpc::notification("pass", {{"id", 3}})));
    REQUIRE(told);
    CHECK(std::get<rpc::Notice>(*told).method == "pass");
    CHECK(std::get<rpc::Notice>(*told).params.at("id") == 3);

    const auto incoming = rpc::parse(one_line(rpc::request(1, "show", {{"pass", 3}})));
    REQUIRE(incoming.items.size() == 1);
    CHECK(std::get<rpc::Call>(incoming.items[0]).params.at("pass") == 3);
}

TEST_CASE("What is no reply is an error that says so") {
    for (const char* line :
         {"", "{", "7", "[]", "{}", R"({"id":1})", R"({"id":1,"error":7})",
          R"({"id":1,"error":{"code":"x"}})", R"({"method":"pass"})", R"({"method":1,"params":{}})"}) {
        INFO(line);
        const auto reply = rpc::parse_reply(line);
        REQUIRE_FALSE(reply);
        CHECK_FALSE(reply.error().next.empty());
    }
}

TEST_CASE("Every kind of error has a code of its own, and the way back") {
    const ErrorKind kinds[] = {ErrorKind::usage,       ErrorKind::no_daw,   ErrorKind::refused,
                               ErrorKind::rolled_back, ErrorKind::conflict, ErrorKind::storage,
                               ErrorKind::interrupted};
    std::set<rpc::Code> codes;
    for (const ErrorKind kind : kinds) {
        codes.insert(rpc::code_of(kind));
        CHECK(rpc::kind_of(rpc::code_of(kind)) == kind);
    }
    CHECK(codes.size() == std::size(kinds));
    CHECK_FALSE(rpc::kind_of(rpc::Code::busy));
    CHECK_FALSE(rpc::kind_of(rpc::Code::parse_error));
}
