// Trades, consensus and risk in words.
#include <fmt/format.h>

#include "io/report/format.hpp"
#include "io/report/sections.hpp"

namespace grekko::report {

using ports::Report;

namespace {

std::string share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? "–" : percent(static_cast<double>(part) / static_cast<double>(whole), 1);
}

Table groups(const char* caption, const std::vector<ports::TradeGroup>& rows) {
    Table table{caption, {"", "trips", "won", "net", "mean R", "90 %"}, {}, 1};
    for (const ports::TradeGroup& group : rows) {
        table.rows.push_back({group.name, count(group.count), share(group.won, group.count),
                              money(group.net), figure(group.r.value, ratio2),
                              interval(group.r, ratio2)});
    }
    return table;
}

Table extremes(const char* caption, const Report& report, const std::vector<std::size_t>& places) {
    Table table{caption, {"opened", "agent", "instrument", "side", "net", "R", "held"}, {}, 4};
    for (const std::size_t place : places) {
        const ports::ReportRoundTrip& trip = report.round_trips[place];
        table.rows.push_back({minute(trip.opened), trip.agent, trip.instrument,
                              trip.bought ? "long" : "short", money(trip.net.to_double()),
                              figure(trip.r, ratio2), lasting(trip.closed - trip.opened)});
    }
    return table;
}

Table attribution(const Report& report) {
    Table table{"Closed intents by agent",
                {"", "fills", "signal", "delay", "execution", "fees", "funding", "not taken"},
                {},
                1};
    for (const ports::AgentResult& agent : report.agents) {
        table.rows.push_back({agent.agent, count(agent.fills), money(agent.signal),
                              money(-agent.delay), money(-agent.execution),
                              money(-agent.intent_fees), money(-agent.funding),
                              money(agent.not_taken)});
    }
    return table;
}

Line mean_result(const char* label, const ports::Estimate& estimate) {
    const std::string range = interval(estimate, basis_points);
    return {label, figure(estimate, basis_points), range.empty() ? "" : "90 %: " + range};
}

Table votes(const ports::ReportConsensus& c) {
    Table table{"Votes by agent",
                {"", "yes", "no", "abstain", "veto", "late", "missed", "hits", "skill", "value"},
                {},
                1};
    for (const ports::AgentVotes& v : c.agents) {
        table.rows.push_back({v.agent, count(v.approved), count(v.rejected), count(v.abstained),
                              count(v.vetoed), count(v.late), count(v.missed),
                              v.hit_rate ? percent(*v.hit_rate, 0) : "–", figure(v.skill, ratio2),
                              money(v.value)});
    }
    return table;
}

Table counts(const char* caption, const std::vector<ports::Count>& rows) {
    Table table{caption, {"", "count"}, {}, 1};
    for (const ports::Count& row : rows)
        table.rows.push_back({row.name, count(row.count)});
    return table;
}

Table incidents(const char* caption, const std::vector<ports::Incident>& rows) {
    constexpr std::size_t shown = 12;
    Table table{caption, {"at", "what"}, {}, 2};
    for (const ports::Incident& row : rows) {
        if (table.rows.size() == shown) break;
        table.rows.push_back({minute(row.at), row.what});
    }
    if (rows.size() > shown) {
        table.rows.push_back({"…", count(rows.size() - shown) + " more in report.json"});
    }
    return table;
}

void add(Section& section, Table table) {
    if (!table.rows.empty()) section.tables.push_back(std::move(table));
}

} // namespace

Section trades_section(const Report& report) {
    const ports::ReportTrades& t = report.trades;
    Section section{"trades", "Trades", {}, {}};
    const std::string r_range = interval(t.all.r, ratio2);
    section.lines = {
        {"Round trips", count(t.all.count),
         t.held_hours ? "held " + ratio(*t.held_hours, 1) + " h on average" : ""},
        {"Win rate", figure(t.win_rate, percent2), ""},
        {"Payoff", figure(t.payoff, ratio2), "mean win / mean loss"},
        {"Expectancy", figure(t.all.r, ratio2) + (t.all.r.value ? " R" : ""),
         r_range.empty() ? "" : "90 %: " + r_range},
        {"MAE, mean", figure(t.adverse_r, ratio2) + (t.adverse_r.value ? " R" : ""), ""},
        {"MFE, mean", figure(t.favourable_r, ratio2) + (t.favourable_r.value ? " R" : ""), ""},
        {"Without the five best", money(t.without_five_best),
         "of " + money(t.all.net) + " " + report.currency},
    };
    add(section, groups("By agent", t.by_agent));
    add(section, attribution(report));
    add(section, groups("By regime at the entry", t.by_regime));
    add(section, groups("By hour of the entry, UTC", t.by_hour));
    add(section, extremes("Five best", report, t.best));
    add(section, extremes("Five worst", report, t.worst));
    return section;
}

Section consensus_section(const Report& report) {
    const ports::ReportConsensus& c = report.consensus;
    Section section{"consensus", "Consensus", {}, {}};
    const std::string vote_range = interval(c.vote, percent2);
    const auto ms = [](const std::optional<double>& value) {
        return value ? ratio(*value, 0) + " ms" : std::string{"–"};
    };
    section.lines = {
        {"Intents", count(c.intents), ""},
        {"Rounds", count(c.rounds), ""},
        {"Closing time, median", ms(c.closing_ms_median),
         "95 %: " + ms(c.closing_ms_p95) + ", longest " + ms(c.closing_ms_max)},
        mean_result("Result of passed intents", c.passed),
        mean_result("Result of rejected intents", c.not_passed),
        {"Value of the vote", figure(c.vote, percent2),
         vote_range.empty() ? "" : "90 %: " + vote_range},
    };
    add(section, counts("Outcomes of rounds", c.outcomes));
    add(section, counts("Intents refused before a round", c.refusals));
    add(section, votes(c));
    return section;
}

Section risk_section(const Report& report) {
    const ports::ReportRisk& r = report.risk;
    Section section{"risk", "Risk", {}, {}};
    section.lines = {
        {"Assessed", count(r.assessed), ""},
        {"Approved", count(r.approved), share(r.approved, r.assessed)},
        {"Denied", count(r.denied), share(r.denied, r.assessed)},
        {"Reduced to dust", count(r.dust), ""},
        {"Breakers opened", count(r.breakers.size()), ""},
    };
    Table checks{"By check", {"check", "denied", "reduced", "near misses"}, {}, 1};
    for (const ports::CheckCount& check : r.checks) {
        checks.rows.push_back({fmt::format("{} {}", check.number, check.name), count(check.denied),
                               count(check.reduced), count(check.near_misses)});
    }
    add(section, std::move(checks));
    add(section, incidents("Breakers", r.breakers));
    add(section, incidents("States of the book", r.states));
    add(section, incidents("Faults of agents", r.faults));
    return section;
}

} // namespace grekko::report
