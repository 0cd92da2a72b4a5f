// Times the bare encoder on the words of a CoNLL-U file, or writes what it reads of them.
//
//     bench_encoder MODEL FILE.conllu [best|plain|avx2|vnni] [BLOCK] [RUNS]   words per CPU second, best run
//     bench_encoder MODEL FILE.conllu --write > SYSTEM.conllu    the file with the engine's columns
//     bench_encoder MODEL FILE.conllu --pieces                   subword ids, a sentence a line
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "encoder/encoder.h"

using namespace polybius;

namespace {

struct Line {
  std::string text;
  bool is_word = false;
};

/// A file's lines; a sentence's words are those lines that bear a whole number.
struct Input {
  std::vector<std::vector<Line>> sentences;
  std::vector<std::vector<std::string>> forms;
};

Input read_input(const char* path) {
  Input input;
  std::ifstream file(path);
  std::vector<Line> lines;
  std::vector<std::string> forms;
  std::string line;
  const auto close = [&] {
    if (!lines.empty()) {
      input.sentences.push_back(std::move(lines));
      input.forms.push_back(std::move(forms));
    }
    lines.clear();
    forms.clear();
  };
  while (std::getline(file, line)) {
    if (line.empty()) {
      close();
      continue;
    }
    const std::size_t tab = line.find('\t');
    const bool is_word = tab != std::string::npos && line.find_first_not_of("0123456789") == tab;
    if (is_word) forms.push_back(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1));
    lines.push_back(Line{line, is_word});
  }
  close();
  return input;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What the later heads say of a word, for MISC: its tag of attribution, the likeliest word of a cue's
/// source, its event.
std::vector<std::string> roles_of(const Encoder& encoder, const SentenceReading& reading,
                                  std::uint32_t word) {
  std::vector<std::string> out;
  const auto& tags = encoder.labels(Column::said);
  const std::string tag = tags.empty() ? "O" : tags[reading.words[word].said];
  if (tag != "O") out.push_back("Said=" + tag);
  std::uint16_t most = 500;
  std::uint32_t source = 0;
  for (const WordLink& link : reading.said_links) {
    if (link.from != word || link.role != 0 || link.share <= most) continue;
    most = link.share;
    source = link.to + 1;
  }
  if (tag.ends_with("-cue") && source > 0) out.push_back("SaidSource=" + std::to_string(source));
  for (const EventReading& event : reading.events) {
    if (event.word == word && event.event.share > 1000 - reading.words[word].eventful)
      out.push_back("Event=" + encoder.labels(Column::event)[event.event.label]);
  }
  return out;
}

std::string filled(const Encoder& encoder, const Line& line, const std::string& form,
                   const SentenceReading& reading, std::size_t at) {
  const WordReading& word = reading.words[at];
  const std::string id = line.text.substr(0, line.text.find('\t'));
  std::string misc = line.text.substr(line.text.rfind('\t') + 1);
  if (misc == "_") misc.clear();
  const std::string& name = encoder.labels(Column::ner)[word.ner];
  std::string out =
      id + '\t' + form + '\t' + apply_lemma_script(form, encoder.labels(Column::lemma)[word.lemma]) + '\t';
  out += encoder.labels(Column::upos)[word.upos] + '\t' + encoder.labels(Column::xpos)[word.xpos] + '\t';
  out += encoder.labels(Column::feats)[word.feats] + '\t' + std::to_string(word.head + 1) + '\t';
  out += encoder.labels(Column::deprel)[word.deprel] + "\t_\t";
  std::vector<std::string> more = roles_of(encoder, reading, static_cast<std::uint32_t>(at));
  if (name != "O") more.insert(more.begin(), "NER=" + name);
  for (const std::string& part : more) misc += (misc.empty() ? "" : "|") + part;
  return out + (misc.empty() ? "_" : misc);
}

void write(const Encoder& encoder, const Input& input, const std::vector<SentenceReading>& readings) {
  for (std::size_t i = 0; i < input.sentences.size(); ++i) {
    std::size_t word = 0;
    for (const Line& line : input.sentences[i]) {
      if (!line.is_word) {
        std::cout << line.text << '\n';
        continue;
      }
      std::cout << filled(encoder, line, input.forms[i][word], readings[i], word) << '\n';
      ++word;
    }
    std::cout << '\n';
  }
}

KernelFamily family_named(std::string_view name) {
  if (name == "plain") return KernelFamily::plain;
  if (name == "avx2") return KernelFamily::avx2;
  return name == "vnni" ? KernelFamily::vnni : KernelFamily::best;
}

void write_pieces(const Encoder& encoder, const Input& input) {
  for (const auto& forms : input.forms) {
    std::string line;
    for (const std::string& form : forms) {
      for (const std::int32_t id : encoder.pieces_of(form).ids) line += std::to_string(id) + ' ';
    }
    std::cout << line << '\n';
  }
}

void time_reading(const Encoder& encoder, const Input& input, std::string_view mode, int block, int runs) {
  std::vector<Encoder::Words> sentences;
  std::size_t words = 0;
  for (const auto& forms : input.forms) {
    sentences.emplace_back(forms.begin(), forms.end());
    words += forms.size();
  }
  EncoderWorkspace workspace;
  std::vector<SentenceReading> readings;
  double best = 1e9;
  for (int run = 0; run < runs; ++run) {
    const double begin = cpu_seconds();
    encoder.read(sentences, workspace, readings);
    best = std::min(best, cpu_seconds() - begin);
  }
  if (mode == "--write") write(encoder, input, readings);
  constexpr const char* kNames[] = {"best", "plain", "avx2", "vnni"};
  std::cerr << kNames[static_cast<int>(encoder.family())] << ", blocks of " << block << ": " << words
            << " words, " << static_cast<double>(words) / best << " words per CPU second\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr
        << "usage: bench_encoder MODEL FILE.conllu [best|plain|avx2|vnni|--write|--pieces] [BLOCK] [RUNS]\n";
    return 2;
  }
  const std::string_view mode = argc > 3 ? argv[3] : "best";
  const int block = argc > 4 ? std::stoi(argv[4]) : 192;
  const int runs = mode == "--write" ? 1 : argc > 5 ? std::stoi(argv[5]) : 5;
  const double before = cpu_seconds();
  const Result<Encoder> opened = Encoder::open(argv[1], family_named(mode), block);
  if (!opened) {
    std::cerr << opened.error().message() << '\n';
    return 3;
  }
  std::cerr << "opened in " << cpu_seconds() - before << " s\n";
  const Input input = read_input(argv[2]);
  if (mode == "--pieces") {
    write_pieces(opened.value(), input);
  } else {
    time_reading(opened.value(), input, mode, block, runs);
  }
  return 0;
}
