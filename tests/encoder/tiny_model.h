// A model small enough for tests: made-up weights, a vocabulary of a few pieces, all heads.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace polybius_test {

/// Numbers that look random and are the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed) {}
  std::uint32_t next() {
    state_ = state_ * 1664525U + 1013904223U;
    return state_ >> 8U;
  }
  float between(float low, float high) {
    return low + (high - low) * static_cast<float>(next() % 65536U) / 65535.0F;
  }

 private:
  std::uint32_t state_;
};

/// Builds the bytes of a model file; tests change what they want broken before `bytes`.
class TinyModel {
 public:
  nlohmann::json metadata;

  TinyModel() {
    metadata = {{"format", "polybius-encoder"}, {"version", "1"}, {"language", "en"}};
    shape_ = {{"width", 64},     {"layers", 2},      {"attention_heads", 2}, {"inner", 128},
              {"positions", 24}, {"vocabulary", 30}, {"pieces_a_word", 12},  {"longest_run", 20}};
    heads_ = {
        {"upos", {{"kind", "classes"}, {"labels", {"NOUN", "VERB", "PROPN"}}}},
        {"lemma", {{"kind", "classes"}, {"labels", {"lower 0 ", "keep 0 ", "lower 1 "}}}},
        {"ner", {{"kind", "spans"}, {"labels", {"O", "B-PER", "I-PER", "B-ORG", "I-ORG"}}, {"hidden", 64}}},
        {"tree",
         {{"kind", "tree"}, {"labels", {"punct", "root", "nsubj", "parataxis"}}, {"arc", 32}, {"label", 16}}},
        {"said",
         {{"kind", "spans"}, {"labels", {"O", "B-source", "I-source", "B-cue", "I-cue", "B-content"}}}},
        {"said_links", {{"kind", "links"}, {"labels", {"source", "content"}}, {"size", 16}}},
        {"event", {{"kind", "classes"}, {"labels", {"O", "ASSAULT", "CONSULT"}}, {"hidden", 64}}},
        {"mode", {{"kind", "classes"}, {"labels", {"-", "aerial"}}}},
        {"status", {{"kind", "classes"}, {"labels", {"occurred", "planned"}}, {"hidden", 64}}},
        {"happened", {{"kind", "classes"}, {"labels", {"no", "yes"}}}},
        {"event_links", {{"kind", "links"}, {"labels", {"actor", "recipient"}}, {"size", 16}}},
    };
    add_tables();
    add_encoder();
    add_heads();
  }

