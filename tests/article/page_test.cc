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

TEST_CASE("the title is the heading that readers see, even where metadata words it otherwise") {
  const std::string body = "<p>" + first + "</p><p>" + second + "</p>";
  const auto shortened =
      page_article(news_page("<meta property=\"og:title\" content=\"HS bridge vote: council says yes\">",
                             "<h1>High school bridge vote: the council says yes after all</h1>" + body));
  CHECK(shortened.title == "High school bridge vote: the council says yes after all");
  // A site's name as the heading is no title.
  const auto site = page_article(
      "<title>Bridge agreed at last - The River Post</title><h1>The River Post</h1><h2>"
      "Bridge agreed at last</h2>" +
      body);
  CHECK(site.title == "Bridge agreed at last");
}

TEST_CASE("authors are names, without what bylines print around them") {
  const auto authors_of = [](const std::string& head, const std::string& byline) {
    return page_article(news_page(head, "<h1>Bridge agreed</h1>" + byline + "<p>" + first + "</p><p>" +
                                            second + "</p>"))
        .authors;
  };
  using Names = std::vector<std::string>;
  CHECK(authors_of("", "<p>By Jo Roe, Max Moe and Ana de la Cruz | 24 October 2025</p>") ==
        Names{"Jo Roe", "Max Moe", "Ana de la Cruz"});
  CHECK(authors_of("<meta name=author content=\"Jo Roe, RPN\">", "") == Names{"Jo Roe"});
  CHECK(authors_of("<meta name=author content=\"Analysis by Jo Roe, RPN Editor-at-large\">", "") ==
        Names{"Jo Roe"});
  CHECK(authors_of("", "<div class=byline>By RIVER POST STAFF OCTOBER 24, 2025 10:43</div>") ==
        Names{"RIVER POST STAFF"});
  CHECK(authors_of("", "<div class=\"author-name\">Jo Roe</div>") == Names{"Jo Roe"});
  CHECK(authors_of("", "<p>By • ‘Abd al-Karim Roe • </p>") == Names{"‘Abd al-Karim Roe"});
  CHECK(authors_of("", "<p>by:©\"Ａ Roe</p>") == Names{"©\"Ａ Roe"});
  CHECK(authors_of("", "<p>Von Jo Roe</p>") == Names{"Jo Roe"});
  // Named elsewhere in the graph; the publisher is nobody; those who comment are not authors.
  const std::string graph =
      "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#p\"}},"
      "{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Jo Roe\"}]}</script>";
  CHECK(authors_of(graph, "") == Names{"Jo Roe"});
  const std::string publisher =
      "<script "
      "type=\"application/"
      "ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\",\"name\":"
      "\"The River Post\"},\"publisher\":{\"@type\":\"Organization\",\"name\":\"The River Post\"}}</script>";
  CHECK(authors_of(publisher, "<span class=byline>By Jo Roe</span>") == Names{"Jo Roe"});
  CHECK(authors_of("", "<div class=\"comments\"><div itemprop=\"author\">Max Moe</div></div>").empty());
}

TEST_CASE("dates are read from broken JSON-LD, from the page around the article, and in other languages") {
  const std::string body = "<h1>Bridge agreed</h1><p>" + first + "</p><p>" + second + "</p>";
  CHECK(page_article(
            news_page("<script type=\"application/ld+json\">{\"@type\":\"Article\",\"description\":\"He said "
                      "\"no\" to it\",\"datePublished\":\"2025-10-24\"}</script>",
                      body))
            .published == "2025-10-24");
  CHECK(page_article(news_page("<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebPage\","
                               "\"datePublished\":\"2025-10-24T08:00:00Z\"}]}</script>",
                               body))
            .published == "2025-10-24T08:00:00Z");
  for (const char* line : {"Veröffentlicht am 24. Oktober 2025", "24 octobre 2025", "24 de octubre de 2025",
                           "24 октября 2025", "24 października 2025", "2025년 10월 24일", "2025年10月24日"}) {
    CAPTURE(line);
    CHECK(page_article(news_page("", "<h1>Bridge agreed</h1><p>" + std::string(line) + "</p><p>" + first +
                                         "</p><p>" + second + "</p>"))
              .published == "2025-10-24");
  }
}

