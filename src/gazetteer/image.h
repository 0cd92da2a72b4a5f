// The layout of the compiled gazetteer, as its writer and its reader share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace polybius {

/// magic | u32 counts[6] | places, slots by hash, named places, string ends, country codes, strings; every
/// part 8-byte aligned, little-endian. Not an exchange format.
inline constexpr std::string_view kGazetteerMagic = "PLXGAZ01";
inline constexpr std::size_t kGazetteerParts = 6;

std::uint64_t hash_of_name(std::string_view key);

}  // namespace polybius
