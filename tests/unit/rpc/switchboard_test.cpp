#include "rpc/switchboard.hpp"

#include "rpc/reply.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace kedge;
namespace json = boost::json;

namespace {

constexpr rpc::Switchboard::ClientId ann = 1;
constexpr rpc::Switchboard::ClientId bob = 2;

/// A switchboard with one method of each manner, and what it sent.
struct Exchange {
    Exchange() {
        board.on_call = [](rpc::Switchboard::ClientId, const rpc::Call& call) -> rpc::Outcome {
            if (call.params.contains("wrong"))
                return rpc::Fault{nullptr, rpc::Code::invalid_params, "Wrong.", "", {}};
            return json::object{{"done", call.method}};
        };
        board.doing = [] { return std::string("listening 0:12"); };
    }

    void call(rpc::Switchboard::ClientId client, int id, const std::string& method) {
        board.line(client,
                   R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method + "\"}");
    }
    /// The one line sent since the last call of this; and who got it.
    std::pair<rpc::Switchboard::ClientId, json::value> sent() {
        REQUIRE(lines.size() == 1);
        auto [client, line] = lines.front();
        lines.clear();
        return {client, json::parse(line)};
    }
    json::value answer_to(rpc::Switchboard::ClientId client) {
        auto [to, document] = sent();
        REQUIRE(to == client);
        return document;
    }
    int code_for(rpc::Switchboard::ClientId client) {
        return static_cast<int>(answer_to(client).at("error").at("code").as_int64());
    }

    std::vector<std::pair<rpc::Switchboard::ClientId, std::string>> lines;
    std::vector<std::pair<rpc::Switchboard::ClientId, std::string>> told;
    rpc::Switchboard board{
        {{"passes", rpc::Manner::at_once}, {"strips", rpc::Manner::looks}, {"mix", rpc::Manner::works}},
        {[this](auto client, std::string line) { lines.emplace_back(client, std::move(line)); },
         [this](auto client, std::string line) { told.emplace_back(client, std::move(line)); }}};
};

}  // namespace

TEST_CASE("A command waits, is begun and answered; what needs no surface is answered at once") {
    Exchange e;
    e.call(ann, 1, "mix");
    CHECK(e.lines.empty());
    CHECK(e.board.waiting() == 1);
    REQUIRE(e.board.begin_next());
    CHECK(e.board.at_work()->method == "mix");
    e.call(bob, 5, "passes");
    CHECK(e.answer_to(bob).at("result").at("done") == "passes");
    e.board.finish(json::object{{"exit", 0}});
    const auto answer = e.answer_to(ann);
    CHECK(answer.at("id") == 1);
    CHECK(answer.at("result").at("exit") == 0);
    CHECK(e.board.at_work() == nullptr);
    CHECK(e.board.begin_next() == nullptr);
}

TEST_CASE("While a pass is at work another client is refused, and told what is at work") {
    Exchange e;
    e.call(ann, 1, "mix");
    const bool begun = GENERATE(false, true);
    if (begun) e.board.begin_next();
    const auto* method = GENERATE("mix", "strips");
    e.call(bob, 2, method);
    const auto [to, document] = e.sent();
    CHECK(to == bob);
    const auto& error = document.at("error");
    CHECK(error.at("code") == static_cast<int>(rpc::Code::busy));
    CHECK_THAT(error.at("message").as_string().c_str(), Catch::Contains("mix is at work: listening 0:12"));
    CHECK_THAT(error.at("data").at("next").as_string().c_str(), Catch::Contains("kedge cancel"));
    CHECK(error.at("data").at("method") == "mix");
}

TEST_CASE("What only looks keeps others waiting, not refused") {
    Exchange e;
    e.call(ann, 1, "strips");
    e.board.begin_next();
    e.call(bob, 2, "mix");
    CHECK(e.lines.empty());
    e.board.finish(json::object{});
    CHECK(e.answer_to(ann).at("id") == 1);
    REQUIRE(e.board.begin_next());
    CHECK(e.board.at_work()->method == "mix");
}

TEST_CASE("A client's own commands are done one after the other") {
    Exchange e;
    e.call(ann, 1, "mix");
    e.call(ann, 2, "strips");
    e.call(ann, 3, "mix");
    CHECK(e.lines.empty());
    for (const int id : {1, 2, 3}) {
        REQUIRE(e.board.begin_next());
        e.board.finish(json::object{});
        CHECK(e.answer_to(ann).at("id") == id);
    }
}

TEST_CASE("No more than so many commands wait") {
    Exchange e;
    const auto most = static_cast<int>(rpc::Switchboard::most_waiting);
    for (int i = 0; i < most; ++i) e.call(ann, i, "strips");
    CHECK(e.lines.empty());
    e.call(bob, 99, "strips");
    CHECK(e.code_for(bob) == static_cast<int>(rpc::Code::busy));
    e.board.begin_next();
    e.call(bob, 100, "strips");
    CHECK(e.lines.empty());
}

