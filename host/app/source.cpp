#include "app/source.hpp"

#include <filesystem>
#include <fstream>

#include "app/universe.hpp"
#include "io/import/csv_source.hpp"
#include "io/import/import.hpp"
#include "io/tape/reader.hpp"

namespace grekko::app {
namespace {

// "GKTAPE" in front, whatever the name.
bool is_tape(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    std::string magic(6, '\0');
    in.read(magic.data(), static_cast<std::streamsize>(magic.size()));
    return magic == "GKTAPE";
}

Result<Source> from_tape(const config::Config& config, const std::string& path) {
    // A run that was killed could not close its tape: beside its journal the good part counts.
    std::error_code ignored;
    const auto journal = std::filesystem::path{path}.replace_filename("journal.db");
    tape::ReadOptions reading;
    if (std::filesystem::exists(journal, ignored)) {
        reading.unfinished = tape::Unfinished::read_good_part;
    }
    TRY(reader, tape::open_tape(path, reading));
    const tape::Info& info = reader->info();
    Source source;
    source.universe = refine(info.metadata.universe, config);
    source.description = std::filesystem::path{path}.filename().string();
    source.hash = info.hash;
    source.records = info.records;
    source.synthetic = info.metadata.synthetic;
    const auto count = [&](MarketKind kind) { return info.kinds[static_cast<std::size_t>(kind)]; };
    source.bars = count(MarketKind::book_level) == 0 && count(MarketKind::quote) == 0 &&
                  count(MarketKind::bar) > 0;
    source.reader = std::move(reader);
    return source;
}

std::string hash_of(const runtime::MemoryTape& tape) {
    std::string bytes;
    for (std::size_t i = 1; i <= tape.size(); ++i) {
        const MarketHead& record = tape.at(TapePosition{i});
        bytes.append(reinterpret_cast<const char*>(&record), record.size);
    }
    return config::sha256(bytes);
}

Result<Source> from_csv(const config::Config& config, const SourceRequest& request) {
    std::vector<std::string> symbols = request.symbols;
    if (symbols.empty()) symbols = config.list("run.symbols");
    if (symbols.size() < request.paths.size()) {
        return make_error(ErrorCode::invalid_argument,
                          "there are " + std::to_string(request.paths.size()) +
                              " files and fewer symbols: name one --symbol for each file");
    }
    symbols.resize(request.paths.size());
    const std::string venue = request.venue.empty() ? config.text("run.venue") : request.venue;
    TRY(universe, make_universe(config, symbols, venue));
    Source source;
    source.universe = std::move(universe);
    source.memory = std::make_unique<runtime::MemoryTape>();
    std::vector<std::unique_ptr<importing::RecordSource>> inputs;
    for (std::size_t i = 0; i < request.paths.size(); ++i) {
        TRY(files, importing::list_inputs(request.paths[i]));
        for (const importing::InputFile& file : files) {
            importing::CsvOptions options;
            options.instrument = InstrumentId{static_cast<std::uint16_t>(i + 1)};
            TRY(csv, importing::CsvSource::open(file, options));
            source.universe.instruments[i + 1].finest_bar = csv->interval();
            inputs.push_back(std::move(csv));
        }
        const std::string name = std::filesystem::path{request.paths[i]}.filename().string();
        source.description += (source.description.empty() ? "" : ", ") + name;
    }
    TRY(summary, importing::import_records(inputs, *source.memory, {}));
    source.records = summary.records;
    source.hash = hash_of(*source.memory);
    source.bars = true;
    source.reader = std::make_unique<runtime::MemoryTapeReader>(*source.memory);
    return source;
}

} // namespace

Result<Source> open_source(const config::Config& config, const SourceRequest& request) {
    for (const std::string& path : request.paths) {
        std::error_code failed;
        if (!std::filesystem::exists(path, failed)) {
            return make_error(ErrorCode::not_found,
                              path + ": no such file; name a tape or CSV files of bars");
        }
    }
    if (request.paths.empty()) {
        return make_error(ErrorCode::invalid_argument, "name a tape or CSV files of bars");
    }
    if (is_tape(request.paths.front())) {
        if (request.paths.size() > 1) {
            return make_error(ErrorCode::invalid_argument,
                              "one tape at a time: `grekko data import` merges files into one");
        }
        return from_tape(config, request.paths.front());
    }
    return from_csv(config, request);
}

} // namespace grekko::app
