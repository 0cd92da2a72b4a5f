// Markup as it comes: what the tokenizer and the tree make of it, and that hostile shapes cost no more than
// their length.
#include "article/html.h"

#include <doctest/doctest.h>

#include <chrono>

#include "article/page.h"
#include "article/page_model.h"
#include "text/text.h"

using namespace polybius;

namespace {

/// "div(p(one)p(two))": the tree as text.
std::string tree_of(const std::string& source) {
  const HtmlPage page = parse_html(source);
  std::string out;
  std::vector<std::uint32_t> open;
  for (std::uint32_t node = 1; node < page.nodes.size(); ++node) {
    while (!open.empty() && page.nodes[open.back()].last <= node) {
      out += ')';
      open.pop_back();
    }
    if (page.nodes[node].tag == Tag::text) {
      out += page.bytes(node);
      continue;
    }
    const std::size_t name = source.rfind('<', page.nodes[node].begin);
    out += source.substr(name + 1, page.nodes[node].begin - name - 1) + '(';
    open.push_back(node);
  }
  return out + std::string(open.size(), ')');
}

std::string text_of_page(const std::string& source) {
  const HtmlPage page = parse_html(source);
  std::string out;
  for (const PageBlock& block : blocks_of(page)) out += block.text + "|";
  return out;
}

std::string repeated(const std::string& piece, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("elements end where browsers end them") {
  CHECK(tree_of("<div><p>one<p>two</div>three") == "div(p(one)p(two))three");
  CHECK(tree_of("<ul><li>a<ul><li>b</ul><li>c</ul>") == "ul(li(aul(li(b)))li(c))");
  CHECK(tree_of("<table><tr><td>a<td>b<tr><td>c</table>d") == "table(tr(td(a)td(b))tr(td(c)))d");
  CHECK(tree_of("<p>a<b>b</p>c") == "p(ab(b))c");
  CHECK(tree_of("<div><i>a</div>b</i>c") == "div(i(a))bc");
  CHECK(tree_of("<table><td>a</div>b</table>c") == "table(td(ab))c");
  CHECK(tree_of("<x-a><p>a</p></x-a>b") == "x-a(p(a))b");
  CHECK(tree_of("<br>a<img src=x>b") == "br()aimg()b");
}

TEST_CASE("what is not markup is text or nothing") {
  CHECK(tree_of("a < b <3 c") == "a < b <3 c");
  CHECK(tree_of("a<!-- <p> -->b<!doctype x>c<?php x ?>d") == "abcd");
  CHECK(tree_of("<p title=\"a>b\">c</p>") == "p(c)");
  CHECK(text_of_page("a<script>if (a</b>) x</script>b<style>p{}</style>") == "ab|");
  CHECK(text_of_page("<script>never closed<p>text</p>") == "");
  CHECK(text_of_page("text <a href='never closed") == "text|");
  CHECK(text_of_page("<p>shown</p><p hidden>not</p><div style='display:none'>nor</div>") == "shown|");
}

TEST_CASE("attributes are found whatever their quoting and case") {
  const std::string source = "<a HREF=x/y class = 'b c' data-x=\"1\" class=z disabled>t</a>";
  const HtmlPage page = parse_html(source);
  CHECK(page.attribute(1, "href") == "x/y");
  CHECK(page.attribute(1, "class") == "b c");
  CHECK(page.has_attribute(1, "disabled"));
  CHECK(page.attribute(1, "none").empty());
}

TEST_CASE("character references are decoded as browsers do") {
  CHECK(decode_references("a &amp; b &eacute; &#233; &#xE9; &#147;x&#148; &nbsp;") ==
        "a & b é é é “x” \xc2\xa0");
  CHECK(decode_references("&unknown; &amp &; &#; &#x; a&b &notit; &notin; &") ==
        "&unknown; & &; &#; &#x; a&b ¬it; ∉ &");
  CHECK(decode_references("?x=1&copy=2&amp;y", ReferencePlace::attribute) == "?x=1&copy=2&y");
  CHECK(decode_references("&#0;&#xD800;&#x110000;&#99999999999;") ==
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("hostile shapes keep their text") {
  const std::string prose = "<p>The council met on Friday and decided to build a bridge over the river.</p>";
  const std::vector<std::string> shapes{repeated("<div>", 200'000) + prose,
                                        "<p" + repeated(" a=b", 300'000) + ">" + prose,
                                        repeated("<b>", 50'000) + prose + repeated("</i>", 50'000),
                                        repeated("<i><div><b>", 20'000) + prose + repeated("</i>", 50'000),
                                        repeated("<p><b>", 20'000) + prose + repeated("</p>", 50'000),
                                        repeated("<table><td>", 30'000) + prose + repeated("</div>", 50'000),
                                        prose + repeated("&amp;", 1'000'000),
                                        prose + repeated("<a \"", 100'000),
                                        prose + repeated("<!--", 100'000),
                                        prose + repeated("<script>", 100'000),
                                        prose + repeated("</", 200'000),
                                        repeated("<ul><li>", 50'000) + prose + repeated("</li>", 60'000)};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    CAPTURE(i);
    const HtmlPage page = parse_html(shapes[i]);
    const auto blocks = blocks_of(page);
    bool found = false;
    for (const PageBlock& block : blocks)
      found = found || block.text.find("build a bridge") != std::string::npos;
    CHECK(found);
    CHECK(!article_blocks(page, blocks, "", PageModel(Lexicon::builtin())).empty());
  }
}
