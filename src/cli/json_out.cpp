#include "cli/json_out.hpp"

#include <iostream>

namespace kedge::cli {

void print_document(const boost::json::value& document) {
    std::cout << valid_utf8(boost::json::serialize(document)) << "\n";
}

}  // namespace kedge::cli
