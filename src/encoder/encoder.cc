// Opens a model: maps it, takes the fastest family that counts rightly, and packs the weights for it.
#include "encoder/encoder.h"

#include <algorithm>
#include <utility>

#include "encoder/model.h"

namespace polybius {

namespace {

struct FamilyChoice {
  KernelFamily family;
  const Kernels* kernels;
};

/// The wished family, or the next one that the CPU has and that multiplies as the plain one does.
FamilyChoice choose_family(KernelFamily wished) {
  const Kernels* vnni =
      wished == KernelFamily::best || wished == KernelFamily::vnni ? vnni_kernels() : nullptr;
  if (vnni != nullptr && multiplies_rightly(*vnni)) return {KernelFamily::vnni, vnni};
  const Kernels* avx2 = wished != KernelFamily::plain ? avx2_kernels() : nullptr;
  if (avx2 != nullptr && multiplies_rightly(*avx2)) return {KernelFamily::avx2, avx2};
  return {KernelFamily::plain, &plain_kernels()};
}

}  // namespace

Encoder::Encoder(std::unique_ptr<const Model> model) : model_(std::move(model)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

Result<Encoder> Encoder::build(std::unique_ptr<Model> model, KernelFamily family, const Kernels& kernels,
                               int block) {
  model->kernels = &kernels;
  model->family = family;
  model->block = std::max(1, block);
  const Result<bool> filled = fill_model(*model);
  if (!filled) return filled.error();
  return Encoder(std::move(model));
}

Result<Encoder> Encoder::open(const std::filesystem::path& path, KernelFamily family, int block) {
  Result<ModelFile> file = ModelFile::map(path);
  if (!file) return file.error();
  auto model = std::make_unique<Model>();
  model->file = std::move(file).value();
  const FamilyChoice choice = choose_family(family);
  return build(std::move(model), choice.family, *choice.kernels, block);
}

Result<Encoder> Encoder::open_bytes(std::span<const std::byte> bytes, std::string place, KernelFamily family,
                                    int block) {
  Result<ModelFile> file = ModelFile::parse(bytes, std::move(place));
  if (!file) return file.error();
  auto model = std::make_unique<Model>();
  model->file = std::move(file).value();
  const FamilyChoice choice = choose_family(family);
  return build(std::move(model), choice.family, *choice.kernels, block);
}

Result<Encoder> Encoder::open_bytes(std::span<const std::byte> bytes, std::string place,
                                    const Kernels& kernels, int block) {
  Result<ModelFile> file = ModelFile::parse(bytes, std::move(place));
  if (!file) return file.error();
  auto model = std::make_unique<Model>();
  model->file = std::move(file).value();
  return build(std::move(model), KernelFamily::plain, kernels, block);
}

const std::vector<std::string>& Encoder::labels(Column column) const {
  static const std::vector<std::string> kNone;
  const auto found = model_->labels.find(column);
  return found == model_->labels.end() ? kNone : found->second;
}

Encoder::Pieces Encoder::pieces_of(std::string_view word) const {
  Pieces pieces;
  WordPieces::Scratch scratch;
  model_->pieces.append(word, scratch, pieces.ids, pieces.shapes);
  return pieces;
}

std::string Encoder::known_lemma(std::string_view form, std::string_view upos) const {
  std::string scratch;
  const std::int32_t script = model_->lemmas.find(form, upos, scratch);
  if (script < 0) return {};
  return apply_lemma_script(form, labels(Column::lemma)[static_cast<std::size_t>(script)]);
}

KernelFamily Encoder::family() const {
  return model_->family;
}

const std::string& Encoder::name() const {
  return model_->file.name();
}

}  // namespace polybius
