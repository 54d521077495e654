// grekko data: imports market data into tapes, and lists, shows and verifies tapes.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/data_import.hpp"
#include "app/progress.hpp"
#include "io/tape/reader.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kind_names[] = {
    "",     "trades", "quotes", "book_resets", "book_levels", "book_commits",
    "bars", "gaps",   "status", "funding",     "clock"};

struct Import {
    ImportRequest request;
    std::string form{"auto"}, rows{"bar"}, map, delimiter{","}, time_unit{"auto"}, interval;
};

struct Place {
    std::string path{"."};
};

Result<void> fill(Import& import) {
    ImportRequest& request = import.request;
    const auto& names = data_form_names();
    request.form = static_cast<DataForm>(std::find(names.begin(), names.end(), import.form) -
                                         names.begin() + 1);
    if (!import.interval.empty()) {
        TRY(interval, parse_duration(import.interval));
        request.interval = interval;
    }
    if (request.form == DataForm::csv || !import.map.empty()) {
        const auto kind = import.rows == "bar"     ? importing::RowKind::bar
                          : import.rows == "trade" ? importing::RowKind::trade
                                                   : importing::RowKind::quote;
        TRY(mapping, importing::parse_mapping(kind, import.map));
        request.mapping = std::move(mapping);
        request.form = DataForm::csv;
        if (import.delimiter == "tab") import.delimiter = "\t";
        if (import.delimiter.size() != 1) {
            return make_error(ErrorCode::invalid_argument,
                              "--delimiter takes one character, or tab");
        }
        request.mapping.delimiter = import.delimiter.front();
        using importing::TimeUnit;
        static const std::map<std::string, TimeUnit> units{
            {"auto", TimeUnit::automatic},  {"s", TimeUnit::seconds},
            {"ms", TimeUnit::milliseconds}, {"us", TimeUnit::microseconds},
            {"ns", TimeUnit::nanoseconds},  {"text", TimeUnit::text}};
        request.mapping.time_unit = units.at(import.time_unit);
    }
    return {};
}

Json json_of(const ImportOutcome& outcome) {
    Json object{{"tape", outcome.tape},
                {"format", data_form_names()[static_cast<std::size_t>(outcome.form) - 1]},
                {"symbols", outcome.symbols},
                {"records", outcome.summary.records},
                {"from", to_string(outcome.summary.first_at)},
                {"to", to_string(outcome.summary.last_at)},
                {"bytes", outcome.bytes},
                {"sha256", outcome.hash}};
    for (const importing::SourceReport& source : outcome.summary.sources) {
        Json part{{"file", source.file},
                  {"rows", source.rows},
                  {"records", source.records},
                  {"skipped", source.skipped},
                  {"ignored", source.ignored},
                  {"gaps", source.gaps},
                  {"clock_steps", source.clock_steps}};
        for (const importing::BadRow& row : source.bad_rows)
            part["bad_rows"].push_back(
                {{"file", row.file}, {"line", row.line}, {"reason", row.reason}});
        object["sources"].push_back(std::move(part));
    }
    return object;
}

void print_human(const ImportOutcome& outcome) {
    std::cout << "tape     " << outcome.tape << ", " << outcome.summary.records << " records, "
              << outcome.bytes / 1'000 << " kB\n";
    std::cout << "span     " << to_string(outcome.summary.first_at) << " to "
              << to_string(outcome.summary.last_at) << "\nsymbols ";
    for (const std::string& symbol : outcome.symbols)
        std::cout << " " << symbol;
    std::cout << "\nsha256   " << outcome.hash << "\n";
    for (const importing::SourceReport& source : outcome.summary.sources) {
        std::cout << "source   " << source.file << ": " << source.rows << " rows, " << source.gaps
                  << " gaps, " << source.ignored << " ignored, " << source.skipped
                  << " bad rows left out\n";
        for (const importing::BadRow& row : source.bad_rows)
            std::cout << "         " << importing::to_string(row) << "\n";
    }
}

Result<void> run_import(Import& import, const Globals& globals) {
    TRY(fill(import));
    Progress progress{"import", 100};
    TRY(outcome, import_data(import.request, [&](std::uint64_t consumed, std::uint64_t total) {
            progress.show(total == 0 ? 0 : std::min<std::uint64_t>(100, consumed * 100 / total));
        }));
    if (globals.output == Output::json) {
        std::cout << json_of(outcome).dump() << "\n";
    } else {
        print_human(outcome);
    }
    return {};
}

Json json_of(const std::string& path, const tape::Info& info) {
    Json object{{"tape", path},
                {"source", info.metadata.source},
                {"synthetic", info.metadata.synthetic},
                {"finished", info.finished},
                {"records", info.records},
                {"from", to_string(info.first_at)},
                {"to", to_string(info.latest_at)},
                {"bytes", info.bytes},
                {"sha256", info.hash}};
    if (!info.metadata.created.empty()) object["created"] = info.metadata.created;
    const Universe& universe = info.metadata.universe;
    for (std::size_t i = 1; i < universe.instruments.size(); ++i)
        object["symbols"].push_back(universe.instruments[i].symbol.string());
    for (std::size_t i = 1; i < universe.venues.size(); ++i)
        object["venues"].push_back(universe.venues[i].name.string());
    for (std::size_t i = 1; i < std::size(kind_names); ++i) {
        if (info.kinds[i] != 0) object["kinds"][kind_names[i]] = info.kinds[i];
    }
    for (const Listing& listing : universe.listings) {
        object["listings"].push_back(
            {{"symbol", universe.instrument(listing.instrument).symbol.string()},
             {"venue", universe.venue(listing.venue).name.string()},
             {"tick", listing.tick.to_string()},
             {"lot", listing.lot.to_string()},
             {"notional_min", listing.notional_min.to_string()}});
    }
    return object;
}

