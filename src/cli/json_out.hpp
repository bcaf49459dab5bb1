#pragma once

#include "core/utf8.hpp"

#include <boost/json.hpp>

namespace kedge::cli {

/// One document on one line of stdout.
void print_document(const boost::json::value& document);

}  // namespace kedge::cli
