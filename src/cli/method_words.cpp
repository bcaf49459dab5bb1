#include "cli/method_words.hpp"

#include "cli/nearest_word.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

std::string name_of(const CLI::Option& option) {
    return option.get_lnames().empty() ? option.get_name() : option.get_lnames().front();
}

ParameterKind kind_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) return ParameterKind::flag;
    const std::string type = option.get_type_name();
    for (const char* number : {"INT", "UINT", "FLOAT"})
        if (type.starts_with(number)) return ParameterKind::number;
    return ParameterKind::text;
}

bool is_whole(const CLI::Option& option) {
    return kind_of(option) == ParameterKind::number && !option.get_type_name().starts_with("FLOAT");
}

Parameter parameter_of(const CLI::Option& option) {
    return {name_of(option),         kind_of(option),       option.get_items_expected_max() > 1,
            !option.nonpositional(), option.get_required(), option.get_description(),
            is_whole(option)};
}

bool helps(const CLI::Option& option) {
    return option.check_lname("help");
}

const CLI::App& root_of(const CLI::App& command) {
    const CLI::App* root = &command;
    while (root->get_parent()) root = root->get_parent();
    return *root;
}

/// The options of a command, and the shared ones.
std::vector<const CLI::Option*> options_of(const CLI::App& command, const std::vector<std::string>& shared) {
    std::vector<const CLI::Option*> options;
    for (const CLI::Option* option : command.get_options())
        if (!helps(*option)) options.push_back(option);
    for (const auto& name : shared) options.push_back(root_of(command).get_option("--" + name));
    return options;
}

tl::unexpected<Error> another_type(const Method& method, const Parameter& parameter) {
    return fail(ErrorKind::usage,
                fmt::format("The parameter {} of {} is a {}{}{}.", parameter.name, method.name,
                            parameter.whole ? "whole " : "", to_string(parameter.kind),
                            parameter.many ? ", or an array of them" : ""),
                parameter.what + ".");
}

/// What says nothing is not to be taken for "all of them".
tl::unexpected<Error> says_nothing(const Method& method, const Parameter& parameter, const char* what) {
    return fail(ErrorKind::usage,
                fmt::format("The parameter {} of {} is an empty {}.", parameter.name, method.name, what),
                "Leave the parameter out to mean everything; with nothing selected, do not call.");
}

bool is_empty_text(const json::value& value) {
    return value.is_string() && value.as_string().empty();
}

bool is_empty_array(const json::value& value) {
    return value.is_array() && value.as_array().empty();
}

bool holds_empty_text(const json::value& value) {
    if (!value.is_array()) return is_empty_text(value);
    return std::any_of(value.as_array().begin(), value.as_array().end(), is_empty_text);
}

tl::unexpected<Error> unknown_parameter(const Method& method, const std::string& name) {
    std::vector<std::string_view> known;
    for (const auto& each : method.parameters) known.emplace_back(each.name);
    return fail(
        ErrorKind::usage, fmt::format("{} has no parameter '{}'.", method.name, name),
        known.empty() ? "It takes none." : fmt::format("The nearest is '{}'.", nearest_word(name, known)));
}

/// One value as a word; nullopt when it is of another type.
std::optional<std::string> word_of(const Parameter& parameter, const json::value& value) {
    if (parameter.kind == ParameterKind::text && value.is_string()) return std::string(value.as_string());
    const bool fits = value.is_number() && !(parameter.whole && value.is_double());
    if (parameter.kind == ParameterKind::number && fits) return json::serialize(value);
    return std::nullopt;
}

/// Every value of one parameter as words; nullopt when one is of another type.
std::optional<std::vector<std::string>> words_of_values(const Parameter& parameter,
                                                        const json::value& value) {
    std::vector<std::string> words;
    const json::array one{value};
    const json::array& values = parameter.many && value.is_array() ? value.as_array() : one;
    for (const auto& each : values) {
        auto word = word_of(parameter, each);
        if (!word) return std::nullopt;
        words.push_back(std::move(*word));
    }
    return words;
}

