// One page for all records; not laid out yet.
#include "brief/brief.h"

namespace polybius {

std::string brief_html(std::span<const Record>) {
  return {};
}

}  // namespace polybius
