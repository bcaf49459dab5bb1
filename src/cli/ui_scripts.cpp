#include "cli/ui_scripts.hpp"

#include "cli/base64.hpp"
#include "cli/lua_table_text.hpp"

#include <algorithm>
#include <sstream>

#include <boost/property_tree/xml_parser.hpp>
#include <fmt/format.h>

namespace kedge::cli {

namespace pt = boost::property_tree;

namespace {

constexpr const char* action_path = "UIScripts.ActionScript";

tl::unexpected<Error> damaged(const std::string& file, const std::string& how) {
    return fail(
        ErrorKind::storage, fmt::format("Ardour's scripts in {} cannot be understood: {}.", file, how),
        "Nothing was changed. Put a good copy of the file there, or move it away if you do not need the "
        "scripts in it; then run the command again.");
}

/// The chunk that Ardour loads: its own word `ardour` is not known there.
std::string loadable(const std::string& text) {
    return "local ardour, factory = function () end\n" + text + "\nreturn factory (...)\n";
}

}  // namespace

std::string in_lua_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            quoted += '\\';
            quoted += letter;
        } else if (letter == '\n') {
            quoted += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            quoted += fmt::format("\\{:03}", byte);
        } else {
            quoted += letter;
        }
    }
    return quoted + "\"";
}

UiScripts::UiScripts() {
    tree_.put(action_path, "");
    tree_.put(std::string(action_path) + ".<xmlattr>.lua", "Lua 5.3");
    tree_.put("UIScripts.ActionHooks", "");
    statements_.push_back({0, "scripts = {}"});
}

Result<UiScripts> UiScripts::read(const std::string& file, const std::string& xml) {
    UiScripts scripts;
    scripts.statements_.clear();
    scripts.tree_.clear();
    try {
        std::istringstream in(xml);
        pt::read_xml(in, scripts.tree_, pt::xml_parser::trim_whitespace);
    } catch (const pt::xml_parser_error& problem) {
        return damaged(file, fmt::format("it is no XML ({} in line {})", problem.message(), problem.line()));
    }
    if (!scripts.tree_.get_child_optional("UIScripts")) return damaged(file, "it has no UIScripts in it");
    const auto lua = from_base64(scripts.tree_.get<std::string>(action_path, ""));
    if (!lua) return damaged(file, "its text is no base64");
    if (const auto why = scripts.take_statements(*lua)) return damaged(file, *why);
    return scripts;
}

/// What cannot be understood, if anything.
std::optional<std::string> UiScripts::take_statements(std::string_view lua) {
    const auto assignments = read_assignments(lua, "scripts");
    if (!assignments) return "its Lua text is not as Ardour writes it";
    for (const LuaAssignment& each : *assignments) {
        Statement statement{0, std::string(each.words)};
        if (!each.keys.empty()) {
            const auto* number = std::get_if<long long>(&each.keys[0]);
            if (!number || *number < 1 || *number > 1'000'000) return "a script in it has no number";
            statement.number = static_cast<int>(*number);
            if (!find(statement.number)) scripts_.push_back({statement.number, "", ""});
            UiScript& script = *std::find_if(scripts_.begin(), scripts_.end(), [&](const UiScript& one) {
                return one.number == statement.number;
            });
            const auto* field = each.keys.size() == 2 ? std::get_if<std::string>(&each.keys[1]) : nullptr;
            if (field && *field == "n") script.name = each.text.value_or("");
            if (field && *field == "s") script.text = each.text.value_or("");
        }
        statements_.push_back(std::move(statement));
    }
    if (statements_.empty()) statements_.push_back({0, "scripts = {}"});
    std::sort(scripts_.begin(), scripts_.end(),
              [](const UiScript& a, const UiScript& b) { return a.number < b.number; });
    return std::nullopt;
}

const UiScript* UiScripts::find(int number) const {
    const auto found = std::find_if(scripts_.begin(), scripts_.end(),
                                    [&](const UiScript& each) { return each.number == number; });
    return found == scripts_.end() ? nullptr : &*found;
}

void UiScripts::remove(int number) {
    std::erase_if(statements_, [&](const Statement& each) { return each.number == number; });
    std::erase_if(scripts_, [&](const UiScript& each) { return each.number == number; });
}

void UiScripts::put(const UiScript& script) {
    remove(script.number);
    const auto field = [&](std::string_view name, const std::string& value) {
        statements_.push_back(
            {script.number, fmt::format("scripts[{}][\"{}\"] = {}", script.number, name, value)});
    };
    statements_.push_back({script.number, fmt::format("scripts[{}] = {{}}", script.number)});
    field("n", in_lua_quotes(script.name));
    field("s", in_lua_quotes(script.text));
    field("f", in_lua_quotes(loadable(script.text)));
    field("c", "\"\"");
    field("a", "{}");
    scripts_.push_back(script);
}

std::string UiScripts::xml() const {
    std::string lua;
    for (const Statement& each : statements_) lua += each.words + " ";
    pt::ptree tree = tree_;
    tree.put(action_path, to_base64(lua));
    if (!tree.get_optional<std::string>(std::string(action_path) + ".<xmlattr>.lua"))
        tree.put(std::string(action_path) + ".<xmlattr>.lua", "Lua 5.3");
    std::ostringstream out;
    pt::write_xml(out, tree, pt::xml_writer_make_settings<std::string>(' ', 2));
    return out.str();
}

}  // namespace kedge::cli
