#include "cli/daemon.hpp"
#include "cli/daemon_news.hpp"
#include "cli/served_commands.hpp"
#include "rpc/codes.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

using namespace kedge;
using namespace kedge::cli;

namespace {

/// "part/method" -> what its rows and lines say, in words that both sides can be put into.
using Reference = std::map<std::string, std::set<std::string>>;

/// What stands between the first two backquotes; empty when nothing does.
std::string backquoted(const std::string& line) {
    const auto from = line.find('`');
    const auto to = from == std::string::npos ? from : line.find('`', from + 1);
    return to == std::string::npos ? std::string() : line.substr(from + 1, to - from - 1);
}

/// Of "| `a` | text, required | ..." the second cell.
std::string second_cell(const std::string& line) {
    const auto from = line.find('|', 1);
    const auto to = line.find('|', from + 1);
    return line.substr(from + 2, to - from - 3);
}

Reference written_reference() {
    std::ifstream in(KEDGE_SOURCE_DIR "/src/rpc/METHODS.md");
    REQUIRE(in);
    Reference reference;
    std::string part;
    std::string heading;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("## ")) {
            part = line.substr(3);
            heading.clear();
        } else if (line.starts_with("### ")) {
            heading = part + "/" + backquoted(line);
            reference[heading];
        } else if (!heading.empty() && line.starts_with("| `")) {
            reference[heading].insert(backquoted(line) + ": " + second_cell(line));
        } else if (!heading.empty() && line.starts_with("*")) {
            reference[heading].insert(line.substr(0, line.find('*', 1) + 1));
        }
    }
    return reference;
}

std::string words_of_parameter(const Parameter& parameter) {
    return parameter.name + ": " + std::string(to_string(parameter.kind)) +
           (parameter.many ? " or an array of them" : "") + (parameter.required ? ", required" : "");
}

const char* words_of_manner(rpc::Manner manner) {
    switch (manner) {
        case rpc::Manner::at_once:
            return "*At once.*";
        case rpc::Manner::looks:
            return "*Looks.*";
        case rpc::Manner::works:
            return "*Works.*";
    }
    return "";
}

Reference reference_of_the_code() {
    Reference reference;
    for (const auto& [method, manner] : served_commands()) {
        auto& rows = reference["Commands/" + method.name];
        rows.insert(words_of_manner(manner));
        for (const Parameter& parameter : method.parameters) rows.insert(words_of_parameter(parameter));
    }
    for (const Method& method : daemon_methods()) {
        auto& rows = reference["The daemon's own/" + method.name];
        for (const Parameter& parameter : method.parameters) rows.insert(words_of_parameter(parameter));
    }
    for (const Topic& topic : topics()) {
        auto& rows = reference["Notifications/" + topic.name];
        for (const auto& member : topic.members) rows.insert(member);
    }
    return reference;
}

}  // namespace

TEST_CASE("METHODS.md names every method, its parameters and manner, every notification, and nothing else") {
    auto written = written_reference();
    for (const auto& [name, rows] : reference_of_the_code()) {
        INFO(name);
        REQUIRE(written.count(name) == 1);
        if (name.starts_with("Notifications/")) {
            std::set<std::string> members;
            for (const auto& row : written[name]) members.insert(row.substr(0, row.find(':')));
            CHECK(members == rows);
        } else {
            CHECK(written[name] == rows);
        }
        written.erase(name);
    }
    for (const auto& [name, rows] : written) FAIL_CHECK("written, but not in the code: " << name);
}

TEST_CASE("METHODS.md names every error code") {
    std::ifstream in(KEDGE_SOURCE_DIR "/src/rpc/METHODS.md");
    std::stringstream text;
    text << in.rdbuf();
    using rpc::Code;
    for (const Code code :
         {Code::parse_error, Code::invalid_request, Code::method_not_found, Code::invalid_params,
          Code::internal_error, Code::usage, Code::no_daw, Code::refused, Code::rolled_back, Code::conflict,
          Code::storage, Code::interrupted, Code::busy, Code::too_large, Code::too_many_clients,
          Code::ending})
        CHECK_THAT(text.str(), Catch::Contains("| " + std::to_string(static_cast<int>(code)) + " |"));
}
