// The language core: words in, what the transformer's heads read of them out. It knows no news.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"

namespace polybius {

struct Kernels;
class ModelFile;

/// What the heads say of one word; the numbers index `Encoder::labels`.
struct WordReading {
  std::uint16_t upos = 0;
  std::uint16_t xpos = 0;
  std::uint16_t feats = 0;   ///< a whole bundle, "Mood=Ind|Tense=Past"; the label "_" means none
  std::uint16_t lemma = 0;   ///< an edit script, see `apply_lemma_script`
  std::uint16_t deprel = 0;  ///< with subtype; "root" for the root and for no other word
  std::uint16_t ner = 0;     ///< IOB2, "B-PER": a valid sequence within the sentence
  std::uint16_t said = 0;    ///< IOB2, "B-source", "I-cue", "B-content": likewise
  std::int32_t head = -1;    ///< index of the word it hangs on; -1 for the one root
  // Shares are per mille: whole numbers, so that every machine gives the same ones.
  std::uint16_t source = 0;    ///< share of the tags B-source and I-source
  std::uint16_t cue = 0;       ///< likewise
  std::uint16_t content = 0;   ///< likewise
  std::uint16_t eventful = 0;  ///< how likely the word names an event: all labels of `event` but "O"
  friend bool operator==(const WordReading&, const WordReading&) = default;
};

/// From a word that names an act (a cue, an event) to a word that has a role in it.
struct WordLink {
  std::uint32_t from = 0;   ///< index within the sentence
  std::uint32_t to = 0;     ///< likewise
  std::uint16_t role = 0;   ///< index of `labels(Column::said_links)` or `labels(Column::event_links)`
  std::uint16_t share = 0;  ///< per mille
  friend bool operator==(const WordLink&, const WordLink&) = default;
};

/// A label and its share per mille.
struct Guess {
  std::uint16_t label = 0;
  std::uint16_t share = 0;
  friend bool operator==(const Guess&, const Guess&) = default;
};

/// What the heads say of a word that may name an event: `eventful` is at least `kLeastEventful`.
struct EventReading {
  std::uint32_t word = 0;
  Guess event;     ///< the likeliest label but "O", and its share of all
  Guess mode;      ///< as if there is an event, like what follows
  Guess status;    ///< likewise
  Guess happened;  ///< of the label "yes", whether or not it is the likeliest
  friend bool operator==(const EventReading&, const EventReading&) = default;
};

inline constexpr std::uint16_t kLeastEventful = 60;  ///< per mille; below it no event is read
inline constexpr std::uint16_t kLeastCue = 100;      ///< per mille; below it a word links to no source
inline constexpr std::uint16_t kLeastLink = 50;      ///< per mille; weaker links are left out

/// A sentence as read: one reading a word; the heads make a tree with one root. What the model has no heads
/// for stays 0 or empty.
struct SentenceReading {
  std::vector<WordReading> words;
  std::vector<WordLink> said_links;   ///< from words that may be of a cue; by `from`, then role, then `to`
  std::vector<EventReading> events;   ///< text order
  std::vector<WordLink> event_links;  ///< from the words of `events`; order as above
  friend bool operator==(const SentenceReading&, const SentenceReading&) = default;
};

/// The columns that heads fill, and the roles that words link to.
enum class Column : std::uint8_t {
  upos,
  xpos,
  feats,
  lemma,
  deprel,
  ner,
  said,
  event,
  mode,
  status,
  happened,
  said_links,
  event_links
};

/// Which vector instructions to use. All give the same bits; `best` takes the fastest that the CPU has.
enum class KernelFamily : std::uint8_t { best, plain, avx2, vnni };

/// Buffers of one thread, kept from call to call so that reading allocates nothing once they have grown.
class EncoderWorkspace {
 public:
  EncoderWorkspace();
  ~EncoderWorkspace();
  EncoderWorkspace(EncoderWorkspace&&) noexcept;
  EncoderWorkspace& operator=(EncoderWorkspace&&) noexcept;

  struct Buffers;
  Buffers& buffers() {
    return *buffers_;
  }

 private:
  std::unique_ptr<Buffers> buffers_;
};

/// A model that is open for reading. Threads: share one; each thread brings its own workspace.
///
///     const Encoder encoder = Encoder::open("models/en.safetensors").value();
///     EncoderWorkspace workspace;
///     std::vector<SentenceReading> readings;
///     encoder.read(sentences, workspace, readings);
class Encoder {
 public:
  using Words = std::vector<std::string_view>;  ///< the words of one sentence, UTF-8

  /// Maps a model file and packs its weights for this CPU.
  ///
  /// `block`  how many subwords go through the layers together; a matter of speed only.
  /// Errors: E-MOD-01 (not readable) to E-MOD-06; see docs/model-format.md. A family the CPU lacks falls back
  /// to the next one. Cost: some 30 ms.
  static Result<Encoder> open(const std::filesystem::path& path, KernelFamily family = KernelFamily::best,
                              int block = 192);
  /// The same for a file that is in memory; `bytes` must outlive the encoder. `place` names it in errors.
  static Result<Encoder> open_bytes(std::span<const std::byte> bytes, std::string place,
                                    KernelFamily family = KernelFamily::best, int block = 192);

