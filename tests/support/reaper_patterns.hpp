#pragma once

namespace kedge::test {

/// One line for each key that a REAPER session uses, as a good pattern file has them.
inline constexpr const char* good_reaper_patterns = R"(DEVICE_TRACK_COUNT 8
DEVICE_TRACK_COUNT i/device/track/count
DEVICE_MARKER_COUNT i/device/marker/count
DEVICE_REGION_COUNT i/device/region/count
DEVICE_TRACK_SELECT i/device/track/select
DEVICE_TRACK_BANK_SELECT i/device/track/bank/select
REAPER_TRACK_FOLLOWS s/reaper/track/follows
DEVICE_TRACK_FOLLOWS s/device/track/follows
TRACK_NAME s/track/@/name
TRACK_NUMBER s/track/number/str s/track/@/number/str
TRACK_SELECT b/track/@/select
TRACK_VOLUME f/track/@/volume/db
TRACK_PAN n/track/@/pan
TRACK_MUTE b/track/mute b/track/@/mute
TRACK_SOLO b/track/@/solo
TRACK_VU_L n/track/@/vu/L
TRACK_VU_R n/track/@/vu/R
TRACK_AUTO_TRIM t/track/autotrim t/track/@/autotrim
TRACK_AUTO_READ t/track/autoread t/track/@/autoread
TRACK_AUTO_LATCH t/track/autolatch t/track/@/autolatch
TRACK_AUTO_TOUCH t/track/autotouch t/track/@/autotouch
TRACK_AUTO_WRITE t/track/autowrite t/track/@/autowrite
TRACK_VOLUME_TOUCH b/track/@/volume/touch
TRACK_PAN_TOUCH b/track/@/pan/touch
MASTER_VOLUME f/master/volume/db
MASTER_PAN n/master/pan
MASTER_VU_L n/master/vu/L
MASTER_VU_R n/master/vu/R
PLAY t/play
STOP t/stop
RECORD t/record
REPEAT b/repeat
LOOP_START_TIME f/loop/start/time
LOOP_END_TIME f/loop/end/time
TIME f/time
BEAT s/beat/str
MARKER_NAME s/marker/@/name
MARKER_NUMBER s/marker/@/number/str
MARKER_TIME f/marker/@/time
REGION_NAME s/region/@/name
REGION_NUMBER s/region/@/number/str
REGION_TIME f/region/@/time
REGION_LENGTH f/region/@/length
GOTO_MARKER i/marker
ACTION i/action
)";

}  // namespace kedge::test
