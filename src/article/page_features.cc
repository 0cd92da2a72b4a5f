// What is seen of a block: its element, its words, where it stands, what stands around it.
#include <algorithm>
#include <unordered_map>

#include "article/article.h"
#include "article/page_model.h"
#include "text/text.h"

namespace polybius {
namespace {

using F = PageFeature;

bool is_heading_tag(Tag tag) {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

/// Elements around a block that say something of it, as bits.
enum Around : std::uint16_t {
  aside = 1,
  navigation = 2,
  header = 4,
  footer = 8,
  form = 16,
  figure = 32,
  table = 64,
  list = 128,
  article = 256,
  main_part = 512,
  quoted = 1024,
  other_likely = 2048,
  other_plainly = 4096,
  body_named = 8192
};

std::uint16_t around_of(Tag tag) {
  switch (tag) {
    case Tag::aside:
      return aside;
    case Tag::nav:
      return navigation;
    case Tag::header:
      return header;
    case Tag::footer:
      return footer;
    case Tag::form:
      return form;
    case Tag::figure:
      return figure;
    case Tag::table:
      return table;
    case Tag::ul:
    case Tag::ol:
    case Tag::dl:
      return list;
    case Tag::article:
      return article;
    case Tag::main:
      return main_part;
    case Tag::blockquote:
      return quoted;
    default:
      return 0;
  }
}

/// Shares and marks of a text, in one pass.
struct Looks {
  float capitals = 0;
  float digits = 0;
  float commas = 0;
  bool quotation = false;
  bool copyright = false;
  bool address = false;
};

Looks looks_of(const PageBlock& block) {
  Looks out;
  std::size_t letters = 0;
  std::size_t capitals = 0;
  std::size_t digits = 0;
  std::size_t commas = 0;
  const std::string_view text = head_of(block.text, 2000);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    letters += static_cast<std::size_t>(is_letter(c));
    capitals += static_cast<std::size_t>(is_upper(c));
    digits += static_cast<std::size_t>(c >= '0' && c <= '9');
    commas += static_cast<std::size_t>(c == ',' || c == 0x3001 || c == 0xff0c || c == 0x60c);
    out.quotation = out.quotation || is_double_quote(c);
    out.copyright = out.copyright || c == 0xa9;
    out.address = out.address || c == '@';
  }
  out.address = out.address || text.find("http") != std::string_view::npos;
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0f : static_cast<float>(part) / static_cast<float>(whole);
  };
  out.capitals = share(capitals, letters);
  out.digits = share(digits, letters + digits);
  out.commas = std::min(1.0f, 5 * share(commas, block.words));
  return out;
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view close : {"”", "’", "\"", ")", "'", "»"}) {
    if (text.ends_with(close)) text.remove_suffix(close.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with("…") ||
         text.ends_with("。");
}

class FeatureBuilder {
 public:
  FeatureBuilder(const HtmlPage& page, const std::vector<PageBlock>& blocks, std::string_view title,
                 const Selection& selection)
      : page_(page), blocks_(blocks), title_(title), selection_(selection), around_(page.nodes.size()) {}

  std::vector<BlockFeatures> build() {
    look_around();
    gather_parents();
    gather_chosen();
    std::vector<BlockFeatures> out(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      set(out[i], F::bias, true);
      set_kind(out[i], blocks_[i]);
      set_words(out[i], blocks_[i]);
      set_around(out[i], blocks_[i]);
      set_place(out[i], i);
      set_parent(out[i], blocks_[i]);
      set_neighbours(out[i], i);
    }
    return out;
  }

 private:
  struct Parent {
    std::uint32_t prose = 0;
    std::uint32_t blocks = 0;
    std::uint32_t sentences = 0;
  };

  static void set(BlockFeatures& features, F feature, float value) {
    features[static_cast<std::size_t>(feature)] = value;
  }
  static void set(BlockFeatures& features, F feature, bool value) {
    set(features, feature, value ? 1.0f : 0.0f);
  }

  void look_around() {
    for (std::uint32_t node = 1; node < page_.nodes.size(); ++node) {
      const HtmlNode& here = page_.nodes[node];
      std::uint16_t own = around_of(here.tag);
      if (selection_.named[node] == Naming::likely) own |= other_likely;
      if (selection_.named[node] == Naming::plain) own |= other_plainly;
      if (selection_.named_body[node]) own |= body_named;
      around_[node] = static_cast<std::uint16_t>(around_[here.parent] | own);
    }
  }

  std::uint32_t parent_of(const PageBlock& block) const {
    return page_.nodes[block.node].parent;
  }

  void gather_parents() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Parent& parent = parents_[parent_of(blocks_[i])];
      parent.prose += selection_.prose[i];
      ++parent.blocks;
      const bool sentence = ends_sentence(blocks_[i].text);
      parent.sentences += static_cast<std::uint32_t>(sentence);
      sentences_.push_back(sentence);
      all_prose_ += selection_.prose[i];
      most_prose_ = std::max(most_prose_, parent.prose);
      ++texts_[blocks_[i].text.substr(0, 200)];
      if (!title_.empty() && blocks_[i].text == title_ && title_block_ == 0) title_block_ = i;
    }
  }

