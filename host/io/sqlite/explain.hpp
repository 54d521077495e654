// explain: everything that led to an order, an intent or a denial and everything that came of it,
// out of the journal: mark, intent, votes, tally, checks, orders, fills, outcome. It reads; why a
// rule said what it said is in the records. `grekko explain` and the tools for people call it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/record.hpp"

namespace grekko::sqlite {

// A record with its body, out of its batch.
class KeptRecord {
public:
    KeptRecord(const RecordHead& head, std::span<const std::byte> body);
    const RecordHead& head() const { return *reinterpret_cast<const RecordHead*>(words_.data()); }
    std::span<const std::byte> body() const;

private:
    std::vector<std::uint64_t> words_;
};

struct Explanation {
    Sequence asked;                  // what was asked about
    Sequence root;                   // the intent or command that began it
    std::vector<KeptRecord> records; // by sequence: what caused the root, it, all that followed
};

// `id`: an order, an intent, a denial, a stop, or any other record by its sequence. not_found: the
// journal has no such record.
Result<Explanation> collect(const std::filesystem::path& journal, Sequence id);

// What numbers mean: the caller knows the configuration and the names of the risk checks.
struct ExplainNames {
    unsigned checks{0}; // checks are numbered from 1
    std::function<std::string(unsigned)> check;
    std::function<std::string(AgentId)> agent;
    std::function<std::string(InstrumentId)> instrument;
    std::function<std::string(VenueId)> venue;
};

// For a terminal: sections with aligned columns, plain text.
std::string explain_text(const Explanation& explanation, const ExplainNames& names);

} // namespace grekko::sqlite
