// Opening a .cqn file at three sizes, verifying it, and XXH64 alone. --folder=PATH, --links=N for the largest.

#include <filesystem>

#include "bench_common.hpp"
#include "chainqual/chain/builder.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/network_file.hpp"

namespace {

using namespace chainqual;

/// A ring with chords: every enterprise supplies the ten behind it.
StoredNetwork ring(std::uint32_t enterprises) {
  constexpr std::uint32_t degree = 10;
  std::vector<std::uint32_t> supplier, customer;
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < enterprises; ++i) {
    keys.push_back(std::to_string(i).insert(0, 1, 'E'));
    for (std::uint32_t k = 1; k <= degree; ++k) {
      supplier.push_back(i);
      customer.push_back((i + k) % enterprises);
    }
  }
  NetworkColumns columns;
  columns.enterprises = enterprises;
  columns.supplier = supplier;
  columns.customer = customer;
  return {build_network(columns), KeyTable::of(keys), {}, {}, 0};
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder =
      bench::argument(argc, argv, "folder", std::filesystem::temp_directory_path().string());
  const auto links = std::stoull(bench::argument(argc, argv, "links", "10000000"));
  bench::print_conditions(".cqn files");
  ThreadPool one(1, true);
  ThreadPool two(2, true);
  bench::Contest contest;
  std::vector<std::string> names;
  std::vector<std::filesystem::path> files;
  const auto enter = [&](const std::string& name, bench::Work work, std::function<void()> run) {
    contest.enter(name, work, std::move(run));
    names.push_back(name);
  };
  for (std::uint64_t size = links / 100; size <= links; size *= 10) {
    const StoredNetwork stored = ring(static_cast<std::uint32_t>(size / 10));
    const auto file = folder / ("chainqual-bench-" + std::to_string(size) + ".cqn");
    files.push_back(file);
    const std::uint64_t hash = write_network(file, stored);
    const auto opened = open_network(file, Verify::full);
    bench::require(identical(opened.network, stored.network) && opened.content_hash == hash,
                   "the opened network differs");
    const auto bytes = static_cast<double>(std::filesystem::file_size(file));
    const std::string at = std::to_string(size) + " links";
    enter("open, " + at, {}, [file] { bench::require(!open_network(file).network.empty(), "open"); });
    for (auto* pool : {&one, &two}) {
      Control control;
      control.executor = pool;
      const std::string cores = pool == &one ? ", one core" : ", two cores";
      enter("checksum, " + at + cores, {0, bytes}, [file, control] {
        bench::require(!open_network(file, Verify::checksum, control).network.empty(), "checksum");
      });
      enter("full, " + at + cores, {0, bytes},
            [file, control] { bench::require(!open_network(file, Verify::full, control).network.empty(), "full"); });
    }
    if (size == links) {
      enter("XXH64 of the file in memory", {0, bytes}, [file] {
        const auto content = FileBytes::open(file);
        benchmark::DoNotOptimize(xxh64(content.view()));
      });
      enter("write, " + at, {0, bytes}, [stored, folder] { write_network(folder / "chainqual-bench-w.cqn", stored); });
    }
  }
  benchmark::Initialize(&argc, argv);
  contest.run();
  for (const auto& name : names) contest.print(name, "");
  for (const auto& file : files) std::filesystem::remove(file);
  std::filesystem::remove(folder / "chainqual-bench-w.cqn");
  return 0;
}
