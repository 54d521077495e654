// Keys of market, agents, consensus, execution and portfolio.
#include "app/settings/rows.hpp"

namespace grekko::app {

void add_market_rows(Rows& rows) {
    using S = market::Settings;
    Group<S> group{rows, "market", [](engine::Settings& s) -> S& { return s.market; }};
    group
        .add("book_age_max", &S::book_age_max, {"10ms", "1h", ""},
             "A mark comes from a book no older than this,")
        .add("trade_age_max", &S::trade_age_max, {"10ms", "1d", ""},
             "else from a trade no older than this.")
        .add("spread_max_bp", &S::spread_max_bp, {"1", "5000", "bp"},
             "Widest book that gives a mark.")
        .add("bar_age_max_percent", &S::bar_age_max_percent, {"100", "1000", "% of its interval"},
             "Oldest bar that gives a mark.")
        .add("book_levels_max", &S::book_levels_max, {"10", "50000", "a side"},
             "Levels of a book that are kept.")
        .add("sigma_returns_min", &S::sigma_returns_min, {"2", "1000", "returns"},
             "Fewer: volatility is unknown.")
        .add("bar_grace", &S::bar_grace, {"0s", "10s", ""},
             "A live bar closes so long after its end.")
        .add("history_bars", &S::history_bars, {"10", "100000", "bars"},
             "Bars kept for each instrument and interval.")
        .add("correlation_min_percent", &S::correlation_min_percent, {"0", "100", "%"},
             "Check 26: correlation that makes a cluster.")
        .add("bar_half_spread_major", &S::bar_half_spread_major, {"0", "0.1", "of price"},
             "Half spread of majors where only bars are known.")
        .add("bar_half_spread", &S::bar_half_spread, {"0", "0.1", "of price"},
             "The same for others.")
        .add("impact_factor", &S::impact_factor, {"0", "10", "x sigma x sqrt(q/V)"},
             "Impact of an order.");
}

void add_agents_rows(Rows& rows) {
    using S = agents::Settings;
    Group<S> group{rows, "voting", [](engine::Settings& s) -> S& { return s.agents; }};
    group
        .add("absent_after", &S::absent_after, {"1", "100", "misses in a row"},
             "An agent that misses so many rounds leaves the electorate.")
        .add("back_after", &S::back_after, {"1", "100", "answers in a row"},
             "It returns after so many answers in time.")
        .add("attendance_decay", &S::attendance_decay, {"0.5", "0.9999", "a round"},
             "Memory of attendance.")
        .add("skill_decay", &S::skill_decay, {"0.5", "0.99999", "a score"}, "Memory of skill.")
        .add("skill_prior_weight", &S::prior_weight, {"0", "10000", "votes"},
             "Weight of the prior of skill.")
        .add("skill_prior_slope", &S::prior_slope, {"0.0001", "1", ""},
             "Slope of the prior of skill.")
        .add("skill_min", &S::skill_min, {"0", "1", ""}, "Least weight that skill gives.")
        .add("skill_max", &S::skill_max, {"1", "100", ""}, "Greatest weight that skill gives.")
        .add("faults_max", &S::faults_max, {"1", "16", "faults"},
             "Faults that switch an agent off.")
        .add("fault_window", &S::fault_window, {"1s", "1d", ""}, "Within this time.")
        .add("backoff", &S::backoff, {"1s", "1d", ""}, "It returns after this; doubles.")
        .add("backoff_max", &S::backoff_max, {"1s", "7d", ""}, "Longest wait.");
}

void add_consensus_rows(Rows& rows) {
    using consensus::Law;
    Group<Law> law{rows, "consensus", [](engine::Settings& s) -> Law& { return s.consensus.law; }};
    law.add("approval_small", &Law::approval_small, {"0", "1", "of the votes"},
            "Approval for an increase up to size_small.")
        .add("approval_medium", &Law::approval_medium, {"0", "1", "of the votes"},
             "Approval up to size_medium.")
        .add("approval_large", &Law::approval_large, {"0", "1", "of the votes"},
             "Approval above it.")
        .add("size_small", &Law::size_small, {"0", "1", "of N"}, "Upper end of small increases.")
        .add("size_medium", &Law::size_medium, {"0", "1", "of N"}, "Upper end of medium increases.")
        .add("quorum", &Law::quorum, {"0", "1", "of the eligible weight"},
             "Weight that must approve or reject.")
        .add("confidence_min", &Law::confidence_min, {"0", "1", ""},
             "A vote with less is an abstention.")
        .add("group_share_max", &Law::group_share_max, {"0", "1", "of the eligible weight"},
             "Most that one group can weigh.");
    using S = consensus::Settings;
    Group<S> group{rows, "consensus", [](engine::Settings& s) -> S& { return s.consensus; }};
    group
        .add("churn", &S::churn, {"0", "1", "of the votes"},
             "Added to the threshold against a fresh opposite increase.")
        .add("round", &S::round, {"10ms", "1m", ""}, "Hard end of a round.")
        .add("answer", &S::answer, {"1ms", "1m", ""}, "Budget for answers within it.")
        .add("ttl", &S::ttl, {"10ms", "1h", ""}, "Life of an intent that names none.")
        .add("open_rounds_max", &S::open_rounds_max, {"1", "1000", "a book"}, "Rounds at a time.")
        .add("increase_interval", &S::increase_interval, {"0s", "1h", ""},
             "Between increases of an agent in an instrument.")
        .add("horizon_bars", &S::horizon_bars, {"1", "10000", "bars"},
             "Horizon put in where an intent has none.")
        .add("horizon_min", &S::horizon_min, {"1s", "7d", ""}, "Shortest horizon.")
        .add("horizon_max", &S::horizon_max, {"1s", "365d", ""}, "Longest horizon.")
        .add("flip_wait", &S::flip_wait, {"1s", "1d", ""},
             "The increase of a flip lapses after it.")
        .add("stale_move", &S::stale_move, {"0", "0.1", "of price"},
             "Adverse move that is tolerated, at least.")
        .add("stale_spreads", &S::stale_spreads, {"0", "100", "spreads"}, "Or so many spreads,")
        .add("stale_sigmas", &S::stale_sigmas, {"0", "100", "x sigma of 1 min"},
             "or so much volatility, whichever is most.")
        .add("mandate_max", &S::mandate_max, {"1s", "7d", ""}, "Longest life of a mandate.")
        .add("vetoes_per_day", &S::vetoes_per_day, {"0", "1000", "an agent"}, "Vetoes of a day.")
        .add("veto_missing", &S::veto_missing, {"refuse", "ignore"},
             "What a veto holder's silence does.");
}

void add_execution_rows(Rows& rows) {
    using S = execution::Settings;
    Group<S> group{rows, "execution", [](engine::Settings& s) -> S& { return s.execution; }};
    group
        .add("depth_share", &S::depth_share, {"0", "1", "of the shown size"},
             "Shown depth that the router counts on.")
        .add("split_saving_min", &S::split_saving_min, {"0", "0.1", "of the value"},
             "Saving that is worth a second venue.")
        .add("reroutes_max", &S::reroutes_max, {"0", "100", "an order"},
             "Times that the rest is routed again.")
        .add("protection_increase", &S::protection_increase, {"0", "0.2", "of the mark"},
             "Limit that stands in for market, increases.")
        .add("protection_reduce", &S::protection_reduce, {"0", "0.5", "of the mark"},
             "The same for reduces.")
        .add("normal_within", &S::normal_within, {"0", "0.1", "through the touch"},
             "First step of urgency normal; the least room of an IOC.")
        .add("normal_passive", &S::normal_passive, {"0s", "1d", ""},
             "Its passive step lasts so long.")
        .add("passive_ttl", &S::passive_ttl, {"1s", "7d", ""}, "A passive order rests so long.")
        .add("reprices_max", &S::reprices_max, {"0", "1000", "an order"},
             "Times that a passive order follows the touch.")
        .add("reprice_after", &S::reprice_after, {"0s", "1h", ""},
             "When the touch has moved for so long.")
        .add("resting_gtd", &S::resting_gtd, {"1s", "1d", ""},
             "Life of resting increases at a venue that has GTD.")
        .add("schedule_default", &S::schedule_default, {"1s", "7d", ""},
             "Length of TWAP and VWAP where none is given.")
        .add("slice_each", &S::slice_each, {"1s", "1d", ""}, "Length of a slice.")
        .add("slices_min", &S::slices_min, {"1", "1000", "slices"}, "Least slices.")
        .add("slices_max", &S::slices_max, {"1", "10000", "slices"}, "Most slices.")
        .add("participation_max", &S::participation_max, {"0", "1", "of the traded volume"},
             "Most of the market that a schedule is.")
        .add("iceberg_shown", &S::iceberg_shown, {"0.001", "1", "of the order"},
             "Part of an iceberg that is shown.")
        .add("escalate_after", &S::escalate_after, {"100ms", "10m", ""},
             "A stop's exit escalates after this.")
        .add("answer_max", &S::answer_max, {"100ms", "10m", ""},
             "Without an answer for so long an order is in doubt.")
        .add("query_each", &S::query_each, {"100ms", "10m", ""}, "Between queries about one order.")
        .add("not_found_min", &S::not_found_min, {"1", "100", "answers"},
             "Answers \"not found\" before it is believed.")
        .add("not_found_over", &S::not_found_over, {"0s", "1h", ""}, "Over at least this time.")
        .add("reconcile_each", &S::reconcile_each, {"1s", "1d", ""}, "Between reconciliations.")
        .add("transfer_after", &S::transfer_after, {"1s", "1d", ""},
             "A balance change without a fill for so long is a transfer.");
}

void add_portfolio_rows(Rows& rows) {
    using S = portfolio::Settings;
    Group<S> group{rows, "portfolio", [](engine::Settings& s) -> S& { return s.portfolio; }};
    group.add("sample_every", &S::sample_every, {"1s", "1d", ""}, "Between samples of NAV.")
        .add("balance_tolerance_lots", &S::balance_tolerance_lots, {"0", "1000", "lots"},
             "Difference of balances that is left alone.");
}

} // namespace grekko::app
