// The gazetteer that the build compiled into the program.
#include <cstddef>

#include "gazetteer/gazetteer.h"

extern "C" {
extern const char polybius_gazetteer_image[];
extern const unsigned long long polybius_gazetteer_image_size;
}

namespace polybius {

Gazetteer Gazetteer::builtin() {
  return Gazetteer({polybius_gazetteer_image, static_cast<std::size_t>(polybius_gazetteer_image_size)});
}

}  // namespace polybius
