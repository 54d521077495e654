// A host made up for tests of agents: a market, a book and a clock in memory, which a test moves by
// hand. It asks one agent and keeps what it answered. It decides nothing: no consensus, no risk, no
// fills but those that the test orders. Used by agent_test.lua (test_runner.hpp) and unit tests.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/script/agent.hpp"
#include "ports/agent_view.hpp"

namespace grekko::script {

// What the agent reads. Plain data that a test sets.
class FakeView final : public ports::AgentView {
public:
    Instant at{Instant::from_seconds(1'700'006'400)}; // a whole day
    Universe traded;
    std::map<InstrumentId, MarketView> markets;
    std::map<InstrumentId, ports::AgentPosition> positions;
    std::vector<ports::WorkingOrder> working;
    std::vector<ports::Level> bids, asks;
    ports::CostEstimate costs;
    BookView value;

    Instant now() const override { return at; }
    const Universe& universe() const override { return traded; }
    MarketView market(InstrumentId instrument, VenueId venue) const override;
    std::vector<ports::Level> book(InstrumentId instrument, VenueId venue, Side side,
                                   std::size_t depth) const override;
    ports::AgentPosition position(AgentId agent, InstrumentId instrument) const override;
    std::vector<ports::WorkingOrder> orders(AgentId agent) const override;
    ports::CostEstimate cost(InstrumentId instrument, Quantity quantity,
                             Urgency urgency) const override;
    BookView book_value() const override { return value; }
};

struct BarValues {
    double open{0}, high{0}, low{0}, close{0}, volume{1};
};
// The next bar of the symbol after `opened_at`.
Bar fake_bar(InstrumentId instrument, Instant opened_at, Duration interval,
             const BarValues& values);

// Some well-known instruments on a venue "paper": tick 0.01, lot 0.00000001, fees 0.1 %.
Universe fake_universe(const std::vector<std::string>& more_symbols);

class FakeHost {
public:
    // NAV 100 000; the errors are those of Agent::load. on_start is asked at once.
    static Result<std::unique_ptr<FakeHost>> create(Setup setup);

    // Each asks once; false where the agent failed: see fault.
    // The clock moves to the close of the bars, the marks to their closes.
    bool bars(std::span<const Bar> closed);
    bool trade(std::string_view symbol, Price price, Quantity quantity, Side side);
    bool quote(std::string_view symbol, Price bid, Price ask);
    bool proposal(const Proposal& proposal);
    bool decision(const Decision& decision);
    bool signal(std::string_view name, std::string_view payload);
    bool stop();
    // Saves the agent and goes on in a fresh one of the same files and parameters.
    Result<void> reload();
    // Moves the clock and fires the timers that fall due on the way, in order.
    bool advance(Duration time);

    void set_mark(std::string_view symbol, double price);
    void set_position(std::string_view symbol, double quantity, double entry, double stop);
    // Fills the newest target or close on the symbol at the mark; false where there is none.
    bool fill(std::string_view symbol);

    FakeView view;
    std::unique_ptr<Agent> agent;
    std::vector<Action> actions;     // of all asks since it was last cleared
    std::vector<Action> last;        // of the last ask
    std::optional<AgentFault> fault; // of the last ask

    bool ask(Ask& question);
    InstrumentId instrument(std::string_view symbol) const; // none where it is not traded

private:
    Setup setup_;
    struct Due {
        Instant at;
        std::uint64_t timer{0};
    };
    std::vector<Due> due_;
    std::uint64_t asks_{0};
};

} // namespace grekko::script
