#include "chainqual/io/file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace chainqual {
inline namespace v1 {
namespace files {

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  void close() noexcept {
    if (number_ >= 0) static_cast<void>(::close(std::exchange(number_, -1)));
  }

 private:
  int number_;
};

}  // namespace files

Text reason_of(int error) {
  switch (error) {
    case ENOENT:
      return {"没有这个文件或文件夹，请核对路径", "no such file or folder; check the path"};
    case ENOTDIR:
      return {"路径中有一段不是文件夹，请核对路径", "a part of the path is no folder; check the path"};
    case EISDIR:
      return {"这是文件夹，请给出文件名", "it is a folder; name a file"};
    case EACCES:
    case EPERM:
      return {"没有权限，请检查文件和文件夹的权限", "permission denied; check the rights to the file and its folder"};
    case EROFS:
      return {"磁盘是只读的，请另选位置", "the disk is read-only; choose another place"};
    case ENOSPC:
      return {"磁盘已满，请腾出空间", "the disk is full; make room"};
    case EDQUOT:
      return {"超出磁盘配额，请腾出空间", "the disk quota is used up; make room"};
    case EFBIG:
      return {"文件超过系统的上限", "the file is longer than the system allows"};
    case ENAMETOOLONG:
      return {"文件名过长，请改短", "the name is too long; shorten it"};
    case EMFILE:
    case ENFILE:
      return {"打开的文件过多，请关闭一些", "too many files are open; close some"};
    case EBUSY:
    case ETXTBSY:
      return {"文件正被占用，请稍后再试", "it is in use; try again later"};
    case EIO:
      return {"磁盘读写出错，请检查磁盘", "the disk failed to read or write; check it"};
    default: {
      const std::string words = std::generic_category().message(error);  // rare: in the system's own words
      return {words, words};
    }
  }
}

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, int error, std::string_view doing_zh,
                         std::string_view doing_en) {
  const Text reason = reason_of(error);
  const std::string name = shown_value(path.string(), 4096);
  const bool absent = error == ENOENT || error == ENOTDIR;
  Text message;
  message.zh = (absent ? "找不到 " : "系统拒绝" + std::string(doing_zh) + " ") + name + "：" + reason.zh + "。";
  message.en = (absent ? "there is no " : "the system refused to " + std::string(doing_en) + " ") + name + ": " +
               reason.en + ".";
  throw Error(absent ? ErrorCode::not_found : ErrorCode::io_failure, std::move(message));
}

[[noreturn]] void beyond_limit(const std::filesystem::path& path, std::uint64_t limit) {
  const std::string name = shown_value(path.string(), 4096);
  const std::string most = std::to_string(limit);
  throw Error(ErrorCode::limit_exceeded,
              {name + " 超过 " + most + " 字节的上限。", name + " is longer than the limit of " + most + " bytes."});
}

/// Pages of a mapped file.
struct Mapping {
  void* data;
  std::size_t size;
  Mapping(void* d, std::size_t s) : data(d), size(s) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { static_cast<void>(::munmap(data, size)); }
};

std::string read_stream(int descriptor, const std::filesystem::path& path, std::uint64_t limit) {
  std::string bytes;
  constexpr std::size_t piece = 1U << 16U;
  for (;;) {
    const std::size_t old = bytes.size();
    bytes.resize(old + piece);
    const ssize_t got = ::read(descriptor, bytes.data() + old, piece);
    if (got < 0 && errno == EINTR) {
      bytes.resize(old);
      continue;
    }
    if (got < 0) refuse(path, errno, "读取", "read");
    bytes.resize(old + static_cast<std::size_t>(got));
    if (bytes.size() > limit) beyond_limit(path, limit);
    if (got == 0) return bytes;
  }
}

}  // namespace

FileBytes FileBytes::open(const std::filesystem::path& path, std::uint64_t limit) {
  const files::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) refuse(path, errno, "打开", "open");
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) refuse(path, errno, "查看", "look at");
  if (S_ISDIR(status.st_mode)) refuse(path, EISDIR, "读取", "read");
  if (!S_ISREG(status.st_mode)) return of(read_stream(file.number(), path, limit));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) beyond_limit(path, limit);
  // Files of /proc say that they are empty and are not.
  if (size == 0) return of(read_stream(file.number(), path, limit));
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (data == MAP_FAILED) refuse(path, errno, "映射", "map");
  FileBytes result;
  try {
    result.owner_ = std::make_shared<const Mapping>(data, size);
  } catch (...) {
    static_cast<void>(::munmap(data, size));
    throw;
  }
  result.view_ = std::string_view(static_cast<const char*>(data), size);
  result.mapped_ = true;
  return result;
}

void FileBytes::drop(std::string_view part) const noexcept {
  if (!mapped_ || part.empty()) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto first = static_cast<std::size_t>(part.data() - view_.data());
  const std::size_t begin = (first + page - 1) / page * page;
  const std::size_t end = (first + part.size()) / page * page;
  if (begin >= end) return;
  // The mapping is private and never written, so dropped pages come back from the file.
  auto* data = static_cast<const Mapping*>(owner_.get())->data;
  static_cast<void>(::madvise(static_cast<char*>(data) + begin, end - begin, MADV_DONTNEED));
}

FileBytes FileBytes::of(std::string bytes) {
  FileBytes result;
  const auto owned = std::make_shared<const std::string>(std::move(bytes));
  result.view_ = *owned;
  result.owner_ = owned;
  return result;
}

