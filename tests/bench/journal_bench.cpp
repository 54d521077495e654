// PERF-9: durable records a second through the journal, by records a batch, beside the same bytes
// written and synced plainly (`raw`) in the same run; and the speed of tapes and of reading back.
// Each round waits until its batch is durable. Ratios count, times of a shared disk do not.
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <unistd.h>

#include <benchmark/benchmark.h>

#include "io/sqlite/journal.hpp"
#include "io/sqlite/verify.hpp"
#include "io/tape/reader.hpp"
#include "io/tape/writer.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

namespace grekko {
namespace {

using tests::TemporaryFolder;

constexpr std::int64_t sizes[]{1, 16, 256, 4096};

void count(benchmark::State& state, std::int64_t records, std::size_t bytes) {
    state.SetItemsProcessed(state.iterations() * records);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void raw(benchmark::State& state) {
    const TemporaryFolder folder;
    const int file = ::open((folder / "raw").c_str(), O_WRONLY | O_CREAT, 0644);
    const auto batch = tests::make_batch(1, static_cast<std::uint64_t>(state.range(0)));
    for (auto _ : state) {
        const auto written = ::write(file, batch.payload.data(), batch.payload.size());
        if (written < 0 || ::fdatasync(file) != 0) state.SkipWithError("cannot write");
    }
    ::close(file);
    count(state, state.range(0), batch.payload.size());
}

sqlite::JournalOptions options(sqlite::Durability durability) {
    sqlite::JournalOptions made;
    made.durability = durability;
    made.identity = {"bench", "2026-01-01T00:00:00Z", "bench"};
    return made;
}

// Batches are made in advance and numbered as they go: their content does not matter here.
void journal(benchmark::State& state, sqlite::Durability durability) {
    const TemporaryFolder folder;
    auto opened = sqlite::SqliteJournal::open(folder / "journal.db", options(durability));
    const auto size = static_cast<std::uint64_t>(state.range(0));
    const auto batch = tests::make_batch(1, size);
    std::uint64_t last = 0;
    for (auto _ : state) {
        auto view = batch.view();
        view.first = Sequence{last + 1};
        view.last = Sequence{last += size};
        if (!(*opened)->append(view, false) || !(*opened)->sync(view.last)) {
            state.SkipWithError("cannot write");
        }
    }
    count(state, state.range(0), batch.payload.size());
}

void durable(benchmark::State& state) {
    journal(state, sqlite::Durability::full);
}
void not_durable(benchmark::State& state) {
    journal(state, sqlite::Durability::none);
}

// The engine goes on while the thread commits: it waits only every 64 batches.
void durable_behind(benchmark::State& state) {
    const TemporaryFolder folder;
    auto opened =
        sqlite::SqliteJournal::open(folder / "journal.db", options(sqlite::Durability::full));
    const auto size = static_cast<std::uint64_t>(state.range(0));
    const auto batch = tests::make_batch(1, size);
    std::uint64_t last = 0, batches = 0;
    for (auto _ : state) {
        auto view = batch.view();
        view.first = Sequence{last + 1};
        view.last = Sequence{last += size};
        const bool written = (*opened)->append(view, false).has_value();
        if (!written || (++batches % 64 == 0 && !(*opened)->sync(view.last))) {
            state.SkipWithError("cannot write");
        }
    }
    static_cast<void>((*opened)->sync(Sequence{last}));
    count(state, state.range(0), batch.payload.size());
}

void arguments(benchmark::internal::Benchmark* bench) {
    for (const auto size : sizes)
        bench->Arg(size);
    bench->UseRealTime()->MinTime(0.3);
}
BENCHMARK(raw)->Apply(arguments);
BENCHMARK(durable)->Apply(arguments);
BENCHMARK(durable_behind)->Apply(arguments);
BENCHMARK(not_durable)->Apply(arguments);

// Reading back, checksum and chain checked, records walked.
void read_back(benchmark::State& state) {
    const TemporaryFolder folder;
    constexpr std::uint64_t records = 400'000;
    {
        auto opened =
            sqlite::SqliteJournal::open(folder / "journal.db", options(sqlite::Durability::none));
        for (std::uint64_t first = 1; first < records; first += 1'000) {
            static_cast<void>((*opened)->append(tests::make_batch(first, 1'000).view(), false));
        }
    }
    for (auto _ : state) {
        std::uint64_t sum = 0;
        const auto read =
            sqlite::read_journal(folder / "journal.db", Sequence{}, [&](const ports::Batch& batch) {
                return sqlite::for_each_record(batch.first, batch.payload,
                                               [&](const sqlite::Record& record) -> Result<void> {
                                                   sum += record.head.tag;
                                                   return {};
                                               });
            });
        if (!read) state.SkipWithError("cannot read");
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}
BENCHMARK(read_back)->Unit(benchmark::kMillisecond)->MinTime(0.3);

Trade trade_at(std::int64_t i) {
    Trade trade;
    trade.head = market_head<Trade, MarketKind::trade>();
    trade.head.flags = 1;
    trade.head.venue = VenueId{1};
    trade.head.instrument = InstrumentId{1};
    trade.head.received_at = Instant::from_nanoseconds(i);
    trade.price = Price::whole(100);
    trade.quantity = Quantity::whole(1);
    return trade;
}

constexpr std::int64_t tape_records = 1'000'000;

std::filesystem::path write_tape(const TemporaryFolder& folder) {
    const auto path = folder / "bench.tape";
    std::filesystem::remove(path);
    tape::Metadata metadata;
    metadata.universe.instruments.resize(1);
    metadata.universe.venues.resize(1);
    auto writer = tape::Writer::create(path, metadata);
    for (std::int64_t i = 1; i <= tape_records; ++i) {
        static_cast<void>((*writer)->append(trade_at(i).head));
    }
    static_cast<void>((*writer)->close());
    return path;
}

void tape_write(benchmark::State& state) {
    const TemporaryFolder folder;
    for (auto _ : state)
        write_tape(folder);
    state.SetItemsProcessed(state.iterations() * tape_records);
}
BENCHMARK(tape_write)->Unit(benchmark::kMillisecond)->MinTime(0.3);

void tape_read(benchmark::State& state) {
    const TemporaryFolder folder;
    const auto path = write_tape(folder);
    const auto check = static_cast<tape::TapeCheck>(state.range(0));
    for (auto _ : state) {
        auto reader = tape::open_tape(path, {check});
        std::int64_t sum = 0;
        for (;;) {
            const auto record = (*reader)->next();
            if (!record || *record == nullptr) break;
            sum += (*record)->received_at.nanoseconds();
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * tape_records);
}
BENCHMARK(tape_read)
    ->Arg(static_cast<int>(tape::TapeCheck::all))
    ->Arg(static_cast<int>(tape::TapeCheck::checksum))
    ->Arg(static_cast<int>(tape::TapeCheck::none))
    ->Unit(benchmark::kMillisecond)
    ->MinTime(0.3);

// The anchor of tape_read: the same bytes, mapped and summed.
void raw_scan(benchmark::State& state) {
    const TemporaryFolder folder;
    const auto path = write_tape(folder);
    const auto size = std::filesystem::file_size(path);
    for (auto _ : state) {
        const int file = ::open(path.c_str(), O_RDONLY);
        void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        ::close(file);
        const auto* words = static_cast<const std::int64_t*>(memory);
        std::int64_t sum = 0;
        for (std::size_t i = 2; i < size / 8; i += 8)
            sum += words[i];
        benchmark::DoNotOptimize(sum);
        ::munmap(memory, size);
    }
    state.SetItemsProcessed(state.iterations() * tape_records);
}
BENCHMARK(raw_scan)->Unit(benchmark::kMillisecond)->MinTime(0.3);

} // namespace
} // namespace grekko
