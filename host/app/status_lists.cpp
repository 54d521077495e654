#include "app/status_lists.hpp"

#include <nlohmann/json.hpp>

#include "domain/names.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

std::string venue_name(const StatusView& view, VenueId id) {
    return view.engine.universe().venue(id).name.string();
}

std::string symbol_of(const StatusView& view, InstrumentId id) {
    return view.engine.universe().instrument(id).symbol.string();
}

Json causes_of(const risk::Breaker& breaker) {
    Json out = Json::array();
    for (std::uint32_t cause = 1; cause < 32; ++cause) {
        const auto each = static_cast<risk::BreakerCause>(cause);
        if ((breaker.causes & risk::bit(each)) != 0) out.push_back(risk::name(each));
    }
    return out;
}

std::string joined(const Json& words) {
    std::string out;
    for (const Json& word : words)
        out += (out.empty() ? "" : ", ") + word.get<std::string>();
    return out;
}

// The command that closes it. A resume closes those of accounts, and that of a book that waits.
std::string closing_command(const Json& row, const risk::BookStates& book) {
    const std::string scope = row.value("scope", std::string{});
    const std::string because = " --reason \"…\"";
    if (scope == "account" || (scope == "global" && risk::manual(book)))
        return "grekko resume" + because;
    if (scope == "agent")
        return "grekko agent " + row["agent"].get<std::string>() + " --reset-breaker" + because;
    std::string command = "grekko breaker reset";
    if (scope == "global") command += " --global";
    for (const auto& [part, option] :
         {std::pair{"venue", " --venue "}, {"agent", " --agent "}, {"symbol", " --instrument "}}) {
        if (row.contains(part)) command += option + row[part].get<std::string>();
    }
    return command + because;
}

// "agent balanced BTC-USD"
std::string label(const Json& row) {
    std::string out = row["scope"] == "agent_instrument" ? "agent" : row.value("scope", "");
    for (const char* part : {"agent", "symbol", "venue"}) {
        if (row.contains(part)) out += " " + row[part].get<std::string>();
    }
    return out;
}

} // namespace

Json agent_rows(const StatusView& view) {
    Json out = Json::array();
    for (const agents::Agent& agent : view.engine.state().agents.roster) {
        if (agent.id.is_none()) continue;
        out.push_back({{"agent", agent.name.string()},
                       {"mode", name(agent.mode)},
                       {"status", name(agent.status)},
                       {"participation", agent.participation.to_string()},
                       {"risk_tolerance", agent.risk_tolerance.to_string()},
                       {"allocation", agent.allocation.to_string()}});
    }
    return out;
}

Json order_rows(const StatusView& view) {
    Json out = Json::array();
    const execution::State& state = view.engine.state().execution;
    for (const OrderId id : state.open_orders) {
        const execution::OrderRecord& record = *state.orders.find(id);
        const Order& order = record.order;
        out.push_back({{"order", id.value()},
                       {"agent", view.feed.agent(order.agent)},
                       {"symbol", symbol_of(view, order.instrument)},
                       {"venue", venue_name(view, order.venue)},
                       {"side", name(order.side)},
                       {"type", name(order.type)},
                       {"purpose", name(order.purpose)},
                       {"quantity", order.quantity.to_string()},
                       {"filled", record.filled.to_string()},
                       {"limit", order.limit.to_string()},
                       {"status", name(record.status)}});
    }
    return out;
}

Json breaker_rows(const StatusView& view) {
    Json out = Json::array();
    for (const auto& [key, breaker] : view.engine.state().risk.breakers.all) {
        if (breaker.state == events::BreakerState::closed) continue;
        Json row{{"scope", name(key.scope)}};
        if (!key.agent.is_none()) row["agent"] = view.feed.agent(key.agent);
        if (!key.instrument.is_none()) row["symbol"] = symbol_of(view, key.instrument);
        if (!key.venue.is_none()) row["venue"] = venue_name(view, key.venue);
        row["state"] = name(breaker.state);
        row["causes"] = causes_of(breaker);
        row["since"] = to_string(breaker.opened_at);
        row["retry_at"] = breaker.manual ? "manual" : to_string(breaker.retry_at);
        row["closed_by"] = closing_command(row, view.engine.state().risk.book);
        out.push_back(std::move(row));
    }
    return out;
}

std::deque<std::string> breaker_lines(const Json& rows) {
    std::deque<std::string> out;
    for (const Json& row : rows) {
        std::string line = label(row) + ": " + row.value("state", std::string{}) + " since " +
                           row.value("since", std::string{}).substr(11, 8) + " (" +
                           joined(row["causes"]) + ")";
        const std::string retry = row.value("retry_at", std::string{});
        const std::string command = row.value("closed_by", std::string{});
        if (retry == "manual")
            line += "; closed by " + command;
        else if (row["state"] == "open")
            line += "; tried again at " + retry.substr(11, 8) + ", closed at once by " + command;
        else
            line += "; small increases are tried, closed at once by " + command;
        out.push_front(std::move(line));
    }
    return out;
}

std::string open_breakers(const StatusView& view) {
    std::string out;
    for (const Json& row : breaker_rows(view))
        out += (out.empty() ? "" : ", ") + label(row);
    return out.empty() ? "no breaker is open" : "open are: " + out;
}

std::string agent_names(const StatusView& view) {
    std::string out;
    for (const Json& row : agent_rows(view))
        out += (out.empty() ? "" : ", ") + row["agent"].get<std::string>();
    return out;
}

} // namespace grekko::app