  /// Makes it a model of marked pairs on the words of a model as it was.
  void become_pairs() {
    uLong sum = 0;
    for (const char* name : {"words.weight", "words.scale", "vocabulary"}) {
      const auto found = std::find_if(tensors_.begin(), tensors_.end(),
                                      [&](const Tensor& tensor) { return tensor.name == name; });
      sum = crc32_z(sum, reinterpret_cast<const Bytef*>(found->data.data()), found->data.size());
    }
    char text[9];
    std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(sum));
    metadata["format"] = "polybius-pairs";
    metadata["needs"] = text;
    heads_ = {{"type", {{"kind", "classes"}, {"labels", {"AID", "ASSAULT", "NONE"}}, {"hidden", 64}}},
              {"mode", {{"kind", "classes"}, {"labels", {"-", "ASSAULT:aerial"}}, {"hidden", 64}}},
              {"status", {{"kind", "classes"}, {"labels", {"occurred", "planned"}}, {"hidden", 64}}}};
    add_floats("roles", {2, 64}, -1.0F, 1.0F);
    add_floats("absent", {2, 64}, -1.0F, 1.0F);
    add_floats("act", {64}, -0.5F, 0.5F);
    add_matrix("hidden", 64, 256);
    add_matrix("heads.type.output", 3, 64);
  }

  nlohmann::json& shape() {
    return shape_;
  }
  nlohmann::json& heads() {
    return heads_;
  }
  void remove(const std::string& name) {
    std::erase_if(tensors_, [&](const Tensor& tensor) { return tensor.name == name; });
  }
  /// Another text for a U8 tensor.
  void replace_text(const std::string& name, const std::string& text) {
    remove(name);
    add(name, "U8", {text.size()}, text.data(), text.size());
  }

  std::vector<std::byte> bytes() {
    nlohmann::json header;
    std::string data;
    for (const char* type : {"F32", "I32", "I8", "U8"}) {
      for (const Tensor& tensor : tensors_) {
        if (tensor.type != type) continue;
        header[tensor.name] = {{"dtype", type},
                               {"shape", tensor.shape},
                               {"data_offsets", {data.size(), data.size() + tensor.data.size()}}};
        data += tensor.data;
      }
    }
    const auto sum =
        static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(data.data()), data.size()));
    char text[9];
    std::snprintf(text, sizeof text, "%08x", sum);
    if (!metadata.contains("crc32")) metadata["crc32"] = text;
    metadata["shape"] = shape_.dump();
    metadata["heads"] = heads_.dump();
    header["__metadata__"] = metadata;
    std::string head = header.dump();
    head.append((64 - (8 + head.size()) % 64) % 64, ' ');
    const std::uint64_t length = head.size();
    std::string whole(8, '\0');
    std::memcpy(whole.data(), &length, 8);
    whole += head + data;
    std::vector<std::byte> out(whole.size());
    std::memcpy(out.data(), whole.data(), whole.size());
    return out;
  }

 private:
  struct Tensor {
    std::string name;
    std::string type;
    std::vector<std::size_t> shape;
    std::string data;
  };

  void add(const std::string& name, const char* type, std::vector<std::size_t> shape, const void* data,
           std::size_t size) {
    tensors_.push_back(
        Tensor{name, type, std::move(shape), std::string(static_cast<const char*>(data), size)});
  }
  void add_floats(const std::string& name, std::vector<std::size_t> shape, float low, float high) {
    std::size_t size = 1;
    for (const std::size_t n : shape) size *= n;
    std::vector<float> values(size);
    for (float& value : values) value = dice_.between(low, high);
    add(name, "F32", std::move(shape), values.data(), size * sizeof(float));
  }
  void add_matrix(const std::string& name, std::size_t outputs, std::size_t inputs) {
    std::vector<std::int8_t> values(outputs * inputs);
    for (std::int8_t& value : values)
      value = static_cast<std::int8_t>(static_cast<int>(dice_.next() % 255U) - 127);
    add(name + ".weight", "I8", {outputs, inputs}, values.data(), values.size());
    add_floats(name + ".scale", {outputs}, 0.001F, 0.004F);
    add_floats(name + ".bias", {outputs}, -0.1F, 0.1F);
  }
  void add_norm(const std::string& name) {
    add_floats(name + ".weight", {64}, 0.8F, 1.2F);
    add_floats(name + ".bias", {64}, -0.1F, 0.1F);
  }
  void add_integers(const std::string& name, const std::vector<std::int32_t>& values) {
    add(name, "I32", {values.size()}, values.data(), values.size() * sizeof(std::int32_t));
  }

  void add_tables() {
    replace_text("vocabulary",
                 "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nminister\nmet\n##s\nmin\n##ister\nu\n.\n,\n-\n2\n##"
                 "4\n24\ncafe\n'\nb\n"
                 "##b\n##c\nrain\n##ing\nstop\n##ped\n\xe5\xb9\xb3\nvisit\n##ed\n##ing2");
    // A blank, full stop, comma, hyphen, quotes, digits, capitals, an accented letter: kinds of
    // training/wordpiece.py.
    std::vector<std::pair<std::int32_t, std::pair<int, std::string>>> rows = {
        {0x0A, {4, ""}},  {0x20, {4, ""}},  {0x27, {3, "'"}},
        {0x2C, {3, ","}}, {0x2D, {3, "-"}}, {0x2E, {3, "."}}};
    for (char c = '0'; c <= '9'; ++c) rows.push_back({c, {2, std::string(1, c)}});
    for (char c = 'A'; c <= 'Z'; ++c) rows.push_back({c, {1, std::string(1, static_cast<char>(c + 32))}});
    rows.push_back({0xC9, {1, "e"}});
    rows.push_back({0xE9, {0, "e"}});
    rows.push_back({0x301, {5, ""}});
    rows.push_back({0x2019, {3, "'"}});
    rows.push_back({0x2026, {3, "..."}});
    std::vector<std::int32_t> codes;
    std::vector<std::int32_t> begins = {0};
    std::vector<std::int32_t> into;
    std::string kinds;
    for (const auto& [code, fold] : rows) {
      codes.push_back(code);
      kinds += static_cast<char>(fold.first);
      for (const char c : fold.second) into.push_back(c);
      begins.push_back(static_cast<std::int32_t>(into.size()));
    }
    add_integers("fold.code", codes);
    replace_text("fold.kind", kinds);
    add_integers("fold.begin", begins);
    add_integers("fold.into", into);
    replace_text("lemmas.keys", "visits/NOUN\n-ings/VERB");
    add_integers("lemmas.script", {2, 1});
    // Marks of training/known_names.py: place 1, body 2, given name 4, family name 8.
    replace_text("known.names", "minister\nrain\nrain stop\nrain stop the rain\nvisit");
    replace_text("known.marks", {"\x04\x09\x02\x01\x0c", 5});
  }

  void add_encoder() {
    std::vector<std::int8_t> words(30 * 64);
    for (std::int8_t& value : words)
      value = static_cast<std::int8_t>(static_cast<int>(dice_.next() % 255U) - 127);
    add("words.weight", "I8", {30, 64}, words.data(), words.size());
    add_floats("words.scale", {30}, 0.001F, 0.01F);
    add_floats("positions", {24, 64}, -0.1F, 0.1F);
    add_floats("shapes", {8, 64}, -0.1F, 0.1F);
    add_norm("input_norm");
    for (int i = 0; i < 2; ++i) {
      const std::string name = "layers." + std::to_string(i);
      add_matrix(name + ".qkv", 192, 64);
      add_matrix(name + ".attended", 64, 64);
      add_norm(name + ".attention_norm");
      add_matrix(name + ".inner", 128, 64);
      add_matrix(name + ".outer", 64, 128);
      add_norm(name + ".output_norm");
    }
  }

  void add_heads() {
    for (const char* name : {"upos", "lemma", "ner", "tree"})
      add_floats(std::string("heads.") + name + ".mix", {2}, 0.3F, 0.7F);
    add_matrix("heads.upos.output", 3, 64);
    add_matrix("heads.lemma.output", 3, 64);
    add_matrix("heads.ner.hidden", 64, 64);
    add_matrix("heads.ner.output", 5, 64);
    add_matrix("heads.tree.project", 96, 64);
    add_matrix("heads.tree.arc", 32, 32);
    add_matrix("heads.tree.label", 4 * 17, 16);
    add_matrix("heads.tree.label_head", 4, 16);
    add_more_heads();
  }

  void add_more_heads() {
    for (const char* name : {"said", "said_links", "event", "mode", "status", "happened", "event_links"})
      add_floats(std::string("heads.") + name + ".mix", {2}, 0.3F, 0.7F);
    add_matrix("heads.said.output", 6, 64);
    add_floats("heads.said.moves", {6, 6}, -1.0F, 1.0F);
    add_floats("heads.said.begins", {6}, -1.0F, 1.0F);
    add_matrix("heads.event.hidden", 64, 64);
    add_matrix("heads.event.output", 3, 64);
    add_matrix("heads.mode.output", 2, 64);
    add_matrix("heads.status.hidden", 64, 64);
    add_matrix("heads.status.output", 2, 64);
    add_matrix("heads.happened.output", 2, 64);
    for (const char* name : {"said_links", "event_links"}) {
      add_matrix(std::string("heads.") + name + ".project", 32, 64);
      add_matrix(std::string("heads.") + name + ".pair", 2 * 17, 16);
    }
    add_floats("known.weight", {32, 64}, -0.1F, 0.1F);
  }

  Dice dice_{7};
  nlohmann::json shape_;
  nlohmann::json heads_;
  std::vector<Tensor> tensors_;
};

}  // namespace polybius_test
