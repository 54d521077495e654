// Envelope: a record of the journal as an event for others: who it is by a UUID, what, when, from
// which service, and what began it. Every field follows from the journal's identity and the record,
// so that one record has one envelope, however often it is sent. It adds nothing to the record.
// `grekko journal export --envelope` writes it.
#pragma once

#include <string>

#include "domain/record.hpp"
#include "io/sqlite/sha256.hpp"
#include "io/sqlite/store.hpp"
#include "io/sqlite/verify.hpp"

namespace grekko::sqlite {

class EnvelopeWriter {
public:
    explicit EnvelopeWriter(const Identity& journal) : journal_{journal} {}

    // {"event_id":"…","event_type":"order.submitted","timestamp":"…","source_service":
    // "execution-engine","payload":{…},"metadata":{"correlation_id":"…","trace_id":"…"}}; without
    // a line feed. What began nothing and was begun by nothing correlates with itself.
    std::string write(const Record& record);
    // Version 8 of RFC 9562: the first bytes of a SHA-256 over book, creation and sequence.
    std::string uuid(Sequence sequence);

private:
    Hash hash_of(Sequence sequence);

    Identity journal_;
    Sha256 sha256_;
};

// Whose decision a record is: "risk-management" of "risk.assessed".
std::string_view source_service(std::uint16_t tag);

// Every record from `from` on, a line each, to `write`; an error of `write` ends it.
Result<void> export_envelopes(const std::filesystem::path& journal, Sequence from,
                              const std::function<Result<void>(std::string_view)>& write);

} // namespace grekko::sqlite
