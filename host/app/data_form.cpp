#include "app/data_form.hpp"

#include <algorithm>

#include "io/import/line_reader.hpp"

namespace grekko::app {
namespace {

constexpr std::size_t first_line_bytes_max = 64U << 20U; // a recorded answer may be long

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

std::size_t commas_in(std::string_view line) {
    return static_cast<std::size_t>(std::count(line.begin(), line.end(), ','));
}

bool is_capture(std::string_view line) {
    if (line.starts_with("{\"t\":") || line.starts_with("http") || line.starts_with("ws")) {
        return true;
    }
    const std::size_t end = line.find_first_not_of("0123456789.");
    return end != line.npos && end > 0 && (line[end] == ' ' || line[end] == ':');
}

} // namespace

const std::vector<std::string>& data_form_names() {
    static const std::vector<std::string> names{"auto",       "ohlcv", "klines",  "trades",
                                                "agg-trades", "csv",   "binance", "coinbase"};
    return names;
}

Result<DataForm> tell_form(const importing::InputFile& input) {
    TRY(bytes, importing::open_bytes(input));
    importing::LineReader lines{std::move(bytes), first_line_bytes_max};
    TRY(line, lines.next());
    if (!line) return make_error(ErrorCode::invalid_input, input.name() + " is empty");
    if (is_capture(*line)) {
        const auto beginning = line->substr(0, 1'000);
        const bool coinbase = has(beginning, "COINBASE") || has(beginning, "coinbase");
        return coinbase ? DataForm::coinbase : DataForm::binance;
    }
    if (line->starts_with("open_time_s,")) return DataForm::ohlcv;
    const std::string name = input.name();
    if (has(name, "aggTrades")) return DataForm::agg_trades;
    if (has(name, "-trades-")) return DataForm::trades;
    if (commas_in(*line) == 11) return DataForm::klines;
    return make_error(ErrorCode::invalid_argument,
                      name + ": the form of this file cannot be told from its first line; name it "
                             "with --format, and its columns with --map where it is csv");
}

} // namespace grekko::app