void print(const Json& object, const Globals& globals) {
    if (globals.output == Output::json) {
        std::cout << object.dump() << "\n";
        return;
    }
    for (const auto& [key, value] : object.items()) {
        std::string name = key;
        name.resize(std::max<std::size_t>(name.size(), 10), ' ');
        std::cout << name << " " << (value.is_string() ? value.get<std::string>() : value.dump())
                  << "\n";
    }
}

// A message that names a record says of which tape.
Error with_path(const std::string& path, const Error& error) {
    if (error.message.find(path) != std::string::npos) return error;
    return make_error(error.code, path + ": " + error.message);
}

Result<void> run_list(const std::string& folder, const Globals& globals) {
    std::error_code failed;
    std::vector<std::string> tapes;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (entry.path().extension() == ".tape") tapes.push_back(entry.path().string());
    }
    if (failed) return make_error(ErrorCode::not_found, folder + ": " + failed.message());
    std::sort(tapes.begin(), tapes.end());
    Json all = Json::array();
    for (const std::string& path : tapes) {
        const auto info = tape::tape_info(path);
        all.push_back(info ? json_of(path, *info)
                           : Json{{"tape", path}, {"error", info.error().message}});
    }
    if (globals.output == Output::json) {
        std::cout << all.dump() << "\n";
        return {};
    }
    for (const Json& one : all) {
        std::cout << one["tape"].get<std::string>() << "  ";
        if (one.contains("error")) {
            std::cout << one["error"].get<std::string>() << "\n";
            continue;
        }
        std::cout << one["records"] << " records  " << one["from"].get<std::string>() << " to "
                  << one["to"].get<std::string>() << "  " << one.value("symbols", Json{}).dump()
                  << "\n";
    }
    if (all.empty()) std::cout << "no tapes in " << folder << "; grekko data import makes one\n";
    return {};
}

void add_import(CommandLine& data) {
    CommandLine command = data.sub("import", "Make a tape of recordings or CSV files");
    Import& import = command.keep<Import>();
    command.required_places("files", import.request.files, "Plain, gzip, zstd or zip")
        .text("-t,--to", import.request.tape, "The tape (default: the first file's name)")
        .choice("-f,--format", import.form, data_form_names(), "what the files are")
        .texts("-s,--symbol", import.request.symbols, "Instrument of the files, such as BTC-USD")
        .text("--venue", import.request.venue, "Venue of the records")
        .text("--interval", import.interval, "Of bars, such as 1h (default: seen from the rows)")
        .text("--map", import.map, "Columns of format csv: time=1,open=o,high=h,…")
        .choice("--rows", import.rows, {"bar", "trade", "quote"}, "what a row of format csv is")
        .choice("--time-unit", import.time_unit, {"auto", "s", "ms", "us", "ns", "text"},
                "of times in format csv")
        .text("--delimiter", import.delimiter, "Between cells of format csv, or tab")
        .flag("--keep-good-rows", import.request.keep_good_rows,
              "Leave damaged rows out and count them instead of stopping")
        .flag("--all-quotes", import.request.all_quotes,
              "Best prices of recordings also while their book is in step")
        .more_help("A CSV file of another form needs its columns: --map "
                   "time=date,open=o,high=h,low=l,close=c,volume=v --time-unit text")
        .example("grekko data import BTCUSDT-1h-2024-*.zip --to btcusdt.tape")
        .run([&import](const Globals& globals) { return run_import(import, globals); });
}

} // namespace

void add_data(CommandLine root) {
    CommandLine data = root.sub("data", "Import, list and check market data");
    add_import(data);
    CommandLine list = data.sub("list", "The tapes in a folder");
    Place& folder = list.keep<Place>();
    list.example("grekko data list results");
    list.place("folder", folder.path, "Default: here").run([&folder](const Globals& globals) {
        return run_list(folder.path, globals);
    });
    CommandLine info = data.sub("info", "What a tape says about itself");
    Place& shown = info.keep<Place>();
    info.example("grekko data info btcusdt.tape");
    info.required_place("tape", shown.path, "A tape file")
        .run([&shown](const Globals& globals) -> Result<void> {
            TRY(found, tape::tape_info(shown.path));
            print(json_of(shown.path, found), globals);
            return {};
        });
    CommandLine verify = data.sub("verify", "Read all of a tape and compare checksums and hash");
    Place& checked = verify.keep<Place>();
    verify.example("grekko data verify btcusdt.tape");
    verify.required_place("tape", checked.path, "A tape file")
        .run([&checked](const Globals& globals) -> Result<void> {
            const auto checked_tape = tape::verify(checked.path);
            if (!checked_tape) return with_path(checked.path, checked_tape.error());
            const tape::Info& found = *checked_tape;
            Json object = json_of(checked.path, found);
            object["verified"] = true;
            print(object, globals);
            return {};
        });
}

} // namespace grekko::app
