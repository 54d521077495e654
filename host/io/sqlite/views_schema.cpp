#include "io/sqlite/views_schema.hpp"

namespace grekko::sqlite {
namespace {

constexpr const char* version_1 = R"(
CREATE TABLE progress(
    id INTEGER PRIMARY KEY CHECK(id = 1), last INTEGER NOT NULL
) STRICT;
INSERT INTO progress(id, last) VALUES(1, 0);

CREATE TABLE events(
    sequence INTEGER PRIMARY KEY, at TEXT, type TEXT NOT NULL, category TEXT NOT NULL,
    correlation INTEGER, causation INTEGER, json TEXT
) STRICT;
CREATE INDEX events_type ON events(type);
CREATE INDEX events_correlation ON events(correlation);

CREATE TABLE agents(
    agent INTEGER PRIMARY KEY, name TEXT NOT NULL, mode TEXT, native INTEGER, status TEXT,
    reason TEXT, generation INTEGER, code_hash TEXT, risk_tolerance TEXT, participation TEXT,
    allocation TEXT, faults INTEGER NOT NULL DEFAULT 0, attendance TEXT, equity TEXT,
    updated_at TEXT
) STRICT;

CREATE TABLE intents(
    intent INTEGER PRIMARY KEY, at TEXT, agent INTEGER, instrument INTEGER, side TEXT, route TEXT,
    increase INTEGER, target TEXT, delta TEXT, reference TEXT, limit_price TEXT, stop TEXT,
    take TEXT, confidence TEXT, reason TEXT, state TEXT NOT NULL, refusal TEXT,
    filled TEXT, mean TEXT, signal TEXT, delay TEXT, execution TEXT, fees TEXT, funding TEXT,
    not_taken TEXT, updated_at TEXT
) STRICT;
CREATE INDEX intents_agent ON intents(agent);

CREATE TABLE rounds(
    round INTEGER PRIMARY KEY, at TEXT, proposer INTEGER, instrument INTEGER, members INTEGER,
    groups INTEGER, deadline TEXT, value TEXT, outcome TEXT, closed_at TEXT, approvals INTEGER,
    rejections INTEGER, abstentions INTEGER, misses INTEGER, fraction TEXT, approval TEXT,
    threshold TEXT, quorum TEXT, quorate INTEGER, vetoed_by INTEGER, quantity TEXT, mark TEXT,
    took_ns INTEGER
) STRICT;
CREATE TABLE members(
    round INTEGER NOT NULL, agent INTEGER NOT NULL, grouping INTEGER, weight TEXT, veto INTEGER,
    outside INTEGER, PRIMARY KEY(round, agent)
) STRICT, WITHOUT ROWID;
CREATE TABLE votes(
    sequence INTEGER PRIMARY KEY, at TEXT, round INTEGER NOT NULL, agent INTEGER NOT NULL,
    ballot TEXT, confidence TEXT, max TEXT, reason TEXT, after_ns INTEGER, late INTEGER,
    counted INTEGER, abstains INTEGER
) STRICT;
CREATE INDEX votes_round ON votes(round);

CREATE TABLE assessments(
    sequence INTEGER PRIMARY KEY, at TEXT, correlation INTEGER, intent INTEGER, parent INTEGER,
    stop INTEGER, agent INTEGER, instrument INTEGER, venue INTEGER, kind TEXT, verdict TEXT,
    side TEXT, reason INTEGER, blocked INTEGER, reduced INTEGER, warned INTEGER, requested TEXT,
    approved TEXT, mark TEXT, limit_price TEXT, nav TEXT, score TEXT
) STRICT;
CREATE INDEX assessments_intent ON assessments(intent);

CREATE TABLE orders(
    id INTEGER PRIMARY KEY, at TEXT, correlation INTEGER, parent INTEGER, intent INTEGER,
    stop INTEGER, agent INTEGER, instrument INTEGER, venue INTEGER, side TEXT, type TEXT,
    time_in_force TEXT, purpose TEXT, post_only INTEGER, reduce_only INTEGER, quantity TEXT,
    limit_price TEXT, trigger_price TEXT, reference TEXT, client_id TEXT, venue_order_id TEXT,
    status TEXT NOT NULL, reason TEXT, filled TEXT NOT NULL DEFAULT '0', updated_at TEXT
) STRICT;
CREATE INDEX orders_intent ON orders(intent);
CREATE INDEX orders_client_id ON orders(client_id);

CREATE TABLE fills(
    sequence INTEGER PRIMARY KEY, at TEXT, correlation INTEGER, order_id INTEGER, venue INTEGER,
    instrument INTEGER, side TEXT, liquidity TEXT, inferred INTEGER, own INTEGER NOT NULL,
    price TEXT, quantity TEXT, fee TEXT, fee_currency TEXT, trade_id TEXT, exchange_at TEXT
) STRICT;
CREATE INDEX fills_order ON fills(order_id);

CREATE TABLE allocations(
    sequence INTEGER PRIMARY KEY, at TEXT, order_id INTEGER, parent INTEGER, intent INTEGER,
    agent INTEGER, instrument INTEGER, venue INTEGER, side TEXT, purpose TEXT, quantity TEXT,
    price TEXT, value TEXT, fee TEXT, fee_currency TEXT, fee_quote TEXT
) STRICT;
CREATE INDEX allocations_intent ON allocations(intent);

CREATE TABLE positions(
    agent INTEGER NOT NULL, instrument INTEGER NOT NULL, quantity TEXT NOT NULL DEFAULT '0',
    bought TEXT NOT NULL DEFAULT '0', sold TEXT NOT NULL DEFAULT '0',
    fees TEXT NOT NULL DEFAULT '0', mark TEXT, updated_at TEXT, PRIMARY KEY(agent, instrument)
) STRICT, WITHOUT ROWID;

CREATE TABLE stops(
    stop INTEGER PRIMARY KEY, at TEXT, intent INTEGER, agent INTEGER, instrument INTEGER,
    position_side TEXT, quantity TEXT, stop_price TEXT, take TEXT, trail TEXT,
    state TEXT NOT NULL, cause TEXT, attempt INTEGER, updated_at TEXT
) STRICT;

CREATE TABLE breakers(
    sequence INTEGER PRIMARY KEY, at TEXT, scope TEXT, before TEXT, state TEXT, manual INTEGER,
    venue INTEGER, instrument INTEGER, agent INTEGER, cause INTEGER, retry_at TEXT, reason TEXT,
    principal TEXT
) STRICT;
CREATE TABLE states(
    sequence INTEGER PRIMARY KEY, at TEXT, before TEXT, state TEXT, cause TEXT, manual INTEGER,
    frozen INTEGER, half_size INTEGER, reason TEXT, principal TEXT
) STRICT;
CREATE TABLE equity(
    sequence INTEGER PRIMARY KEY, at TEXT, nav TEXT, cash TEXT, units TEXT, nav_per_unit TEXT,
    day_start INTEGER, stale INTEGER
) STRICT;
CREATE TABLE commands(
    sequence INTEGER PRIMARY KEY, at TEXT, kind TEXT, principal TEXT, reason TEXT, agent INTEGER,
    instrument INTEGER, venue INTEGER, target INTEGER, accepted INTEGER, outcome TEXT
) STRICT;

CREATE VIEW denials AS
    SELECT sequence, at, intent, parent, agent, instrument, kind, 'risk' AS stage,
           CAST(reason AS TEXT) AS reason
    FROM assessments WHERE verdict <> 'approved'
    UNION ALL
    SELECT intent, at, intent, NULL, agent, instrument, side, 'intake', refusal
    FROM intents WHERE refusal IS NOT NULL
    UNION ALL
    SELECT round, closed_at, round, NULL, proposer, instrument, 'round', 'consensus', outcome
    FROM rounds WHERE outcome NOT IN ('passed', 'solo');
)";

constexpr const char* version_2 = R"(
CREATE TABLE limits(
    sequence INTEGER PRIMARY KEY, at TEXT, name TEXT, before TEXT, value TEXT,
    configured INTEGER, reason TEXT, principal TEXT
) STRICT;
)";

constexpr const char* migrations[]{version_1, version_2};

} // namespace

std::span<const char* const> view_migrations() {
    return migrations;
}

} // namespace grekko::sqlite
