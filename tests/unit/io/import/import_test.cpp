#include "io/import/import.hpp"

#include <gtest/gtest.h>

#include "unit/io/import/memory_tape.hpp"

namespace grekko::importing {
namespace {

using tests::MemoryTape;

class ListSource final : public RecordSource {
public:
    ListSource(std::uint16_t instrument, std::vector<std::int64_t> times)
        : times_{std::move(times)} {
        tick_.head = market_head<ClockTick, MarketKind::clock>();
        tick_.head.instrument = InstrumentId{instrument};
        report_.file = std::to_string(instrument);
    }
    Result<const MarketHead*> next() override {
        if (next_ == times_.size()) return static_cast<const MarketHead*>(nullptr);
        tick_.head.received_at = Instant::from_nanoseconds(times_[next_++]);
        ++report_.records;
        return static_cast<const MarketHead*>(&tick_.head);
    }
    const SourceReport& report() const override { return report_; }
    std::uint64_t consumed() const override { return next_; }

private:
    std::vector<std::int64_t> times_;
    std::size_t next_{0};
    ClockTick tick_;
    SourceReport report_;
};

using Sources = std::vector<std::unique_ptr<RecordSource>>;

TEST(Import, MergesSourcesByReceiveTimeAndThenByTheirOrder) {
    Sources sources;
    sources.push_back(std::make_unique<ListSource>(1, std::vector<std::int64_t>{1, 5, 5, 9}));
    sources.push_back(std::make_unique<ListSource>(2, std::vector<std::int64_t>{}));
    sources.push_back(std::make_unique<ListSource>(3, std::vector<std::int64_t>{0, 5, 7, 12}));
    MemoryTape tape;
    const auto summary = import_records(sources, tape, {});
    ASSERT_TRUE(summary);
    std::string order;
    for (std::size_t i = 0; i < tape.size(); ++i) {
        order += std::to_string(tape.head(i).received_at.nanoseconds()) + "/" +
                 std::to_string(tape.head(i).instrument.value()) + " ";
    }
    EXPECT_EQ(order, "0/3 1/1 5/1 5/1 5/3 7/3 9/1 12/3 ");
    EXPECT_EQ(summary->records, 8U);
    EXPECT_EQ(summary->first_at.nanoseconds(), 0);
    EXPECT_EQ(summary->last_at.nanoseconds(), 12);
    ASSERT_EQ(summary->sources.size(), 3U);
    EXPECT_EQ(summary->sources[2].records, 4U);
}

TEST(Import, PassesOnTheErrorOfAFullDisk) {
    Sources sources;
    sources.push_back(std::make_unique<ListSource>(1, std::vector<std::int64_t>{1, 2, 3}));
    MemoryTape tape;
    tape.capacity = 2;
    const auto summary = import_records(sources, tape, {});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().code, ErrorCode::out_of_space);
}

TEST(Import, StopsWhereItsProgressSaysSo) {
    Sources sources;
    sources.push_back(std::make_unique<ListSource>(1, std::vector<std::int64_t>(100'000, 1)));
    MemoryTape tape;
    const auto summary = import_records(sources, tape, [](auto, auto) { return false; });
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().code, ErrorCode::cancelled);
    EXPECT_LT(tape.size(), 100'000U);
}

} // namespace
} // namespace grekko::importing
