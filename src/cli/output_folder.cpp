#include "output_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "terminal.hpp"

namespace chainqual::cli {
namespace fs = std::filesystem;

Error refused(const fs::path& path, int system_error) {
  const std::string name = screen_safe(path.string());
  const auto say = [&](std::string zh, std::string en) {
    return Error(ErrorCode::io_failure, {name + "：" + zh, name + ": " + en});
  };
  switch (system_error) {
    case ENOSPC:
    case EDQUOT:
      return say("磁盘已满。腾出空间，或用 --out 另选位置。",
                 "the disk is full. Free some space, or choose another place with --out.");
    case EACCES:
    case EPERM:
      return say("没有写入权限。更改权限，或用 --out 另选位置。",
                 "no permission to write there. Change it, or choose another place with --out.");
    case EROFS:
      return say("文件系统是只读的。用 --out 另选位置。",
                 "the file system is read-only. Choose another place with --out.");
    case ENOTDIR:
    case EEXIST:
      return say("这里已有一个文件，不是文件夹。用 --out 另选位置。",
                 "a file stands there, not a folder. Choose another place with --out.");
    case EISDIR:
      return say("这里已有一个同名文件夹。移走它，或用 --out 另选位置。",
                 "a folder of that name stands there. Move it, or choose another place with --out.");
    default: {
      const std::string reason = std::generic_category().message(system_error);
      return say("系统拒绝写入（" + reason + "）。检查路径，或用 --out 另选位置。",
                 "the system refused to write (" + reason + "). Check the path, or choose another place with --out.");
    }
  }
}

std::string stem_of(const fs::path& path) {
  std::error_code ignored;
  fs::path whole = fs::weakly_canonical(path, ignored);
  if (ignored) whole = path;
  if (!whole.has_filename()) whole = whole.parent_path();
  const std::string name = fs::is_directory(path, ignored) ? whole.filename().string() : whole.stem().string();
  return name.empty() ? "chain" : name;
}

OutputFolder::OutputFolder(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "out/" is "out"
  const auto status = fs::status(folder_, error);
  existed_ = fs::is_directory(status);
  if (fs::exists(status) && !existed_) throw refused(folder_, ENOTDIR);
  place_ = fs::absolute(folder_);
  if (!existed_) {
    do {
      place_ = place_.parent_path();
    } while (!fs::exists(place_, error) && place_ != place_.root_path());
  }
  if (!fs::is_directory(place_, error)) throw refused(place_, ENOTDIR);
  if (::access(place_.c_str(), W_OK | X_OK) != 0) throw refused(folder_, errno);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!staging_.empty()) fs::remove_all(staging_, ignored);
}

fs::path OutputFolder::file(const std::string& name) {
  if (staging_.empty()) {
    std::string pattern = (place_ / ".chainqual-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw refused(folder_, errno);
    staging_ = pattern;
  }
  names_.push_back(name);
  return staging_ / name;
}

void OutputFolder::commit() {
  std::error_code error;
  if (!existed_) {
    const fs::path parent = fs::absolute(folder_).parent_path();
    fs::create_directories(parent, error);
    if (error) throw refused(folder_, error.value());
    const ::mode_t mask = ::umask(0);
    ::umask(mask);
    ::chmod(staging_.c_str(), 0777 & ~mask);  // mkdtemp makes it private
    fs::rename(staging_, folder_, error);
    if (error) throw refused(folder_, error.value());
    staging_.clear();
    return;
  }
  for (const auto& name : names_) {
    if (fs::is_directory(folder_ / name, error)) throw refused(folder_ / name, EISDIR);
  }
  for (const auto& name : names_) {
    fs::rename(staging_ / name, folder_ / name, error);
    if (error) throw refused(folder_ / name, error.value());
  }
}

std::vector<fs::path> OutputFolder::files() const {
  std::vector<fs::path> result;
  for (const auto& name : names_) result.push_back(folder_ / name);
  return result;
}

Error OutputFolder::in_place(const Error& error) const {
  const auto shown = [&](std::string text) {
    const std::string hidden = staging_.string();
    for (auto at = text.find(hidden); !hidden.empty() && at != std::string::npos; at = text.find(hidden)) {
      text.replace(at, hidden.size(), folder_.string());
    }
    return text;
  };
  return Error(error.code(), {shown(error.message().zh), shown(error.message().en)}, error.findings());
}

}  // namespace chainqual::cli
