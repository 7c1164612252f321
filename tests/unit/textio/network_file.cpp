#include "chainqual/io/network_file.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "chainqual/chain/builder.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

StoredNetwork sample() {
  const std::vector<std::uint32_t> supplier{0, 0, 1, 2, 3}, customer{1, 2, 3, 3, 0};
  const std::vector<double> value{1, 2.5, 3, 4, 0.5}, weight{1, 2, 3, 4};
  const std::vector<float> dependency{0.1F, 0.2F, 0.3F, 0.4F, 1.0F};
  const std::vector<std::uint8_t> stage{0, 1, 1, 2};
  const std::vector<std::uint32_t> segment{0, 1, 1, Network::none}, sector{0, 0, 1, 1};
  NetworkColumns columns;
  columns.enterprises = 4;
  columns.stage = stage;
  columns.segment = segment;
  columns.sector = sector;
  columns.weight = RealColumn(weight);
  columns.supplier = supplier;
  columns.customer = customer;
  columns.value = RealColumn(value);
  columns.dependency = RealColumn(dependency);
  StoredNetwork stored;
  stored.network = build_network(columns);
  stored.keys = KeyTable::of(std::vector<std::string>{"E1", "天津海光", "91120116MA06AAAA09", "x"});
  stored.segments = {"芯片", "整机"};
  stored.sectors = {"a", ""};
  return stored;
}

class NetworkFile : public ::testing::Test {
 protected:
  [[nodiscard]] std::string bytes() {
    write_network(path_, sample());
    return get(path_);
  }
  /// Code and English rule of the error, or "opened".
  [[nodiscard]] std::string opening(std::string_view content, Verify verify) {
    const int file = ::memfd_create("cqn", 0);  // in memory: these tests open thousands of files
    EXPECT_EQ(::write(file, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    std::string outcome = "opened";
    try {
      static_cast<void>(open_network("/proc/self/fd/" + std::to_string(file), verify));
    } catch (const Error& error) {
      outcome = std::string(key_of(error.code()));
      if (!error.findings().kept().empty()) outcome += ": " + error.findings().kept()[0].rule.en;
    }
    ::close(file);
    return outcome;
  }
  /// Content with one word replaced and the header's checksum made right again.
  template <class T>
  [[nodiscard]] static std::string patched(std::string content, std::size_t at, T value) {
    std::memcpy(content.data() + at, &value, sizeof value);
    std::uint32_t sections = 0;
    std::memcpy(&sections, content.data() + 40, 4);
    const std::uint64_t sum =
        xxh64(content.substr(0, 56) + content.substr(64, std::min<std::size_t>(sections, 64) * 40));
    std::memcpy(content.data() + 56, &sum, 8);
    return content;
  }

  Folder folder_;
  std::filesystem::path path_ = folder_ / "n.cqn";
};

TEST_F(NetworkFile, GivesBackWhatWasWritten) {
  const StoredNetwork stored = sample();
  const std::uint64_t hash = write_network(path_, stored);
  for (const Verify verify : {Verify::header, Verify::checksum, Verify::full}) {
    const StoredNetwork opened = open_network(path_, verify);
    EXPECT_TRUE(identical(opened.network, stored.network));
    EXPECT_EQ(opened.network.summary(), stored.network.summary());
    EXPECT_EQ(opened.keys.find("天津海光"), EnterpriseId{1});
    EXPECT_EQ(opened.segments, stored.segments);
    EXPECT_EQ(opened.sectors, stored.sectors);
    EXPECT_EQ(opened.content_hash, hash);
  }
}

TEST_F(NetworkFile, AnEmptyNetworkIsAFileToo) {
  write_network(path_, StoredNetwork{});
  EXPECT_EQ(open_network(path_, Verify::full).network.enterprises(), 0U);
}

TEST_F(NetworkFile, TheNetworkOutlivesItsStoredNetworkAndTheFilesName) {
  Network network;
  {
    write_network(path_, sample());
    network = open_network(path_).network;
    std::filesystem::remove(path_);
  }
  EXPECT_EQ(network.customers(EnterpriseId{0}).size(), 2U);
}

TEST_F(NetworkFile, TheContentHashNamesTheContent) {
  const std::uint64_t hash = write_network(path_, sample());
  EXPECT_EQ(write_network(folder_ / "other.cqn", sample()), hash);
  EXPECT_EQ(get(path_), get(folder_ / "other.cqn"));
  StoredNetwork without = sample();
  without.segments.pop_back();
  EXPECT_NE(write_network(path_, without), hash);
}

TEST_F(NetworkFile, AFlippedBitAnywhereIsAnError) {
  const std::string good = bytes();
  std::uint32_t sections = 0;
  std::memcpy(&sections, good.data() + 40, 4);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
    EXPECT_NE(opening(bad, Verify::full), "opened") << at;
    EXPECT_NE(opening(bad, Verify::checksum), "opened") << at;
    if (at < 64 + sections * 40) {
      EXPECT_NE(opening(bad, Verify::header), "opened") << at;
    }
  }
}

TEST_F(NetworkFile, AFileCutShortAnywhereIsAnError) {
  const std::string good = bytes();
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_NE(opening(good.substr(0, length), Verify::header), "opened") << length;
  }
  EXPECT_EQ(opening(good.substr(0, 30), Verify::header), "checksum_mismatch: the file was cut short");
  EXPECT_EQ(opening(good.substr(0, good.size() - 1), Verify::header),
            "checksum_mismatch: the file should have " + std::to_string(good.size()) + " bytes and has " +
                std::to_string(good.size() - 1));
  EXPECT_NE(opening(good + "x", Verify::header), "opened");
}

