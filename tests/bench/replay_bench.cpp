// PERF-10: a record of a journal applied to fresh state, beside a bare scan of the same bytes.
#include "bench/bare.hpp"

namespace grekko::bench {
namespace {

using Toggle = NativeAgent<EveryTick>;

constexpr std::uint64_t warm_up = 1'000, orders = 10'000;

// The journal of a run that trades on every tick.
struct Recorded {
    Recorded() : load{shape(), EngineLoad::Keep::everything} {
        load.open({&proposer});
        load.run(warm_up + orders);
        const auto read = load.journal.read(Sequence{1}, [&](const ports::Batch& batch) {
            bytes.insert(bytes.end(), batch.payload.begin(), batch.payload.end());
            return Result<void>{};
        });
        require(read.has_value(), "the journal cannot be read");
    }
    static MadeTape::Shape shape() {
        MadeTape::Shape slow;
        slow.step = Duration::seconds(10);
        slow.quotes = true;
        slow.jump = 40_price;
        return slow;
    }
    Toggle proposer{"proposer", Toggle::Wants::trades, EveryTick{warm_up}};
    EngineLoad load;
    std::vector<std::byte> bytes;
};

double applied() {
    const Recorded recorded;
    engine::Engine replayed{make_universe(1), make_settings()};
    std::uint64_t records = 0;
    const double ns = cost(1, [&] {
        engine::for_each_record(recorded.bytes, [&](const RecordHead& head) {
            if (replayed.apply_record(head)) ++records;
        });
    });
    require(replayed.digest() == recorded.load.engine.digest(), "the replay came to another state");
    return ns / static_cast<double>(records);
}

double scanned() {
    const Recorded recorded;
    constexpr int times = 4;
    std::uint64_t records = 0, sum = 0;
    const double ns = cost(1, [&] {
        for (int i = 0; i < times; ++i) {
            engine::for_each_record(recorded.bytes, [&](const RecordHead& head) {
                const auto* words = reinterpret_cast<const std::uint64_t*>(&head);
                for (std::size_t word = 0; word < head.size / 8; word += 8)
                    sum += words[word];
                ++records;
            });
        }
    });
    keep(sum);
    return ns / static_cast<double>(records);
}

constexpr Case cases[]{{"applied", applied}, {"scanned", scanned}};

} // namespace
} // namespace grekko::bench

int main(int count, char** arguments) {
    return grekko::bench::run_cases(count, arguments, grekko::bench::cases);
}
