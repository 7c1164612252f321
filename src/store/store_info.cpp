#include <utility>

#include "chainqual/io/chain_json.hpp"
#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Transaction;
using storage::whole;

namespace storage {

std::string info_text(const ChainInfo& info) {
  Dossier bare;
  bare.info = info;
  return chain_to_json(bare);
}

ChainInfo info_from(const std::string& text) {
  return text.empty() ? ChainInfo{} : chain_from_json(text, "store").dossier.info;
}

}  // namespace storage

Entry<ChainInfo> Store::info() {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  return state_->info_entry();
}

Entry<ChainInfo> Store::State::info_entry() {
  Entry<ChainInfo> entry;
  const auto found = connection.rows(
      "SELECT \"value\", \"version\", \"changed_at\", \"changed_by\" FROM \"store\" WHERE \"key\" = 'info'", {}, 4);
  if (found.empty()) return entry;
  entry.record = storage::info_from(storage::text_or_empty(found.front()[0]));
  entry.version = whole(found.front()[1]);
  entry.changed_at = storage::text_or_empty(found.front()[2]);
  entry.changed_by = storage::text_or_empty(found.front()[3]);
  return entry;
}

namespace {

void check_version(const Entry<ChainInfo>& now, std::int64_t version) {
  if (now.version == version) return;
  const std::string by = shown_value(now.changed_by);
  throw Error(ErrorCode::conflict,
              {"产业链信息已由“" + by + "”于 " + now.changed_at + " 修改（现为第 " + std::to_string(now.version) +
                   " 版，您依据的是第 " + std::to_string(version) + " 版）。请重新读取后再改。",
               "The chain's information was changed by '" + by + "' at " + now.changed_at + " (it is at version " +
                   std::to_string(now.version) + ", yours was made from " + std::to_string(version) +
                   "). Read it again, then make your change."});
}

}  // namespace

Entry<ChainInfo> Store::change_info(std::int64_t version, const ChainInfo& info) {
  const std::string text = storage::info_text(storage::info_from(storage::info_text(info)));
  Transaction transaction(state_->connection, Transaction::Kind::write);
  check_version(state_->info_entry(), version);
  state_->set_info(text, version + 1);
  Entry<ChainInfo> entry = state_->info_entry();
  transaction.commit();
  return entry;
}

Entry<ChainInfo> Store::change_info(std::int64_t version, const InfoTexts& fields) {
  return change_info(version, info_with(info().record, fields, "chain"));
}

}  // namespace v1
}  // namespace chainqual
