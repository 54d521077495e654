// PERF-11: a venue's message → market records beside simdjson on-demand touching the same fields:
// it walks the same keys and takes each text, but reads no number and makes no record. Frames are
// of the usual size and shape; both sides get padded text.
#include <string>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "binance/market_decoder.hpp"
#include "coinbase/market_decoder.hpp"

namespace {

namespace ondemand = simdjson::ondemand;

std::string padded(std::string text) {
    text.append(simdjson::SIMDJSON_PADDING, '\0');
    return text;
}

std::string depth_update(std::uint64_t id, int levels) {
    std::string side;
    for (int i = 0; i < levels; ++i) {
        side += std::string{i == 0 ? "" : ","} + "[\"" + std::to_string(61'000 + i) +
                ".63000000\",\"0.0" + std::to_string(1'234'567 + i) + "\"]";
    }
    const std::string first = std::to_string(id);
    return R"({"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,)"
           R"("s":"BTCUSDT","U":)" +
           first + R"(,"u":)" + first + R"(,"b":[)" + side + R"(],"a":[)" + side + "]}}";
}

std::string l2_batch(int levels) {
    std::string updates;
    for (int i = 0; i < levels; ++i) {
        updates += std::string{i == 0 ? "" : ","} + R"({"side":")" +
                   (i % 2 == 0 ? "bid" : "offer") +
                   R"(","event_time":"2026-08-09T21:05:48.210883Z","price_level":")" +
                   std::to_string(65'000 + i) + R"(.5","new_quantity":"0.06148901"})";
    }
    return R"({"channel":"l2_data","timestamp":"2026-08-09T21:05:48.505350477Z","sequence_num":0,)"
           R"("events":[{"type":"snapshot","product_id":"BTC-USD","updates":[)" +
           updates + "]}]}";
}

grekko_frame frame_of(const std::string& padded_text) {
    grekko_frame frame{};
    frame.size = sizeof frame;
    frame.kind = GREKKO_FRAME_STREAM;
    frame.received_at = 1;
    frame.text = padded_text.data();
    frame.text_bytes = padded_text.size() - simdjson::SIMDJSON_PADDING;
    frame.readable = simdjson::SIMDJSON_PADDING;
    return frame;
}

// Every key, every text and whole number, no meaning.
std::size_t touch(ondemand::value value) {
    std::size_t sum = 0;
    switch (value.type().value_unsafe()) {
    case ondemand::json_type::array:
        for (auto element : value.get_array())
            sum += touch(element.value_unsafe());
        break;
    case ondemand::json_type::object:
        for (auto field : value.get_object()) {
            sum += static_cast<std::size_t>(field.key().value_unsafe().raw()[0]);
            sum += touch(field.value().value_unsafe());
        }
        break;
    case ondemand::json_type::string: sum += value.get_string().value_unsafe().size(); break;
    case ondemand::json_type::number: sum += value.get_uint64().value_unsafe(); break;
    default: break;
    }
    return sum;
}

void touch_fields(benchmark::State& state, const std::string& text) {
    ondemand::parser parser;
    const simdjson::padded_string_view view{text.data(), text.size() - simdjson::SIMDJSON_PADDING,
                                            text.size()};
    for (auto _ : state) {
        auto document = parser.iterate(view);
        std::size_t sum = 0;
        for (auto field : document.get_object())
            sum += touch(field.value().value_unsafe());
        benchmark::DoNotOptimize(sum);
    }
}

std::size_t drained(const grekko_market_decoder& table) {
    std::size_t records = 0;
    while (table.next_record(table.self) != nullptr)
        ++records;
    return records;
}

void BM_BinanceDepthAnchor(benchmark::State& state) {
    touch_fields(state, padded(depth_update(9, static_cast<int>(state.range(0)))));
}
void BM_BinanceDepthToRecords(benchmark::State& state) {
    const int levels = static_cast<int>(state.range(0));
    grekko::binance::Options options;
    options.symbols = {"BTCUSDT"};
    const auto table = grekko::binance::make_market_decoder(options);
    const std::string book =
        padded(R"({"lastUpdateId":1000000000,"bids":[["1","1"]],"asks":[["2","1"]]})");
    auto snapshot = frame_of(book);
    table.frame(table.self, &snapshot);
    std::uint64_t id = 1'000'000'000;
    std::string text = padded(depth_update(id, levels));
    const std::size_t first = text.find("\"U\":") + 4;
    const std::size_t last = text.find("\"u\":") + 4;
    auto frame = frame_of(text);
    std::size_t records = 0;
    for (auto _ : state) {
        const std::string digits = std::to_string(++id); // the update behind the last one
        text.replace(first, digits.size(), digits).replace(last, digits.size(), digits);
        table.frame(table.self, &frame);
        records += drained(table);
    }
    state.counters["records"] =
        static_cast<double>(records) / static_cast<double>(state.iterations());
    table.destroy(table.self);
}

void BM_CoinbaseBatchAnchor(benchmark::State& state) {
    touch_fields(state, padded(l2_batch(static_cast<int>(state.range(0)))));
}
void BM_CoinbaseBatchToRecords(benchmark::State& state) {
    grekko::coinbase::Options options;
    options.products = {"BTC-USD"};
    const auto table = grekko::coinbase::make_market_decoder(options);
    const std::string text = padded(l2_batch(static_cast<int>(state.range(0))));
    auto frame = frame_of(text);
    grekko_frame connected{};
    connected.kind = GREKKO_FRAME_CONNECTED;
    std::size_t records = 0;
    for (auto _ : state) {
        table.frame(table.self, &connected); // frames count anew
        table.frame(table.self, &frame);
        records += drained(table);
    }
    state.counters["records"] =
        static_cast<double>(records) / static_cast<double>(state.iterations());
    table.destroy(table.self);
}

BENCHMARK(BM_BinanceDepthAnchor)->Arg(2)->Arg(20);
BENCHMARK(BM_BinanceDepthToRecords)->Arg(2)->Arg(20);
BENCHMARK(BM_CoinbaseBatchAnchor)->Arg(4)->Arg(40)->Arg(20'000);
BENCHMARK(BM_CoinbaseBatchToRecords)->Arg(4)->Arg(40)->Arg(20'000);

} // namespace
