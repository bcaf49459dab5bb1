#include "cli/outcome_words.hpp"

#include "cli/settings.hpp"

#include <utility>

#include <boost/json.hpp>

namespace kedge::cli {

namespace json = boost::json;

namespace {

json::object members_of(const Outcome& outcome) {
    return {{"document", outcome.document}, {"text", outcome.text}, {"exit", outcome.exit}};
}

/// What a daemon of another version leaves out stays as it is.
void read_members(const json::object& members, Outcome& outcome) {
    if (const json::value* document = members.if_contains("document"); document && document->is_object())
        outcome.document = document->as_object();
    if (const json::value* text = members.if_contains("text"); text && text->is_string())
        outcome.text = std::string(text->as_string());
    if (const json::value* exit = members.if_contains("exit"); exit && exit->is_int64())
        outcome.exit = static_cast<int>(exit->as_int64());
}

}  // namespace

rpc::Fault fault_of(const Error& error) {
    return {nullptr, rpc::code_of(error.kind), error.message, error.next, {}};
}

rpc::Outcome answer_of(const Outcome& outcome) {
    if (!outcome.error) return json::value(members_of(outcome));
    rpc::Fault fault = fault_of(*outcome.error);
    fault.data = members_of(outcome);
    return fault;
}

Outcome outcome_of(const rpc::Answer& answer) {
    Outcome outcome;
    if (answer.fault) {
        const auto kind = rpc::kind_of(answer.fault->code).value_or(ErrorKind::refused);
        outcome.fail_with({kind, answer.fault->message, answer.fault->next});
        read_members(answer.fault->data, outcome);
    } else if (answer.result.is_object()) {
        read_members(answer.result.as_object(), outcome);
    }
    return outcome;
}

}  // namespace kedge::cli
