#pragma once

#include "mackie/device_codec.hpp"
#include "mackie/host_codec.hpp"

#include <optional>
#include <string_view>

namespace kedge::test {

/// The frame, in hexadecimal, is what a host says by this message, and is read as it.
void check_host_says(std::string_view frame, const mackie::HostMessage& message,
                     std::optional<mackie::Model> to = std::nullopt);
/// It is read as it; a host would write it otherwise.
void check_host_means(std::string_view frame, const mackie::HostMessage& message);
/// A unit makes nothing of it.
void check_unusable_from_host(std::string_view frame, mackie::Unusable why);

/// The same of what a unit says.
void check_device_says(std::string_view frame, const mackie::DeviceMessage& message,
                       std::optional<mackie::Model> from = std::nullopt);
void check_device_means(std::string_view frame, const mackie::DeviceMessage& message);
void check_unusable_from_device(std::string_view frame, mackie::Unusable why);

}  // namespace kedge::test
