#include "rpc/reply.hpp"

namespace kedge::rpc {

namespace json = boost::json;

namespace {

tl::unexpected<Error> no_reply() {
    return fail(ErrorKind::refused, "The daemon's answer cannot be understood.",
                "Start the daemon of this version of kedge, or add --no-daemon.");
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(json::string_view(name.data(), name.size()));
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

Result<Fault> fault_of(const json::value& id, const json::value& error) {
    const auto* object = error.if_object();
    const json::value* code = object ? object->if_contains("code") : nullptr;
    if (!code || !code->is_int64()) return no_reply();
    Fault fault{id, static_cast<Code>(code->as_int64()), text_of(*object, "message"), {}, {}};
    if (const json::value* data = object->if_contains("data"); data && data->is_object()) {
        fault.data = data->as_object();
        fault.next = text_of(fault.data, "next");
    }
    return fault;
}

}  // namespace

Result<Reply> parse_reply(std::string_view line) {
    json::error_code problem;
    const json::value document = json::parse(json::string_view(line.data(), line.size()), problem);
    const auto* object = problem ? nullptr : document.if_object();
    if (!object) return no_reply();
    if (const json::value* method = object->if_contains("method")) {
        const json::value* params = object->if_contains("params");
        if (!method->is_string() || !params || !params->is_object()) return no_reply();
        return Notice{std::string(method->as_string()), params->as_object()};
    }
    const json::value* id = object->if_contains("id");
    if (!id) return no_reply();
    if (const json::value* result = object->if_contains("result")) return Answer{*id, *result, std::nullopt};
    const json::value* error = object->if_contains("error");
    if (!error) return no_reply();
    auto fault = fault_of(*id, *error);
    if (!fault) return tl::unexpected(fault.error());
    return Answer{*id, nullptr, std::move(*fault)};
}

}  // namespace kedge::rpc
