// The tables that a document's rows go to, and what their columns hold before the document has its numbers.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "store/sql.h"

namespace polybius {

/// What a cell of a prepared row holds.
///   plain     its value
///   document  nothing yet: the document's number
///   item      the position of an item of the document: becomes the item's number
///   entity    the index of one of the document's entities: becomes the entity's number
///   place     the index of one of the document's places, or nothing
enum class ColumnUse { plain, document, item, entity, place };

struct ItemTable {
  SqlTable table;
  std::array<ColumnUse, 5> uses;  ///< of the first columns; the others are plain
};

/// In the order in which rows may be added: what is referred to comes first.
enum ItemTableIndex : std::size_t {
  kRecords,
  kAppearances,
  kEvents,
  kEventParties,
  kStatements,
  kStatementParties,
  kPlans,
  kPlanParties,
  kPlanSteps,
  kEvidence,
  kItemTables
};

inline constexpr std::array<ItemTable, kItemTables> item_tables{{
    {{"records", "document,text_at,body,text", 4}, {ColumnUse::document}},
    {{"appearances", "entity,document,position,id,name,title,mentions", 7},
     {ColumnUse::entity, ColumnUse::document}},
    {{"events",
      "number,document,place,id,type,mode,contexts,quad,cameo,status,time,time_from,day,plan,said_by,"
      "confidence,why,"
      "begin_at,end_at,sentence,triggers",
      21},
     {ColumnUse::item, ColumnUse::document, ColumnUse::place}},
    {{"event_parties", "item,entity,role,position", 4}, {ColumnUse::item, ColumnUse::entity}},
    {{"statements", "number,document,id,kind,time,day,within,events", 8},
     {ColumnUse::item, ColumnUse::document}},
    {{"statement_parties", "item,entity,role,position", 4}, {ColumnUse::item, ColumnUse::entity}},
    {{"plans", "number,document,place,id,what,status,time,day", 8},
     {ColumnUse::item, ColumnUse::document, ColumnUse::place}},
    {{"plan_parties", "item,entity,role,position", 4}, {ColumnUse::item, ColumnUse::entity}},
    {{"plan_steps", "item,position,status,time,day,said_by,begin_at,end_at", 8}, {ColumnUse::item}},
    {{"evidence", "document,position,owner,part,begin_at,end_at", 6}, {ColumnUse::document}},
}};

inline constexpr SqlTable documents_table{
    "documents",
    "number,source,revision,id,url,title,language,published,day,input_sha256,text_sha256,length,has_text,"
    "coder_version,coder_model,coder_lexicon,events,statements,plans",
    19};
inline constexpr SqlTable entities_table{
    "entities", "number,key,kind,name,words,wikidata,iso3,country,cameo,sector,geonames,lat,lon", 13};
inline constexpr SqlTable places_table{"places", "number,key,name,words,geonames,iso3,lat,lon", 8};
inline constexpr SqlTable sources_table{"sources", "number,name", 2};

/// Who an entity is to an item.
enum PartyRole : int { kActor = 0, kRecipient = 1, kSpeaker = 2 };

}  // namespace polybius
