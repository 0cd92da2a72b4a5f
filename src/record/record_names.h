// The names of the record's enumerations, in the order of their values: one table for writer and reader.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "polybius/record.h"

namespace polybius {

/// The names of an enumeration, indexed by its value.
template <typename Enum>
std::span<const std::string_view> names_of();
template <>
std::span<const std::string_view> names_of<EntityKind>();
template <>
std::span<const std::string_view> names_of<MentionForm>();
template <>
std::span<const std::string_view> names_of<TimeType>();
template <>
std::span<const std::string_view> names_of<StatementKind>();
template <>
std::span<const std::string_view> names_of<EventType>();
template <>
std::span<const std::string_view> names_of<Status>();
template <>
std::span<const std::string_view> names_of<PlanStatus>();
template <>
std::span<const std::string_view> names_of<PublishedBy>();

/// The value of a name; nothing if there is none such.
template <typename Enum>
std::optional<Enum> value_of(std::string_view name) {
  const auto names = names_of<Enum>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace polybius
