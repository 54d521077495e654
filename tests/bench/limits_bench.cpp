// The limits of the requirements under load, each between the two points that it speaks of:
// CPU time of the host's thread, and time of the wall with a journal on disk. The venue's own delay
// is event time and is not in it. limits.py runs this and writes the table.
#include "bench/limits.hpp"
#include "bench/wire.hpp"
#include "e2e/limits/floor.hpp"
#include "io/sqlite/journal.hpp"
#include "support/temporary_folder.hpp"
#include "unit/core/risk/scene.hpp"

namespace grekko::bench {
namespace {

using test::Floor;
using test::ScriptedAgent;

// A journal on disk that is durable before an order leaves, as a paper book has it.
struct Disk {
    tests::TemporaryFolder folder;
    std::unique_ptr<sqlite::SqliteJournal> journal;
    Disk() {
        sqlite::JournalOptions options;
        options.durability = sqlite::Durability::full;
        options.identity = {"bench", "2026-01-01T00:00:00Z", "bench"};
        auto opened = sqlite::SqliteJournal::open(folder / "journal.db", options);
        require(opened.has_value(), "the journal does not open");
        journal = std::move(*opened);
    }
};

// ---- A trade, stage by stage -----------------------------------------------------------------

struct Stages {
    Samples distribution, evaluation, counting, consensus, submission, status, path;
};

struct TradeClock {
    Stamp proposed, asked_last, voted_last, decided, placed, reported;
    Stages stages;
    bool voting{false}, deciding{false};