struct OutputFile::State {
  std::filesystem::path path;       ///< final name, links resolved
  std::filesystem::path folder;     ///< of `path`
  std::filesystem::path temporary;  ///< the name it has before the commit; empty: none yet
  files::Descriptor file;
  std::string buffer;
  std::uint64_t position = 0;
  bool direct = false;  ///< a pipe or a device
  bool completed = false;
  bool committed = false;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (!temporary.empty() && !committed) static_cast<void>(::unlink(temporary.c_str()));
  }

  void flush();
  void give_name();
  [[nodiscard]] std::filesystem::path new_name() const;
};

namespace {

constexpr std::size_t buffer_size = 1U << 18U;

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  constexpr std::size_t most = std::size_t{1} << 30U;  // one call takes at most 2 GiB
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size() < most ? bytes.size() : most);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) refuse(path, errno, "写入", "write");
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

/// The file a chain of links ends at, so that the link stays and its target is replaced.
std::filesystem::path behind_links(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path target = path;
  for (int step = 0; step < 40 && std::filesystem::is_symlink(target, error); ++step) {
    const auto next = std::filesystem::read_symlink(target, error);
    if (error) break;
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return target;
}

}  // namespace

std::filesystem::path OutputFile::State::new_name() const {
  static std::atomic<std::uint64_t> serial{0};
  return folder / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "." +
                   std::to_string(serial.fetch_add(1, std::memory_order_relaxed)) + ".tmp");
}

void OutputFile::State::flush() {
  write_all(file.number(), buffer, path);
  buffer.clear();
}

// A file without a name vanishes with the process. Linking replaces no existing name, renaming does: so it takes a
// passing name, just before the rename.
void OutputFile::State::give_name() {
  if (!temporary.empty()) return;
  const std::string self = "/proc/self/fd/" + std::to_string(file.number());
  for (int attempt = 0;; ++attempt) {
    const auto name = new_name();
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary = name;
      return;
    }
    if (errno != EEXIST || attempt == 100) refuse(path, errno, "写入", "write");
  }
}

OutputFile::OutputFile(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.path = behind_links(path);
  state.folder = state.path.has_parent_path() ? state.path.parent_path() : std::filesystem::path(".");
  struct stat status {};
  const bool exists = ::stat(state.path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) refuse(path, EISDIR, "写入", "write");
  if (exists && !S_ISREG(status.st_mode)) {
    state.direct = true;
    state.file = files::Descriptor(::open(state.path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!state.file.is_open()) refuse(path, errno, "写入", "write");
    return;
  }
  if (exists && ::access(state.path.c_str(), W_OK) != 0) refuse(path, errno, "写入", "write");
#if defined(O_TMPFILE)
  state.file = files::Descriptor(::open(state.folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
  if (state.file.is_open() && ::access("/proc/self/fd", X_OK) != 0) state.file.close();
#endif
  for (int attempt = 0; !state.file.is_open(); ++attempt) {
    const auto name = state.new_name();
    state.file = files::Descriptor(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (state.file.is_open()) {
      state.temporary = name;
    } else if (errno != EEXIST || attempt == 100) {
      refuse(path, errno, "写入", "write");
    }
  }
  if (exists) static_cast<void>(::fchmod(state.file.number(), status.st_mode & 07777U));
}

OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

void OutputFile::write(std::string_view bytes) {
  State& state = *state_;
  state.completed = false;
  if (state.buffer.size() + bytes.size() > buffer_size) state.flush();
  if (bytes.size() >= buffer_size) {
    write_all(state.file.number(), bytes, state.path);
  } else {
    state.buffer.append(bytes);
  }
  state.position += bytes.size();
}

void OutputFile::write_at(std::uint64_t position, std::string_view bytes) {
  State& state = *state_;
  if (position + bytes.size() > state.position) {
    throw Error(ErrorCode::invalid_argument,
                {"只能改写已经写入的字节。", "only bytes that were written can be replaced."});
  }
  state.completed = false;
  state.flush();
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(state.file.number(), bytes.data(), bytes.size(), static_cast<off_t>(position));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) refuse(state.path, errno, "写入", "write");
    bytes.remove_prefix(static_cast<std::size_t>(done));
    position += static_cast<std::uint64_t>(done);
  }
}

std::uint64_t OutputFile::position() const noexcept {
  return state_->position;
}

void OutputFile::complete() {
  State& state = *state_;
  if (state.completed) return;
  state.flush();
  if (!state.direct && ::fsync(state.file.number()) != 0) refuse(state.path, errno, "写入", "write");
  state.completed = true;
}

void OutputFile::commit() {
  State& state = *state_;
  if (state.committed) return;
  complete();
  if (!state.direct) {
    state.give_name();
    if (::rename(state.temporary.c_str(), state.path.c_str()) != 0) refuse(state.path, errno, "改名", "rename");
    // The name is on the disk once its folder is; a system that cannot do that for folders has kept its word so far.
    const files::Descriptor folder(::open(state.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.is_open()) static_cast<void>(::fsync(folder.number()));
  }
  state.committed = true;
}

void write_atomically(const std::filesystem::path& path, const std::function<void(OutputFile&)>& writer) {
  OutputFile file(path);
  writer(file);
  file.commit();
}

void write_atomically(const std::filesystem::path& path, std::string_view content) {
  write_atomically(path, [&](OutputFile& file) { file.write(content); });
}

}  // namespace v1
}  // namespace chainqual
