#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The bytes of a file, mapped and not copied where the system can (a pipe is read into memory). Copies share the
/// bytes, which live as long as the last copy.
class FileBytes {
 public:
  FileBytes() = default;

  /// Opens a file for reading.
  ///
  /// @param path  regular file, link to one, pipe or character device.
  /// @param limit  the most bytes that are taken.
  /// @throws Error{not_found}  nothing is there.
  /// @throws Error{io_failure}  a folder, no permission, or the system refused to read.
  /// @throws Error{limit_exceeded}  the file is longer than `limit`.
  /// @complexity  O(1) for regular files (pages come when touched), O(bytes) for others.
  /// @numerics    none.
  /// @threads     The bytes may be read from any thread. A file that another process cuts short while it is mapped
  /// makes
  ///              the system end the reader (SIGBUS): replace files, as `write_atomically` does, and never shorten
  ///              them.
  /// @source      POSIX.1-2017, mmap.
  /// @since 0.1, experimental.
  [[nodiscard]] static FileBytes open(const std::filesystem::path& path, std::uint64_t limit = UINT64_MAX);

  /// Bytes that are in memory already.
  [[nodiscard]] static FileBytes of(std::string bytes);

  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  [[nodiscard]] std::size_t size() const noexcept { return view_.size(); }
  /// Says that a part was used and will not be soon, so that mapped pages do not count as this process's memory. The
  /// bytes stay readable.
  void drop(std::string_view part) const noexcept;
  /// What keeps the bytes alive.
  [[nodiscard]] const std::shared_ptr<const void>& owner() const noexcept { return owner_; }

 private:
  std::shared_ptr<const void> owner_;
  std::string_view view_;
  bool mapped_ = false;
};

/// What an error number of the system means and what to do, in words; rare ones in the system's own.
/// @throws std::bad_alloc only. @complexity O(1).
[[nodiscard]] Text reason_of(int error);

/// A file in the making: it has no name until `commit`, so whatever ends the process leaves the old content in place.
///
/// Write, `complete()` (all bytes are on the disk), then `commit()` (the name now means the new content). Without a
/// commit the destructor removes everything. To replace several files together, complete all of them before committing
/// the first. Where the target is a pipe or a device the bytes go there directly and `commit` does nothing.
class OutputFile {
 public:
  /// @param path  the final name; its folder must exist. A link is followed, and permissions of a file that is replaced
  ///              are kept.
  /// @throws Error{not_found} no such folder. @throws Error{io_failure} not writable, or a folder stands there.
  explicit OutputFile(const std::filesystem::path& path);
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Appends bytes. @throws Error{io_failure} the disk is full or the system refused. @complexity O(bytes).
  void write(std::string_view bytes);
  /// Appends the bytes of plain numbers in this machine's order.
  template <class T>
  void write_array(std::span<const T> values) {
    write(std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
  }
  /// Replaces bytes written before. @throws Error{io_failure} as `write`, and for pipes, which cannot go back.
  void write_at(std::uint64_t position, std::string_view bytes);
  /// Bytes appended so far.
  [[nodiscard]] std::uint64_t position() const noexcept;
  /// Brings every byte to the disk (fsync). @throws Error{io_failure}.
  void complete();
  /// Gives the content its name; completes first where that was not done. @throws Error{io_failure} the old file
  /// stands.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes a file so that at every moment its name holds either the whole old content or the whole new one.
///
/// @param path    where; see OutputFile.
/// @param writer  appends the content; what it throws is passed on and nothing changes.
/// @throws Error{not_found | io_failure}  as OutputFile; disk full, no permission: nothing is left behind.
/// @complexity  O(bytes), one fsync of the file and one of its folder.
/// @numerics    none.
/// @threads     Two writers of one path: the last to finish wins, whole.
/// @source      POSIX.1-2017: rename replaces a name at once.
/// @since 0.1, experimental.
void write_atomically(const std::filesystem::path& path, const std::function<void(OutputFile&)>& writer);

/// As above, for content that is ready.
void write_atomically(const std::filesystem::path& path, std::string_view content);

}  // namespace v1
}  // namespace chainqual
