// What `grekko data import` does: tells the form of the files, opens them with the reader and the
// venue's decoder that fit, and writes one tape. The reading itself is in io/import. The command
// calls it, and tests do.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/import/csv_mapping.hpp"
#include "io/import/import.hpp"

namespace grekko::app {

enum class DataForm : std::uint8_t {
    automatic = 1,
    ohlcv,
    klines,
    trades,
    agg_trades,
    csv,
    binance,
    coinbase
};
const std::vector<std::string>& data_form_names(); // in the order of the enumeration

struct ImportRequest {
    std::vector<std::string> files;
    std::string tape; // empty: the first file's name with .tape, here
    DataForm form{DataForm::automatic};
    std::string venue;                // empty: of the form; where it has none, of the file's name
    std::vector<std::string> symbols; // of CSV files: one for all, or one each; else what is taken
    importing::CsvMapping mapping;    // of form csv
    Duration interval;                // of bars, zero: seen from the rows
    bool keep_good_rows{false};
    bool all_quotes{false}; // best prices of captures also while their book is in step
};

struct ImportOutcome {
    std::string tape, hash;
    DataForm form{DataForm::automatic};
    std::vector<std::string> symbols;
    std::uint64_t bytes{0}; // of the tape
    importing::Summary summary;
};

// `progress` gets bytes read and all bytes. The tape appears under its name when it is whole.
// Errors: as the readers give them; already_exists: there is such a tape; invalid_argument: a form
// that cannot be told, symbols that do not fit the files.
using ImportProgress = std::function<void(std::uint64_t consumed, std::uint64_t total)>;
Result<ImportOutcome> import_data(const ImportRequest& request, const ImportProgress& progress);

} // namespace grekko::app
