// links.csv into a network: ours on one and two cores, beside a plain reader of getline, strtod and a hash map of
// strings that ends in the same build. Rows of about 26 bytes: ids of eight characters, values with two decimals; a
// second file has every cell in quotes. --links=N, --enterprises=N, --folder=PATH.

#include <sys/resource.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unordered_map>

#include "bench_common.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/links_file.hpp"

namespace {

using namespace chainqual;

std::uint64_t next(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

void append_padded(std::string& to, std::uint64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  to.append(width > digits.size() ? width - digits.size() : 0, '0');
  to += digits;
}

/// Random suppliers and customers, values like prices.
std::uint64_t write_links(const std::filesystem::path& path, std::uint64_t links, std::uint64_t enterprises,
                          bool quoted) {
  std::uint64_t state = 1;
  write_atomically(path, [&](OutputFile& out) {
    out.write("supplier,customer,value\n");
    const std::string mark = quoted ? "\"" : "";
    std::string line;
    for (std::uint64_t l = 0; l < links; ++l) {
      line = mark + "E";
      append_padded(line, next(state) % enterprises, 7);
      line += mark + "," + mark + "E";
      append_padded(line, next(state) % enterprises, 7);
      line += mark + "," + mark + std::to_string(next(state) % 100000) + ".";
      append_padded(line, next(state) % 100, 2);
      line += mark + "\n";
      out.write(line);
    }
  });
  return std::filesystem::file_size(path);
}

NetworkTables ours(const std::filesystem::path& path, Executor& executor) {
  Control control;
  control.executor = &executor;
  return read_network(path, ReadNetworkOptions{}, control);
}

/// What one writes in an afternoon. Knows no quotes.
Network naive(const std::filesystem::path& path, Executor& executor) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::unordered_map<std::string, std::uint32_t> ids;
  std::vector<std::uint32_t> supplier, customer;
  std::vector<double> value;
  while (std::getline(file, line)) {
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    const auto id = [&](std::string key) {
      return ids.emplace(std::move(key), static_cast<std::uint32_t>(ids.size())).first->second;
    };
    supplier.push_back(id(line.substr(0, first)));
    customer.push_back(id(line.substr(first + 1, second - first - 1)));
    value.push_back(std::strtod(line.c_str() + second + 1, nullptr));
  }
  NetworkColumns columns;
  columns.enterprises = ids.size();
  columns.supplier = supplier;
  columns.customer = customer;
  columns.value = RealColumn(value);
  Control control;
  control.executor = &executor;
  return build_network(columns, control);
}

double peak_gib() {
  rusage usage{};
  static_cast<void>(getrusage(RUSAGE_SELF, &usage));
  return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](std::string_view name, const std::string& otherwise) {
    return std::stoull(bench::argument(argc, argv, name, otherwise));
  };
  const std::uint64_t links = number("links", "2000000");
  const std::uint64_t enterprises = number("enterprises", "200000");
  const bool large = links > 20'000'000;
  const std::filesystem::path folder =
      bench::argument(argc, argv, "folder", std::filesystem::temp_directory_path().string());
  const auto plain = folder / "chainqual-bench-links.csv";
  const auto quoted = folder / "chainqual-bench-links-quoted.csv";
  bench::print_conditions("links.csv into a Network");
  const auto bytes = static_cast<double>(write_links(plain, links, enterprises, false));
  const auto quoted_bytes = large ? 0.0 : static_cast<double>(write_links(quoted, links, enterprises, true));
  std::printf("%llu links, %llu enterprises, %.0f MB\n", static_cast<unsigned long long>(links),
              static_cast<unsigned long long>(enterprises), bytes / 1e6);

  ThreadPool one(1, true);
  ThreadPool two(2, true);
  if (!large) {
    const auto read = ours(plain, two);
    bench::require(identical(read.network, naive(plain, one)), "the naive reader's network differs");
    bench::require(identical(read.network, ours(quoted, one).network), "the quoted file's network differs");
  }
  // Not only the build: how far the reading alone goes is told by the rows a file without links would have.
  const auto work = static_cast<double>(links);
  bench::Contest contest;
  const int times = large ? 1 : 5;
  contest.enter(
      "ours, one core", {work, bytes}, [&] { bench::require(ours(plain, one).network.links() != 0, "links"); }, times);
  contest.enter(
      "ours, two cores", {work, bytes}, [&] { bench::require(ours(plain, two).network.links() != 0, "links"); }, times);
  if (!large) {
    contest.enter(
        "ours, quoted cells, one core", {work, quoted_bytes},
        [&] { bench::require(ours(quoted, one).network.links() != 0, "links"); }, times);
    contest.enter(
        "ours, quoted cells, two cores", {work, quoted_bytes},
        [&] { bench::require(ours(quoted, two).network.links() != 0, "links"); }, times);
    contest.enter(
        "getline, strtod, one core", {work, bytes}, [&] { bench::require(naive(plain, one).links() != 0, "links"); },
        times);
  }
  benchmark::Initialize(&argc, argv);
  contest.run();
  for (const char* name : {"ours, one core", "ours, two cores", "ours, quoted cells, one core",
                           "ours, quoted cells, two cores", "getline, strtod, one core"}) {
    contest.print(name, "ours, one core");
  }
  std::printf("peak memory %.2f GiB\n", peak_gib());
  std::filesystem::remove(plain);
  std::filesystem::remove(quoted);
  return 0;
}