  /// The same with arithmetic of the caller's, which is not tried before: for tests of instruction sets that
  /// no CPU at hand has.
  static Result<Encoder> open_bytes(std::span<const std::byte> bytes, std::string place,
                                    const Kernels& kernels, int block);

  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;
  ~Encoder();

  /// Reads sentences; `readings[i]` is the reading of `sentences[i]`, whatever else is in the batch, to the
  /// bit.
  ///
  /// Sentences of more subwords than the model has positions are cut after a clause mark and their trees
  /// joined
  /// ("parataxis"). Errors: none, whatever the words. Cost: linear in subwords, but square in one sentence's.
  void read(std::span<const Words> sentences, EncoderWorkspace& workspace,
            std::vector<SentenceReading>& readings) const;

  /// The labels of a column; empty if the model has no such head.
  const std::vector<std::string>& labels(Column column) const;

  /// The subwords of one word: vocabulary ids, and case shapes by the same index. For tests and tools.
  struct Pieces {
    std::vector<std::int32_t> ids;
    std::vector<std::uint8_t> shapes;
  };
  Pieces pieces_of(std::string_view word) const;

  /// The lemma of a word of that part of speech ("VERB"), if the table of lemmas knows it; else empty.
  std::string known_lemma(std::string_view form, std::string_view upos) const;

  KernelFamily family() const;
  /// CRC-32 of the weights, as the record's `coder.model` names them: "en-1-89abcdef".
  const std::string& name() const;

  struct Model;
  const Model& model() const {
    return *model_;
  }

 private:
  explicit Encoder(std::unique_ptr<const Model> model);
  static Result<Encoder> build(std::unique_ptr<Model> model, KernelFamily family, const Kernels& kernels,
                               int block);
  std::unique_ptr<const Model> model_;
};

/// A word's part in a marked pair.
enum class PairRole : std::uint8_t { none, actor, recipient };

/// What the pair model says of a text with two marked places; shares per mille, by the labels' order.
struct PairReading {
  std::vector<std::uint16_t> types;  ///< what the actor does to the recipient
  std::vector<std::uint16_t> modes;  ///< as if there is an event, like what follows
  std::vector<std::uint16_t> statuses;
  std::vector<std::uint16_t> told;  ///< of each word: how much it tells of the act
  friend bool operator==(const PairReading&, const PairReading&) = default;
};

/// Buffers of one thread, as for the encoder.
class PairWorkspace {
 public:
  PairWorkspace();
  ~PairWorkspace();
  PairWorkspace(PairWorkspace&&) noexcept;
  PairWorkspace& operator=(PairWorkspace&&) noexcept;

  struct Buffers;
  Buffers& buffers() {
    return *buffers_;
  }

 private:
  std::unique_ptr<Buffers> buffers_;
};

/// The model of marked pairs: layers of its own on an encoder's words. Threads: share one.
class PairReader {
 public:
  /// `below` must outlive it, but may be moved. Errors: as Encoder::open, and E-MOD-07: it needs the words of
  /// another encoder.
  static Result<PairReader> open(const std::filesystem::path& path, const Encoder& below);
  /// The same for a file that is in memory; `bytes` must outlive the reader.
  static Result<PairReader> open_bytes(std::span<const std::byte> bytes, std::string place,
                                       const Encoder& below);
  PairReader(PairReader&&) noexcept;
  PairReader& operator=(PairReader&&) noexcept;
  ~PairReader();

  /// Reads one text; roles.size() == words.size(). Of a text of more subwords than the model has positions
  /// only the window is read in whose middle the marked words stand. Errors: none, whatever the words.
  void read(std::span<const std::string_view> words, std::span<const PairRole> roles,
            PairWorkspace& workspace, PairReading& reading) const;

  /// PLOVER's types and "NONE".
  const std::vector<std::string>& types() const;
  /// "-", and modes with their types: "COERCE:arrest".
  const std::vector<std::string>& modes() const;
  const std::vector<std::string>& statuses() const;
  /// CRC-32 of the weights: "en-1-89abcdef".
  const std::string& name() const;

  struct Model;

 private:
  explicit PairReader(std::unique_ptr<const Model> model);
  static Result<PairReader> build(ModelFile file, const Encoder& below);
  std::unique_ptr<const Model> model_;
};

/// The lemma that an edit script ("lower 3 y", "keep 0 ", "= be") makes of a form; the form itself where the
/// script does not fit it. Errors: none. Scripts: docs/model-format.md.
std::string apply_lemma_script(std::string_view form, std::string_view script);

/// The best tree with one root: `scores[dependent * size + head]`, node 0 the root, whose own row is not
/// read. `heads[i]` becomes the head of node i, `heads[0]` 0. Greedy where that is a tree, else Chu-Liu and
/// Edmonds; ties go to the lowest head. Cost: square in `size`, cubic where greedy heads make no tree.
void decode_tree(std::span<const float> scores, std::size_t size, std::vector<std::int32_t>& heads);

}  // namespace polybius
