#pragma once

#include "banked/banked_setup.hpp"
#include "banked/panel.hpp"
#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "core/strip_recognition.hpp"
#include "surface/surface.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kedge::banked {

/// A control surface as a Surface: the whole mixer through a window of some strips. There is no list, no
/// question and no answer on that wire, only buttons, and what the DAW then shows. See README.md for what
/// takes their place and how certain it is.
class BankedSession : public surface::Surface {
  public:
    BankedSession(std::unique_ptr<Panel> panel, BankedSetup setup);

    void start(Instant now, surface::Effects& out) override;
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out) override;
    void receive_from(Instant now, std::size_t port, std::span<const std::byte> bytes,
                      surface::Effects& out) override;
    void wire_changed(Instant now, std::size_t port, bool plugged_in, surface::Effects& out) override;
    void wake(Instant now, surface::Effects& out) override;
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant now, surface::Effects& out) override;

    /// Of the wire that it needs.
    [[nodiscard]] std::size_t ports() const { return panel_->ports(); }
    [[nodiscard]] bool ready() const override { return phase_ == Phase::ready; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return position_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return rolling_; }
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;
    [[nodiscard]] std::size_t meter_windows() const override;
    [[nodiscard]] bool shows_meter(StripId strip) const override;

  private:
    enum class Phase {
        idle,
        unplugged,  ///< a port is not there
        greeting,   ///< we said who we are; nothing stands on the displays yet
        homing,     ///< to the first strip
        scanning,   ///< window after window
        stepping,   ///< back from an overlapping last window, strip by strip
        turning,    ///< back from the last window: somebody is still there
        clocking,   ///< until the time display counts hours
        ready,
        lost,
    };
    /// What stood on the slots of one window, and which strip the first is.
    struct Window {
        std::size_t first = 0;
        std::vector<SlotShown> slots;
    };
    /// Waiting for what a press brings.
    struct Settling {
        Instant since{};
        Duration patience{};  ///< so long nothing may come
        Instant last_news{};
        bool labelled = false;          ///< labels were written
        bool moved = false;             ///< or another first strip shown
        bool stirred = false;           ///< faders sent, or lamps lit
        bool faders_alone = false;      ///< those are to come, whatever the labels do
        std::optional<Window> stood{};  ///< before a press that is to bring other strips
        std::optional<Instant> came{};  ///< the window has come since then, and perhaps another one will
    };
    /// How the faders of the one window are made to show something else for a moment.
    enum class AsideWay {
        flip,        ///< pans
        neighbours,  ///< the next strips' levels
        absence,     ///< nothing: nobody seems to be there
    };
    struct Aside {
        AsideWay way = AsideWay::flip;
        bool away = true;  ///< not yet on the way back
        Instant since{};
        bool stirred = false;
    };
    /// A strip of the list; the master is behind the last.
    struct Listed {
        StripId id{};
        std::string label;
        std::optional<FaderPosition> fader;
        bool muted = false;
        bool soloed = false;
        std::optional<Decibels> requested;  ///< sent last: what its position stands for
        bool unproven = false;              ///< and the DAW has not told it anew since
        std::optional<Pan> pan{};           ///< as told; nullopt where there is none
        std::optional<Pan> requested_pan{};
        bool turned = false;  ///< and the pan was not looked at since
        int more_turns = 0;   ///< that may still be tried
    };
    struct Sent {
        Instant at{};
        std::size_t place = 0;  ///< of the strip in the list
        std::size_t first = 0;  ///< the place that stood on the first slot
        surface::StripControl meant;
        ControlValue value;
        bool unproven = true;  ///< the DAW has not told the strip anew since
        std::optional<Pan>
            turned_from{};  ///< as told, where a knob was turned and nothing else was under way
    };
    struct Ask {
        std::size_t strip = 0;
        Control control = Control::fader;
        Instant at{};
        bool asked = true;  ///< by a QueryControl
    };
    struct Wish {
        std::size_t strip = 0;
        Control control = Control::fader;
        ControlValue value;
        bool anew = true;  ///< not one more try
    };
    /// A fader that is tried at a position, for what the display then says.
    struct Trial {
        std::size_t strip = 0;
        FaderPosition to;
        std::optional<Instant> moved{};    ///< it was sent there
        std::string text_before{};         ///< what stood there then
        std::optional<Instant> written{};  ///< the display, since
    };
    /// A fader that is held, and when it is let go; or a knob, which is turned and not left before that:
    /// where the turn went is seen by the labels that stand there then.
    struct Held {
        SlotNumber slot = 0;
        Instant until{};
        bool touched = true;
    };

    // banked_session.cpp: what is heard
    void digest(Instant now, PanelOut& heard, surface::Effects& out);
    void on_news(Instant now, const PanelNews& news, surface::Effects& out);
    void on_label(Instant now, SlotNumber slot, surface::Effects& out);
    void on_fader(SlotNumber slot, surface::Effects& out);
    void on_master(surface::Effects& out);
    void on_meter(const MeterShown& shown, surface::Effects& out);
    void on_slot(SlotNumber slot, surface::Effects& out);
    void on_flip(Instant now, bool flipped, surface::Effects& out);
    void on_clock_news(Instant now, surface::Effects& out);
    void on_time(surface::Effects& out);
    void on_rolling(bool rolling, surface::Effects& out);
    void lose(std::string why, surface::Effects& out);
    void plan_wake(Instant now, surface::Effects& out);
    [[nodiscard]] Decibels level_of_step(std::uint8_t shown) const;

    // window_scan.cpp: the list of strips
    void greet(Instant now, surface::Effects& out);
    void greet_again(Instant now, surface::Effects& out);
    void begin_scan(Instant now, surface::Effects& out);
    void settled(Instant now, surface::Effects& out);
    void homed_or_again(Instant now, bool moved, surface::Effects& out);
    void scanned_or_again(Instant now, bool moved, surface::Effects& out);
    void overlap_or_list(Instant now, surface::Effects& out);
    void stepped_or_again(Instant now, surface::Effects& out);
    void turn_back(Instant now, surface::Effects& out);
    void turned_or_again(Instant now, const Settling& was, surface::Effects& out);
    void read_clock(Instant now, surface::Effects& out);
    void list_strips(Instant now, surface::Effects& out);
    [[nodiscard]] std::size_t next_first() const;
    void name_strips(std::vector<Listed> known, surface::Effects& out);
    [[nodiscard]] Strip strip_from(const Listed& known, int number, int alike) const;
    [[nodiscard]] std::vector<Strip> without_what_we_sent(std::vector<Strip> now) const;
    [[nodiscard]] SinceThen since_last_list(const std::vector<Strip>& strips) const;
    [[nodiscard]] Window capture(std::size_t first) const;
    [[nodiscard]] bool shows_again(const Window& window) const;
    void doubt(Instant now, surface::Effects& out);
    void rescan(Instant now, surface::Effects& out);

    // crossed_values.cpp: what may have met another strip
    void note_sent(Instant now, const Wish& wish);
    [[nodiscard]] std::vector<surface::StripControl> crossed(bool list_changed);
    [[nodiscard]] std::vector<std::size_t> places_met(const Sent& sent, std::size_t stood,
                                                      bool list_changed) const;
    [[nodiscard]] bool stood_from(std::size_t first) const;
    [[nodiscard]] std::vector<surface::StripControl> missed();
    [[nodiscard]] bool changed_nothing(const Sent& sent, const SlotShown& told) const;

    // window_moves.cpp: which strips stand on the slots
    void press_and_wait(Instant now, PanelKey key, surface::Effects& out);
    void wait_for_news(Instant now, Duration patience);
    void watch_settling(Instant now, surface::Effects& out);
    void go_to(Instant now, std::size_t window, surface::Effects& out);
    void step_to_next(Instant now, surface::Effects& out);
    [[nodiscard]] std::size_t across(std::size_t window) const;
    void arrived_or_again(Instant now, const Settling& was, surface::Effects& out);
    void refresh(Instant now, surface::Effects& out);
    void begin_aside(Instant now, surface::Effects& out);
    void was_aside(Instant now, const Aside& done, surface::Effects& out);
    void step_aside(Instant now, AsideWay way, surface::Effects& out);
    void step_back(Instant now, surface::Effects& out);
    void aside_or_back(Instant now, const Settling& was, surface::Effects& out);
    void undo_aside(surface::Effects& out);
    void undo_aside_by(AsideWay way, surface::Effects& out);
    [[nodiscard]] std::vector<std::size_t> covering() const;
    [[nodiscard]] bool shows_expected() const;
    void take_values(surface::Effects& out);
    [[nodiscard]] std::size_t window_of(std::size_t strip) const;
    [[nodiscard]] std::optional<SlotNumber> slot_of(std::size_t strip) const;
    [[nodiscard]] std::optional<std::size_t> strip_at(SlotNumber slot) const;

    // session_errands.cpp: what is to be set and asked
    Result<void> set(Instant now, const surface::SetControl& command);
    [[nodiscard]] bool is_on_its_way(std::size_t strip, const surface::SetControl& command) const;
    Result<void> query(Instant now, const surface::QueryControl& command);
    void ask(std::size_t strip, Control control, Instant now, bool asked);
    [[nodiscard]] Result<std::size_t> addressed(StripId id, Control control) const;
    void work(Instant now, surface::Effects& out);
    bool set_here(Instant now, surface::Effects& out);
    void answer_here(surface::Effects& out);
    void carry_out(Instant now, const Wish& wish, surface::Effects& out);
    void let_go(Instant now, surface::Effects& out);
    [[nodiscard]] std::optional<std::size_t> next_window() const;
    [[nodiscard]] bool is_master(std::size_t strip) const { return strip == strips_.size(); }
    [[nodiscard]] Listed& known(std::size_t strip) { return is_master(strip) ? master_ : strips_[strip]; }
    [[nodiscard]] const Listed& known(std::size_t strip) const {
        return is_master(strip) ? master_ : strips_[strip];
    }
    [[nodiscard]] FaderPosition position_for(Decibels level) const;
    [[nodiscard]] FaderPosition told_for(FaderPosition sent) const;
    [[nodiscard]] Decibels level_of(const Listed& strip) const;
    void report(std::size_t strip, Control control, std::optional<Instant> asked, surface::Effects& out);
    void report_if_changed(std::size_t strip, Control control, surface::Effects& out);

    // fader_trial.cpp: what the display says of a fader
    Result<void> try_fader(const surface::TryFader& command);
    bool work_on_trial(Instant now, surface::Effects& out);
    void move_for_trial(Instant now, SlotNumber slot, surface::Effects& out);
    void on_value(Instant now, SlotNumber slot);
    void end_trial(surface::Effects& out);

    // session_pans.cpp
    [[nodiscard]] double tick() const;
    [[nodiscard]] bool knows_pans() const;
    [[nodiscard]] double pan_tolerance() const;
    void on_pan(SlotNumber slot, surface::Effects& out);
    void turn(Instant now, SlotNumber slot, const Wish& wish, surface::Effects& out);
    void take_pan(std::size_t strip, const SlotShown& shown);
    void carry_pans(std::vector<Listed>& known, std::vector<Strip>& strips) const;
    [[nodiscard]] Pan pan_of(const Listed& strip) const;

    // session_transport.cpp
    Result<void> show_meters(std::size_t window);
    Result<void> transport(const surface::Command& command, surface::Effects& out);
    Result<void> to_start(surface::Effects& out);
    void tap(PanelKey key, surface::Effects& out);
    [[nodiscard]] SongTime read_time(const TimeCode& shown) const;

    std::unique_ptr<Panel> panel_;
    BankedSetup setup_;
    Capabilities capabilities_;
    Phase phase_ = Phase::idle;
    MixerState mixer_;
    surface::Counters counters_;
    std::vector<bool> plugged_;
    bool ever_ready_ = false;
    bool unsettled_said_ = false;
    std::uint32_t next_id_ = 1;

    bool lost_said_ = false;
    Instant phase_since_{};
    int greetings_ = 0;
    bool heard_in_greeting_ = false;
    bool written_in_greeting_ = false;
    bool gone_in_greeting_ = false;  ///< seemingly, for as long as the DAW takes to notice
    Instant last_greeting_{};

    std::optional<Settling> settling_;
    bool bank_shown_ = false;  ///< another first strip, since the last press
    std::size_t presses_ = 0;
    int vain_presses_ = 0;  ///< the last of them
    std::vector<Window> windows_;
    std::size_t at_ = 0;                  ///< the window that stands there, when ready
    std::optional<std::size_t> heading_;  ///< the window we are on the way to
    std::size_t steps_left_ = 0;          ///< presses to the next window
    PanelKey key_on_the_way_ = PanelKey::bank_left;
    std::optional<Aside> aside_;         ///< the one window shows something else for a moment
    std::optional<AsideWay> way_aside_;  ///< that the DAW is known to take
    Instant pressed_{};
    Instant last_heard_{};
    Instant arrived_{};                        ///< what stands there was told after this
    std::optional<Instant> doubted_;           ///< when a label was written last
    std::optional<Instant> doubted_since_;     ///< when the window was seen last as it was expected
    std::optional<Instant> away_since_;        ///< left, or made to show something else
    std::size_t doubted_first_ = 0;            ///< the place that was believed to be on the first slot then
    std::vector<std::string> crossed_labels_;  ///< as they stood once the strips had changed places

    std::vector<Listed> strips_;
    Listed master_;
    std::unordered_map<StripId, std::size_t> index_of_;
    std::deque<Sent> sent_;
    std::vector<Wish> wishes_;
    std::vector<Ask> asks_;
    std::vector<Held> held_;
    std::optional<Trial> trial_;
    std::optional<SlotNumber> held_for_trials_;
    std::optional<std::size_t> meters_wanted_;  ///< the window
    std::size_t meters_wished_ = 0;             ///< by its number among those that cover all strips
    struct Shown {
        std::uint8_t step = 0;
        Instant at{};
    };
    std::vector<std::optional<Shown>> meters_;  ///< by slot
    Instant now_{};

    std::optional<Instant> clock_news_;  ///< a part of the time was told, and perhaps not all of it
    std::optional<SongTime> position_;
    std::optional<bool> rolling_;
    int format_presses_ = 0;
    std::optional<Instant> next_wake_;
};

}  // namespace kedge::banked
