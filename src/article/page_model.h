// What a page's blocks look like, as numbers, and how these speak for or against their being the article.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "article/page.h"
#include "lexicon/lexicon.h"

namespace polybius {

/// How surely a class or id names something other than the article: not at all, likely, plainly.
enum class Naming : std::uint8_t { none, likely, plain };

/// What the rules made of a page; the model judges from there.
struct Selection {
  std::vector<bool> chosen;          ///< by block
  std::vector<Naming> named;         ///< by node: its own naming, or that of the subtree that was left out
  std::vector<std::uint32_t> prose;  ///< by block
  std::vector<bool> named_body;      ///< by node: its class says that it holds the article's text
  std::uint32_t body = 0;            ///< the node that holds the article
};

// Names of features, in their order: each is a row of the table `page_weights`.
// clang-format off
#define POLYBIUS_PAGE_FEATURES(X) \
  X(bias) X(chosen) X(chosen_before) X(chosen_behind) X(paragraph) X(item) X(heading) X(cell) \
  X(quote) X(preformatted) X(caption) X(words_to_3) X(words_to_9) X(words_to_24) X(words_to_59) \
  X(words_more) X(sentence) X(colon) X(linked) X(all_linked) X(capitals) X(digits) X(commas) \
  X(quotation) X(in_aside) X(in_navigation) X(in_header) X(in_footer) X(in_form) X(in_figure) \
  X(in_table) X(in_list) X(in_article) X(in_main) X(in_quote) X(named_other) X(named_plainly) \
  X(named_body) X(in_body) X(before_title) X(is_title) X(inside) X(next_to) X(near) \
  X(behind_all) X(before_all) X(parent_share) X(like_most) X(sibling_sentences) \
  X(before_sentence) X(before_linked) X(before_short) X(before_heading) X(behind_sentence) \
  X(behind_linked) X(behind_short) X(behind_heading) X(repeated) X(dated) X(copyright) \
  X(address) X(byline) X(sentence_list)
// clang-format on

enum class PageFeature : std::uint8_t {
#define POLYBIUS_FEATURE(name) name,
  POLYBIUS_PAGE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
      count
};

constexpr std::size_t page_feature_count = static_cast<std::size_t>(PageFeature::count);
using BlockFeatures = std::array<float, page_feature_count>;
/// The names of the features, in their order.
const std::array<std::string_view, page_feature_count>& page_feature_names();

/// The features of each block: all between 0 and 1.
std::vector<BlockFeatures> features_of(const HtmlPage& page, const std::vector<PageBlock>& blocks,
                                       std::string_view title, const Selection& selection);

/// The weights of the table `page_weights`, made by training/pages.py.
class PageModel {
 public:
  explicit PageModel(const Lexicon& lexicon);
  /// Whether there are any.
  bool known() const {
    return known_;
  }
  /// The chance that a block is part of the article, in thousandths: the same on every machine.
  int chance(const BlockFeatures& features) const;

 private:
  std::array<double, page_feature_count> weights_{};
  bool known_ = false;
};

}  // namespace polybius
