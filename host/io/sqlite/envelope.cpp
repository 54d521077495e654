#include "io/sqlite/envelope.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include "domain/event.hpp"
#include "io/sqlite/render.hpp"

namespace grekko::sqlite {
namespace {

struct Source {
    std::string_view family; // of the type, before its dot
    std::string_view service;
};
constexpr std::array sources{
    Source{"agent", "strategy-engine"},
    Source{"intent", "agent-coordination"},
    Source{"round", "agent-coordination"},
    Source{"vote", "agent-coordination"},
    Source{"mandate", "agent-coordination"},
    Source{"risk", "risk-management"},
    Source{"breaker", "risk-management"},
    Source{"book", "risk-management"},
    Source{"stop", "risk-management"},
    Source{"parent", "execution-engine"},
    Source{"order", "execution-engine"},
    Source{"fill", "execution-engine"},
    Source{"cross", "execution-engine"},
    Source{"venue", "execution-engine"},
    Source{"nav", "portfolio"},
    Source{"position", "portfolio"},
    Source{"transfer", "portfolio"},
    Source{"balance", "portfolio"},
    Source{"dust", "portfolio"},
    Source{"funding", "portfolio"},
    Source{"input.market_step", "data-ingestion"},
};

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}

std::string in_quotes(std::string_view text) {
    return '"' + std::string{text} + '"'; // names, times and hexadecimal digits alone
}

} // namespace

std::string_view source_service(std::uint16_t tag) {
    const std::string_view type = record_name(tag);
    const std::string_view family = type.substr(0, type.find('.'));
    const auto found = std::ranges::find_if(sources, [&](const Source& source) {
        return source.family == family || source.family == type;
    });
    return found == sources.end() ? "engine" : found->service;
}

Hash EnvelopeWriter::hash_of(Sequence sequence) {
    const std::uint64_t number = sequence.value();
    return sha256_.of({bytes_of(journal_.book), bytes_of("\n"), bytes_of(journal_.created),
                       bytes_of("\n"), std::as_bytes(std::span{&number, 1})});
}

std::string EnvelopeWriter::uuid(Sequence sequence) {
    Hash hash = hash_of(sequence);
    hash[6] = (hash[6] & std::byte{0x0F}) | std::byte{0x80}; // version 8
    hash[8] = (hash[8] & std::byte{0x3F}) | std::byte{0x80}; // the variant of the RFC
    std::string text = hex(std::span{hash}.first(16));
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        text.insert(at, 1, '-');
    return text;
}

std::string EnvelopeWriter::write(const Record& record) {
    const RecordHead& head = record.head;
    const Sequence origin = head.correlation.is_none() ? head.sequence : head.correlation;
    const std::string_view type = record_name(head.tag);
    const Hash trace = hash_of(origin);
    std::string out = R"({"event_id":)";
    out += in_quotes(uuid(head.sequence));
    out += R"(,"event_type":)" + in_quotes(type.empty() ? "unknown" : type);
    out += R"(,"timestamp":)" + in_quotes(to_string(head.at));
    out += R"(,"source_service":)" + in_quotes(source_service(head.tag));
    out += R"(,"payload":)" + render_data(record);
    out += R"(,"metadata":{"correlation_id":)" + in_quotes(uuid(origin));
    out += R"(,"trace_id":)" + in_quotes(hex(std::span{trace}.last(16))) + "}}";
    return out;
}

Result<void> export_envelopes(const std::filesystem::path& journal, Sequence from,
                              const std::function<Result<void>(std::string_view)>& write) {
    TRY(store, Store::open_to_read(journal));
    EnvelopeWriter envelopes{store.identity()};
    return read_journal(journal, from, [&](const ports::Batch& batch) {
        return for_each_record(batch.first, batch.payload,
                               [&](const Record& record) -> Result<void> {
                                   if (record.head.sequence < from) return {};
                                   return write(envelopes.write(record) + "\n");
                               });
    });
}

} // namespace grekko::sqlite