TEST_CASE("A batch is answered with one array, in whatever order its calls end") {
    Exchange e;
    e.board.line(ann,
                 R"([{"jsonrpc":"2.0","id":1,"method":"strips"},{"jsonrpc":"2.0","method":"passes"},7,)"
                 R"({"jsonrpc":"2.0","id":2,"method":"passes"},{"jsonrpc":"2.0","id":3,"method":"none"}])");
    CHECK(e.lines.empty());
    e.board.begin_next();
    e.board.finish(json::object{{"exit", 0}});
    const auto answers = e.answer_to(ann).as_array();
    REQUIRE(answers.size() == 4);
    CHECK(answers[0].at("error").at("code") == -32600);
    CHECK(answers[0].at("id").is_null());
    CHECK(answers[1].at("id") == 2);
    CHECK(answers[2].at("error").at("code") == -32601);
    CHECK(answers[3].at("id") == 1);
}

TEST_CASE("Nobody answers a notification, nor a batch of them") {
    Exchange e;
    e.board.line(ann, R"({"jsonrpc":"2.0","method":"passes"})");
    e.board.line(ann, R"({"jsonrpc":"2.0","method":"none"})");
    e.board.line(ann, R"([{"jsonrpc":"2.0","method":"passes"},{"jsonrpc":"2.0","method":"mix"}])");
    e.board.begin_next();
    e.board.finish(json::object{});
    CHECK(e.lines.empty());
}

TEST_CASE("A call with a null id is answered") {
    Exchange e;
    e.board.line(ann, R"({"jsonrpc":"2.0","id":null,"method":"passes"})");
    CHECK(e.answer_to(ann).at("id").is_null());
}

TEST_CASE("Faults carry the call's id") {
    Exchange e;
    e.board.line(ann, R"({"jsonrpc":"2.0","id":"x","method":"passes","params":{"wrong":1}})");
    CHECK(e.answer_to(ann).at("id") == "x");
    e.board.line(ann, "garbage");
    CHECK(e.answer_to(ann).at("id").is_null());
}

TEST_CASE("A client that is gone waits for nothing; what is at work for it goes on") {
    Exchange e;
    e.call(ann, 1, "mix");
    e.call(ann, 2, "strips");
    e.board.begin_next();
    e.board.subscribe(ann, {"pass"});
    e.board.gone(ann);
    CHECK(e.board.waiting() == 0);
    REQUIRE(e.board.at_work());
    CHECK_FALSE(e.board.anybody_for("pass"));
    e.board.finish(json::object{});
    CHECK(e.board.at_work() == nullptr);
}

TEST_CASE("A client takes back what waits of its own, and nobody else's") {
    Exchange e;
    e.call(ann, 1, "strips");
    e.call(bob, 2, "strips");
    CHECK_FALSE(e.board.asked_by());
    CHECK(e.board.withdraw(bob) == 1);
    CHECK(e.code_for(bob) == static_cast<int>(rpc::Code::interrupted));
    CHECK(e.board.withdraw(bob) == 0);
    REQUIRE(e.board.begin_next());
    CHECK(e.board.asked_by() == ann);
    CHECK(e.board.withdraw(ann) == 0);
}

TEST_CASE("Those who subscribed are told, and no others") {
    Exchange e;
    e.board.tell("pass", {{"id", 1}});
    CHECK(e.told.empty());
    e.board.subscribe(ann, {"pass", "meters"});
    e.board.subscribe(bob, {"meters"});
    e.board.tell("pass", {{"id", 3}});
    REQUIRE(e.told.size() == 1);
    CHECK(e.told[0].first == ann);
    CHECK(json::parse(e.told[0].second).at("params").at("id") == 3);
    e.board.unsubscribe(ann, {"pass"});
    e.board.tell("pass", {{"id", 4}});
    CHECK(e.told.size() == 1);
    CHECK(e.board.anybody_for("meters"));
    CHECK(e.lines.empty());
}

TEST_CASE("A daemon that ends refuses what waits and what comes, and answers what is at work") {
    Exchange e;
    e.call(ann, 1, "mix");
    e.call(ann, 2, "strips");
    e.board.begin_next();
    e.board.end();
    CHECK(e.code_for(ann) == static_cast<int>(rpc::Code::ending));
    e.call(bob, 3, "strips");
    CHECK(e.code_for(bob) == static_cast<int>(rpc::Code::ending));
    e.call(bob, 4, "passes");
    CHECK(e.answer_to(bob).at("result").at("done") == "passes");
    e.board.finish(json::object{});
    CHECK(e.answer_to(ann).at("id") == 1);
}
