// A stretch of words that may be a name, before it is decided whose.
#pragma once

#include <optional>
#include <vector>

#include "entities/mentions.h"

namespace polybius {

/// A stretch of tokens that may be a name, with what speaks for it.
struct Spot {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::vector<Row> rows;
  bool adjective = false;
  std::optional<NameKind> model;
};

bool spots_overlap(const Spot& left, const Spot& right);
bool has_table(const Spot& spot, std::string_view table);
/// The table that the name will be read from; empty if none has it.
std::string_view table_for(const Reading& reading, const Spot& spot, std::uint32_t head);
/// The head of tokens [first, last): the one whose head lies outside.
std::uint32_t head_of(const Analysis& analysis, std::uint32_t first, std::uint32_t last);
bool starts_upper(const Token& token);

/// The names of the model and of the lexicon, reconciled; places not yet settled.
std::vector<Spot> name_spots(const Reading& reading);
/// Decides by the weights `spot` of the table `place_weights` which stretches are names of places, cuts what
/// does not belong to them and adds what was not seen, places within names of bodies too ("Hartford
/// Hospital").
void settle_places(const Reading& reading, std::vector<Spot>& spots);

}  // namespace polybius
