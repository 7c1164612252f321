#include "buffers.hpp"
#include "chain.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/chain_json.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "options.hpp"

using namespace chainqual;

namespace {

ReadOptions options_of(const chainqual_read_options* options) {
  const auto own = capi::settled(options);
  ReadOptions result;
  result.repair = own.repair != 0;
  result.rejects = capi::text_of(own.rejects);
  return result;
}

void hand_over(ChainFile file, const chainqual_control* control, chainqual_chain** chain) {
  auto dossier = std::make_shared<Dossier>(std::move(file.dossier));
  capi::make_handle(chain, "chain", std::move(dossier), false);
  capi::report(control, std::move(file.findings));
}

}  // namespace

chainqual_status chainqual_read_chain(const char* path, const chainqual_read_options* options,
                                      const chainqual_control* control, chainqual_chain** chain,
                                      chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const ReadOptions settled = options_of(options);
    hand_over(read_chain(&capi::required(path, "path"), settled, capi::control_of(control)), control, chain);
  });
}

chainqual_status chainqual_chain_from_json(const char* text, uint64_t length, const char* file,
                                           const chainqual_read_options* options, const chainqual_control* control,
                                           chainqual_chain** chain, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto bytes = capi::entries(text, length, "text");
    const ReadOptions settled = options_of(options);
    const std::string name(file == nullptr ? "chain.json" : file);
    hand_over(chain_from_json({bytes.data(), bytes.size()}, name, settled, capi::control_of(control)), control, chain);
  });
}

chainqual_status chainqual_chain_to_json(const chainqual_chain* chain, char* buffer, uint64_t capacity, uint64_t* size,
                                         chainqual_error* error) {
  return capi::guarded(error,
                       [&] { capi::hand_over_text(chain_to_json(capi::content_of(chain)), buffer, capacity, size); });
}

chainqual_status chainqual_write_chain(const chainqual_chain* chain, const char* path, int32_t language,
                                       chainqual_error* error) {
  return capi::guarded(error, [&] {
    write_chain(capi::content_of(chain), &capi::required(path, "path"), WriteOptions{capi::language_of(language)});
  });
}

int32_t chainqual_same_content(const chainqual_chain* a, const chainqual_chain* b) {
  return a != nullptr && b != nullptr && same_content(*a->dossier, *b->dossier) ? 1 : 0;
}