TEST_F(NetworkFile, ANewerVersionAndTheOtherByteOrderAreNamed) {
  const std::string good = bytes();
  EXPECT_EQ(opening(patched<std::uint16_t>(good, 12, 2), Verify::header),
            "version_mismatch: the file has format version 2; this program reads up to 1");
  EXPECT_EQ(opening(patched<std::uint32_t>(good, 8, 0x04030201), Verify::header),
            "version_mismatch: the file is in the other byte order");
  EXPECT_EQ(opening(patched<std::uint16_t>(good, 12, 0), Verify::header), "wrong_format: the header makes no sense");
  EXPECT_EQ(opening(patched<std::uint16_t>(good, 14, 7), Verify::full), "opened") << "a minor version adds only";
}

TEST_F(NetworkFile, SectionsOutOfPlaceAreAnError) {
  const std::string good = bytes();
  std::uint64_t second = 0;
  std::memcpy(&second, good.data() + 64 + 40 + 8, 8);
  EXPECT_EQ(opening(patched<std::uint64_t>(good, 64 + 40 + 8, second - 64), Verify::header),
            "wrong_format: sections overlap or lie outside the file");
  EXPECT_EQ(opening(patched<std::uint64_t>(good, 64 + 40 + 8, UINT64_MAX - 63), Verify::header),
            "wrong_format: sections overlap or lie outside the file");
  EXPECT_EQ(opening(patched<std::uint64_t>(good, 64 + 16, UINT64_MAX), Verify::header),
            "wrong_format: sections overlap or lie outside the file");
  EXPECT_EQ(opening(patched<std::uint64_t>(good, 24, 5), Verify::header),
            "wrong_format: the section out_offsets has a wrong length");
  EXPECT_EQ(opening(patched<std::uint32_t>(good, 64, 99), Verify::header),
            "wrong_format: the section out_offsets is missing");
  EXPECT_EQ(opening(patched<std::uint32_t>(good, 64, 2), Verify::header), "wrong_format: a section stands twice");
  EXPECT_EQ(opening(patched<std::uint64_t>(good, 24, 0xFFFFFFFFU), Verify::header),
            "limit_exceeded: there are more than 4294967294 enterprises");
  EXPECT_NE(opening(patched<std::uint32_t>(good, 40, 65), Verify::header), "opened");
}

