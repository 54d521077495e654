#include "app/status.hpp"

#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/status_limits.hpp"
#include "app/status_lists.hpp"
#include "domain/names.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Held {
    std::string agent, symbol;
    Quantity quantity;
    Price entry, mark, stop;
    Notional unrealised;
};

std::vector<Held> positions(const StatusView& view) {
    std::vector<Held> out;
    const Universe& universe = view.engine.universe();
    for (const auto& [key, ledger] : view.engine.state().portfolio.ledgers) {
        if (ledger.quantity.is_zero()) continue;
        const auto& [agent, instrument] = key;
        const Position position =
            portfolio::position(view.engine.state().portfolio, agent, instrument);
        const Mark mark = view.engine.market_state().mark(instrument, view.now);
        const Notional worth =
            multiply(mark.price, position.quantity, Rounding::half_even) - position.cost;
        out.push_back({view.feed.agent(agent), universe.instrument(instrument).symbol.string(),
                       position.quantity, position.average(), mark.price,
                       view.engine.stop_price(agent, instrument), worth});
    }
    return out;
}

std::string percent(Rate rate, int decimals) {
    return short_text(multiply(rate.decimal(), 100), decimals) + " %";
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.resize(width, ' ');
    return text;
}

void section(std::vector<std::string>& out, const char* title,
             const std::deque<std::string>& lines) {
    if (lines.empty()) return;
    out.emplace_back();
    out.emplace_back(title);
    for (auto it = lines.rbegin(); it != lines.rend(); ++it)
        out.push_back("  " + *it);
}

std::string money(const StatusView& view, const BookView& book) {
    return "NAV " + short_text(book.nav.decimal(), 2) + " " +
           view.engine.universe().base_currency.string() + "  day " + percent(book.day_return, 2) +
           "  drawdown " + percent(book.drawdown, 2);
}

} // namespace

std::vector<std::string> status_screen(const StatusView& view) {
    const BookView book = view.engine.book(view.now);
    std::vector<std::string> out{view.title};
    out.push_back(to_string(view.now).substr(0, 10) + " " + clock_text(view.now) + " UTC  " +
                  std::string{name(view.engine.state().risk.book.state)} + "  " +
                  money(view, book));
    out.push_back("intents " + std::to_string(view.tally.intents) + "  rounds " +
                  std::to_string(view.tally.rounds) + "  orders " +
                  std::to_string(view.tally.orders) + "  fills " +
                  std::to_string(view.tally.fills));
    const std::vector<Held> held = positions(view);
    out.emplace_back();
    out.emplace_back(held.empty() ? "no positions" : "positions");
    for (const Held& each : held) {
        out.push_back("  " + padded(each.agent, 14) + padded(each.symbol, 10) +
                      padded(short_text(each.quantity.decimal(), 6), 12) + "entry " +
                      padded(short_text(each.entry.decimal(), 2), 12) + "mark " +
                      padded(short_text(each.mark.decimal(), 2), 12) + "stop " +
                      padded(each.stop.is_zero() ? "-" : short_text(each.stop.decimal(), 2), 12) +
                      "open " + short_text(each.unrealised.decimal(), 2));
    }
    section(out, "rounds and denials", view.feed.rounds());
    section(out, "open breakers", breaker_lines(breaker_rows(view)));
    const std::vector<std::string> limits = limit_lines(changed_limits(view));
    section(out, "limits that differ from the configuration", {limits.rbegin(), limits.rend()});
    section(out, "fills", view.feed.fills());
    section(out, "breakers, states, faults", view.feed.incidents());
    return out;
}

std::string status_line(const StatusView& view) {
    const BookView book = view.engine.book(view.now);
    std::string line = to_string(view.now).substr(0, 10) + " " + clock_text(view.now) + "  " +
                       std::string{name(view.engine.state().risk.book.state)} + "  " +
                       money(view, book) + "  intents " + std::to_string(view.tally.intents) +
                       "  fills " + std::to_string(view.tally.fills);
    for (const Held& each : positions(view)) {
        line +=
            "  " + each.agent + " " + short_text(each.quantity.decimal(), 6) + " " + each.symbol;
    }
    return line;
}

std::string status_json(const StatusView& view) {
    const BookView book = view.engine.book(view.now);
    Json object;
    object["ok"] = true;
    object["at"] = to_string(view.now);
    object["state"] = name(view.engine.state().risk.book.state);
    object["nav"] = book.nav.to_string();
    object["currency"] = view.engine.universe().base_currency.string();
    object["day_return"] = book.day_return.to_string();
    object["drawdown"] = book.drawdown.to_string();
    object["sequence"] = view.engine.last_sequence().value();
    object["intents"] = view.tally.intents;
    object["rounds"] = view.tally.rounds;
    object["fills"] = view.tally.fills;
    object["positions"] = Json::array();
    for (const Held& each : positions(view)) {
        object["positions"].push_back({{"agent", each.agent},
                                       {"symbol", each.symbol},
                                       {"quantity", each.quantity.to_string()},
                                       {"entry", each.entry.to_string()},
                                       {"mark", each.mark.to_string()},
                                       {"stop", each.stop.to_string()}});
    }
    object["agents"] = agent_rows(view);
    object["orders"] = order_rows(view);
    object["breakers"] = breaker_rows(view);
    object["limits"] = changed_limits(view);
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void Redraw::draw(const std::vector<std::string>& lines) {
    winsize size{};
    ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    const std::size_t width = size.ws_col > 10 ? size.ws_col : 120;
    std::string out;
    if (drawn_ > 0) out += "\x1b[" + std::to_string(drawn_) + "A";
    for (const std::string& line : lines)
        out += "\r\x1b[K" + line.substr(0, width - 1) + "\n";
    out += "\x1b[J";
    drawn_ = lines.size();
    std::cout << out << std::flush;
}

} // namespace grekko::app
