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

// What an operator says to close it. A resume closes those of the whole book.
std::string remedy(const Json& row) {
    if (row.contains("agent") && !row.contains("symbol"))
        return "grekko agent " + row["agent"].get<std::string>() + " --reset-breaker";
    return "an operator: grekko resume";
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
    view.engine.state().execution.orders.for_each(
        [&](OrderId id, const execution::OrderRecord& record) {
            if (!record.open()) return;
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
        });
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
        out.push_back(std::move(row));
    }
    return out;
}

std::deque<std::string> breaker_lines(const Json& rows) {
    std::deque<std::string> out;
    for (const Json& row : rows) {
        std::string line = row.value("scope", std::string{});
        for (const char* part : {"agent", "symbol", "venue"}) {
            if (row.contains(part)) line += " " + row[part].get<std::string>();
        }
        line += ": " + row.value("state", std::string{}) + " since " +
                row.value("since", std::string{}).substr(11, 8) + " (" + joined(row["causes"]) +
                ")";
        const std::string retry = row.value("retry_at", std::string{});
        line += retry == "manual" ? "; closed by " + remedy(row)
                                  : "; tried again at " + retry.substr(11, 8);
        out.push_front(std::move(line));
    }
    return out;
}

} // namespace grekko::app