    void attach(Floor& floor) {
        floor.on_records = [this](std::span<const std::byte>) {
            if (!deciding) return;
            decided = Stamp::now();
        };
        floor.venue.on_place = [this] {
            placed = Stamp::now();
            if (!deciding) return;
            stages.counting.add(voted_last, decided);
            stages.consensus.add(proposed, decided);
            stages.submission.add(decided, placed);
            deciding = false;
        };
        floor.venue.on_report = [this](const VenueReport& report) {
            if (report.kind == ReportKind::filled) reported = Stamp::now();
        };
    }
    ScriptedAgent::Behaviour voter(bool last) {
        return [this, last](const Ask& ask, const ports::AgentView&, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::proposal) return;
            const Stamp begin = Stamp::now();
            if (last) stages.distribution.add(proposed, begin);
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
            voted_last = Stamp::now();
            stages.evaluation.add(begin, voted_last);
            deciding = true;
        };
    }
};

void trades(int count) {
    Disk disk;
    TradeClock clock;
    test::Wish wish;
    const auto propose = wish.proposer();
    ScriptedAgent proposer{
        "a",
        test::btc,
        {},
        [&](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind == AskKind::fill) {
                clock.stages.status.add(clock.reported);
                clock.stages.path.add(clock.proposed);
            }
            propose(ask, view, out);
            if (!out.empty()) clock.proposed = Stamp::now();
        }};
    std::vector<std::unique_ptr<ScriptedAgent>> voters;
    std::vector<ports::Agent*> all{&proposer};
    for (const char* name : {"b", "c", "d", "e"}) {
        voters.push_back(std::make_unique<ScriptedAgent>(name, test::btc, std::vector<Duration>{},
                                                         clock.voter(*name == 'e')));
        all.push_back(voters.back().get());
    }
    Floor floor{{}, disk.journal.get()};
    floor.open(all);
    floor.warm_up();
    clock.attach(floor);
    for (int i = 0; i < 2 * count; ++i) {
        wish.target = i % 2 == 0 ? 0.05_d : Decimal{};
        floor.tick(Floor::swing(800 + i));
        floor.run();
    }
    const Stages& s = clock.stages;
    require(s.consensus.size() * 100 >= static_cast<std::size_t>(count) * 99,
            "a proposal did not become an order");
    s.distribution.print("proposal distribution", 150);
    s.evaluation.print("a voter's evaluation", 250);
    s.counting.print("count of the votes, risk and routing", 100);
    s.consensus.print("consensus, from the proposal to the decision", 500);
    s.submission.print("order submission, from the decision to the venue", 200);
    s.status.print("status update, from the venue's report to the agent", 100);
    s.path.print("whole path less the venue: proposal to fill told", 1'600);
}

// ---- Risk ------------------------------------------------------------------------------------

void assessments(int count) {
    risk::tests::Scene scene;
    Samples each;
    std::size_t approved = 0;
    for (int i = 0; i < count; ++i) {
        const Stamp begin = Stamp::now();
        approved += scene.assessed().approved() ? 1 : 0;
        each.add(begin);
    }
    require(approved == each.size(), "an assessment did not approve");
    each.print("risk assessment, all 41 checks", 100);
    print_rate("assessments a second", 1e9 / each.mean_cpu(), 5'000, each.size(), 1);
}

// Ten thousand positions: what a mark of each instrument moves, and the sums over all of them.
void exposure() {
    constexpr std::uint16_t agents = 100, instruments = 100;
    risk::State state = risk::initial_state(make_universe(instruments), {});
    RecordHead head;
    const auto emit = [&](const events::FillAllocated& fill) {
        head.sequence = Sequence{head.sequence.value() + 1};
        apply(state, fill, head);
    };
    for (std::uint16_t a = 1; a <= agents; ++a) {
        for (std::uint16_t i = 1; i <= instruments; ++i) {
            events::FillAllocated fill;
            fill.agent = AgentId{a};
            fill.instrument = InstrumentId{i};
            fill.venue = venue_one;
            fill.side = Side::buy;
            fill.quantity = 1_quantity;
            emit(fill);
        }
    }
    Samples all;
    for (int round = 0; round < 200; ++round) {
        const Stamp begin = Stamp::now();
        for (std::uint16_t i = 1; i <= instruments; ++i)
            risk::mark(state, InstrumentId{i}, {Price::whole(100 + round), 1_rate});
        all.add(begin);
        const Notional exact{Decimal::whole((100 + round) * 10'000)};
        const Notional most = multiply(exact, 1.0002_rate, Rounding::ceiling); // a grid of 1 bp
        require(state.valuation.gross >= exact && state.valuation.gross <= most,
                "the exposure is wrong");
    }
    all.print("exposure of 10 000 positions, every mark moved", 200);
}

// ---- Market data -----------------------------------------------------------------------------

void market(int count) {
    constexpr std::uint16_t instruments = 20;
    Floor::Setup setup;
    setup.instruments = instruments;
    Floor floor{setup};
    Stamp seen;
    Samples processing, distribution, signal, fresh;
    std::vector<std::unique_ptr<ScriptedAgent>> agents;
    std::vector<ports::Agent*> all;
    std::size_t answers = 0;
    bool measuring = false;
    for (int i = 0; i < 5; ++i) {
        auto averages = std::make_shared<std::vector<EmaCross>>(instruments + 1);
        agents.push_back(std::make_unique<ScriptedAgent>(
            "a" + std::to_string(i), test::btc, std::vector<Duration>{},
            [&, i, averages](const Ask& ask, const ports::AgentView&, std::vector<Action>&) {
                if (ask.head.kind != AskKind::trade || !measuring) return;
                const Stamp begin = Stamp::now();
                if (i == 0) processing.add(seen, begin);
                if (i == 4) distribution.add(seen, begin);
                const auto* trade = reinterpret_cast<const Trade*>(ask.market);
                (*averages)[ask.head.instrument.value()].update(trade->price.decimal().to_double());
                ++answers;
                if (i != 4) return;
                signal.add(begin);
                fresh.add(seen);
            }));
        auto& description = agents.back()->mutable_description();
        const ports::Subscription one = description.subscriptions.front();
        for (std::uint16_t other = 2; other <= instruments; ++other) {
            description.subscriptions.push_back(one);
            description.subscriptions.back().instrument = InstrumentId{other};
        }
        all.push_back(agents.back().get());
    }
    floor.open(all);
    floor.warm_up(100);
    measuring = true;
    for (int i = 0; i < count; ++i)
        floor.tick(Floor::swing(i), Duration::microseconds(100),
                   InstrumentId{static_cast<std::uint16_t>(1 + i % instruments)});
    floor.venue.on_market = [&] { seen = Stamp::now(); };
    const Stamp begin = Stamp::now();
    floor.run();
    const double seconds = (Stamp::now().cpu - begin.cpu) / 1e9;
    require(answers == 5 * static_cast<std::size_t>(count), "an agent missed a trade");
    processing.print("data processing, from the record to the first agent", 50);
    distribution.print("processing and distribution, to the last of five agents", 20);
    signal.print("signal generation, a native agent", 100);
    fresh.print("freshness, from the record to the last signal", 50);
    print_rate("market updates a second", 2 * count / seconds, 10'000, answers, 1);
    const MadeTape prices{{}, Instant::from_seconds(1'700'000'000)};
    Messages messages{prices};
    Samples parsing;
    for (int i = 0; i < count; ++i) {
        const Stamp before = Stamp::now();
        (void)messages.next();
        parsing.add(before);
    }
    parsing.print("a venue's message to a record", 50);
}

// ---- Orders ----------------------------------------------------------------------------------

// Ten instruments answer each instant; a hundred instants a second of event time.
void orders(int instants) {
    constexpr std::uint16_t instruments = 250;
    constexpr int together = 10;
    Disk disk;
    Floor::Setup setup;
    setup.instruments = instruments;
    setup.venue_rate = 1'000'000;
    risk::Settings& limits = setup.settings.risk;
    limits.agent_rate = limits.agent_burst = limits.book_rate = limits.book_burst = 1'000'000;
    limits.open_orders_account_max = limits.open_orders_agent_max = 1'000'000;
    limits.repetition_max = limits.repetition_breaker = 1'000'000;
    limits.message_ratio_from = 1'000'000'000;
    limits.venue_share_max = 2_rate;
    setup.settings.consensus.increase_interval = Duration::milliseconds(1);
    bool trading = false;
    std::uint64_t wanted = 0;
    ScriptedAgent agent{
        "all",
        test::btc,
        {},
        [&](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::trade || !trading) return;
            const InstrumentId id = ask.head.instrument;
            const auto held = view.position(ask.head.agent, id).position.quantity;
            Action action = test::target(held.is_zero() ? 0.01_d : Decimal{},
                                         view.market(id, VenueId{}).mark.price);
            action.instrument = id;
            out.push_back(action);
            ++wanted;
        }};
    auto& description = agent.mutable_description();
    const ports::Subscription one = description.subscriptions.front();
    for (std::uint16_t other = 2; other <= instruments; ++other) {
        description.subscriptions.push_back(one);
        description.subscriptions.back().instrument = InstrumentId{other};
    }
    Floor floor{setup, disk.journal.get()};
    floor.open({&agent});
    floor.venue.inner.delay = Duration::milliseconds(50);
    floor.warm_up(400);
    trading = true;
    for (int i = 0; i < instants; ++i) {
        for (int k = 0; k < together; ++k) {
            const int id = 1 + (i * together + k) % instruments;
            floor.tick(Floor::swing(400 + i / (instruments / together)),
                       k == 0 ? Duration::milliseconds(10) : Duration{},
                       InstrumentId{static_cast<std::uint16_t>(id)});
        }
    }
    const Stamp begin = Stamp::now();
    floor.run();
    const Stamp end = Stamp::now();
    trading = false;
    floor.wait(Duration::seconds(1));
    const auto placed = static_cast<double>(floor.venue.placed.size());
    const double share = placed / static_cast<double>(wanted);
    print_rate("orders a second of CPU", placed / (end.cpu - begin.cpu) * 1e9, 1'000, wanted,
               share);
    print_rate("orders a second, durable", placed / (end.wall - begin.wall) * 1e9, 1'000, wanted,
               share);
}

// ---- Breaches --------------------------------------------------------------------------------

Floor::Setup losing() {
    Floor::Setup setup;
    setup.money = 100'000_d;
    risk::Settings& limits = setup.settings.risk;
    limits.day_loss_reducing = 0.03_rate;
    limits.day_loss_halted = 0.05_rate;
    for (Rate* limit : {&limits.trade_risk_max, &limits.order_value_max, &limits.agent_gross_max,
                        &limits.instrument_major_max, &limits.book_gross_max, &limits.book_net_max,
                        &limits.cluster_max, &limits.leverage_max, &limits.heat_max})
        *limit = 100_rate;
    limits.venue_share_max = 2_rate;
    limits.score.pass_max = 1_rate;
    limits.score.reduce_max = 2_rate;
    return setup;
}

// One large position and an order at rest; then the price falls by a tenth, or an operator halts.
void breach(bool by_price, Samples& trip, Samples& halt) {
    test::FiveAgents agents;
    Floor floor{losing()};
    floor.open(agents.all());
    floor.warm_up();
    agents.wish.target = 1.2_d;
    floor.tick(Floor::swing(800));
    floor.tick(Floor::swing(801));
    floor.run();
    floor.venue.inner.fills = floor.venue.inner.fills_resting = false;
    agents.wish.target = 1.25_d;
    agents.wish.urgency = Urgency::passive;
    floor.tick(Floor::swing(802));
    floor.run();
    floor.wait(Duration::seconds(1));
    Stamp seen, cancelled;
    floor.venue.on_market = [&] {
        if (seen.wall == 0) seen = Stamp::now(); // the quote: the trade comes after it
    };
    floor.venue.on_cancel = [&] { cancelled = Stamp::now(); };
    if (by_price) {
        floor.tick(multiply(floor.last_price, 0.9_rate, Rounding::half_even));
        floor.run();
    } else {
        seen = Stamp::now();
        floor.command(CommandKind::halt);
    }
    require(floor.state() == events::BookState::halted, "the book is not halted");
    require(floor.venue.cancelled.size() == 1, "the order at rest is not cancelled");
    (by_price ? trip : halt).add(seen, cancelled);
}

void breaches(int count) {
    Samples trip, halt;
    for (int i = 0; i < count; ++i) {
        breach(true, trip, halt);
        breach(false, trip, halt);
    }
    trip.print("breach of a threshold to halt and cancel", 50);
    halt.print("an operator's halt to the last cancel", 200);
}

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    using namespace grekko::bench;
    const int scale = count > 1 ? std::max(1, std::atoi(arguments[1])) : 3;
    trades(scale * 1'000);
    assessments(scale * 5'000);
    exposure();
    market(scale * 10'000);
    orders(scale * 100);
    breaches(scale * 100);
    return 0;
}
