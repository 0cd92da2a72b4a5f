// TIMEX3 values and ISO dates in the words of a reader.
#pragma once

#include <string>
#include <string_view>

namespace polybius {

/// "22 October 2025" for "2025-10-22", "a Thursday, date not known" for "XXXX-WXX-4"; a value of no known
/// form as it is.
std::string spoken_time(std::string_view value);

}  // namespace polybius