TEST_CASE("a canonical address without a host is made whole by the page's own") {
  const std::string body = "<p>" + first + "</p>";
  const auto url_of = [&](const std::string& href) {
    return page_article(news_page("<link rel=canonical href=\"" + href + "\">", body),
                        "https://river.example/a?utm=1")
        .url;
  };
  CHECK(url_of("/news/1") == "https://river.example/news/1");
  CHECK(url_of("//www.river.example/1") == "https://www.river.example/1");
  CHECK(url_of("https://river.example/2") == "https://river.example/2");
  CHECK(url_of("news/1").empty());
}

TEST_CASE("a live blog gives its entries, newest first as they stand") {
  std::string entries;
  for (int i = 5; i > 0; --i) {
    entries += "<div class=\"live-entry\"><time datetime=\"2025-10-24T1" + std::to_string(i) + ":00:00Z\">1" +
               std::to_string(i) + ":00</time><h3>Entry " + std::to_string(i) + "</h3><p>" + first +
               " It was vote number " + std::to_string(i) + ".</p></div>";
  }
  const auto article = page_article(news_page(
      "<script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\",\"datePublished\":\"2025-10-24T"
      "10:00:00Z\",\"headline\":\"Council votes: live\"}</script>",
      "<h1>Council votes: live</h1><div class=\"live-blog\">" + entries + "</div>"));
  CHECK(article.published == "2025-10-24T10:00:00Z");
  std::size_t at = 0;
  for (int i = 5; i > 0; --i) {
    at = article.text.find("It was vote number " + std::to_string(i), at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("of a paywall's stub the beginning is kept, and it is said") {
  const auto article = page_article(news_page(
      "<script "
      "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</script>",
      "<article><h1>Bridge agreed</h1><p>" + first + "</p><p>" + second +
          "</p><div class=\"paywall-promo\"><p>Subscribe to continue reading</p><p>Already a subscriber? Log "
          "in</p></div></article>"));
  CHECK(article.text == first + "\n" + second);
  bool said = false;
  for (const Warning& warning : article.warnings) said = said || warning.code == "paywall";
  CHECK(said);
}

TEST_CASE("cookie walls, comments and captions stay out, lists and quotations stay in") {
  const auto article = page_article(news_page(
      "",
      "<div id=\"cookie-consent\"><p>We and our partners store and read information on your device to show "
      "you "
      "advertisements and to count our readers, as our policy explains at "
      "length.</p><button>Accept</button></div>"
      "<article><h1>Bridge agreed</h1><p>" +
          first +
          "</p><ul><li>The bridge is to be two hundred metres long.</li><li>It will cost nine "
          "million.</li></ul>"
          "<blockquote><p>“We are glad of it,” said the miller.</p></blockquote><figure><img src=x>"
          "<figcaption>The old mill seen from the ferry in the morning.</figcaption></figure><p>" +
          second +
          "</p></article><section class=\"comments-area\"><h2>2 comments</h2><div class=\"comment\"><p>I "
          "have "
          "always said that one bridge is quite enough for a valley like ours.</p></div></section>"));
  CHECK(article.text ==
        first +
            "\nThe bridge is to be two hundred metres long.\nIt will cost nine million.\n“We are glad of "
            "it,” said the miller.\n" +
            second);
}

TEST_CASE("a page without text says so") {
  const auto article = page_article("<html><script>document.write('x')");
  CHECK(article.text.empty());
  REQUIRE(!article.warnings.empty());
  CHECK(article.warnings[0].code == "no_text");
}
