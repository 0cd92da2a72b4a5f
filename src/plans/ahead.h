// What a text says of things to come without a cue of its own.
#pragma once

#include <cstdint>

#include "plans/marks.h"
#include "plans/mentions.h"

namespace polybius {

/// "Peru votes on 10 March": a verb in the present with a day of its own that no report of the text reaches.
bool is_scheduled(const PlanSource& source, const Marks& marks, std::uint32_t verb);

/// "There will be no referendum", "no vote will be held".
bool is_not_to_be(const Analysis& analysis, std::uint32_t noun);

/// "The last meeting ended early": another of the kind, that took place before.
bool is_earlier_one(const PlanSource& source, std::uint32_t noun);

/// Whether a verb form tells of the past: no "will", no "to" with it.
bool is_told_as_past(const Analysis& analysis, std::uint32_t verb);

/// Whether "will", "would", "shall" stands with the verb.
bool has_will(const Analysis& analysis, std::uint32_t verb);

/// "The accounts moved to Cyprus": what a phrase is said of is a thing in whose phrase no mention stands.
bool is_thing_of_its_own(const PlanSource& source, std::uint32_t subject,
                         const std::vector<PlanMention>& mentions);

/// "A convoy will leave": a noun that may be planned itself is here who does what the verb plans.
bool is_doer_of(const PlanSource& source, std::uint32_t noun, std::uint32_t verb);

}  // namespace polybius