TEST_F(NetworkFile, FullVerificationNamesTheDamagedSection) {
  std::string bad = bytes();
  std::uint64_t third = 0;
  std::memcpy(&third, bad.data() + 64 + 2 * 40 + 8, 8);
  bad[third] = static_cast<char>(bad[third] ^ 1);
  EXPECT_EQ(opening(bad, Verify::header), "opened") << "the body is looked at under full verification only";
  EXPECT_EQ(opening(bad, Verify::full), "checksum_mismatch: the section out_values is damaged");
  put(path_, bad);
  try {
    static_cast<void>(open_network(path_, Verify::full));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message().zh, path_.string() + "：out_values 段已损坏。修改办法：请重新生成或重新传输该文件。");
  }
}

TEST_F(NetworkFile, ArraysThatAreNoNetworkAreAnErrorThoughChecksumsHold) {
  // Section 2, out_targets: an id beyond n, its checksums made right again.
  std::string bad = bytes();
  std::uint64_t offset = 0, length = 0;
  std::memcpy(&offset, bad.data() + 64 + 40 + 8, 8);
  std::memcpy(&length, bad.data() + 64 + 40 + 16, 8);
  const std::uint32_t beyond = 4;
  std::memcpy(bad.data() + offset, &beyond, 4);
  const std::uint64_t piece = xxh64(std::string_view(bad).substr(offset, length));
  const std::uint64_t sum = xxh64(std::string_view(reinterpret_cast<const char*>(&piece), 8));
  EXPECT_NE(opening(patched<std::uint64_t>(bad, 64 + 40 + 24, sum), Verify::full), "opened");
}

TEST_F(NetworkFile, FullVerificationStopsWhenAskedAndProgressRisesToOne) {
  const std::uint32_t n = 40'000;  // several pieces of rows
  std::vector<std::uint32_t> supplier(n - 1), customer(n - 1);
  std::iota(supplier.begin(), supplier.end(), 0U);
  std::iota(customer.begin(), customer.end(), 1U);
  NetworkColumns columns;
  columns.enterprises = n;
  columns.supplier = supplier;
  columns.customer = customer;
  StoredNetwork stored;
  stored.network = build_network(columns);
  write_network(path_, stored);

  std::vector<double> shares;
  Control control;
  control.executor = &inline_executor();
  control.progress = [&shares](double share) { shares.push_back(share); };
  EXPECT_TRUE(identical(open_network(path_, Verify::full, control).network, stored.network));
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1.0);

  CancelToken token;
  control.cancel = &token;
  control.progress = [&token](double share) {
    if (share >= 0.6) token.cancel();  // behind the checksums
  };
  try {
    static_cast<void>(open_network(path_, Verify::full, control));
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST_F(NetworkFile, OtherKindsOfFileAreNamed) {
  EXPECT_EQ(opening("id,name\n", Verify::header), "wrong_format: this is not a .cqn file but text");
  EXPECT_EQ(opening(std::string("PK\x03\x04\x14\0xl/", 9), Verify::header),
            "wrong_format: this is not a .cqn file but an Excel workbook (XLSX)");
  EXPECT_EQ(opening("\x89"
                    "CQN\n\x1A\n and so on",
                    Verify::header),
            "checksum_mismatch: the file was changed as if it were text");
  EXPECT_EQ(opening("", Verify::header), "wrong_format: this is not a .cqn file but text");
  EXPECT_THROW(static_cast<void>(open_network(folder_ / "none.cqn")), Error);
}

TEST_F(NetworkFile, KeysOfAnotherNumberAreRefusedAndNothingIsWritten) {
  StoredNetwork stored = sample();
  stored.keys = KeyTable::of(std::vector<std::string>{"one"});
  EXPECT_THROW(write_network(path_, stored), Error);
  EXPECT_EQ(folder_.entries(), 0U);
}

TEST(Xxh64, EqualsThePublishedValues) {
  EXPECT_EQ(xxh64(""), 0xEF46DB3751D8E999U);
  EXPECT_EQ(xxh64("a"), 0xD24EC4F1A98C6E5BU);
  EXPECT_EQ(xxh64("abc"), 0x44BC2CF5AD770999U);
  EXPECT_EQ(xxh64("Nobody inspects the spammish repetition"), 0xFBCEA83C8A378BF1U);
}

}  // namespace
