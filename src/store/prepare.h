// A document made ready: the rows of all its tables, with places left open for numbers.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "store/store.h"
#include "store/tables.h"

namespace polybius {

/// A thing that many documents share, by its key.
struct SharedRow {
  std::string key;
  std::vector<Cell> cells;  ///< of its table, from the column after `key` on
};

struct PreparedDocument {
  std::string id;
  std::string input_hash;
  std::string text_hash;
  CoderId coder;
  bool keep_text = true;
  std::string source;
  std::string words;        ///< for the full-text index
  std::vector<Cell> cells;  ///< of `documents`, from the column `id` on
  std::vector<SharedRow> entities;
  std::vector<SharedRow> places;
  std::array<std::vector<Cell>, kItemTables> rows;
  std::size_t events = 0;
};

/// The record that a prepared document holds, and its text; empty where it was left out.
std::string body_of(const PreparedDocument& document);

/// Unpacks what was packed. Throws StoreFailure for bytes that are broken.
std::string unpack_stored(std::string_view packed);
/// The JSON of a record whose text stands apart: it belongs to byte `text_at`, where `""` stands.
std::string join_text(std::string_view body, std::size_t text_at, std::string_view text);

/// The key of an entity across documents: its Wikidata id, else kind, name and country.
std::string entity_key(const Entity& entity);
/// The words of a document for the full-text index.
std::string document_words(const std::string& title, const std::string& text);
/// How an event is known again after recoding: its type and where its words stand.
std::string event_place(const Event& event);

}  // namespace polybius
