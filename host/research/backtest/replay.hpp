// Two proofs over a journal. The audit folds it alone and compares the digest with that of its
// newest snapshot. The verification runs market and agents again and compares every record. Neither
// changes the journal. `grekko journal replay` and the tests call them.
#pragma once

#include <string>

#include "ports/journal.hpp"
#include "research/backtest/session.hpp"

namespace grekko::research {

struct AuditResult {
    Sequence last;
    std::uint64_t records{0};
    std::string digest; // after the last record
    Sequence snapshot;  // the newest whose digest was compared; none: there is none
};

// corrupt: a record this version does not know, a gap in the sequence, an end that lies before the
// snapshot; check_failed: the state after the snapshot's record has another digest than it says.
Result<AuditResult> replay_audit(ports::Journal& journal, const Universe& universe,
                                 const engine::Settings& settings);

struct VerificationResult {
    std::uint64_t records{0}; // compared, all equal
    std::uint64_t answers{0}; // of agents, among them
    std::string digest, market_digest;
};

// `request` is as of the run that wrote the journal, with fresh venues and agents; its journal and
// hooks are not used, and its incarnation is the journal's. Commands of people are put in again
// where they stood on the tape.
// check_failed: names the agent whose code or parameters are others, else the first record that
// differs.
Result<VerificationResult> replay_verification(ports::Journal& journal, SessionRequest request);

} // namespace grekko::research
