#include "chainqual/io/file.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <array>

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

TEST(FileBytes, MapsFilesAndReadsPipes) {
  const Folder folder;
  put(folder / "a", "bytes");
  EXPECT_EQ(FileBytes::open(folder / "a").view(), "bytes");
  put(folder / "empty", "");
  EXPECT_EQ(FileBytes::open(folder / "empty").size(), 0U);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ASSERT_EQ(::write(ends[1], "through", 7), 7);
  ::close(ends[1]);
  EXPECT_EQ(FileBytes::open("/proc/self/fd/" + std::to_string(ends[0])).view(), "through");
  ::close(ends[0]);
}

TEST(FileBytes, SaysWhatIsMissingOrTooLong) {
  const Folder folder;
  const auto code = [](auto&& open) {
    try {
      static_cast<void>(open());
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code([&] { return FileBytes::open(folder / "none"); }), ErrorCode::not_found);
  EXPECT_EQ(code([&] { return FileBytes::open(folder.path()); }), ErrorCode::io_failure);
  put(folder / "long", "123456");
  EXPECT_EQ(code([&] { return FileBytes::open(folder / "long", 5); }), ErrorCode::limit_exceeded);
}

TEST(FileBytes, DroppedPagesAreReadAgain) {
  const Folder folder;
  const std::string content(1 << 20, 'x');
  put(folder / "a", content);
  const auto bytes = FileBytes::open(folder / "a");
  bytes.drop(bytes.view());
  EXPECT_EQ(bytes.view(), content);
  const auto memory = FileBytes::of(content);
  memory.drop(memory.view());
  EXPECT_EQ(memory.view(), content);
}

TEST(OutputFile, OldContentStandsUntilTheCommit) {
  const Folder folder;
  put(folder / "t", "old");
  {
    OutputFile file(folder / "t");
    file.write(std::string(1 << 20, 'n'));
    file.complete();
    EXPECT_EQ(get(folder / "t"), "old");
  }
  EXPECT_EQ(get(folder / "t"), "old");
  EXPECT_EQ(folder.entries(), 1U) << "nothing is left beside it";
  write_atomically(folder / "t", "new");
  EXPECT_EQ(get(folder / "t"), "new");
}

TEST(OutputFile, AThrowingWriterChangesNothing) {
  const Folder folder;
  put(folder / "t", "old");
  EXPECT_THROW(write_atomically(folder / "t",
                                [](OutputFile& file) {
                                  file.write("half");
                                  throw Error(ErrorCode::cancelled, {});
                                }),
               Error);
  EXPECT_EQ(get(folder / "t"), "old");
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(OutputFile, ReplacesBytesWrittenBefore) {
  const Folder folder;
  write_atomically(folder / "t", [](OutputFile& file) {
    file.write("....");
    file.write("tail");
    file.write_at(1, "ab");
    EXPECT_EQ(file.position(), 8U);
    EXPECT_THROW(file.write_at(7, "xx"), Error);
  });
  EXPECT_EQ(get(folder / "t"), ".ab.tail");
}

TEST(OutputFile, FollowsLinksAndKeepsPermissions) {
  const Folder folder;
  put(folder / "real", "old");
  std::filesystem::permissions(folder / "real",
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::create_symlink("real", folder / "link");
  write_atomically(folder / "link", "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(get(folder / "real"), "new");
  EXPECT_EQ(std::filesystem::status(folder / "real").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(OutputFile, SaysWhenItCannotWrite) {
  const Folder folder;
  EXPECT_THROW(OutputFile(folder / "no/such/folder"), Error);
  EXPECT_THROW(OutputFile(folder.path()), Error);
}

// The limit on file sizes stands in for a full disk: writes fail in the middle.
TEST(OutputFile, AFullDiskLeavesNothingHalfWritten) {
  const Folder folder;
  put(folder / "t", "old");
  const pid_t child = ::fork();
  if (child == 0) {
    static_cast<void>(::signal(SIGXFSZ, SIG_IGN));
    const rlimit limit{100000, 100000};
    static_cast<void>(::setrlimit(RLIMIT_FSIZE, &limit));
    try {
      write_atomically(folder / "t", std::string(1 << 20, 'n'));
    } catch (const Error& error) {
      ::_exit(error.code() == ErrorCode::io_failure ? 42 : 1);
    }
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 42);
  EXPECT_EQ(get(folder / "t"), "old");
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(OutputFile, AKillInTheMiddleLeavesNothingHalfWritten) {
  const Folder folder;
  put(folder / "t", "old");
  const pid_t child = ::fork();
  if (child == 0) {
    OutputFile file(folder / "t");
    file.write(std::string(1 << 20, 'n'));
    file.complete();
    static_cast<void>(::raise(SIGKILL));
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(get(folder / "t"), "old");
}

}  // namespace
