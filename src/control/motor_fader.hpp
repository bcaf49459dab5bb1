#pragma once

#include "control/awaited_echoes.hpp"
#include "core/fader_position.hpp"
#include "core/time.hpp"

#include <optional>

namespace kedge::control {

/// What is known of a motor fader's device.
struct MotorFeel {
    bool senses_touch = true;
    /// While its motor goes, it says where. A picture of a fader does not.
    bool says_motor_moves = true;
    /// Once the hand is off, it wants to be told where the target stands, even where it stands there itself.
    bool wants_rest = false;
    /// How far apart its positions lie, in units of FaderPosition, from 1: 16 for ten bits. What is nearer
    /// than that is the same place.
    int step = 16;
    /// After its last move the motor is left in peace for so long, where nothing else says that the hand is
    /// off. (Fact sheet: 100 to 300 ms for a device without touch.)
    Duration quiet = std::chrono::milliseconds(300);
    /// What a hand set is awaited back from the DAW for so long; what comes instead stands after it. Four
    /// times as long where nothing comes.
    Duration patience = std::chrono::milliseconds(500);
};

/// One motor fader and the target behind it, both as positions on the fader's way: hands first. While a hand
/// is on it, the motor does not move; what the DAW tells of what the hand set is known as its echo, early or
/// late, and never sent back to the motor; once the hand is off, the motor goes where the target stands, if
/// that is elsewhere. Pure; the caller's clock.
class MotorFader {
  public:
    explicit MotorFader(MotorFeel feel) : feel_(feel), set_(feel.step, feel.patience) {}

    /// Where the device says that its fader stands: where the target is to be set to; nullopt for not at all,
    /// as it was the motor that moved it, or nothing new.
    [[nodiscard]] std::optional<FaderPosition> moved(Instant now, FaderPosition to);
    void touched(bool held);
    /// The DAW says where the target stands, of its own accord or as an answer.
    void target_at(FaderPosition at);
    /// Another target is behind it now, of which nothing is known. A hand that is on the fader has set the
    /// one before: it sets nothing more until it was off.
    void change_target();
    /// The device was plugged in anew: where it stands is not known, and no hand is on it. The motor goes to
    /// where the target stands.
    void forget_device();
    /// The device asks where the target stands: told once, even where it stands there itself.
    void ask() { owed_ = true; }

    /// Where the motor is to be sent now; each place once. Call after anything else here, and at wake_at().
    [[nodiscard]] std::optional<FaderPosition> drive(Instant now);
    /// When drive() may have something to do that it has not now.
    [[nodiscard]] std::optional<Instant> wake_at(Instant now) const;

  private:
    [[nodiscard]] Instant in_peace_until() const;
    [[nodiscard]] bool is_elsewhere(FaderPosition a, FaderPosition b) const;

    MotorFeel feel_;
    bool held_ = false;
    bool held_for_another_ = false;        ///< since before the target changed
    std::optional<FaderPosition> stands_;  ///< the device's, as it said or as it was sent
    std::optional<FaderPosition> target_;  ///< as the DAW said last
    AwaitedEchoes set_;                    ///< by the hand
    std::optional<Instant> moved_alone_;   ///< when the device last moved without a hand that is known of
    std::optional<Instant> motor_moved_;
    bool owed_ = false;  ///< where the target stands, once the hand is off
};

}  // namespace kedge::control
