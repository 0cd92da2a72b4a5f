// From documents to records: the whole way in, one call.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "polybius/document.h"
#include "polybius/error.h"
#include "polybius/record.h"

namespace polybius {

/// What a coder is made of.
struct CoderOptions {
  std::filesystem::path model;  ///< weights, `models/en.safetensors`
  std::filesystem::path pairs;  ///< `models/relate.safetensors`; empty: `relate` is not asked for
  std::vector<std::filesystem::path> lexicons;  ///< tables added to the built-in ones, later ones win
};

/// Reads articles. Immutable; shared by threads. Memory: the model once, whatever the number of workers.
class Coder {
 public:
  /// Errors: E-MOD-.. (the model), E-LEX-.. (a user's table).
  static Result<Coder> open(const CoderOptions& options);

  /// A text cut into sentences and words, whose parts any workers may parse. Cheap to copy.
  class Cut {
   public:
    std::size_t parts() const;

   private:
    friend class Coder;
    struct Parts;
    std::shared_ptr<const Parts> parts_;
  };
  /// Cuts a plain text, as it is. Errors: none.
  Cut cut(const std::string& text) const;
  /// Cuts CoNLL-U, whose words and sentences are kept. Errors: E-CNL-01.
  Result<Cut> cut_conllu(const std::string& conllu) const;

  /// The scratch memory of one thread. Not to be shared; about 25 MiB.
  class Worker {
   public:
    /// Codes one document. The same document gives the same record, whatever was coded before.
    /// Errors: E-COD-01 (surely not English). All else that is wrong stands in the record's `warnings`.
    Result<Record> code(const Document& document);
    /// The article without the page around it; only the fields up to `text`. Whatever the language.
    Record extract(const Document& document);
    /// CoNLL-U of a part; those of all parts one after another are that of the whole. `part` < `cut.parts()`.
    std::string parse(const Cut& cut, std::size_t part);
    /// Times of a plain text, as it is, resolved against `published` (ISO, may be empty).
    std::vector<Time> times(const std::string& text, const std::string& published);
    /// Which event the first marked place of a plain text, as it is, directs at the second. Errors: E-COD-02
    /// (a span is empty or not within the text), E-COD-03 (opened without `pairs`).
    Result<Relation> relate(const std::string& text, std::optional<Span> actor,
                            std::optional<Span> recipient);

    Worker(Worker&&) noexcept;
    Worker& operator=(Worker&&) noexcept;
    ~Worker();

   private:
    friend class Coder;
    struct Parts;
    explicit Worker(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
  };

  Worker worker() const;
  /// Version, model and lexicon, as in a record's `coder`.
  const CoderId& id() const;

 private:
  friend class Worker;
  struct Parts;
  explicit Coder(std::shared_ptr<const Parts> parts);
  std::shared_ptr<const Parts> parts_;
};

}  // namespace polybius
