// The tables that researchers write: read, checked, compiled and matched.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"
#include "polybius/record.h"

namespace polybius {

class LexiconImage;  // one compiled set of tables: the built-in one or a user's

/// A row of any table. Cheap to copy; lives as long as the Lexicon.
class Row {
 public:
  Row() = default;
  Row(const LexiconImage* image, std::uint32_t number) : image_(image), number_(number) {}
  /// The cell of a column; empty if the cell is, or if the table has no such column.
  std::string_view operator[](std::string_view column) const;
  /// A cell with `|` between values, cut.
  std::vector<std::string_view> list(std::string_view column) const;
  std::string_view table() const;
  /// "data/en/events/attack.tsv:14", for `why`.
  std::string place() const;
  explicit operator bool() const {
    return image_ != nullptr;
  }
  friend bool operator==(const Row&, const Row&) = default;
  friend auto operator<=>(const Row& a, const Row& b) = default;

 private:
  const LexiconImage* image_ = nullptr;
  std::uint32_t number_ = 0;
};

/// One word of a pattern: any of `forms` (lemmas), any word of `classes`, or any event word.
struct PatternWord {
  std::vector<std::string_view> forms;
  std::vector<std::string_view> prefixes;  ///< "word*": lower-case forms that begin so
  std::vector<std::string_view> classes;   ///< "<troops>"
  bool any_event = false;                  ///< "{event}"
};

/// A pattern of docs/lexicons.md, cut into words.
struct Pattern {
  std::string_view text;
  std::vector<PatternWord> words;
  std::uint32_t head = 0;  ///< index into `words`
  bool negated = false;    ///< "not" was in it (and is not among `words`)
};

enum class RulePos : std::uint8_t { verb, noun, adj, adv, aux, prep, phrase };

/// Slots of a frame in order of preference; each is a list joined by `+`.
using Slots = std::vector<std::vector<std::string_view>>;

/// A row of `events`, decoded.
struct EventRule {
  Row row;
  Pattern pattern;
  RulePos pos = RulePos::verb;
  EventType type = EventType::CONSULT;
  std::string_view mode;
  std::string_view cameo;
  Slots actor;      ///< never empty: the default of the part of speech is filled in
  Slots recipient;  ///< empty if the row says "-"
  std::vector<std::string_view> contexts;
  bool mutual = false;
  bool weak = false;
  bool state = false;
};

/// A row of `status_cues`, decoded.
struct StatusRule {
  Row row;
  Pattern pattern;
  RulePos pos = RulePos::verb;
  std::string_view governs;      ///< comp, obj, subj, mod, clause, prep:WORD
  std::optional<Status> status;  ///< nothing: "same"
  std::optional<PlanStatus> plan;
};

/// A row of `plan_cues`, decoded.
struct PlanRule {
  Row row;
  Pattern pattern;
  RulePos pos = RulePos::verb;
  PlanStatus status = PlanStatus::announced;
};

/// A row of `speech_cues`, decoded.
struct SpeechRule {
  Row row;
  Pattern pattern;
  RulePos pos = RulePos::verb;
  bool attitude = false;
  std::vector<std::string_view> content;
  Slots addressee;
};

/// A name of a table that stands in a text: tokens `[first, last)`.
struct NameMatch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Row row;
  bool adjective = false;  ///< a country's adjective or demonym ("Russian")
};

/// An office as somebody held it.
struct Holder {
  Row person;  ///< of `persons`
  Row role;    ///< of `roles`
  Row office;  ///< of `offices`
};

/// The tables, built-in and a user's, ready to be asked. Immutable and shared by threads.
class Lexicon {
 public:
  struct Content;  // private to the room

  /// The tables that the program carries.
  static Lexicon builtin();
  /// A compiled set of tables; `bytes` are from `compile_tables` and must outlive the lexicon.
  static Lexicon of_image(std::string_view bytes);
  /// Reads and compiles `.tsv` files or folders of them on top of this one. Errors: the first fault, E-LEX-..
  Result<Lexicon> with(std::span<const std::filesystem::path> paths) const;

  /// Names in a sequence of words, longest at each start and table; a person may be matched by several rows.
  /// `forms` as in the text. Order: first, then longer ones, then table order.
  std::vector<NameMatch> find_names(std::span<const std::string_view> forms) const;
  /// Rows whose name or alias is exactly `name` (folded).
  std::vector<Row> named(std::string_view name) const;

  /// All rows of a table, built-in first.
  std::vector<Row> rows(std::string_view table) const;
  /// Rows of a table that `with` added.
  std::vector<Row> user_rows(std::string_view table) const;
  /// The first row of a table whose column has that value, later files first; no row if none. Cost: constant
  /// for a table's key (countries.iso3, places.geonames, offices.office, plover_types.type, cameo_codes.code,
  /// agents.noun ...).
  Row find(std::string_view table, std::string_view key) const;

  std::span<const EventRule> event_rules() const;
  std::span<const StatusRule> status_rules() const;
  std::span<const PlanRule> plan_rules() const;
  std::span<const SpeechRule> speech_rules() const;
  /// Indices of the rules whose head may be that lemma, in order.
  std::span<const std::uint32_t> event_rules_of(std::string_view lemma) const;
  std::span<const std::uint32_t> status_rules_of(std::string_view lemma) const;
  std::span<const std::uint32_t> plan_rules_of(std::string_view lemma) const;
  std::span<const std::uint32_t> speech_rules_of(std::string_view lemma) const;

  bool in_class(std::string_view lemma, std::string_view name) const;
  /// Whether the lemma heads a row of `events` with one word, as a verb or a noun.
  bool is_event_word(std::string_view lemma) const;

  /// Who held an office of a country on a day ("2025-10-24" or longer; empty: the latest known), highest rank
  /// first.
  std::vector<Holder> holders(std::string_view office, std::string_view iso3, std::string_view day) const;
  /// The offices of a person on a day, most recent first.
  std::vector<Holder> offices_of(Row person, std::string_view day) const;

  /// A hash over all tables, for `coder.lexicon`.
  std::string fingerprint() const;

 private:
  explicit Lexicon(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

/// A column of a table of weights in the order of `names`, which are values of its column `feature`; a name
/// without a row weighs nothing, a row without a name is of another version.
/// `model`  if given, only the rows count whose column `model` says so.
std::vector<double> weights_of(const Lexicon& lexicon, std::string_view table, std::string_view column,
                               std::span<const std::string_view> names, std::string_view model = {});

/// The kind of plan (`what` of `plan_nouns`) that an event is when it lies ahead, by its type and mode; empty
/// if such acts are not planned.
std::string plan_kind_of(const Event& event);

/// Slots of a row of `events` that leaves them empty.
Slots default_actor(bool noun);
Slots default_recipient(bool noun);

/// Checks table files against the schema and keys of `beneath`; one Error a fault, in file and line order.
/// Examples are not run here.
std::vector<Error> check_tables(std::span<const std::filesystem::path> paths, const Lexicon& beneath);

/// Reads a TABARI or PETRARCH actor, agent or verb dictionary and writes it as tables of ours, TSV text with
/// its table line. `name` is for messages. Faulty lines are skipped and named in `faults`.
std::string import_dictionary(std::string_view text, std::string_view name, std::vector<Error>& faults);

/// Reads `.tsv` files, checks and compiles them to the form that the program carries. Errors: the first
/// fault.
Result<std::string> compile_tables(std::span<const std::filesystem::path> paths);

}  // namespace polybius
