#include "io/plugin/adapter_venue.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "io/plugin/layout.hpp"

namespace grekko::plugin {
namespace {

// A scripted adapter: remembers requests, hands out the reports it was given.
struct FakeAdapter {
    std::vector<grekko_request> requests;
    std::deque<grekko_report> reports;
    grekko_status answer{GREKKO_OK};
    int market_records{0};
    bool destroyed{false};

    grekko_adapter table() {
        return {sizeof(grekko_adapter), GREKKO_ADAPTER_VERSION, this,
                [](void* self, const grekko_market_head*) { ++of(self).market_records; },
                [](void* self, const grekko_request* request) {
                    of(self).requests.push_back(*request);
                    return of(self).answer;
                },
                [](void* self) {
                    const auto& waiting = of(self).reports;
                    return waiting.empty() ? GREKKO_NO_REPORT : waiting.front().at;
                },
                [](void* self, grekko_time now, grekko_report* report) {
                    if (of(self).reports.empty() || of(self).reports.front().at > now) return 0;
                    *report = of(self).reports.front();
                    of(self).reports.pop_front();
                    return 1;
                },
                [](void* self) { of(self).destroyed = true; }};
    }
    static FakeAdapter& of(void* self) { return *static_cast<FakeAdapter*>(self); }
};

grekko_report accepted_at(std::int64_t at) {
    grekko_report report{};
    report.size = sizeof report;
    report.kind = GREKKO_REPORT_ACCEPTED;
    report.order = 5;
    report.at = at;
    return report;
}

TEST(AdapterVenue, SendsEachKindOfRequest) {
    FakeAdapter fake;
    AdapterVenue venue{VenueId{1}, fake.table()};
    const Instant now = Instant::from_seconds(1);
    venue.place({}, now);
    venue.replace({}, now);
    venue.cancel({}, now);
    venue.query({}, now);
    venue.snapshot({VenueId{1}, Instant::from_nanoseconds(700)}, now);
    ASSERT_EQ(fake.requests.size(), 5U);
    EXPECT_EQ(fake.requests.back().expires_at, 700) << "fills from then on";
    const std::uint8_t kinds[] = {GREKKO_REQUEST_PLACE, GREKKO_REQUEST_REPLACE,
                                  GREKKO_REQUEST_CANCEL, GREKKO_REQUEST_QUERY,
                                  GREKKO_REQUEST_SNAPSHOT};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(fake.requests[i].kind, kinds[i]);
}

TEST(AdapterVenue, GivesReportsWhenTheyAreDue) {
    FakeAdapter fake;
    AdapterVenue venue{VenueId{1}, fake.table()};
    EXPECT_FALSE(venue.next_report().has_value());
    fake.reports.push_back(accepted_at(2'000));
    EXPECT_EQ(venue.next_report(), Instant::from_nanoseconds(2'000));
    VenueReport report;
    Instant at;
    EXPECT_FALSE(venue.take_report(Instant::from_nanoseconds(1'999), report, at));
    ASSERT_TRUE(venue.take_report(Instant::from_nanoseconds(2'000), report, at));
    EXPECT_EQ(report.kind, ReportKind::accepted);
    EXPECT_EQ(report.order, OrderId{5});
    EXPECT_EQ(at, Instant::from_nanoseconds(2'000));
}

TEST(AdapterVenue, DropsAndCountsAReportThatMakesNoSense) {
    FakeAdapter fake;
    AdapterVenue venue{VenueId{1}, fake.table()};
    grekko_report bad = accepted_at(1);
    bad.kind = 200;
    fake.reports.push_back(bad);
    fake.reports.push_back(accepted_at(2));
    VenueReport report;
    Instant at;
    ASSERT_TRUE(venue.take_report(Instant::from_nanoseconds(5), report, at));
    EXPECT_EQ(report.kind, ReportKind::accepted);
    EXPECT_EQ(venue.dropped_reports(), 1U);
    EXPECT_NE(venue.last_error().find("kind"), std::string::npos);
}

TEST(AdapterVenue, CountsARefusedRequest) {
    FakeAdapter fake;
    fake.answer = GREKKO_ERROR_FULL;
    AdapterVenue venue{VenueId{1}, fake.table()};
    venue.place({}, Instant{});
    EXPECT_EQ(venue.dropped_reports(), 1U);
}

TEST(AdapterVenue, FeedsMarketRecordsAndDestroysTheAdapterAtTheEnd) {
    FakeAdapter fake;
    {
        AdapterVenue venue{VenueId{1}, fake.table()};
        venue.market(ClockTick{market_head<ClockTick, MarketKind::clock>()}.head);
        EXPECT_EQ(fake.market_records, 1);
        EXPECT_FALSE(fake.destroyed);
    }
    EXPECT_TRUE(fake.destroyed);
}

}  // namespace
}  // namespace grekko::plugin
