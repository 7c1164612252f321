// Several processes on one store, and processes that die in the middle of their work.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

Problem numbered(const std::string& number) {
  Problem problem;
  problem.number = number;
  problem.name = "芯片虚焊 " + number;
  problem.segments = {"cells"};
  return problem;
}

/// A process that writes and tells each number once it is acknowledged.
struct Writer {
  int process = -1;
  int told = -1;

  Writer(const std::string& address, const std::function<std::string(Store&, int)>& write_one) {
    int ends[2];
    if (pipe(ends) != 0) return;
    process = fork();
    if (process != 0) {
      close(ends[1]);
      told = ends[0];
      return;
    }
    close(ends[0]);
    try {
      StoreOptions options;
      options.wait_ms = 60'000;
      Store store = Store::open(address, options);
      for (int i = 0;; ++i) {
        const std::string number = write_one(store, i);
        if (number.empty()) _exit(0);
        const std::string line = number + "\n";
        if (write(ends[1], line.data(), line.size()) < 0) _exit(0);
      }
    } catch (const std::exception& error) {
      const std::string line = std::string("!") + error.what() + "\n";
      static_cast<void>(!write(ends[1], line.data(), line.size()));
      _exit(1);
    }
  }
  /// The next number told; empty when the process has ended.
  std::string next() const {
    std::string line;
    char c = 0;
    while (read(told, &c, 1) == 1 && c != '\n') line += c;
    return line;
  }
  int ended() const {
    int status = 0;
    waitpid(process, &status, 0);
    close(told);
    return status;
  }
};

TEST_P(EveryStore, LosesNothingAcknowledgedWhenItsWriterIsKilledFiftyTimes) {
  { open().fill(full_office()); }
  std::mt19937 random(11);
  std::vector<std::string> acknowledged;
  constexpr int kills = 50;
  for (int round = 0; round < kills; ++round) {
    const Writer writer(address(), [&](Store& store, int i) {
      const std::string number = "K" + std::to_string(round) + "-" + std::to_string(i);
      store.add(numbered(number));
      return number;
    });
    // A thousand writes in all; the kill falls anywhere between one acknowledgement and the next.
    const std::size_t until = acknowledged.size() + 10 + random() % 21;
    while (acknowledged.size() < until) {
      acknowledged.push_back(writer.next());
      ASSERT_TRUE(acknowledged.back().starts_with("K")) << acknowledged.back();
    }
    usleep(random() % 3000);
    kill(writer.process, SIGKILL);
    for (std::string number = writer.next(); !number.empty(); number = writer.next()) acknowledged.push_back(number);
    writer.ended();
    Store store = open();
    ASSERT_GE(store.list<Problem>().total, acknowledged.size() + 1) << "round " << round;
    if (round % 10 == 9) {
      ASSERT_TRUE(store.check().empty()) << "round " << round;
    }
  }
  Store store = open();
  for (const std::string& number : acknowledged) ASSERT_TRUE(store.find<Problem>(number)) << number;
  EXPECT_LE(store.list<Problem>().total, acknowledged.size() + 1 + kills) << "at most one more a kill";
  EXPECT_TRUE(store.check().empty()) << "nothing is half-written";
}