  void gather_chosen() {
    first_chosen_ = blocks_.size();
    std::size_t before = no_block;
    before_.assign(blocks_.size(), no_block);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      before_[i] = before;
      if (!selection_.chosen[i]) continue;
      before = i;
      first_chosen_ = std::min(first_chosen_, i);
      last_chosen_ = i;
    }
    std::size_t behind = no_block;
    behind_.assign(blocks_.size(), no_block);
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      behind_[i] = behind;
      if (selection_.chosen[i]) behind = i;
    }
  }

  static void set_kind(BlockFeatures& out, const PageBlock& block) {
    const Tag tag = block.tag;
    set(out, F::paragraph, tag == Tag::p);
    set(out, F::item, tag == Tag::li);
    set(out, F::heading, is_heading_tag(tag));
    set(out, F::cell, tag == Tag::td || tag == Tag::th || tag == Tag::dt || tag == Tag::dd);
    set(out, F::quote, tag == Tag::blockquote);
    set(out, F::preformatted, tag == Tag::pre);
    set(out, F::caption, tag == Tag::figcaption || tag == Tag::caption);
  }

  void set_words(BlockFeatures& out, const PageBlock& block) const {
    const std::uint32_t words = block.letters > 12 * block.words ? block.letters / 6 : block.words;
    const bool sentence = ends_sentence(block.text);
    set(out, F::words_to_3, words <= 3);
    set(out, F::words_to_9, words > 3 && words <= 9);
    set(out, F::words_to_24, words > 9 && words <= 24);
    set(out, F::words_to_59, words > 24 && words <= 59);
    set(out, F::words_more, words > 59);
    set(out, F::sentence, sentence);
    set(out, F::colon, block.text.ends_with(':'));
    const float linked =
        block.letters == 0
            ? 0.0f
            : std::min(1.0f, static_cast<float>(block.link_letters) / static_cast<float>(block.letters));
    set(out, F::linked, linked);
    set(out, F::all_linked, linked > 0.9f);
    const Looks looks = looks_of(block);
    set(out, F::capitals, looks.capitals);
    set(out, F::digits, looks.digits);
    set(out, F::commas, looks.commas);
    set(out, F::quotation, looks.quotation);
    set(out, F::copyright, looks.copyright);
    set(out, F::address, looks.address);
    set(out, F::byline, words <= 24 && says_by(block.text));
    set(out, F::dated, words <= 15 && looks.digits > 0 && iso_date_of(block.text).has_value());
    const auto same = texts_.find(block.text.substr(0, 200));
    set(out, F::repeated, same != texts_.end() && same->second > 1);
  }

  void set_around(BlockFeatures& out, const PageBlock& block) const {
    const std::uint16_t bits = around_[block.node];
    static constexpr std::array<std::pair<std::uint16_t, F>, 14> names{{{aside, F::in_aside},
                                                                        {navigation, F::in_navigation},
                                                                        {header, F::in_header},
                                                                        {footer, F::in_footer},
                                                                        {form, F::in_form},
                                                                        {figure, F::in_figure},
                                                                        {table, F::in_table},
                                                                        {list, F::in_list},
                                                                        {article, F::in_article},
                                                                        {main_part, F::in_main},
                                                                        {quoted, F::in_quote},
                                                                        {other_likely, F::named_other},
                                                                        {other_plainly, F::named_plainly},
                                                                        {body_named, F::named_body}}};
    for (const auto& [bit, feature] : names) set(out, feature, (bits & bit) != 0);
    set(out, F::in_body, block.node >= selection_.body && block.node < page_.nodes[selection_.body].last);
  }

  void set_place(BlockFeatures& out, std::size_t i) const {
    set(out, F::chosen, bool(selection_.chosen[i]));
    set(out, F::chosen_before, i > 0 && selection_.chosen[i - 1]);
    set(out, F::chosen_behind, i + 1 < blocks_.size() && selection_.chosen[i + 1]);
    set(out, F::before_title, i < title_block_);
    set(out, F::is_title, !title_.empty() && blocks_[i].text == title_);
    if (first_chosen_ == blocks_.size()) return;
    std::size_t distance = no_block;
    if (before_[i] != no_block) distance = std::min(distance, i - before_[i]);
    if (behind_[i] != no_block) distance = std::min(distance, behind_[i] - i);
    set(out, F::inside, i >= first_chosen_ && i <= last_chosen_);
    set(out, F::next_to, distance <= 1);
    set(out, F::near, distance > 1 && distance <= 4);
    set(out, F::behind_all, i > last_chosen_);
    set(out, F::before_all, i < first_chosen_);
  }

  void set_parent(BlockFeatures& out, const PageBlock& block) const {
    const auto found = parents_.find(parent_of(block));
    if (found == parents_.end()) return;
    const Parent& parent = found->second;
    if (all_prose_ > 0)
      set(out, F::parent_share, static_cast<float>(parent.prose) / static_cast<float>(all_prose_));
    set(out, F::like_most, parent.prose > 0 && parent.prose == most_prose_);
    const float sentences = static_cast<float>(parent.sentences) / static_cast<float>(parent.blocks);
    set(out, F::sibling_sentences, sentences);
    set(out, F::sentence_list, (around_[block.node] & list) != 0 && sentences > 0.5f);
  }

  void set_neighbours(BlockFeatures& out, std::size_t i) const {
    const auto short_one = [](const PageBlock& block) { return block.words <= 4; };
    const auto linked = [](const PageBlock& block) { return block.link_letters * 2 > block.letters; };
    if (i > 0) {
      const PageBlock& before = blocks_[i - 1];
      set(out, F::before_sentence, bool(sentences_[i - 1]));
      set(out, F::before_linked, linked(before));
      set(out, F::before_short, short_one(before));
      set(out, F::before_heading, is_heading_tag(before.tag));
    }
    if (i + 1 < blocks_.size()) {
      const PageBlock& behind = blocks_[i + 1];
      set(out, F::behind_sentence, bool(sentences_[i + 1]));
      set(out, F::behind_linked, linked(behind));
      set(out, F::behind_short, short_one(behind));
      set(out, F::behind_heading, is_heading_tag(behind.tag));
    }
  }

  static constexpr std::size_t no_block = static_cast<std::size_t>(-1);
  const HtmlPage& page_;
  const std::vector<PageBlock>& blocks_;
  std::string_view title_;
  const Selection& selection_;
  std::vector<std::uint16_t> around_;                  // by node
  std::unordered_map<std::uint32_t, Parent> parents_;  // by node; looked up only
  std::unordered_map<std::string, std::uint32_t> texts_;
  std::vector<bool> sentences_;
  std::vector<std::size_t> before_;  // the nearest chosen block
  std::vector<std::size_t> behind_;
  std::uint32_t all_prose_ = 0;
  std::uint32_t most_prose_ = 0;
  std::size_t title_block_ = 0;
  std::size_t first_chosen_ = 0;
  std::size_t last_chosen_ = 0;
};

}  // namespace

std::vector<BlockFeatures> features_of(const HtmlPage& page, const std::vector<PageBlock>& blocks,
                                       std::string_view title, const Selection& selection) {
  return FeatureBuilder(page, blocks, title, selection).build();
}

}  // namespace polybius
