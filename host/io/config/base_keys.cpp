// The keys that belong to no service of the core: book, market, agents, run, logs.
#include "io/config/schema.hpp"

namespace grekko::config {
namespace {

void add_book(Schema& schema) {
    schema.add({"book.name",
                Type::text,
                "main",
                "",
                "",
                {},
                "",
                "Name of the book; its files are in a folder of this name."});
    schema.add({"book.base_currency",
                Type::text,
                "USD",
                "",
                "",
                {},
                "",
                "Currency that NAV and all limits are counted in."});
    schema.add({"book.folder",
                Type::text,
                "data",
                "",
                "",
                {},
                "",
                "Folder that holds a folder for each book: journal, tape, views, reports."});
    schema.add(
        {"book.durability",
         Type::choice,
         "full",
         "",
         "",
         {"full", "none"},
         "",
         "full: every commit is on disk before an order leaves; none: a crash may lose the journal."});
    schema.add({"book.reserve_bytes",
                Type::whole,
                "8388608",
                "0",
                "1073741824",
                {},
                "bytes",
                "Disk space set aside so that fills and cancels are recorded on a full disk."});
    schema.add({"book.snapshot_every",
                Type::whole,
                "1000000",
                "1000",
                "",
                {},
                "records",
                "A snapshot of the state is written after so many records."});
    schema.add({"book.consensus",
                Type::choice,
                "on",
                "",
                "",
                {"on", "off"},
                "",
                "off: every increase passes unvoted, to measure what the vote is worth."});
    schema.add({"book.shorts",
                Type::flag,
                "false",
                "",
                "",
                {},
                "",
                "Whether agents may hold short positions."});
    schema.add(
        {"book.restricted", Type::list, "", "", "", {}, "", "Symbols that nobody may trade."});
}

void add_venues(Schema& schema) {
    schema.add(Table{"venues", {"name"}, false});
    schema.add({"venues[].name", Type::text, "", "", "", {}, "", "Name of the venue."});
    schema.add({"venues[].account",
                Type::text,
                "paper",
                "",
                "",
                {},
                "",
                "Account id at the venue; it belongs to one book."});
    schema.add({"venues[].simulated",
                Type::flag,
                "true",
                "",
                "",
                {},
                "",
                "Whether orders go to the paper venue instead of the real one."});
    schema.add({"venues[].rate_per_second",
                Type::whole,
                "10",
                "1",
                "10000",
                {},
                "requests",
                "Requests that the venue allows in a second."});
    schema.add({"venues[].latency",
                Type::duration,
                "80ms",
                "0s",
                "10s",
                {},
                "",
                "Median time that an order takes to the venue."});
    schema.add({"venues[].latency_p99",
                Type::duration,
                "400ms",
                "0s",
                "60s",
                {},
                "",
                "99th percentile of the same."});
    schema.add({"venues[].cash",
                Type::list,
                "",
                "",
                "",
                {},
                "",
                "Money at a simulated venue from the start, such as [\"100000 USD\"]."});
    schema.add(
        {"venues[].fee_in_received_asset",
         Type::flag,
         "false",
         "",
         "",
         {},
         "",
         "Whether fees are taken from what is bought (Binance) instead of the quote currency."});
    schema.add({"venues[].api_key",
                Type::secret,
                "",
                "",
                "",
                {},
                "",
                "Reference to the API key, env:NAME or file:PATH."});
    schema.add({"venues[].api_secret",
                Type::secret,
                "",
                "",
                "",
                {},
                "",
                "Reference to the API secret, env:NAME or file:PATH."});
}

void add_instruments(Schema& schema) {
    schema.add(Table{"instruments", {"symbol"}, false});
    schema.add(
        {"instruments[].symbol", Type::text, "", "", "", {}, "", "Symbol, such as \"BTC-USD\"."});
    schema.add({"instruments[].base",
                Type::text,
                "",
                "",
                "",
                {},
                "",
                "Currency that is bought and sold."});
    schema.add(
        {"instruments[].quote", Type::text, "", "", "", {}, "", "Currency that prices are in."});
    schema.add({"instruments[].major",
                Type::flag,
                "false",
                "",
                "",
                {},
                "",
                "Major coins (BTC, ETH) have the wider limit of check 23."});
    schema.add({"instruments[].kind",
                Type::choice,
                "spot",
                "",
                "",
                {"spot", "perpetual"},
                "",
                "Kind of contract."});
    schema.add({"instruments[].contract_size",
                Type::amount,
                "1",
                "0",
                "",
                {},
                "base units",
                "Base units in a contract."});
    schema.add({"instruments[].default_stop",
                Type::share,
                "0.05",
                "0.0001",
                "0.5",
                {},
                "of price",
                "Stop put in where an intent has none."});
    schema.add({"instruments[].start_price",
                Type::amount,
                "100",
                "0",
                "",
                {},
                "quote",
                "Where the synthetic market begins."});
    schema.add({"instruments[].synthetic_size",
                Type::amount,
                "0.02",
                "0",
                "",
                {},
                "base units",
                "Median trade of the synthetic market; a level shows 25 times as much."});
    schema.add(Table{"listings", {"instrument", "venue"}, false});
    schema.add(
        {"listings[].instrument", Type::text, "", "", "", {}, "", "Symbol of the instrument."});
    schema.add({"listings[].venue", Type::text, "", "", "", {}, "", "Venue it is traded on."});
    schema.add({"listings[].tick", Type::amount, "0.01", "0", "", {}, "quote", "Step of prices."});
    schema.add({"listings[].lot",
                Type::amount,
                "0.00000001",
                "0",
                "",
                {},
                "base units",
                "Step of quantities."});
    schema.add({"listings[].quantity_min",
                Type::amount,
                "0",
                "0",
                "",
                {},
                "base units",
                "Smallest order."});
    schema.add({"listings[].quantity_max",
                Type::amount,
                "0",
                "0",
                "",
                {},
                "base units",
                "Largest order, 0: no limit."});
    schema.add({"listings[].notional_min",
                Type::amount,
                "1",
                "0",
                "",
                {},
                "quote",
                "Smallest value of an order."});
    schema.add({"listings[].maker_fee",
                Type::share,
                "0.004",
                "-0.01",
                "0.05",
                {},
                "of notional",
                "Fee of resting orders, dearest retail tier."});
    schema.add({"listings[].taker_fee",
                Type::share,
                "0.006",
                "-0.01",
                "0.05",
                {},
                "of notional",
                "Fee of orders that take."});
    schema.add({"listings[].open_orders_max",
                Type::whole,
                "200",
                "1",
                "100000",
                {},
                "orders",
                "Open orders that the venue allows."});
    schema.add({"listings[].has_stop_orders",
                Type::flag,
                "true",
                "",
                "",
                {},
                "",
                "Whether the venue takes stop orders."});
    schema.add({"listings[].has_oco",
                Type::flag,
                "true",
                "",
                "",
                {},
                "",
                "Whether it takes one-cancels-other pairs."});
    schema.add({"listings[].replace_is_atomic",
                Type::flag,
                "false",
                "",
                "",
                {},
                "",
                "Whether a replace can never leave both orders working."});
}

void add_agents(Schema& schema) {
    schema.add(Table{"agents", {"name"}, true});
    schema.add({"agents[].name", Type::text, "", "", "", {}, "", "Name of the agent."});
    schema.add({"agents[].folder",
                Type::text,
                "",
                "",
                "",
                {},
                "",
                "Folder with agent.lua; default: scripts/agents/<name>."});
    schema.add({"agents[].allocation",
                Type::share,
                "0.3333",
                "0",
                "1",
                {},
                "of the starting cash",
                "Capital given to the agent."});
    schema.add({"agents[].participation",
                Type::share,
                "1",
                "0",
                "1",
                {},
                "",
                "Weight that the operator gives its votes."});
    schema.add({"agents[].risk_tolerance",
                Type::share,
                "0",
                "0",
                "1",
                {},
                "",
                "The one dial of risk; 0: that of its mode."});
    schema.add({"agents[].group",
                Type::whole,
                "0",
                "0",
                "65535",
                {},
                "",
                "Agents of one group share one vote; 0: by equal code."});
    schema.add({"agents[].symbols",
                Type::list,
                "",
                "",
                "",
                {},
                "",
                "Symbols it trades; default: run.symbols."});
    schema.add({"agents[].params.*",
                Type::parameter,
                "",
                "",
                "",
                {},
                "",
                "Parameters that the script declares."});
}

void add_run(Schema& schema) {
    schema.add({"run.symbols", Type::list, "BTC-USD", "", "", {}, "", "Symbols to trade."});
    schema.add({"run.venue",
                Type::text,
                "coinbase",
                "",
                "",
                {},
                "",
                "Venue whose rules the paper venue follows."});
    schema.add({"run.speed",
                Type::amount,
                "60",
                "0",
                "100000",
                {},
                "times real time",
                "Pace of the synthetic market; 0: as fast as it goes."});
    schema.add({"run.seed",
                Type::whole,
                "1",
                "0",
                "",
                {},
                "",
                "Seed of everything that is drawn; equal seeds give equal runs."});
    schema.add({"run.profile",
                Type::text,
                "tape",
                "",
                "",
                {},
                "",
                "[profile.NAME] of each agent.toml that applies; empty: none."});
    schema.add({"run.warmup",
                Type::whole,
                "1500",
                "0",
                "2000",
                {},
                "bars",
                "Bars of history that the synthetic market begins with."});
    schema.add(
        {"run.interval", Type::duration, "5s", "1s", "1d", {}, "", "Interval of those bars."});
    schema.add({"run.fees",
                Type::choice,
                "none",
                "",
                "",
                {"none", "listed"},
                "",
                "none: a show without fees, and labelled so; listed: those of the listings."});
    schema.add(
        {"backtest.profile", Type::text, "", "", "", {}, "", "As run.profile, for backtests."});
    schema.add({"backtest.fees",
                Type::choice,
                "listed",
                "",
                "",
                {"none", "listed"},
                "",
                "As run.fees, for backtests."});
    schema.add({"backtest.queue",
                Type::choice,
                "risk_averse",
                "",
                "",
                {"risk_averse", "prob"},
                "",
                "How a resting order advances in a level that shrinks."});
    schema.add({"backtest.settle",
                Type::duration,
                "1h",
                "0s",
                "7d",
                {},
                "",
                "Time after the last record in which orders may still end."});
}

void add_logging(Schema& schema) {
    schema.add({"logging.level",
                Type::choice,
                "info",
                "",
                "",
                {"trace", "debug", "info", "warning", "error", "off"},
                "",
                "The least that is logged."});
    schema.add({"logging.format",
                Type::choice,
                "automatic",
                "",
                "",
                {"automatic", "human", "json"},
                "",
                "automatic: human on a terminal, JSON lines otherwise."});
    schema.add({"logging.file",
                Type::text,
                "",
                "",
                "",
                {},
                "",
                "File that logs are added to; empty: standard error."});
    schema.add({"logging.lines_per_second",
                Type::whole,
                "100",
                "1",
                "100000",
                {},
                "lines",
                "More than these are counted, not written."});
}

} // namespace

Schema base_schema() {
    Schema schema;
    add_book(schema);
    add_venues(schema);
    add_instruments(schema);
    add_agents(schema);
    add_run(schema);
    add_logging(schema);
    return schema;
}

} // namespace grekko::config