TEST(StoreServer, ThatCrashesLosesNothingAcknowledged) {
  const std::string address = Server::instance().fresh_address();
  { Store::open(address).fill(full_office()); }
  const Writer writer(address, [](Store& store, int i) {
    const std::string number = "K" + std::to_string(i);
    store.add(numbered(number));
    return number;
  });
  std::vector<std::string> acknowledged;
  while (acknowledged.size() < 100) acknowledged.push_back(writer.next());
  Server::instance().crash();
  for (std::string line = writer.next(); !line.empty(); line = writer.next()) {
    if (line.starts_with("K")) acknowledged.push_back(line);
    if (line.starts_with("!")) {
      EXPECT_NE(line.find("lost, the database"), std::string::npos) << line;
    }
  }
  writer.ended();
  Store store = Store::open(address);
  for (const std::string& number : acknowledged) ASSERT_TRUE(store.find<Problem>(number)) << number;
  EXPECT_LE(store.list<Problem>().total, acknowledged.size() + 2);
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, TakesTwoWritersAtOnce) {
  { open().fill(full_office()); }
  constexpr int writes = 150;
  const auto counting = [&](const std::string& name) {
    return [name](Store& store, int i) -> std::string {
      if (i == writes) return {};
      store.add(numbered(name + std::to_string(i)));
      // Both count in one record; who comes second reads again.
      while (true) {
        Entry<Problem> seen = *store.find<Problem>("P1");
        seen.record.ideas = std::to_string(seen.record.ideas.empty() ? 1 : std::stoi(seen.record.ideas) + 1);
        try {
          store.change(seen.number, seen.version, seen.record);
          return name;
        } catch (const Error& error) {
          if (error.code() != ErrorCode::conflict) throw;
        }
      }
    };
  };
  const Writer a(address(), counting("A"));
  const Writer b(address(), counting("B"));
  for (const Writer* writer : {&a, &b}) {
    for (std::string line = writer->next(); !line.empty(); line = writer->next())
      ASSERT_FALSE(line.starts_with("!")) << line;
    EXPECT_EQ(writer->ended(), 0);
  }
  Store store = open();
  EXPECT_EQ(store.list<Problem>().total, 2U * writes + 1);
  EXPECT_EQ(store.find<Problem>("P1")->record.ideas, std::to_string(2 * writes)) << "no count is lost";
  EXPECT_EQ(store.find<Problem>("P1")->version, 2 * writes + 1);
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, IsMadeOnceByManyAtOnce) {
  std::vector<std::unique_ptr<Writer>> all;
  for (int i = 0; i < 6; ++i) {
    all.push_back(std::make_unique<Writer>(address(), [i](Store& store, int turn) -> std::string {
      if (turn > 0) return {};
      Problem problem;
      problem.number = "N" + std::to_string(i);
      store.add(problem);
      return "done";
    }));
  }
  for (const auto& writer : all) {
    EXPECT_EQ(writer->next(), "done");
    EXPECT_EQ(writer->ended(), 0);
  }
  EXPECT_EQ(open().list<Problem>().total, 6U);
  EXPECT_TRUE(open().check().empty());
}

TEST_P(EveryStore, SaysWhenAnotherKeepsWriting) {
  { open().fill(full_office()); }
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  const int process = fork();
  if (process == 0) {
    // A writer that holds the lock, as a long import does.
    StoreOptions options;
    options.clock = [&] {
      char c = 'x';
      static_cast<void>(!write(ready[1], &c, 1));
      static_cast<void>(!read(done[0], &c, 1));
      return std::string("2025-01-01");
    };
    try {
      Store store = Store::open(address(), options);
      store.add(numbered("SLOW"));
    } catch (...) {
    }
    _exit(0);
  }
  char c = 0;
  // Opening asks for the time once, for a migration that may come.
  ASSERT_EQ(read(ready[0], &c, 1), 1);
  ASSERT_EQ(write(done[1], &c, 1), 1);
  ASSERT_EQ(read(ready[0], &c, 1), 1);
  StoreOptions hasty;
  hasty.wait_ms = 50;
  Store store = Store::open(address(), hasty);
  const Error error = error_of([&] { store.add(numbered("FAST")); });
  EXPECT_EQ(error.code(), ErrorCode::conflict);
  EXPECT_TRUE(says(error, "try again"));
  EXPECT_EQ(store.list<Problem>().total, 1U) << "readers wait for nobody";
  ASSERT_EQ(write(done[1], &c, 1), 1);
  waitpid(process, nullptr, 0);
  for (const int end : {ready[0], ready[1], done[0], done[1]}) close(end);
  store.add(numbered("FAST"));
  EXPECT_EQ(store.list<Problem>().total, 3U);
}

}  // namespace
}  // namespace chainqual::testing
