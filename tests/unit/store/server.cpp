#include "unit/store/server.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace chainqual::testing {
namespace {

const std::string programs = CHAINQUAL_POSTGRESQL;

/// The words that start a program as who may run a server: the database does not let root do so.
std::vector<std::string> unprivileged() {
  std::vector<std::string> words{"setpriv", "--pdeathsig", "INT"};
  if (getuid() == 0) {
    for (const char* word : {"--reuid", "postgres", "--regid", "postgres", "--clear-groups"}) words.emplace_back(word);
  }
  return words;
}

/// Starts a program with its output thrown away.
int started(std::vector<std::string> words) {
  std::vector<char*> raw;
  for (auto& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  const int process = fork();
  if (process != 0) return process;
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) dup2(nothing, stream);
  execvp(raw[0], raw.data());
  _exit(127);
}

void finished(int process, const std::string& what) {
  int status = 0;
  waitpid(process, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(what + " failed");
}

struct Freed {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};

}  // namespace

Server& Server::instance() {
  static Server one;
  return one;
}

Server::Server() {
  std::string name = "/tmp/chainqual-pg-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  if (getuid() == 0) {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr || chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("the user postgres is missing: install Debian's postgresql");
    }
  }
  auto words = unprivileged();
  for (const std::string& word :
       {programs + "/initdb", std::string("--pgdata=" + folder_ + "/data"), std::string("--username=postgres"),
        std::string("--auth=trust"), std::string("--encoding=UTF8"), std::string("--locale=C"),
        std::string("--no-sync")}) {
    words.push_back(word);
  }
  finished(started(words), "initdb");
  start();
}

void Server::start() {
  auto words = unprivileged();
  for (const std::string& word : {programs + "/postgres", std::string("-D"), folder_ + "/data", std::string("-k"),
                                  folder_, std::string("-c"), std::string("listen_addresses=")}) {
    words.push_back(word);
  }
  process_ = started(words);
  const std::string address = "postgresql:///postgres?host=" + folder_ + "&user=postgres";
  constexpr int tries = 1200;
  for (int i = 0; i < tries; ++i) {
    const std::unique_ptr<PGconn, Freed> connection(PQconnectdb(address.c_str()));
    if (PQstatus(connection.get()) == CONNECTION_OK) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("the server does not start");
}

Server::~Server() {
  kill(process_, SIGQUIT);  // nothing of it is kept
  waitpid(process_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Server::crash() {
  kill(process_, SIGQUIT);  // "immediate": every process ends at once, nothing is written
  waitpid(process_, nullptr, 0);
  start();
}

std::string Server::fresh_address() {
  const std::string schema = "t" + std::to_string(++schemas_);
  const std::string base = "postgresql:///postgres?host=" + folder_ + "&user=postgres";
  const std::string made = run_postgresql(base, "CREATE SCHEMA " + schema);
  if (!made.empty()) throw std::runtime_error(made);
  return base + "&options=-csearch_path%3D" + schema;
}

std::string run_postgresql(const std::string& address, const std::string& sql) {
  const std::unique_ptr<PGconn, Freed> connection(PQconnectdb(address.c_str()));
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, Freed> result(PQexec(connection.get(), sql.c_str()));
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return PQerrorMessage(connection.get());
  return PQntuples(result.get()) == 0 ? std::string() : PQgetvalue(result.get(), 0, 0);
}

}  // namespace chainqual::testing
