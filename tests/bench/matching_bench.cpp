// PERF-4: the paper venue's matching core beside a bare book over one flow of adds, cancels and
// crossing orders, with 5 thousand to a million orders at rest. The bare book is the least that can
// match at all: an array of prices, a bitmap, lists threaded through dense ids; no owners, no
// icebergs, no handles that notice a second use, a fixed range of prices. `ratio` is core / bare.
#include "paper/book/matching.hpp"
#include "paper/random.hpp"

#include <algorithm>
#include <bit>

#include <vector>

#include <benchmark/benchmark.h>
#include <ctime>

namespace {

using namespace grekko::paper;
using book::Lots;
using book::Side;
using book::Tick;

constexpr Tick prices = 1 << 16;
constexpr Tick middle = prices / 2;

class Bare {
public:
    Bare() : levels_(static_cast<std::size_t>(prices)) {}
    Lots submit(std::uint32_t id, bool buy, Tick limit, Lots lots) {
        Lots filled = 0;
        while (lots > 0) {
            const Tick best = buy ? best_ask_ : best_bid_;
            if (buy ? best > limit : best < limit) break;
            Level& level = levels_[static_cast<std::size_t>(best)];
            Node& maker = nodes_[level.head];
            const Lots part = std::min(lots, maker.lots);
            lots -= part;
            filled += part;
            maker.lots -= part;
            if (maker.lots == 0) remove(level.head);
        }
        if (lots > 0) add(id, buy, limit, lots);
        return filled;
    }
    bool cancel(std::uint32_t id) {
        if (id >= nodes_.size() || nodes_[id].lots == 0) return false;
        nodes_[id].lots = 0;
        remove(id);
        return true;
    }
    void reserve(std::size_t orders) { nodes_.resize(orders + 1); }

private:
    struct Level {
        std::uint32_t head{0}, tail{0};
    };
    struct Node {
        Lots lots{0};
        std::uint32_t next{0}, previous{0}, price{0};
        bool buy{false};
    };
    void add(std::uint32_t id, bool buy, Tick price, Lots lots) {
        Node& node = nodes_[id];
        Level& level = levels_[static_cast<std::size_t>(price)];
        node = {lots, 0, level.tail, static_cast<std::uint32_t>(price), buy};
        if (level.tail != 0) {
            nodes_[level.tail].next = id;
        } else {
            level.head = id;
            words_[price >> 6] |= std::uint64_t{1} << (price & 63);
            if (buy) {
                best_bid_ = std::max(best_bid_, price);
            } else {
                best_ask_ = std::min(best_ask_, price);
            }
        }
        level.tail = id;
    }
    void remove(std::uint32_t id) {
        const Node& node = nodes_[id];
        Level& level = levels_[node.price];
        (node.previous == 0 ? level.head : nodes_[node.previous].next) = node.next;
        (node.next == 0 ? level.tail : nodes_[node.next].previous) = node.previous;
        if (level.head != 0) return;
        words_[node.price >> 6] &= ~(std::uint64_t{1} << (node.price & 63));
        if (node.buy && node.price == best_bid_) best_bid_ = down(node.price);
        if (!node.buy && node.price == best_ask_) best_ask_ = up(node.price);
    }
    Tick down(Tick price) const {
        Tick word = price >> 6;
        std::uint64_t bits = words_[word] & ((std::uint64_t{1} << (price & 63)) - 1);
        while (bits == 0 && word > 0)
            bits = words_[--word];
        return bits == 0 ? -1 : word * 64 + 63 - std::countl_zero(bits);
    }
    Tick up(Tick price) const {
        Tick word = price >> 6;
        std::uint64_t bits = words_[word] & ~((std::uint64_t{2} << (price & 63)) - 1);
        while (bits == 0 && word + 1 < prices / 64)
            bits = words_[++word];
        return bits == 0 ? prices : word * 64 + std::countr_zero(bits);
    }

