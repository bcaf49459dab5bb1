#include "rpc/call.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <boost/json.hpp>

using namespace kedge;

namespace {

struct CallRow {
    const char* frame;
    const char* meaning;
};

std::string words_of(const rpc::Call& call) {
    const std::string params = call.params.empty() ? "" : " " + boost::json::serialize(call.params);
    return (call.id ? "call " + boost::json::serialize(*call.id) : "notification") + " '" + call.method +
           "'" + params;
}

std::string words_of(const rpc::Fault& fault) {
    return "fault " + boost::json::serialize(fault.id) + " " + std::to_string(static_cast<int>(fault.code));
}

std::string meaning_of(const std::string& line) {
    const auto incoming = rpc::parse(line);
    std::string words = incoming.batch ? "batch: " : "";
    for (std::size_t i = 0; i < incoming.items.size(); ++i) {
        if (i > 0) words += ", ";
        words += std::visit([](const auto& item) { return words_of(item); }, incoming.items[i]);
    }
    return words;
}

std::string text_of_frame(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every frame of a folder has its row, every row its frame, and each means what its row says.
template <std::size_t count>
void check_calls(const std::string& folder, const CallRow (&rows)[count]) {
    std::set<std::string> frames;
    const std::filesystem::path root(KEDGE_SOURCE_DIR "/tests/golden/rpc/" + folder);
    for (const auto& entry : std::filesystem::directory_iterator(root)) frames.insert(entry.path().stem());
    for (const CallRow& row : rows) {
        INFO(row.frame);
        REQUIRE(frames.erase(row.frame) == 1);
        CHECK(meaning_of(text_of_frame(root / (std::string(row.frame) + ".json"))) == row.meaning);
    }
    for (const auto& frame : frames) FAIL_CHECK("no row for " << folder << "/" << frame);
}

}  // namespace

TEST_CASE("Every valid line of a client is what it says") {
    const CallRow rows[] = {
        {"batch", "batch: call 1 'strips', notification 'daemon.cancel', call 2 'passes'"},
        {"batch_with_a_mistake", "batch: call 1 'strips', fault null -32600"},
        {"call", "call 1 'strips'"},
        {"call_with_a_text_as_id", R"(call "a-1" 'passes')"},
        {"call_with_an_unknown_member", "call 4 'passes'"},
        {"call_with_no_params_by_position", "call 3 'passes'"},
        {"call_with_null_as_id", "call null 'passes'"},
        {"call_with_params", R"(call 2 'mix' {"listen":"45s","fresh":true})"},
        {"empty_method", "call 1 ''"},
        {"notification", "notification 'daemon.cancel'"},
        {"notification_with_params_by_position", ""},
    };
    check_calls("valid", rows);
}

TEST_CASE("Every invalid line of a client is answered with its fault") {
    const CallRow rows[] = {
        {"a_number", "fault null -32600"},
        {"a_text", "fault null -32600"},
        {"a_zero_byte", "fault null -32700"},
        {"batch_of_65", "fault null -32600"},
        {"batch_of_numbers", "batch: fault null -32600, fault null -32600"},
        {"brackets_40_deep", "fault null -32700"},
        {"cut_off", "fault null -32700"},
        {"empty_batch", "fault null -32600"},
        {"empty_object", "fault null -32600"},
        {"id_as_an_object", "fault null -32600"},
        {"id_true", "fault null -32600"},
        {"method_as_a_number", "fault 1 -32600"},
        {"no_method", R"(fault "b" -32600)"},
        {"no_utf8", "fault null -32700"},
        {"no_version", "fault 1 -32600"},
        {"not_json", "fault null -32700"},
        {"null", "fault null -32600"},
        {"number_too_large", "fault null -32600"},
        {"only_spaces", "fault null -32700"},
        {"params_as_text", "fault 1 -32600"},
        {"params_by_position", "fault 1 -32602"},
        {"single_quotes", "fault null -32700"},
        {"two_documents", "fault null -32700"},
        {"version_1", "fault 1 -32600"},
        {"version_as_a_number", "fault 1 -32600"},
    };
    check_calls("invalid", rows);
}

TEST_CASE("Every fault says what happened and what to do") {
    for (const char* line : {"mix", "7", "[]", R"({"jsonrpc":"2.0","id":1,"method":"show","params":[3]})"}) {
        INFO(line);
        const auto incoming = rpc::parse(line);
        REQUIRE(incoming.items.size() == 1);
        const auto& fault = std::get<rpc::Fault>(incoming.items.front());
        CHECK(fault.message.ends_with('.'));
        CHECK_FALSE(fault.next.empty());
    }
}
