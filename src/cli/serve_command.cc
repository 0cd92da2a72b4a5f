// `polybius serve`: the HTTP API and the page, until it is told to stop.
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/command.h"
#include "server/server.h"

namespace polybius {
namespace {

/// Each connection is an open file.
void allow_many_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// SIGTERM and SIGINT wait until they are asked for; no thread that is started later gets them.
sigset_t hold_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

int run_serve(ServerOptions options) {
  if (const char* token = std::getenv("POLYBIUS_TOKEN"); options.token.empty() && token != nullptr)
    options.token = token;
  allow_many_files();
  const sigset_t signals = hold_signals();
  options.log = show_fault;
  auto server = Server::start(options);
  if (!server) {
    const bool usage = server.error().code == "E-SRV-10" || server.error().code == "E-SRV-12";
    show_fault(server.error());
    return usage ? kUsage : kFailed;
  }
  std::printf("%s\n", server.value()->address().c_str());
  std::fflush(stdout);
  std::fprintf(stderr, "polybius: %zu documents; Ctrl-C ends it\n", server.value()->documents());
  int signal = 0;
  sigwait(&signals, &signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // a second one ends it at once
  server.value()->stop();
  return kDone;
}

}  // namespace

void add_serve_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("serve", "answer a web page and an HTTP API from a store");
  command->footer(
      "Prints the address on standard output. docs/api.md shows what can be asked.\n\n"
      "Examples:\n"
      "  polybius serve --db news.db\n"
      "  polybius serve --db postgresql://localhost/news --port 9000\n"
      "  POLYBIUS_TOKEN=$(openssl rand -hex 16) polybius serve --db news.db --address 0.0.0.0 --host "
      "news.example");
  const auto options = std::make_shared<ServerOptions>();
  const auto model = std::make_shared<std::string>();
  const auto lexicons = std::make_shared<std::vector<std::string>>();
  add_store_option(*command, options->db);
  command->add_option("--address", options->address, "listen on ADDRESS (default: 127.0.0.1)")
      ->type_name("ADDRESS");
  command->add_option("--port", options->port, "listen on port N (default: 8080; 0: any that is free)")
      ->type_name("N");
  command
      ->add_option("--token", options->token,
                   "what every request must bear; needed unless on loopback (or in POLYBIUS_TOKEN)")
      ->type_name("TOKEN");
  command->add_option("--host", options->hosts, "a further name that the server goes by (may be repeated)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--jobs", options->threads, "threads that answer (default: all, at least 4)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->add_option("--model", *model, "weights to use for articles that are posted")->type_name("FILE");
  command->add_option("--lexicon", *lexicons, "add tables of your own (a file or folder; may be repeated)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command->callback([options, model, lexicons, &status] {
    options->coder.model = model_path(*model);
    options->coder.lexicons.assign(lexicons->begin(), lexicons->end());
    status = run_serve(*options);
  });
}

}  // namespace polybius