    std::vector<Level> levels_;
    std::vector<Node> nodes_;
    std::uint64_t words_[prices / 64]{};
    Tick best_bid_{-1}, best_ask_{prices};
};

struct Op {
    bool cancels{false}, buy{false};
    std::uint32_t id{0}; // of an add: its own, of a cancel: whose
    std::uint32_t price{0}, lots{0};
    book::Handle handle{0}; // of a cancel: the core's name for the order, as a client has it
};

// First `resting` passive orders, then the mixed flow: as many adds as cancels, some orders cross.
std::vector<Op> make_flow(std::uint32_t resting, std::uint32_t mixed) {
    Random random{42, 1};
    std::vector<Op> flow;
    std::vector<std::uint32_t> live;
    std::uint32_t id = 0;
    const auto add = [&](bool crossing) {
        Op op;
        op.buy = (random.bits() & 1U) != 0;
        const auto away = static_cast<Tick>(3 + random.below(123)) * (crossing ? -1 : 1);
        op.price = static_cast<std::uint32_t>(op.buy ? middle - away : middle + away);
        op.lots = static_cast<std::uint32_t>(1 + random.below(100));
        op.id = ++id;
        live.push_back(op.id);
        flow.push_back(op);
    };
    for (std::uint32_t i = 0; i < resting; ++i)
        add(false);
    for (std::uint32_t i = 0; i < mixed; ++i) {
        const std::uint64_t kind = random.below(1'000);
        if (kind >= 460 || live.empty()) {
            add(kind >= 925);
            continue;
        }
        const std::size_t at = random.below(live.size());
        Op op;
        op.cancels = true;
        op.id = live[at];
        live[at] = live.back();
        live.pop_back();
        flow.push_back(op);
    }
    return flow;
}

struct Count {
    Lots filled{0};
    std::uint64_t missed{0};
    bool operator==(const Count&) const = default;
};

double cpu_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

Count run_bare(const std::vector<Op>& flow, std::uint32_t resting, double& nanoseconds) {
    Bare bare;
    bare.reserve(flow.size());
    Count count;
    double begin = 0;
    for (std::size_t i = 0; i < flow.size(); ++i) {
        if (i == resting) begin = cpu_nanoseconds();
        const Op& op = flow[i];
        if (op.cancels) {
            count.missed += bare.cancel(op.id) ? 0 : 1;
        } else {
            count.filled += bare.submit(op.id, op.buy, op.price, op.lots);
        }
    }
    nanoseconds = cpu_nanoseconds() - begin;
    return count;
}

// Handles are the same in every run: a first run notes them, and cancels then name them directly,
// as the bare book's cancels name its ids.
Count run_core(const std::vector<Op>& flow, std::uint32_t resting, double& nanoseconds,
               std::vector<book::Handle>* names = nullptr) {
    book::Matching matching;
    matching.reserve(flow.size());
    Count count;
    double begin = 0;
    for (std::size_t i = 0; i < flow.size(); ++i) {
        if (i == resting) begin = cpu_nanoseconds();
        const Op& op = flow[i];
        if (op.cancels) {
            const book::Handle handle = names == nullptr ? op.handle : (*names)[op.id];
            count.missed += matching.cancel(handle) ? 0 : 1;
            continue;
        }
        book::Incoming order;
        order.side = op.buy ? Side::buy : Side::sell;
        order.limit = op.price;
        order.lots = op.lots;
        order.tag = op.id;
        const book::Result result =
            matching.submit(order, [&](const book::Match& match) { count.filled += match.lots; });
        if (names != nullptr) (*names)[op.id] = result.handle;
    }
    nanoseconds = cpu_nanoseconds() - begin;
    return count;
}

void mixed_flow(benchmark::State& state) {
    const auto resting = static_cast<std::uint32_t>(state.range(0));
    constexpr std::uint32_t mixed = 1'000'000;
    std::vector<Op> flow = make_flow(resting, mixed);
    std::vector<book::Handle> names(flow.size() + 1);
    double first = 0;
    run_core(flow, resting, first, &names);
    for (Op& op : flow)
        op.handle = names[op.id];
    std::vector<double> bare;
    std::vector<double> core;
    for ([[maybe_unused]] auto _ : state) {
        double one = 0;
        double other = 0;
        const bool same = run_bare(flow, resting, one) == run_core(flow, resting, other);
        if (!same) state.SkipWithError("the two books disagree");
        bare.push_back(one / mixed);
        core.push_back(other / mixed);
    }
    std::sort(bare.begin(), bare.end());
    std::sort(core.begin(), core.end());
    const double of_bare = bare[bare.size() / 2];
    const double of_core = core[core.size() / 2];
    state.counters["bare_ns_op"] = of_bare;
    state.counters["core_ns_op"] = of_core;
    state.counters["ratio"] = of_core / of_bare;
}
BENCHMARK(mixed_flow)
    ->Arg(5'000)
    ->Arg(50'000)
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// The cancel alone, of random orders out of `resting`, all at eight prices: flat if it is O(1).
void cancels(benchmark::State& state) {
    const auto resting = static_cast<std::uint32_t>(state.range(0));
    for ([[maybe_unused]] auto _ : state) {
        book::Matching matching;
        matching.reserve(resting);
        Random random{7, 1};
        std::vector<book::Handle> handles;
        for (std::uint32_t i = 0; i < resting; ++i) {
            book::Incoming order;
            order.side = Side::buy;
            order.limit = 100 + i % 8;
            order.lots = 1;
            handles.push_back(matching.submit(order, [](const book::Match&) {}).handle);
        }
        for (std::size_t i = handles.size(); i > 1; --i)
            std::swap(handles[i - 1], handles[random.below(i)]);
        const double begin = cpu_nanoseconds();
        for (std::size_t i = 0; i < 1'000; ++i)
            benchmark::DoNotOptimize(matching.cancel(handles[i]));
        state.SetIterationTime((cpu_nanoseconds() - begin) * 1e-9);
    }
    state.SetItemsProcessed(state.iterations() * 1'000);
}
BENCHMARK(cancels)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Iterations(20)->UseManualTime();

} // namespace
