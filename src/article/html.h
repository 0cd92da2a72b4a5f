// HTML as a flat tree: nodes in document order, each knowing its parent and where its subtree ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/html_tokens.h"

namespace polybius {

/// The elements that matter for finding an article; all others are `other`.
enum class Tag : std::uint8_t {
  text,
  other,
  html,
  head,
  body,
  title,
  meta,
  link,
  script,
  style,
  noscript,
  template_,
  base,
  address,
  article,
  aside,
  blockquote,
  center,
  details,
  dd,
  dialog,
  div,
  dl,
  dt,
  fieldset,
  figcaption,
  figure,
  footer,
  form,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  header,
  hr,
  li,
  main,
  nav,
  ol,
  p,
  pre,
  section,
  summary,
  table,
  tbody,
  td,
  tfoot,
  th,
  thead,
  tr,
  ul,
  caption,
  a,
  abbr,
  b,
  br,
  button,
  cite,
  code,
  del,
  em,
  font,
  i,
  img,
  input,
  ins,
  label,
  mark,
  q,
  s,
  small,
  span,
  strike,
  strong,
  sub,
  sup,
  time,
  u,
  wbr,
  audio,
  canvas,
  embed,
  iframe,
  map,
  math,
  object,
  option,
  select,
  source,
  svg,
  textarea,
  video,
  picture
};

/// A node. `begin`, `end`: bytes of the source: a text node's text, or an element's attributes.
struct HtmlNode {
  Tag tag = Tag::other;
  std::uint32_t parent = 0;
  std::uint32_t last = 0;  ///< one past the last node of its subtree
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A page. Node 0 is the root and its own parent. Lives as long as the source.
struct HtmlPage {
  std::string_view source;
  std::vector<HtmlNode> nodes;
  bool cut = false;  ///< a limit was met; what follows was left out

  /// The value of an attribute as written, entities and all; empty if it is not there.
  std::string_view attribute(std::uint32_t node, std::string_view lower_name) const;
  bool has_attribute(std::uint32_t node, std::string_view lower_name) const;
  std::string_view bytes(std::uint32_t node) const {
    return source.substr(nodes[node].begin, nodes[node].end - nodes[node].begin);
  }
};

/// Reads a page as browsers do where it matters here: any bytes are a page. Cost: linear in the source,
/// whatever it nests or leaves unclosed; memory: 20 bytes a node, at most two and a half million nodes.
/// Source: WHATWG HTML 13.2, without adoption agency and foster parents.
HtmlPage parse_html(std::string_view source);

/// Whether an element begins a line of its own.
bool is_block(Tag tag);

}  // namespace polybius
