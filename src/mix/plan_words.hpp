#pragma once

#include "mix/strip_facts.hpp"

namespace kedge::mix {

/// What every plan says: clipped sources, thin evidence, click and reference, a master off unity.
void add_common_notes(const MixQuestion& question, const Examination& examined, Plan& plan);

/// Puts the strips left alone into mixer order.
void sort_in_mixer_order(const MixerState& mixer, Plan& plan);

}  // namespace kedge::mix
