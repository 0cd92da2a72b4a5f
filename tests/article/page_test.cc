// Whole pages, written for the purpose: the article comes out, the page around it does not.
#include <doctest/doctest.h>

#include "article/article.h"

using namespace polybius;

namespace {

Article page_article(const std::string& html, const std::string& url = "") {
  static const Cleaner cleaner(Lexicon::builtin());
  Document document;
  document.form = BodyForm::html;
  document.text = html;
  document.origin.url = url;
  return cleaner.clean(document);
}

const std::string first =
    "The river council agreed on Friday to build a second bridge near the old mill, its chair said.";
const std::string second =
    "Work is to begin in spring, after the floods, and will last two years if the money is found.";
const std::string third =
    "Fishermen had asked for a ferry instead, but the council did not put that to a vote.";

std::string news_page(const std::string& head, const std::string& body) {
  return "<!doctype html><html lang=\"en-GB\"><head><title>Bridge agreed | The River Post</title>" + head +
         "</head><body><nav><ul><li><a href=\"/\">Home</a><li><a href=\"/news\">News of the whole "
         "valley</a></ul></nav>" +
         body +
         "<footer><p>The River Post is printed every day by people who like rivers and their bridges a "
         "lot.</p></footer></body></html>";
}

}  // namespace

TEST_CASE("a page's article is its prose without navigation, teasers, captions and comments") {
  const auto article =
      page_article(news_page("",
                             "<div class=\"page has-sidebar\"><article><h1>Bridge agreed</h1><div "
                             "class=\"byline\">By Jo Roe</div><span>24 October 2025</span>"
                             "<p>" +
                                 first +
                                 "</p><figure><img src=x><figcaption>The old mill in the morning, as seen "
                                 "from the ferry.</figcaption></figure>"
                                 "<p>" +
                                 second +
                                 "</p><div class=\"related-stories\"><p>Read here how the council came to "
                                 "hold a vote on its own pay.</p></div>"
                                 "<h2>A ferry instead</h2><p>" +
                                 third +
                                 "</p></article>"
                                 "<aside><p>Subscribers of our paper get a boat trip on the river once a "
                                 "year, with lunch.</p></aside>"
                                 "<div id=\"comments\"><p>I have always said that a second bridge is one "
                                 "bridge too many for us.</p></div></div>"));
  CHECK(article.text == first + "\n" + second + "\nA ferry instead\n" + third);
  CHECK(article.title == "Bridge agreed");
  CHECK(article.language == "en");
  CHECK(article.published == "2025-10-24");
}

TEST_CASE("teasers of other stories under the article are left out") {
  std::string teasers;
  for (int i = 0; i < 8; ++i) {
    teasers += "<div><h3><a href=\"/" + std::to_string(i) +
               "\">Another story of the day</a></h3><span>Jo Roe</span>"
               "<p>In another village the people met to talk about their wells, and they did not agree at "
               "all.</p></div>";
  }
  const auto article = page_article(news_page("", "<main><div><h1>Bridge agreed</h1><div><p>" + first +
                                                      "</p><p>" + second + "</p><p>" + third +
                                                      "</p></div></div><div>" + teasers + "</div></main>"));
  CHECK(article.text == first + "\n" + second + "\n" + third);
}

TEST_CASE("metadata is read from JSON-LD, then Open Graph, then what is seen") {
  const std::string body = "<h1>Bridge agreed</h1><p>" + first + "</p><p>" + second + "</p>";
  const auto linked = page_article(news_page(
      "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Bridge "
      "agreed\","
      "\"datePublished\":\"2025-10-24T08:00:00+02:00\",\"author\":[{\"name\":\"Jo Roe\"},{\"name\":\"By Max "
      "Moe\"}]}]}</script>"
      "<link rel=\"canonical\" href=\"https://river.example/a\"><meta property=\"article:published_time\" "
      "content=\"2024-01-01\">",
      body));
  CHECK(linked.published == "2025-10-24T08:00:00+02:00");
  CHECK(linked.published_by == PublishedBy::metadata);
  CHECK(linked.authors == std::vector<std::string>{"Jo Roe", "Max Moe"});
  CHECK(linked.url == "https://river.example/a");
  const auto graph = page_article(news_page(
      "<meta property=\"og:title\" content=\"Bridge &amp; mill\"><meta name=\"author\" content=\"Jo Roe\">"
      "<meta property=\"article:published_time\" content=\"2025-10-24T06:00:00Z\">",
      "<p>" + first + "</p><p>" + second + "</p>"));
  CHECK(graph.title == "Bridge & mill");
  CHECK(graph.authors == std::vector<std::string>{"Jo Roe"});
  CHECK(graph.published == "2025-10-24T06:00:00Z");
  const auto address = page_article(news_page("", body), "https://river.example/2025/10/24/bridge");
  CHECK(address.published == "2025-10-24");
  CHECK(address.published_by == PublishedBy::url);
}

TEST_CASE("a date given for inputs without one yields to the page's own") {
  static const Cleaner cleaner(Lexicon::builtin());
  Document document;
  document.form = BodyForm::html;
  document.text = "<meta name=date content=2025-10-24><p>" + first + "</p>";
  document.published = "2020-01-01";
  document.published_by = PublishedBy::none;
  CHECK(cleaner.clean(document).published == "2025-10-24");
  document.published_by = PublishedBy::given;
  CHECK(cleaner.clean(document).published == "2020-01-01");
}

TEST_CASE("line breaks part paragraphs, and a page without prose still gives its lines") {
  CHECK(page_article("<body><div>" + first + "<br><br>" + second + "</div>").text == first + "\n" + second);
  CHECK(page_article("<p>Two words</p>").text == "Two words");
  CHECK(page_article("").text.empty());
}
