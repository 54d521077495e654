// The files of a report. CSV after RFC 4180: comma, quotes where needed, one line a row.
#include <fstream>

#include <fmt/format.h>

#include "io/report/report.hpp"

namespace grekko::report {
namespace {

namespace fs = std::filesystem;

// Spreadsheets run what begins like a formula: a name that does gets a quote in front.
std::string cell(std::string text) {
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != std::string_view::npos) {
        text.insert(0, "'");
    }
    if (text.find_first_of(",\"\n\r") == text.npos) return text;
    std::string out = "\"";
    for (const char byte : text)
        out += byte == '"' ? std::string{"\"\""} : std::string(1, byte);
    return out + "\"";
}

std::string time(Instant at) {
    return at.is_none() ? "" : to_string(at);
}
std::string number(const std::optional<double>& value) {
    return value ? fmt::format("{:.10g}", *value) : "";
}

std::string fills_csv(const Report& report) {
    std::string out = "time,agent,instrument,venue,side,purpose,liquidity,quantity,price,mark,"
                      "value,fee_quote,order,intent\n";
    for (const ports::ReportFill& f : report.fills) {
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", time(f.at), cell(f.agent),
                           cell(f.instrument), cell(f.venue), f.buy ? "buy" : "sell", f.purpose,
                           f.liquidity, f.quantity.to_string(), f.price.to_string(),
                           f.mark.to_string(), f.value.to_string(), f.fee.to_string(), f.order,
                           f.intent);
    }
    return out;
}

std::string round_trips_csv(const Report& report) {
    std::string out = "opened,closed,agent,instrument,side,open,quantity,entry,exit,gross,fees,"
                      "funding,net,r,mae,mfe,mae_r,mfe_r,regime,intent\n";
    for (const ports::ReportRoundTrip& t : report.round_trips) {
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                           time(t.opened), time(t.closed), cell(t.agent), cell(t.instrument),
                           t.bought ? "long" : "short", t.open ? 1 : 0, t.quantity.to_string(),
                           t.entry.to_string(), t.exit.to_string(), t.gross.to_string(),
                           t.fees.to_string(), t.funding.to_string(), t.net.to_string(),
                           number(t.r), number(t.adverse), number(t.favourable),
                           number(t.adverse_r), number(t.favourable_r), cell(t.regime), t.intent);
    }
    return out;
}

std::string equity_csv(const Report& report) {
    std::string out = "time,run,drawdown,gross_exposure,net_exposure,hold,constant_weight\n";
    for (const ports::EquityPoint& p : report.equity) {
        out += fmt::format("{},{},{},{},{},{},{}\n", time(p.at), number(p.run), number(p.drawdown),
                           number(p.gross), number(p.net), number(p.hold), number(p.weight));
    }
    return out;
}

Result<void> write(const fs::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (out) return {};
    return make_error(ErrorCode::io_error, "cannot write " + file.string() +
                                               "; check the folder's permissions and free space");
}

} // namespace

Result<ReportFiles> write_report(const Report& report, const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return make_error(ErrorCode::io_error,
                          "cannot make the folder " + folder.string() + ": " + problem.message());
    }
    const ReportFiles files{folder / "report.html", folder / "report.json", folder / "fills.csv",
                            folder / "round_trips.csv", folder / "equity.csv"};
    TRY(write(files.page, html(report)));
    TRY(write(files.data, json(report)));
    TRY(write(files.fills, fills_csv(report)));
    TRY(write(files.round_trips, round_trips_csv(report)));
    TRY(write(files.equity, equity_csv(report)));
    return files;
}

} // namespace grekko::report
