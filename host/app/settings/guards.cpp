// Keys of the circuit breakers and the stops (trading rules §5.3, §6).
#include "app/settings/rows.hpp"

namespace grekko::app {

void add_breaker_rows(Rows& rows) {
    using S = risk::BreakerSettings;
    Group<S> group{rows, "breakers", [](engine::Settings& s) -> S& { return s.breakers; }};
    group
        .add("data_stale_max", &S::data_stale_max, {"10ms", "1h", ""},
             "Data older than this opens the instrument's breaker.")
        .add("data_crossed_max", &S::data_crossed_max, {"1ms", "1h", ""},
             "A book crossed for so long opens it.")
        .add("data_clean", &S::data_clean, {"0s", "1h", ""}, "Clean data for so long closes it.")
        .add("unknown_outcomes", &S::unknown_outcomes, {"1", "8", "orders"},
             "Orders in doubt that open the venue's breaker.")
        .add("unknown_window", &S::unknown_window, {"1s", "1h", ""}, "Within this time.")
        .add("clock_offset_max", &S::clock_offset_max, {"1ms", "1m", ""},
             "A venue's clock offset that opens its breaker.")
        .add("mismatch_for", &S::mismatch_for, {"1s", "1h", ""},
             "An account that differs for so long opens its breaker.")
        .add("reconciliations", &S::reconciliations, {"1", "100", "in a row"},
             "Reconciliations that agree close it.")
        .add("rejects", &S::rejects, {"1", "8", "rejects"},
             "Rejects of a venue that open an agent's breaker on the instrument.")
        .add("rejects_window", &S::rejects_window, {"1s", "1d", ""}, "Within this time.")
        .add("bad_fills", &S::bad_fills, {"1", "8", "fills"},
             "Fills much worse than estimated that open it.")
        .add("bad_fills_window", &S::bad_fills_window, {"1s", "1d", ""}, "Within this time.")
        .add("bad_fill_factor", &S::bad_fill_factor, {"1", "100", "x the estimate"},
             "A fill is bad beyond this,")
        .add("bad_fill_margin", &S::bad_fill_margin, {"0", "0.1", "of price"}, "plus this.")
        .add("faults", &S::faults, {"1", "16", "faults"}, "Faults that open an agent's breaker.")
        .add("faults_window", &S::faults_window, {"1s", "1d", ""}, "Within this time.")
        .add("faults_wait", &S::faults_wait, {"1s", "1d", ""}, "Wait before it may return.")
        .add("price_move", &S::price_move, {"0.001", "1", "in 5 min"},
             "Move of a held instrument that opens the global breaker.")
        .add("price_move_wait", &S::price_move_wait, {"1s", "1d", ""}, "Wait before it half opens.")
        .add("journal_latency_max", &S::journal_latency_max, {"1ms", "1m", ""},
             "Commit p99 that opens the global breaker.")
        .add("journal_slow_for", &S::journal_slow_for, {"1s", "1h", ""}, "When it lasts so long.")
        .add("par_deviation", &S::par_deviation, {"0.001", "0.5", "of par"},
             "A quote currency so far off par halts the book.")
        .add("agent_instrument_wait", &S::agent_instrument_wait, {"1s", "1d", ""},
             "First wait of an agent's breaker on an instrument.")
        .add("wait_max", &S::wait_max, {"1s", "7d", ""}, "Longest wait after repeated openings.")
        .add("completions", &S::completions, {"1", "100", "increases"},
             "Clean increases that close a half open breaker.")
        .add("manual_from", &S::manual_from, {"0", "100", "openings a day"},
             "This opening of a day waits for an operator; 0: never.");
}

void add_stop_rows(Rows& rows) {
    using S = risk::StopSettings;
    Group<S> group{rows, "stops", [](engine::Settings& s) -> S& { return s.stops; }};
    group
        .add("blind_after", &S::blind_after, {"1s", "1h", ""},
             "A stop without fresh data for so long looks at other venues, else alerts.")
        .add("retry_after", &S::retry_after, {"10ms", "1m", ""},
             "A failed exit is tried again after this.")
        .add("trail_each", &S::trail_each, {"0s", "1h", ""},
             "A trailing stop moves at most once in this time.")
        .add("disaster", &S::disaster, {"automatic", "on", "off"},
             "Stop that rests at the venue; automatic: live on, else off.")
        .add("disaster_factor", &S::disaster_factor, {"1", "10", "x the widest stop"},
             "Its distance, within:")
        .add("disaster_min", &S::disaster_min, {"0", "0.9", "of price"}, "its least distance,")
        .add("disaster_max", &S::disaster_max, {"0", "0.9", "of price"}, "its greatest distance.")
        .add("disaster_limit", &S::disaster_limit, {"0", "0.5", "of price"},
             "Its limit lies so far through its trigger.");
}

} // namespace grekko::app
