#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/key_table.hpp"

namespace chainqual {
inline namespace v1 {

// The `.cqn` format, version 1. Numbers are little-endian; machines of the other byte order are refused.
//
//   byte  0   8   magic: 89 'C' 'Q' 'N' 0D 0A 1A 0A (a transfer that changes line ends or strips bit 7 damages it)
//         8   4   0x01020304: byte order
//        12   2   format version, 1; a reader refuses greater ones
//        14   2   minor version, 0; greater ones add sections that may be left aside
//        16   8   length of the file
//        24   8   n, enterprises
//        32   8   m, links
//        40   4   number of sections, at most 64
//        44   4   0
//        48   8   content hash: XXH64 over the section table's (kind, bytes, checksum); two files of the same content
//        have
//                 the same one
//        56   8   checksum: XXH64 over bytes 0 … 55 and the section table
//        64  40×s section table, ascending by place: kind u32, element bytes u32, offset u64, length in bytes u64,
//                 checksum u64, 0 u64
//   then the sections, each at a multiple of 64, the gaps zero.
//
// kind  1 out_offsets u64 [n+1] · 2 out_targets u32 [m] · 3 out_values f32 [m] · 4 in_offsets u64 [n+1] · 5 in_sources
// u32 [m] · 6 in_values f32 [m] · 7 dependency f32 [m] · 8 escape f32 [m] · 9 stage u8 [n] · 10 segment u32 [n] · 11
// sector u32 [n] · 12 weight f64 [n] · 13 summary u64 [4] · 14 key_offsets u64 [n+1] · 15 key_bytes · 16 key_slots u32
// [2^k] · 17 segment names · 18 sector names (each name ended by NUL). 1 … 6 and 13 are required; 14 … 16 come
// together.
//
// A section's checksum is XXH64 (seed 0) over the little-endian XXH64 (seed 0) of its pieces of 1 MiB, so that pieces
// are checked side by side. It finds damage, not malice.

/// A network as stored: with the enterprises' keys and the names of segments and sectors, where it has them.
struct StoredNetwork {
  Network network;
  KeyTable keys;                      ///< empty when not stored
  std::vector<std::string> segments;  ///< by SegmentId
  std::vector<std::string> sectors;   ///< by SectorId
  std::uint64_t content_hash = 0;     ///< names the content: equal for equal networks, wherever written
};

/// How much of a `.cqn` is looked at when it is opened.
enum class Verify : std::uint8_t {
  header,    ///< header, section table and sizes: a few microseconds. For files that this machine wrote and keeps:
             ///< kernels index by what the arrays say, so damage to the body is not noticed
  checksum,  ///< moreover every byte against its checksum, at the speed of memory: finds damage of any kind
  full,      ///< moreover that ids, offsets, values and keys are legal: for files from elsewhere
};

/// Writes a network, streaming its arrays; at every moment the name holds the old file or the new one, whole.
///
/// @param path     ends in `.cqn` by custom.
/// @param stored   `keys`, `segments`, `sectors` may be empty; `content_hash` is not read.
/// @param control  executor for checksums, cancel, progress.
/// @return the content hash.
/// @throws Error{shape_mismatch}  keys of another number than enterprises.
/// @throws Error{not_found | io_failure}  as write_atomically.
/// @throws Error{cancelled}  nothing is left behind.
/// @complexity  O(n + m) time, O(1) memory.
/// @numerics    Bits are kept.
/// @threads     Reads the network only.
/// @source      Own format; XXH64 after Collet's specification (xxHash, 2016).
/// @since 0.1, experimental.
std::uint64_t write_network(const std::filesystem::path& path, const StoredNetwork& stored,
                            const Control& control = {});

/// Opens a network where it lies: the file is mapped, and shared by every process that opens it.
///
/// @param path     a `.cqn` file.
/// @param verify   how much to look at; use `full` for files from elsewhere.
/// @param control  executor, cancel, progress (beyond `header`).
/// @throws Error{not_found | io_failure}  cannot be opened.
/// @throws Error{wrong_format}  another kind of file, which is named; sections missing, overlapping, out of the file,
/// of
///                              wrong lengths.
/// @throws Error{version_mismatch}  a newer format, or another byte order.
/// @throws Error{checksum_mismatch}  the header is damaged or the file cut short; with `full` a damaged section is
/// named.
/// @throws Error{out_of_range | invalid_value}  full: arrays that are no network, though their checksums hold.
/// @throws Error{cancelled}.
/// @complexity  O(1) for `header`, else O(bytes), with a log of the degree for `full`.
/// @numerics    Bits are kept.
/// @threads     Reads only.
/// @source      as write_network.
/// @since 0.1, experimental.
[[nodiscard]] StoredNetwork open_network(const std::filesystem::path& path, Verify verify = Verify::header,
                                         const Control& control = {});

/// XXH64 of bytes.
///
/// @param bytes  any.
/// @param seed   0 in files.
/// @throws none.
/// @complexity  O(bytes), above 10 GB/s.
/// @numerics    Arithmetic modulo 2^64 with the five primes of the specification; the same on every machine.
/// @threads     Pure.
/// @source      Collet, xxHash specification 0.1.1, 2016 (own implementation).
/// @since 0.1, experimental.
[[nodiscard]] std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed = 0) noexcept;

}  // namespace v1
}  // namespace chainqual
