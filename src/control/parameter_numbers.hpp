#pragma once

/// The controllers by which MIDI tells a parameter of a number of its own.
namespace kedge::control {

inline constexpr int data_entry = 6;
inline constexpr int data_entry_fine = 38;
inline constexpr int nrpn_low = 98;
inline constexpr int nrpn_high = 99;

}  // namespace kedge::control