/// "roles.set" is `roles set`.
std::vector<std::string> words_of_name(const std::string& method) {
    std::vector<std::string> words(1);
    for (const char c : method) {
        if (c == '.') {
            words.emplace_back();
        } else {
            words.back() += c;
        }
    }
    return words;
}

json::value value_of(const Parameter& parameter, const std::vector<std::string>& results) {
    const auto one = [&](const std::string& text) -> json::value {
        if (parameter.kind != ParameterKind::number) return json::value(text);
        json::error_code problem;
        const json::value number = json::parse(text, problem);
        return problem ? json::value(text) : number;
    };
    if (parameter.kind == ParameterKind::flag) return true;
    if (!parameter.many) return one(results.back());
    json::array all;
    for (const auto& text : results) all.push_back(one(text));
    return all;
}

}  // namespace

std::string_view to_string(ParameterKind kind) {
    switch (kind) {
        case ParameterKind::flag:
            return "flag";
        case ParameterKind::number:
            return "number";
        case ParameterKind::text:
            return "text";
    }
    return "text";
}

const Parameter* Method::parameter(std::string_view wanted) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Parameter& each) { return each.name == wanted; });
    return found == parameters.end() ? nullptr : &*found;
}

std::string method_name(const CLI::App& command) {
    const CLI::App* above = command.get_parent();
    if (!above || !above->get_parent()) return command.get_name();
    return method_name(*above) + "." + command.get_name();
}

Method method_of(const CLI::App& command, const std::vector<std::string>& shared) {
    Method method{method_name(command), command.get_description(), {}};
    for (const CLI::Option* option : options_of(command, shared))
        method.parameters.push_back(parameter_of(*option));
    return method;
}

Result<void> check_params(const Method& method, const json::object& params) {
    for (const auto& [name, value] : params)
        if (!method.parameter({name.data(), name.size()}))
            return unknown_parameter(method, std::string(name));
    for (const Parameter& parameter : method.parameters) {
        const json::value* value = params.if_contains(parameter.name);
        if (!value && parameter.required)
            return fail(ErrorKind::usage,
                        fmt::format("{} needs the parameter {}.", method.name, parameter.name),
                        parameter.what + ".");
        if (!value) continue;
        const bool right = parameter.kind == ParameterKind::flag
                               ? value->is_bool()
                               : words_of_values(parameter, *value).has_value();
        if (!right) return another_type(method, parameter);
        if (is_empty_array(*value)) return says_nothing(method, parameter, "array");
        if (holds_empty_text(*value)) return says_nothing(method, parameter, "text");
    }
    return {};
}

Result<std::vector<std::string>> words_of_call(const Method& method, const json::object& params) {
    if (const auto right = check_params(method, params); !right) return tl::unexpected(right.error());
    std::vector<std::string> words = words_of_name(method.name);
    std::vector<std::string> by_place = {"--"};
    for (const Parameter& parameter : method.parameters) {
        const json::value* value = params.if_contains(parameter.name);
        if (!value) continue;
        if (parameter.kind == ParameterKind::flag) {
            if (value->as_bool()) words.push_back("--" + parameter.name);
            continue;
        }
        const auto values = words_of_values(parameter, *value);
        for (const auto& word : *values) {
            if (parameter.positional) {
                by_place.push_back(word);
            } else {
                words.push_back("--" + parameter.name + "=" + word);
            }
        }
    }
    if (by_place.size() > 1) words.insert(words.end(), by_place.begin(), by_place.end());
    return words;
}

json::object params_of_command(const CLI::App& command, const std::vector<std::string>& shared) {
    json::object params;
    for (const CLI::Option* option : options_of(command, shared)) {
        if (option->count() == 0) continue;
        const Parameter parameter = parameter_of(*option);
        params[parameter.name] = value_of(parameter, option->results());
    }
    return params;
}

}  // namespace kedge::cli
