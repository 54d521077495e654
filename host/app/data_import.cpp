#include "app/data_import.hpp"

#include <algorithm>
#include <filesystem>

#include "app/data_form.hpp"
#include "binance/market_decoder.hpp"
#include "coinbase/market_decoder.hpp"
#include "io/import/capture_source.hpp"
#include "io/import/chain_source.hpp"
#include "io/import/csv_source.hpp"
#include "io/import/universe.hpp"
#include "io/tape/reader.hpp"
#include "io/tape/writer.hpp"

namespace grekko::app {
namespace {

constexpr std::size_t frames_looked_at = 50'000;

struct Plan {
    DataForm form{DataForm::automatic};
    std::vector<importing::InputFile> inputs;
    std::string venue;
    Universe universe;
    std::vector<std::unique_ptr<importing::RecordSource>> sources;
};

bool is_capture(DataForm form) {
    return form == DataForm::binance || form == DataForm::coinbase;
}

std::string venue_of(const ImportRequest& request, const Plan& plan) {
    if (!request.venue.empty()) return request.venue;
    const std::string name = plan.inputs.front().name();
    const bool coinbase = plan.form == DataForm::coinbase || name.find("coinbase") != name.npos;
    if (coinbase) return "coinbase";
    const bool own = plan.form == DataForm::ohlcv || plan.form == DataForm::csv;
    return own && name.find("binance") == name.npos ? "paper" : "binance";
}

importing::CsvMapping mapping_of(const ImportRequest& request, DataForm form) {
    importing::CsvMapping mapping = form == DataForm::ohlcv    ? importing::ohlcv_mapping()
                                    : form == DataForm::klines ? importing::binance_klines_mapping()
                                    : form == DataForm::trades ? importing::binance_trades_mapping()
                                    : form == DataForm::agg_trades
                                        ? importing::binance_agg_trades_mapping()
                                        : request.mapping;
    if (request.interval.count() > 0) mapping.interval = request.interval;
    return mapping;
}

// "BTCUSDT-1h-2024-01.csv" → "BTCUSDT": what Binance's public files are called.
std::string symbol_of(const importing::InputFile& input) {
    const std::string file = input.member.empty() ? input.path.filename().string() : input.member;
    const std::string symbol = file.substr(0, file.find('-'));
    const bool plain = symbol.size() >= 5 && std::ranges::all_of(symbol, [](char c) {
                           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                       });
    return plain ? symbol : std::string{};
}

// The symbol of each input.
Result<std::vector<std::string>> symbols_of(const ImportRequest& request, const Plan& plan) {
    std::vector<std::string> symbols = request.symbols;
    if (symbols.size() == 1) symbols.resize(plan.inputs.size(), request.symbols.front());
    if (symbols.empty()) {
        for (const auto& input : plan.inputs)
            symbols.push_back(symbol_of(input));
    }
    const bool fits = symbols.size() == plan.inputs.size() &&
                      std::ranges::none_of(symbols, [](const auto& s) { return s.empty(); });
    if (fits) return symbols;
    return make_error(ErrorCode::invalid_argument,
                      "name the instrument of each of the " + std::to_string(plan.inputs.size()) +
                          " files with --symbol (one for all of them, or one each)");
}

Result<void> open_csv(const ImportRequest& request, Plan& plan) {
    TRY(symbols, symbols_of(request, plan));
    std::vector<std::string> different;
    for (const std::string& symbol : symbols) {
        if (std::ranges::find(different, symbol) == different.end()) different.push_back(symbol);
    }
    TRY(universe, importing::make_universe(plan.venue, different));
    plan.universe = std::move(universe);
    for (std::size_t i = 0; i < different.size(); ++i) {
        std::vector<std::unique_ptr<importing::RecordSource>> files;
        for (std::size_t j = 0; j < plan.inputs.size(); ++j) {
            if (symbols[j] != different[i]) continue;
            importing::CsvOptions options;
            options.mapping = mapping_of(request, plan.form);
            options.instrument = InstrumentId{static_cast<std::uint16_t>(i + 1)};
            options.bad_rows =
                request.keep_good_rows ? importing::BadRows::skip : importing::BadRows::stop;
            TRY(source, importing::CsvSource::open(plan.inputs[j], std::move(options)));
            plan.universe.instruments[i + 1].finest_bar = source->interval();
            files.push_back(std::move(source));
        }
        plan.sources.push_back(std::make_unique<importing::ChainSource>(std::move(files)));
    }
    return {};
}

importing::Decoder decoder_of(const Plan& plan, const ImportRequest& request,
                              std::vector<std::string> symbols) {
    const bool discover = symbols.empty();
    if (plan.form == DataForm::binance) {
        binance::Options options;
        options.symbols = std::move(symbols);
        options.discover = discover;
        if (request.all_quotes) options.quotes = binance::Quotes::all;
        return importing::Decoder{binance::make_market_decoder(std::move(options))};
    }
    coinbase::Options options;
    options.products = std::move(symbols);
    options.discover = discover;
    if (request.all_quotes) options.quotes = coinbase::Quotes::all;
    return importing::Decoder{coinbase::make_market_decoder(std::move(options))};
}

Result<void> open_capture(const ImportRequest& request, Plan& plan) {
    TRY(listings, importing::discover(plan.inputs, decoder_of(plan, request, request.symbols),
                                      frames_looked_at));
    if (listings.empty()) {
        return make_error(ErrorCode::invalid_input,
                          plan.inputs.front().name() + ": no instrument is traded in its first " +
                              std::to_string(frames_looked_at) + " frames");
    }
    TRY(universe, importing::make_universe(plan.venue, listings));
    plan.universe = std::move(universe);
    std::vector<std::string> symbols;
    for (const grekko_listing& listing : listings)
        symbols.emplace_back(listing.symbol);
    const auto bad = request.keep_good_rows ? importing::BadRows::skip : importing::BadRows::stop;
    TRY(source,
        importing::CaptureSource::open(plan.inputs, decoder_of(plan, request, symbols), bad));
    plan.sources.push_back(std::move(source));
    return {};
}

Result<Plan> make_plan(const ImportRequest& request) {
    Plan plan;
    for (const std::string& file : request.files) {
        TRY(inputs, importing::list_inputs(file));
        plan.inputs.insert(plan.inputs.end(), inputs.begin(), inputs.end());
    }
    plan.form = request.form;
    if (plan.form == DataForm::automatic) {
        TRY(form, tell_form(plan.inputs.front()));
        plan.form = form;
    }
    plan.venue = venue_of(request, plan);
    if (is_capture(plan.form)) {
        TRY(open_capture(request, plan));
    } else {
        TRY(open_csv(request, plan));
    }
    return plan;
}

std::string default_tape(const ImportRequest& request) {
    const auto name = std::filesystem::path{request.files.front()}.filename().string();
    return name.substr(0, name.find('.')) + ".tape";
}

Result<importing::Summary> write_tape(const std::string& path, Plan& plan,
                                      const ImportProgress& progress) {
    tape::Metadata metadata;
    std::uint64_t total = 0;
    for (const auto& input : plan.inputs) {
        metadata.source +=
            (metadata.source.empty() ? "" : ", ") +
            (input.path.filename().string() + (input.member.empty() ? "" : "!" + input.member));
        total += input.bytes;
    }
    // When it was made stays out: the same files give the same tape and the same hash.
    metadata.universe = plan.universe;
    TRY(writer, tape::Writer::create(path, metadata));
    const auto report = [&](std::uint64_t consumed, std::uint64_t) {
        if (progress) progress(consumed, total);
        return true;
    };
    TRY(summary, importing::import_records(plan.sources, *writer, report));
    TRY(writer->close());
    return summary;
}

} // namespace

Result<ImportOutcome> import_data(const ImportRequest& request, const ImportProgress& progress) {
    ImportOutcome outcome;
    outcome.tape = request.tape.empty() ? default_tape(request) : request.tape;
    if (std::filesystem::exists(outcome.tape)) {
        return make_error(ErrorCode::already_exists,
                          outcome.tape + " exists; remove it, or name another with --to");
    }
    TRY(plan, make_plan(request));
    const std::string part = outcome.tape + ".part";
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    auto summary = write_tape(part, plan, progress);
    if (!summary) {
        std::filesystem::remove(part, ignored);
        return std::move(summary).error();
    }
    if (summary->records == 0) {
        std::filesystem::remove(part, ignored);
        return make_error(ErrorCode::invalid_input, request.files.front() + ": no record in it");
    }
    std::error_code failed;
    std::filesystem::rename(part, outcome.tape, failed);
    if (failed) return make_error(ErrorCode::io_error, outcome.tape + ": " + failed.message());
    TRY(info, tape::tape_info(outcome.tape));
    outcome.hash = info.hash;
    outcome.bytes = info.bytes;
    outcome.form = plan.form;
    for (std::size_t i = 1; i < plan.universe.instruments.size(); ++i)
        outcome.symbols.push_back(plan.universe.instruments[i].symbol.string());
    outcome.summary = std::move(*summary);
    return outcome;
}

} // namespace grekko::app
