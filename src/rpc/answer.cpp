#include "rpc/answer.hpp"

#include "core/utf8.hpp"

namespace kedge::rpc {

namespace json = boost::json;

json::object answer(const json::value& id, json::value result) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

json::object answer(const Fault& fault) {
    json::object data = fault.data;
    data["next"] = fault.next;
    return {
        {"jsonrpc", "2.0"},
        {"id", fault.id},
        {"error",
         {{"code", static_cast<int>(fault.code)}, {"message", fault.message}, {"data", std::move(data)}}}};
}

json::object notification(std::string_view method, json::object params) {
    return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}

json::object request(const json::value& id, std::string_view method, json::object params) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

std::string line_of(const json::value& document) {
    return valid_utf8(json::serialize(document)) + "\n";
}

}  // namespace kedge::rpc
