// covers: capture_reader.cpp
#include "io/import/capture_source.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "unit/io/import/packing.hpp"

namespace grekko::importing {
namespace {

using grekko::tests::TemporaryFolder;

// A venue that says "symbol price" in a frame and refuses "bad".
struct ToyVenue {
    std::vector<std::string> heard;
    std::string refusal;
    Trade trade;
    bool waits{false};

    grekko_status frame(const grekko_frame& frame) {
        const std::string text{frame.text, frame.text_bytes};
        heard.push_back(std::to_string(frame.kind) + "@" + std::to_string(frame.received_at) + " " +
                        text + (frame.url_bytes == 0 ? "" : " of ") +
                        std::string{frame.url, frame.url_bytes});
        if (text == "bad") {
            refusal = "the toy does not like it";
            return GREKKO_ERROR_INVALID;
        }
        if (frame.kind != GREKKO_FRAME_STREAM) return GREKKO_OK;
        trade.head = market_head<Trade, MarketKind::trade>();
        trade.head.flags = 1;
        trade.head.venue = VenueId{1};
        trade.head.instrument = InstrumentId{1};
        trade.head.received_at = Instant::from_nanoseconds(frame.received_at);
        trade.price = text == "zero" ? Price{} : 1_price;
        trade.quantity = 1_quantity;
        waits = true;
        return GREKKO_OK;
    }
};

Decoder decoder_of(ToyVenue& toy) {
    grekko_market_decoder table{};
    table.self = &toy;
    table.frame = [](void* self, const grekko_frame* frame) {
        return static_cast<ToyVenue*>(self)->frame(*frame);
    };
    table.next_record = [](void* self) -> const grekko_market_head* {
        auto& venue = *static_cast<ToyVenue*>(self);
        if (!venue.waits) return nullptr;
        venue.waits = false;
        return reinterpret_cast<const grekko_market_head*>(&venue.trade.head);
    };
    table.last_refusal = [](void* self) { return static_cast<ToyVenue*>(self)->refusal.c_str(); };
    table.listing = [](void*, std::uint32_t index, grekko_listing* listing) {
        *listing = {};
        listing->symbol[0] = 'A';
        return index == 0 ? 1 : 0;
    };
    table.statistics = [](void*, grekko_market_statistics* statistics) { *statistics = {}; };
    table.destroy = [](void*) {};
    return Decoder{table};
}

std::vector<InputFile> inputs_of(const std::vector<std::filesystem::path>& paths) {
    std::vector<InputFile> inputs;
    for (const auto& path : paths)
        inputs.push_back(list_inputs(path)->at(0));
    return inputs;
}

Result<SourceReport> play(const std::vector<std::filesystem::path>& paths, ToyVenue& toy,
                          BadRows bad_rows) {
    TRY(source, CaptureSource::open(inputs_of(paths), decoder_of(toy), bad_rows));
    while (true) {
        TRY(record, source->next());
        if (record == nullptr) return source->report();
    }
}

TEST(CaptureSource, MergesTheFilesOfARecordingByReceiveTime) {
    const TemporaryFolder folder;
    const auto stream = folder.write("ws", "configuration: {}\n"
                                           "wss://venue/stream?a@b <-> 1633998511.159679\n"
                                           "1633998512.0633569: first\n"
                                           "1633998513: second\n");
    const auto answers = folder.write(
        "http", "https://venue/depth?symbol=A&limit=1 -> 1633998512.5: {\"x\": 1}\n\n");
    ToyVenue toy;
    const auto report = play({stream, answers}, toy, BadRows::stop);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(toy.heard,
              (std::vector<std::string>{
                  "1@1633998511159679000  of wss://venue/stream?a@b", "3@1633998512063356900 first",
                  "4@1633998512500000000 {\"x\": 1} of https://venue/depth?symbol=A&limit=1",
                  "3@1633998513000000000 second"}));
    EXPECT_EQ(report->rows, 4U);
    EXPECT_EQ(report->records, 2U);
}

TEST(CaptureSource, ReadsNanosecondLinesFromGzip) {
    const TemporaryFolder folder;
    ToyVenue toy;
    ASSERT_TRUE(play({folder.write("a.gz", tests::gzip("1723161253937085768 {\"a\":1}\n"))}, toy,
                     BadRows::stop));
    EXPECT_EQ(toy.heard, std::vector<std::string>{"3@1723161253937085768 {\"a\":1}"});
}

TEST(CaptureSource, ReadsJsonLinesFromZstdAndTakesTheFrameOutOfItsQuotes) {
    const TemporaryFolder folder;
    const auto path = folder.write(
        "a.zst",
        tests::zstd(R"({"t":"header","format":2})"
                    "\n"
                    R"({"t":"connect","conn":"x","ts":1786309548.031329,"addr":"wss://v"})"
                    "\n"
                    R"({"t":"send","conn":"x","ts":1786309548.1743748,"data":"{}"})"
                    "\n"
                    R"({"t":"recv","conn":"x","ts":1786309548.6290078,"data":"{\"a\":\"\u00e9\"}"})"
                    "\n"
                    R"({"t":"http","ts":1786309549.5,"url":"https://v/products","data":"[]"})"
                    "\n"));
    ToyVenue toy;
    const auto report = play({path}, toy, BadRows::stop);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(toy.heard, (std::vector<std::string>{
                             "1@1786309548031329000 ", "3@1786309548629007800 {\"a\":\"\u00e9\"}",
                             "4@1786309549500000000 [] of https://v/products"}));
}

TEST(CaptureSource, HoldsTheTimeWhereTheRecordersClockWentBack) {
    const TemporaryFolder folder;
    ToyVenue toy;
    const auto report = play({folder.write("a", "20 x\n10 y\n30 z\n")}, toy, BadRows::stop);
    ASSERT_TRUE(report);
    EXPECT_EQ(toy.heard, (std::vector<std::string>{"3@20 x", "3@20 y", "3@30 z"}));
    EXPECT_EQ(report->clock_steps, 1U);
}

TEST(CaptureSource, StopsAtADamagedLineOrFrameWithFileLineAndReason) {
    const struct {
        const char *line, *reason;
    } cases[] = {{"hello", "receive time"},
                 {"12", "receive time"},
                 {"{\"t\":\"recv\"", "JSON"},
                 {"{\"x\":1}", "\"t\""},
                 {"{\"t\":\"recv\",\"data\":\"x\"}", "\"ts\""},
                 {"https://venue/depth", "->"},
                 {"https://venue/depth -> 12.5", "answer"},
                 {"1.5: bad", "the toy does not like it"},
                 {"2 zero", "makes no sense"}};
    for (const auto& [line, reason] : cases) {
        const TemporaryFolder folder;
        const auto path = folder.write("rec", "1 good\n" + std::string{line} + "\n3 good\n");
        ToyVenue toy;
        const auto stopped = play({path}, toy, BadRows::stop);
        ASSERT_FALSE(stopped) << line;
        EXPECT_NE(stopped.error().message.find("rec:2: "), std::string::npos)
            << stopped.error().message;
        EXPECT_NE(stopped.error().message.find(reason), std::string::npos)
            << stopped.error().message;
        ToyVenue again;
        const auto kept = play({path}, again, BadRows::skip);
        ASSERT_TRUE(kept) << line;
        EXPECT_EQ(kept->skipped, 1U) << line;
        EXPECT_EQ(kept->records, 2U) << line;
    }
}

TEST(CaptureSource, KeepsWhatCameBeforeADamagedStreamWhereAsked) {
    std::string text;
    for (int i = 1; i < 50'000; ++i)
        text += std::to_string(i) + " frame\n";
    const auto packed = tests::gzip(text);
    const TemporaryFolder folder;
    const auto path = folder.write("cut.gz", packed.substr(0, packed.size() / 2));
    ToyVenue toy;
    EXPECT_FALSE(play({path}, toy, BadRows::stop));
    ToyVenue again;
    const auto kept = play({path}, again, BadRows::skip);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_GT(kept->records, 1'000U);
    EXPECT_EQ(kept->skipped, 1U);
}

TEST(CaptureSource, DiscoversWhatTheVenueNames) {
    const TemporaryFolder folder;
    ToyVenue toy;
    const auto found =
        discover(inputs_of({folder.write("a", "1 x\n2 y\n3 z\n")}), decoder_of(toy), 2);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 1U);
    EXPECT_EQ(toy.heard.size(), 2U);
}

} // namespace
} // namespace grekko::importing
