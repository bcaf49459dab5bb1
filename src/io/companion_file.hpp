#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// The file in which a companion script inside of a DAW looks for what kedge asks of it.
namespace kedge::io {

/// companion/request in the state folder; the folders are made if missing, for the user alone.
[[nodiscard]] Result<std::filesystem::path> companion_request_file();

/// Lays a request down whole, for the user alone, in place of any earlier one; answers are asked for at
/// `reply_port` of this machine, within two minutes: a script that comes upon it later leaves it alone.
/// Errors name the file.
[[nodiscard]] Result<void> lay_down_request(const std::filesystem::path& file, std::string_view request,
                                            std::uint16_t reply_port);

/// The same for a script that answers by a file: the time is put behind the request's first line, and an
/// answer that still lies there is taken away.
[[nodiscard]] Result<void> lay_down_request(const std::filesystem::path& file, std::string_view request);

/// Takes the request away and gives its text; nullopt when there is none, or when somebody else was quicker.
[[nodiscard]] std::optional<std::string> take_request(const std::filesystem::path& file);

/// Takes the answer to a request away, which lies beside it, and gives its text; nullopt when there is none,
/// or when it is of no size that an answer has (64 MiB at most): then it is taken away all the same.
[[nodiscard]] std::optional<std::string> take_answer(const std::filesystem::path& request_file);
/// Lays an answer down whole beside the request, as the script does. Errors name the file.
[[nodiscard]] Result<void> lay_down_answer(const std::filesystem::path& request_file,
                                           std::string_view answer);

/// A simulated DAW on this port of this machine has a companion script that looks into the file, or has none
/// any more: told beside the file. That it cannot be told is no error; then there is none.
void tell_simulator(const std::filesystem::path& file, std::uint16_t port, bool takes_requests);
[[nodiscard]] bool simulator_takes_requests(const std::filesystem::path& file, std::uint16_t port);

}  // namespace kedge::io
