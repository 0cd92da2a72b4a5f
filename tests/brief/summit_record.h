// A record of examples/summit.txt as a careful reader would code it: every status, nested speech and a plan
// with a history.
#pragma once

#include "polybius/record.h"

namespace polybius {

/// Without faults by `faults_of`.
Record summit_record();

}  // namespace polybius
