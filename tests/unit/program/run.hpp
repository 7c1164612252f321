#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "unit/tableio/workspace.hpp"

namespace chainqual::testing {

/// What a run of the program ended with.
struct Outcome {
  int code = -1;  ///< exit code; 128 + signal when a signal ended it
  std::string out;
  std::string err;

  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// How the program is started. The environment holds nothing but what is given here.
struct Start {
  std::vector<std::string> environment{"LC_ALL=C"};
  std::string out_file;        ///< where standard output goes; a file of the workspace when empty
  std::filesystem::path from;  ///< working folder; the workspace's when empty
};

/// The built program, run as a user runs it.
class Program {
 public:
  explicit Program(const Workspace& workspace) : workspace_(workspace) {}

  [[nodiscard]] Outcome operator()(const std::vector<std::string>& arguments, const Start& start = {}) const {
    return finished(begin(arguments, start), start);
  }

  /// Starts the program and returns its process id.
  [[nodiscard]] pid_t begin(const std::vector<std::string>& arguments, const Start& start = {}) const {
    std::vector<std::string> words{CHAINQUAL_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv = pointers(words);
    std::vector<std::string> environment = start.environment;
    std::vector<char*> envp = pointers(environment);
    const std::string from = (start.from.empty() ? workspace_.path() : start.from).string();
    const std::string out = start.out_file.empty() ? workspace_.path("stdout").string() : start.out_file;
    const std::string err = workspace_.path("stderr").string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int create = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), create, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), create, 0600);
    posix_spawn_file_actions_addchdir_np(&actions, from.c_str());
    pid_t child = -1;
    const int failed = posix_spawn(&child, CHAINQUAL_PROGRAM, &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    EXPECT_EQ(failed, 0) << "cannot start " << CHAINQUAL_PROGRAM;
    return child;
  }

  /// Waits for the end of a process of `begin`.
  [[nodiscard]] Outcome finished(pid_t child, const Start& start = {}) const {
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    Outcome outcome;
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (start.out_file.empty()) outcome.out = bytes_of(workspace_.path("stdout"));
    outcome.err = bytes_of(workspace_.path("stderr"));
    return outcome;
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> result;
    for (auto& word : words) result.push_back(word.data());
    result.push_back(nullptr);
    return result;
  }

  const Workspace& workspace_;
};

/// A folder of the chains that ship.
[[nodiscard]] inline std::string dataset(const std::string& name) {
  return std::string(CHAINQUAL_DATASETS) + "/" + name;
}

/// Whether `text` holds a character of the common Chinese block.
[[nodiscard]] inline bool has_chinese(const std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xE4 && byte <= 0xE9) return true;
  }
  return false;
}

[[nodiscard]] inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Three enterprises in a row, one problem scored by two experts; every number chosen to be exact.
inline void put_small_chain(const Workspace& workspace, const std::string& folder) {
  workspace.put(folder + "/chain.json", R"({"name": "小链", "name_en": "Small chain", "date": "2026-01-31"})");
  workspace.put(
      folder + "/segments.csv",
      "id,name,name_en,stage,final_product\n"
      "up,材料,Material,upstream,false\nmid,部件,Parts,midstream,false\ndown,整机,Machines,downstream,true\n");
  workspace.put(folder + "/enterprises.csv",
                "id,name,name_en,stage,segments\n"
                "a,甲厂,Alpha,upstream,up\nb,乙厂,Beta,midstream,mid\nc,丙厂,Gamma,downstream,down\n");
  workspace.put(folder + "/links.csv",
                "supplier,customer,product,dependency,evidence\na,b,ore,0.5,documented\nb,c,part,0.5,inferred\n");
  workspace.put(folder + "/problems.csv",
                "number,name,name_en,stage,segments,category,declared\n"
                "P1,=开裂,Cracks,upstream,up,technology,critical\nP2,拖期,Delay,midstream,mid,management,\n");
  workspace.put(folder + "/scores.csv", "problem,expert,impact,diffusion,urgency\nP1,E1,5,4,5\nP1,E2,5,5,4\n");
}

}  // namespace chainqual::testing
