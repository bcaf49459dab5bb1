#include "rpc/call.hpp"

#include <cmath>

#include <fmt/format.h>

namespace kedge::rpc {

namespace json = boost::json;

namespace {

constexpr std::size_t deepest = 32;

Fault no_call(json::value id, std::string message) {
    return {std::move(id), Code::invalid_request, std::move(message),
            R"(Send {"jsonrpc": "2.0", "id": 1, "method": "strips", "params": {}} on one line.)"};
}

/// An id that an answer may carry.
bool usable(const json::value& id) {
    // 1e999 is read as infinity, which no answer could carry.
    if (id.is_double()) return std::isfinite(id.as_double());
    return id.is_string() || id.is_number() || id.is_null();
}

/// A call, the fault to answer with, or nothing for a notification that cannot be carried out.
std::optional<std::variant<Call, Fault>> parse_one(const json::value& document) {
    const auto* object = document.if_object();
    if (!object) return no_call(nullptr, "A call is a JSON object.");
    const json::value* id = object->if_contains("id");
    if (id && !usable(*id)) return no_call(nullptr, "The id is neither a string nor a finite number.");
    const json::value answer_to = id ? *id : json::value(nullptr);

    const json::value* version = object->if_contains("jsonrpc");
    if (!version || *version != "2.0") return no_call(answer_to, R"(The member "jsonrpc" is not "2.0".)");
    const json::value* method = object->if_contains("method");
    if (!method || !method->is_string()) return no_call(answer_to, "The method is not named by a string.");

    Call call;
    if (id) call.id = *id;
    call.method = std::string(method->as_string());
    const json::value* params = object->if_contains("params");
    if (!params || (params->is_array() && params->as_array().empty())) return call;
    if (params->is_object()) {
        call.params = params->as_object();
        return call;
    }
    if (!params->is_array()) return no_call(answer_to, "The params are neither an object nor an array.");
    if (!id) return std::nullopt;
    return Fault{answer_to, Code::invalid_params, "Parameters go by name, not by position.",
                 R"(Send them as an object, such as {"listen": "45s"}.)"};
}

}  // namespace

Incoming parse(std::string_view line) {
    Incoming incoming;
    json::parse_options options;
    options.max_depth = deepest;
    json::error_code problem;
    const json::value document =
        json::parse(json::string_view(line.data(), line.size()), problem, {}, options);
    if (problem) {
        incoming.items.emplace_back(Fault{nullptr, Code::parse_error,
                                          fmt::format("This line is not JSON: {}.", problem.message()),
                                          "Send one JSON document on each line, in UTF-8."});
        return incoming;
    }
    const auto* batch = document.if_array();
    if (!batch) {
        if (auto item = parse_one(document)) incoming.items.push_back(std::move(*item));
        return incoming;
    }
    if (batch->empty() || batch->size() > largest_batch) {
        incoming.items.emplace_back(no_call(
            nullptr, fmt::format("A batch holds 1 to {} calls, not {}.", largest_batch, batch->size())));
        return incoming;
    }
    incoming.batch = true;
    for (const auto& each : *batch)
        if (auto item = parse_one(each)) incoming.items.push_back(std::move(*item));
    return incoming;
}

}  // namespace kedge::rpc
