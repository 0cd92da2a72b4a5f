// A record of examples/summit.txt as a careful reader would code it: every status, nested speech and a plan
// with a history.
#pragma once

#include "polybius/record.h"

namespace polybius {

/// Without faults by `faults_of`.
Record summit_record();

/// A record whose every string tries to act on whoever shows it; its links and spans are not kept in order.
Record hostile_record();

}  // namespace polybius
