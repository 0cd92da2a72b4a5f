// Plain text and HTML: one input, one document.
#include <algorithm>

#include "ingest/forms.h"

namespace polybius {
namespace {

class PlainReader final : public FormReader {
 public:
  PlainReader(Source source, BodyForm form) : FormReader(std::move(source)), form_(form) {}

  std::optional<Result<Item>> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    auto bytes = read_whole(source_);
    if (!bytes) return bytes.error();
    Item item;
    item.place = source_.name;
    item.document.form = form_;
    std::string own_bytes = source_.path.empty() ? bytes.value() : std::string();
    std::string declared = source_.charset;
    if (declared.empty() && form_ == BodyForm::html) declared = declared_charset(bytes.value());
    item.document.origin.url = source_.url;
    item.document.text = decode_noting(std::move(bytes).value(), declared, item.document.warnings);
    complete_document(item.document, source_, own_bytes);
    return item;
  }

 private:
  BodyForm form_;
  bool done_ = false;
};

class FaultReader final : public FormReader {
 public:
  FaultReader(Source source, Error error) : FormReader(std::move(source)), error_(std::move(error)) {}
  std::optional<Result<Item>> next() override {
    if (!error_) return std::nullopt;
    Error out = std::move(*error_);
    error_.reset();
    return out;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<FormReader> open_plain(Source source, BodyForm form) {
  return std::make_unique<PlainReader>(std::move(source), form);
}

std::unique_ptr<FormReader> open_fault(Source source, Error error) {
  return std::make_unique<FaultReader>(std::move(source), std::move(error));
}

Result<std::string> read_whole(Source& source) {
  const std::size_t limit = source.options.item_limit;
  const std::string_view seen = source.bytes->peek(limit + 1);
  if (seen.size() > limit) {
    return Error{"E-ING-02", source.name, "skipped: longer than " + std::to_string(limit) + " bytes",
                 "cut it into smaller files"};
  }
  std::string out(seen);
  source.bytes->skip(out.size());
  source.bytes->drop_window();
  if (source.unpacker) {
    if (auto fault = source.unpacker->take_fault()) {
      fault->fault = "skipped: " + fault->fault;
      return *fault;
    }
  }
  return out;
}

}  // namespace polybius
